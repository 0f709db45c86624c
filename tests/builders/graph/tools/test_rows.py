"""What is trained: rows that hold nothing but what the call and the function say, and nothing that is kept."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from builders import formats
from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.knowledge.function import Call, call_of
from builders.graph.knowledge.lookup import Found, Knowledge
from builders.graph.schema import guess
from builders.graph.split import GraphSplit, split_entities, split_groups
from builders.graph.tools.cases import Asked, Cases
from builders.graph.tools.config import ToolsConfig
from builders.graph.tools.evaluation import direct_questions, tool_questions
from builders.graph.tools.rows import answer, tool_samples
from builders.graph.tools.sides import Sides
from builders.graph.tools.wordings import load
from builders.graph.wordings import Wordings
from builders.types import ChatSample, Message, Source, Triple

CONFIG = ToolsConfig(exposures=1)
CALLED = ("plain", "alias", "misspelt", "offered", "unknown", "empty", "path")


@pytest.fixture(scope="module")
def cases(sample: Graph) -> Cases:
    return Cases(Knowledge(sample), seed=5)


@pytest.fixture(scope="module")
def split(sample: Graph) -> GraphSplit:
    entities = split_entities(sample, 0.05, 5, {})
    return split_groups(sample, 0.1, 5, {}, entities)


@pytest.fixture(scope="module")
def rows(cases: Cases, split: GraphSplit, train_wordings: Wordings) -> list[ChatSample]:
    return tool_samples(cases, split, train_wordings, load()[0], CONFIG, 5)


def called(rows: list[ChatSample]) -> list[ChatSample]:
    return [row for row in rows if row.task != "tools.direct"]


def test_every_case_is_there_in_both_languages(rows: list[ChatSample]) -> None:
    counts = Counter((row.task.removeprefix("tools."), "Look up" in str(row.tools)) for row in rows)
    for case in (*CALLED, "direct"):
        assert counts[case, True] > 0, case
        assert counts[case, False] > 0, case
    assert len({row.id for row in rows}) == len(rows) > 900


def test_a_row_and_how_it_is_written(rows: list[ChatSample]) -> None:
    row = next(row for row in rows if row.task == "tools.alias" and "国老" in row.messages[1].content)
    question, call, result, said = row.messages
    assert [message.role for message in row.messages] == ["user", "function_call", "observation", "assistant"]
    assert "国老" in question.content
    attribute = json.loads(call.content)["arguments"]["attribute"]
    assert call == Message("function_call", json.dumps(
        {"name": "acquire_knowledge", "arguments": {"entity": "国老", "attribute": attribute}}, ensure_ascii=False
    ))  # fmt: skip
    assert json.loads(result.content)["entity"] == "甘草"
    assert "甘草" in said.content
    assert row.sources[0].maker == "tools.alias"
    written = formats.tools(row)
    assert list(written) == ["id", "task", "conversations", "tools"]
    assert [turn["from"] for turn in written["conversations"]] == ["human", "function_call", "observation", "gpt"]
    assert written["tools"] == row.tools


def test_a_result_is_what_the_function_returns_for_the_call(rows: list[ChatSample], cases: Cases) -> None:
    for row in called(rows):
        call = call_of(json.loads(row.messages[1].content)["arguments"])
        assert call is not None
        found = cases.knowledge.acquire_knowledge(call.entity, call.attribute)
        assert row.messages[2].content == found.json()
        assert call.entity in row.messages[0].content
        assert call.attribute in row.messages[0].content
        assert row.sources == tuple(Source(triple=one.key, maker=row.task) for one in found.triples) or (
            row.sources == (Source(maker=row.task),) and not found.triples
        )


def test_an_answer_tells_what_came_back_and_nothing_else(rows: list[ChatSample], sample: Graph) -> None:
    finder = EntityFinder(sample)
    for row in called(rows):
        given = f"{row.messages[1].content}\n{row.messages[2].content}"
        said = {mention.entity for mention in finder.find(row.messages[3].content)}
        assert said <= {mention.entity for mention in finder.find(given)}
        for value in json.loads(row.messages[2].content)["values"]:
            assert value in row.messages[3].content


def test_no_row_names_what_is_kept_or_both_ends_of_a_held_out_fact(
    rows: list[ChatSample], cases: Cases, split: GraphSplit, sample: Graph
) -> None:
    sides = Sides(cases, split, CONFIG.heldout, 5)
    kept = {sample.representative(head) for head, _ in sides.kept_groups()}
    assert {sides.kept(name) for name in kept} == {"tools", "graph"}
    assert len(kept) > 30
    for row in called(rows):
        result = json.loads(row.messages[2].content)
        ends = [name for one in result.get("triples", ()) for name in (one[0], one[2])]
        named = [*ends, *result["values"], *result.get("nearest", ()), result["entity"] or row.messages[1].content]
        entities = {sample.representative(name) for name in named}
        assert not entities & kept
        assert split.allows(entities)


def test_every_beginning_is_a_fair_sample(rows: list[ChatSample]) -> None:
    whole = Counter((row.task, row.tools) for row in rows)
    for count in (100, 200, 800):
        part = Counter((row.task, row.tools) for row in rows[:count])
        for stratum, members in whole.items():
            assert abs(part[stratum] - members * count / len(rows)) <= 1.5, (count, stratum[0])


def test_the_same_input_gives_the_same_rows_and_another_seed_others(
    cases: Cases, split: GraphSplit, train_wordings: Wordings, rows: list[ChatSample]
) -> None:
    assert tool_samples(cases, split, train_wordings, load()[0], CONFIG, 5) == rows
    assert tool_samples(cases, split, train_wordings, load()[0], CONFIG, 6) != rows


def test_alias_augmentation_asks_by_other_names_in_its_share(
    cases: Cases, split: GraphSplit, train_wordings: Wordings
) -> None:
    counts = {}
    for share in (0.0, 1.0):
        config = ToolsConfig(exposures=1, aliased=share, misspelt=0, unknown=0, empty=0, path=0, direct=0)
        made = tool_samples(cases, split, train_wordings, load()[0], config, 5)
        counts[share] = Counter(row.task for row in made)
    assert set(counts[0.0]) == {"tools.plain"}
    assert counts[1.0]["tools.alias"] > 40
    assert counts[0.0].total() == counts[1.0].total()


def test_a_list_is_told_whole_and_in_the_plural(cases: Cases, sample: Graph) -> None:
    asked = cases.plain(("人参", "归经"), "zh")
    assert asked is not None
    assert answer(asked, sample, load()[0], 0.0) == "人参的归经是脾经、肺经、心经、肾经。"
    english = cases.plain(("人参", "归经"), "en")
    assert english is not None
    said = "According to the knowledge graph, the meridian tropisms of 人参 are 脾经, 肺经, 心经 and 肾经."
    assert answer(english, sample, load()[0], 0.5) == said
    assert answer(english, sample, load()[0], 0.5, brief=True) == "The" + said.partition("the knowledge graph, the")[2]


def test_values_that_have_commas_or_begin_as_the_label_ends() -> None:
    triples = [Triple("甲汤", "功能主治", tail) for tail in ("主治头痛，发热", "补气")]
    triples += [Triple("乙汤", "功能主治", f"主治{number}") for number in range(21)]
    graph = Graph(triples, {"功能主治": guess("功能主治")})
    cases = Cases(Knowledge(graph), seed=1)
    asked = cases.plain(("甲汤", "功能主治"), "zh")
    assert asked is not None
    assert answer(asked, graph, load()[0], 0.0) == "甲汤的功能主治包括：主治头痛，发热；补气。"
    assert cases.plain(("乙汤", "功能主治"), "zh") is None, "the result does not tell them all"


def test_names_that_may_be_meant_are_offered_as_one_or_another() -> None:
    graph = Graph([Triple("人参", "科", "五加科")], {"科": guess("科")})
    one = Asked("offered", "zh", Call("人参参", "科"), Found(None, "none", "科", "exact", nearest=("人参",)), "科")
    assert answer(one, graph, load()[0], 0.0) == "知识图谱里没有“人参参”，您指的是不是人参？"
    three = Found(None, "none", "family", "exact", nearest=("A", "B", "C"))
    several = Asked("offered", "en", Call("D", "family"), three, "科")
    assert answer(several, graph, load()[0], 0.0) == 'The knowledge graph has no "D". Do you mean A, B or C?'


def test_evaluation_asks_about_kept_entities_in_test_wordings(
    cases: Cases, split: GraphSplit, test_wordings: Wordings, sample: Graph
) -> None:
    questions = list(tool_questions(cases, split, test_wordings, CONFIG, 5))
    sides = Sides(cases, split, CONFIG.heldout, 5)
    assert {row["case"] for row in questions} == {"plain", "alias", "misspelt", "empty", "path"}
    assert {row["heldout"] for row in questions} == {"tools", "graph"}
    for row in questions:
        assert sides.kept(row["name"]) == row["heldout"]
        found = cases.knowledge.acquire_knowledge(row["entity"], row["attribute"])
        assert (found.entity, list(found.values)) == (row["name"], row["values"])
        cores = test_wordings.forward[row["language"]].cores
        filled = {core.replace("{head}", row["entity"]).replace("{relation}", row["attribute"]) for core in cores}
        assert row["question"] in filled
    assert len({row["id"] for row in questions}) == len(questions)
    limited = list(tool_questions(cases, split, test_wordings, ToolsConfig(asked=3), 5))
    assert max(Counter(row["case"] for row in limited).values()) == 3


def test_direct_questions_of_the_test_are_whole_rows() -> None:
    questions = list(direct_questions(load()[0]))
    assert Counter(row["language"] for row in questions) == {"zh": 6, "en": 6}
    assert list(questions[0]) == ["id", "language", "question", "tools"]


def test_a_graph_without_labels_or_aliases_gives_what_it_can(train_wordings: Wordings) -> None:
    rows = tool_samples(Cases(Knowledge(Graph([], {})), 1), split_groups(Graph([], {}), 0.1, 1), train_wordings,
                        load()[0], CONFIG, 1)  # fmt: skip
    assert rows == []
