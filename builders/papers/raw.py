"""What every reader gives before the paper's structure is known, and what it raises where it cannot read.

    RawBlock(kind="heading", text="3.2 Taxonomy of Fallacy", page=4, box=(0.12, 0.59, 0.32, 0.61), level=2)

Text is in MinerU's own dialect, whatever the source: inline maths between dollar signs, `<sub>` and `<sup>`, nothing
else of Markdown. `clean.py` turns the dialect into plain text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

from builders.types import BlockKind, Box


class UnreadablePaper(Exception):
    """A file that holds a paper but cannot be read; the build turns it into `Dropped(reason, file, detail)`."""

    def __init__(self, reason: str, detail: str) -> None:
        """Takes the fault's name and one line with the place and the remedy."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


class Style(NamedTuple):
    """How a heading is set; the size is in points."""

    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block as its source types it; `assemble.py` decides what it is in the paper."""

    kind: BlockKind
    text: str
    page: int | None = None
    box: Box | None = None
    line: int | None = None
    level: int | None = None
    """The source's own heading depth, where it gives one (often 2 for every section)."""
    bold: str = ""
    """The bold words it opens with; all of its text where it is bold throughout."""
    continues: bool = False
    """The source says that it goes on from the paragraph before, over a column or page break."""
    style: Style | None = None
    """How a heading is set, where the source's pages were seen."""
    set_in: bool | None = None
    """Whether a paragraph's first line is indented, where the source's pages were seen."""
    filled: bool | None = None
    """Whether its last line reaches the column's edge."""


_MOST_PAGES = 1_000_000


def page_number(index: object, position: int) -> int:
    """The page's number from 1 by its `page_idx`, or by its position in the file where that is no index."""
    return 1 + (index if is_page_index(index) else position)


def is_page_index(index: object) -> TypeGuard[int]:
    """Whether a value can be the index of a page; no paper has a million of them."""
    return isinstance(index, int) and 0 <= index < _MOST_PAGES


def to_box(values: object, scale: float = 1.0) -> Box | None:
    """Turns four numbers on a page of `scale` units into shares of the page; None where they are no box."""
    return scaled_box(values, (scale, scale))


def scaled_box(values: object, size: object) -> Box | None:
    """Like `to_box`, with width and height of the page in the numbers' own unit."""
    numbers, units = _numbers(values, 4), _numbers(size, 2)
    if numbers is None or units is None or min(units) <= 0:
        return None
    left, top, right, bottom = (
        round(min(1.0, max(0.0, number / unit)), 4) for number, unit in zip(numbers, units * 2, strict=True)
    )
    return (left, top, right, bottom) if left < right and top < bottom else None


def _numbers(values: object, count: int) -> list[float] | None:
    if not isinstance(values, list | tuple) or len(values) != count:
        return None
    return [*values] if all(isinstance(value, int | float) and math.isfinite(value) for value in values) else None


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them; there is at least one."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
