"""Near-duplicates by MinHash: texts in, signatures of a fixed size (a map), clusters of their numbers (a reduce).

    signature("the brain ...")                          ->  256 bytes
    clusters(["the brain ...", "the brain ...", "no"])  ->  [[0, 1], [2]]

A shingle is a run of five tokens (an ideograph is one). Two texts are near-duplicates where the Jaccard similarity of
their shingles, estimated from 128 minima (Broder 1997), reaches 0.75, as in FineWeb (Penedo et al. 2024,
arXiv 2406.17557). Candidates share one of 16 bands of 8 minima: a pair of similarity 0.75 does so with probability
0.81, one of 0.85 with 0.99. Of each minimum the last 16 bits are kept (Li and König 2010), which halves the memory and
adds 1 in 65,536 to an estimate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from builders.corpus.scratch import BANDS, PERMUTATIONS, Disk, Memory, Signatures
from builders.corpus.tokens import PIECE_CHARACTERS, Places, grams, scramble, tokens

SIGNATURE_BYTES = 2 * PERMUTATIONS
SHINGLE = 5
THRESHOLD = 0.75
SEED = 42
BLOCK = 1024  # signatures that go to the store at once
BATCH = 4096  # pairs that are compared at once: 2 MB
PIVOTS = 64
"""Of a band's group only so many are compared with all others: boilerplate of any number costs linear time."""
SPILL_ITEMS = 200_000


def signature(text: str) -> bytes:
    """The signature of one text."""
    return signatures([text])[0]


def signatures(texts: Iterable[str]) -> list[bytes]:
    """The signatures of many texts, each the same as alone: a paper's paragraphs are hashed in one go."""
    return [row for batch in _batches(texts) for row in _signatures(batch)]


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Joins texts only as long as they are hashed as one piece, for a cut must not depend on the neighbours."""
    batch: list[str] = []
    length = 0
    for text in texts:
        if batch and length + len(text) + 1 > PIECE_CHARACTERS:
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text) + 1
    if batch:
        yield batch


def _signatures(texts: Sequence[str]) -> Iterator[bytes]:
    found = tokens("\n".join(texts))
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    edges = np.searchsorted(found.starts, starts)
    # Four empty places after each text give every token a shingle; those that reach into them are left out again.
    padded = np.zeros(len(found.hashes) + (SHINGLE - 1) * len(texts), np.uint64)
    text_of_token = np.repeat(np.arange(len(texts)), np.diff(edges))
    padded[np.arange(len(found.hashes)) + (SHINGLE - 1) * text_of_token] = found.hashes
    shingles = grams(padded, SHINGLE)
    first = edges[:-1] + (SHINGLE - 1) * np.arange(len(texts))
    counts = np.maximum(np.diff(edges) - SHINGLE + 1, np.minimum(np.diff(edges), 1))
    bounds = np.concatenate([[0], np.cumsum(counts)])
    kept = np.arange(bounds[-1]) + np.repeat(first - bounds[:-1], counts)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles[kept], bounds.astype(np.uint64), PERMUTATIONS, SEED
    )
    for row in matrix.to_rows():
        yield np.array(row, np.uint32).astype("<u2").tobytes()


def jaccard(first: bytes, second: bytes) -> float:
    """The estimated similarity of two texts, right to 0.044 (one standard error) or better."""
    return float(np.mean(np.frombuffer(first, "<u2") == np.frombuffer(second, "<u2")))


def clusters(texts: Iterable[str], threshold: float = THRESHOLD) -> list[list[int]]:
    """Groups texts that are near-duplicates, in order, every index in exactly one group."""
    with Index(threshold) as index:
        for row in signatures(texts):
            index.add(row)
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for item, first in enumerate(index.firsts().tolist()):
            groups[first].append(item)
    return list(groups.values())


class Index:
    """Takes signatures in a fixed order and groups them; numbers them from 0.

    Holds about 430 bytes an item in memory. With more than `spill_items` all is moved to a file in `folder`, and some
    40 bytes an item remain while groups are made; the groups are the same.
    """

    def __init__(
        self, threshold: float = THRESHOLD, spill_items: int = SPILL_ITEMS, folder: Path | None = None
    ) -> None:
        self._least = int(np.ceil(threshold * PERMUTATIONS - 1e-9))
        self._spill_items = spill_items
        self._folder = folder
        self._store: Signatures = Memory()
        self._waiting: list[bytes] = []
        self._parents: Places = np.empty(0, np.int64)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def __len__(self) -> int:
        return len(self._store) + len(self._waiting)

    @property
    def spilled(self) -> bool:
        """Whether the signatures are on disk."""
        return isinstance(self._store, Disk)

    def add(self, row: bytes) -> None:
        """Takes the next signature."""
        self._waiting.append(row)
        if len(self._waiting) == BLOCK:
            self._flush()

    def jaccard(self, first: int, second: int) -> float:
        """The estimated similarity of two items."""
        self._flush()
        one, other = self._store.rows(np.array([first, second]))
        return float(np.mean(one == other))

    def firsts(self, known: Sequence[tuple[int, int]] = ()) -> Places:
        """By item, the first item of its group: itself where nothing before it is like it.

        Pairs that are known to belong together, for whatever reason, are joined as well.
        """
        self._flush()
        self._parents = np.arange(len(self._store))
        for band in range(BANDS):
            self._link_band(self._store.band(band))
            self._parents = self._roots(self._parents)
        if known:
            self._unite(*np.array(known).T)
        return self._roots(self._parents)

    def _flush(self) -> None:
        if not self._waiting:
            return
        rows = np.frombuffer(b"".join(self._waiting), "<u2").reshape(-1, PERMUTATIONS)
        self._waiting = []
        if isinstance(self._store, Memory) and len(self._store) + len(rows) > self._spill_items:
            disk = Disk(self._folder)
            for block, keys in self._store.blocks():
                disk.add(block, keys)
            self._store = disk
        self._store.add(rows, _band_keys(rows))

    def _link_band(self, keys: npt.NDArray[np.uint64]) -> None:
        """Joins what shares a key and is similar: neighbours first, then whole groups that are still apart."""
        order = np.argsort(keys, kind="stable")
        same = keys[order[1:]] == keys[order[:-1]]
        left, right = order[:-1][same], order[1:][same]
        self._link(left, right)
        apart = np.flatnonzero(same)[self._roots(left) != self._roots(right)]
        if not len(apart):
            return
        edges = np.concatenate([[0], np.flatnonzero(~same) + 1, [len(order)]])
        for group in np.unique(np.searchsorted(edges, apart, side="right") - 1):
            if edges[group + 1] - edges[group] > 2:
                self._link_group(order[edges[group] : edges[group + 1]])

    def _link_group(self, members: Places) -> None:
        for pivot in members[:PIVOTS]:
            others = members[self._roots(members) != self._roots(np.array([pivot]))]
            if not len(others):
                return
            self._link(np.full(len(others), pivot), others)

    def _link(self, left: Places, right: Places) -> None:
        """Joins the pairs that are similar."""
        apart = self._roots(left) != self._roots(right)
        left, right = left[apart], right[apart]
        for start in range(0, len(left), BATCH):
            some = slice(start, start + BATCH)
            similar = self._similar(left[some], right[some])
            self._unite(left[some][similar], right[some][similar])

    def _similar(self, left: Places, right: Places) -> npt.NDArray[np.bool_]:
        equal = self._store.rows(left) == self._store.rows(right)
        matches: npt.NDArray[np.bool_] = equal.sum(axis=1) >= self._least
        return matches

    def _unite(self, left: Places, right: Places) -> None:
        """Union-find over whole arrays: a root always hangs under a smaller one, so the first item is the root."""
        while True:
            one, other = self._roots(left), self._roots(right)
            apart = one != other
            if not apart.any():
                return
            low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
            np.minimum.at(self._parents, high, low)

    def _roots(self, items: Places) -> Places:
        found = self._parents[items]
        while not np.array_equal(above := self._parents[found], found):
            found = above
        return found


def _band_keys(rows: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint64]:
    """One number for each band of each signature."""
    words = np.ascontiguousarray(rows).view("<u8").reshape(len(rows), BANDS, -1).astype(np.uint64)
    keys = np.zeros(words.shape[:2], np.uint64)
    for column in range(words.shape[2]):
        keys = scramble((keys ^ words[:, :, column]) * np.uint64(0x9E3779B97F4A7C15))
    return keys
