"""What MinerU made of one PDF -> the parsed form in the cache: `{"reader": ..., "mineru": <its JSON as it came>}`.

keep(richest(Path("out")), file, target)  ->  Parsed(pages=13)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builders.papers.find import PaperFile, find_papers
from builders.papers.mineru import parse_json, read_value
from builders.papers.pdf import Parsed, write_parsed
from builders.papers.raw import UnreadablePaper


def richest(folder: Path, file: PaperFile) -> Any:
    """The JSON of the one paper in a folder that MinerU wrote; raises UnreadablePaper `mineru_bad_output`."""
    found = [output for output in find_papers(folder) if output.kind == "mineru"]
    if len(found) != 1:
        detail = f"{file.path.name}: MinerU ended well but left {len(found)} outputs; look at it by hand"
        raise UnreadablePaper("mineru_bad_output", detail)
    return decode(found[0].read(), file)


def decode(data: bytes, file: PaperFile) -> Any:
    """Parses what MinerU gave; raises UnreadablePaper `mineru_bad_output`."""
    try:
        return parse_json(data, file.path.name)
    except UnreadablePaper as fault:
        raise UnreadablePaper("mineru_bad_output", fault.detail) from fault


def keep(value: Any, file: PaperFile, target: Path) -> Parsed:
    """Checks that it is a paper that we can read, and writes it; raises UnreadablePaper `mineru_bad_output`."""
    try:
        blocks, reader = read_value(value, file.path.name, Counter())
    except UnreadablePaper as fault:
        raise UnreadablePaper("mineru_bad_output", fault.detail) from fault
    if not any(block.text.strip() for block in blocks):
        detail = f"{file.path.name}: MinerU found no text in it; look at the PDF, or delete it"
        raise UnreadablePaper("no_text", detail)
    write_parsed(target, {"reader": reader, "metadata": {}, "mineru": value})
    return Parsed(_pages(value) or max((block.page or 0 for block in blocks), default=0))


def _pages(value: Any) -> int:
    """How many pages the JSON says; 0 where it is a flat list of blocks."""
    if isinstance(value, Mapping):
        return len(value.get("pages") or value.get("pdf_info") or ())
    return len(value) if value and isinstance(value[0], list) else 0
