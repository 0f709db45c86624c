"""What the lines of a page say about its type area: where its columns begin and end, how far its lines stand apart.

page_of(lines, width=595.0, body=10.0, leading=0.0143)  ->  Page(columns={"left": Column(0.12, 0.49), ...}, ...)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from builders.papers.pdf_lines import Line
from builders.types import Box

SIZE_STEP = 0.4
"""Points between two sizes of type."""
SIDES = ("left", "right", "both")
_BINS = 200
"""So many steps across a page within which edges count as one."""
_EVEN = 0.3
"""Share of lines that end at one place where text is justified."""
_LINES = 5
"""Lines of a page from which its leading is its own."""
_NEXT = 0.05
"""Share of the page's height within which the next line stands."""


class Column(NamedTuple):
    """The edges between which the lines of a column stand, as shares of the page's width."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Page:
    """The type area of one page."""

    width: float
    """In points."""
    body: float
    """The type size of most of the paper."""
    columns: dict[str, Column]
    """By side: `left`, `right`, and `both` for text over both."""
    leading: float
    """The usual distance between the baselines of body text, as a share of the page's height."""

    def em(self, line: Line) -> float:
        """The width of a letter m, as a share of the page's."""
        return line.size / self.width


def page_of(lines: Sequence[Line], width: float, body: float, leading: float) -> Page:
    """Measures a page by its lines; `leading` is the paper's."""
    text = [line for line in lines if abs(line.size - body) < SIZE_STEP] or list(lines)
    sides = {side: [line for line in text if side_of(line.box) == side] for side in SIDES}
    columns = {side: _column(own) for side, own in sides.items() if own}
    steps = steps_of(text)
    return Page(width, body, columns, median(steps) if len(steps) >= _LINES else leading)


def _column(lines: Sequence[Line]) -> Column:
    left, _ = _usual([line.box[0] for line in lines], last=False)
    right, count = _usual([line.box[2] for line in lines], last=True)
    return Column(left, right if count >= _EVEN * len(lines) else max(line.box[2] for line in lines))


def _usual(edges: Sequence[float], last: bool) -> tuple[float, int]:
    """The outermost of the edges about the most common place, and how many stand there."""
    bins = Counter(round(edge * _BINS) for edge in edges)
    usual = max(bins, key=lambda one: (bins[one], one if last else -one))
    inside = [edge for edge in edges if abs(edge * _BINS - usual) <= 1]
    return (max if last else min)(inside), len(inside)


def steps_of(lines: Sequence[Line]) -> list[float]:
    """The distances between the baselines of lines in a row, in one column."""
    return [
        step
        for upper, lower in pairwise(lines)
        if side_of(upper.box) == side_of(lower.box) and 0 < (step := base(lower) - base(upper)) < _NEXT
    ]


def base(line: Line) -> float:
    """Where a line stands, as a share of the page's height from the top."""
    return line.box[3] if line.baseline is None else line.baseline


def side_of(box: Box) -> str:
    """The column that a line stands in: `left`, `right`, or `both`."""
    if box[2] <= 0.52:
        return "left"
    return "right" if box[0] >= 0.48 else "both"
