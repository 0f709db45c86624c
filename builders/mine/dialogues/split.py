"""The sentences of an abstract in, which of its parts each belongs to out: cues, place and order, no model.

    roles(["Sleep is common.", "We measured rats.", "It rose by 5 %.", "These data suggest a role."], "en")
        ->  [Role("background", 0.93), Role("method", 0.97), Role("result", 0.98), Role("conclusion", 0.99)]

Each sentence gets a score for each part from its turns of phrase (`cues.py`) and its place; the best run through the
parts in their order is found by dynamic programming, and how sure each choice is by the sum over all runs (a hidden
Markov model with hand-set scores).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from builders.mine.dialogues.cues import CUES, MOST, ROLES

# What a step from one part to another costs, over the step within a part. Abstracts go forward; some come back once.
FORWARD: Final = (0.0, -0.5, -1.0, -2.0, -3.0)
BACK: Final = {("purpose", "background"): -2.5, ("method", "purpose"): -2.0, ("result", "method"): -2.5,
               ("conclusion", "result"): -3.0}  # fmt: skip
NEVER: Final = -6.0
WITHIN: Final = 1.0
LAST: Final = (3.0, 1.0)
"""What speaks for a conclusion in the last sentence and the one before it."""
SHARPNESS: Final = 0.7
"""By what the scores are multiplied before they are read as log probabilities: set so that those held to be 90 %
sure are right about nine times in ten."""


@dataclass(frozen=True, slots=True)
class Role:
    """The part that a sentence belongs to, and how sure that is (0 to 1)."""

    name: str
    confidence: float


def roles(sentences: Sequence[str], language: str) -> list[Role]:
    """The part of each sentence, in order.

    Raises:
        KeyError: there are no cues for the language.
    """
    if not sentences:
        return []
    scores = [_scores(text, language, index, len(sentences)) for index, text in enumerate(sentences)]
    forward, backward = _sums(scores), _sums(scores[::-1], reverse=True)[::-1]
    best = _best(scores)
    found = []
    for index, role in enumerate(best):
        totals = [ahead + behind - own for ahead, behind, own in
                  zip(forward[index], backward[index], scores[index], strict=True)]  # fmt: skip
        found.append(Role(ROLES[role], math.exp(totals[role] - _log_sum(totals))))
    return found


def _scores(text: str, language: str, index: int, count: int) -> list[float]:
    """What speaks for each part, in the order of `ROLES`."""
    scores = dict.fromkeys(ROLES, 0.0)
    for cue in CUES[language]:
        if cue.each:
            scores[cue.role] += min(MOST, cue.weight * len(cue.pattern.findall(text)))
        elif cue.pattern.search(text):
            scores[cue.role] += cue.weight
    drawn = scores["conclusion"] > 0
    place = index / max(1, count - 1)
    scores["background"] += 2.5 - 6 * place
    scores["purpose"] += 1 - 4 * abs(place - 0.2)
    scores["method"] += 1 - 3 * abs(place - 0.4)
    scores["result"] += 1 - 3 * abs(place - 0.7)
    scores["conclusion"] += 1.5 - 5 * (1 - place)
    if count - index <= len(LAST):
        # Many an abstract ends with a result; where no turn of phrase draws a conclusion, the place says half.
        scores["conclusion"] += LAST[count - index - 1] * (1 if drawn else 0.5)
    return [SHARPNESS * scores[role] for role in ROLES]


def _step(before: int, after: int) -> float:
    if before == after:
        return SHARPNESS * WITHIN
    if after > before:
        return SHARPNESS * FORWARD[after - before]
    return SHARPNESS * BACK.get((ROLES[before], ROLES[after]), NEVER)


_STEPS: Final = [[_step(before, after) for after in range(len(ROLES))] for before in range(len(ROLES))]


def _sums(scores: Sequence[Sequence[float]], reverse: bool = False) -> list[list[float]]:
    """The log of the sum over all runs that end at each part of each sentence."""
    sums = [list(scores[0])]
    for own in scores[1:]:
        before = sums[-1]
        sums.append(
            [
                own[role]
                + _log_sum(
                    [
                        sum_ + (_STEPS[role][other] if reverse else _STEPS[other][role])
                        for other, sum_ in enumerate(before)
                    ]
                )
                for role in range(len(ROLES))
            ]
        )
    return sums


def _best(scores: Sequence[Sequence[float]]) -> list[int]:
    """The run of parts with the highest sum."""
    best, came = list(scores[0]), []
    for own in scores[1:]:
        steps = [max((best[other] + _STEPS[other][role], -other) for other in range(len(ROLES)))
                 for role in range(len(ROLES))]  # fmt: skip
        came.append([-other for _, other in steps])
        best = [own[role] + steps[role][0] for role in range(len(ROLES))]
    run = [max(range(len(ROLES)), key=lambda role: best[role])]
    for back in reversed(came):
        run.append(back[run[-1]])
    return run[::-1]


def _log_sum(values: Sequence[float]) -> float:
    most = max(values)
    return most + math.log(sum(math.exp(value - most) for value in values))
