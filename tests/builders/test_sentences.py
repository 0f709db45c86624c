from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sentences import FILES, Score, gold, our_starts, score
from builders.sentences import spans

PIECES = [
    *"ab AB.!?…。！？．\n\t()（）[]“”\"》《12,–$^{}/\\éα张\uf06d\x1c\u2009",
    "\n\n", ". ", "<sup>1</sup>", "$^{1}$", "[1]", "et al.", "Fig. ", "e.g. ", "The ", "。”", "？”", " 4,5 The",
]  # fmt: skip
HOSTILE = [
    "a. ", "a. (A", "( ", '"A. ', "A.A", "x.Ax", "A.B ", "？”", "“？”", "...", ".", " .", "\n", "\n ", "a.1,1", "1. ",
    "e. g. ", "Fig. ", "。", "）", "。”", "a.[1]", "a. 1 ", "x. $^{1}$ ", "《", "？》", ". The ", "(. The ", "[1. A ",
    '"', "．1", "1．1", "A ", "et al. ", "a.⁴", "a.)", "$^{", "a.$^{", "<sup>",
]  # fmt: skip


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


def test_the_gold_is_as_large_as_it_says() -> None:
    boundaries = {name: sum(len(paragraph.starts) for paragraph in gold(name)) for name in FILES}
    assert boundaries == {"en_a": 177, "en_b": 184, "zh_a": 93, "zh_b": 102}


@pytest.mark.parametrize("names", [FILES, ("en_b", "zh_b"), ("en_b",), ("zh_b",)])
def test_f1_against_boundaries_marked_by_hand(names: tuple[str, ...]) -> None:
    total = Score(0, 0, 0)
    for name in names:
        paragraphs = gold(name)
        total += score(paragraphs, our_starts([paragraph.text for paragraph in paragraphs]))
    assert total.f1 >= 0.98


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
@settings(max_examples=500, derandomize=True, deadline=None)
def test_all_but_white_space_lies_in_one_span(text: str) -> None:
    reached = 0
    for start, end in spans(text):
        assert reached <= start < end <= len(text)
        assert text[reached:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        reached = end
    assert text[reached:].strip() == ""


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("rest", ["", "x"])
def test_time_grows_with_the_length(unit: str, rest: str) -> None:
    text = unit * (20_000 // len(unit)) + rest
    began = time.process_time()
    spans(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text",
    [
        "It is shown in Fig. 2A and Eq. (4), cf. Smith et al. 2004.",
        "Dr. J. A. Smith of the U.S. Navy (St. Louis, approx. 3 km away) gave 2.5 mg/kg, i.e. little.",
        "E. coli, C. elegans and B. subtilis vs. S. aureus",
        "The half-life (see Methods. It was computed) was 2 h.",
        "1. The electrode is calibrated.",
        "Fig. 3. Diffusion in the slice.",
        "It was significant at P < 0. 05.",
        "Both are used, i. e. 144 values.",
        "间隙很窄；它充满组织液，见Fig. 3（图2．5）。",
        "“间隙有多宽？”这个问题仍有争议。",
        "《为什么？》一书",
    ],
)
def test_one_sentence_is_not_cut(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["Tracer was seen (Fig. 2A).[4]", "It spread."],
        ["It fills the space.12,13", "The rest is lost."],
        ["It fills the space. 4,5", "The rest is lost."],
        ["It fills the space.$^{21,22}$", "The rest is lost.⁴⁻⁶", "That is all."],
        ["P was < 0.05.", "p53 was not measured.", "mRNA was.", "α-Synuclein was.", "12 rats died."],
        ["They lack vitamin C.", "Patients took buffer A.", "Cells were washed at 3 T."],
        ["It lasted 10 min.", "3. The record is started."],
        ["He asked: “Is it so? I doubt it.”", "We do not."],
        ["They are here.", "(The rest is not. See below.)", "That is all."],
        ["It moved...", "The rest did not."],
    ],
)
def test_sentences_are_parted_at_the_very_character(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_chinese_sentences_need_no_space() -> None:
    parts = [
        "间隙很窄。[4]",
        "30 min后取脑。",
        "他问：“有多宽？”",
        "剂量为2 mg/kg.",
        "注射。",
        "p53未见变化！",
        "表达采用E. coli．",
        "完。",
    ]
    assert sentences("".join(parts)) == parts


def test_an_empty_line_parts_whatever_stands_before_it() -> None:
    assert sentences("  2 Methods \n \n2 The model (a. B\n\nc) of Smith et al.\n\nThe end  ") == [
        "2 Methods",
        "2 The model (a.",
        "B",
        "c) of Smith et al.",
        "The end",
    ]
    assert sentences(" \n\n ") == []
