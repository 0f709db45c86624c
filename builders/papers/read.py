"""One paper in, its Document out, whatever holds it: MinerU's JSON, a zip, a PDF, Markdown.

document = read_paper(file, counts, Path("data/demo/parsed"))     # raises UnreadablePaper
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from builders.papers.assemble import assemble
from builders.papers.find import PaperFile
from builders.papers.identity import licence_of
from builders.papers.markdown import read_markdown
from builders.papers.mineru import read_json, read_value
from builders.papers.mineru.pages import read_pages
from builders.papers.order import order_columns
from builders.papers.pdf import read_parsed, unreadable
from builders.papers.pdf_lines import Line
from builders.papers.plain import read_lines
from builders.papers.raw import RawBlock
from builders.types import Document


def read_paper(file: PaperFile, counts: Counter[str], cache: Path, tiers: Sequence[str] = ()) -> Document:
    """Reads one paper.

    Args:
        file: The paper, as `find_papers` gives it.
        counts: Grows by what the reader left out or did not know (`unknown_block_type:<name>`, `empty_block`, ...).
        cache: Where parsed PDFs are kept; a PDF that is not there yet is parsed now.
        tiers: Whose parsed form of a PDF is taken, the preferred first (`builders.parse.tiers`); the embedded
            reader's where none is named.

    Raises:
        UnreadablePaper: with reason, and one line that names file, place and remedy.
    """
    try:
        if file.kind == "pdf":
            return _read_pdf(file, counts, read_parsed(file, cache, tiers))
        if file.kind == "markdown":
            return assemble(file, read_markdown(file.path, counts), "markdown", counts)
        place = f"{file.path.name}/{file.member}" if file.member else file.path.name
        blocks, reader = read_json(file.read(), place, counts)
        return assemble(file, blocks, reader, counts)
    except OSError as error:
        raise unreadable(file, error) from error


def _read_pdf(file: PaperFile, counts: Counter[str], parsed: dict[str, Any]) -> Document:
    reader = parsed["reader"]
    if "mineru" in parsed:
        raw, reader = read_value(parsed["mineru"], file.path.name, counts)
    elif "middle" in parsed:
        raw = order_columns(read_pages(parsed["middle"], counts))
    else:
        counts["read_as_plain_lines"] += 1
        raw = read_lines([[Line(text, tuple(box), *kind) for text, box, *kind in page] for page in parsed["pages"]])
    return _with_metadata(assemble(file, raw, reader, counts), parsed["metadata"])


def _with_metadata(document: Document, metadata: Mapping[str, str]) -> Document:
    """Takes DOI and licence from the PDF's metadata, where its pages do not say them."""
    if "doi" in metadata and document.id.startswith("sha:"):
        document = replace(document, id=f"doi:{metadata['doi']}")
    if "rights" in metadata and document.licence is None:
        document = replace(document, licence=licence_of([RawBlock("furniture", metadata["rights"][:600], page=1)]))
    return document
