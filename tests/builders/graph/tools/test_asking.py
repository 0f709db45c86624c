"""Which wordings a call is asked in: each class of fault that readers found in a first draw, and none of them left."""

from __future__ import annotations

import re

import pytest

from builders.graph.chance import generator
from builders.graph.graph import Graph
from builders.graph.schema import Relation, guess
from builders.graph.tools.asking import Asking, Kind, continued, kind_of
from builders.graph.wordings import Wordings
from builders.types import Triple


@pytest.fixture(scope="module")
def asking(train_wordings: Wordings) -> dict[str, Asking]:
    return {language: Asking(forms, language) for language, forms in train_wordings.forward.items()}


@pytest.mark.parametrize(
    ("language", "core", "endings"),
    [
        ("en", "As for {head}, its {relation} is", (" ____", "?", " ...", ": ____")),
        ("en", "If you were asked for the {relation} of {head}, you would reply", (" ____", "?", " ...", ": ____")),
        ("en", "dictionary entry {head}, section {relation}, reads", (" ____", "?", " ...", ": ____")),
        ("en", "According to the literature, {head} takes as its {relation}", (" ____", "?", " ...", ": ____")),
        ("en", "Entity: {head}; attribute: {relation}; value:", (" ____", " ?")),
        ("en", "| {head} | {relation} | ? |", ("",)),
        ("zh", "三元组（{head}，{relation}，?）中问号代表", ("____", "？", "……", "：____")),
        ("zh", "{relation}这一栏，{head}应该填", ("____", "？", "……", "：____")),
        ("zh", "{relation}一项，就{head}而言，答作", ("____", "？", "……", "：____")),
        ("zh", "名词：{head}；考点：{relation}；标准答案：", ("____", "？")),
    ],
)
def test_a_clause_that_is_cut_off_takes_a_blank_or_a_question_mark(
    asking: dict[str, Asking], language: str, core: str, endings: tuple[str, ...]
) -> None:
    assert asking[language].endings(core) == endings


def test_whole_sentences_end_as_they_must(asking: dict[str, Asking]) -> None:
    question = asking["en"].endings("Is it possible to say what the {relation} of {head} is")
    assert "? Thanks!" in question
    assert not [ending for ending in question if ending.startswith((".", "!"))]
    wish = asking["zh"].endings("我想知道{head}的{relation}")
    assert "。请直接回答。" in wish
    assert not [ending for ending in wish if ending.startswith("？")]
    assert not [
        each for each in asking["en"].endings("key={head} property={relation} result=?") if each.startswith("?")
    ]
    blank = asking["zh"].endings("{head}的{relation}是____")
    assert "。答案：" in blank
    assert "，不要多余的话。" not in blank


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_wordings_enough(asking: dict[str, Asking], language: str) -> None:
    for kind in Kind:
        for several in (True, False):
            assert len(asking[language].cores(kind, several)) >= 12, (kind, several)
    forbidden = {"zh": r"下列关于|都写成同一个|何属|多少", "en": r"^Choose|^How many"}[language]
    assert not [core for core in asking[language].cores(Kind.SORT, several=True) if "哪一个" in core]
    assert not [core for core in asking[language].cores(Kind.SORT, True) if re.search(forbidden, core)]


def test_persons_sources_and_chains_are_not_sorts(asking: dict[str, Asking]) -> None:
    for kind in (Kind.PERSON, Kind.SOURCE, Kind.CHAIN):
        cores = " ".join(asking["zh"].cores(kind, True))
        assert not re.search("哪种|哪些内容|哪一类|所用的|哪几个字", cores)
    for core in asking["en"].cores(Kind.CHAIN, False):
        assert not re.search(r"its \{relation\}|(?:what|which) \{relation\}", core, re.IGNORECASE), core
    assert "{head}有着怎样的{relation}" not in asking["zh"].cores(Kind.CHAIN, False)


def test_kinds() -> None:
    graph = Graph(
        [Triple("a", "width", "38-64 nm"), Triple("a", "method", "MRI")],
        {name: guess(name) for name in ("width", "method")},
    )
    kinds = {
        Relation("w", en="first describer", range=("person",)): Kind.PERSON,
        Relation("a", en="source book"): Kind.SOURCE,
        Relation("b", en="source point"): Kind.SORT,
        Relation("c", zh="英文全称", en="full form"): Kind.NAME,
        Relation("width", en="width"): Kind.NUMBER,
        Relation("method", en="method"): Kind.SORT,
    }
    assert {relation.name: kind_of(relation, graph, "en") for relation in kinds} == {
        relation.name: kind for relation, kind in kinds.items()
    }
    assert kind_of(guess("首次描述者"), graph, "zh") is Kind.PERSON
    assert kind_of(guess("来源"), graph, "zh") is Kind.SOURCE


@pytest.mark.parametrize(
    ("opening", "text", "expected"),
    [
        ("Oh, ", "Make it short", "make it short"),
        ("Q: ", "What is it", "what is it"),
        ("Hello! ", "what is it", "What is it"),
        ("Well, ", "I must go", "I must go"),
        ("Well, ", "MRI it is", "MRI it is"),
        ("", "What is it", "What is it"),
        ("Q: ", "{head} facts", "{head} facts"),
    ],
)
def test_a_question_goes_on_after_its_opening(opening: str, text: str, expected: str) -> None:
    assert continued(opening, text) == expected


def test_a_template_and_its_article(asking: dict[str, Asking]) -> None:
    english = asking["en"]
    assert english.filled("Provide a {relation} of {head}", "X", "alias") == "Provide an alias of X"
    assert english.filled("Provide a {relation} of {head}", "X", "family") == "Provide a family of X"
    assert english.is_brief("What is it? Just the answer.")
    assert not english.is_brief("What is it? Thanks!")
    made = {english.template(generator(number), Kind.CHAIN, several=False) for number in range(400)}
    assert len(made) > 100
    tables = {template for template in made if "|" in template}
    assert tables == {"| {head} | {relation} | ? |"}
    assert not [template for template in made if template.lower().count("please") > 1]
