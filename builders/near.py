"""Near-duplicate papers: the same work as preprint and as article, or one file twice.

In: texts in a fixed order. Out: clusters of indices, each in order, every index in exactly one cluster.

    clusters(["the brain ...", "the brain ...", "something else"])  ->  [[0, 1], [2]]
"""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
from rensa import RMinHash, RMinHashLSH

PERMUTATIONS = 128
BANDS = 16  # 16 bands of 8 rows: a pair of Jaccard 0.8 meets in a band with probability 0.95
SHINGLE_WORDS = 5
SHINGLE_CHARACTERS = 8  # for scripts without spaces
LONG_WORD_CHARACTERS = 12  # a mean word longer than this means that there are none


def clusters(texts: Sequence[str], threshold: float = 0.8, seed: int = 42) -> list[list[int]]:
    """Groups texts whose estimated Jaccard similarity of shingles reaches the threshold (Broder 1997, MinHash)."""
    signatures = [_signature(text, seed) for text in texts]
    index = RMinHashLSH(threshold, PERMUTATIONS, BANDS)
    for key, signature in enumerate(signatures):
        index.insert(key, signature)
    similar = nx.Graph()
    similar.add_nodes_from(range(len(texts)))
    for key, signature in enumerate(signatures):
        for other in index.query(signature):
            if other > key and signature.jaccard(signatures[other]) >= threshold:
                similar.add_edge(key, other)
    return sorted(sorted(component) for component in nx.connected_components(similar))


def _signature(text: str, seed: int) -> RMinHash:
    signature = RMinHash(PERMUTATIONS, seed)
    signature.update(shingles(text))
    return signature


def shingles(text: str) -> list[str]:
    """Overlapping runs of words, or of characters where the text has hardly any spaces (Chinese)."""
    words = text.casefold().split()
    if len(text) > LONG_WORD_CHARACTERS * len(words):
        folded = "".join(words)
        return _runs(folded, SHINGLE_CHARACTERS)
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))]


def _runs(text: str, length: int) -> list[str]:
    return [text[i : i + length] for i in range(max(1, len(text) - length + 1))]
