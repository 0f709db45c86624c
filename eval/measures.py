"""What is reported: outcomes of a task in, figures with 95 % intervals and paired differences out.

figures(MEASURES["kg_recall"], outcomes, draws)
    ->  {"kg_recall": {"value": 0.5, "n": 120, "low": 0.41, "high": 0.59}, "kg_recall_en": {...}, ...}

Dual logic is measured after "Don't Ignore Dual Logic Ability of LLMs while Privatizing" (arXiv
2309.04198). A pair is a true statement and its counterfactual, both asked in one wording. Computed so:

- stance: which of the two first words, "Yes" or "No" (是 or 否), the model gives the higher probability. The paper
  reads the stance off a generated answer; ours always exists, and cannot be lost in an evasive text.
- DL index: the share of pairs whose two stances are opposite, whichever they are.
- accuracy: the share of single questions with the right stance; a tie is wrong.
- F1: 2 * DL * accuracy / (DL + accuracy), the harmonic mean of the two. That this is the paper's F1 is our reading.
- both right: the share of pairs with both stances right. It stands first, because a model that always errs has a DL
  index of 1 and one that says yes to all has an accuracy of 1/2.

All four are given for each operation (AS, ANW, SEP), each origin (general, graph, paper), and for both together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from eval.scorers import BLEU_COLUMNS, bleu
from eval.statistics import Columns, Interval, Statistic, bootstrap, mcnemar, paired_bootstrap, wilson
from eval.tasks import Outcome

Unit = Sequence[Outcome]
"""All outcomes of one document, pair or question."""


class Figure(TypedDict):
    value: float
    n: int
    low: float
    high: float


class Change(TypedDict):
    """How a measure moved between two models, on the same questions."""

    measure: str
    before: str
    after: str
    value: float
    low: float
    high: float
    n: int
    p: float | None
    """McNemar's exact p, where a unit is either right or wrong."""


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    task: str
    title: str
    chinese: str
    columns: Callable[[Unit], tuple[float, ...]]
    """What one unit adds to the sums."""
    statistic: Statistic
    """From sums to the figure; the last axis holds the columns."""
    per_unit: bool = True
    """`n` counts units; else outcomes."""
    binary: bool = False
    """A unit is right or wrong: Wilson's interval and McNemar's test hold."""
    counts_right: bool = False
    """Several right or wrong answers a unit: drawn by unit, but never narrower than that many trials at 0 or 1."""
    higher_is_better: bool = True
    share: bool = True
    """Lies between 0 and 1, shown in per cent."""
    by_group: bool = True
    crossed: tuple[str, str] | None = None
    """Two groups of which every combination has a figure of its own, too."""


def _mean_of(value: str) -> Callable[[Unit], tuple[float, ...]]:
    return lambda unit: (sum(outcome.values[value] for outcome in unit), float(len(unit)))


def _both_right(unit: Unit) -> tuple[float, ...]:
    return float(all(outcome.values["right"] for outcome in unit)), 1.0


def _answers_differ(unit: Unit) -> tuple[float, ...]:
    return float(len({outcome.answer for outcome in unit}) == len(unit)), 1.0


def _answers_differ_and_right(unit: Unit) -> tuple[float, ...]:
    return *_answers_differ(unit), *_mean_of("right")(unit)


def _mean_where_given(value: str) -> Callable[[Unit], tuple[float, ...]]:
    """Over the outcomes that have the value; a unit may have none."""

    def columns(unit: Unit) -> tuple[float, ...]:
        given = [outcome.values[value] for outcome in unit if value in outcome.values]
        return sum(given), float(len(given))

    return columns


def _ratio_or_zero(sums: Columns) -> Columns:
    return sums[..., 0] / np.where(sums[..., 1] > 0, sums[..., 1], 1.0)


def _ratio(sums: Columns) -> Columns:
    return sums[..., 0] / sums[..., 1]


def _harmonic_mean(sums: Columns) -> Columns:
    """F1 of the DL index (columns 0, 1) and the accuracy (columns 2, 3)."""
    index, accuracy = sums[..., 0] / sums[..., 1], sums[..., 2] / sums[..., 3]
    total = index + accuracy
    return 2 * index * accuracy / np.where(total > 0, total, 1.0)


def _bleu_columns(unit: Unit) -> tuple[float, ...]:
    return tuple(sum(outcome.values[name] for outcome in unit) for name in BLEU_COLUMNS)


def _corpus_bleu(sums: Columns) -> Columns:
    return np.apply_along_axis(lambda counts: np.float64(bleu(counts.tolist())), -1, sums)


def _shares(task: str, title: str, chinese: str) -> Measure:
    return Measure(task, task, title, chinese, _mean_of("right"), _ratio, binary=True)


def _asked(task: str, title: str, chinese: str) -> Measure:
    """Facts asked in several wordings and languages: questions are counted, facts are drawn."""
    return Measure(task, task, title, chinese, _mean_of("right"), _ratio, per_unit=False, counts_right=True)


def _called(value: str, title: str, chinese: str) -> Measure:
    """A share of the questions about entities kept from training; entities are drawn."""
    name = f"tools_{value}"
    return Measure(name, "tools", title, chinese, _mean_of(value), _ratio, per_unit=False, counts_right=True)


MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            "bits_per_byte",
            "bits_per_byte",
            "Held-out text, bits per byte",
            "留出文本：每字节比特数",
            lambda unit: (sum(one.values["bits"] for one in unit), sum(one.values["bytes"] for one in unit)),
            _ratio,
            higher_is_better=False,
            share=False,
        ),
        _shares("kg_choice", "Graph, choice of four", "图谱：四选一"),
        Measure(
            "kg_choice_per_character",
            "kg_choice",
            "Graph, choice of four, per character",
            "图谱：四选一（按字符）",
            _mean_of("right_per_character"),
            _ratio,
            binary=True,
        ),
        _asked("kg_recall", "Graph, trained facts in unseen wordings", "图谱：已训练事实（新问法）"),
        _asked("kg_unseen", "Graph, facts never trained", "图谱：未训练事实"),
        Measure(
            "dual_logic_both_right",
            "dual_logic",
            "Dual logic, both of a pair right",
            "双重逻辑：成对全对",
            _both_right,
            _ratio,
            binary=True,
            crossed=("op", "origin"),
        ),
        Measure(
            "dual_logic_index",
            "dual_logic",
            "Dual logic, answers of a pair differ (DL index)",
            "双重逻辑：成对答案相反（DL 指数）",
            _answers_differ,
            _ratio,
            binary=True,
            crossed=("op", "origin"),
        ),
        Measure(
            "dual_logic_accuracy",
            "dual_logic",
            "Dual logic, accuracy",
            "双重逻辑：准确率",
            _mean_of("right"),
            _ratio,
            per_unit=False,
            counts_right=True,
            crossed=("op", "origin"),
        ),
        Measure(
            "dual_logic_f1",
            "dual_logic",
            "Dual logic, F1 of index and accuracy",
            "双重逻辑：F1",
            _answers_differ_and_right,
            _harmonic_mean,
            crossed=("op", "origin"),
        ),
        Measure(
            "preference_accuracy",
            "preference",
            "Preference, chosen answer likelier",
            "偏好：选中答案更可能",
            _mean_of("right"),
            _ratio,
            per_unit=False,
            counts_right=True,
            crossed=("op", "origin"),
        ),
        Measure(
            "preference_accuracy_per_token",
            "preference",
            "Preference, likelier per token",
            "偏好：更可能（按词元）",
            _mean_of("right_per_token"),
            _ratio,
            per_unit=False,
            counts_right=True,
            crossed=("op", "origin"),
        ),
        Measure("rouge_l", "papers", "Held-out papers, ROUGE-L", "留出论文：ROUGE-L", _mean_of("rouge_l"), _ratio),
        _called("entity", "Knowledge tuning, entity of the call", "知识微调：实体准确率"),
        _called("attribute", "Knowledge tuning, attribute of the call", "知识微调：属性准确率"),
        _called("retrieval", "Knowledge tuning, retrieval by the call", "知识微调：检索准确率"),
        Measure(
            "tools_answer",
            "tools",
            "Knowledge tuning, answer tells what was found",
            "知识微调：回答包含检索结果",
            _mean_where_given("answer"),
            _ratio_or_zero,
            per_unit=False,
            counts_right=True,
            by_group=False,
        ),
        _shares("tools_direct", "Knowledge tuning, no call where none is needed", "知识微调：无需检索时直接回答"),
        Measure(
            "bleu", "papers", "Held-out papers, BLEU", "留出论文：BLEU", _bleu_columns, _corpus_bleu, by_group=False
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Draws:
    """How intervals are drawn."""

    resamples: int
    seed: int


def figures(measure: Measure, outcomes: Sequence[Outcome], draws: Draws) -> dict[str, Figure]:
    """The figure over all outcomes, then one for each value of each group, named `<measure>_<value>`.

    Of two crossed groups the combinations come last, named `<measure>_<value>_<value>`.
    """
    found = {measure.name: figure(measure, outcomes, draws)} if outcomes else {}
    divisions: list[tuple[str, ...]] = [(name,) for name in outcomes[0].groups if measure.by_group] if outcomes else []
    if outcomes and measure.crossed and set(measure.crossed) <= set(outcomes[0].groups):
        divisions.append(measure.crossed)
    for division in divisions:
        parts: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            parts.setdefault("_".join(outcome.groups[name] for name in division), []).append(outcome)
        for part in sorted(parts):
            found[f"{measure.name}_{part}"] = figure(measure, parts[part], draws)
    return found


def figure(measure: Measure, outcomes: Sequence[Outcome], draws: Draws) -> Figure:
    columns = np.array([measure.columns(unit) for unit in _units(outcomes).values()])
    value = float(measure.statistic(columns.sum(axis=0)))
    low, high = _interval(measure, columns, draws)
    return Figure(value=value, n=len(columns) if measure.per_unit else len(outcomes), low=low, high=high)


def _interval(measure: Measure, columns: Columns, draws: Draws) -> Interval:
    if measure.binary:
        return wilson(round(columns[:, 0].sum()), len(columns))
    interval = bootstrap(columns, measure.statistic, draws.resamples, draws.seed)
    if measure.counts_right and interval.low == interval.high in (0.0, 1.0):
        # Resampling units that all agree gives no width; the units still are only so many trials.
        return wilson(round(interval.low * len(columns)), len(columns))
    return interval


def change(
    measure: Measure, before: tuple[str, Sequence[Outcome]], after: tuple[str, Sequence[Outcome]], draws: Draws
) -> Change | None:
    """The difference on the units both models answered; None where there is none."""
    earlier, later = _units(before[1]), _units(after[1])
    shared = [unit for unit in earlier if unit in later]
    if not shared:
        return None
    first = np.array([measure.columns(earlier[unit]) for unit in shared])
    second = np.array([measure.columns(later[unit]) for unit in shared])
    value, low, high = paired_bootstrap(first, second, measure.statistic, draws.resamples, draws.seed)
    p = None
    if measure.binary:
        moved = second[:, 0] - first[:, 0]
        p = mcnemar(int((moved < 0).sum()), int((moved > 0).sum()))
    return Change(
        measure=measure.name, before=before[0], after=after[0], value=value, low=low, high=high, n=len(shared), p=p
    )


def _units(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    units: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        units.setdefault(outcome.unit, []).append(outcome)
    return units
