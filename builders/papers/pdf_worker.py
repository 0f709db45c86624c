"""The process that parses PDFs: one for many files, killed from outside when a file takes too long.

    echo '{"reader": "docvortex", "pdf": "in.pdf", "out": "out.json"}' | python -m builders.papers.pdf_worker

One request a line on stdin, one reply a line on stdout: `{}` when `out` is written (aside, then renamed), else
`{"reason": "encrypted_pdf", "detail": "..."}`. A fault of the parser itself ends the process with a traceback.
docvortex starts processes of its own, so it needs a main module that can be imported: this one.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from pypdfium2 import PdfiumError

from builders.papers.pdf_lines import open_pdf, page_lines
from builders.papers.pdf_mend import mend
from builders.papers.raw import UnreadablePaper

_PASSWORD = 4
"""FPDF_ERR_PASSWORD of PDFium."""
_LETTERS_A_PAGE = 100
"""Fewer letters a page than this, on average, and a PDF holds pictures of text rather than text."""
_OCR = "run MinerU with OCR on it (README, 'Scanned papers') and put MinerU's output folder here instead"


def main() -> None:
    """Serves requests until stdin closes."""
    # What a library prints must not be taken for a reply.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        replies.write(json.dumps(_serve(json.loads(line))) + "\n")
        replies.flush()


def _serve(request: dict[str, str]) -> dict[str, str]:
    try:
        parsed = parse_docvortex(request["pdf"]) if request["reader"] == "docvortex" else parse_lines(request["pdf"])
    except UnreadablePaper as fault:
        return {"reason": fault.reason, "detail": fault.detail}
    target = Path(request["out"])
    target.parent.mkdir(parents=True, exist_ok=True)
    # Named by process: two workers may be given copies of one PDF.
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    partial.write_bytes(orjson.dumps(parsed, option=orjson.OPT_SORT_KEYS))
    os.replace(partial, target)
    return {}


def parse_docvortex(path: str) -> dict[str, Any]:
    """Parses with docvortex: `{"reader": "docvortex 0.6.4", "middle": <docvortex.middle>}`."""
    import docvortex
    from docvortex.errors import DocumentError
    from loguru import logger

    logger.remove()
    with _checked(path) as pdf:
        try:
            middle = docvortex.parse(path).middle_json.to_dict()
        except DocumentError as error:
            if error.code != "pdf_ocr_unsupported":
                raise
            # It has text enough (`_checked`), so docvortex distrusts its fonts: read it as text all the same.
            middle = docvortex.parse(path, parse_mode="txt").middle_json.to_dict()
        mend(middle, pdf)
    return {"reader": f"docvortex {docvortex.__version__}", "middle": middle}


def parse_lines(path: str) -> dict[str, Any]:
    """Reads plain lines: `{"reader": "pypdfium2 5.15.2", "pages": [[[text, box, size, bold], ...], ...]}`."""
    with _checked(path) as pdf:
        return {"reader": f"pypdfium2 {version('pypdfium2')}", "pages": [page_lines(page) for page in pdf]}


def _checked(path: str) -> Any:
    """Opens a PDF that has a text layer, or says why there is none to read."""
    name = Path(path).name
    try:
        pdf = open_pdf(path)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            detail = f"{name}: encrypted; save a copy without the password (`qpdf --decrypt --password=...`)"
            raise UnreadablePaper("encrypted_pdf", detail) from error
        raise UnreadablePaper(
            "broken_pdf", f"{name}: {str(error).rstrip('.')}; download it again, or delete it"
        ) from error
    if len(pdf) == 0:
        raise UnreadablePaper("broken_pdf", f"{name}: it has no pages; download it again, or delete it")
    letters = sum(character.isalpha() for page in pdf for line in page_lines(page) for character in line.text)
    if letters < _LETTERS_A_PAGE * len(pdf):
        raise UnreadablePaper("scanned_pdf", f"{name}: {letters} letters on {len(pdf)} pages, so a scan; {_OCR}")
    return pdf


if __name__ == "__main__":
    main()
