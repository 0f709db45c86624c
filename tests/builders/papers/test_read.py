"""One door for every kind of paper: zips, PDFs by the tier that parsed them, and what their metadata adds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest

from builders.papers import PaperFile, UnreadablePaper, find_papers
from builders.papers.pdf import embedded_tier, parsed_path, write_parsed
from builders.papers.read import read_paper
from tests.builders.papers.test_archive import make_zip


def _pages(*texts: str) -> dict[str, Any]:
    blocks = [{"type": "text", "content": [{"type": "text", "content": text}]} for text in texts]
    title = {"type": "doc_title", "content": [{"type": "text", "content": "Water in the Brain"}]}
    return {"schema": "docvortex.middle", "pages": [{"page_idx": 0, "blocks": [title, *blocks]}]}


@pytest.fixture
def pdf(tmp_path: Path) -> PaperFile:
    path = tmp_path / "li.pdf"
    path.write_bytes(b"%PDF li")
    return PaperFile(path, "li.pdf", "pdf")


def _keep(pdf: PaperFile, tier: str, parsed: dict[str, Any]) -> Path:
    cache = pdf.path.parent / "parsed"
    write_parsed(parsed_path(pdf.sha256(), cache, tier), {"metadata": {}, **parsed})
    return cache


def test_a_zip_is_read_from_its_member_and_named_by_its_hash(tmp_path: Path) -> None:
    content = orjson.dumps(_pages("The space between cells is narrow."))
    make_zip(tmp_path / "li.zip", {"markdown.md": b"x", "middle_json.json": content})
    [file] = find_papers(tmp_path)
    document = read_paper(file, Counter(), tmp_path)
    assert (document.title, document.path, document.reader) == (
        "Water in the Brain",
        "li.zip/middle_json.json",
        "mineru middle",
    )
    assert document.id == f"sha:{file.sha256()[:16]}"
    assert document.blocks[-1].text == "The space between cells is narrow."
    assert [child.name for child in tmp_path.iterdir()] == ["li.zip"]


def test_a_complaint_names_the_member(tmp_path: Path) -> None:
    make_zip(tmp_path / "li.zip", {"middle_json.json": b"oops"})
    with pytest.raises(UnreadablePaper, match=r"^not_json: li\.zip/middle_json\.json: not JSON at line 1"):
        read_paper(find_papers(tmp_path)[0], Counter(), tmp_path)


def test_the_preferred_tier_that_parsed_a_pdf_is_read(pdf: PaperFile) -> None:
    cache = _keep(pdf, embedded_tier(), {"reader": "docvortex 0", "middle": _pages("Read by docvortex.")})
    _keep(pdf, "mineru-standard", {"reader": "x", "mineru": [{"type": "text", "text": "By MinerU.", "page_idx": 3}]})

    def last(*tiers: str) -> tuple[str, str, int | None]:
        document = read_paper(pdf, Counter(), cache, tiers)
        return document.reader, document.blocks[-1].text, document.blocks[-1].page

    docvortex, mineru = ("docvortex 0", "Read by docvortex.", 1), ("mineru content_list", "By MinerU.", 4)
    assert last() == docvortex
    assert last("mineru-standard", embedded_tier()) == mineru
    assert last("mineru-basic", embedded_tier()) == docvortex
    assert last(embedded_tier(), "mineru-standard") == docvortex


def test_metadata_fills_in_what_the_pages_do_not_say(pdf: PaperFile) -> None:
    stated = {"doi": "10.1000/meta", "rights": "This article is licensed under CC BY-NC 4.0."}
    cache = _keep(pdf, embedded_tier(), {"reader": "r", "middle": _pages("Plain text."), "metadata": stated})
    document = read_paper(pdf, Counter(), cache)
    assert (document.id, document.licence) == ("doi:10.1000/meta", "CC BY-NC 4.0")
    own = _pages("https://doi.org/10.1000/own", "This article is licensed under CC BY 4.0.")
    _keep(pdf, embedded_tier(), {"reader": "r", "middle": own, "metadata": stated})
    document = read_paper(pdf, Counter(), cache)
    assert (document.id, document.licence) == ("doi:10.1000/own", "CC BY 4.0")
