from __future__ import annotations

from pathlib import Path

import pytest

from builders.graph.graph import Graph
from builders.graph.logic import Pair, general_pairs, graph_pairs, pair_groups
from builders.graph.logic_rows import (
    MOST_DIFFERENCE,
    dual_logic_rows,
    preference_rows,
    preference_samples,
    unequal,
    yes_no_samples,
)
from builders.graph.split import split_groups
from builders.graph.wordings import Wordings
from builders.logic.balance import balanced, denies_truly
from builders.types import ChatSample, Dropped, Message, PreferenceSample, Source

ASK = Wordings({}, {"zh": ("{statement}，对吗？", "判断：{statement}。"), "en": ("{statement}, right?",)}, {})
SOURCES = (Source(maker="logic.general"),)
CHINESE = Pair("p1", "AS", "general", "zh", "冰是凉的", "冰是烫的", SOURCES)
ENGLISH = Pair("p2", "SEP", "graph", "en", "Cats hunt mice", "Mice hunt cats", SOURCES)


def test_yes_no_answers_state_what_is_true() -> None:
    rows = list(yes_no_samples([CHINESE], ASK, 2, 1))
    assert sorted(row.messages[0].content + row.messages[1].content for row in rows) == [
        "冰是凉的，对吗？是，冰是凉的。",
        "冰是烫的，对吗？否，冰是凉的。",
        "判断：冰是凉的。是，冰是凉的。",
        "判断：冰是烫的。否，冰是凉的。",
    ]
    (yes, no) = yes_no_samples([ENGLISH], ASK, 9, 1)
    messages = (Message("user", "Mice hunt cats, right?"), Message("assistant", "No. Cats hunt mice."))
    assert no == ChatSample(no.id, "logic.yes_no", messages, SOURCES)
    assert yes.messages[1].content == "Yes. Cats hunt mice."


def test_preferences_choose_the_truth() -> None:
    (about_true, about_false) = preference_samples([CHINESE], ASK, 1, 1)
    assert (about_true.chosen, about_true.rejected) == ("是，冰是凉的。", "否，冰是烫的。")
    assert (about_false.chosen, about_false.rejected) == ("否，冰是凉的。", "是，冰是烫的。")
    question = (Message("user", "Cats hunt mice, right?"),)
    row = next(preference_samples([ENGLISH], ASK, 1, 1))
    answers = ("Yes. Cats hunt mice.", "No. Mice hunt cats.")
    assert row == PreferenceSample(row.id, "logic.preference", question, *answers, SOURCES)


def test_evaluation_rows() -> None:
    yes, no = dual_logic_rows([ENGLISH], ASK, 1)
    common = {"pair": "p2", "op": "SEP", "origin": "graph", "language": "en"}
    first = {"question": "Cats hunt mice, right?", "answer": "Yes", "other": "No"}
    assert yes == {"id": yes["id"], **common, **first}
    assert no == {"id": no["id"], **common, "question": "Mice hunt cats, right?", "answer": "No", "other": "Yes"}
    prefer, _ = preference_rows([ENGLISH], ASK, 1)
    answers = {"chosen": "Yes. Cats hunt mice.", "rejected": "No. Mice hunt cats."}
    assert prefer == {"id": prefer["id"], **common, "question": "Cats hunt mice, right?", **answers}


def test_both_statements_of_a_pair_are_asked_in_the_same_wording() -> None:
    yes, no = dual_logic_rows([CHINESE], ASK, 1)
    assert yes["question"].replace("凉", "烫") == no["question"]


def test_a_short_negation_is_put_into_a_longer_answer() -> None:
    pair = Pair("p3", "ANW", "general", "en", "Gold is a metal", "Gold is not a metal", SOURCES)
    (about_true, about_false) = preference_samples([pair], ASK, 1, 1)
    form = "The statement that holds in this matter is the following: "
    assert about_true.chosen == f"Yes. {form}Gold is a metal."
    assert about_true.rejected == f"No. {form}Gold is not a metal."
    assert about_false.chosen == f"No. {form}Gold is a metal."
    assert unequal([pair]) == []
    chinese = Pair("p4", "ANW", "general", "zh", "猫是哺乳动物", "猫不是哺乳动物", SOURCES)
    row = next(preference_samples([chinese], ASK, 1, 1))
    assert (row.chosen, row.rejected) == ("是，实际的情况是：猫是哺乳动物。", "否，实际的情况是：猫不是哺乳动物。")


def test_statements_of_very_different_length_give_no_preference() -> None:
    pair = Pair("p5", "SEP", "graph", "en", "The code of A is B", "The code of A is " + "B" * 40, SOURCES)
    assert list(preference_samples([pair], ASK, 1, 1)) == []
    assert preference_rows([pair], ASK, 1) == []
    assert len(list(yes_no_samples([pair], ASK, 1, 1))) == 2
    detail = f"{pair.true} | {pair.false}: no preference row"
    assert unequal([pair]) == [Dropped("unequal_length", "logic pair p5", detail)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_preference_of_the_general_set_differs_in_length(language: str, logic_file: Path) -> None:
    pairs = [pair for pair in general_pairs(logic_file)[0] if pair.language == language]
    rows = list(preference_samples(pairs, ASK, 1, 1))
    assert len(rows) == 2 * len(pairs)
    for row in rows:
        shorter, longer = sorted((len(row.chosen), len(row.rejected)))
        assert longer - shorter <= MOST_DIFFERENCE * shorter


def test_preferences_of_the_sample_graph_are_balanced_and_of_one_length(
    sample: Graph, train_wordings: Wordings
) -> None:
    groups = pair_groups(sample, split_groups(sample, 0.1, 1), 0.2, 1)[0]
    pairs = balanced(graph_pairs(sample, groups, train_wordings, None, 1), 1)
    for language in ("zh", "en"):
        denying = [denies_truly(pair) for pair in pairs if pair.op == "ANW" and pair.language == language]
        assert len(denying) > 200
        assert 2 * sum(denying) == len(denying)
    rows = list(preference_samples(pairs, train_wordings, 1, 1))
    assert len(rows) + 2 * len(unequal(pairs)) == 2 * len(pairs)
    assert len(unequal(pairs)) < 0.01 * len(pairs)
    for row in rows:
        shorter, longer = sorted((len(row.chosen), len(row.rejected)))
        assert longer - shorter <= MOST_DIFFERENCE * shorter
