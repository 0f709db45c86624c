from __future__ import annotations

from builders.graph.chance import fraction, generator


def test_a_fraction_hangs_on_its_parts_alone() -> None:
    assert fraction(42, "人参", "拉丁学名") == fraction("42", "人参", "拉丁学名")
    assert fraction(42, "a", "bc") != fraction(42, "ab", "c")
    assert 0.45 < sum(fraction(1, number) < 0.5 for number in range(1000)) / 1000 < 0.55


def test_a_generator_repeats() -> None:
    assert [generator(7, "a").random() for _ in range(2)] == [generator(7, "a").random()] * 2
