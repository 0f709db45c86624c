"""The repairs of one text that need no other text: each a function of its own, text -> (text, places mended).

repair("Ca<sup>2+</sup> &lt; 5 ﬁbres", counts, off=(), advp=False)
    ->  "Ca²⁺ < 5 fibres", with counts == {"sub_or_superscript": 1, "html_entity": 1, "ligature": 1}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection

from builders.papers.latex import tidy_inline
from builders.papers.repair import characters, glyphs, markup
from builders.papers.repair.chinese import chinese_spacing
from builders.papers.repair.sequences import sequence

Repair = Callable[[str], tuple[str, int]]

_BEFORE_GLYPHS: tuple[tuple[str, Repair], ...] = (
    ("image", markup.image),
    ("figure_text", markup.figure_text),
    ("sub_or_superscript", markup.sub_or_superscript),
    ("html_tag", markup.html_tag),
    ("html_entity", markup.html_entity),
)
_AFTER_GLYPHS: tuple[tuple[str, Repair], ...] = (
    ("control_character", characters.control_character),
    ("ligature", characters.ligature),
    ("unicode", characters.unicode),
    ("full_width", characters.full_width),
    ("latex", tidy_inline),
    ("sequence", sequence),
)
NAMES = (*(name for name, _ in (*_BEFORE_GLYPHS, *_AFTER_GLYPHS)), "glyph", "chinese_spacing")
_OTHER_SPACE = re.compile(r"[\t\r\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile(r"  +")
_LINE_EDGE = re.compile(r" ?\n[ \n]*")


def repair(text: str, counts: Counter[str], off: Collection[str], advp: bool) -> str:
    """Makes every repair that is not off, in a fixed order; adds what it did to the counts, by name."""
    text = _each(text, _BEFORE_GLYPHS, counts, off)
    if "glyph" not in off:
        text, count = glyphs.repair(text, advp)
        counts["glyph"] += count
    counts["glyph_damage"] += glyphs.damage(text)
    text = even_spaces(_each(text, _AFTER_GLYPHS, counts, off))
    if "chinese_spacing" not in off:
        text, count = chinese_spacing(text)
        counts["chinese_spacing"] += count
    return text


def _each(text: str, repairs: tuple[tuple[str, Repair], ...], counts: Counter[str], off: Collection[str]) -> str:
    for name, mend in repairs:
        if name not in off:
            text, count = mend(text)
            if count:
                counts[name] += count
    return text


def even_spaces(text: str) -> str:
    """One plain space between words, none at the ends of lines, no empty lines."""
    if not text.isprintable():
        # Tabs, and every space of Unicode but the plain one.
        text = _OTHER_SPACE.sub(" ", text)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if "\n" in text:
        text = _LINE_EDGE.sub("\n", text)
    return text.strip()
