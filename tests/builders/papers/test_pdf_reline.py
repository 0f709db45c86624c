"""Text blocks are put together as their lines stand: headings, paragraphs and columns apart, cut ones marked."""

from __future__ import annotations

from typing import Any

from builders.papers.pdf_lines import Line
from builders.papers.pdf_page import page_of
from builders.papers.pdf_reline import reline

LEADING = 0.015
FULL = 0.48
EDGE = 0.1


def _line(
    row: float, text: str, *, left: float = EDGE, right: float = FULL, size: float = 10.0, bold: bool = False
) -> Line:
    top = 0.1 + row * LEADING
    return Line(text, (left, top - 0.01, right, top + 0.002), size, bold, False, top)


def _reline(*lines: Line, kind: str = "text", **fields: Any) -> list[dict[str, Any]]:
    page = page_of([*lines, *(_line(40 + row, "filler text") for row in range(12))], 595.0, 10.0, LEADING)
    text = " ".join(line.text.rstrip("\ufffe") for line in lines)
    block = {"type": kind, "bbox": [0.1, 0.1, 0.5, 0.5], "content": [{"type": "text", "content": text}], **fields}
    return reline([block], [lines], page)


def _texts(blocks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(block["type"], "".join(span["content"] for span in block["content"])) for block in blocks]


def test_a_heading_of_two_lines_is_taken_from_its_paragraph() -> None:
    heading, text = _reline(
        _line(0, "2.3. Measurement of Cytokines by", size=11.0, bold=True),
        _line(1.1, "Enzyme Assay", right=0.25, size=11.0, bold=True),
        _line(2.3, "Cytokines in the fluid were measured."),
    )
    assert _texts([heading, text]) == [
        ("paragraph_title", "2.3. Measurement of Cytokines by Enzyme Assay"),
        ("text", "Cytokines in the fluid were measured."),
    ]
    assert heading["style"] == {"size": 11.0, "bold": True, "italic": False}


def test_a_gap_or_an_indent_after_a_sentence_begins_a_paragraph() -> None:
    gap = _reline(_line(0, "First of all."), _line(1.5, "Second of all."), _line(2.5, "It goes on"))
    assert [text for _, text in _texts(gap)] == ["First of all.", "Second of all. It goes on"]
    indent = _reline(_line(0, "First of all."), _line(1, "Second of all", left=EDGE + 0.02), _line(2, "goes on here."))
    assert [text for _, text in _texts(indent)] == ["First of all.", "Second of all goes on here."]
    assert [(block["set_in"], block["filled"]) for block in indent] == [(False, True), (True, True)]


def test_a_gap_in_mid_sentence_does_not() -> None:
    assert len(_reline(_line(0, "The mean of"), _line(1.6, "all values was taken"))) == 1
    assert len(_reline(_line(0, "The mean was mea\ufffe"), _line(1.6, "sured twice"))) == 1


def test_bold_words_that_fill_a_line_stay_in_their_paragraph() -> None:
    lines = (_line(0, "Which operators are most difficult to learn?", bold=True), _line(1, "Substitution is the one."))
    assert len(_reline(*lines)) == 1


def test_entries_of_a_hanging_list_begin_at_the_edge() -> None:
    inside = EDGE + 0.03
    entries = _reline(
        _line(0, "Li, A. (2001). A paper."),
        _line(1, "Journal 3, 4–5.", left=inside, right=0.3),
        _line(2, "Wang, B. (2002). Another"),
        _line(3, "paper, longer than", left=inside),
        _line(4, "the first.", left=inside),
    )
    assert [text for _, text in _texts(entries)] == [
        "Li, A. (2001). A paper. Journal 3, 4–5.",
        "Wang, B. (2002). Another paper, longer than the first.",
    ]


def test_rows_of_both_columns_are_parted() -> None:
    left = (_line(0, "the end of the list"), _line(1, "and its last word.", right=0.3))
    right = (
        _line(0, "Many small molecules are", left=0.52, right=0.9),
        _line(1, "known by now", left=0.52, right=0.9),
    )
    rows = [left[0], right[0], left[1], right[1]]
    assert [text for _, text in _texts(_reline(*rows))] == [
        "the end of the list and its last word.",
        "Many small molecules are known by now",
    ]


def test_the_short_last_line_of_a_block_over_both_columns_stays() -> None:
    wide = (_line(0, "An abstract runs over the whole width of the page", right=0.9), _line(1, "and ends.", right=0.2))
    assert [text for _, text in _texts(_reline(*wide))] == [
        "An abstract runs over the whole width of the page and ends."
    ]


def test_a_title_in_the_type_of_the_text_is_text_and_continuation_is_kept() -> None:
    assert _texts(_reline(_line(0, "By dose-response analysis, D35 and"), kind="paragraph_title", level=2)) == [
        ("text", "By dose-response analysis, D35 and")
    ]
    assert _reline(_line(0, "goes on."), continues_prev=True)[0]["continues_prev"] is True


def test_a_block_whose_text_is_not_on_its_lines_is_left_alone() -> None:
    block = {"type": "text", "bbox": [0.1, 0.1, 0.5, 0.2], "content": [{"type": "text", "content": "other"}]}
    line = _line(0, "Quite something else")
    assert reline([block], [[line]], page_of([line], 595.0, 10.0, LEADING)) == [block]
