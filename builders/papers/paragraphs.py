"""Paragraphs that a column, a page or a figure cut in two, joined again; and lists told from paragraphs.

In and out: blocks. The joined paragraph keeps the page and box of its first part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from builders.papers.raw import RawBlock

_PASSED_OVER = ("caption", "table", "code", "footnote", "furniture")
"""What may stand between the two parts of a paragraph."""
_ENDED = re.compile(
    r"[.!?:;。！？：；][\"'”’)\]）」]*(?:\s*(?:<sup>[^<]*</sup>|\$[^$]*\$))?\s*$"
    # A raised citation that lost its tag: "is difficult to treat.5,7"
    r"|[a-z)]{2}[.!?]\d{1,3}(?:[,–-]\d{1,3}){0,4}$"
)
_LIST_ITEM = re.compile(r"(?:[•▪◦–·-]|\(?\d{1,2}[.)]|\[\d{1,3}\]|[（(][一二三四五六七八九十\d]{1,2}[)）])\s*")
_OPEN = re.compile(r"[\w,，、-]$")
_BULLET = re.compile(r"(?:^|\s)[•▪◦·] (?=\S)")
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef，。；：]")
_INSERT = 250
"""Characters below which a block may be an insert, such as a line of a box, between the parts of a paragraph."""
_SHORT = 60
"""Characters below which an unfinished block is a label rather than a cut paragraph."""
_MIDDLE = 0.45
"""Share of the page's width from which a column is the right one."""
_INDENT = 0.012
"""Share of the page's width by which the lines of a box are set in."""

_LINE_GAP = 0.005
"""Share of the page's height between the lines of a paragraph, at most."""
_INDENTED = 0.4
"""Share of paragraphs set in from which the paper does so throughout."""

_Edges = dict[tuple[int, bool], float]


def join_paragraphs(blocks: Sequence[RawBlock], counts: Counter[str]) -> list[RawBlock]:
    """Joins the parts of cut paragraphs; counts them as `joined_paragraph`."""
    edges = _column_edges(blocks)
    indents = _indents(blocks)
    joined: list[RawBlock] = []
    # The last part of each paragraph says where it stopped, with the text of all of it.
    tails: dict[int, RawBlock] = {}
    last: int | None = None
    cut: int | None = None
    for block in blocks:
        if block.kind in _PASSED_OVER:
            joined.append(block)
            continue
        at = _start_of(block, tails, (last, cut), edges, indents) if block.kind == "paragraph" else None
        if at is not None:
            joined[at] = replace(joined[at], text=join_text(joined[at].text, block.text))
            counts["joined_paragraph"] += 1
        else:
            at = len(joined)
            joined.append(block)
        tails[at] = replace(block, text=joined[at].text)
        prose = block.kind in ("paragraph", "list")
        if not prose or at == cut or len(block.text) >= _INSERT:
            cut = None
        last = at if prose else None
        if prose and len(joined[at].text) >= _INSERT and not _ENDED.search(joined[at].text):
            cut = at
    return joined


def _start_of(
    block: RawBlock,
    tails: Mapping[int, RawBlock],
    candidates: tuple[int | None, int | None],
    edges: _Edges,
    indents: bool,
) -> int | None:
    """Which paragraph a block goes on from: the last one, or one that short inserts (a box) stand after."""
    last, cut = candidates
    if last is not None and (_fills(tails[last], block, edges, indents) or goes_on(tails[last], block, edges)):
        return last
    if cut is not None and cut != last and block.text[:1].islower() and goes_on(tails[cut], block, edges):
        return cut
    return None


def _indents(blocks: Sequence[RawBlock]) -> bool:
    """Whether the paper sets the first lines of its paragraphs in."""
    known = [block.set_in for block in blocks if block.kind == "paragraph" and block.set_in is not None]
    return sum(known) >= _INDENTED * len(known)


def _fills(before: RawBlock, block: RawBlock, edges: _Edges, indents: bool) -> bool:
    """Whether a paragraph whose last line is full goes on: in mid-sentence, or over a column's end without an indent.

    The last line of a paragraph is seldom as long as the column, and a justified line in its midst always is.
    """
    if not before.filled or _BULLET.match(block.text):
        return False
    if before.text.endswith("\ufffe"):
        return True
    if _ENDED.search(before.text):
        below = indents and _is_next_line(before, block)
        return block.set_in is False and (below or _breaks_column(before, block, edges))
    return not (indents and block.set_in)


def _is_next_line(before: RawBlock, block: RawBlock) -> bool:
    """Whether a block begins right below the one before, without a gap."""
    if not before.box or not block.box or before.page != block.page:
        return False
    return abs(block.box[1] - before.box[3]) <= _LINE_GAP and abs(block.box[0] - before.box[0]) <= _INDENT


def goes_on(before: RawBlock, block: RawBlock, edges: _Edges) -> bool:
    """Whether a paragraph is the second part of the one before it."""
    if block.continues:
        return True
    if not block.text or _ENDED.search(before.text) or _LIST_ITEM.match(block.text):
        return False
    if block.text[0].islower():
        return len(before.text) >= _SHORT or before.text.endswith("-")
    return len(before.text) >= _SHORT and _breaks_column(before, block, edges) and bool(_OPEN.search(before.text))


def _breaks_column(before: RawBlock, block: RawBlock, edges: _Edges) -> bool:
    """Whether the second block opens a new column or page at the column's edge, as far as boxes say."""
    if not before.box or not block.box or before.page is None or block.page is None:
        return False
    if block.box[0] > edges.get((block.page, block.box[0] >= _MIDDLE), 0.0) + _INDENT:
        return False
    if block.page == before.page:
        # A figure may stand above the second part, so its height says nothing.
        return block.box[0] > before.box[2] - 0.05
    return block.page == before.page + 1


def _column_edges(blocks: Sequence[RawBlock]) -> _Edges:
    """The left edge of each page's left (False) and right (True) column, where its long paragraphs stand."""
    edges: _Edges = {}
    for block in blocks:
        if block.kind == "paragraph" and block.page is not None and block.box and len(block.text) >= _INSERT:
            column = (block.page, block.box[0] >= _MIDDLE)
            edges[column] = min(block.box[0], edges.get(column, 1.0))
    return edges


def join_text(first: str, second: str) -> str:
    """Joins two parts of running text; a hyphen at the first one's end binds."""
    if re.search(r"[A-Za-z]-$", first) and second[:1].islower():
        return f"{first[:-1]}\ufffe{second}"
    if first.endswith("\ufffe") or (_CJK.match(first[-1:]) and _CJK.match(second[:1])):
        return first + second
    return f"{first} {second}"


def mark_lists(blocks: Iterable[RawBlock]) -> list[RawBlock]:
    """Types bulleted paragraphs as lists, an item a line."""
    return [
        replace(block, kind="list", text=_BULLET.sub("\n• ", block.text).strip())
        if block.kind == "paragraph" and _BULLET.match(block.text)
        else block
        for block in blocks
    ]
