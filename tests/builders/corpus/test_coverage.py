"""What was made of each paper, from the files of a build: used, unused, dropped, and why nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
import pytest

from builders.corpus.coverage import (
    PaperCoverage,
    Place,
    coverage,
    place_of,
    prepared_papers,
    write_coverage,
)
from builders.corpus.prepare import Facts
from builders.documents import row_of
from builders.errors import UserError
from builders.jsonl import read_rows, write_rows
from builders.types import Block, Document, Dropped

# The paragraphs of a document begin at 0, 9 and 18: "one one", "two two", "three".
TEXTS = ("one one", "two two", "three")


def document(name: str) -> Document:
    blocks = tuple(Block("paragraph", text, page=1) for text in TEXTS)
    return Document(f"sha:{name}", "v", f"Title {name}", "en", f"{name}.pdf", "reader 1", blocks)


def source(name: str | None, start: int | None, end: int | None, maker: str) -> dict[str, Any]:
    return {"document": f"sha:{name}" if name else None, "start": start, "end": end, "maker": maker}


def row(*sources: dict[str, Any]) -> dict[str, Any]:
    return {"id": "x", "sources": list(sources)}


def keep(folder: Path, facts: Facts, made: Document | None) -> None:
    path = folder / "prepared" / facts.name[:1] / f"{facts.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps({**asdict(facts), "fingerprints": None}) + b"\n" + orjson.dumps(made) + b"\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A build with papers a and b to train with, c held out, d a copy, e unreadable, f a PDF that did not parse."""
    for name in "abcd":
        keep(tmp_path, Facts(f"{name}.pdf", {"hyphen": 2}, (), f"sha:{name}"), document(name))
    keep(tmp_path, Facts("e_content_list.json", {}, ()), None)
    sides = (("a", "train"), ("b", "train"), ("c", "heldout"))
    write_rows(tmp_path / "documents.jsonl", [row_of(document(name), side) for name, side in sides])
    write_rows(
        tmp_path / "cpt.sources.jsonl",
        [
            # A reading text: the paper block by block, then a task on the end of the second paragraph.
            row(
                source("a", 0, 7, "paper.reading"),
                source("a", 9, 16, "paper.reading"),
                source("a", 13, 16, "comprehension.definition"),
            ),
            row(source("a", 0, 3, "paper.woven"), source(None, None, None, "paper.woven")),
            row(source("b", 0, 7, "reader 1"), source("b", 9, 16, "reader 1"), source("b", 18, 23, "reader 1")),
            row(source(None, None, None, "graph.card")),
        ],
    )
    write_rows(tmp_path / "sft_papers.sources.jsonl", [row(source("a", 0, 7, "abstract.purpose"))])
    write_rows(tmp_path / "sft_paper_tasks.sources.jsonl", [row(source("a", 0, 7, "paper_tasks.finding"))])
    dropped = [
        Dropped("broken_pdf", "f.pdf", "cut off"),
        Dropped("too_few_words", "a.pdf page 3", "and"),
        Dropped("too_few_words", "a.pdf page 3", "or"),
        Dropped("glyph_damage", "b.pdf", "2.1 damaged glyphs"),
        Dropped("bad_json", "e_content_list.json", "not JSON"),
        Dropped("duplicate_paper", "d.pdf", "the same text as a.pdf, which stays"),
        Dropped("duplicate_paragraph", "b.pdf: block 17", "as in a.pdf: block 3"),
        Dropped("missing_field", "triples.csv:42", "no tail"),
    ]
    write_rows(tmp_path / "dropped.jsonl", dropped)
    return tmp_path


def test_every_paper_has_its_row_and_its_reason(folder: Path) -> None:
    a, b, c, d, e, f = coverage(folder)
    assert a == PaperCoverage(
        path="a.pdf", id="sha:a", title="Title a", language="en", side="train", reader="reader 1",
        blocks=3, paragraphs=3, characters=23, used=2,
        rows={"abstract.purpose": 1, "paper_tasks.finding": 1, "paper.reading": 1, "paper.woven": 1},
        unused={"no_pattern_matched": 1}, unused_blocks=(2,), dropped={"too_few_words": 2},
        fixes={"hyphen": 2},
    )  # fmt: skip
    assert (b.rows, b.used, b.unused, b.unused_blocks) == ({"paper": 1}, 0, {"no_pattern_matched": 3}, (0, 1, 2))
    assert (b.dropped, b.damaged, b.nothing) == ({"duplicate_paragraph": 1}, True, None)
    assert (c.side, c.rows, c.unused, c.nothing) == ("heldout", {}, {"held_out": 3}, "held_out")
    assert (d.side, d.unused, d.nothing) == (None, {"duplicate_paper": 3}, "duplicate_paper")
    assert d.detail == "the same text as a.pdf, which stays"
    assert (e.path, e.id, e.paragraphs, e.nothing) == ("e_content_list.json", None, 0, "bad_json")
    assert f == PaperCoverage("f.pdf", nothing="broken_pdf", detail="cut off")


def test_a_paper_without_any_row_says_so(folder: Path) -> None:
    write_rows(folder / "cpt.sources.jsonl", [])
    _, b, *_ = coverage(folder)
    assert (b.rows, b.nothing) == ({}, "no_row")


def test_a_span_that_touches_two_paragraphs_uses_both(folder: Path) -> None:
    write_rows(folder / "cpt.sources.jsonl", [])
    write_rows(folder / "sft_paper_tasks.sources.jsonl", [])
    write_rows(folder / "sft_papers.sources.jsonl", [row(source("a", 6, 10, "abstract.purpose"))])
    assert next(coverage(folder)).unused_blocks == (2,)
    # From the end of the first to the start of the second there is only what parts them.
    write_rows(folder / "sft_papers.sources.jsonl", [row(source("a", 7, 9, "abstract.purpose"))])
    assert next(coverage(folder)).unused_blocks == (0, 1, 2)


def test_the_file_is_the_rows_and_the_same_again(folder: Path) -> None:
    assert write_coverage(folder) == 6
    first = (folder / "coverage.jsonl").read_bytes()
    assert [one["path"] for one in read_rows(folder / "coverage.jsonl")] == [
        "a.pdf", "b.pdf", "c.pdf", "d.pdf", "e_content_list.json", "f.pdf",
    ]  # fmt: skip
    write_coverage(folder)
    assert (folder / "coverage.jsonl").read_bytes() == first


def test_facts_are_kept_without_texts_and_fingerprints(folder: Path) -> None:
    facts, path = prepared_papers(folder / "prepared")["a.pdf"]
    assert (facts.id, facts.dropped, facts.fingerprints) == ("sha:a", (), None)
    assert path.name == "a.pdf.json"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("a.pdf", Place("a.pdf", False)),
        ("a.pdf page 12", Place("a.pdf", True)),
        ("a.pdf: block 0", Place("a.pdf", True)),
        ("b.md line 3", Place("b.md", True)),
        ("my page 3", Place("my page 3", False)),
        ("my page 3 page 4", Place("my page 3", True)),
        ("unparsed.PDF", Place("unparsed.PDF", False)),
        ("triples.csv:42", None),
        ("logic.yaml: en[1]", None),
    ],
)
def test_a_place_names_a_paper_or_none(place: str, expected: Place | None) -> None:
    assert place_of(place, {"a.pdf", "b.md", "my page 3"}) == expected


def test_a_missing_build_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="build it first with `make data`"):
        list(coverage(tmp_path))
