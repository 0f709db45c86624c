"""Chinese or mixed text in, single glyphs out, broken into lines by the rules for Chinese punctuation.

    broken_lines(glyphs_of("脑细胞外间隙[1]。", style), first_width=80, width=100)  ->  one list of Glyphs a line

Widths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics

from samples.render.fonts import CHINESE_FONT, pieces_of
from samples.render.source import runs_of

NOT_AT_LINE_START = set("，。、；：？！）》】」』”’％·,.;:?!)]}%")
NOT_AT_LINE_END = set("（《【「『“‘([{")


@dataclass(frozen=True)
class Glyph:
    character: str
    font: str
    size: float
    rise: float
    bold: bool

    @property
    def width(self) -> float:
        return float(pdfmetrics.stringWidth(self.character, self.font, self.size))

    @property
    def chinese(self) -> bool:
        return self.font == CHINESE_FONT


def glyphs_of(text: str, style: ParagraphStyle) -> list[Glyph]:
    glyphs = []
    for run in runs_of(text, style.bold):
        size = style.fontSize * (0.7 if run.script else 1)
        rise = {"sup": 0.35, "sub": -0.15}.get(run.script, 0) * style.fontSize
        for font, piece in pieces_of(run):
            glyphs += [Glyph(character, font, size, rise, run.bold) for character in piece]
    return glyphs


def may_break(before: Glyph, after: Glyph) -> bool:
    """Keeps Latin words and [n] markers whole and punctuation off the wrong end of a line."""
    if after.character in NOT_AT_LINE_START or before.character in NOT_AT_LINE_END:
        return False
    if after.character == "[":  # a citation marker stays with what it supports
        return False
    return before.chinese or after.chinese or before.character in " -"


def stretches(before: Glyph, after: Glyph) -> bool:
    """Tells whether a justified line is widened between the two: not in a Latin word nor beside its bracket."""
    if (before.chinese and after.chinese) or before.character == " ":
        return True
    bracket = after.character in NOT_AT_LINE_START or before.character in NOT_AT_LINE_END
    return (before.chinese or after.chinese) and not bracket


def broken_lines(glyphs: Sequence[Glyph], first_width: float, width: float) -> list[list[Glyph]]:
    """Fills lines character by character; a line too long goes back to the last place where it may break."""
    lines: list[list[Glyph]] = []
    start, room = 0, first_width
    while start < len(glyphs):
        end, used = start, 0.0
        while end < len(glyphs) and (used + glyphs[end].width <= room or glyphs[end].character == " "):
            used += glyphs[end].width
            end += 1
        fitting = end
        while start < end < len(glyphs) and not may_break(glyphs[end - 1], glyphs[end]):
            end -= 1
        end = end if end > start else max(fitting, start + 1)
        lines.append(list(glyphs[start:end]))
        start, room = end, width
    return lines
