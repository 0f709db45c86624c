"""The bundled sample PDFs against the Markdown that they were rendered from."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.reading import CACHE
from builders.papers import clean, find_papers, parse_pdfs, read_paper
from builders.types import Document

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "papers"
LABELS = {"en": ["Purpose:", "Methods:", "Results:", "Conclusion:"], "zh": ["目的：", "方法：", "结果：", "结论："]}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def samples() -> list[tuple[Document, dict[str, Any], str]]:
    """Each sample as read and cleaned, with the front matter and the body of its source."""
    files = [file for file in find_papers(SAMPLES) if file.kind == "pdf"]
    assert [fault for _, fault in parse_pdfs(files, CACHE)] == [None] * len(files)
    read = []
    for file in files:
        _, front, body = file.path.with_suffix(".md").read_text(encoding="utf-8").split("---\n", 2)
        read.append((clean(read_paper(file, Counter(), CACHE)).document, yaml.safe_load(front), body))
    return read


def test_there_are_samples_in_both_languages(samples: list[tuple[Document, dict[str, Any], str]]) -> None:
    languages = Counter(document.language for document, _, _ in samples)
    assert languages["en"] >= 5
    assert languages["zh"] >= 3


def test_titles_and_languages(samples: list[tuple[Document, dict[str, Any], str]]) -> None:
    assert [(document.title, document.language) for document, _, _ in samples] == [
        (front["title"], front["lang"]) for _, front, _ in samples
    ]


def test_all_headings_in_order_and_none_else(samples: list[tuple[Document, dict[str, Any], str]]) -> None:
    for document, _, body in samples:
        headings = re.findall(r"^#+ (.+)$", body, re.MULTILINE)
        wanted = [heading for heading in headings if heading not in ("References", "参考文献")]
        assert [block.text for block in document.blocks if block.kind == "heading"] == wanted


def test_the_abstract_has_its_four_labelled_parts(samples: list[tuple[Document, dict[str, Any], str]]) -> None:
    for document, _, _ in samples:
        abstract = "\n".join(block.text for block in document.blocks if block.section in (("Abstract",), ("摘要",)))
        assert re.findall("|".join(LABELS[document.language]), abstract) == LABELS[document.language]


def test_tables_have_their_captions(samples: list[tuple[Document, dict[str, Any], str]]) -> None:
    for document, _, _ in samples:
        kinds = [block.kind for block in document.blocks]
        assert "table" in kinds
        assert "caption" in kinds


def test_no_reference_and_no_running_head_is_left(samples: list[tuple[Document, dict[str, Any], str]]) -> None:
    for document, front, body in samples:
        references = re.split(r"^## (?:References|参考文献)$", body, flags=re.MULTILINE)[1]
        entries = re.findall(r"^(?:\d+\.|\[\d+\])\s*(.+)$", references, re.MULTILINE)
        assert len(entries) >= 3
        assert [entry for entry in entries if entry[:30] in document.text] == []
        assert front["author"] not in document.text
        assert not any(block.text == front["running_head"] for block in document.blocks)
