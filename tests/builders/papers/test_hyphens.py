"""A hyphen at a line's end belongs to the word where the paper, or else the corpus, says so."""

from __future__ import annotations

from collections import Counter

import pytest

from builders.papers.hyphens import Hyphens, respell
from builders.papers.lexicon import EMPTY, Lexicon
from builders.papers.lexicon.count import tokens

PAPER = (
    "long-term effects of long-term use, a long-term plan, long-term care, the long term, information, "
    "extracellular space, a state-of-the-art map, the volume fraction, a well mixed bath, "
    "fallacies and fallacies and fallacies, pre- and post-synaptic, a meta-analysis of information"
)
CORPUS = Lexicon(
    500,
    {
        "in-text": 40, "intext": 3, "state-of-the-art": 90, "cooperation": 30, "co-operation": 20, "drug": 50,
        "induced": 60, "childlike": 7, "feedback": 99, "feed-back": 2, "over": 20, "all": 40, "overall": 50,
        "receptor": 30, "mediated": 40,
    }
    | {f"{left}-{right}": 3 for right in ("induced", "like") for left in ("a", "b", "c", "d", "e", "f", "g", "h")},
)  # fmt: skip


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
    assert Hyphens(Counter(tokens(f"{PAPER} {broken}")), EMPTY).join(broken) == (mended, count)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [("in\ufffetext", "in-text"), ("over\ufffeall", "overall"), ("state\ufffeof-the-art", "state-of-the-art")],
)
def test_where_the_paper_does_not_know_the_corpus_does(broken: str, mended: str) -> None:
    assert Hyphens(Counter(), CORPUS).join(broken) == (mended, 1)


def _respelled(text: str, lexicon: Lexicon) -> dict[str, str]:
    return Hyphens(Counter(tokens(text)), lexicon).respelled


def test_the_paper_gives_hyphens_back_and_takes_false_ones_away() -> None:
    assert _respelled(f"{PAPER} longterm FAL-LACIES stateof-the-art", EMPTY) == {
        "fal-lacies": "fallacies",
        "longterm": "long-term",
    }
    assert _respelled("state-of-the-art state-of-the-art stateof-the-art", EMPTY) == {
        "stateof-the-art": "state-of-the-art"
    }


def test_one_use_against_another_decides_nothing_and_short_names_are_left_alone() -> None:
    assert _respelled("co-expression coexpression PD-L PD-L PDL", EMPTY) == {}


def test_the_corpus_decides_for_rare_words_only() -> None:
    assert _respelled("intext stateofthe-art cooperation", CORPUS) == {
        "intext": "in-text",
        "stateofthe-art": "state-of-the-art",
    }
    assert _respelled("intext intext intext", CORPUS) == {}


def test_the_corpus_vetoes_an_odd_habit() -> None:
    odd = "feed-back feed-back feedback"
    assert _respelled(odd, EMPTY) == {"feedback": "feed-back"}
    assert _respelled(odd, CORPUS) == {"feed-back": "feedback"}
    assert _respelled(f"{odd} feed-back", CORPUS) == {}


def test_a_hyphen_lost_between_known_halves() -> None:
    assert _respelled("druginduced", CORPUS) == {"druginduced": "drug-induced"}
    # A word of the corpus, a left half that nobody writes, a right half that asks for no hyphen.
    assert _respelled("childlike xyzinduced overinduced receptormediated", CORPUS) == {}
    assert _respelled("drug drug induced druginduced", EMPTY) == {}


def test_respell_keeps_the_letters_as_they_are() -> None:
    assert respell("StateOf-the", "state-of-the") == "State-Of-the"
    assert respell("FAL-LACIES", "fallacies") == "FALLACIES"


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
    assert Hyphens(Counter(), EMPTY).join(broken) == (mended, 1)


def test_a_prefix_follows_the_papers_habit() -> None:
    words = {"commercial": 2, "toxic": 1, "linear": 3, "specific": 4}
    hyphened = Counter({**words, "non-toxic": 1, "non-linear": 1})
    joined = Counter({**words, "nontoxic": 1, "nonlinear": 1})
    assert Hyphens(hyphened, EMPTY).join("non\ufffespecific") == ("non-specific", 1)
    assert Hyphens(joined, EMPTY).join("non\ufffespecific") == ("nonspecific", 1)
