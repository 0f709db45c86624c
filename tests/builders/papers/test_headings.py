"""Which blocks are headings, where one ends, how deep it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders.papers.depth import depths
from builders.papers.headings import find_headings, join_headings
from builders.papers.names import is_known
from builders.papers.raw import RawBlock, Style


def _heading(text: str, top: float = 0.1, page: int = 1) -> RawBlock:
    return RawBlock("heading", text, page=page, box=(0.1, top, 0.4, top + 0.015))


def _kinds(*blocks: RawBlock) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in find_headings(blocks)]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ["Abstract", "1 Introduction", "2.1 Data", "2.1.3 Mice", "Ethics Statement", "A Details", "A.2 More"],
            [1, 1, 2, 3, 1, 1, 2],
        ),
        (["I. INTRODUCTION", "A. Two-Pass Cost", "B. Refinement", "II. RESULTS", "References"], [1, 2, 2, 1, 1]),
        (["摘要", "1 引言", "1.1 背景", "2方法", "2.1来源", "参考文献"], [1, 1, 2, 1, 2, 1]),
        (["一、引言", "（一）背景", "二、方法", "附录A 术语"], [1, 2, 1, 1]),
        (["2 Related Work", "Regularisation", "3 Method"], [1, 2, 1]),
        (["C.1 Baseline", "C.2 zrLLM Details", "Limitations", "Broad words"], [2, 2, 1, 1]),
        (["Introduction", "Related Work", "Data"], [1, 1, 1]),
    ],
)
def test_depth_is_read_from_the_numbering(headings: list[str], expected: list[int]) -> None:
    assert depths(headings) == expected


def test_depth_is_the_sources_where_nothing_is_numbered() -> None:
    assert depths(["Introduction", "Data", "Mice"], [2, 2, 3]) == [1, 1, 2]
    assert depths(["Introduction", "Data"], [1, None]) == [1, 1]


@pytest.mark.parametrize(
    "text", ["Abstract", "2. Methods", "REFERENCES", "IV. RESULTS", "摘 要", "参考文献", "Materials and Methods"]
)
def test_known_names(text: str) -> None:
    assert is_known(text)


@pytest.mark.parametrize("text", ["Abstract of the talk", "Results show that", "方法学研究"])
def test_unknown_names(text: str) -> None:
    assert not is_known(text)


def test_what_is_no_heading_goes_back_to_text() -> None:
    blocks = (_heading("L = −"), _heading("• Few-shot Demonstration:"), _heading("word " * 50))
    assert [kind for kind, _ in _kinds(*blocks)] == ["paragraph"] * 3


def test_a_short_chinese_heading_stays_one() -> None:
    assert _kinds(_heading("2.1 来源")) == [("heading", "2.1 来源")]


def test_untyped_names_and_numbered_subsections_become_headings() -> None:
    texts = [
        "Introduction",
        "2.1 来源",
        "3.2.1 Data",
        "2.1 Mice were kept in cages.",
        "1. Initialisation: symbols",
        "2.5 mg of it",
    ]
    found = _kinds(*(RawBlock("paragraph", text) for text in texts))
    assert [kind for kind, _ in found] == ["heading"] * 3 + ["paragraph"] * 3


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("Abstract—Stereo matching finds", "Abstract", "Stereo matching finds"),
        ("ABSTRACT: We show", "ABSTRACT", "We show"),
        ("摘要：目的 观察", "摘要", "目的 观察"),
        ("【摘要】目的 观察", "摘要", "目的 观察"),
    ],
)
def test_a_run_in_abstract_gets_its_heading(text: str, name: str, rest: str) -> None:
    assert _kinds(RawBlock("paragraph", text)) == [("heading", name), ("paragraph", rest)]


def test_a_heading_glued_to_its_first_subsection_is_split() -> None:
    assert _kinds(_heading("B Details of Experiments B.1 Models")) == [
        ("heading", "B Details of Experiments"),
        ("heading", "B.1 Models"),
    ]
    assert _kinds(_heading("4 Experiments 4.1 Set-up")) == [("heading", "4 Experiments"), ("heading", "4.1 Set-up")]
    assert _kinds(_heading("3 Python 2.1 Support")) == [("heading", "3 Python 2.1 Support")]


def test_a_run_in_heading_goes_back_to_its_paragraph() -> None:
    blocks = find_headings([_heading("Fine-tuning BERT."), RawBlock("paragraph", "Transformer encoders are tuned.")])
    assert [(block.kind, block.continues) for block in blocks] == [("paragraph", False), ("paragraph", True)]
    assert _kinds(_heading("7 Limitations."), RawBlock("paragraph", "Few."))[0] == ("heading", "7 Limitations.")


def test_the_second_line_of_a_heading_is_joined() -> None:
    alone = RawBlock("paragraph", "Scoring", page=1, box=(0.15, 0.116, 0.2, 0.13), bold="Scoring")
    opens = RawBlock("paragraph", "via Pairs In addition", page=1, box=(0.1, 0.116, 0.4, 0.3), bold="via Pairs")
    assert [block.text for block in join_headings([_heading("A.2 Context Relevance"), alone])] == [
        "A.2 Context Relevance Scoring"
    ]
    assert [block.text for block in join_headings([_heading("4.1 Generalisability"), opens])] == [
        "4.1 Generalisability via Pairs",
        "In addition",
    ]


def test_bold_words_elsewhere_are_not_joined_to_a_heading() -> None:
    run_in = RawBlock(
        "paragraph", "Computer algebra. SymPy is", page=1, box=(0.1, 0.116, 0.4, 0.3), bold="Computer algebra."
    )
    far = RawBlock("paragraph", "Scoring", page=1, box=(0.1, 0.2, 0.2, 0.215), bold="Scoring")
    for block in (run_in, far):
        assert len(join_headings([_heading("1 Related Work"), block])) == 2


def test_two_typed_lines_of_one_heading_are_joined_by_their_type() -> None:
    style = Style(10.9, True, False)
    first = RawBlock("heading", "Activity of Polysorbate", page=1, box=(0.1, 0.1, 0.4, 0.11), style=style)
    second = RawBlock("heading", "80 with Antibiotics", page=1, box=(0.1, 0.114, 0.3, 0.124), style=style)
    numbered = replace(second, text="2.1 Antibiotics")
    assert [block.text for block in join_headings([first, second])] == ["Activity of Polysorbate 80 with Antibiotics"]
    assert len(join_headings([first, numbered])) == 2
    assert len(join_headings([first, replace(second, style=Style(10.0, True, True))])) == 2
