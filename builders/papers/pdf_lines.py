"""The text lines of a PDF page as PDFium sees them, with box and type.

    page_lines(pdf[10])  ->  [Line("A Fine-tuning BERT and prompting GPT", (0.51, 0.34, 0.88, 0.36), 12.0, True), ...]

A line that PDFium ended at a hyphen keeps U+FFFE as its last character: whether the hyphen belongs to the word is for
`clean.py` to decide, which sees the whole paper.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from builders.papers.raw import scaled_box
from builders.types import Box

_LINE = re.compile(r"[^\r\n\ufffe]*(?:\ufffe|\r?\n|\r|$)")
_BOLD = re.compile(r"bold|black|heavy|demi|-medi|medi(?:ital)?$|cmbx|cmssbx|[.,-]bd?$", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|slant|cmti|cmsl|cmmi|[.,-]it?$", re.IGNORECASE)
_PLAIN = re.compile(r"regu|roman|book|light|(?:PS)?MT$", re.IGNORECASE)
"""Names of fonts that say what they are; of others, PDFium's guess of the weight has to do."""
_BOLD_WEIGHT = 600
_ITALIC_FLAG = 64
_NAME_BYTES = 128


class Line(NamedTuple):
    """One line of text; the size is in points."""

    text: str
    box: Box
    size: float
    bold: bool
    italic: bool = False
    baseline: float | None = None
    """Where its letters stand, as a share of the page's height from the top."""


class _Type(NamedTuple):
    size: float
    bold: bool
    italic: bool


def page_lines(page: Any) -> list[Line]:
    """Reads the lines of one open `pypdfium2.PdfPage`, in the order of its content stream."""
    text_page = page.get_textpage()
    try:
        size = page.get_size()
        spans = _spans(text_page.get_text_range())
        return [line for start, text in spans if (line := _line(text_page, start, text, size))]
    finally:
        text_page.close()


def _spans(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINE.finditer(text):
        if content := match.group().rstrip("\r\n"):
            yield match.start(), content


def _line(text_page: Any, start: int, text: str, size: tuple[float, float]) -> Line | None:
    if not text.strip():
        return None
    rects = [text_page.get_rect(index) for index in range(text_page.count_rects(start, len(text)))]
    if not rects:
        return None
    width, height = size
    left, right = min(rect[0] for rect in rects), max(rect[2] for rect in rects)
    # PDFium counts upwards from the bottom of the page.
    top, bottom = height - max(rect[3] for rect in rects), height - min(rect[1] for rect in rects)
    box = scaled_box([left, top, right, bottom], (width, height))
    if box is None:
        return None
    at, kind = _type_of(text_page, start, text)
    baseline = round(1 - _origin(text_page, at) / height, 4)
    return Line(text, box, kind.size, kind.bold, kind.italic, baseline)


def _type_of(text_page: Any, start: int, text: str) -> tuple[int, _Type]:
    """The type of a line by five of its characters, for an index may open or end it; and where one of its size is."""
    inked = [index for index, character in enumerate(text) if character > " " and character != "\ufffe"]
    inked = inked or [len(text) - len(text.lstrip())]
    sampled = [start + inked[(len(inked) - 1) * part // 4] for part in range(5)]
    types = [_type_at(text_page, at) for at in sampled]
    sizes = [kind.size for kind in types]
    size = max(sizes, key=lambda one: (sizes.count(one), one))
    main = [kind for kind in types if kind.size == size]
    kind = _Type(size, all(one.bold for one in main), all(one.italic for one in main))
    return sampled[sizes.index(size)], kind


def _type_at(text_page: Any, at: int) -> _Type:
    flags = ctypes.c_int(0)
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium_c.FPDFText_GetFontInfo(text_page, at, buffer, _NAME_BYTES, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    bold, italic = bool(_BOLD.search(name)), bool(_ITALIC.search(name))
    if not bold and not italic and not _PLAIN.search(name):
        bold = pdfium_c.FPDFText_GetFontWeight(text_page, at) >= _BOLD_WEIGHT
        italic = bool(flags.value & _ITALIC_FLAG)
    return _Type(round(pdfium_c.FPDFText_GetFontSize(text_page, at), 1), bold, italic)


def _origin(text_page: Any, at: int) -> float:
    """The height of a character's baseline above the page's bottom, in points."""
    x, y = ctypes.c_double(0), ctypes.c_double(0)
    pdfium_c.FPDFText_GetCharOrigin(text_page, at, ctypes.byref(x), ctypes.byref(y))
    return y.value


def open_pdf(path: str) -> Any:
    """Opens a PDF; raises `pypdfium2.PdfiumError`, whose `err_code` tells a password (4) from damage."""
    return pdfium.PdfDocument(path)
