"""Dual-logic pairs in, rows out: yes-or-no questions and preferences to train, and the two evaluation sets.

The first word of every answer decides; what follows is a statement, without which all answers would be alike. The two
answers of a preference are nearly of one length, so that length says nothing: a negation that weighs much in a short
statement is put into a longer answer, and a pair whose statements differ more gives no preference.

    yes_no_samples(pairs, train, wordings=2, seed=42)
    ->  ChatSample(task="logic.yes_no", messages=("...，对吗？", "否，人参的拉丁学名是Panax ginseng。"), ...)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from builders.graph.chance import generator
from builders.graph.logic import Pair
from builders.graph.wordings import Wordings, fill
from builders.ids import row_id
from builders.types import ChatSample, Dropped, Message, PreferenceSample

Row = dict[str, Any]

YES = {"zh": "是", "en": "Yes"}
NO = {"zh": "否", "en": "No"}
ANSWER = {"zh": "{word}，{statement}。", "en": "{word}. {statement}."}
# The same after Yes as after No: nothing in them may say that the question was wrong.
LONGER = {
    "zh": ("{word}，实际的情况是：{statement}。", "{word}，关于这一点，正确而完整的说法是：{statement}。"),
    "en": (
        "{word}. The facts are these: {statement}.",
        "{word}. The statement that holds in this matter is the following: {statement}.",
    ),
}
MOST_DIFFERENCE = 0.1
"""By how much, as a share of the shorter, the chosen and the rejected answer of a preference may differ in length."""


def yes_no_samples(pairs: Sequence[Pair], train: Wordings, wordings: int, seed: int) -> Iterator[ChatSample]:
    """Asks about both statements of each pair in `wordings` wordings; the answer always states what is true."""
    for pair in pairs:
        for question, is_true in _asked(pair, train, wordings, seed):
            answer = _answer(pair, is_true, pair.true, ANSWER[pair.language])
            messages = (Message("user", question), Message("assistant", answer))
            name = row_id("logic.yes_no", question, answer, pair.id)
            yield ChatSample(name, "logic.yes_no", messages, pair.sources)


def preference_samples(pairs: Sequence[Pair], train: Wordings, wordings: int, seed: int) -> Iterator[PreferenceSample]:
    """Asks about both statements of each pair; chosen states the truth, rejected the counterfactual."""
    for pair, form in _of_one_length(pairs):
        for question, is_true in _asked(pair, train, wordings, seed):
            chosen, rejected = _answer(pair, is_true, pair.true, form), _answer(pair, not is_true, pair.false, form)
            name = row_id("logic.preference", question, chosen, rejected, pair.id)
            yield PreferenceSample(
                name, "logic.preference", (Message("user", question),), chosen, rejected, pair.sources
            )


def dual_logic_rows(pairs: Sequence[Pair], test: Wordings, seed: int) -> list[Row]:
    """Two evaluation rows a pair, one about each statement, in the same test wording."""
    rows = []
    for pair in pairs:
        for question, is_true in _asked(pair, test, 1, seed):
            answer, other = (YES, NO) if is_true else (NO, YES)
            rows.append(
                {
                    "id": row_id("dual_logic", pair.id, question),
                    "pair": pair.id,
                    "op": pair.op,
                    "origin": pair.origin,
                    "language": pair.language,
                    "question": question,
                    "answer": answer[pair.language],
                    "other": other[pair.language],
                }
            )
    return rows


def preference_rows(pairs: Sequence[Pair], test: Wordings, seed: int) -> list[Row]:
    """Two evaluation rows a pair: is the true answer likelier than the false one?"""
    rows = []
    for pair, form in _of_one_length(pairs):
        for question, is_true in _asked(pair, test, 1, seed):
            rows.append(
                {
                    "id": row_id("preference", pair.id, question),
                    "pair": pair.id,
                    "op": pair.op,
                    "origin": pair.origin,
                    "language": pair.language,
                    "question": question,
                    "chosen": _answer(pair, is_true, pair.true, form),
                    "rejected": _answer(pair, not is_true, pair.false, form),
                }
            )
    return rows


def _asked(pair: Pair, wordings: Wordings, count: int, seed: int) -> list[tuple[str, bool]]:
    """Questions about the true and the false statement, each wording used for both."""
    templates = wordings.true_false[pair.language]
    chosen = generator(seed, "true_false", pair.id).sample(templates, min(count, len(templates)))
    return [
        (fill(template, statement=statement), statement == pair.true)
        for template in chosen
        for statement in (pair.true, pair.false)
    ]


def _answer(pair: Pair, yes: bool, statement: str, form: str) -> str:
    word = (YES if yes else NO)[pair.language]
    return form.replace("{word}", word).replace("{statement}", statement)


def unequal(pairs: Sequence[Pair]) -> list[Dropped]:
    """The pairs that give no preference, because no form of answer brings their statements near one length."""
    given = {pair.id for pair, _ in _of_one_length(pairs)}
    return [
        Dropped("unequal_length", f"logic pair {pair.id}", f"{pair.true} | {pair.false}: no preference row")
        for pair in pairs
        if pair.id not in given
    ]


def _of_one_length(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, str]]:
    """Each pair with the shortest form of answer in which both answers to both questions are nearly as long."""
    for pair in pairs:
        for form in (ANSWER[pair.language], *LONGER[pair.language]):
            if all(
                _near(_answer(pair, yes, pair.true, form), _answer(pair, not yes, pair.false, form))
                for yes in (True, False)
            ):
                yield pair, form
                break


def _near(chosen: str, rejected: str) -> bool:
    shorter, longer = sorted((len(chosen), len(rejected)))
    return longer - shorter <= MOST_DIFFERENCE * shorter
