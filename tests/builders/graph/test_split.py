from __future__ import annotations

import pytest

from builders.graph.graph import Graph
from builders.graph.schema import Relation
from builders.graph.split import split_groups
from builders.types import Triple


def test_nothing_is_held_out_at_share_zero(toy: Graph) -> None:
    split = split_groups(toy, 0.0, 1, {"人参\t功效": "heldout"})
    assert (split.train, split.heldout, split.mixed) == (tuple(toy.groups), (), ())


def test_all_but_the_aliases_is_held_out_at_share_one(toy: Graph) -> None:
    split = split_groups(toy, 1.0, 1)
    assert (split.train, split.mixed) == ((("玄参", "别名"),), ())


def test_the_previous_assignment_never_moves_and_takes_the_inverse_along(toy: Graph) -> None:
    known = split_groups(toy, 0.0, 1).assigned
    split = split_groups(toy, 0.9, 1, {**known, "axon\tpart of": "heldout"})
    assert split.heldout == (("axon", "part of"),)
    # neuron has the soma as a part too, and that fact is trained: nothing is made of the group.
    assert split.mixed == (("neuron", "has part"),)


def test_a_new_triple_moves_no_old_group(sample: Graph) -> None:
    before = split_groups(sample, 0.2, 7).assigned
    fewer = Graph(sample.triples[::2], sample.schema)
    after = split_groups(fewer, 0.2, 7).assigned
    assert len(after) > 100
    assert {key: before[key] for key in after} == after


def test_the_share_is_kept(sample: Graph) -> None:
    assigned = split_groups(sample, 0.2, 7).assigned
    assert 0.15 < list(assigned.values()).count("heldout") / len(assigned) < 0.25


def test_a_held_out_fact_takes_its_aliases_and_other_links_along() -> None:
    schema = {name: Relation(name, en=name) for name in ("full form", "maker")}
    schema["alias"] = Relation("alias", en="alias", alias=True)
    triples = [Triple("A", "maker", "B"), Triple("a1", "alias", "A"), Triple("a1", "maker", "B")]
    triples += [Triple("B", "full form", "A"), Triple("B", "full form", "C"), Triple("D", "maker", "E")]
    graph = Graph(triples, schema)
    train = dict.fromkeys(split_groups(graph, 0.0, 1).assigned, "train")
    split = split_groups(graph, 0.5, 1, {**train, "A\tmaker": "heldout"})
    assert split.heldout == (("A", "maker"), ("a1", "maker"))
    assert split.mixed == (("B", "full form"),)
    assert split.train == (("a1", "alias"), ("D", "maker"))


def test_a_fact_that_an_alias_states_is_never_held_out() -> None:
    schema = {"alias": Relation("alias", en="alias", alias=True), "full form": Relation("full form", en="full form")}
    triples = [Triple("extracellular space", "alias", "ECS"), Triple("ECS", "full form", "extracellular space")]
    assert split_groups(Graph(triples, schema), 1.0, 1).heldout == ()


def test_a_list_that_names_both_ends_of_a_held_out_fact_is_not_made() -> None:
    schema = {name: Relation(name, en=name) for name in ("holds", "opposes")}
    triples = [Triple("formula", "holds", "x"), Triple("formula", "holds", "y"), Triple("x", "opposes", "y")]
    graph = Graph(triples, schema)
    split = split_groups(graph, 0.5, 1, {"formula\tholds": "train", "x\topposes": "heldout"})
    assert (split.train, split.mixed) == ((), (("formula", "holds"),))


@pytest.mark.parametrize("seed", range(3))
def test_every_group_has_one_side(sample: Graph, seed: int) -> None:
    split = split_groups(sample, 0.2, seed)
    assert sorted(split.train + split.heldout + split.mixed) == sorted(sample.groups)
