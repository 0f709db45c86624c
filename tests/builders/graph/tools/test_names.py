from __future__ import annotations

import pytest

from builders.graph.names import is_whole
from builders.graph.tools.names import Endings, bracketed, is_name, stutters


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("元参", True),
        ("四顺汤（《肘后方》卷二）", True),
        ("《伤寒论》", True),
        ("1,4-dihydropyridine", True),
        ("又名“附子汤”“败酱散”“薏苡附子散”", False),
        ("（桂枝越婢汤(《内台方议》卷一)、桂枝二越脾一汤(《古方选注》卷上)。）", False),
        ("甲汤、乙汤", False),
        ("甲汤。", False),
    ],
)
def test_a_note_is_no_name(text: str, is_one: bool) -> None:
    assert is_name(text) is is_one


def test_what_stands_in_brackets() -> None:
    assert bracketed("甲（乙）丙") == {1, 2, 3}
    assert bracketed("甲乙") == frozenset()


def test_an_ending_that_many_names_have_tells_none_apart() -> None:
    endings = Endings([f"{letter}子汤" for letter in "甲乙丙丁戊"])
    assert [endings.distinct(name) for name in ("子子汤", "附子汤", "子汤", "附附（子）汤2", "丹参")] == [
        1,
        2,
        2,
        1,
        2,
    ]


def test_values() -> None:
    assert stutters("功能主治", "主治头痛")
    assert not stutters("功能主治", "治头痛")
    assert is_whole("《外科正宗》卷三")
    assert not is_whole("医宗说约》卷六")
