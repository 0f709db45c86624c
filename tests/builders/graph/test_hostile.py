"""Graphs of shapes that no curator means: every builder of rows ends, in a time that grows with the graph alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from builders.graph.augment import safe_fillers
from builders.graph.cards import STATEMENTS, TAILS, cards
from builders.graph.chance import generator
from builders.graph.config import QuestionConfig
from builders.graph.distractors import false_tails
from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.logic import graph_pairs, pair_groups
from builders.graph.logic_rows import dual_logic_rows, preference_samples, yes_no_samples
from builders.graph.questions import choice_questions, questions, recall_questions
from builders.graph.schema import Relation, guess
from builders.graph.split import split_groups
from builders.graph.wordings import Wordings
from builders.types import Triple

Shape = Callable[[int], Iterator[Triple]]

DEGREE = 2_500
SECONDS = 6.0
"""Of CPU; a step that takes the square of the degree takes more, with the large degree minutes."""
LARGE = 100_000
LARGE_SECONDS = 180.0

SCHEMA = {
    "holds": Relation("holds", en="content"),
    "code": Relation("code", en="code", functional=True),
    "in": Relation("in", en="place", functional=True),
    "next": Relation("next", en="successor", functional=True),
    "twin": Relation("twin", en="twin", symmetric=True),
    "called": Relation("called", en="other name", alias=True),
    "kind": guess("kind"),
}


def a_hub_of_heads_and_tails(degree: int) -> Iterator[Triple]:
    for n in range(degree):
        yield Triple("hub", "holds", f"part {n}", "hub", "part")
        yield Triple(f"part {n}", "in", "hub", "part", "hub")
        yield Triple(f"part {n}", "code", f"C{n}", "part", "code")


def one_long_cycle(degree: int) -> Iterator[Triple]:
    for n in range(2 * degree):
        yield Triple(f"station {n}", "next", f"station {(n + 1) % (2 * degree)}")
        yield Triple(f"station {n}", "twin", f"station {2 * degree - 1 - n}")


def one_entity_of_many_names(degree: int) -> Iterator[Triple]:
    for n in range(degree):
        yield Triple(f"name {n}", "called", f"name {n + 1}")
        yield Triple(f"name {n}", "code", f"C{n % 7}")


def every_tail_of_a_type_of_its_own(degree: int) -> Iterator[Triple]:
    for n in range(degree):
        yield Triple(f"head {n}", "kind", f"tail {n}", "head", f"type {n}")
        yield Triple(f"head {n}", "kind", f"tail {n + 1}", "head", f"type {n + 1}")


def a_relation_for_every_fact(degree: int) -> Iterator[Triple]:
    for n in range(degree):
        yield Triple("middle", f"relation {n}", f"end {n}")


SHAPES = [
    *(a_hub_of_heads_and_tails, one_long_cycle, one_entity_of_many_names, every_tail_of_a_type_of_its_own),
    a_relation_for_every_fact,
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_builder_ends(shape: Shape, train_wordings: Wordings, test_wordings: Wordings) -> None:
    assert seconds(list(shape(DEGREE)), train_wordings, test_wordings) < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_every_builder_ends_at_a_degree_of_100_000(
    shape: Shape, train_wordings: Wordings, test_wordings: Wordings
) -> None:
    assert seconds(list(shape(LARGE)), train_wordings, test_wordings) < LARGE_SECONDS


def seconds(facts: list[Triple], train: Wordings, test: Wordings) -> float:
    """CPU seconds of all builders of rows over a graph."""
    started = time.process_time()
    graph = Graph(facts, {**{fact.relation: guess(fact.relation) for fact in facts}, **SCHEMA})
    split = split_groups(graph, 0.1, 1)
    finder = HeldoutFinder(graph, split)
    sentence = "the hub holds part 1 and part 22 beside station 3 and middle and name 4"
    found = [finder.find(sentence) for _ in range(500)]
    assert found == found[:1] * 500
    rows = 0
    config = QuestionConfig(exposures=1, augmented=0)
    for sample in questions(graph, split, train, test, config, {"zh": [], "en": []}, 1):
        rows += 1
        assert len(sample.sources) <= config.list_cap + 1
    for card in cards(graph, split, train, 1, 1):
        rows += 1
        assert len(card.sources) <= STATEMENTS * TAILS
    for groups in pair_groups(graph, split, 0.2, 1):
        pairs = graph_pairs(graph, groups, train, 500, 1)
        rows += sum(1 for _ in yes_no_samples(pairs, train, 1, 1))
        rows += sum(1 for _ in preference_samples(pairs, train, 1, 1))
        rows += len(dual_logic_rows(pairs, test, 1))
    rows += len(recall_questions(graph, split.train, test, 1, 200, 1))
    rows += len(choice_questions(graph, split.train, test, 1, 200, 1))
    assert safe_fillers((f"word{n}" for n in range(5000)), graph)
    assert rows > 0
    return time.process_time() - started


def test_a_hub_has_no_false_tail_that_is_true() -> None:
    graph = Graph(a_hub_of_heads_and_tails(DEGREE), SCHEMA)
    assert false_tails(graph, ("hub", "holds"), 3, generator(1)) == []
    found = false_tails(graph, ("part 7", "code"), 3, generator(1))
    assert len(found) == 3
    assert not [tail for tail in found if graph.holds("part 7", "code", tail)]


def test_tails_of_several_types_come_in_the_order_of_the_file() -> None:
    triples = [Triple("a", "r", "x", None, "k"), Triple("b", "r", "y", None, "l"), Triple("c", "r", "z", None, "m")]
    triples += [Triple("d", "r", "w", None, "k"), Triple("w", "s", "x", "l", None)]
    pools = Graph(triples, {name: Relation(name) for name in "rs"}).pools
    assert pools.typed_tails("r", ["k"]) == ("x", "w")
    assert pools.typed_tails("r", ["k", "l"]) == ("x", "y", "w")
    assert pools.entities_of(["l", "k"]) == ("y", "w", "x", "w")
    assert pools.typed_tails("s", ["m"]) == pools.typed_tails("none", ["k", "l"]) == ()
