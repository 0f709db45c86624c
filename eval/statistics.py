"""Intervals and paired comparisons: per-unit numbers in, a figure with its 95 % interval out.

A measure is a function of sums over units (documents, questions, pairs), so that one resampling serves all: `columns`
has a row a unit, and `statistic` turns column sums into the figure.

    columns = [[9210.5, 4096.0], ...]                           # bits, bytes of each document
    bootstrap(columns, lambda sums: sums[..., 0] / sums[..., 1], resamples=2000, seed=7)  ->  (2.17, 2.33)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest  # type: ignore[import-untyped]

Columns = NDArray[np.float64]
Statistic = Callable[[Columns], Columns]
LEVEL = 0.95


class Interval(NamedTuple):
    low: float
    high: float


class Difference(NamedTuple):
    value: float
    low: float
    high: float


def wilson(successes: int, n: int) -> Interval:
    """Score interval of a share of independent trials (Wilson 1927)."""
    bounds = binomtest(successes, n).proportion_ci(LEVEL, method="wilson")
    return Interval(float(bounds.low), float(bounds.high))


def mcnemar(only_before: int, only_after: int) -> float:
    """Exact two-sided p that two models are right equally often (McNemar 1947).

    Args:
        only_before: questions that only the first model has right.
        only_after: questions that only the second model has right.
    """
    discordant = only_before + only_after
    return float(binomtest(only_after, discordant).pvalue) if discordant else 1.0


def resample_weights(units: int, resamples: int, seed: int) -> NDArray[np.float64]:
    """How often each unit is drawn in each resample; shape (resamples, units), each row sums to `units`."""
    draws = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=resamples)
    return draws.astype(np.float64)


def bootstrap(columns: Columns, statistic: Statistic, resamples: int, seed: int) -> Interval:
    """Percentile interval over units drawn with replacement (Efron 1979)."""
    weights = resample_weights(len(columns), resamples, seed)
    return _percentiles(statistic(weights @ columns))


def paired_bootstrap(before: Columns, after: Columns, statistic: Statistic, resamples: int, seed: int) -> Difference:
    """The change of a figure on the same units: both models are resampled with the same draws."""
    weights = resample_weights(len(before), resamples, seed)
    change = statistic(after.sum(axis=0)) - statistic(before.sum(axis=0))
    low, high = _percentiles(statistic(weights @ after) - statistic(weights @ before))
    return Difference(float(change), low, high)


def _percentiles(values: Columns) -> Interval:
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Interval(float(low), float(high))
