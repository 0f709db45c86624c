from __future__ import annotations

import pytest

from builders.graph.chance import generator
from builders.graph.distractors import false_tails, is_false
from builders.graph.graph import Graph
from builders.graph.schema import Relation
from builders.types import Triple


@pytest.mark.parametrize(
    ("head", "relation", "tail", "false"),
    [
        ("元参", "拉丁名", "Herba ningpoensis", False),  # true by the alias
        ("玄参", "拉丁名", "Herba ginseng", True),
        ("当归", "功效", "活血", False),  # half of a true tail
        ("当归", "功效", "补气", True),
        ("soma", "part of", "neuron", False),  # true by the inverse
        ("藜芦", "拉丁名", "人参", False),  # linked to the head otherwise
    ],
)
def test_what_may_be_called_false(toy: Graph, head: str, relation: str, tail: str, false: bool) -> None:
    assert is_false(toy, (head, relation), tail) is false


def test_false_tails_come_from_the_relation_first(toy: Graph) -> None:
    found = false_tails(toy, ("人参", "拉丁名"), 20, generator(1))
    assert sorted(found) == sorted(tail for tail in toy.tails_of("拉丁名") if tail != "Herba ginseng")


@pytest.mark.parametrize("seed", range(3))
def test_no_false_tail_of_the_sample_holds(sample: Graph, seed: int) -> None:
    for head, relation in sample.groups:
        for tail in false_tails(sample, (head, relation), 3, generator(seed, head, relation)):
            assert not sample.holds(head, relation, tail)
            assert not sample.linked(head, tail)


@pytest.mark.parametrize(
    ("true", "other", "false"),
    [
        ("《金匮要略》", "《金匮》卷上", False),  # the same book under a short name
        ("《金匮要略》", "《金匱要略》", False),
        ("《金匮要略》", "《医方考》", True),
        ("《景岳全书》卷五十一", "景岳全书", False),
        ("生杭芍", "杭白芍", False),
        ("生龙骨(捣碎)", "煅龙骨", False),
        ("生龙骨", "生牡蛎", True),
    ],
)
def test_another_spelling_of_a_true_tail_is_not_called_false(true: str, other: str, false: bool) -> None:
    graph = Graph([Triple("a", "r", true), Triple("b", "r", other)], {"r": Relation("r", functional=True)})
    assert is_false(graph, ("a", "r"), other) is false
