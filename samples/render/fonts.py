"""A run of text in, the (font, text) pieces that can draw it out: Times and Symbol of the base 14, Droid for Chinese.

pieces_of(Run("容积分数α约为0.2"))  ->  ("DroidSansFallback", "容积分数"), ("Symbol", "α"), ...
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from samples.render.source import Run

CHINESE_FONT_FILE = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
CHINESE_FONT = "DroidSansFallback"
SYMBOL_CHARACTERS = set("αβγδκλπφψωΔΣΦΩ∂∇−√≈≤≥′→∞")


def register_chinese_font() -> None:
    if not CHINESE_FONT_FILE.is_file():
        raise SystemExit(f"samples.render needs {CHINESE_FONT_FILE}: apt-get install fonts-droid-fallback")
    pdfmetrics.registerFont(TTFont(CHINESE_FONT, str(CHINESE_FONT_FILE)))


def font_of(character: str, bold: bool, italic: bool) -> str:
    if ord(character) >= 0x2E80:
        return CHINESE_FONT
    if character in SYMBOL_CHARACTERS:
        return "Symbol"
    style = ("Bold" if bold else "") + ("Italic" if italic else "")
    return f"Times-{style or 'Roman'}"


def has_glyph(character: str) -> bool:
    if font_of(character, bold=False, italic=False) == CHINESE_FONT:
        return ord(character) in pdfmetrics.getFont(CHINESE_FONT).face.charToGlyph
    return character in SYMBOL_CHARACTERS or bool(character.encode("cp1252", errors="ignore"))


def drawable(text: str) -> str:
    """Takes marks off letters that the base-14 Times has no glyph for (ě becomes e)."""
    letters = []
    for character in text:
        if not has_glyph(character):
            bare = unicodedata.normalize("NFKD", character).encode("ascii", errors="ignore").decode()
            if not bare:
                raise SystemExit(f"samples.render has no glyph for {character!r} in {text!r}")
            character = bare
        letters.append(character)
    return "".join(letters)


def pieces_of(run: Run) -> Iterator[tuple[str, str]]:
    """Yields (font, text) pairs, one for each stretch of the run that a single font can draw."""
    by_font = itertools.groupby(drawable(run.text), key=lambda character: font_of(character, run.bold, run.italic))
    for font, characters in by_font:
        yield font, "".join(characters)
