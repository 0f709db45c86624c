"""Dual-logic pairs in, rows out: yes-or-no questions and preferences to train, and the two evaluation sets.

The first word of every answer decides; what follows is a statement, without which all answers would be alike.

    yes_no_samples(pairs, train, wordings=2, seed=42)
    ->  ChatSample(task="logic.yes_no", messages=("...，对吗？", "否，人参的拉丁学名是Panax ginseng。"), ...)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builders.graph.chance import generator
from builders.graph.logic import Pair
from builders.graph.wordings import Wordings, fill
from builders.ids import row_id
from builders.types import ChatSample, Message, PreferenceSample

Row = dict[str, Any]

YES = {"zh": "是", "en": "Yes"}
NO = {"zh": "否", "en": "No"}
ANSWER = {"zh": "{word}，{statement}。", "en": "{word}, {statement}."}


def yes_no_samples(pairs: Sequence[Pair], train: Wordings, wordings: int, seed: int) -> Iterator[ChatSample]:
    """Asks about both statements of each pair in `wordings` wordings; the answer always states what is true."""
    for pair in pairs:
        for question, is_true in _asked(pair, train, wordings, seed):
            answer = _answer(pair, is_true, pair.true)
            messages = (Message("user", question), Message("assistant", answer))
            name = row_id("logic.yes_no", question, answer, pair.id)
            yield ChatSample(name, "logic.yes_no", messages, pair.sources)


def preference_samples(pairs: Sequence[Pair], train: Wordings, wordings: int, seed: int) -> Iterator[PreferenceSample]:
    """Asks about both statements of each pair; chosen states the truth, rejected the counterfactual."""
    for pair in pairs:
        for question, is_true in _asked(pair, train, wordings, seed):
            chosen, rejected = _answer(pair, is_true, pair.true), _answer(pair, not is_true, pair.false)
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
    for pair in pairs:
        for question, is_true in _asked(pair, test, 1, seed):
            rows.append(
                {
                    "id": row_id("preference", pair.id, question),
                    "pair": pair.id,
                    "op": pair.op,
                    "origin": pair.origin,
                    "language": pair.language,
                    "question": question,
                    "chosen": _answer(pair, is_true, pair.true),
                    "rejected": _answer(pair, not is_true, pair.false),
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


def _answer(pair: Pair, yes: bool, statement: str) -> str:
    word = (YES if yes else NO)[pair.language]
    return ANSWER[pair.language].replace("{word}", word).replace("{statement}", statement)
