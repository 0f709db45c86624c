"""A hyphen at a line's end belongs to the word where the paper, or else the corpus, says so."""

from __future__ import annotations

from collections import Counter

from builders.papers.hyphens import Hyphens, respell
from builders.papers.lexicon import EMPTY, Lexicon
from builders.papers.lexicon.count import tokens
from tests.builders.papers.spellings import CORPUS, PAPER


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


def test_a_hyphen_of_a_line_end_that_was_kept_goes_where_a_part_is_no_word() -> None:
    assert _respelled("previous work, previous reports, a previous pre-vious", EMPTY) == {"pre-vious": "previous"}
