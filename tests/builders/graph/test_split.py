from __future__ import annotations

import pytest

from builders.graph.graph import Graph
from builders.graph.schema import Relation
from builders.graph.split import GraphSplit, split_entities, split_groups
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


def held_out(graph: Graph, share: float, *names: str) -> GraphSplit:
    """A split in which the named entities are out, whatever the hash says of them."""
    previous = dict.fromkeys(split_entities(graph, share, 1, {}), "train") | dict.fromkeys(names, "heldout")
    return split_groups(graph, 0.0, 1, {}, split_entities(graph, share, 1, previous))


def test_no_entity_is_held_out_by_default(toy: Graph) -> None:
    assert split_entities(toy, 0.0, 1, {"人参": "heldout"}) == {}
    split = split_groups(toy, 0.3, 1)
    assert split.entities == frozenset()
    assert list(split.recorded()) == ["groups"]


def test_every_triple_that_touches_a_held_out_entity_is_withheld(toy: Graph) -> None:
    split = held_out(toy, 0.1, "人参", "neuron")
    assert split.entities == {"人参", "neuron"}
    assert split.heldout == (
        ("人参", "拉丁名"),
        ("人参", "功效"),
        ("人参", "相反"),
        ("axon", "part of"),
        ("neuron", "has part"),
    )
    assert not split.allows({"人参"})
    assert not split.allows({"当归", "neuron"})
    assert split.allows({"当归", "axon"})
    assert split.recorded()["entities"]["人参"] == "heldout"


def test_a_held_out_entity_goes_with_all_its_names(toy: Graph) -> None:
    split = held_out(toy, 0.1, "元参")
    assert split.entities == {toy.representative("玄参")} == {toy.representative("元参")}
    assert split.heldout == (("玄参", "拉丁名"), ("玄参", "别名"))


def test_a_list_that_names_a_held_out_entity_is_not_made(toy: Graph) -> None:
    graph = Graph(
        [*toy.triples, Triple("方", "含", "人参"), Triple("方", "含", "三七")], {**toy.schema, "含": Relation("含")}
    )
    split = held_out(graph, 0.1, "人参")
    assert split.mixed == (("方", "含"),)


@pytest.mark.parametrize("share", [0.0005, 0.05, 0.6])
def test_the_share_of_entities_is_kept_and_values_are_not_drawn(sample: Graph, share: float) -> None:
    sides = split_entities(sample, share, 7, {})
    heads = {sample.representative(head) for head, relation in sample.groups if not sample.schema[relation].alias}
    assert set(sides) == heads
    assert abs(list(sides.values()).count("heldout") / len(sides) - share) < 0.06
    split = split_groups(sample, 0.0, 7, {}, sides)
    named = {sample.representative(name) for group in split.train for name in (group[0], *sample.tails(*group))}
    assert not named & split.entities


def test_a_held_out_entity_never_moves_and_takes_a_new_alias_along(sample: Graph) -> None:
    before = split_entities(sample, 0.3, 7, {})
    again = split_entities(sample, 0.01, 8, before)
    assert again == before
    out = next(name for name, side in before.items() if side == "heldout")
    named = next(triple.head for triple in sample.triples if sample.representative(triple.head) == out)
    more = Graph([*sample.triples, Triple(named, "别名", "\u4e00" + named)], sample.schema)
    after = split_entities(more, 0.01, 8, before)
    assert after[more.representative(named)] == "heldout"


def test_what_is_drawn_from_a_graph_leaves_the_unnamed_out(toy: Graph) -> None:
    graph = Graph(toy.triples, toy.schema, unnamed={"人参", "补气"})
    assert graph.tails_of("功效") == ("安神", "补血", "活血止痛", "润肠")
    assert "人参" not in graph.entities("herb")
    assert graph.holds("人参", "功效", "补气")
