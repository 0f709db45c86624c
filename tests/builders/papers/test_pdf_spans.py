"""A block's spans are cut into the page's lines, and put together with the hyphens and gaps that the page has."""

from __future__ import annotations

from typing import Any

import pytest

from builders.papers.pdf_lines import Line
from builders.papers.pdf_spans import joined, pieces_of, text_of


def _lines(*texts: str) -> list[Line]:
    return [
        Line(text, (0.1, 0.1 + 0.02 * row, 0.48, 0.115 + 0.02 * row), 10.0, False) for row, text in enumerate(texts)
    ]


def _span(text: str, *styles: str) -> dict[str, Any]:
    return {"type": "text", "content": text, **({"styles": list(styles)} if styles else {})}


def _texts(spans: list[dict[str, Any]], *lines: str) -> list[str]:
    return [text_of(piece.spans) for piece in pieces_of(spans, _lines(*lines))]


def test_a_hyphen_that_was_dropped_or_kept_at_a_line_end_becomes_a_mark() -> None:
    spans = [_span("G proteincoupled receptors were pre-viously seen")]
    lines = _lines("G protein\ufffe", "coupled receptors were pre\ufffe", "viously seen")
    assert text_of(joined(pieces_of(spans, lines))) == "G protein\ufffecoupled receptors were pre\ufffeviously seen"


def test_punctuation_stays_with_its_line_and_brackets_open_the_next() -> None:
    assert _texts([_span("of cells (see Fig. 2). (Both) were")], "of cells (see Fig. 2).", "(Both) were") == [
        "of cells (see Fig. 2).",
        " (Both) were",
    ]


def test_styles_are_kept_where_a_line_cuts_a_span() -> None:
    spans = [_span("grown "), _span("in vitro for", "italic"), _span(" two days")]
    cut = pieces_of(spans, _lines("grown in", "vitro for two days"))
    assert [piece.spans for piece in cut] == [
        [_span("grown "), _span("in ", "italic")],
        [_span("vitro for", "italic"), _span(" two days")],
    ]


def test_rows_of_two_columns_are_found_in_whatever_order_they_were_read() -> None:
    spans = [_span("[25] D. Harel, Predicting odours a particular disease of the Journal, 2018. does not mean much")]
    lines = (
        "[25] D. Harel, Predicting odours",
        "of the Journal, 2018.",
        "a particular disease",
        "does not mean much",
    )
    assert [piece.line.text for piece in pieces_of(spans, _lines(*lines))] == [
        "[25] D. Harel, Predicting odours",
        "a particular disease",
        "of the Journal, 2018.",
        "does not mean much",
    ]


def test_a_block_that_ends_in_mid_line_takes_its_part_of_the_line() -> None:
    lines = _lines("A Fine-tuning BERT", "Fine-tuning BERT. Transformer encoders with a")
    assert [piece.line.text for piece in pieces_of([_span("A Fine-tuning BERT Fine-tuning BERT.")], lines)] == [
        "A Fine-tuning BERT",
        "Fine-tuning BERT",
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the JAK/", "STAT pathway", "the JAK/STAT pathway"),
        ("of 10–", "12 days", "of 10–12 days"),
        ("by IL-", "6 alone", "by IL-6 alone"),
        ("a pause –", "then more", "a pause – then more"),
        ("5′-GCATGTAACC", "TCGGGCTC-3′", "5′-GCATGTAACCTCGGGCTC-3′"),
        ("EXPERIMENTAL", "PROCEDURES", "EXPERIMENTAL PROCEDURES"),
        ("脑细胞外间隙", "约占五分之一", "脑细胞外间隙约占五分之一"),
    ],
)
def test_what_parts_two_lines(first: str, second: str, whole: str) -> None:
    assert text_of(joined(pieces_of([_span(f"{first} {second}")], _lines(first, second)))) == whole


def test_other_words_than_the_lines_have_give_no_pieces() -> None:
    assert pieces_of([_span("Quite other words")], _lines("A Tuning and more", "B.1 Run.")) == []
    assert pieces_of([_span("A Tuning and more " * 4)], _lines("A Tuning and more")) == []


def test_a_space_that_only_docvortex_sees_between_two_kinds_of_letters_is_taken_out() -> None:
    assert _texts([_span("levels of IL-1 β (Fig. 1 B) were")], "levels of IL-1β (Fig. 1B) were") == [
        "levels of IL-1β (Fig. 1B) were"
    ]
    assert _texts([_span("of high level")], "of highlevel") == ["of high level"]
    assert _texts([_span("1 引言")], "1引言") == ["1 引言"]
