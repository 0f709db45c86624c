"""The general dual-logic set: enough pairs of each kind, each by its operation alone, none like another, all read."""

from __future__ import annotations

import csv
import re
from collections import Counter

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from benchmarks.logic_edits import Edit, explain
from builders.graph.logic import NEAR_EQUAL, Pair, general_pairs, split_general
from builders.graph.logic_rows import MOST_DIFFERENCE, preference_samples
from builders.graph.wordings import load_train
from builders.logic.balance import balanced, denies_truly
from tests.conftest import ROOT

LEAST = {"AS": 130, "ANW": 150, "SEP": 100}
NEGATIONS = {
    "zh": (re.compile("没有"), re.compile("[不没]")),
    "en": (re.compile(r" not\b"), re.compile(r"(?<=can)not\b")),
}
ARTICLE = re.compile(r"\ban? ")
DOMAIN = re.compile(
    r"[Bb]rain|extracellular|glymph|neuro|cerebro|(?<!电)脑|神经元|细胞外|组织液|中药|中医|方剂|经络|药性"
)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    found, dropped = general_pairs(ROOT / "samples/graph/logic.yaml")
    assert dropped == []
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_enough(pairs: list[Pair], language: str) -> None:
    counts = Counter(pair.op for pair in pairs if pair.language == language)
    assert all(counts[op] >= least for op, least in LEAST.items()), counts


def test_in_half_of_the_negations_the_true_statement_denies(pairs: list[Pair]) -> None:
    for language in ("zh", "en"):
        denying = [denies_truly(pair) for pair in pairs if pair.op == "ANW" and pair.language == language]
        assert 2 * sum(denying) == len(denying)


def test_a_negation_is_one_word_more(pairs: list[Pair]) -> None:
    for pair in (pair for pair in pairs if pair.op == "ANW"):
        longer, shorter = sorted((pair.true, pair.false), key=len, reverse=True)
        found = [match for pattern in NEGATIONS[pair.language] for match in pattern.finditer(longer)]
        assert shorter in {longer[: match.start()] + longer[match.end() :] for match in found}, pair


def test_a_swap_has_the_same_words(pairs: list[Pair]) -> None:
    for pair in (pair for pair in pairs if pair.op == "SEP"):
        texts = (ARTICLE.sub("", text.lower()) for text in (pair.true, pair.false))
        true, false = (sorted(text.split() if pair.language == "en" else text) for text in texts)
        assert true == false, pair


def test_an_antonym_is_one_place(pairs: list[Pair]) -> None:
    for pair in (pair for pair in pairs if pair.op == "AS"):
        one, other = (text.split() if pair.language == "en" else list(text) for text in (pair.true, pair.false))
        start = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
        end = next(n for n, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b)
        assert max(len(one), len(other)) - start - end <= 2, pair


def test_opposites_that_our_table_knows_are_recognised(pairs: list[Pair]) -> None:
    english = [pair for pair in pairs if pair.language == "en" and pair.op == "AS"]
    known = [pair for pair in english if explain(Edit(pair.true, pair.false), ()) == "AS"]
    assert len(known) > 40


def test_each_statement_stands_once_and_on_one_side(pairs: list[Pair]) -> None:
    train, test = split_general(pairs, 0.2, 1)
    assert 0.15 < len(test) / len(pairs) < 0.25
    statements = Counter(text for pair in pairs for text in (pair.true, pair.false))
    assert max(statements.values()) == 1
    sides = Counter(pair.id for side in (train, test) for pair in side)
    assert max(sides.values()) == 1


def test_near_duplicates_are_gone(pairs: list[Pair]) -> None:
    for language in ("zh", "en"):
        spoken = [pair for pair in pairs if pair.language == language]
        texts = [text.lower() for pair in spoken for text in (pair.true, pair.false)]
        close = np.argwhere(cdist(texts, texts, scorer=Levenshtein.normalized_distance) < NEAR_EQUAL)
        assert [(texts[row], texts[column]) for row, column in close if row // 2 < column // 2] == []


def test_no_statement_is_of_the_domain(pairs: list[Pair]) -> None:
    assert [pair for pair in pairs if DOMAIN.search(pair.true + pair.false)] == []


def test_every_pair_was_read_and_found_right(pairs: list[Pair]) -> None:
    with (ROOT / "samples/graph/logic_review.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["id"] for row in rows] == [pair.id for pair in sorted(pairs, key=lambda pair: pair.language != "zh")]
    assert {row["verdict"] for row in rows} == {"right"}
    assert all(len(row["reason"]) > 3 for row in rows)
    assert max(Counter(row["reason"] for row in rows).values()) <= 4


@pytest.mark.parametrize("seed", [1, 42])
def test_preferences_are_balanced_and_of_one_length(pairs: list[Pair], seed: int) -> None:
    train = balanced(split_general(pairs, 0.2, seed)[0], seed)
    for language in ("zh", "en"):
        denying = [denies_truly(pair) for pair in train if pair.op == "ANW" and pair.language == language]
        assert len(denying) > 110
        assert abs(sum(denying) / len(denying) - 0.5) <= 0.02
    rows = list(preference_samples(train, load_train(), 1, seed))
    assert len(rows) == 2 * len(train)
    for row in rows:
        shorter, longer = sorted((len(row.chosen), len(row.rejected)))
        assert longer - shorter <= MOST_DIFFERENCE * shorter


def test_no_pair_contradicts_another(pairs: list[Pair]) -> None:
    true = {pair.true for pair in pairs}
    assert [pair for pair in pairs if pair.false in true] == []
