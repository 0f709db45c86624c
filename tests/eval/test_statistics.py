from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from eval.statistics import Columns, bootstrap, mcnemar, paired_bootstrap, resample_weights, wilson


def mean(sums: Columns) -> Columns:
    return sums[..., 0] / sums[..., 1]


def columns(values: Sequence[float] | Columns) -> Columns:
    return np.array([[value, 1.0] for value in values])


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.27753),
        (5, 10, 0.23659, 0.76341),
        (81, 263, 0.25529, 0.36619),  # Newcombe 1998, table I: 0.2553 to 0.3662
        (10, 10, 0.72247, 1.0),
    ],
)
def test_wilson_interval(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("only_before", "only_after", "p"),
    [(0, 0, 1.0), (0, 5, 2 / 32), (1, 9, 22 / 1024), (5, 5, 1.0), (9, 1, 22 / 1024)],
)
def test_mcnemar_exact_p(only_before: int, only_after: int, p: float) -> None:
    assert mcnemar(only_before, only_after) == pytest.approx(p)


def test_each_resample_draws_as_many_units_as_there_are() -> None:
    weights = resample_weights(units=7, resamples=50, seed=1)
    assert weights.shape == (50, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert (weights == resample_weights(units=7, resamples=50, seed=1)).all()
    assert (weights != resample_weights(units=7, resamples=50, seed=2)).any()


def test_bootstrap_of_units_that_agree_has_no_width() -> None:
    assert bootstrap(np.array([[6.0, 3.0], [2.0, 1.0]]), mean, resamples=100, seed=7) == (2.0, 2.0)


def test_bootstrap_comes_near_the_normal_interval() -> None:
    values = np.random.default_rng(0).normal(10, 2, size=400)
    low, high = bootstrap(columns(values), mean, resamples=4000, seed=7)
    half = 1.96 * values.std() / 20
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.03)


def test_paired_bootstrap_sees_a_shift_that_hides_in_the_spread() -> None:
    before = np.array([1.0, 5.0, 9.0, 30.0])
    shift = paired_bootstrap(columns(before), columns(before + 0.5), mean, resamples=500, seed=7)
    assert shift == pytest.approx((0.5, 0.5, 0.5))


def test_paired_bootstrap_is_signed() -> None:
    shift = paired_bootstrap(columns([1, 1, 0, 0]), columns([0, 0, 0, 1]), mean, resamples=2000, seed=7)
    assert shift.value == -0.25
    assert shift.low == -1.0
    assert shift.high == 0.5
