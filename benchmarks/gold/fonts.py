"""The type that papers are set in: Times and Helvetica of the base 14, STIX and DejaVu as matplotlib brings them.

family("times").bold  ->  "Times-Bold"
markup("IFN-α of 5 µm", family("times"))  ->  'IFN-<font name="STIX">α</font> of 5 µm'
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_FILES = {
    "STIX": ("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "STIXGeneralBolIta"),
    "DejaVu": ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"),
}
_CUTS = ("", "-Bold", "-Italic", "-BoldItalic")
_FALLBACK = "STIX"


@dataclass(frozen=True, slots=True)
class Family:
    """The names of a family's four cuts."""

    regular: str
    bold: str
    italic: str
    bold_italic: str

    def cut(self, bold: bool, italic: bool) -> str:
        """The cut's name."""
        return (self.bold_italic if italic else self.bold) if bold else (self.italic if italic else self.regular)


_FAMILIES = {
    "times": Family("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    "helvetica": Family("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "stix": Family(*(f"STIX{cut}" for cut in _CUTS)),
    "dejavu": Family(*(f"DejaVu{cut}" for cut in _CUTS)),
}


@functools.cache
def _register() -> None:
    for name, files in _FILES.items():
        for cut, file in zip(_CUTS, files, strict=True):
            pdfmetrics.registerFont(TTFont(f"{name}{cut}", str(_FOLDER / f"{file}.ttf")))
            addMapping(name, int("Bold" in cut), int("Italic" in cut), f"{name}{cut}")


def family(name: str) -> Family:
    """A family by name, its files read."""
    _register()
    return _FAMILIES[name]


def drawable(text: str) -> bool:
    """Whether every character can be set in the body's own type or in the one that stands in."""
    return all(_in_latin(character) or _has(_FALLBACK, character) for character in text)


def _in_latin(character: str) -> bool:
    return character.isascii() or bool(character.encode("cp1252", errors="ignore"))


@functools.cache
def _has(font: str, character: str) -> bool:
    _register()
    return ord(character) in pdfmetrics.getFont(font).face.charToGlyph


def markup(text: str, font: str) -> str:
    """Text as reportlab's mark-up, what the font lacks set in STIX."""
    latin = font.startswith(("Times", "Helvetica"))

    def own(character: str) -> bool:
        return _in_latin(character) if latin else _has(font, character)

    stand_in = _FALLBACK + ("-Bold" if "Bold" in font else "")
    pieces = ((own_type, "".join(run)) for own_type, run in itertools.groupby(text, key=own))
    return "".join(escape(run) if fits else f'<font name="{stand_in}">{escape(run)}</font>' for fits, run in pieces)
