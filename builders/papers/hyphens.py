r"""Hyphens at line ends, by what the rest of the paper says: "infor-/mation" is joined, "long-/term" keeps its own.

Hyphens(["long-term effects", "longterm"]).mend("the longterm use of infor\ufffemation")
    ->  ("the long-term use of information", 2)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BREAK = re.compile(r"(?P<before>[\w-]*?)(?P<left>[^\W_]+)[\u00ad\ufffe]\s*(?P<right>[^\W_]+)(?P<after>-?)")
_SPACED = re.compile(r"\b(?P<left>[^\W\d_]{2,})- (?P<right>[a-z]{2,})\b")
_SUSPENDED = ("and", "or", "to", "und", "oder")
_RESTORE_RATIO = 2
"""A word is given its hyphen back where the paper writes it with one this many times as often."""
_REMOVE_RATIO = 3
"""A word loses its hyphen ("FAL-LACIES") where the paper writes it without one this many times as often."""


class Hyphens:
    """The words of one paper, as evidence for or against a hyphen."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Counts the words of the paper's texts."""
        # The halves of a broken word are no words.
        whole = (_BREAK.sub(" ", text) for text in texts)
        self._counts = Counter(word.lower() for text in whole for word in _WORD.findall(text))
        self._restored = dict(self._lost_hyphens())
        self._false = {
            word for word, count in self._counts.items()
            if word.count("-") == 1 and self._counts[word.replace("-", "")] >= _REMOVE_RATIO * count
        }  # fmt: skip

    def _lost_hyphens(self) -> Iterable[tuple[str, int]]:
        """Joined words that the paper elsewhere writes with a hyphen, and where that stands."""
        for word, count in sorted(self._counts.items()):
            joined = word.replace("-", "")
            if word.count("-") != 1 or min(map(len, word.split("-"))) < 2:
                continue
            if 0 < _RESTORE_RATIO * self._counts[joined] <= count:
                yield joined, word.index("-")

    def mend(self, text: str) -> tuple[str, int]:
        """Mends every broken or lost hyphen of a text; returns how many there were."""
        text, broken = _BREAK.subn(self._join, text)
        # A mark with no word on both its sides joins nothing.
        text = re.sub("[\u00ad\ufffe]", "", text)
        changed = 0

        def spaced(match: re.Match[str]) -> str:
            nonlocal changed
            mended = self._join_spaced(match)
            changed += mended != match.group()
            return mended

        def voted(match: re.Match[str]) -> str:
            nonlocal changed
            mended = self._by_vote(match.group())
            changed += mended != match.group()
            return mended

        text = _SPACED.sub(spaced, text)
        return _WORD.sub(voted, text), broken + changed

    def _by_vote(self, word: str) -> str:
        """The word as the rest of the paper writes it."""
        if word.lower() in self._false:
            return word.replace("-", "")
        at = self._restored.get(word.lower())
        return word if at is None else f"{word[:at]}-{word[at:]}"

    def _join(self, match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        compound = match["before"].endswith("-") or match["after"] == "-" or self._is_compound(left, right)
        return f"{match['before']}{left}{'-' if compound else ''}{right}{match['after']}"

    def _is_compound(self, left: str, right: str) -> bool:
        joined, hyphened = (self._counts[f"{left}{sign}{right}".lower()] for sign in ("", "-"))
        if joined or hyphened:
            return hyphened > joined
        if not (left + right).isalpha():
            return True
        return min(len(left), len(right)) >= 3 and bool(self._counts[left.lower()] and self._counts[right.lower()])

    def _join_spaced(self, match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        joined, hyphened = (self._counts[f"{left}{sign}{right}".lower()] for sign in ("", "-"))
        if right in _SUSPENDED or not (joined or hyphened):
            return match.group()
        return f"{left}-{right}" if hyphened > joined else f"{left}{right}"
