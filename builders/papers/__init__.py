"""Papers in, Documents out: MinerU output of every generation, PDF, Markdown.

counts = Counter()
files = find_papers(Path("papers"))
for file, fault in parse_pdfs([file for file in files if file.kind == "pdf"], cache): ...   # slow, with progress
document = read_paper(files[0], counts, cache)          # raises UnreadablePaper
document, fixes = clean(document)
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from builders.papers.assemble import assemble
from builders.papers.clean import clean
from builders.papers.find import PaperFile, PaperKind, find_papers
from builders.papers.markdown import read_markdown
from builders.papers.mineru import read_mineru
from builders.papers.mineru.pages import read_pages
from builders.papers.order import order_columns
from builders.papers.pdf import parse_pdfs, read_parsed, unreadable
from builders.papers.pdf_lines import Line
from builders.papers.plain import read_lines
from builders.papers.raw import RawBlock, UnreadablePaper
from builders.types import Document

__all__ = ["PaperFile", "PaperKind", "UnreadablePaper", "clean", "find_papers", "parse_pdfs", "read_paper"]


def read_paper(file: PaperFile, counts: Counter[str], cache: Path) -> Document:
    """Reads one paper.

    Args:
        file: The paper, as `find_papers` gives it.
        counts: Grows by what the reader left out or did not know (`unknown_block_type:<name>`, `empty_block`, ...).
        cache: Where parsed PDFs are kept (`parse_pdfs`); a PDF that is not there yet is parsed now.

    Raises:
        UnreadablePaper: with reason, and one line that names file, place and remedy.
    """
    try:
        raw, reader = _read(file, counts, cache)
    except OSError as error:
        raise unreadable(file, error) from error
    return assemble(file, raw, reader, counts)


def _read(file: PaperFile, counts: Counter[str], cache: Path) -> tuple[list[RawBlock], str]:
    if file.kind == "mineru":
        return read_mineru(file.path, counts)
    if file.kind == "markdown":
        return read_markdown(file.path, counts), "markdown"
    return _read_pdf(file, counts, cache)


def _read_pdf(file: PaperFile, counts: Counter[str], cache: Path) -> tuple[list[RawBlock], str]:
    parsed = read_parsed(file, cache)
    if "middle" in parsed:
        return order_columns(read_pages(parsed["middle"], counts)), parsed["reader"]
    counts["read_as_plain_lines"] += 1
    lines = [[Line(text, tuple(box), size, bold) for text, box, size, bold in page] for page in parsed["pages"]]
    return read_lines(lines), parsed["reader"]
