"""The process that parses PDFs: one for many files, killed from outside when a file takes too long.

    python -m builders.papers.pdf_worker <<< '{"do": "docvortex", "pdf": "a.pdf", "kept": "raw.json", "out": "a.json"}'

One request a line on stdin, one reply a line on stdout: `{"pages": 13}` when `out` is written (aside, then renamed),
else `{"reason": "encrypted_pdf", "detail": "..."}`. To `inspect` it replies `{"pages": 13, "scan": false}` and writes
nothing. A fault of the parser itself ends the process with a traceback.
docvortex starts processes of its own, so it needs a main module that can be imported: this one.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from pypdfium2 import PdfiumError

from builders.papers.pdf import write_parsed
from builders.papers.pdf_lines import open_pdf, page_lines
from builders.papers.pdf_mend import mend
from builders.papers.pdf_metadata import metadata
from builders.papers.pdf_process import end_with
from builders.papers.raw import UnreadablePaper

_PASSWORD = 4
"""FPDF_ERR_PASSWORD of PDFium."""
_LETTERS_A_PAGE = 100
"""Fewer letters a page than this, on average, and a PDF holds pictures of text rather than text."""
_OCR = (
    "let MinerU read it (`make setup-mineru`, then `make parse ARGS=parse.scans=mineru`), "
    "or put MinerU's output folder here instead"
)


def main() -> None:
    """Serves requests until stdin closes."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    # What a library prints must not be taken for a reply.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        replies.write(json.dumps(_serve(json.loads(line))) + "\n")
        replies.flush()


def _serve(request: dict[str, str]) -> dict[str, Any]:
    path = request["pdf"]
    try:
        if request["do"] == "inspect":
            pdf = _opened(path)
            return {"pages": len(pdf), "scan": _is_scan(pdf)}
        parsed = parse_docvortex(path, Path(request["kept"])) if request["do"] == "docvortex" else parse_lines(path)
    except UnreadablePaper as fault:
        return {"reason": fault.reason, "detail": fault.detail}
    write_parsed(Path(request["out"]), parsed)
    return {"pages": len(parsed["middle"]["pages"] if "middle" in parsed else parsed["pages"])}


def parse_docvortex(path: str, kept: Path) -> dict[str, Any]:
    """Parses with docvortex: `{"reader": "docvortex 0.6.4", "metadata": {...}, "middle": <docvortex.middle>}`.

    docvortex's own output stays in `kept`: mending is 4 % of the work, so better mending does not parse again.
    """
    with _checked(path) as pdf:
        if not kept.is_file():
            write_parsed(kept, _middle(path))
        middle = orjson.loads(kept.read_bytes())
        mend(middle, pdf)
        return {"reader": f"docvortex {version('docvortex')}", "metadata": metadata(path, pdf), "middle": middle}


def _middle(path: str) -> Any:
    """What docvortex makes of a PDF, before we touch it."""
    import docvortex
    from docvortex.errors import DocumentError
    from loguru import logger

    logger.remove()
    try:
        return docvortex.parse(path).middle_json.to_dict()
    except DocumentError as error:
        if error.code != "pdf_ocr_unsupported":
            raise
        # It has text enough (`_checked`), so docvortex distrusts its fonts: read it as text all the same.
        return docvortex.parse(path, parse_mode="txt").middle_json.to_dict()


def parse_lines(path: str) -> dict[str, Any]:
    """Reads plain lines: `{"reader": "pypdfium2 5.15.2", "pages": [[[text, box, size, bold], ...], ...]}`."""
    with _checked(path) as pdf:
        reader = f"pypdfium2 {version('pypdfium2')}"
        return {"reader": reader, "metadata": metadata(path, pdf), "pages": [page_lines(page) for page in pdf]}


def _checked(path: str) -> Any:
    """Opens a PDF that has a text layer, or says why there is none to read."""
    pdf = _opened(path)
    if _is_scan(pdf):
        detail = f"{Path(path).name}: hardly a letter on its {len(pdf)} pages, so a scan; {_OCR}"
        raise UnreadablePaper("scanned_pdf", detail)
    return pdf


def _opened(path: str) -> Any:
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
    return pdf


def _is_scan(pdf: Any) -> bool:
    """Whether a PDF has too few letters; the first pages of one that has enough decide already."""
    wanted = _LETTERS_A_PAGE * len(pdf)
    letters = 0
    for page in pdf:
        letters += sum(character.isalpha() for line in page_lines(page) for character in line.text)
        if letters >= wanted:
            return False
    return True


if __name__ == "__main__":
    main()
