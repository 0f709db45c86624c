from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.pack import PackConfig
from builders.pack.rows import PackedRow, Piece, ordered, plan
from builders.pack.tokens import IN_CHARACTER
from tests.builders.pack.made import documents

LENGTHS = st.lists(st.integers(1, 90), min_size=1, max_size=15)


def config(**changes: object) -> PackConfig:
    return PackConfig(**{"context_tokens": 32, "tolerance_tokens": 8, **changes})  # type: ignore[arg-type]


def spans(rows: list[PackedRow]) -> list[list[tuple[int, int, int]]]:
    return [[(piece.document, piece.first, piece.last) for piece in row] for row in rows]


def test_documents_that_fit_stand_together_longest_first(tmp_path: Path) -> None:
    with documents(tmp_path, 15, 24, 6, 9, 8) as tokens:
        assert spans(plan(tokens, config())) == [[(1, 0, 24), (4, 0, 8)], [(0, 0, 15), (3, 0, 9), (2, 0, 6)]]


def test_a_long_document_is_cut_at_the_ends_of_its_sentences(tmp_path: Path) -> None:
    with documents(tmp_path, 80, sentence=10) as tokens:
        assert spans(plan(tokens, config(fill=0.9))) == [[(0, 0, 30)], [(0, 30, 60)], [(0, 60, 80)]]


def test_a_cut_lies_in_a_sentence_where_the_rows_would_not_be_full_enough_otherwise(tmp_path: Path) -> None:
    with documents(tmp_path, 320, sentence=10) as tokens:
        rows = plan(tokens, config(fill=1))
    assert spans(rows) == [[(0, first, first + 32)] for first in range(0, 320, 32)]


def test_a_free_rest_of_a_row_takes_the_beginning_that_ends_with_it(tmp_path: Path) -> None:
    with documents(tmp_path, 20, 50, sentence=7) as sevens:
        assert spans(plan(sevens, config(fill=0)))[0] == [(0, 0, 20), (1, 0, 7)]
    with documents(tmp_path, 20, 50, sentence=12) as twelves:
        assert spans(plan(twelves, config(fill=0)))[0] == [(0, 0, 20), (1, 0, 12)]


def test_a_small_rest_of_a_row_stays_free_where_the_fill_allows_it(tmp_path: Path) -> None:
    with documents(tmp_path, 30, 66, sentence=2) as tokens:
        assert spans(plan(tokens, config(fill=0)))[0] == [(0, 0, 30)]
        assert spans(plan(tokens, config(fill=1)))[0] == [(0, 0, 30), (1, 0, 2)]


def test_a_document_that_fits_is_cut_only_if_asked(tmp_path: Path) -> None:
    with documents(tmp_path, 20, 20, 20) as tokens:
        assert [len(row) for row in plan(tokens, config())] == [1, 1, 1]
        assert [sum(map(len, row)) for row in plan(tokens, config(keep_whole=False))] == [32, 28]


def test_no_character_is_cut_in_two(tmp_path: Path) -> None:
    ends = list(range(1, 71))
    ends[30:32] = [31 | IN_CHARACTER] * 2  # the character behind the first thirty is three tokens
    with documents(tmp_path, len(ends), ends=ends) as tokens:
        assert spans(plan(tokens, config(fill=1)))[0] == [(0, 0, 30)]


@settings(deadline=None, max_examples=40)
@given(LENGTHS, st.integers(0, 20), st.integers(0, 40), st.sampled_from([0, 0.9, 0.995, 1]), st.booleans())
def test_every_token_is_in_one_row(
    lengths: list[int], sentence: int, tolerance: int, fill: float, whole: bool
) -> None:
    made = config(tolerance_tokens=tolerance, fill=fill, keep_whole=whole)
    with tempfile.TemporaryDirectory() as folder, documents(Path(folder), *lengths, sentence=sentence) as tokens:
        rows = plan(tokens, made)
        again = plan(tokens, made)
    assert rows == again
    assert max(sum(map(len, row)) for row in rows) <= 32
    pieces = sorted(spans([[piece for row in rows for piece in row]])[0])
    assert [(document, token) for document, first, last in pieces for token in range(first, last)] == [
        (document, token) for document, length in enumerate(lengths) for token in range(length)
    ]
    if whole:
        assert all(last - first == lengths[d] for d, first, last in pieces if lengths[d] <= 32)


@settings(deadline=None, max_examples=25)
@given(LENGTHS, st.integers(0, 20))
def test_only_the_last_row_is_not_full_where_anything_may_be_cut(lengths: list[int], sentence: int) -> None:
    with tempfile.TemporaryDirectory() as folder, documents(Path(folder), *lengths, sentence=sentence) as tokens:
        rows = plan(tokens, config(fill=1, keep_whole=False, tolerance_tokens=0))
    assert len(rows) == -(-sum(lengths) // 32)


@settings(deadline=None, max_examples=25)
@given(LENGTHS, st.integers(0, 20), st.integers(0, 40))
def test_rows_are_as_full_as_asked_while_a_long_document_is_left(
    lengths: list[int], sentence: int, tolerance: int
) -> None:
    lengths = [*lengths, 32 * len(lengths) + 40 * 32]
    with tempfile.TemporaryDirectory() as folder, documents(Path(folder), *lengths, sentence=sentence) as tokens:
        rows = plan(tokens, config(fill=0.98, tolerance_tokens=tolerance))
    assert len(rows) <= max(-(-sum(lengths) // 32), int(sum(lengths) / 32 / 0.98))


def test_orders(tmp_path: Path) -> None:
    rows = [[Piece(0, 0, 20), Piece(2, 0, 5)], [Piece(1, 0, 9)], [Piece(2, 5, 32)], [Piece(2, 32, 40), Piece(3, 0, 9)]]
    with documents(tmp_path, 20, 9, 40, 9) as tokens:
        as_given = ordered(rows[::-1], tokens, "as_given", 1)
        short_first = ordered(rows, tokens, "short_first", 1)
        shuffled = [ordered(rows, tokens, "shuffled", seed) for seed in (1, 1, 2, 3)]
    assert as_given == rows
    assert [max(row, key=len).document for row in short_first] in ([1, 3, 0, 2], [3, 1, 0, 2])
    assert shuffled[0] == shuffled[1]
    assert any(order != shuffled[0] for order in shuffled)
    assert all(sorted(spans(order)) == sorted(spans(rows)) for order in shuffled)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_given_does_not_depend_on_the_seed(tmp_path: Path, seed: int) -> None:
    with documents(tmp_path, 70, 40, sentence=5) as tokens:
        rows = ordered(plan(tokens, config()), tokens, "as_given", seed)
    assert [row[0].document for row in rows] == sorted(row[0].document for row in rows)
