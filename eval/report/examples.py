"""A few questions a task with what every model answered: the stored answers in, what a person reads out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.report.collect import Answers
from eval.tasks import Outcome

EXAMPLES = 5
WRONG_ONES = 2


@dataclass(frozen=True, slots=True)
class Reply:
    model: str
    text: str
    right: bool | None
    """None where there is no right or wrong, only a score."""
    score: str


@dataclass(frozen=True, slots=True)
class Example:
    question: str
    expected: str
    replies: tuple[Reply, ...]


def examples(answers: Answers) -> dict[str, list[Example]]:
    """Five questions of every task that asks any, chosen by their id alone among right and wrong ones."""
    last = list(answers)[-1]
    found = {}
    for task, outcomes in answers[last].items():
        by_id = {name: {one.id: one for one in given[task]} for name, given in answers.items()}
        chosen = [_example(one, by_id) for one in _choose(outcomes) if one.question]
        if chosen:
            found[task] = chosen
    return found


def _choose(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Two that the last model has wrong, where there are any, the rest right; right ones first."""
    drawn = sorted(outcomes, key=lambda one: hashlib.sha256(one.id.encode()).digest())
    right = [one for one in drawn if one.values.get("right", 1.0)]
    wrong = [one for one in drawn if not one.values.get("right", 1.0)]
    few_wrong = wrong[: max(WRONG_ONES, EXAMPLES - len(right))]
    return right[: EXAMPLES - len(few_wrong)] + few_wrong


def _example(outcome: Outcome, by_id: Mapping[str, Mapping[str, Outcome]]) -> Example:
    replies = [_reply(name, given[outcome.id]) for name, given in by_id.items() if outcome.id in given]
    return Example(outcome.question, outcome.expected, tuple(replies))


def _reply(model: str, outcome: Outcome) -> Reply:
    if "right" in outcome.values:
        return Reply(model, outcome.answer, bool(outcome.values["right"]), "")
    return Reply(model, outcome.answer, None, f"ROUGE-L {outcome.values['rouge_l']:.2f}")
