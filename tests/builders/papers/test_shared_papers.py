"""Real MinerU outputs of four generations and real PDFs: title, sections, page, box, and no references."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.reading import CACHE, measure
from builders.papers import PaperFile, clean, find_papers, read_paper
from builders.types import Document

pytestmark = pytest.mark.shared


def _read(shared: Path, name: str, tmp_path: Path) -> tuple[Document, Document]:
    path = shared / "mineru" / name
    document = read_paper(PaperFile(path, path.name, "mineru"), Counter(), tmp_path)
    return document, clean(document).document


V1 = "v1_magic_pdf/demo1/auto/demo1_content_list.json"
V2 = "v2.7_pipeline/aaai26/auto/aaai26_content_list.json"
V3 = "v3.4_pipeline/2024.naacl-long.10/7df8f68f-21bf-4fef-8aed-5114f10d60f6_content_list"
V4 = "v4_flash/demo2"
FLOW = "The response of flow duration curves to afforestation"
DRUGS = "Knowledge-Enhanced Explainable Hypergraph Convolution Network for Medication Recommendation"
REPLAY = "Self-generated Replay Memories for Continual Neural Machine Translation"
STEREO = "Real-time Temporal Stereo Matching using Iterative Adaptive Support Weights"


@pytest.mark.parametrize(
    ("name", "title", "sections", "deepest", "boxes"),
    [
        (V1, FLOW, 16, 2, False),
        (V2, DRUGS, 17, 1, True),
        (f"{V3}.json", REPLAY, 31, 2, True),
        (f"{V3}_v2.json", REPLAY, 31, 2, True),
        (f"{V4}/content_list.json", STEREO, 10, 2, True),
        (f"{V4}/content_list_v2.json", STEREO, 10, 2, True),
        (f"{V4}/structured_content.json", STEREO, 10, 2, True),
    ],
)
def test_every_generation_gives_title_sections_page_and_box(
    shared: Path, tmp_path: Path, name: str, title: str, sections: int, deepest: int, boxes: bool
) -> None:
    document, cleaned = _read(shared, name, tmp_path)
    headings = [block for block in cleaned.blocks if block.kind == "heading"]
    assert (document.title, document.language) == (title, "en")
    assert len(headings) == sections
    assert max(block.level or 0 for block in headings) == deepest
    assert all(block.page is not None for block in document.blocks)
    assert all((block.box is not None) == boxes for block in document.blocks)
    assert {block.section[0] for block in cleaned.blocks if block.section} <= {block.text for block in headings}
    assert all(block.section for block in cleaned.blocks if block.kind == "paragraph")


@pytest.mark.parametrize(
    ("name", "reference", "kept"),
    [
        (V1, "South African Forestry Journal 108", "The authors would like to thank"),
        (V2, "Bodenreider, O. 2004. The Unified Medical", "This work was supported by the S&T"),
        (f"{V3}.json", "Proceedings of the national academy", "Forgetting curve of SG-Rep for different numbers"),
        (f"{V3}_v2.json", "Jointly measuring diversity and", "Forgetting curve of SG-Rep for different numbers"),
        (f"{V4}/structured_content.json", "A taxonomy and evaluation of dense", "aimed at recovery of temporally"),
    ],
)
def test_no_reference_is_left_and_what_follows_the_list_is(
    shared: Path, tmp_path: Path, name: str, reference: str, kept: str
) -> None:
    document, cleaned = _read(shared, name, tmp_path)
    assert reference in document.text
    assert reference not in cleaned.text
    assert kept in cleaned.text


def test_front_matter_and_furniture_are_gone_from_every_paper(shared: Path, tmp_path: Path) -> None:
    for file in find_papers(shared / "mineru"):
        result = clean(read_paper(file, Counter(), tmp_path))
        cleaned = result.document
        assert result.fixes["dropped_furniture"] >= 3
        assert "@" not in "".join(block.text for block in cleaned.blocks[:4])
        assert "Proceedings of the 2024 Conference of the North American Chapter" not in cleaned.text


@pytest.mark.slow
def test_pdfs_are_read_as_well_as_mineru_reads_them(shared: Path) -> None:
    figures = measure(shared, CACHE)
    assert figures["pdf_recall"] >= 0.97
    assert figures["pdf_headings"] >= 0.85
    assert figures["headings_precision"] >= 0.85
