"""A word that a line's end broke keeps its hyphen where the paper, the corpus or general English says so."""

from __future__ import annotations

from collections import Counter

import pytest

from builders.papers.broken import BrokenWords
from builders.papers.hyphens import Hyphens
from builders.papers.lexicon import EMPTY
from builders.papers.lexicon.count import tokens
from tests.builders.papers.spellings import CORPUS, PAPER


@pytest.mark.parametrize(
    ("broken", "mended", "count"),
    [
        ("infor\ufffemation", "information", 1),
        ("Infor\x02mation", "Information", 1),
        ("extra\u00ad\ncellular", "extracellular", 1),
        ("long\ufffeterm", "long-term", 1),
        ("state-of\ufffethe-art", "state-of-the-art", 1),
        ("meta-infor\ufffemation", "meta-information", 1),
        ("well\ufffemixed", "well-mixed", 1),
        ("neuro\ufffefilament", "neurofilament", 1),
        ("GPT4\ufffe2", "GPT4-2", 1),
        ("the infor- mation", "the information", 1),
        ("pre- and post-synaptic", "pre- and post-synaptic", 0),
        ("end\ufffe", "end", 0),
        ("no break at all", "no break at all", 0),
    ],
)
def test_broken_words_are_joined_by_the_votes_of_the_paper(broken: str, mended: str, count: int) -> None:
    assert BrokenWords(Hyphens(Counter(tokens(f"{PAPER} {broken}")), EMPTY)).join(broken) == (mended, count)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [("in\ufffetext", "in-text"), ("over\ufffeall", "overall"), ("state\ufffeof-the-art", "state-of-the-art")],
)
def test_where_the_paper_does_not_know_the_corpus_does(broken: str, mended: str) -> None:
    assert BrokenWords(Hyphens(Counter(), CORPUS)).join(broken) == (mended, 1)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("G\ufffequadruplex", "G-quadruplex"),
        ("Mann\ufffeWhitney", "Mann-Whitney"),
        ("USP\ufffegrade", "USP-grade"),
        ("FAL\ufffeLACIES", "FALLACIES"),
        ("N\ufffeand", "N- and"),
    ],
)
def test_names_and_abbreviations_keep_their_hyphen(broken: str, mended: str) -> None:
    assert BrokenWords(Hyphens(Counter(), EMPTY)).join(broken) == (mended, 1)


def test_a_prefix_follows_the_papers_habit() -> None:
    words = {"commercial": 2, "toxic": 1, "linear": 3, "specific": 4}
    hyphened = Counter({**words, "non-toxic": 1, "non-linear": 1})
    joined = Counter({**words, "nontoxic": 1, "nonlinear": 1})
    assert BrokenWords(Hyphens(hyphened, EMPTY)).join("non\ufffespecific") == ("non-specific", 1)
    assert BrokenWords(Hyphens(joined, EMPTY)).join("non\ufffespecific") == ("nonspecific", 1)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("slow\ufffemoving", "slow-moving"),
        ("break\ufffedown", "breakdown"),
        ("high\ufffequality", "high-quality"),
        ("pre\ufffeexposure", "pre-exposure"),
        ("pre\ufffecluded", "precluded"),
        ("Downing\ufffeton", "Downington"),
        ("Mann\ufffeWhitney", "Mann-Whitney"),
        ("cyto\ufffemetry", "cytometry"),
        ("manageabili\ufffeties", "manageabilities"),
        ("HLA\ufffematching", "HLA-matching"),
        ("MabSe\ufffelect", "MabSelect"),
        ("GATTACA\ufffeCATTAG", "GATTACACATTAG"),
    ],
)
def test_what_neither_paper_nor_corpus_writes_is_judged_by_general_english(broken: str, mended: str) -> None:
    assert BrokenWords(Hyphens(Counter(), EMPTY)).join(broken) == (mended, 1)


@pytest.mark.parametrize(
    ("paper", "broken", "mended"),
    [
        ("overfitting of an overfit model", "over\ufffefitted", "overfitted"),
        ("anti-viral drugs", "anti\ufffecancer", "anti-cancer"),
        ("a two-fold and a five-fold rise", "ten\ufffefold", "ten-fold"),
    ],
)
def test_other_forms_in_the_paper_show_its_habit(paper: str, broken: str, mended: str) -> None:
    assert BrokenWords(Hyphens(Counter(tokens(paper)), EMPTY)).join(broken)[0] == mended


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("anti- SnaiL and RNAi- Fluc", "anti-SnaiL and RNAi-Fluc"),
        ("the Asboe- Hansen sign", "the Asboe-Hansen sign"),
        ("pre- and post-synaptic, item- The next", "pre- and post-synaptic, item- The next"),
    ],
)
def test_a_line_end_before_a_name_leaves_no_blank(text: str, joined: str) -> None:
    assert BrokenWords(Hyphens(Counter(), EMPTY)).join(text)[0] == joined
