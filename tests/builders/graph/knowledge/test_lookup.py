from __future__ import annotations

import json

import pytest

from builders.graph.graph import Graph
from builders.graph.knowledge.lookup import CHAINED, MOST, Found, Knowledge
from builders.graph.schema import Relation
from builders.types import Triple

GINSENG = Triple("人参", "拉丁名", "Herba ginseng", "herb", "species")
NINGPO = Triple("玄参", "拉丁名", "Herba ningpoensis", "herb", "species")


@pytest.fixture
def knowledge(toy: Graph) -> Knowledge:
    more = [
        Triple("方剂甲", "君药", "人参"),
        Triple("方剂甲", "君药", "当归"),
        Triple("aquaporin-4", "part of", "endfoot"),
    ]
    schema = {**toy.schema, "君药": Relation("君药", zh="君药", en="sovereign herb")}
    return Knowledge(Graph([*toy.triples, *more], schema))


def test_an_entity_by_its_own_name(knowledge: Knowledge) -> None:
    assert knowledge.acquire_knowledge("人参", "拉丁名") == Found(
        "人参", "exact", "拉丁名", "exact", ("Herba ginseng",), (GINSENG,)
    )


def test_what_a_model_reads(knowledge: Knowledge) -> None:
    assert knowledge.acquire_knowledge("人参", "拉丁名").json() == (
        '{"entity": "人参", "entity_match": "exact", "attribute": "拉丁名", "attribute_match": "exact", '
        '"values": ["Herba ginseng"], "triples": [["人参", "拉丁名", "Herba ginseng"]]}'
    )


def test_an_entity_by_another_name(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("元参", "拉丁名")
    assert (found.entity, found.entity_match, found.values, found.triples) == (
        "玄参",
        "alias",
        ("Herba ningpoensis",),
        (NINGPO,),
    )


def test_width_case_and_blanks_make_no_difference(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge(" ＡＸＯＮ ", "Parent  Structure")
    assert (found.entity, found.entity_match, found.values) == ("axon", "exact", ("neuron",))


def test_the_label_of_either_language_and_the_relations_own_name_are_one(knowledge: Knowledge) -> None:
    for label in ("拉丁名", "Latin name", "latin NAME"):
        assert knowledge.acquire_knowledge("人参", label).values == ("Herba ginseng",)
    assert knowledge.acquire_knowledge("axon", "part of").values == ("neuron",)


def test_aliases_are_an_attribute_from_either_end(knowledge: Knowledge) -> None:
    assert knowledge.acquire_knowledge("玄参", "别名").values == ("元参",)
    assert knowledge.acquire_knowledge("人参", "别名").values == ()


def test_symmetric_and_inverse_relations_answer_from_the_other_end(knowledge: Knowledge) -> None:
    assert knowledge.acquire_knowledge("藜芦", "相反药").values == ("人参",)
    assert knowledge.acquire_knowledge("astrocyte", "part").values == ("endfoot",)


def test_a_fact_told_in_both_directions_is_one_value_with_both_triples(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("neuron", "part")
    assert found.values == ("axon", "soma")
    assert [triple.key for triple in found.triples] == [
        "axon\tpart of\tneuron",
        "neuron\thas part\taxon",
        "neuron\thas part\tsoma",
    ]


def test_a_misspelt_name_is_found_and_said_to_be_another(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("astrocite", "part")
    assert (found.entity, found.entity_match, found.values) == ("astrocyte", "bm25", ("endfoot",))


def test_a_name_as_near_to_two_entities_is_offered_not_taken(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("Herba sinenxis", "part")
    assert (found.entity, found.entity_match) == ("Herba sinensis", "bm25")
    found = knowledge.acquire_knowledge("白参", "拉丁名")
    assert (found.entity, found.entity_match) == (None, "none")
    assert set(found.nearest) <= {"人参", "丹参", "玄参", "元参", "白芍"}
    assert len(found.nearest) == 3


def test_another_number_is_another_entity(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("aquaporin-1", "parent structure")
    assert (found.entity, found.nearest[0]) == (None, "aquaporin-4")


def test_a_stranger_is_not_found_and_nothing_is_offered(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("自行车", "拉丁名")
    assert found == Found(None, "none", "拉丁名", "exact")
    assert json.loads(found.json()) == {
        "entity": None,
        "entity_match": "none",
        "attribute": "拉丁名",
        "attribute_match": "exact",
        "values": [],
    }


def test_where_nothing_is_recorded_it_says_what_is(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("人参", "别名")
    assert (found.entity, found.entity_match, found.attribute_match, found.values) == ("人参", "exact", "exact", ())
    assert found.recorded == ("拉丁名", "功效", "相反药")
    assert knowledge.acquire_knowledge("人参", "colour").recorded == ("Latin name",)


def test_an_attribute_that_is_nearly_a_label(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("人参", "Latin names")
    assert (found.attribute, found.attribute_match, found.values) == ("Latin name", "bm25", ("Herba ginseng",))
    assert knowledge.acquire_knowledge("人参", "颜色").attribute_match == "none"


@pytest.mark.parametrize("chain", ["君药的拉丁名", "sovereign herb's Latin name", "Latin name of the sovereign herb"])
def test_a_chain_of_two_relations(knowledge: Knowledge, chain: str) -> None:
    found = knowledge.acquire_knowledge("方剂甲", chain)
    assert (found.attribute_match, found.values) == ("path", ("Herba ginseng", "Herba sinensis"))
    assert [triple.key for triple in found.triples] == [
        "方剂甲\t君药\t人参",
        "人参\t拉丁名\tHerba ginseng",
        "方剂甲\t君药\t当归",
        "当归\t拉丁名\tHerba sinensis",
    ]


def test_a_chain_that_ends_nowhere_is_no_chain(knowledge: Knowledge) -> None:
    found = knowledge.acquire_knowledge("方剂甲", "君药的别名")
    assert (found.attribute_match, found.values) == ("none", ())


def test_a_long_list_says_how_long_it_is() -> None:
    triples = [Triple("a", "r", f"v{number}") for number in range(MOST + 5)]
    found = Knowledge(Graph(triples, {"r": Relation("r", en="r")})).acquire_knowledge("a", "r")
    assert len(found.values) == len(found.triples) == MOST + 5
    said = json.loads(found.json())
    assert (len(said["values"]), len(said["triples"]), said["count"]) == (MOST, MOST, MOST + 5)


@pytest.mark.parametrize(
    "text", ["", " ", "的", "的的的的的的的的的的", "{}", '"', "\x00", "a" * 100_000, "𠮷" * 5000]
)
def test_no_text_breaks_it(knowledge: Knowledge, text: str) -> None:
    assert knowledge.acquire_knowledge(text, text).values == ()
    assert knowledge.acquire_knowledge("人参", text).values == ()


def test_a_chain_through_a_hub_is_followed_only_so_far() -> None:
    middles = [Triple("hub", "r", f"m{number}") for number in range(60)]
    ends = [Triple(f"m{one}", "s", f"e{one}-{two}") for one in range(60) for two in range(60)]
    schema = {name: Relation(name, zh=name) for name in "rs"}
    found = Knowledge(Graph([*middles, *ends], schema)).acquire_knowledge("hub", "r的s")
    assert (found.attribute_match, len(found.values)) == ("path", CHAINED)


def test_an_empty_graph_knows_nothing() -> None:
    assert Knowledge(Graph([], {})).acquire_knowledge("人参", "归经") == Found(None, "none", "归经", "none")


def test_the_name_of_an_entity_is_the_one_that_heads_most_facts(knowledge: Knowledge) -> None:
    assert knowledge.names("元参") == ("玄参", "元参")
    assert knowledge.name("元参") == "玄参"
    assert knowledge.names("自行车") == ()


def test_every_fact_of_the_sample_is_found_by_every_name(sample: Graph) -> None:
    knowledge = Knowledge(sample)
    for triple in sample.triples:
        label = sample.schema[triple.relation].zh or triple.relation
        if not sample.schema[triple.relation].alias:
            for name in knowledge.names(triple.head):
                found = knowledge.acquire_knowledge(name, label)
                assert triple in found.triples
                assert found.entity == knowledge.name(triple.head)
