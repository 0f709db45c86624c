"""The sizes of an A4 page with two columns, its frames, its running head and its page number.

Sizes are in points, as reportlab counts.
"""

from __future__ import annotations

import itertools
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from samples.render.glyphs import glyphs_of
from samples.render.source import Paper

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM, GUTTER = 18 * mm, 22 * mm, 20 * mm, 7 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
COLUMN_WIDTH = (TEXT_WIDTH - GUTTER) / 2
NO_PADDING = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}


def page_templates(paper: Paper, front_height: float, last_page: int, last_height: float) -> list[PageTemplate]:
    top = PAGE_HEIGHT - MARGIN_TOP
    across = Frame(MARGIN_SIDE, top - front_height, TEXT_WIDTH, front_height, **NO_PADDING)
    below = front_height + 6 * mm

    def decorate(canvas: Any, document: BaseDocTemplate) -> None:
        draw_running_head(canvas, paper, document.page)
        if document.page == 1:
            canvas.setLineWidth(0.6)
            canvas.line(MARGIN_SIDE, top - below + 3 * mm, PAGE_WIDTH - MARGIN_SIDE, top - below + 3 * mm)

    def choose_next(canvas: Any, document: BaseDocTemplate) -> None:
        document.handle_nextPageTemplate("last" if document.page + 1 == last_page else "later")

    hooks = {"onPage": decorate, "onPageEnd": choose_next}
    return [
        PageTemplate("first", [across, *two_columns(TEXT_HEIGHT - below, top - below)], **hooks),
        PageTemplate("later", two_columns(TEXT_HEIGHT, top), **hooks),
        PageTemplate("last", two_columns(last_height, top), **hooks),
    ]


def two_columns(height: float, top: float) -> list[Frame]:
    lefts = [MARGIN_SIDE, MARGIN_SIDE + COLUMN_WIDTH + GUTTER]
    return [Frame(left, top - height, COLUMN_WIDTH, height, **NO_PADDING) for left in lefts]


def draw_running_head(canvas: Any, paper: Paper, page: int) -> None:
    """Draws the line above the text, its sides swapped on even pages as in a bound volume, and the page number."""
    left, right = (paper.author, paper.running_head) if page % 2 else (paper.running_head, paper.author)
    style = ParagraphStyle("running head", fontSize=8.5, bold=False)
    baseline = PAGE_HEIGHT - MARGIN_TOP + 6 * mm
    draw_plain(canvas, left, MARGIN_SIDE, baseline, style)
    width = sum(glyph.width for glyph in glyphs_of(right, style))
    draw_plain(canvas, right, PAGE_WIDTH - MARGIN_SIDE - width, baseline, style)
    canvas.setLineWidth(0.4)
    canvas.line(MARGIN_SIDE, baseline - 2 * mm, PAGE_WIDTH - MARGIN_SIDE, baseline - 2 * mm)
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(PAGE_WIDTH / 2, MARGIN_BOTTOM - 9 * mm, str(page))


def draw_plain(canvas: Any, text: str, left: float, baseline: float, style: ParagraphStyle) -> None:
    line = canvas.beginText(left, baseline)
    for font, glyphs in itertools.groupby(glyphs_of(text, style), key=lambda glyph: glyph.font):
        line.setFont(font, style.fontSize)
        line.textOut("".join(glyph.character for glyph in glyphs))
    canvas.drawText(line)
