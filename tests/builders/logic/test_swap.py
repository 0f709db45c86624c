from __future__ import annotations

import time

import pytest

from builders.logic.swap import swap

WORDS = frozenset({"young", "old", "mice", "cells", "the", "large"})
ENGLISH = {
    "The volume is higher in sleeping mice than in awake mice": (
        "The volume is higher in awake mice than in sleeping mice"
    ),
    "The flow of water was reduced in old mice compared with young mice": (
        "The flow of water was reduced in young mice compared with old mice"
    ),
    "Old mice have larger ventricles than young mice": "Young mice have larger ventricles than old mice",
    "AQP4 is more abundant than AQP1": "AQP1 is more abundant than AQP4",
    "The width of the cortex was larger than that of the striatum": (
        "The width of the striatum was larger than that of the cortex"
    ),
    "In old mice, clearance was slower than in young mice": "In young mice, clearance was slower than in old mice",
    "Dextran diffuses more slowly than sucrose in mice": "Sucrose diffuses more slowly than dextran in mice",
}
CHINESE = {
    "睡眠期的清除速度快于清醒期": "清醒期的清除速度快于睡眠期",
    "灰质的迂曲度大于白质的迂曲度": "白质的迂曲度大于灰质的迂曲度",
    "在皮层中，蔗糖的扩散快于葡聚糖": "在皮层中，葡聚糖的扩散快于蔗糖",
    "麻醉小鼠的容积分数比清醒小鼠高": "清醒小鼠的容积分数比麻醉小鼠高",
    "与清醒小鼠相比，麻醉小鼠的容积分数升高": "与麻醉小鼠相比，清醒小鼠的容积分数升高",
}


@pytest.mark.parametrize(("text", "edited"), ENGLISH.items())
def test_english(text: str, edited: str) -> None:
    words = WORDS | {"dextran"}
    assert swap(text, "en", words) == edited
    assert swap(edited, "en", words | {"sucrose"}) == text


@pytest.mark.parametrize(("text", "edited"), CHINESE.items())
def test_chinese(text: str, edited: str) -> None:
    assert swap(text, "zh", frozenset()) == edited
    assert swap(edited, "zh", frozenset()) == text


@pytest.mark.parametrize(
    "text",
    [
        "The volume of old mice was similar compared with young mice",  # symmetric
        "The volume was not higher in old mice than in young mice",
        "Sucrose diffuses more slowly than dextran",  # may sucrose lose its capital? the paper does not say
        "The volume was higher than expected in old mice",
        "Old mice have larger ventricles than the young animal has",
        "The flow was higher than 5 in old mice",
        "A toxin is larger than cells of the cortex",  # one and many
    ],
)
def test_english_that_is_left_alone(text: str) -> None:
    assert swap(text, "en", WORDS) is None


@pytest.mark.parametrize(
    "text", ["两者的迂曲度相似", "容积分数高于预期", "白质的迂曲度不高于灰质", "钾浓度高于30毫摩尔"]
)
def test_chinese_that_is_left_alone(text: str) -> None:
    assert swap(text, "zh", frozenset()) is None


def test_a_text_made_to_take_long_does_not() -> None:
    started = time.process_time()
    for text in (
        "x is higher than " + "a at in " * 48,
        "in a is was higher than in that of " * 11,
        "a at in " * 10_000,
    ):
        assert swap(text, "en", WORDS) is None
    assert time.process_time() - started < 2
