from __future__ import annotations

import hashlib
import random
import tracemalloc
from pathlib import Path

import pytest

from builders.corpus.near import (
    PERMUTATIONS,
    SHINGLE,
    SIGNATURE_BYTES,
    Index,
    clusters,
    jaccard,
    signature,
    signatures,
)


def words(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("abcdefghijklmnop", k=6)) for _ in range(count)]


def shingles(text: str) -> set[tuple[str, ...]]:
    cut = text.split()
    return {tuple(cut[i : i + SHINGLE]) for i in range(max(1, len(cut) - SHINGLE + 1))}


def edited(text: list[str], every: int) -> str:
    """Changes one word in so many."""
    return " ".join(f"new{place}" if place % every == every // 2 else word for place, word in enumerate(text))


def test_near_duplicates_share_a_cluster() -> None:
    paper, other = words(1, 400), words(2, 400)
    assert clusters([" ".join(paper), " ".join(other), edited(paper, 100)]) == [[0, 2], [1]]


def test_a_paragraph_of_thirty_words_is_found_after_one_change_at_its_end() -> None:
    paragraph = words(3, 30)
    assert clusters([" ".join(paragraph), " ".join(paragraph[:-1]), " ".join(words(4, 30))]) == [[0, 1], [2]]


def test_chinese_is_compared_by_ideographs() -> None:
    first = "细胞外间隙是神经元与胶质细胞之间的空间，约占脑体积的五分之一，物质在其中扩散。" * 2
    second = first.replace("五分之一", "百分之二十")
    one, other = (
        shingles(" ".join(character for character in text if character.isalpha())) for text in (first, second)
    )
    exact = len(one & other) / len(one | other)
    assert abs(jaccard(signature(first), signature(second)) - exact) < 4 * (exact * (1 - exact) / PERMUTATIONS) ** 0.5
    unlike = "人参归脾经、肺经、心经，性微温，味甘微苦，功能大补元气，复脉固脱。" * 2
    assert clusters([first, first[:-3], unlike]) == [[0, 1], [2]]


def test_case_and_punctuation_do_not_matter() -> None:
    assert signature("The Brain, of the rat: a review") == signature("the brain of the rat -- a review.")


def test_a_text_shorter_than_a_shingle_has_its_own_signature() -> None:
    assert jaccard(signature("two words"), signature("two words")) == 1.0
    assert jaccard(signature("two words"), signature("other words")) < 0.1


def test_a_signature_does_not_depend_on_its_neighbours() -> None:
    texts = ["", "one", " ".join(words(5, 50)), "细胞外间隙是神经元之间的空间", "two words", " ".join(words(6, 3000))]
    assert signatures(texts) == [signature(text) for text in texts]


def test_signatures_are_the_same_on_every_machine() -> None:
    """A signature is kept on disk: a library that computes others must not go unnoticed."""
    made = signatures([" ".join(words(7, 200)), "细胞外间隙是神经元之间的空间"])
    assert [len(row) for row in made] == [SIGNATURE_BYTES, SIGNATURE_BYTES]
    assert hashlib.sha256(b"".join(made)).hexdigest()[:16] == "6aad93a23749ade0"


@pytest.mark.parametrize("every", [20, 40, 80])
def test_the_estimate_is_right_to_four_standard_errors(every: int) -> None:
    text = words(every, 400)
    one, other = " ".join(text), edited(text, every)
    exact = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
    assert abs(jaccard(signature(one), signature(other)) - exact) < 4 * (exact * (1 - exact) / PERMUTATIONS) ** 0.5


def planted() -> list[str]:
    """200 texts of 60 words; of each fifth there are an exact and an edited copy somewhere behind it."""
    texts = [words(seed, 60) for seed in range(200)]
    copies = [" ".join(text) for text in texts[::5]] + [" ".join(text[:-2]) for text in texts[::5]]
    return [*map(" ".join, texts), *copies]


def test_what_spills_to_disk_gives_the_same_groups(tmp_path: Path) -> None:
    rows = signatures(planted())
    found = []
    for limit in (10**6, 100, 0):
        with Index(spill_items=limit, folder=tmp_path) as index:
            for row in rows:
                index.add(row)
            found.append(index.firsts().tolist())
            assert index.spilled == (limit < len(rows))
            assert len(index) == len(rows)
    assert found[0] == found[1] == found[2]
    assert found[0][200:] == list(range(0, 200, 5)) * 2
    assert found[0][:200] == list(range(200))
    assert list(tmp_path.iterdir()) == []


def test_groups_do_not_depend_on_when_items_are_asked_for() -> None:
    rows = signatures(planted())
    with Index() as index:
        for number, row in enumerate(rows):
            index.add(row)
            if number in (7, 150):
                index.firsts()
        assert index.firsts().tolist()[200:] == list(range(0, 200, 5)) * 2


def test_pairs_that_are_known_join_what_is_not_alike() -> None:
    with Index() as index:
        for seed in range(4):
            index.add(signature(" ".join(words(seed, 50))))
        assert index.firsts().tolist() == [0, 1, 2, 3]
        assert index.firsts([(1, 3), (2, 3)]).tolist() == [0, 1, 1, 1]
        assert index.jaccard(0, 0) == 1.0


def test_a_chain_of_similar_texts_is_one_group() -> None:
    text = words(8, 300)
    versions = [" ".join(text[start : start + 200]) for start in (20, 0, 10)]
    assert clusters(versions) == [[0, 1, 2]]


def test_boilerplate_takes_linear_time_and_stays_one_group() -> None:
    row = signature(" ".join(words(9, 60)))
    with Index() as index:
        for _ in range(5000):
            index.add(row)
        assert set(index.firsts().tolist()) == {0}


def test_an_item_takes_less_than_the_promised_memory() -> None:
    rng = random.Random(0)
    items = 20_000
    tracemalloc.start()
    with Index() as index:
        for _ in range(items):
            index.add(rng.randbytes(SIGNATURE_BYTES))
        index.firsts()
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak / items < 600
