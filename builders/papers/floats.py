"""Captions and the loose text of figures, which parsers leave among the paragraphs.

In and out: blocks. "Table 3: Accuracy of ..." becomes a caption; the labels and numbers that a table or figure lost to
the page (`86.26`, `Random Seed`) become furniture, counted as `figure_text`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from builders.papers.raw import RawBlock

_NUMBER = r"(?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVX]{1,5}"
_CAPTION = re.compile(
    r"(?:(?:supplementary|extended data|online|appendix)\s+)?"
    rf"(?:figures?|fig\.?|tables?|tab\.|algorithm|scheme|box)\s*(?:{_NUMBER})\s*[:.|：—–]\s*\S"
    r"|(?:图|表|附图|附表)\s*\d{1,2}(?:[-–.]\d{1,2})?(?:[:：.．]|[\s\u3000]+)\s*\S",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。！？:：;；][\"”’)\]]*$")
_NUMERIC = re.compile(r"[\d.,%±+\-−–()/:×*<>=≤≥~]+")
_LABEL = 80
"""Characters up to which an unfinished block may be a label."""
_ROW = 300
"""Characters up to which numbers may be a row of a table."""
_BODIES = ("table", "caption")


def is_caption(text: str) -> bool:
    """Whether a paragraph is a caption: "Table 3: ...", "Fig. 2. ...", "表1 ..."; not "Table 3 shows ..."."""
    return bool(_CAPTION.match(text))


def mark_floats(blocks: Sequence[RawBlock], counts: Counter[str]) -> list[RawBlock]:
    """Types untyped captions, then drops loose labels to furniture: runs beside a caption or table, and numbers."""
    typed = [
        replace(block, kind="caption") if block.kind == "paragraph" and is_caption(block.text) else block
        for block in blocks
    ]
    for start, end in _label_runs(typed):
        beside = [typed[index].kind for index in (start - 1, end) if 0 <= index < len(typed)]
        loose = any(kind in _BODIES for kind in beside) and end - start >= 2
        for index in range(start, end):
            if loose or _is_numeric(typed[index].text):
                typed[index] = replace(typed[index], kind="furniture")
                counts["figure_text"] += 1
    return typed


def _label_runs(blocks: Sequence[RawBlock]) -> list[tuple[int, int]]:
    runs = []
    start = None
    for index, block in enumerate([*blocks, RawBlock("heading", "")]):
        if _is_label(block):
            start = index if start is None else start
        elif start is not None:
            runs.append((start, index))
            start = None
    return runs


def _is_label(block: RawBlock) -> bool:
    if block.kind != "paragraph" or block.continues or block.page is None or block.text[:1] in "•–-":
        return False
    if len(block.text) <= _ROW and _is_numeric(block.text):
        return True
    return len(block.text) <= _LABEL and not _SENTENCE_END.search(block.text)


def _is_numeric(text: str) -> bool:
    """Whether most words of a text are numbers: a row that a table lost."""
    words = text.split()
    numbers = sum(bool(_NUMERIC.fullmatch(word)) for word in words)
    return numbers >= 0.6 * len(words) and (len(words) > 1 or text[0].isdigit())
