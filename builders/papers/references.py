"""The reference list: found typed, under its heading, glued to its heading, or by the look of its entries.

In and out: blocks; what belongs to the list becomes kind `reference`. A section after the list (an appendix) stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builders.papers.raw import RawBlock

_HEADING = re.compile(
    r"(?:\d{1,2}[.．、]?\s*|[IVX]{1,4}[.．]\s*|[一二三四五六七八九十]{1,3}、\s*)?"
    r"(?:references?(?: (?:and notes|cited|list))?|bibliography|literature cited|works cited"
    r"|参\s*考\s*文\s*献|引用文献)\s*[:：.]?",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:References|REFERENCES|Bibliography|参\s*考\s*文\s*献)\s*[:：]?\s+(?=\S)(?P<entry>.{20,})",
    re.DOTALL,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_MARKER = re.compile(r"\s*(?:\[\d{1,3}\]|［\d{1,3}］|\(\d{1,3}\)|\d{1,3}[.．]\s)")
_AUTHOR = re.compile(
    r"\s*(?:[A-Z][\w’'-]+,\s+(?:[A-Z]\.|[A-Z][\w’'-]+)|(?:[A-Z]\.[ -]?){1,3}\s?[A-Z][\w’'-]+"
    r"|[A-Z][\w’'-]+(?: [A-Z]\.?){0,3} [A-Z][\w’'-]+[,.]|[A-Z][\w’'-]+ [A-Z]{1,3}[,.])"
)
_VENUE = re.compile(
    r"\b(?:pp?\.|[Pp]ages?\s+\d|[Vv]ol\.|[Nn]o\.|doi|DOI|Proceedings|Proc\.|Journal|J\.|Trans\.|arXiv|CoRR|Press"
    r"|Conference|et al\.)|\d+\s*\(\d+\)|\d+[:,]\s*[A-Za-z]?\d+[-–]\d+|\[[JMCDN](?:/OL)?\]"
)
_RUN = 4
"""So many entries in a row make a reference list even without a heading."""
_FLOATS = ("table", "caption", "equation", "code", "furniture", "footnote")


def is_reference_heading(text: str) -> bool:
    """Whether a text is, alone, the heading of a reference list."""
    return bool(_HEADING.fullmatch(text.strip()))


def looks_like_entry(text: str) -> bool:
    """Whether a text reads like an entry of a reference list: a marker or an author, a year, a venue."""
    if len(text) > 1500 or not _YEAR.search(text):
        return False
    return bool(_VENUE.search(text)) and bool(_MARKER.match(text) or _AUTHOR.match(text))


def _is_entry_at_foot(block: RawBlock) -> bool:
    """Whether a footnote is the last entry of a page, or as much of it as the page holds: "9. Li AB, Wang C. A"."""
    marker = _MARKER.match(block.text)
    begun = marker is not None and _AUTHOR.match(block.text[marker.end() :]) is not None
    return block.kind == "footnote" and (begun or looks_like_entry(block.text))


def mark_references(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Gives every block of the reference list, its heading included, the kind `reference`."""
    marked: list[RawBlock] = []
    inside = False
    for block in (part for whole in blocks for part in _unglue(whole)):
        if block.kind in ("heading", "paragraph") and is_reference_heading(block.text):
            inside = True
            marked.append(replace(block, kind="reference"))
        elif block.kind in ("heading", "title") and not (inside and looks_like_entry(block.text)):
            inside = False
            marked.append(block)
        elif inside and (block.kind not in _FLOATS or _is_entry_at_foot(block)):
            marked.append(replace(block, kind="reference"))
        else:
            marked.append(block)
    return _mark_runs(marked)


def _unglue(block: RawBlock) -> list[RawBlock]:
    """Splits "References Bodenreider, O. 2004. The Unified ..." into heading and entries."""
    if block.kind in ("heading", "paragraph") and (glued := _GLUED.fullmatch(block.text)):
        entry = glued["entry"]
        if _YEAR.search(entry[:600]) and (_MARKER.match(entry) or _AUTHOR.match(entry)):
            heading = block.text[: glued.start("entry")].strip()
            return [replace(block, text=heading), replace(block, kind="reference", text=entry)]
    return [block]


def _mark_runs(blocks: list[RawBlock]) -> list[RawBlock]:
    """Marks entries that stand in a row outside a list's section: before its heading, or without one."""
    marked = list(blocks)
    run: list[int] = []
    for index, block in enumerate([*blocks, RawBlock("heading", "")]):
        if block.kind in ("paragraph", "list") and looks_like_entry(block.text):
            run.append(index)
        elif block.kind not in _FLOATS:
            if len(run) >= _RUN:
                for member in run:
                    marked[member] = replace(marked[member], kind="reference")
            run = []
    return marked
