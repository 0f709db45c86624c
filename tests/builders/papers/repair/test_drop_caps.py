"""A large first letter is joined with its word where the votes know the word."""

from __future__ import annotations

from collections import Counter

import pytest

from builders.papers.repair.drop_caps import drop_caps
from builders.types import Block

WORDS = Counter(
    {"the": 90, "he": 1, "all": 9, "a": 80, "new": 7, "in": 60, "study": 4, "where": 5, "here": 5, "bin": 1}
)
HEADING = Block("heading", "1 Introduction", 1, level=1)


def _texts(*blocks: Block) -> tuple[list[str], int]:
    mended, count = drop_caps(blocks, WORDS.__getitem__)
    return [block.text for block in mended], count


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("T he central canal", "The central canal"),
        ("T\nhe central canal", "The central canal"),
        ("A ll cells", "All cells"),
        ("A new study", "A new study"),
        ("B cells", "B cells"),
        ("I n the brain", "In the brain"),
    ],
)
def test_a_letter_parted_from_its_word(text: str, mended: str) -> None:
    assert _texts(Block("paragraph", text, 1)) == ([mended], int(text != mended))


def test_a_letter_in_a_block_of_its_own() -> None:
    assert _texts(HEADING, Block("paragraph", "T", 1), Block("paragraph", "he central canal", 1)) == (
        ["1 Introduction", "The central canal"],
        1,
    )
    assert _texts(Block("paragraph", "T", 1), Block("paragraph", "he central canal", 2))[1] == 0
    assert _texts(Block("paragraph", "D", 1), Block("paragraph", "is constant", 1))[1] == 0


def test_a_lost_letter_is_put_back_below_a_heading_where_one_word_is_meant() -> None:
    assert _texts(HEADING, Block("paragraph", "he central canal", 1))[0][1] == "The central canal"
    # "in" is a word itself, "here" could be "where": nothing is certain.
    for text in ("in vivo data", "here we show", "mRNA was"):
        assert _texts(HEADING, Block("paragraph", text, 1)) == (["1 Introduction", text], 0)
    assert _texts(Block("paragraph", "Text.", 1), Block("paragraph", "he canal", 1))[1] == 0
