"""The paper's own DOI and licence, and nobody else's."""

from __future__ import annotations

import pytest

from builders.papers.identity import licence_of, own_doi
from builders.papers.raw import RawBlock


def _furniture(text: str, page: int = 1) -> RawBlock:
    return RawBlock("furniture", text, page=page)


def test_the_one_doi_of_the_first_page_is_the_papers() -> None:
    blocks = [_furniture("https://doi.org/10.3389/fnins.2024.1234567."), _furniture("doi:10.1/x", page=2)]
    assert own_doi(blocks) == "10.3389/fnins.2024.1234567"


def test_two_dois_name_no_paper() -> None:
    assert own_doi([_furniture("doi: 10.1000/a"), _furniture("doi: 10.1000/b")]) is None


def test_dois_of_references_data_and_running_text_are_left_alone() -> None:
    blocks = [
        RawBlock("reference", "Li. doi:10.1000/ref", page=1),
        RawBlock("footnote", "Data: https://doi.org/10.5281/zenodo.123", page=1),
        RawBlock("paragraph", "It follows 10.1000/elsewhere in all.", page=1),
        RawBlock("paragraph", "DOI: 10.1000/own (Chinese paper)", page=1),
    ]
    assert own_doi(blocks) == "10.1000/own"


def test_a_source_without_pages_is_searched_at_its_top_only() -> None:
    blocks = [RawBlock("paragraph", "text", line=index) for index in range(20)]
    assert own_doi([*blocks, RawBlock("footnote", "doi:10.1000/late", line=30)]) is None


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("This article is licensed under a Creative Commons Attribution 4.0 International License.", "CC BY 4.0"),
        ("This is an open access article under the CC BY-NC-ND 4.0 license.", "CC BY-NC-ND 4.0"),
        ("http://creativecommons.org/licenses/by-sa/3.0/", "CC BY-SA 3.0"),
        ("Creative Commons Attribution-NonCommercial 4.0 (CC BY-NC 4.0), this paper.", "CC BY-NC 4.0"),
        ("本文采用 CC BY 4.0 许可协议。", "CC BY 4.0"),
        ("This article is dedicated to the public domain (CC0).", "CC0 1.0"),
        ("All rights reserved.", None),
        ("The dataset is released under CC BY 4.0.", None),
        ("We list the licenses in this paper: A (CC BY-SA 3.0), B (CC BY 4.0).", None),
    ],
)
def test_licence_of(text: str, licence: str | None) -> None:
    assert licence_of([RawBlock("footnote", text, page=1)]) == licence


def test_a_licence_on_a_later_page_must_speak_of_the_paper() -> None:
    assert licence_of([_furniture("x"), RawBlock("paragraph", "Images are CC BY 2.0.", page=5)]) is None
    assert (
        licence_of([_furniture("x"), RawBlock("paragraph", "This article is under CC BY 2.0.", page=5)]) == "CC BY 2.0"
    )
