from __future__ import annotations

import asyncio
from typing import Any

import pytest

from builders.types import Dropped
from eval.ask import ask
from eval.client import Endpoint, connect
from eval.tasks import TASKS, Outcome
from tests.eval.fake import Fake, fake_server


def asked(fake: Fake, task: str, *rows: dict[str, Any]) -> tuple[list[Outcome], list[Dropped], int]:
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count

    async def run(url: str) -> tuple[list[Outcome], list[Dropped]]:
        async with connect(Endpoint(url, "fake", fake.max_model_len), concurrency=4, retry_wait_s=0.001) as client:
            return await ask(TASKS[task], rows, client, max_tokens=20, advance=advance)

    with fake_server(fake) as url:
        outcomes, dropped = asyncio.run(run(url))
    return outcomes, dropped, done


def fact(name: str, question: str, answer: str) -> dict[str, str]:
    return {
        "id": name,
        "language": "zh",
        "question": question,
        "answer": answer,
        "relation": "归经",
        "fact": "h\tr",
        "tail": answer,
    }


def logic(name: str, question: str, answer: str, other: str) -> dict[str, str]:
    own = {"id": name, "question": question, "answer": answer, "other": other}
    return own | {"pair": "p", "op": "ANW", "origin": "graph", "language": "en"}


def test_facts_are_matched_exactly_and_kept_in_order() -> None:
    fake = Fake(answers={"一？": "脾 肺。", "二？": "心经"})
    outcomes, dropped, done = asked(fake, "kg_recall", fact("a", "一？", "脾、肺"), fact("b", "二？", "心"))
    assert [(one.id, one.values["right"], one.answer) for one in outcomes] == [
        ("a", 1.0, "脾 肺。"),
        ("b", 0.0, "心经"),
    ]
    assert (dropped, done) == ([], 2)


def test_a_question_that_does_not_fit_is_dropped_and_the_rest_goes_on() -> None:
    rows = fact("long", "x" * 100, "a"), fact("short", "q?", "a")
    outcomes, dropped, done = asked(Fake(answers={"q?": "a"}), "kg_unseen", *rows)
    assert [one.id for one in outcomes] == ["short"]
    assert [(one.reason, one.place) for one in dropped] == [("too_long", "kg_unseen.jsonl long")]
    assert done == 2


def test_yes_or_no_is_decided_by_the_likelier_first_word() -> None:
    fake = Fake(liked=["Is it?|Yes", "Is it not?|Yes"])
    rows = logic("a", "Is it?", "Yes", "No"), logic("b", "Is it not?", "No", "Yes")
    outcomes, _, _ = asked(fake, "dual_logic", *rows)
    assert [(one.values["right"], one.answer, one.unit) for one in outcomes] == [(1.0, "Yes", "p"), (0.0, "Yes", "p")]
    assert outcomes[0].values["margin"] == pytest.approx(-0.3 + 2.0)


def test_a_tie_is_wrong() -> None:
    rows = logic("a", "？", "是", "否"), logic("b", "不？", "否", "是")
    outcomes, _, _ = asked(Fake(), "dual_logic", *rows)
    assert [(one.values["right"], one.answer) for one in outcomes] == [(0.0, "否"), (0.0, "是")]


def test_a_pair_of_which_one_half_does_not_fit_is_not_scored() -> None:
    rows = logic("a", "Is it?", "Yes", "No"), logic("b", "x" * 100, "No", "Yes")
    outcomes, dropped, _ = asked(Fake(), "dual_logic", *rows)
    assert outcomes == []
    assert [one.place for one in dropped] == ["dual_logic.jsonl b"]


def test_preference_in_sum_and_per_token() -> None:
    own = {"id": "a", "pair": "p", "op": "AS", "origin": "general", "language": "en", "question": "q?"}
    row = own | {"chosen": "No, it is.", "rejected": "Yes."}
    (plain,), _, _ = asked(Fake(), "preference", row)
    assert (plain.values["right"], plain.values["right_per_token"], plain.answer) == (0.0, 0.0, "Yes.")
    (liked,), _, _ = asked(Fake(liked=["q?|No, it is."]), "preference", row)
    assert (liked.values["right"], liked.values["right_per_token"], liked.answer) == (1.0, 1.0, "No, it is.")


def test_a_paper_answer_is_compared_with_the_papers_own_words() -> None:
    row = {"id": "a", "language": "en", "task": "abstract.aim", "question": "q?", "answer": "the cat sat"}
    (found,), _, _ = asked(Fake(answers={"q?": "the cat"}), "papers", row)
    assert found.values["rouge_l"] == pytest.approx(0.8)
    assert found.values["correct_1"] == 2.0
    assert found.groups == {"language": "en", "task": "abstract.aim"}
