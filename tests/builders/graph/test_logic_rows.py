from __future__ import annotations

from builders.graph.logic import Pair
from builders.graph.logic_rows import dual_logic_rows, preference_rows, preference_samples, yes_no_samples
from builders.graph.wordings import Wordings
from builders.types import ChatSample, Message, PreferenceSample, Source

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
    messages = (Message("user", "Mice hunt cats, right?"), Message("assistant", "No, Cats hunt mice."))
    assert no == ChatSample(no.id, "logic.yes_no", messages, SOURCES)
    assert yes.messages[1].content == "Yes, Cats hunt mice."


def test_preferences_choose_the_truth() -> None:
    (about_true, about_false) = preference_samples([CHINESE], ASK, 1, 1)
    assert (about_true.chosen, about_true.rejected) == ("是，冰是凉的。", "否，冰是烫的。")
    assert (about_false.chosen, about_false.rejected) == ("否，冰是凉的。", "是，冰是烫的。")
    question = (Message("user", "Cats hunt mice, right?"),)
    row = next(preference_samples([ENGLISH], ASK, 1, 1))
    answers = ("Yes, Cats hunt mice.", "No, Mice hunt cats.")
    assert row == PreferenceSample(row.id, "logic.preference", question, *answers, SOURCES)


def test_evaluation_rows() -> None:
    yes, no = dual_logic_rows([ENGLISH], ASK, 1)
    common = {"pair": "p2", "op": "SEP", "origin": "graph", "language": "en"}
    first = {"question": "Cats hunt mice, right?", "answer": "Yes", "other": "No"}
    assert yes == {"id": yes["id"], **common, **first}
    assert no == {"id": no["id"], **common, "question": "Mice hunt cats, right?", "answer": "No", "other": "Yes"}
    prefer, _ = preference_rows([ENGLISH], ASK, 1)
    answers = {"chosen": "Yes, Cats hunt mice.", "rejected": "No, Mice hunt cats."}
    assert prefer == {"id": prefer["id"], **common, "question": "Cats hunt mice, right?", **answers}


def test_both_statements_of_a_pair_are_asked_in_the_same_wording() -> None:
    yes, no = dual_logic_rows([CHINESE], ASK, 1)
    assert yes["question"].replace("凉", "烫") == no["question"]
