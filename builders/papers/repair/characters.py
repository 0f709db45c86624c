"""Single characters: ligatures, full-width forms, control characters, wrongly decoded text.

ligature("a ﬁne eﬀect")         ->  ("a fine effect", 2)
full_width("ＭＲＩ ３．５％")    ->  ("MRI 3.5%", 2)
"""

from __future__ import annotations

import re
import unicodedata

import ftfy

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_WIDE = re.compile(r"(?<=[０-９])．(?=[０-９])|[０-９Ａ-Ｚａ-ｚ％＋－＝＜＞＆／＿＠＃\u3000]+")
_MAYBE_WIDE = re.compile(r"[\uff05-\uff5e\u3000]")
_HALF = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
BREAKS = "\u00ad\ufffe\x02"
"""What stands for a hyphen at a line's end: the soft hyphen, and two marks of PDFium."""
_CONTROL = re.compile(
    r"[\x00\x01\x03-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]"
)
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019"
    "\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]|[\ud800-\udfff]|\u221a[\u00a0-\u02dd]"
)
"""Two bytes of UTF-8 read as two letters of Latin-1, Windows-1252 or Mac Roman; surrogates."""
_DECODING = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


def ligature(text: str) -> tuple[str, int]:
    """Writes "ﬁ" as two letters."""
    return (text, 0) if text.isascii() else _LIGATURE.subn(lambda match: _LIGATURES[match.group()], text)


def full_width(text: str) -> tuple[str, int]:
    """Writes full-width letters and digits half as wide; Chinese punctuation stays full."""
    if text.isascii() or not _MAYBE_WIDE.search(text):
        return text, 0
    return _WIDE.subn(lambda match: match.group().translate(_HALF), text)


def control_character(text: str) -> tuple[str, int]:
    """Takes out control characters and marks of no width; marks of a broken word stay for the hyphens to join."""
    if text.isascii() and text.isprintable():
        return text, 0
    return _CONTROL.subn("", text)


def unicode(text: str) -> tuple[str, int]:
    """Decodes what was decoded wrongly ("Ã©"), and composes letters with their accents (NFC)."""
    if text.isascii():
        return text, 0
    fixed = ftfy.fix_text(text, _DECODING) if _MOJIBAKE.search(text) else text
    if not unicodedata.is_normalized("NFC", fixed):
        fixed = unicodedata.normalize("NFC", fixed)
    return fixed, int(fixed != text)
