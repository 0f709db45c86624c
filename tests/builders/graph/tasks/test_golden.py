"""Rows as they read, one a family, of a graph small enough to check by eye."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders.errors import UserError
from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.phrases import Phrases
from builders.graph.schema import Relation
from builders.graph.split import split_groups
from builders.graph.tasks import abstention, choices, lists, paths, sets
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.index import Index, is_name, repeats
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.options import alike, band
from builders.graph.tasks.rows import Guard, evaluation_rows, task_samples
from builders.graph.tasks.say import Say, inside, of_several
from builders.graph.tasks.wordings import TaskWordings, load_test
from builders.types import Source, Triple
from tests.builders.graph.tasks.conftest import given_of

HERBS = {"甲方": "桂枝 芍药 甘草", "乙方": "桂枝 麻黄 甘草", "丙方": "人参 茯苓", "丁方": "石膏 知母 甘草"}
SCHEMA = {
    "组成": Relation(
        "组成",
        zh="组成药物",
        en="ingredient",
        complete=True,
        phrases=Phrases(
            zh_condition="含有{tail}",
            en_condition="contain {tail}",
            zh_kind="方剂",
            en_kind="formulas",
            zh_unit="味",
            en_plural="ingredients",
            zh_question="{head}由哪些药组成",
        ),
    ),
    "出处": Relation("出处", zh="出处", en="source book", functional=True),
    "功效": Relation("功效", zh="功效", en="effect"),
    "别名": Relation("别名", zh="别名", en="alias", alias=True),
}
FACTS = [Triple(head, "组成", tail, "formula", "herb") for head, tails in HERBS.items() for tail in tails.split()]
FACTS += [Triple("甲方", "出处", "某书", "formula", "book"), Triple("乙方", "出处", "他书", "formula", "book")]
FACTS += [Triple("丙方", "出处", "新编", "formula", "book"), Triple("丙方", "功效", "益气", "formula", "effect")]
FACTS += [Triple("甲方", "功效", "解肌", "formula", "effect"), Triple("乙方", "功效", "发汗", "formula", "effect")]
FACTS += [Triple("甘草", "别名", "国老", "herb", "alias")]


def answers_alike(given: Given) -> Given:
    """The same with the first of each kind of answer alone, so that a row can be foreseen."""
    first = {
        kind: {language: texts[:1] for language, texts in by.items()} for kind, by in given.wordings.answers.items()
    }
    return replace(given, wordings=TaskWordings(given.wordings.questions, first))


@pytest.fixture
def given() -> Given:
    graph = Graph(FACTS, SCHEMA)
    return answers_alike(given_of(graph, split_groups(graph, 0.0, 1), TaskConfig(hub_share=0.0, path_fan_out=9.0)))


def the_one(items: list[Item], **values: str) -> Item:
    (found,) = [item for item in items if values.items() <= dict(item.values).items()]
    return found


def test_an_inverse_row(given: Given) -> None:
    item = the_one(list(lists.inverse(given, "zh")), what="含有甘草的方剂")
    assert item.answer == "含有甘草的方剂有甲方、乙方、丁方。"
    english = the_one(list(lists.inverse(given, "en")), what="the formulas that contain 甘草")
    assert english.answer == "In the knowledge graph, the formulas that contain 甘草 are 甲方, 乙方 and 丁方."


def test_a_list_row_and_its_own_question(given: Given) -> None:
    item = the_one(list(lists.full_list(given, "zh")), what="甲方的组成药物")
    assert (item.answer, item.own) == ("甲方的组成药物包括桂枝、芍药、甘草。", "甲方由哪些药组成？")
    short = replace(given, config=replace(given.config, list_cap=2))
    assert {item.names[0] for item in lists.full_list(short, "en")} == {"丙方"}


def test_a_count_row(given: Given) -> None:
    item = the_one(list(lists.count(given, "zh")), what="甲方的组成药物")
    assert item.values["unit"] == "味"
    assert item.answer == "知识图谱记录的甲方的组成药物共3味：桂枝、芍药、甘草。"


def test_a_false_statement_is_set_right(given: Given) -> None:
    false = replace(given, config=replace(given.config, false_share=0.999))
    found = {item.answer for item in choices.true_false(false, "zh") if item.names[0] == "丙方"}
    assert len(found) == 2
    assert "否，丙方的出处是新编。" in found
    assert any(answer.startswith("否，丙方的组成药物包括人参、茯苓，其中没有") for answer in found)


def test_an_open_relation_is_never_called_false(given: Given) -> None:
    false = replace(given, config=replace(given.config, false_share=0.999))
    judged = [item for item in choices.true_false(false, "zh") if item.triples[0].relation == "功效"]
    assert all(item.gold == ("是",) for item in judged)
    unknown = [item for item in abstention.abstention(given, "zh") if item.wording == "true_false"]
    assert {item.triples[0].relation for item in unknown} == {"功效"}
    assert "知识图谱没有记录甲方的功效包括" in min(item.answer for item in unknown if item.names[0] == "甲方")


def test_silence_is_told_of_what_others_have(given: Given) -> None:
    silent = [item for item in abstention.abstention(given, "zh") if item.wording == "list"]
    assert {item.answer for item in silent} == {
        "知识图谱没有记录丁方的出处，因此无法据此回答。",
        "知识图谱没有记录丁方的功效，因此无法据此回答。",
    } & {item.answer for item in silent}
    assert silent


def test_a_relation_under_two_names_is_neither_silent_nor_asked_in_part() -> None:
    """丙方 and 戊方 have their herbs under 配伍, which says what 组成 says: 甘草 is in more than 组成 has."""
    again = [
        Triple(head, "配伍", tail, "formula", "herb") for head in ("甲方", "乙方") for tail in HERBS[head].split()
    ]
    more = [Triple("戊方", "配伍", "甘草", "formula", "herb"), Triple("戊方", "出处", "某书", "formula", "book")]
    graph = Graph([*FACTS, *again, *more], {**SCHEMA, "配伍": Relation("配伍", zh="配伍", en="component")})
    given = given_of(graph, split_groups(graph, 0.0, 1), TaskConfig(hub_share=0.0, path_fan_out=9.0))
    assert given.index.twins("组成") == {"配伍"}
    assert given.index.twins("配伍") == {"组成"}
    silent = [item.values["what"] for item in abstention.abstention(given, "zh") if item.wording == "list"]
    assert silent
    assert not [what for what in silent if "组成" in what or "配伍" in what]
    assert given.index.slot(("组成", True), "甘草") is None
    assert given.index.slot(("组成", True), "人参") is not None
    assert paths.Walker(given, "zh").path("人参", [("组成", True), ("配伍", False)]) is None


def test_only_likely_tails_are_called_unrecorded() -> None:
    facts = [Triple("甲细胞", "包括", "胞体", "cell", "part"), Triple("乙脑", "包括", "丘脑", "brain", "part")]
    facts += [Triple("丙细胞", "包括", "轴突", "cell", "part"), Triple("丁脑", "包括", "桥脑", "brain", "part")]
    graph = Graph(facts, {"包括": Relation("包括", zh="部分", en="part")})
    given = given_of(graph, split_groups(graph, 0.0, 1), TaskConfig())
    found = {item.names for item in abstention.abstention(given, "zh") if item.wording == "true_false"}
    assert found == {("甲细胞", "轴突"), ("丙细胞", "胞体"), ("乙脑", "桥脑"), ("丁脑", "丘脑")}


def test_a_name_is_neither_missed_nor_chosen_nor_gone_on_from() -> None:
    facts = [Triple(f"G{n}", "full form", f"glia{n}", "abbreviation", "term") for n in range(6)]
    facts += [Triple(f"G{n}", "site", f"place{n}", "abbreviation", "site") for n in range(1, 7)]
    facts.append(Triple("glia1", "site", "cortex", "term", "site"))
    relations = [Relation("full form", en="full form", functional=True, naming=True), Relation("site", en="site")]
    graph = Graph(facts, {relation.name: relation for relation in relations})
    given = given_of(graph, split_groups(graph, 0.0, 1), TaskConfig(hub_share=0.0))
    silent = {item.values["what"] for item in abstention.abstention(given, "en") if item.wording == "list"}
    assert silent == {'the "site" entries of G0'}
    assert {item.triples[0].relation for item in choices.choice(given, "en")} == {"site"}
    assert paths.Walker(given, "en").path("g1", [("full form", False), ("site", False)]) is None


def test_silence_on_a_single_answer_is_asked_for_one(given: Given) -> None:
    items = [item for item in abstention.abstention(given, "zh") if item.values.get("what") == "丁方的出处"]
    assert [item.single for item in items] == [True] * len(items)
    asked = given.wordings.ask("list", "zh", 99, single=True)
    assert len(asked) >= 8
    assert not any(word in text for text in asked for word in ("哪些", "全部", "都", "清单", "分别"))


@pytest.mark.parametrize(
    ("head", "option", "expected"),
    [
        ("麻黄汤", "麻黄", True),
        ("黄芩", "黄芩苷", True),
        ("菊花", "菊科", True),
        ("桑叶", "叶", True),
        ("人参", "人参皂苷Rg1", True),
        ("Brodmann area", "Korbinian Brodmann", True),
        ("桂枝汤", "伤寒论", False),
        ("脾", "唇", False),
        ("AQP4", "astrocyte", False),
    ],
)
def test_an_option_that_the_question_gives_away(head: str, option: str, expected: bool) -> None:
    assert choices.resembles(head, option) is expected


def test_no_choice_is_given_away(given: Given) -> None:
    facts = [*FACTS, Triple("桂枝方", "功效", "桂枝解肌", "formula", "effect")]
    facts += [Triple(f"{n}方", "功效", f"功{n}", "formula", "effect") for n in "ABC"]
    graph = Graph(facts, SCHEMA)
    wider = given_of(graph, split_groups(graph, 0.0, 1), TaskConfig())
    heads = {item.names[0] for item in choices.choice(wider, "zh") if item.triples[0].relation == "功效"}
    assert heads == {"甲方", "乙方", "丙方", "A方", "B方", "C方"}


def test_an_intersection_row(given: Given) -> None:
    """桂枝 and 甘草 together are no fewer than 桂枝 alone, until 桂枝 is in a formula without 甘草."""
    graph = Graph([*FACTS, Triple("戊方", "组成", "桂枝", "formula", "herb")], SCHEMA)
    wider = answers_alike(given_of(graph, split_groups(graph, 0.0, 1), TaskConfig()))
    assert list(sets.intersection(given, "zh")) == []
    (item,) = sets.intersection(wider, "zh")
    one, other = item.names[:2]
    assert {one, other} == {"桂枝", "甘草"}
    what = f"含有{one}、同时含有{other}的方剂"
    assert (item.values["what"], item.answer) == (what, f"{what}有甲方、乙方。")
    assert [triple.key for triple in item.triples[:2]] == [f"甲方\t组成\t{one}", f"甲方\t组成\t{other}"]


def test_a_comparison_row(given: Given) -> None:
    (item,) = [item for item in sets.comparison(given, "zh") if set(item.names[:2]) == {"甲方", "乙方"}]
    one, other = item.names[:2]
    only = {"甲方": "芍药", "乙方": "麻黄"}
    expected = f"据知识图谱，两者共有的是桂枝、甘草；{one}另有{only[one]}，{other}另有{only[other]}。"
    assert (item.values["what"], item.answer) == (f"{one}和{other}的组成药物", expected)


def test_a_path_row(given: Given) -> None:
    path = paths.Walker(given, "zh").path("人参", [("组成", True), ("出处", False)])
    assert path is not None
    item = paths.asked(given, "zh", path)
    assert item.values == {"what": "含有人参的方剂的出处"}
    assert item.answer == (
        "<think>\n第1步，找含有人参的方剂：\n丙方 —组成药物→ 人参\n"
        "第2步，找含有人参的方剂的出处：\n丙方 —出处→ 新编\n</think>\n\n据知识图谱，含有人参的方剂的出处是新编。"
    )


def test_a_condition_on_what_was_found_can_be_read_in_one_way_only() -> None:
    facts = [Triple("桂枝", "性", "温", "herb", "nature"), Triple("甲方", "组成", "桂枝", "formula", "herb")]
    schema = {**SCHEMA, "性": Relation("性", zh="药性", en="nature", functional=True)}
    graph = Graph(facts, schema)
    given = given_of(graph, split_groups(graph, 0.0, 1), TaskConfig())
    path = paths.Walker(given, "zh").path("温", [("性", True), ("组成", True)])
    assert path is not None
    assert paths.whats(given.say["zh"], path) == ["药性为温的条目", "含有“药性为温的条目”的方剂"]
    assert paths.whats(given.say["en"], path)[1] == (
        'the formulas that contain the entries that list 温 under "nature"'
    )


def test_a_path_is_whole_and_short_and_never_straight_back(given: Given) -> None:
    walker = paths.Walker(given, "zh")
    books = walker.path("桂枝", [("组成", True), ("出处", False)])
    assert books is not None
    assert list(books.ends.values()) == ["某书", "他书"]
    # 甘草 is in 丁方, too, of which no book is known
    assert walker.path("甘草", [("组成", True), ("出处", False)]) is None
    assert walker.path("桂枝", [("组成", True), ("组成", False)]) is None
    narrow = replace(given, config=replace(given.config, path_fan_out=1.0))
    assert paths.Walker(narrow, "zh").path("桂枝", [("组成", True), ("出处", False)]) is None
    hubs = replace(given, config=replace(given.config, hub_share=0.15))
    assert paths.Walker(hubs, "zh").path("桂枝", [("组成", True), ("出处", False)]) is None


def test_rows_have_ids_sources_and_a_cap_on_silence(given: Given) -> None:
    guard = Guard(given.graph, given.index.split, EntityFinder(given.graph))
    rows = list(task_samples(given, guard, []))
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.sources and row.sources[0].maker == row.task for row in rows)
    silent = sum(row.task == "graph.abstention" for row in rows)
    assert 0 < silent <= 0.05 * len(rows)
    assert Source(triple="丙方\t出处\t新编", maker="graph.path") in {source for row in rows for source in row.sources}


def test_evaluation_rows_ask_in_test_wordings(given: Given) -> None:
    rows = list(evaluation_rows(given, load_test()))
    assert {row["family"] for row in rows} == {"true_false", "choice", "count", "path"}
    assert list(rows[0]) == ["id", "family", "language", "question", "answer", "gold"]
    path = next(row for row in rows if row["family"] == "path" and row["language"] == "zh")
    assert path["gold"]
    trained = set(given.wordings.questions["path"]["zh"])
    assert not any(path["question"] == template.replace("{what}", "") for template in trained)


def test_a_second_quotation_within_one_has_other_marks() -> None:
    schema = {"所生": Relation("所生", zh="所生", phrases=Phrases(zh_condition="能生{tail}", zh_kind="行"))}
    facts = [Triple(one, "所生", other) for one, other in ("甲乙", "乙丙", "丙丁")]
    graph = Graph(facts, schema)
    given = given_of(graph, split_groups(graph, 0.0, 1), TaskConfig(hub_share=0.0))
    path = paths.Walker(given, "zh").path("丁", [("所生", True)] * 3)
    assert path is not None
    assert paths.whats(given.say["zh"], path)[-1] == "能生“能生‘能生丁的行’的行”的行"


# ---- words ----------------------------------------------------------------------------------------------------------


def test_names_are_joined_with_a_mark_that_is_in_none() -> None:
    zh, en = Say(SCHEMA, "zh"), Say(SCHEMA, "en")
    assert (zh.joined(["甲", "乙"]), zh.joined(["甲", "乙", "丙"], 2)) == ("甲、乙", "甲、乙等")
    assert zh.joined(["甲（又名乙、丙）", "丁"]) == "甲（又名乙、丙）；丁"
    assert (en.joined(["a"]), en.joined(["a", "b", "c"])) == ("a", "a, b and c")
    assert en.joined(["a, b", "c"]) == "a, b and c"
    assert en.joined(["a,b", "c", "d"]) == "a,b; c and d"


def test_a_relation_without_phrases_is_said_by_its_label() -> None:
    zh, en = Say(SCHEMA, "zh"), Say(SCHEMA, "en")
    assert en.what("功效", False, "甲方") == 'the "effect" entries of 甲方'
    assert en.what("功效", True, "益气") == 'the entries that list 益气 under "effect"'
    assert zh.what("出处", True, "某书") == "出处为某书的条目"
    assert en.statement("出处", "甲方", ["某书"]) == "The source book of 甲方 is 某书"
    assert en.statement("功效", "甲方", ["a", "b"]) == 'The "effect" entries of 甲方 include a and b'
    assert inside("The source book") == "the source book"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("pericytes", "pericytes are part of brain"),
        ("nodes of Ranvier", "nodes of Ranvier are part of brain"),
        ("basal ganglia", "basal ganglia are part of brain"),
        ("astrocyte endfeet", "astrocyte endfeet are part of brain"),
        ("hippocampus", "hippocampus is part of brain"),
        ("pons", "pons is part of brain"),
        ("MRS", "MRS is part of brain"),
        ("Alzheimer's", "Alzheimer's is part of brain"),
    ],
)
def test_the_verb_agrees_with_the_head(head: str, expected: str) -> None:
    phrases = Phrases(en_statement="{head} is part of {tail}", en_question="Where is {head}")
    say = Say({"in": Relation("in", en="whole", phrases=phrases)}, "en")
    assert say.statement("in", head, ["brain"]) == expected
    assert of_several("{head} includes {tail}") == "{head} include {tail}"
    assert of_several("{head} passes {tail}") == "{head} pass {tail}"
    assert of_several("The parts of {head} are {tail}") == "The parts of {head} are {tail}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甘草(炙，锉)", True),
        ("口唇、爪甲色淡", True),
        ("外感风寒，项背强", False),
        ("或咳嗽", False),
        ("《医便》。", False),
        ("薯蓣丸“大山芋丸", False),
        ("x" * 61, False),
    ],
)
def test_what_is_a_clause_or_broken_is_no_name(name: str, expected: bool) -> None:
    assert is_name(name) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("《金匮要略》", "《金匱要略》", True),
        ("清·《医林改错》", "《医林改错》卷下", True),
        ("健脾", "健脾益气", True),
        ("Panax ginseng", "Panax notoginseng", False),
        ("手阳明大肠经", "足阳明胃经", False),
    ],
)
def test_names_that_may_mean_one_thing(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected


def test_a_name_that_others_hold_is_no_condition() -> None:
    """Whoever asks for what has 贝母 means what has 贝母(去心), too; LI1 is no part of LI10."""
    facts = [Triple("甲方", "组成", "贝母"), Triple("乙方", "组成", "贝母(去心)"), Triple("丙方", "组成", "LI1")]
    graph = Graph([*facts, Triple("丁方", "组成", "LI10")], SCHEMA)
    index = Index(graph, split_groups(graph, 0.0, 1), 1)
    asked = {tail for tail in ("贝母", "贝母(去心)", "li1", "li10") if index.slot(("组成", True), tail)}
    assert asked == {"贝母(去心)", "li1", "li10"}
    assert index.slot(("组成", False), "甲方") is not None


def test_a_tail_that_repeats_the_label_is_not_said() -> None:
    assert repeats("功能主治", "主治肾虚")
    assert not repeats("功能主治", "治疗肾虚")
    assert not repeats("code", "dextran")


def test_degrees_fall_into_bands() -> None:
    assert [band(degree) for degree in (1, 2, 3, 4, 15, 16, 63, 64)] == [0, 1, 1, 2, 2, 3, 3, 4]


def test_a_slot_is_whole_only_if_all_of_it_is_trained() -> None:
    graph = Graph(FACTS, SCHEMA)
    known = split_groups(graph, 0.0, 1).assigned
    split = split_groups(graph, 0.5, 1, {**known, "乙方\t组成": "heldout"})
    index = Index(graph, split, 1)
    assert index.slot(("组成", False), "乙方") is None
    assert index.slot(("组成", True), "桂枝") is None
    slot = index.slot(("组成", True), "人参")
    assert slot is not None
    assert slot.names == ("丙方",)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"abstention_share": 1.0}, r"graph\.tasks\.abstention_share: 1\.0; write a share"),
        ({"path_hops": 1}, r"graph\.tasks\.path_hops: 1; a path has 2 steps or more"),
        ({"wordings": 0}, r"graph\.tasks\.wordings: 0; write 1 or more"),
    ],
)
def test_a_config_that_cannot_be_meant_is_the_users_error(values: dict[str, float], complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        TaskConfig(**values).check()  # type: ignore[arg-type]
