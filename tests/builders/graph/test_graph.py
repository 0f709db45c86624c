from __future__ import annotations

import pytest

from builders.graph.graph import Graph
from builders.graph.schema import Relation
from builders.types import Triple


def test_lookups(toy: Graph) -> None:
    assert toy.tails("人参", "功效") == ("补气", "安神")
    assert toy.tails("人参", "归经") == ()
    assert toy.heads("拉丁名", "Herba ginseng") == ("人参",)
    assert toy.tails_of("功效") == ("补气", "安神", "补血", "活血止痛", "润肠")
    assert toy.entities("effect") == ("补气", "安神", "补血", "活血止痛", "润肠")
    assert [triple.tail for triple in toy.groups["neuron", "has part"]] == ["axon", "soma"]


@pytest.mark.parametrize(
    ("head", "relation", "tail", "true"),
    [
        ("人参", "拉丁名", "Herba ginseng", True),
        ("人参", "拉丁名", "ＨＥＲＢＡ ginseng", True),  # width and case
        ("元参", "拉丁名", "Herba ningpoensis", True),  # alias of the head
        ("元参", "别名", "玄参", True),  # an alias both ways
        ("藜芦", "相反", "人参", True),  # symmetric
        ("soma", "part of", "neuron", True),  # only its inverse is stated
        ("astrocyte", "has part", "endfoot", True),
        ("neuron", "part of", "soma", False),
        ("人参", "拉丁名", "Herba cocos", False),
        ("人参", "别名", "玄参", False),
        ("补气", "功效", "人参", False),
    ],
)
def test_truth_counts_aliases_inverses_and_symmetry(
    toy: Graph, head: str, relation: str, tail: str, true: bool
) -> None:
    assert toy.holds(head, relation, tail) is true


def test_linked_entities(toy: Graph) -> None:
    assert toy.linked("Herba ningpoensis", "元参")
    assert toy.linked("元参", "玄参")
    assert not toy.linked("人参", "补血")


def test_a_group_is_stored_in_the_functional_direction(toy: Graph) -> None:
    assert toy.stored_group(Triple("neuron", "has part", "soma")) == ("soma", "part of")
    assert toy.stored_group(Triple("axon", "part of", "neuron")) == ("axon", "part of")
    assert toy.stored_group(Triple("藜芦", "相反", "人参")) == ("人参", "相反")


def test_aliases_of_aliases_are_one_entity() -> None:
    schema = {"alias": Relation("alias", en="alias", alias=True), "r": Relation("r", en="r")}
    triples = [Triple("a", "alias", "b"), Triple("c", "alias", "b"), Triple("c", "r", "d")]
    assert Graph(triples, schema).holds("a", "r", "d")


def test_a_triple_of_two_files_counts_once() -> None:
    schema = {"r": Relation("r", en="r")}
    triples = [Triple("a", "r", "b", source="one"), Triple("a", "r", "b", source="other")]
    assert Graph(triples, schema).triples == (Triple("a", "r", "b", source="one"),)
