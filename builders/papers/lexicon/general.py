"""English as it is written everywhere: which words exist beyond the papers at hand.

    is_word("moving")              ->  True
    is_one_word("break", "down")   ->  True
    is_one_word("slow", "moving")  ->  False

A few dozen papers know too few words to say whether "slow-/moving" is one word or two. The frequencies are those of
wordfreq (Speer, 2022, doi:10.5281/zenodo.7199437), read when first asked for.
"""

from __future__ import annotations

import functools

_WORD = 1e-7
"""What is written once in ten million words is a word; what is rarer may be a misspelling or a part of one."""


def is_word(word: str) -> bool:
    """Whether a word, in lower case, is in general use."""
    return _frequency(word) >= _WORD


def is_one_word(left: str, right: str) -> bool:
    """Whether the two are written as one, and more often than chance alone would put one after the other.

    So "breakdown" is a word, but "highquality", which some do write, is not.
    """
    return _frequency(left + right) > _frequency(left) * _frequency(right)


def is_written(word: str) -> bool:
    """Whether anybody writes the word, be it rarely."""
    return _frequency(word) > 0


def _frequency(word: str) -> float:
    """The share of all words that are this one; 0 for a word that is not in the list."""
    return _frequencies().get(word, 0.0)


@functools.cache
def _frequencies() -> dict[str, float]:
    # Imported here: it takes a second and 50 MB, and most programs never ask.
    from wordfreq import get_frequency_dict

    return get_frequency_dict("en", "large")
