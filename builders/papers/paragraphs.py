"""Paragraphs that a column, a page or a figure cut in two, joined again.

In and out: blocks. The joined paragraph keeps the page and box of its first part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from builders.papers.raw import RawBlock

_PASSED_OVER = ("caption", "table", "code", "footnote", "furniture")
"""What may stand between the two parts of a paragraph."""
_ENDED = re.compile(r"[.!?:;。！？：；][\"'”’)\]）」]*(?:\s*(?:<sup>[^<]*</sup>|\$[^$]*\$))?\s*$")
_LIST_ITEM = re.compile(r"(?:[•▪◦–·-]|\(?\d{1,2}[.)]|\[\d{1,3}\]|[（(][一二三四五六七八九十\d]{1,2}[)）])\s*")
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef，。；：]")
_SHORT = 60
"""Characters below which an unfinished block is a label rather than a cut paragraph."""


def join_paragraphs(blocks: Sequence[RawBlock], counts: Counter[str]) -> list[RawBlock]:
    """Joins the parts of cut paragraphs; counts them as `joined_paragraph`."""
    joined: list[RawBlock] = []
    open_at: int | None = None
    for block in blocks:
        if block.kind in _PASSED_OVER:
            joined.append(block)
            continue
        if block.kind == "paragraph" and open_at is not None and goes_on(joined[open_at], block):
            joined[open_at] = replace(joined[open_at], text=join_text(joined[open_at].text, block.text))
            counts["joined_paragraph"] += 1
            continue
        joined.append(block)
        open_at = len(joined) - 1 if block.kind in ("paragraph", "list") else None
    return joined


def goes_on(before: RawBlock, block: RawBlock) -> bool:
    """Whether a paragraph is the second part of the one before it."""
    if block.continues:
        return True
    if not block.text or _ENDED.search(before.text) or _LIST_ITEM.match(block.text):
        return False
    if block.text[0].islower():
        return len(before.text) >= _SHORT or before.text.endswith("-")
    return len(before.text) >= _SHORT and _breaks_column(before, block) and bool(re.search(r"[\w,，、-]$", before.text))


def _breaks_column(before: RawBlock, block: RawBlock) -> bool:
    """Whether the second block begins a new column or page, as far as boxes say."""
    if not before.box or not block.box or before.page is None or block.page is None:
        return False
    if block.page == before.page:
        return block.box[1] < before.box[1] and block.box[0] > before.box[2] - 0.05
    return block.page == before.page + 1


def join_text(first: str, second: str) -> str:
    """Joins two parts of running text; a hyphen at the first one's end binds."""
    if re.search(r"[A-Za-z]-$", first) and second[:1].islower():
        return f"{first[:-1]}\ufffe{second}"
    if first.endswith("\ufffe") or (_CJK.match(first[-1:]) and _CJK.match(second[:1])):
        return first + second
    return f"{first} {second}"
