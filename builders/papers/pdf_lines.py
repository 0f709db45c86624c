"""The text lines of a PDF page as PDFium sees them, with box and type size.

    page_lines(pdf[10])  ->  [Line("A Fine-tuning BERT and prompting GPT", (0.51, 0.34, 0.88, 0.36), 12.0, True), ...]

A line that PDFium ended at a hyphen keeps U+FFFE as its last character: whether the hyphen belongs to the word is for
`clean.py` to decide, which sees the whole paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from builders.papers.raw import scaled_box
from builders.types import Box

_LINE = re.compile(r"[^\r\n\ufffe]*(?:\ufffe|\r?\n|\r|$)")
_BOLD_WEIGHT = 600


class Line(NamedTuple):
    """One line of text; the size is in points."""

    text: str
    box: Box
    size: float
    bold: bool


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
    first = start + len(text) - len(text.lstrip())
    points = pdfium_c.FPDFText_GetFontSize(text_page, first)
    weight = pdfium_c.FPDFText_GetFontWeight(text_page, first)
    return Line(text, box, round(points, 1), weight >= _BOLD_WEIGHT)


def open_pdf(path: str) -> Any:
    """Opens a PDF; raises `pypdfium2.PdfiumError`, whose `err_code` tells a password (4) from damage."""
    return pdfium.PdfDocument(path)
