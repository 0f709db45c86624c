from __future__ import annotations

import pytest

from builders.graph.graph import Graph
from builders.graph.split import GraphSplit, split_groups
from builders.graph.wordings import load_test
from builders.importers.questions import Answer, GraphAnswers
from builders.types import Triple
from tests.builders.graph.conftest import schema, toy

__all__ = ["schema", "toy"]


@pytest.fixture
def answers(toy: Graph) -> GraphAnswers:
    held = {"三七\t拉丁名": "heldout"}
    split: GraphSplit = split_groups(toy, 1e-9, 42, held)  # type: ignore[arg-type]
    assert ("三七", "拉丁名") in split.heldout
    return GraphAnswers(toy, split, load_test(), list_cap=2)


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        ("老师您好，书上写的人参，拉丁名是啥来着", "zh", "人参的拉丁名是Herba ginseng。"),
        ("书上写的当归，功效都有些啥", "zh", "当归的功效是补血、活血止痛等。"),
        ("书上写的元参，拉丁名是啥来着", "zh", "玄参的拉丁名是Herba ningpoensis。"),
        (
            "Tell me, of an axon, which parent structure I should write",
            "en",
            "The parent structure of axon is neuron.",
        ),
    ],
)
def test_a_question_that_names_one_group_is_answered(
    answers: GraphAnswers, question: str, language: str, text: str
) -> None:
    found = answers.answer(question, language)
    assert isinstance(found, Answer)
    assert found.text == text


def test_the_answer_names_all_its_triples(answers: GraphAnswers) -> None:
    found = answers.answer("书上写的人参，功效都有些啥", "zh")
    assert found == Answer(
        "人参的功效是补气、安神。",
        tuple(Triple("人参", "功效", tail, "herb", "effect") for tail in ("补气", "安神")),
    )


@pytest.mark.parametrize(
    ("question", "language", "reason"),
    [
        ("人参补气吗", "zh", "unanswered"),
        ("今天天气真好", "zh", "unanswered"),
        ("书上写的人参是啥", "zh", "unanswered"),
        ("书上写的拉丁名是啥", "zh", "unanswered"),
        ("书上写的人参和当归，功效都有些啥", "zh", "unanswered"),
        ("书上写的人参，拉丁名和功效都有些啥", "zh", "unanswered"),
        ("书上写的川芎，功效都有些啥", "zh", "unanswered"),
        ("为什么人参的功效是这些", "zh", "unanswered"),
        ("书上写的Herba ginseng，拉丁名是啥来着", "zh", "unanswered"),
        ("How does the parent structure of axon differ", "en", "unanswered"),
        ("Is the parent structure of axon known", "en", "unanswered"),
        ("书上写的三七，拉丁名是啥来着", "zh", "held_out_fact"),
    ],
)
def test_any_other_question_is_not(answers: GraphAnswers, question: str, language: str, reason: str) -> None:
    assert answers.answer(question, language) == reason


def test_a_wording_of_the_test_is_not_trained(answers: GraphAnswers) -> None:
    for language, head, relation in (("zh", "人参", "拉丁名"), ("en", "axon", "parent structure")):
        reasons = [
            answers.answer(core.replace("{head}", head).replace("{relation}", relation), language)
            for core in load_test().forward[language].cores
        ]
        assert set(map(str, reasons)) <= {"near_test_wording", "unanswered"}
        assert "near_test_wording" in reasons
