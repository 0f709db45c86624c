from __future__ import annotations

import dataclasses
import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.verify import (
    Evidence,
    Support,
    VerifyConfig,
    covered,
    grams,
    longest_common,
    names,
    negations,
    numbers,
    plain,
    verify,
)

SOURCE = (
    "AQP4 was absent in 5 of 12 mice. The volume fraction was 0.23 in mice without AQP4 in comparison with 0.18 in "
    "wild-type mice, an increase of 28%. Clearance did not change after 10 mg/kg of TGN-020 [3]."
)
CHINESE = "AQP4缺失小鼠的容积分数为0.23，野生型为0.18。注射10毫克药物后清除没有改变。"
EVIDENCE = Evidence.of([SOURCE], "en")
STRICT = VerifyConfig()


def checked(answer: str, evidence: Evidence = EVIDENCE, **options: object) -> Support:
    return verify(answer, evidence, STRICT, **options)  # type: ignore[arg-type]


def test_a_quotation_is_wholly_supported() -> None:
    answer = "AQP4 was absent in 5 of 12 mice."
    assert checked(answer) == Support(1.0, 1.0, 1.0, (), (), (), True, (), (), ())
    assert checked(answer).passed


def test_the_example_in_the_module_is_what_happens() -> None:
    evidence = Evidence.of(["AQP4 was absent in 5 of 12 mice."], "en")
    found = verify("AQP4 was absent in 7 mice.", evidence, STRICT)
    expected = Support(
        0.731,
        0.731,
        1.0,
        ("7",),
        (),
        (),
        True,
        ("7",),
        ("5", "of", "12"),
        ("numbers", "covered", "altered", "omitted"),
    )
    assert found == expected


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("Clearance did not change after 10 µg/kg of TGN-020.", "numbers"),
        ("Clearance did not change after 12 mg/kg of TGN-020.", "numbers"),
        ("AQP4 was absent in 5 of 13 mice.", "numbers"),
        ("AQP1 was absent in 5 of 12 mice.", "names"),
        ("Clearance did change after 10 mg/kg of TGN-020.", "negation"),
        ("AQP4 was not absent in 5 of 12 mice.", "negation"),
        ("AQP4 was present in 5 of 12 mice.", "altered"),
        ("Clearance did not change.", "omitted"),
        ("A clearly different statement about sleep stages entirely.", "longest"),
        ("The volume fraction was 0.23 in wild-type mice in comparison with 0.18 in mice without AQP4.", "altered"),
    ],
)
def test_what_the_source_does_not_say_fails(answer: str, failure: str) -> None:
    assert failure in checked(answer).failures


def test_a_teacher_may_rephrase_but_not_invent() -> None:
    lenient = VerifyConfig(longest=0.1, covered=0.3, recall=0.5, verbatim=False)
    said = "In 5 of 12 mice the channel AQP4 was absent."
    assert verify(said, EVIDENCE, lenient).passed
    assert not checked(said).passed
    assert verify(said.replace("12", "15"), EVIDENCE, lenient).failures == ("numbers",)
    assert verify(said.replace("AQP4", "AQP9"), EVIDENCE, lenient).failures == ("names",)


def test_free_words_may_differ() -> None:
    evidence = Evidence.of(["Here we show that the space of the brain shrinks in sleep."], "en")
    answer = "Studies show that the space of the brain shrinks in sleep."
    assert verify(answer, evidence, STRICT).failures == ("recall", "altered", "omitted")
    assert verify(answer, evidence, STRICT, frozenset(("studies", "here", "we"))).passed


def test_what_stands_in_brackets_may_go() -> None:
    assert checked("Clearance did not change after 10 mg/kg of TGN-020.").passed


def test_an_entity_that_no_source_names_fails() -> None:
    def finder(text: str) -> set[str]:
        return {name for name in ("mice", "rats") if name in text}

    assert checked("AQP4 was absent in 5 of 12 mice.", entities=finder).passed
    assert "entities" in checked("AQP4 was absent in 5 of 12 rats.", entities=finder).failures


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("AQP4缺失小鼠的容积分数为0.25，野生型为0.18。", "numbers"),
        ("AQP4缺失小鼠的容积分数为0.18，野生型为0.23。", "altered"),
        ("注射10微克药物后清除没有改变。", "numbers"),
        ("注射10毫克药物后清除改变。", "negation"),
        ("AQP1缺失小鼠的容积分数为0.23，野生型为0.18。", "names"),
        ("注射10毫克药物后引流没有改变。", "altered"),
    ],
)
def test_chinese_as_well(answer: str, failure: str) -> None:
    evidence = Evidence.of([CHINESE], "zh")
    assert failure in verify(answer, evidence, STRICT).failures
    assert verify(CHINESE, evidence, STRICT).passed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 mg/kg", {"10mg/kg"}),
        ("1,320 images and p < 0.05", {"1320", "0.05"}),
        ("−3.5 °C", {"-3.5°c"}),
        ("10–16 kHz", {"10", "16khz"}),
        ("24‐fold, one fifth, twice", {"24fold", "fifth", "twice"}),
        ("HIV-2, IL-6, p53, 5-HT and PM2.5", set()),
        ("约占五分之一，38至64纳米，共12例，两种", {"五分之一", "38", "64纳米", "12例", "两"}),
        ("no figure", set()),
    ],
)
def test_numbers_have_their_units(text: str, found: set[str]) -> None:
    assert numbers(plain(text)) == found


def test_names_are_acronyms_and_what_has_digits_or_inner_capitals() -> None:
    assert names("脑ECS和AQP4：mRNA in 5xFAD mice, Kir4.1 and Brain.") == {"ecs", "aqp4", "mrna", "5xfad", "kir4"}


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("it didn't and cannot, nor did they", "en", 3),
        ("nothing notable", "en", 1),
        ("不仅没有升高，而且未见改变，但不同于未来", "zh", 2),
        ("非常无关", "zh", 0),
    ],
)
def test_negations_are_counted(text: str, language: str, count: int) -> None:
    assert negations(text, language) == count


@given(st.text("abc ", max_size=60), st.text("abc ", max_size=90), st.integers(1, 6))
@settings(max_examples=300, deadline=None)
def test_substrings_are_exact(text: str, source: str, length: int) -> None:
    known = grams(source, length)
    parts = covered(text, source, known, length)
    marked = {place for start, end in parts for place in range(start, end)}
    expected = {
        at + n for at in range(len(text) - length + 1) if text[at : at + length] in source for n in range(length)
    }
    assert marked == expected
    peer = difflib.SequenceMatcher(None, text, source, autojunk=False).find_longest_match().size
    assert longest_common(text, source, known, length, parts) == (peer if peer >= length else 0)


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["en", "zh"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_shares_from_0_to_1(answer: str, source: str, language: str) -> None:
    found = verify(answer, Evidence.of([source], language), STRICT)
    assert all(0 <= share <= 1 for share in (found.longest, found.covered, found.recall))
    assert dataclasses.asdict(found).keys() == {field.name for field in dataclasses.fields(Support)}
