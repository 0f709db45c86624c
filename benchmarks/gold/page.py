"""The pages of a paper: two columns with room left for what floats, running heads, page numbers, the first foot.

Lengths in points, y upwards from the bottom, as reportlab counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from benchmarks.gold.floats import GAP, Float, draw_float
from benchmarks.gold.layout import Layout
from benchmarks.gold.typeset import set_text

_NO_PADDING = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}


@dataclass(frozen=True, slots=True)
class Running:
    """What stands outside the text on every page."""

    left: str
    right: str
    first_foot: str


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where the columns of a layout lie."""

    layout: Layout

    @property
    def width(self) -> float:
        return self.layout.page[0] - 2 * self.layout.margin[0]

    @property
    def column(self) -> float:
        return (self.width - self.layout.gutter) / 2

    @property
    def top(self) -> float:
        return self.layout.page[1] - self.layout.margin[1]

    @property
    def bottom(self) -> float:
        return self.layout.margin[2]

    def left(self, column: int | None) -> float:
        """The left edge of a column, or of the text."""
        return self.layout.margin[0] + (column or 0) * (self.column + self.layout.gutter)


def templates(
    layout: Layout,
    styles: dict[str, ParagraphStyle],
    running: Running,
    floats: Mapping[int, Sequence[Float]],
    front: float,
) -> list[PageTemplate]:
    """The first page below its front matter of height `front`, the pages with floats, and all later ones."""
    geometry = Geometry(layout)
    last = max([*floats, 1]) + 1
    return [
        _template(geometry, styles, running, list(floats.get(page, ())), page, last, front if page == 1 else 0.0)
        for page in range(1, last + 1)
    ]


def _template(
    geometry: Geometry,
    styles: dict[str, ParagraphStyle],
    running: Running,
    items: list[Float],
    page: int,
    last: int,
    front: float,
) -> PageTemplate:
    across = [_frame(geometry.left(0), geometry.top - front, geometry.width, front)] if front else []
    top = geometry.top - (front + GAP if front else 0)
    columns = [_column(geometry, items, column, top) for column in (0, 1)]

    def decorate(canvas: Any, document: BaseDocTemplate) -> None:
        _draw_running(canvas, geometry.layout, styles["head"], running, document.page)
        for item in items:
            width = geometry.width if item.column is None else geometry.column
            y = top - item.height if item.top else geometry.bottom
            draw_float(canvas, item, styles, geometry.left(item.column), y, width)

    def choose_next(canvas: Any, document: BaseDocTemplate) -> None:
        document.handle_nextPageTemplate(f"page {min(document.page + 1, last)}")

    return PageTemplate(f"page {page}", [*across, *columns], onPage=decorate, onPageEnd=choose_next)


def _column(geometry: Geometry, items: Sequence[Float], column: int, top: float) -> Frame:
    own = [item for item in items if item.column in (None, column)]
    upper = top - sum(item.height + GAP for item in own if item.top)
    lower = geometry.bottom + sum(item.height + GAP for item in own if not item.top)
    return _frame(geometry.left(column), lower, geometry.column, upper - lower)


def _frame(left: float, bottom: float, width: float, height: float) -> Frame:
    return Frame(left, bottom, width, height, **_NO_PADDING)


def _draw_running(canvas: Any, layout: Layout, style: ParagraphStyle, running: Running, page: int) -> None:
    """Head and foot, their sides swapped on even pages as in a bound volume."""
    geometry = Geometry(layout)
    left, right = (running.left, running.right) if page % 2 else (running.right, running.left)
    number = str(page)
    if layout.head == "head_outer":
        left, right = (left, f"{right}    {number}") if page % 2 else (f"{number}    {left}", right)
    y = layout.page[1] - 0.62 * layout.margin[1]
    _draw(canvas, left, style, geometry.left(0), y)
    _draw(canvas, right, style, geometry.left(0) + geometry.width, y, right=True)
    canvas.setLineWidth(0.4)
    canvas.line(geometry.left(0), y - 5, geometry.left(0) + geometry.width, y - 5)
    foot = 0.45 * layout.margin[2]
    if layout.head == "foot_centre":
        canvas.setFont(style.fontName, style.fontSize)
        canvas.drawCentredString(layout.page[0] / 2, foot, number)
    elif layout.head == "foot_outer":
        edge = geometry.left(0) + geometry.width if page % 2 else geometry.left(0)
        _draw(canvas, number, style, edge, foot, right=bool(page % 2))
    if page == 1:
        _draw(canvas, running.first_foot, style, geometry.left(0), 0.7 * layout.margin[2])


def _draw(canvas: Any, text: str, style: ParagraphStyle, x: float, y: float, right: bool = False) -> None:
    line = set_text(text, style)
    line.wrapOn(canvas, 400, 30)
    width = line.minWidth() if not text else max(line.getActualLineWidths0())
    line.drawOn(canvas, x - width if right else x, y - 2)
