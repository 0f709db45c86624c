r"""The bytes of a file in, its text and the name of its encoding out.

decode(b"\xc8\xcb\xb2\xce,...", Path("a.csv"))  ->  ("人参,...", "gb18030")
"""

from __future__ import annotations

import codecs
from pathlib import Path

from builders.errors import UserError


def decode(raw: bytes, path: Path) -> tuple[str, str]:
    """The text in UTF-8, UTF-16 (with or without mark) or GB18030, tried in this order.

    Raises:
        UserError: it is none of them.
    """
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff"), encoding
    raise UserError(f"{path}: neither UTF-8 nor UTF-16 nor GB18030; save it as UTF-8")


def _encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in raw:  # UTF-16 without mark: its tabs, commas and line ends hold a zero byte, which no other text has
        return ("utf-16-le", "utf-16-be") if raw[1::2].count(0) >= raw[::2].count(0) else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030")
