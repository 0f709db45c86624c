"""The bundled samples: nothing cited that is not listed, every triple with its source, pages made from their text."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

PAPERS = ROOT / "samples" / "papers"
SOURCES = sorted(PAPERS.glob("*.md"))
DISCLAIMERS = {"en": "Illustrative sample text; no medical advice.", "zh": "示例文本，不构成医疗建议。"}
REFERENCE = re.compile(r"^\[(\d+)\] .+$", re.MULTILINE)
MARKER = re.compile(r"\[(\d[\d,–\- ]*)\]")
NAMED_SOURCE = re.compile(r"《[^》]+》|textbook knowledge|[A-ZÀ-Ž].* (?:1[89]|20)\d\d(?:, .+)?")

each_paper = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


def front(source: Path) -> dict[str, str]:
    fields: dict[str, str] = yaml.safe_load(source.read_text(encoding="utf-8").split("---\n", 2)[1])
    return fields


def body(source: Path) -> str:
    return source.read_text(encoding="utf-8").split("---\n", 2)[2]


def test_there_are_papers_in_both_languages() -> None:
    languages = [front(source)["lang"] for source in SOURCES]
    assert len(languages) >= 8
    assert languages.count("en") >= 5
    assert languages.count("zh") >= 3


def test_every_source_has_its_pdf_and_every_pdf_its_source() -> None:
    assert [source.stem for source in SOURCES] == sorted(pdf.stem for pdf in PAPERS.glob("*.pdf"))


@each_paper
def test_markers_and_references_agree(source: Path) -> None:
    listed = [int(number) for number in REFERENCE.findall(body(source))]
    text = REFERENCE.sub("", body(source))
    cited = {int(number) for marker in MARKER.findall(text) for number in marker.split(",")}
    assert listed == list(range(1, len(listed) + 1))
    assert cited == set(listed)


@each_paper
def test_no_doi(source: Path) -> None:
    assert not re.search(r"\bdoi\b|\b10\.\d{4,9}/", source.read_text(encoding="utf-8"), re.IGNORECASE)


@each_paper
def test_the_disclaimer_stands_once_on_a_line_of_its_own(source: Path) -> None:
    assert body(source).splitlines().count(DISCLAIMERS[front(source)["lang"]]) == 1


@each_paper
def test_the_author_is_nobody(source: Path) -> None:
    assert front(source)["author"] == "ECS-Factory samples"


def test_triples_are_whole_and_name_their_source() -> None:
    with (ROOT / "samples/graph/triples.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["head", "relation", "tail", "head_type", "tail_type", "source"]
    assert len(rows) >= 300
    assert [row for row in rows if len(row) != len(header) or not all(field.strip() for field in row)] == []
    assert {row[-1] for row in rows if not NAMED_SOURCE.fullmatch(row[-1])} == set()


def test_a_paper_drawn_again_is_the_same_bytes() -> None:
    for package in ("reportlab", "pyphen"):
        pytest.importorskip(package, reason=f"{package} is not installed")
    from samples.render.draw import pdf_of
    from samples.render.fonts import CHINESE_FONT_FILE

    if not CHINESE_FONT_FILE.is_file():
        pytest.skip(f"{CHINESE_FONT_FILE} is absent: apt-get install fonts-droid-fallback")
    source = PAPERS / "zh-potassium-homeostasis.md"
    assert pdf_of(source)[1] == source.with_suffix(".pdf").read_bytes()
