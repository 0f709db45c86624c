"""MinerU's JSON of every generation, magic-pdf 1.x to mineru 4.x -> blocks as it types them.

The generation is read from the keys, never from a folder's or a file's name:

    [{"type": "text", "text": ..., "page_idx": 0}, ...]          content_list        1.x to 3.x, and 4.x from Python
    [[{"type": "paragraph", "content": {...}}, ...], ...]         content_list_v2     2.6.7 to 4.x, a list a page
    {"pages": [{"blocks": [...]}], ...}                           middle_json and structured_content of 4.x, docvortex
    {"pdf_info": [{"para_blocks": [...]}], ...}                   middle.json, layout.json of 1.x to 3.x
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from builders.papers.mineru.content_list import read_content_list
from builders.papers.mineru.content_list_v2 import read_content_list_v2
from builders.papers.mineru.middle import read_middle
from builders.papers.mineru.pages import read_pages
from builders.papers.raw import RawBlock, UnreadablePaper

Reader = Callable[[Any, Counter[str]], list[RawBlock]]


def read_mineru(path: Path, counts: Counter[str]) -> tuple[list[RawBlock], str]:
    """Reads one MinerU JSON file; returns its blocks and the name of the generation's format.

    Unknown block types are kept as paragraphs where they hold text and counted as `unknown_block_type:<name>`.

    Raises:
        UnreadablePaper: `not_json` or `not_mineru`, with the place and what mends it.
    """
    try:
        value = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        detail = f"{path.name}: not JSON at {place} ({error.msg}); run MinerU on this paper again, or delete the file"
        raise UnreadablePaper("not_json", detail) from error
    name, reader = _generation(value, path)
    return reader(value, counts), name


def _generation(value: Any, path: Path) -> tuple[str, Reader]:
    match value:
        case [] | [{"type": str()}, *_]:
            return "mineru content_list", read_content_list
        case [list(), *_]:
            return "mineru content_list_v2", read_content_list_v2
        case {"pages": list()}:
            return f"mineru {_pages_version(value)}", read_pages
        case {"pdf_info": list()}:
            version = value.get("_version_name")
            return f"mineru middle {version}" if isinstance(version, str) else "mineru middle", read_middle
    detail = f"{path.name}: JSON, but no MinerU output (no blocks with a type, no pages, no pdf_info)"
    raise UnreadablePaper("not_mineru", f"{detail}; move it out of the folder of papers, or run MinerU again")


def _pages_version(value: dict[str, Any]) -> str:
    schema = "middle" if value.get("schema") == "docvortex.middle" else "structured_content"
    match value.get("metadata"):
        case {"producer": {"version": str(version)}}:
            return f"{schema} {version}"
    return schema
