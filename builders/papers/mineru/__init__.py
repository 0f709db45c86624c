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
    """Reads one MinerU JSON file, as `read_json` does."""
    return read_json(path.read_bytes(), path.name, counts)


def read_json(data: bytes, name: str, counts: Counter[str]) -> tuple[list[RawBlock], str]:
    """Reads MinerU's JSON; returns its blocks and the name of the generation's format.

    Unknown block types are kept as paragraphs where they hold text and counted as `unknown_block_type:<name>`.

    Args:
        data: The content of a file, or of a zip's member.
        name: How complaints call it.
        counts: Grows by what was left out or unknown.

    Raises:
        UnreadablePaper: `not_json` or `not_mineru`, with the place and what mends it.
    """
    return read_value(parse_json(data, name), name, counts)


def read_value(value: Any, name: str, counts: Counter[str]) -> tuple[list[RawBlock], str]:
    """Like `read_json`, for JSON that is parsed already."""
    generation, reader = _generation(value, name)
    return reader(value, counts), generation


def parse_json(data: bytes, name: str) -> Any:
    """Parses JSON; raises UnreadablePaper `not_json`."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        detail = f"{name}: not JSON at {place} ({error.msg}); run MinerU on this paper again, or delete the file"
        raise UnreadablePaper("not_json", detail) from error


def _generation(value: Any, name: str) -> tuple[str, Reader]:
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
    detail = f"{name}: JSON, but no MinerU output (no blocks with a type, no pages, no pdf_info)"
    raise UnreadablePaper("not_mineru", f"{detail}; move it out of the folder of papers, or run MinerU again")


def _pages_version(value: dict[str, Any]) -> str:
    schema = "middle" if value.get("schema") == "docvortex.middle" else "structured_content"
    match value.get("metadata"):
        case {"producer": {"version": str(version)}}:
            return f"{schema} {version}"
    return schema
