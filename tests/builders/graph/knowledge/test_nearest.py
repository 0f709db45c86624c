from __future__ import annotations

import pytest

from builders.graph.knowledge.nearest import Near, Nearest, ngrams, same_digits


def test_the_nearest_name_comes_first_with_its_similarity() -> None:
    found = Nearest(["neuron", "astrocyte", "oligodendrocyte"]).find("astrocite", 2)
    assert [one.name for one in found] == ["astrocyte", "oligodendrocyte"]
    assert found[0].similarity == pytest.approx(8 / 9)


def test_nothing_is_near_a_name_that_shares_no_part() -> None:
    assert Nearest(["neuron", "人参"]).find("xyz", 3) == []
    assert Nearest(["neuron"]).find("", 3) == []
    assert Nearest([]).find("neuron", 3) == []


def test_equal_names_are_one() -> None:
    assert Nearest(["AQP4", "aqp4"]).find("AQP 4", 5) == [Near("AQP4", 1.0)]


def test_a_rare_character_says_more_than_a_frequent_one() -> None:
    names = ["人参", "丹参", "玄参", "沙参", "党参", "茯苓"]
    assert Nearest(names).find("茯參苓", 1)[0].name == "茯苓"


def test_parts_of_names() -> None:
    assert ngrams("四君子") == ["四", "君", "子", "四君", "君子"]
    assert ngrams("axon") == ["^ax", "axo", "xon", "on$"]
    assert ngrams("x") == ["^x$"]


def test_digits_tell_names_apart() -> None:
    assert same_digits("AQP4", "aqp-4")
    assert not same_digits("AQP4", "AQP1")
