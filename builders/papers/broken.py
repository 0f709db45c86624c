r"""Words that a line's end broke, put together: "infor-/mation" is joined, "long-/term" keeps its hyphen.

BrokenWords(Hyphens(Counter({"information": 9}), EMPTY)).join("the use of infor\ufffemation")
    ->  ("the use of information", 1)

The spelling that the paper uses, or else the corpus, decides. A word that neither knows is judged by other forms of
it, by what the paper does with the same prefix or second half, and by general English: one word where that has one,
and two where both its halves are words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable

from builders.papers.hyphens import HALF, PREFIXES, Hyphens, respell
from builders.papers.lexicon import general
from builders.papers.repair.characters import BREAKS

_BREAK = re.compile(rf"(?P<left>[\w-]{{0,60}}[^\W_])[{BREAKS}]\s{{0,3}}(?P<right>[^\W_][\w-]{{0,60}})")
_SPACED = re.compile(r"(?<![^\W\d_])(?P<left>[^\W\d_]{2,40})- (?P<right>[a-z]{2,40})(?![^\W\d_])")
_ABBREVIATION = re.compile(
    r"(?<![^\W_])"
    r"(anti|non|\w{0,10}[A-Z][A-Z\d]|[A-Z][a-z]?[A-Z]\w{0,10}|[A-Z][a-z]{2,20}(?=- [A-Z][a-z]{2}))- (?=[A-Z])"
)
"""What a line's end leaves of a name with capitals: "anti- CD4", "RNAi- Fluc", "Asboe- Hansen"."""
_NUCLEOTIDES = frozenset("ACGTUN")
_SUSPENDED = ("and", "or", "to", "und", "oder", "as", "but", "than", "nor", "versus", "vs")
_STRONG = 2
"""So many uses are a habit."""
_STEM = 4
"""Letters that two forms of a word share after the break: "over-/fitted", "overfitting"."""
_NAME = 6
"""What breaks off a capitalised word is a word of its own from so many letters on; "Euro-/bio" is a name."""
_LONG = 7
"""A word of the corpus this long is one after a half that nobody knows, too: "digoxigenin-labeled"."""


class BrokenWords:
    """What joins the broken words of one paper."""

    def __init__(self, hyphens: Hyphens) -> None:
        """Takes the paper's words and the corpus as evidence."""
        self._hyphens = hyphens
        self._counts = hyphens.counts
        self._lexicon = hyphens.lexicon
        self._habits: dict[str, int] = {}
        self._sorted: list[tuple[str, str]] = []
        self._own_right_halves = _right_halves(self._counts)

    def join(self, text: str) -> tuple[str, int]:
        """Joins every broken word of a text; returns how many there were."""
        broken = spaced = 0
        if any(mark in text for mark in BREAKS):
            text, broken = _BREAK.subn(self._join, text)
            # A mark with no word on both its sides joins nothing.
            for mark in BREAKS:
                text = text.replace(mark, "")
        if "- " in text:
            text, spaced = self._join_spaced(text)
            text = _ABBREVIATION.sub(r"\1-", text)
        return text, broken + spaced

    def _join(self, match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        if spelling := self._hyphens.evidence(left, right):
            return respell(left + right, spelling)
        if right in _SUSPENDED:
            return f"{left}- {right}"
        before, after = left.rpartition("-")[2], right.partition("-")[0]
        if inner := self._hyphens.evidence(before, after):
            return f"{left}{'-' if len(inner) > len(before + after) else ''}{right}"
        return f"{left}{'-' if self._is_compound(before, after, match) else ''}{right}"

    def _join_spaced(self, text: str) -> tuple[str, int]:
        changed = 0

        def joined(match: re.Match[str]) -> str:
            nonlocal changed
            left, right = match["left"], match["right"]
            spelling = None if right in _SUSPENDED else self._hyphens.evidence(left, right)
            if spelling is None:
                return match.group()
            changed += 1
            return respell(left + right, spelling)

        return _SPACED.sub(joined, text), changed

    def _of_same_stem(self, left: str, right: str) -> bool | None:
        """Whether the paper writes other forms of a word with a hyphen at the break; None where it has none."""
        if min(len(left), len(right)) < HALF:
            return None
        if not self._sorted:
            self._sorted = sorted((word.replace("-", ""), word) for word in self._counts)
        stem = left + right[:_STEM]
        votes = 0
        for letters, word in self._sorted[bisect_left(self._sorted, (stem, "")) :]:
            if not letters.startswith(stem):
                break
            votes += self._counts[word] if word.startswith(f"{left}-") else -self._counts[word] * ("-" not in word)
        return votes > 0 if votes else None

    def _is_compound(self, left: str, right: str, match: re.Match[str]) -> bool:
        """What to do with a word that nobody else writes."""
        if "-" in match["left"] or "-" in match["right"] or not (left + right).isalpha():
            return True
        if _is_named(left, right, self._hyphens.is_ours):
            return len(left) == 1 or right[0].isupper() or (len(right) >= HALF and self._hyphens.is_word(right))
        if (as_others := self._of_same_stem(left.lower(), right.lower())) is not None:
            return as_others
        is_name = left[0].isupper() and not left.isupper() and len(left) >= HALF
        left, right = left.lower(), right.lower()
        is_prefix = left in PREFIXES
        if is_prefix and self._own_habit(left) > 0:
            return True
        if not is_prefix and (right in self._lexicon.right_halves or right in self._own_right_halves):
            return True
        if general.is_written(left + right) if is_prefix else general.is_one_word(left, right):
            return False
        if not self._hyphens.is_word(right):
            return is_prefix and self._sets_off(left)
        return self._are_two_words(left, right, is_name)

    def _are_two_words(self, left: str, right: str, is_name: bool) -> bool:
        # The rest of a word may look like one: "vi-/mentin", "Downing-/ton".
        if is_name and not (self._hyphens.is_ours(right) and len(right) >= _NAME):
            return False
        if min(len(left), len(right)) < HALF and right not in self._lexicon.words:
            return len(right) >= HALF and general.is_word(right) and self._hyphens.is_word(left)
        return self._hyphens.is_word(left) or (min(len(left), len(right)) >= _LONG and self._hyphens.is_ours(right))

    def _sets_off(self, prefix: str) -> bool:
        """Whether the paper, or where it has no such word the corpus, writes the prefix with a hyphen."""
        own = self._own_habit(prefix)
        return (own if abs(own) >= _STRONG else own + _habit(prefix, self._lexicon.words, self._hyphens.is_ours)) > 0

    def _own_habit(self, prefix: str) -> int:
        if prefix not in self._habits:
            self._habits[prefix] = _habit(prefix, self._counts, self._hyphens.is_ours)
        return self._habits[prefix]


def _right_halves(words: Iterable[str]) -> frozenset[str]:
    """What the paper sets off after several words: "two-fold", "ten-fold"."""
    lefts = Counter(word.rpartition("-")[2] for word in words if "-" in word)
    return frozenset(half for half, count in lefts.items() if count >= _STRONG and len(half) > HALF)


def _is_named(left: str, right: str, is_ours: Callable[[str], bool]) -> bool:
    """Whether the halves are names or abbreviations, whose hyphen is their own: "G-protein", "Mann-Whitney"."""
    if (left + right).isupper():
        return min(len(left), len(right)) == 1 or (is_ours(left.lower()) and not _NUCLEOTIDES.issuperset(right))
    return right[0].isupper() or len(left) == 1 or any(letter.isupper() for letter in left[1:])


def _habit(prefix: str, words: Iterable[str], is_word: Callable[[str], bool]) -> int:
    """How many words set a prefix off by a hyphen, less those that join it to a word."""
    habit = 0
    for word in words:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            habit += rest.startswith("-") or -(len(rest) > HALF and is_word(rest))
    return habit
