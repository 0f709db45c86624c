from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from builders.errors import UserError
from builders.pack import PackConfig, best_fit, load_tokenizer, pack, packed_sources, pieces

WORDS = {"<|endoftext|>": 0, **{f"w{number}": number + 1 for number in range(50)}}


@pytest.fixture
def tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="w0"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def row(name: str, words: int) -> dict[str, str]:
    return {"id": name, "text": " ".join(f"w{number}" for number in range(words))}


def test_best_fit_puts_each_piece_into_the_fullest_bin_that_holds_it() -> None:
    assert best_fit([5, 8, 2, 3, 2], 10) == [[1, 4], [0, 3, 2]]


def test_a_row_that_fits_is_one_piece_with_its_separator(tokenizer: Tokenizer) -> None:
    (piece,) = pieces(row("a", 3), tokenizer, 0, 8)
    assert (piece.ids, piece.start, piece.end) == ((1, 2, 3, 0), 0, 8)


def test_a_long_row_is_cut_without_gap_or_overlap(tokenizer: Tokenizer) -> None:
    cut = list(pieces(row("a", 10), tokenizer, 0, 4))
    assert [len(piece.ids) for piece in cut] == [4, 4, 3]
    assert [(piece.start, piece.end) for piece in cut] == [(0, 11), (11, 23), (23, 29)]


def test_no_token_is_lost(tokenizer: Tokenizer) -> None:
    rows = [row(f"r{number}", number) for number in range(1, 40)]
    packed = pack(rows, tokenizer, PackConfig(context_tokens=16), seed=1)
    assert sum(len(piece.ids) for line in packed for piece in line) == sum(range(1, 40)) + 39
    assert max(sum(len(piece.ids) for piece in line) for line in packed) <= 16


def test_a_packed_row_lists_the_spans_that_are_in_it(tokenizer: Tokenizer) -> None:
    packed = pack([row("a", 10)], tokenizer, PackConfig(context_tokens=8), seed=1)
    blocks = [{"page": 1, "start": 0, "end": 11}, {"page": 2, "start": 13, "end": 29}]
    spans = [
        [(part["page"], part["start"], part["end"]) for part in line["sources"]]
        for line in packed_sources("train", packed, {"a": blocks})
    ]
    assert sorted(spans) == [[(1, 0, 11), (2, 13, 23)], [(2, 23, 29)]]


def test_an_unknown_separator_is_one_clear_line(tokenizer: Tokenizer) -> None:
    with pytest.raises(UserError, match=r"pack.separator=<sep>: not a token"):
        pack([row("a", 1)], tokenizer, PackConfig(separator="<sep>"), seed=1)


def test_a_missing_model_names_the_target_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make base"):
        load_tokenizer(str(tmp_path / "nothing"))
