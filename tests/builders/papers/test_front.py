"""The title is one block; authors and dates below it are furniture; prose is not."""

from __future__ import annotations

import pytest

from builders.papers.front import find_title, mark_front_matter
from builders.papers.raw import RawBlock


def _line(kind: str, text: str, top: float, height: float = 0.02) -> RawBlock:
    return RawBlock(kind, text, page=1, box=(0.2, top, 0.8, top + height))  # type: ignore[arg-type]


def _kinds(blocks: list[RawBlock]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


def test_the_lines_of_a_title_are_joined_and_what_stands_above_is_furniture() -> None:
    blocks = [
        _line("paragraph", "Journal of X", 0.02),
        _line("heading", "A Closer Look at", 0.08),
        _line("title", "Large Models", 0.1, height=0.025),
        _line("heading", "Abstract", 0.2),
    ]
    found = find_title(blocks)
    assert _kinds(found) == [
        ("furniture", "Journal of X"),
        ("title", "A Closer Look at Large Models"),
        ("heading", "Abstract"),
    ]
    assert found[1].box == (0.2, 0.08, 0.8, 0.125)


def test_the_first_fit_heading_is_the_title_where_none_is_typed() -> None:
    blocks = [
        RawBlock("heading", "REVIEW ARTICLE"),
        RawBlock("heading", "Water in the Brain"),
        RawBlock("heading", "1 Introduction"),
    ]
    assert _kinds(find_title(blocks)) == [
        ("furniture", "REVIEW ARTICLE"),
        ("title", "Water in the Brain"),
        ("heading", "1 Introduction"),
    ]


def test_a_section_is_no_title() -> None:
    blocks = [
        RawBlock("paragraph", "Water in the Brain"),
        RawBlock("heading", "1 Introduction"),
        RawBlock("heading", "Water"),
    ]
    assert _kinds(find_title(blocks))[0] == ("title", "Water in the Brain")
    assert _kinds(find_title([RawBlock("heading", "Abstract")])) == [("heading", "Abstract")]


PROSE = "The space between cells is narrow. " * 10


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Li Wei, Wang Fang", "furniture"),
        ("Department of Physiology, University of X, Beijing, China li@example.org", "furniture"),
        ("Received 1 October 2003; accepted 3 January 2005", "furniture"),
        ("收稿日期：2020-01-01 基金项目：国家自然科学基金", "furniture"),
        ("Keywords: water; brain", "paragraph"),
        (PROSE, "paragraph"),
        (f"{PROSE} mail: li@example.org", "furniture"),
    ],
)
def test_between_title_and_abstract_only_prose_stays(text: str, kind: str) -> None:
    blocks = [
        RawBlock("title", "Water"),
        RawBlock("paragraph", text),
        RawBlock("heading", "Abstract"),
        RawBlock("paragraph", "Li Wei"),
    ]
    assert [block.kind for block in mark_front_matter(blocks)] == ["title", kind, "heading", "paragraph"]


@pytest.mark.parametrize("name", ["Li Wei", "T. Roh²"])
def test_an_authors_name_typed_as_heading_is_furniture(name: str) -> None:
    blocks = [RawBlock("title", "Water"), RawBlock("heading", name), RawBlock("heading", "Abstract")]
    assert [block.kind for block in mark_front_matter(blocks)] == ["title", "furniture", "heading"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("paragraph", "© 2005 Elsevier B.V. All rights reserved.", "furniture"),
        ("paragraph", "$\\copyright$ 2005 Elsevier", "furniture"),
        ("paragraph", "https://doi.org/10.1000/xyz © 2013 The Authors.", "furniture"),
        ("paragraph", "https://doi.org/10.1000/xyz holds the data of this study.", "paragraph"),
        ("footnote", "*Corresponding author", "furniture"),
        ("footnote", "† Work done during an internship.", "furniture"),
        ("footnote", "1 Data are available at https://example.org.", "footnote"),
        ("paragraph", "Received opinion holds that water moves.", "paragraph"),
    ],
)
def test_boilerplate_anywhere(kind: str, text: str, expected: str) -> None:
    assert mark_front_matter([RawBlock(kind, text)])[0].kind == expected  # type: ignore[arg-type]
