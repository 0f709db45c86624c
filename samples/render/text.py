"""Inline Markdown and a style in, a paragraph by the typesetter of its language out.

paragraph("The ECS holds about 20% of the tissue [2].", styles["paragraph"], "en")  ->  reportlab's Paragraph
paragraph("脑细胞外间隙约占五分之一[2]。", styles["paragraph"], "zh")  ->  ChineseText
"""

from __future__ import annotations

from xml.sax.saxutils import escape

import pyphen  # noqa: F401  reportlab hyphenates with it, and silently does not where it is absent
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from samples.render.chinese import ChineseText
from samples.render.fonts import pieces_of
from samples.render.glyphs import glyphs_of
from samples.render.source import runs_of


def paragraph(text: str, style: ParagraphStyle, lang: str) -> Flowable:
    """Chooses the typesetter: English references keep English rules inside a Chinese paper."""
    if lang == "zh" and any(ord(character) >= 0x2E80 for character in text):
        return ChineseText(glyphs_of(text, style), style)
    return Paragraph(markup_of(text, style), style)


def markup_of(text: str, style: ParagraphStyle) -> str:
    """Turns inline Markdown into reportlab's paragraph mark-up."""
    parts = []
    for run in runs_of(text, style.bold):
        inner = "".join(f'<font name="{font}">{escape(piece)}</font>' for font, piece in pieces_of(run))
        if run.script:  # reportlab counts the depth of <sub> downwards, hence both rises are positive
            tag, rise = {"sup": ("super", 0.35), "sub": ("sub", 0.15)}[run.script]
            size = style.fontSize
            inner = f'<{tag} size="{0.7 * size:.1f}" rise="{rise * size:.1f}">{inner}</{tag}>'
        parts.append(inner)
    return "".join(parts)
