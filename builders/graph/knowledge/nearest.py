"""Names that are spelt almost like the one asked for: BM25 over character n-grams, then the edit distance.

BM25 (Robertson and Zaragoza 2009) finds candidates among all names at once; rare n-grams weigh more, so that 参 alone
draws no one to 人参. The edit distance, neighbours that changed places counted as one, says how near it really is.

    Nearest(["astrocyte", "neuron"]).find("astrocite", 3)  ->  [Near("astrocyte", 0.889)]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import bm25s
import numpy as np
from rapidfuzz.distance import OSA

from builders.graph.graph import folded

CANDIDATES = 20
LONGEST_QUERY = 200  # characters: a longer one is no name, and its distances would take long
DIGITS = re.compile(r"\d+")
HAN = re.compile(r"[\u3400-\u9fff]")


class Near(NamedTuple):
    """A name and how like it is to the one asked for, 0 to 1."""

    name: str
    similarity: float


class Nearest:
    """An index over names; equal names once, in the order given."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list({folded(name): name for name in reversed(names)}.values())[::-1]
        self._folded = [folded(name) for name in self._names]
        self._index = bm25s.BM25()
        if self._names:
            self._index.index([ngrams(name) for name in self._folded], show_progress=False)

    def find(self, name: str, count: int) -> list[Near]:
        """The `count` most similar names, the nearest first; none that shares no n-gram."""
        asked = folded(name)[:LONGEST_QUERY]
        near = [
            Near(self._names[place], OSA.normalized_similarity(asked, self._folded[place]))
            for place in self._candidates(asked)
        ]
        return sorted(near, key=lambda one: -one.similarity)[:count]

    def best(self, text: str) -> str | None:
        """The name that BM25 alone ranks first for a text; None where the text shares no n-gram with any."""
        return next((self._names[place] for place in self._candidates(folded(text)[:LONGEST_QUERY])), None)

    def _candidates(self, asked: str) -> list[int]:
        """The places of the names that BM25 ranks first."""
        known = [gram for gram in ngrams(asked) if gram in self._index.vocab_dict] if self._names else []
        if not known:
            return []
        scores = self._index.get_scores(known)
        ranked = np.argsort(-scores, kind="stable")[:CANDIDATES]
        return [place for place in ranked.tolist() if scores[place] > 0]


def ngrams(name: str) -> list[str]:
    """Characters and pairs of a name with Chinese characters, triples of any other, its ends marked."""
    if HAN.search(name):
        return [*name, *(name[start : start + 2] for start in range(len(name) - 1))]
    marked = f"^{name}$"
    return [marked[start : start + 3] for start in range(max(1, len(marked) - 2))]


def same_digits(one: str, other: str) -> bool:
    """Names that differ in a number name different things: aquaporin 1 and aquaporin 4."""
    return DIGITS.findall(folded(one)) == DIGITS.findall(folded(other))
