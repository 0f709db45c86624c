"""The gold benchmark's own parts: numbers, line ends, wrong joins, and papers that render the same twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.gold.joins import wrong_joins
from benchmarks.gold.numbers import printed
from benchmarks.gold.render import render
from benchmarks.gold.score import score
from benchmarks.gold.source import Item, Manuscript, is_ended, manuscripts
from benchmarks.gold.typeset import Printed, as_printed, broken_words, hyphenate
from builders.types import Block, Document


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("arabic", ["1 A", "1.1 B", "1.1.1 C", "2 D", "Funding"]),
        ("arabic_dot", ["1. A", "1.1. B", "1.1.1. C", "2. D", "Funding"]),
        ("roman", ["I. A", "A. B", "1) C", "II. D", "Funding"]),
        ("none", ["A", "B", "C", "D", "Funding"]),
    ],
)
def test_headings_get_the_numbers_of_their_style(style: str, numbers: list[str]) -> None:
    assert printed([1, 2, 3, 1, 1], ["A", "B", "C", "D", "Funding"], style) == numbers


def test_an_appendix_is_numbered_by_a_letter() -> None:
    assert printed([1, 2], ["Methods", "Mice"], "arabic_dot", appendix=True) == ["A. Methods", "A.1. Mice"]


def test_compounds_break_at_their_own_hyphen_only() -> None:
    assert list(hyphenate("self-aggregates")) == [("self-", "aggregates")]
    assert ("in", "formation") in list(hyphenate("information"))


def test_added_hyphens_are_told_from_those_of_compounds() -> None:
    lines = [Printed(1, 0.0, text) for text in ("We mea-", "sured long-", "term effects.")]
    assert broken_words("We measured long-term effects.", lines) == (["measured"], ["long-term"])


def test_the_gold_is_what_was_printed() -> None:
    lines = [Printed(1, 0.0, text) for text in ("We mea-", "sured heatkilled long-", "term cells.")]
    assert as_printed("We measured heat-killed long-term cells.", lines) == "We measured heatkilled long-term cells."
    assert as_printed("Other words.", lines) == "Other words."


def test_paragraphs_that_stop_in_mid_sentence_are_told() -> None:
    assert is_ended("It is hard to treat.⁵")
    assert is_ended("as shown [12].")
    assert not is_ended("which is given by")


@pytest.mark.parametrize(
    ("gold", "ours", "wrong"),
    [
        ("the long-term use", "the longterm use", [("long-term", "longterm")]),
        ("some information here", "some infor-mation here", [("information", "infor-mation")]),
        ("the beta cells of", "the betacells of", [("beta cells", "betacells")]),
        ("many cells (n = 6) died", "many cells died and more", []),
        ("the state–of the art", "the state-of the art", [("state–of", "state-of")]),
    ],
)
def test_wrong_joins_are_found(gold: str, ours: str, wrong: list[tuple[str, str]]) -> None:
    assert wrong_joins(gold, ours) == wrong


def _document(*blocks: Block) -> Document:
    return Document("sha:0", "0", "T", "en", "t.pdf", "test", blocks)


def test_a_score_counts_what_came_back() -> None:
    first = "The extracellular space is narrow and winds between all of the cells."
    second = "It was measured in twelve mice with time-dependent tracers."
    gold = {
        "id": "W1",
        "title": "On space",
        "paragraphs": [first, second],
        "headings": [[1, "1 Introduction"], [2, "1.1 Mice"]],
        "references": ["[1] A. Li, A paper of no great length at all, J. Things, 2001."],
        "lost_hyphens": [],
        "furniture": ["Li et al. / J. Rendered Pages 12"],
    }
    found = score(
        gold,
        _document(
            Block("heading", "1 Introduction", level=1),
            Block("paragraph", first),
            Block("heading", "1.1 Mice", level=1),
            Block("paragraph", "It was measured in twelve mice with timedependent tracers."),
            Block("paragraph", "A. Li, A paper of no great length at all, J. Things, 2001."),
        ),
    )
    assert (found.words, found.matched, found.paragraphs, found.intact) == (21, 21, 2, 2)
    assert (found.deep, found.misplaced) == (1, ("2>1 '1.1 Mice'",))
    assert found.joins == ("time-dependent > timedependent",)
    assert (found.leaked, found.furniture) == (1, ())


def test_a_paper_renders_to_the_same_bytes_twice() -> None:
    body = tuple(Item(None, "Many small molecules diffuse between the cells of the brain. " * 12) for _ in range(8))
    one = Manuscript("W1", "A paper", ("Ann Li",), "2001", "It is short.", (Item(1, "Introduction"), *body), ())
    papers = [one, *(Manuscript(f"W{n}", f"Paper {n}", ("Bo Wu",), "2002", "", (), ()) for n in range(2, 40))]
    appendix = Manuscript(
        one.id, one.title, one.authors, one.year, one.abstract, one.body, (Item(1, "Methods"), body[0])
    )
    first, second = render(appendix, papers, seed=7), render(appendix, papers, seed=7)
    assert first == second
    assert first[0] != render(appendix, papers, seed=8)[0]
    assert len(first[1]["paragraphs"]) == 10
    assert first[1]["hyphenated"]


@pytest.mark.shared
def test_at_least_forty_papers_can_be_rendered(shared: Path) -> None:
    papers = manuscripts(shared / "biomed_papers")
    assert len(papers) >= 46
    assert all(paper.appendix[0].depth == 1 for paper in papers)
