from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.corpus import tokens as module
from builders.corpus.tokens import characters, grams, tokens


def test_words_and_ideographs_are_tokens() -> None:
    found = tokens("The ECS, 细胞 3.5")
    assert found.starts.tolist() == [0, 4, 9, 10, 12, 14]
    assert found.ideographs.tolist() == [False, False, True, True, False, False]


def test_a_token_has_one_hash_wherever_it_stands() -> None:
    found = tokens("brain of the Brain (ＢＲＡＩＮ) 脑brain脑").hashes.tolist()
    brain, of, the, again, wide, first, inner, last = found
    assert brain == again == wide == inner
    assert first == last
    assert len({brain, of, the, first}) == 4


def test_characters_are_all_but_spaces() -> None:
    found = characters("细胞，ａ b\n。")
    assert found.starts.tolist() == [0, 1, 2, 3, 5, 7]
    assert found.ideographs.tolist() == [True, True, False, False, False, False]
    assert found.hashes[[2, 3]].tolist() == characters(", A").hashes.tolist()


def test_rare_characters_are_told_apart() -> None:
    """Beyond the basic plane: two rare ideographs, and the letter that shares the last 16 bits of one of them."""
    assert len(set(tokens("\U00020041 \U00020000 A").hashes.tolist())) == 3


def test_order_of_characters_and_of_tokens_matters() -> None:
    assert tokens("ab").hashes.tolist() != tokens("ba").hashes.tolist()
    assert grams(tokens("a b").hashes, 2).tolist() != grams(tokens("b a").hashes, 2).tolist()


def test_grams_are_those_of_each_run() -> None:
    hashes = tokens("a b c d").hashes
    assert grams(hashes, 3).tolist() == [*grams(hashes[:3], 3).tolist(), *grams(hashes[1:], 3).tolist()]
    assert grams(hashes, 5).tolist() == []


def test_a_text_without_a_word_has_no_token() -> None:
    assert tokens("").hashes.tolist() == tokens(" -- 。").hashes.tolist() == []


def test_a_long_text_is_hashed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "alpha beta gamma delta"
    whole = tokens(text)
    monkeypatch.setattr(module, "PIECE_CHARACTERS", 11)
    pieces = tokens(text)
    assert pieces.starts.tolist() == whole.starts.tolist()
    assert pieces.hashes.tolist() == whole.hashes.tolist()


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_any_text_is_cut_in_order(text: str) -> None:
    found = tokens(text)
    starts = found.starts.tolist()
    assert starts == sorted(set(starts))
    assert len(starts) == len(found.hashes) == len(found.ideographs)
    assert all(0 <= start < len(text) for start in starts)


@given(st.lists(st.text(alphabet="ab细", min_size=1, max_size=3), max_size=20))
def test_joining_texts_joins_their_tokens(words: list[str]) -> None:
    alone = [tokens(word).hashes for word in words]
    together = tokens("\n".join(words)).hashes
    assert together.tolist() == np.concatenate([np.empty(0, np.uint64), *alone]).tolist()
