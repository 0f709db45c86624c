"""Glyphs and a style in, a paragraph that reportlab can place, split over two columns and draw out.

ChineseText(glyphs_of("脑细胞外间隙[1]。", style), style)
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from samples.render.fonts import CHINESE_FONT
from samples.render.glyphs import Glyph, broken_lines, stretches


class ChineseText(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """A paragraph wrapped by character and set flush on both sides.

    reportlab's own ``wordWrap="CJK"`` leaves the right edge ragged and adds a blank at each line end of a
    paragraph that runs over two columns.
    """

    def __init__(self, glyphs: Sequence[Glyph], style: ParagraphStyle, indented: bool = True, ends: bool = True):
        super().__init__()
        self.glyphs, self.style, self.indented, self.ends = glyphs, style, indented, ends

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width - self.style.rightIndent
        self.lines = broken_lines(self.glyphs, self.width - self.indent(0), self.width - self.indent(1))
        self.height = len(self.lines) * self.style.leading
        return available_width, self.height

    def indent(self, line: int) -> float:
        first = self.style.firstLineIndent if line == 0 and self.indented else 0
        return float(self.style.leftIndent + first)

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        fitting = int(available_height // self.style.leading)
        if fitting == len(self.lines) - 1:  # no single line at the top of the next column
            fitting -= 1
        if fitting < 2:
            return []
        head = [glyph for line in self.lines[:fitting] for glyph in line]
        tail = [glyph for line in self.lines[fitting:] for glyph in line]
        return [
            ChineseText(head, self.style, self.indented, ends=False),
            ChineseText(tail, without_space(self.style), indented=False, ends=self.ends),
        ]

    def draw(self) -> None:
        self.canv.setLineWidth(self.style.fontSize * 0.025)
        for number, line in enumerate(self.lines):
            top = self.height - number * self.style.leading
            last = self.ends and number == len(self.lines) - 1
            self.draw_line(line, self.indent(number), top - 0.86 * self.style.fontSize, last)

    def draw_line(self, line: list[Glyph], left: float, baseline: float, last: bool) -> None:
        line = line[:-1] if line[-1].character == " " else line
        slack = self.width - left - sum(glyph.width for glyph in line)
        left += slack / 2 if self.style.alignment == TA_CENTER else 0
        gaps = [stretches(before, after) for before, after in itertools.pairwise(line)]
        justified = self.style.alignment == TA_JUSTIFY and not last and any(gaps)
        extra = slack / sum(gaps) if justified else 0.0
        text = self.canv.beginText()
        start = 0
        for (font, size, rise, bold), glyphs in itertools.groupby(line, lambda g: (g.font, g.size, g.rise, g.bold)):
            piece = list(glyphs)
            text.setFont(font, size)
            text.setTextOrigin(left, baseline + rise)
            text.setCharSpace(extra if font == CHINESE_FONT else 0)
            text.setWordSpace(0 if font == CHINESE_FONT else extra)
            # The font has one weight: a thin outline stands in for bold.
            text.setTextRenderMode(2 if bold and font == CHINESE_FONT else 0)
            text.textOut("".join(glyph.character for glyph in piece))
            left += sum(glyph.width for glyph in piece) + extra * sum(gaps[start : start + len(piece)])
            start += len(piece)
        self.canv.drawText(text)


def without_space(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-rest", parent=style, spaceBefore=0)
