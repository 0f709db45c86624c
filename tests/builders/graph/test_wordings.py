from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from builders.errors import UserError
from builders.graph.chance import generator
from builders.graph.wordings import (
    Forms,
    Wordings,
    apart,
    compose,
    distance,
    fill,
    is_apart,
    load_test,
    load_train,
    skeleton,
)
from builders.types import Dropped


def wordings(core: str, *, openings: tuple[str, ...] = ("",), endings: tuple[str, ...] = ("",)) -> Wordings:
    forms = Forms(openings, (core, "{relation} {head}"), endings)
    return Wordings({"en": forms}, {"en": ("{statement}, right?",)}, {"en": ("{head} {relation} {tail}",)})


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("请问，{head}的{relation}是什么？谢谢！", "zh", "的是什么"),
        ("{relation}（{head}）＝____", "zh", ""),
        ("Hello! What's the {relation} of {head}, please?", "en", "what s the of"),
        ("This thing: {head} {relation}. Thank you very much.", "en", "this thing"),
    ],
)
def test_skeleton(text: str, language: str, expected: str) -> None:
    assert skeleton(text, language) == expected


def test_distance_is_normalised_by_the_longer() -> None:
    assert distance("abcd", "abce") == 0.25
    assert distance("", "abc") == 1.0
    assert distance("", "") == 0.0


def test_values_keep_their_braces() -> None:
    assert fill("{head}: {relation}", head="{relation}", relation="x") == "{relation}: x"


def test_a_question_is_opening_core_and_ending() -> None:
    forms = Forms(("Hi. ",), ("{head} {relation}",), ("?",))
    made = [compose(generator(number), forms.cores, forms) for number in range(200)]
    assert set(made) == {"{head} {relation}?", "Hi. {head} {relation}?"}
    assert 40 < made.count("Hi. {head} {relation}?") < 80


def test_a_core_near_a_test_wording_is_dropped() -> None:
    test = Wordings({"en": Forms(("",), ("Tell us the {relation} for {head}",), ("",))}, {"en": ()}, {"en": ()})
    kept, dropped = apart(wordings("Tell me the {relation} of {head}"), test)
    assert kept.forward["en"].cores == ("{relation} {head}",)
    place, detail = "forward.en: Tell me the {relation} of {head}", "0.27 from 'tell us the for' as 'tell me the of'"
    assert dropped == [Dropped("near_test_wording", place, f"{detail}; reword it")]


def test_a_core_is_judged_with_its_openings_and_endings() -> None:
    test = Wordings({"en": Forms(("",), ("I want it now: {head} {relation}",), ("",))}, {"en": ()}, {"en": ()})
    train = Wordings(
        {"en": Forms(("I want it: ",), ("{head} {relation}", "of all {head} the {relation}"), ("",))}, {}, {}
    )
    kept, dropped = apart(train, test)
    assert kept.forward["en"].cores == ("of all {head} the {relation}",)
    assert [item.place for item in dropped] == ["forward.en: {head} {relation}"]


def test_no_wording_left_is_the_users_error() -> None:
    near = Wordings({"en": Forms(("",), ("Tell me {head} {relation}",), ("",))}, {}, {})
    with pytest.raises(UserError, match=r"forward\.en: every training wording"):
        apart(near, wordings("Tell me {head} {relation}"))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("forward: {}", r"forward\.zh\.openings is missing"),
        ("forward: {zh: {openings: [1]}}", "no list of texts"),
        ("forward: {zh: {openings: [''], cores: ['{head}']}}", "must hold {head}, {relation}"),
        ("forward: {zh: {openings: [''], cores: ['{head} {head} {relation}']}}", "each once"),
        ("forward: [", "no readable YAML"),
    ],
)
def test_a_wrong_file_is_the_users_error(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "train.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=complaint):
        load_train(path)


def every_template(train: Wordings, language: str) -> Iterator[str]:
    forms = train.forward[language]
    yield from forms.cores
    for core in forms.cores:
        for opening in forms.openings:
            yield opening + core
            for ending in forms.endings:
                yield core + ending
                yield opening + core + ending
    yield from train.true_false[language]
    yield from (*train.statement[language], *train.several[language], *train.note[language])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_wordings_in_use_are_many_and_apart_from_the_test(train_wordings: Wordings, language: str) -> None:
    test = load_test()
    assert min(len(train_wordings.forward[language].cores), len(train_wordings.true_false[language])) >= 12
    assert min(len(train_wordings.statement[language]), len(train_wordings.several[language])) >= 12
    assert min(len(test.forward[language].cores), len(test.true_false[language])) >= 4
    asked = [skeleton(text, language) for text in (*test.forward[language].cores, *test.true_false[language])]
    trained = sorted({skeleton(text, language) for text in every_template(train_wordings, language)})
    assert cdist(trained, asked, scorer=Levenshtein.normalized_distance).min() >= 0.4


def test_is_apart_agrees_with_distance(test_wordings: Wordings) -> None:
    apart_from_test = is_apart(test_wordings, "zh")
    assert not apart_from_test("填空题：{head}，{relation}为：")
    assert apart_from_test("{head}的{relation}是什么")
