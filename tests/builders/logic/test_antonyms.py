from __future__ import annotations

import pytest

from builders.logic.antonyms import Polar, antonyms, opposed, opposite_name, polar, with_article


def test_polar_words_are_whole_and_keep_their_case() -> None:
    assert polar("Increased flow and higher-order rise", "en") == [Polar(0, 9, "Increased", "Decreased")]
    assert polar("a low-density region", "en") == []
    assert polar("The space SHRINKS", "en") == [Polar(10, 17, "SHRINKS", "ENLARGES")]


@pytest.mark.parametrize(
    ("word", "opposite"),
    [
        ("increases", "decreases"),
        ("suppressed", "stimulated"),
        ("inhibiting", "promoting"),
        ("shrank", "enlarged"),
        ("shrunk", "enlarged"),
        ("lower", "higher"),
        ("lowered", "elevated"),
        ("slow", "rapid"),
        ("slowed", "accelerated"),
        ("reduction", "increase"),
        ("positively", "negatively"),
    ],
)
def test_english_forms(word: str, opposite: str) -> None:
    assert antonyms("en").opposite[word] == opposite


def test_chinese_words_within_other_words_are_none() -> None:
    assert [word.word for word in polar("增强扫描显示收缩压升高，抑制剂有效", "zh")] == ["升高"]
    assert polar("扩散性抑制", "zh") == []


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        ("enhanced", "diminished", True),
        ("Diminished", "enhanced", True),
        ("increases", "decreased", True),
        ("stable", "unstable", True),
        ("increased", "unchanged", False),
        ("extracellular", "intracellular", True),
        ("increased", "elevated", False),
    ],
)
def test_opposed(one: str, other: str, holds: bool) -> None:
    assert opposed(one, other, "en") is holds


@pytest.mark.parametrize(
    ("name", "opposite"),
    [
        ("寒", "热"),
        ("伤寒", None),
        ("decrease", "increase"),
        ("提高免疫力", "降低免疫力"),
        ("升高与降低", None),
        ("甘", None),
    ],
)
def test_names_of_a_graph(name: str, opposite: str | None) -> None:
    assert opposite_name(name) == opposite


def test_the_article_follows_the_word() -> None:
    assert with_article("led to an increase", 10, "decrease") == (7, "a decrease")
    assert with_article("A reduction was", 2, "increase") == (0, "An increase")
    assert with_article("the increase", 4, "decrease") == (4, "decrease")


def test_no_word_is_its_own_opposite() -> None:
    for language in ("zh", "en"):
        table = antonyms(language)
        assert [word for word, other in table.opposite.items() if word == other] == []
        assert set(table.opposite.values()) <= set(table.opposite)
