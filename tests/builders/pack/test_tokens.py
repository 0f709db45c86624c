from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from builders.pack.tokens import Tokens, encode, sentence_cuts
from builders.pack.vocabulary import Vocabulary
from tests.builders.pack.made import CHINESE, ENGLISH, PAD, SEPARATOR, text_of

TEXT = f"{ENGLISH * 3}\n\n{CHINESE * 3}\n\nEmoji 🧠🧠 and rare 龘. {ENGLISH}"


def test_a_text_ends_with_its_separator(vocabulary: Vocabulary) -> None:
    (encoded,) = encode([("a", TEXT)], vocabulary, cut_beyond=0)
    assert text_of(vocabulary, encoded.ids) == TEXT + SEPARATOR
    assert encoded.ends is not None
    assert (encoded.name, encoded.characters, encoded.ends[-1]) == ("a", len(TEXT), len(TEXT))


def test_offsets_are_taken_only_of_what_may_be_cut(vocabulary: Vocabulary) -> None:
    short, long = encode([("a", "Fluid."), ("b", TEXT)], vocabulary, cut_beyond=64)
    assert (short.ends, short.cuts) == (None, None)
    assert long.ends is not None


def test_every_cut_lies_between_two_sentences(vocabulary: Vocabulary) -> None:
    (encoded,) = encode([("a", TEXT)], vocabulary, cut_beyond=0)
    assert encoded.cuts is not None
    before = [text_of(vocabulary, encoded.ids[:cut]).rstrip() for cut in encoded.cuts]
    assert len(before) == 4 * 4 + 3 * 3 + 1 - 1
    assert all(text.endswith((".", "!", "?", "(Fig. 2).", "。", "！", "？")) for text in before)
    assert all(TEXT.startswith(text) for text in before)


def test_a_token_over_a_boundary_is_not_cut() -> None:
    # "A. B" as one token of three characters and one of one: no token ends between the sentences.
    assert sentence_cuts("A b. C d.", np.array([2, 6, 9, 9], dtype=np.uint32)).tolist() == []
    assert sentence_cuts("A b. C d.", np.array([2, 5, 9, 9], dtype=np.uint32)).tolist() == [2]


@pytest.mark.parametrize("token", [SEPARATOR, PAD])
def test_a_control_token_that_a_text_spells_out_is_text(vocabulary: Vocabulary, token: str) -> None:
    text = f"The token {token} stands here."
    (encoded,) = encode([("a", text)], vocabulary, cut_beyond=0)
    assert text_of(vocabulary, encoded.ids[:-1]) == text
    assert vocabulary.tokenizer.token_to_id(token) not in encoded.ids[:-1]


def test_tokens_are_read_back_from_disk(tmp_path: Path, vocabulary: Vocabulary) -> None:
    rows = [("a", TEXT), ("b", ""), ("c", "Fluid."), ("d", TEXT[7:])]
    expected = list(encode(rows, vocabulary, cut_beyond=40))
    with Tokens(tmp_path) as tokens:
        for encoded in expected:
            tokens.add(encoded)
        tokens.flush()
        assert tokens.total == sum(len(encoded.ids) for encoded in expected)
        for number, encoded in enumerate(expected):
            length = tokens.length(number)
            assert tokens.ids(number, 0, length).tolist() == encoded.ids.tolist()
            assert tokens.character(number, length) == len(rows[number][1])
        last = expected[3]
        assert last.ends is not None
        assert last.cuts is not None
        assert [tokens.character(3, token) for token in (0, 1, 9)] == [0, last.ends[0], last.ends[8]]
        assert tokens.cuts(3, 0, tokens.length(3)) == last.cuts.tolist()
        assert tokens.cuts(2, 0, 99) == []
        assert tokens.last_cut(3, 0, int(last.cuts[2])) == last.cuts[2]
        assert tokens.last_cut(3, 0, int(last.cuts[0]) - 1) is None
    assert list(tmp_path.iterdir()) == []


def test_a_cut_in_a_character_is_known(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with Tokens(tmp_path) as tokens:
        tokens.add(next(encode([("a", "龘 龘" + CHINESE)], vocabulary, cut_beyond=0)))
        tokens.flush()
        for token in range(1, tokens.length(0)):
            text = text_of(vocabulary, tokens.ids(0, 0, token).tolist())
            assert tokens.between_characters(0, token) == ("\ufffd" not in text)
