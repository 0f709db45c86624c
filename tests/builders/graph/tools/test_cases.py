from __future__ import annotations

import pytest

from builders.graph.chance import generator
from builders.graph.graph import Graph
from builders.graph.knowledge.function import Call
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.schema import Relation, guess
from builders.graph.tools.cases import Asked, Cases, misspelt
from builders.types import Triple


@pytest.fixture
def cases(toy: Graph) -> Cases:
    more = [Triple("玄参汤", "君药", "玄参"), Triple("双参汤", "君药", "人参"), Triple("双参汤", "君药", "丹参")]
    more += [Triple("玄参汤", "功效", "清热", "herb", "effect")]
    schema = {**toy.schema, "君药": Relation("君药", zh="君药", en="sovereign herb")}
    return Cases(Knowledge(Graph([*toy.triples, *more], schema)), seed=1)


def test_a_plain_call(cases: Cases) -> None:
    asked = cases.plain(("当归", "功效"), "zh")
    assert asked is not None
    assert (asked.case, asked.call, asked.found.values) == (
        "plain",
        Call("当归", "功效"),
        ("补血", "活血止痛", "润肠"),
    )
    assert cases.plain(("当归", "功效"), "en") is None, "the relation has no English label"


def test_a_call_by_another_name(cases: Cases) -> None:
    asked = cases.alias(("玄参", "拉丁名"), "en")
    assert asked is not None
    assert (asked.case, asked.call, asked.found.entity) == ("alias", Call("元参", "Latin name"), "玄参")
    assert cases.alias(("人参", "拉丁名"), "zh") is None
    assert cases.alias(("玄参", "别名"), "zh") is None


def test_a_slip_is_found_or_offered_and_never_another_entity(sample: Graph) -> None:
    cases = Cases(Knowledge(sample), seed=1)
    made = [cases.misspelt(group, "zh") for group in sample.groups]
    kinds = {asked.case for asked in made if asked}
    assert kinds == {"misspelt", "offered"}
    for group, asked in zip(sample.groups, made, strict=True):
        if asked is None:
            continue
        assert not cases.knowledge.names(asked.call.entity)
        own = sample.representative(group[0])
        meant = [asked.found.entity] if asked.case == "misspelt" else asked.found.nearest
        assert own in {sample.representative(str(name)) for name in meant}


def test_a_stranger_is_one_only_where_nothing_is_like_it(cases: Cases) -> None:
    asked = cases.unknown(("人参", "拉丁名"), "zh", "自行车")
    assert asked is not None
    assert asked.found.entity is None
    assert cases.unknown(("人参", "拉丁名"), "zh", "人参") is None
    assert cases.unknown(("人参", "拉丁名"), "zh", "党参") is None, "names like it are offered"


def test_an_empty_result_is_empty_in_the_whole_graph(cases: Cases) -> None:
    asked = cases.empty(("黄芩", "拉丁名"), "zh")
    assert asked is not None
    assert asked.call == Call("黄芩", asked.found.attribute)
    assert asked.found.attribute in ("功效", "相反药")
    assert asked.found.recorded == ("拉丁名",)


def test_nothing_is_empty_that_an_inverse_or_an_alias_states() -> None:
    schema = {
        "part of": Relation("part of", en="whole", inverse="has part"),
        "has part": Relation("has part", en="part"),
    }
    schema["alias"] = Relation("alias", en="alias", alias=True)
    triples = [Triple("axon", "part of", "neuron", "x", "x"), Triple("cell", "has part", "soma", "x", "x")]
    triples += [Triple("neuron", "alias", "nerve cell", "x", "x"), Triple("nerve cell", "part of", "brain", "x", "x")]
    cases = Cases(Knowledge(Graph(triples, schema)), seed=1)
    assert cases.empty(("neuron", "alias"), "en") is None
    asked = cases.empty(("axon", "part of"), "en")
    assert asked is not None
    assert asked.call.attribute == "part"


def test_a_chain_is_read_as_it_was_meant(cases: Cases) -> None:
    asked = cases.path(("玄参汤", "君药"), "zh")
    assert asked == Asked("path", "zh", Call("玄参汤", "君药的拉丁名"), asked.found, "拉丁名", ("君药", "拉丁名"))
    assert asked.found.values == ("Herba ningpoensis",)
    english = cases.path(("玄参汤", "君药"), "en")
    assert english is not None
    assert english.call.attribute == "Latin name of the sovereign herb"
    assert cases.path(("双参汤", "君药"), "zh") is None, "two middles"
    assert cases.path(("axon", "part of"), "en") is None, "it would come back to where it began or end nowhere"


def test_nothing_is_empty_that_another_name_of_the_relation_states() -> None:
    triples = [Triple("甲汤", "组成", "人参"), Triple("甲汤", "中药组成", "人参"), Triple("乙汤", "中药组成", "甘草")]
    cases = Cases(Knowledge(Graph(triples, {name: guess(name) for name in ("组成", "中药组成")})), seed=1)
    assert cases.empty(("乙汤", "中药组成"), "zh") is None


def test_a_question_that_holds_its_answer_is_not_asked() -> None:
    schema = {
        "part": Relation("part", en="medicinal part"),
        "来源": guess("来源"),
        "别名": Relation("别名", zh="别名", alias=True),
    }
    schema |= {"name": Relation("name", zh="英文名", en="English name"), "width": Relation("width", en="width")}
    triples = [Triple("桑叶", "part", "叶"), Triple("间隙", "name", "space"), Triple("space", "width", "38 nm")]
    triples += [Triple("甲汤", "来源", "《伤寒论》"), Triple("甲汤", "别名", "乙汤（《肘后方》卷二）")]
    triples += [Triple("丙汤", "来源", "《金匮》"), Triple("丙汤", "别名", "又名“丁汤”“戊汤”")]
    cases = Cases(Knowledge(Graph(triples, schema)), seed=1)
    assert cases.plain(("桑叶", "part"), "en") is None
    assert cases.unknown(("间隙", "name"), "en", "wool hat") is None, "the English name of an English word"
    assert cases.path(("间隙", "name"), "en") is None, "a name has no width"
    assert cases.alias(("甲汤", "来源"), "zh") is None, "the name tells its own book"
    assert cases.alias(("丙汤", "来源"), "zh") is None, "no name but a note"
    assert cases.plain(("丙汤", "别名"), "zh") is None, "no name but a note"
    assert cases.plain(("甲汤", "别名"), "zh") is not None


@pytest.mark.parametrize(
    ("name", "possible"),
    [
        ("人参", {"人人参", "人参参"}),
        ("AQPS4", None),
        ("ab", set()),
        ("四君（甲乙）", {"四四君（甲乙）", "四君君（甲乙）", "君（甲乙）", "四（甲乙）", "君四（甲乙）"}),
    ],
)
def test_slips(name: str, possible: set[str] | None) -> None:
    made = {misspelt(name, generator(number)) for number in range(200)}
    if possible is None:
        possible = {"QPS4", "APS4", "AQS4", "AQP4", "AAQPS4", "AQQPS4", "AQPPS4", "AQPSS4"}
        possible |= {"QAPS4", "APQS4", "AQSP4", "AQP4S"}
    assert made == (possible or {None})
