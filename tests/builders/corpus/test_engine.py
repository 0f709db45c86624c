from __future__ import annotations

from collections.abc import Iterator

import pytest

from builders.corpus.engine import AHEAD, EngineConfig, EngineKind, run
from builders.errors import UserError


def double(number: int) -> bytes:
    return str(2 * number).encode()


def fail_at_seven(number: int) -> bytes:
    if number == 7:
        raise ValueError("seven")
    return b""


@pytest.mark.parametrize("kind", [EngineKind.local, EngineKind.pool])
def test_results_come_in_the_order_of_the_items(kind: EngineKind) -> None:
    expected = [str(2 * number).encode() for number in range(50)]
    assert list(run(double, range(50), EngineConfig(kind, workers=2))) == expected


@pytest.mark.slow
def test_ray_gives_the_same(tmp_path: object) -> None:
    expected = [str(2 * number).encode() for number in range(50)]
    assert list(run(double, range(50), EngineConfig(EngineKind.ray, workers=2))) == expected


def test_a_pool_takes_only_so_many_items_ahead() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = run(double, items(), EngineConfig(EngineKind.pool, workers=2))
    next(results)
    assert len(taken) == 2 * AHEAD
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [EngineKind.local, EngineKind.pool])
def test_a_fault_of_the_step_is_raised_here(kind: EngineKind) -> None:
    with pytest.raises(ValueError, match="seven"):
        list(run(fail_at_seven, range(20), EngineConfig(kind, workers=2)))


def test_a_ray_that_is_not_there_is_one_line() -> None:
    with pytest.raises(UserError, match=r"engine.ray_address=127.0.0.1:1: no Ray there"):
        list(run(double, [1], EngineConfig(EngineKind.ray, ray_address="127.0.0.1:1")))
