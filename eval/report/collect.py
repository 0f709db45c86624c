"""The stored results of all models in, one dictionary of figures out: what `report.json` holds.

{"models": {"base": {"kg_recall": {"value": 0.0, "n": 120, "low": 0.0, "high": 0.03}, ...}, "cpt": ...},
 "baselines": {"unigram_bits_per_byte": 4.9, ...}, "differences": [...], "dropped": [...], "seconds": {...}}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import TypedDict

from eval.config import EvalConfig
from eval.measures import MEASURES, Change, Draws, Figure, change, figures
from eval.results import Store
from eval.tasks import Outcome

Answers = Mapping[str, Mapping[str, list[Outcome]]]
"""Model, then task, to what it answered."""


class LeftOut(TypedDict):
    model: str
    task: str
    reason: str
    count: int
    example: str


class Report(TypedDict):
    models: dict[str, dict[str, Figure]]
    baselines: dict[str, float]
    differences: list[Change]
    dropped: list[LeftOut]
    seconds: dict[str, dict[str, float]]


def read_answers(config: EvalConfig, stores: Mapping[str, Store]) -> Answers:
    return {name: {task: store.outcomes(task) for task in config.tasks} for name, store in stores.items()}


def collect(config: EvalConfig, stores: Mapping[str, Store], answers: Answers, baselines: dict[str, float]) -> Report:
    draws = Draws(config.resamples, config.seed)
    return Report(
        models={name: _figures(given, draws) for name, given in answers.items()},
        baselines=baselines,
        differences=_differences(answers, draws),
        dropped=[one for name, store in stores.items() for one in _left_out(name, store, config)],
        seconds={name: _seconds(store, config) for name, store in stores.items()},
    )


def _figures(given: Mapping[str, list[Outcome]], draws: Draws) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for measure in MEASURES.values():
        if measure.task in given:
            found |= figures(measure, given[measure.task], draws)
    return found


def _differences(answers: Answers, draws: Draws) -> list[Change]:
    """Each stage against the one before, then the last against the first."""
    names = list(answers)
    steps = list(pairwise(names))
    if len(names) > 2:
        steps.append((names[0], names[-1]))
    changes = [
        change(measure, (before, answers[before][measure.task]), (after, answers[after][measure.task]), draws)
        for measure in MEASURES.values()
        for before, after in steps
        if measure.task in answers[before]
    ]
    return [one for one in changes if one is not None]


def _left_out(name: str, store: Store, config: EvalConfig) -> list[LeftOut]:
    lines = []
    for task in config.tasks:
        dropped = store.records[task].dropped
        for reason, count in sorted(Counter(one["reason"] for one in dropped).items()):
            first = next(one for one in dropped if one["reason"] == reason)
            example = f"{first['place']}: {first['detail']}"
            lines.append(LeftOut(model=name, task=task, reason=reason, count=count, example=example))
    return lines


def _seconds(store: Store, config: EvalConfig) -> dict[str, float]:
    return {"serve": store.seconds_to_serve, **{task: store.records[task].seconds for task in config.tasks}}
