"""Figures, tables and footnotes: where they stand on their page, and how they are drawn.

floats_of(layout, Random(7))  ->  {2: [Float("table", wide=True, number=1, ...)], 3: [...]}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Table

from benchmarks.gold.layout import Layout
from benchmarks.gold.typeset import set_text

GAP = 12.0
"""Points between a float and the text."""
_ROWS = ("Control", "Vehicle", "Low dose", "High dose", "Recovery", "Untreated", "Baseline")
_COLUMNS = ("Group", "n", "Mean", "SD", "Range", "p")
_FIGURE_CAPTIONS = (
    "Course of the response in both groups over the period of observation. Bars show the mean of three runs.",
    "Scheme of the arrangement and typical readings. The dashed line marks the threshold used in the text.",
    "Comparison of measured and expected values. Error bars are standard errors of the mean, n = 6.",
)
_TABLE_CAPTIONS = (
    "Summary of the measurements by group.",
    "Settings and results of all runs, with their spread.",
    "Characteristics of the samples at baseline and after treatment.",
)


@dataclass(frozen=True, slots=True)
class Float:
    """A figure, a table or a footnote on one page."""

    kind: str
    """`figure`, `table` or `footnote`."""
    column: int | None
    """0 or 1; None where it is as wide as the text."""
    top: bool
    height: float
    caption: str
    rows: tuple[tuple[str, ...], ...] = ()


def floats_of(layout: Layout, random: Random, footnotes: dict[int, str]) -> dict[int, list[Float]]:
    """What stands on which page; `footnotes` are texts by page."""
    placed: dict[int, list[Float]] = {}
    numbers = {"figure": 0, "table": 0}
    for page, name in enumerate(layout.floats, 2):
        width, _, kind = name.partition("_")
        numbers[kind] += 1
        wide = width == "wide"
        column = None if wide else random.randint(0, 1)
        placed[page] = [_float(layout, random, kind, numbers[kind], column, wide or random.random() < 0.6)]
    for page, text in footnotes.items():
        # Below the left column, unless a float stands there.
        column = 1 if any(item.column == 0 and not item.top for item in placed.get(page, ())) else 0
        lines = 1 + len(text) // 55
        placed.setdefault(page, []).append(Float("footnote", column, False, 8 + lines * layout.size, text))
    return placed


def _float(layout: Layout, random: Random, kind: str, number: int, column: int | None, top: bool) -> Float:
    caption = random.choice(_TABLE_CAPTIONS if kind == "table" else _FIGURE_CAPTIONS)
    label = layout.caption.format(number)
    rows: tuple[tuple[str, ...], ...] = ()
    if kind == "table":
        label = "Table" + label.removeprefix("Figure").removeprefix("Fig.").removeprefix("FIGURE")
        names = random.sample(_ROWS, random.randint(3, 6))
        rows = (_COLUMNS, *(_row(name, random) for name in names))
    height = (len(rows) * (1.1 * layout.size + 3) + 3.2 * layout.size) if rows else random.uniform(130, 210)
    return Float(kind, column, top, height, f"{label} {caption}", rows)


def _row(name: str, random: Random) -> tuple[str, ...]:
    mean, spread = random.uniform(2, 90), random.uniform(0.2, 9)
    return (
        name,
        str(random.randint(5, 60)),
        f"{mean:.1f}",
        f"{spread:.2f}",
        f"{mean - spread:.1f}–{mean + spread:.1f}",
        f"{random.uniform(0.001, 0.6):.3f}",
    )


def draw_float(
    canvas: Any, item: Float, styles: dict[str, ParagraphStyle], left: float, bottom: float, width: float
) -> None:
    """Draws it into its box, whose height it knows."""
    style = styles["footnote" if item.kind == "footnote" else "caption"]
    caption = set_text(item.caption, style)
    _, height = caption.wrapOn(canvas, width, item.height)
    canvas.saveState()
    canvas.setLineWidth(0.5)
    if item.kind == "footnote":
        canvas.line(left, bottom + item.height, left + width * 0.35, bottom + item.height)
        caption.drawOn(canvas, left, bottom + item.height - 4 - height)
    elif item.kind == "table":
        caption.drawOn(canvas, left, bottom + item.height - height)
        table = _table(item.rows, styles["cell"], width)
        _, table_height = table.wrapOn(canvas, width, item.height)
        table.drawOn(canvas, left, bottom + item.height - height - 4 - table_height)
    else:
        _chart(canvas, left, bottom + height + 6, width, item.height - height - 6, styles["cell"])
        caption.drawOn(canvas, left, bottom)
    canvas.restoreState()


def _table(rows: Sequence[Sequence[str]], style: ParagraphStyle, width: float) -> Table:
    look = [
        ("FONT", (0, 0), (-1, -1), style.fontName, style.fontSize),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, "black"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, "black"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    widths = [0.26 * width, *[0.74 * width / 5] * 5]
    return Table([list(row) for row in rows], colWidths=widths, style=look)


def _chart(canvas: Any, left: float, bottom: float, width: float, height: float, style: ParagraphStyle) -> None:
    """Bars above an axis with its ticks, a legend in the corner."""
    canvas.setFont(style.fontName, style.fontSize)
    canvas.rect(left + 24, bottom + 20, width - 30, height - 26)
    bars = 9
    for index in range(bars):
        x = left + 30 + index * (width - 42) / bars
        canvas.setFillGray(0.35 + 0.5 * (index % 2))
        canvas.rect(
            x, bottom + 20, (width - 42) / bars * 0.6, (height - 40) * (0.25 + 0.6 * ((index * 7) % 10) / 10), fill=1
        )
        canvas.setFillGray(0)
        canvas.drawString(x, bottom + 10, str(index * 5))
    for tick in range(4):
        canvas.drawRightString(left + 20, bottom + 20 + tick * (height - 40) / 4, str(tick * 10))
    canvas.drawCentredString(left + width / 2, bottom, "Time (h)")
    canvas.drawString(left + width - 70, bottom + height - 18, "Control")
