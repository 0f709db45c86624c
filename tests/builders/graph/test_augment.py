from __future__ import annotations

from collections import Counter

import pytest

from builders.graph.augment import augment, safe_fillers
from builders.graph.chance import generator
from builders.graph.graph import Graph

ENGLISH = "Tell me what the {relation} of {head} is, please."
CHINESE = "请问，{head}的{relation}是什么？不用解释。"


@pytest.mark.parametrize(("template", "language"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_placeholders_stay_and_the_rest_varies(template: str, language: str) -> None:
    changed = [augment(generator(seed), template, language, ["研究"], rate=0.3) for seed in range(200)]
    assert all(text.count("{head}") == text.count("{relation}") == 1 for text in changed)
    assert len(set(changed)) > 30


def test_each_operation_is_seen() -> None:
    changed = {augment(generator(seed), "Name the {relation} of {head} now", "en", ["often"]) for seed in range(300)}
    assert {
        "Name {relation} of {head} now",
        "Name the {relation} {head} now",
        "often Name the {relation} of {head} now",
        "Name the {relation} of {head} often now",
        "now the {relation} of {head} Name",
    } <= changed


def test_chinese_characters_swap_with_their_neighbours_only() -> None:
    changed = {augment(generator(seed), "写出{head}，{relation}", "zh", []) for seed in range(50)}
    assert changed == {"写出{head}，{relation}", "出写{head}，{relation}"}


def test_only_function_words_are_deleted() -> None:
    changed = Counter(augment(generator(seed), "{head}的{relation}", "zh", []) for seed in range(100))
    assert set(changed) == {"{head}的{relation}", "{head}{relation}"}


def test_a_filler_names_no_entity(toy: Graph) -> None:
    words = ["研究", "人参", "补", "人参片", "often", "Herba", "research", "neurons", "研究", "a b"]
    assert safe_fillers(words, toy) == ["研究", "often", "research"]


def test_fillers_of_an_empty_graph() -> None:
    assert safe_fillers(["研究"], Graph([], {})) == ["研究"]
