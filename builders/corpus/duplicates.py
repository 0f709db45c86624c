"""Fingerprints of all papers in, in a fixed order; which papers and paragraphs are there twice out (a reduce).

    found = find_duplicates([Entry("a.pdf", "doi:10.1/a", "Title", fingerprints), ...], DuplicatesConfig(), folder)
    found.papers     ->  {"b.pdf": Dropped("duplicate_paper", "b.pdf", "the same text as a.pdf, which stays")}
    found.clusters   ->  {"a.pdf": 0, "b.pdf": 0, "c.pdf": 2}
    found.blocks     ->  {"c.pdf": {17: Dropped("duplicate_paragraph", "c.pdf: block 17", "as in a.pdf: block 3")}}

Of the copies of a paper the first stays that is no preprint; of a paragraph the first whose paper stays.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from builders.corpus.fingerprints import DIGEST_BYTES, DuplicatesConfig, Fingerprints, fingerprints
from builders.corpus.near import SIGNATURE_BYTES, Index, jaccard
from builders.corpus.tokens import Places, tokens
from builders.types import Dropped

__all__ = ["Duplicates", "DuplicatesConfig", "Entry", "Fingerprints", "find_duplicates", "fingerprints"]

# arXiv, bioRxiv and medRxiv, Research Square, Preprints.org, ChemRxiv, SSRN, OSF, PsyArXiv, ChinaXiv, Authorea and
# TechRxiv; the press that founded bioRxiv has journals under the same number, whose DOIs go on with a letter.
PREPRINT = re.compile(r"doi:10\.(?:48550|1101/\d|21203|20944|26434|2139|31219|31234|12074|22541|36227)")
TITLE_TOKENS = 4  # "Editorial" or "Materials and Methods" tells nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as the search for duplicates sees it."""

    name: str
    """The file, once in a build; two files may have one id."""
    id: str
    title: str
    fingerprints: Fingerprints


@dataclass(frozen=True)
class Duplicates:
    """What was found, by the name of the file."""

    papers: dict[str, Dropped]
    """The papers that go."""
    clusters: dict[str, int]
    """A number that copies of one work share, for the split; every paper has one."""
    blocks: dict[str, dict[int, Dropped]]
    """The paragraphs that go, by their index in the paper; only of papers that stay."""

    @property
    def dropped(self) -> list[Dropped]:
        """All that goes, papers first."""
        return [*self.papers.values(), *(item for blocks in self.blocks.values() for item in blocks.values())]


def find_duplicates(entries: Iterable[Entry], config: DuplicatesConfig, folder: Path | None = None) -> Duplicates:
    """Reads the entries once, in a fixed order; what the index spills goes into `folder`, or else the system's own."""
    papers, paragraphs = _Papers(config), _Paragraphs(config.near)
    with _index(config, folder) as of_papers, _index(config, folder) as of_paragraphs:
        for entry in entries:
            papers.take(entry, of_papers)
            if config.paragraphs:
                paragraphs.take(entry.fingerprints, of_paragraphs)
        firsts = papers.firsts(of_papers)
        dropped = papers.second_copies(firsts, of_papers) if config.papers else {}
        gone = np.zeros(len(papers.names), np.bool_)
        gone[list(dropped)] = True
        blocks = paragraphs.repeated(of_paragraphs, gone, papers.names)
    return Duplicates(
        {papers.names[number]: item for number, item in dropped.items()},
        {name: int(first) for name, first in zip(papers.names, firsts, strict=True)},
        blocks,
    )


def _index(config: DuplicatesConfig, folder: Path | None) -> Index:
    # No two texts are similar beyond 1: without near-duplicates only what is known to be the same is joined.
    return Index(config.threshold if config.near else 2.0, config.spill_items, folder)


class _Papers:
    """The papers, numbered as they come, and which are the same for a reason other than their signature."""

    def __init__(self, config: DuplicatesConfig) -> None:
        self.names: list[str] = []
        self._config = config
        self._ids: list[str] = []
        self._digests: list[bytes] = []
        self._first: dict[str | bytes, int] = {}
        self._first_of_title: dict[bytes, tuple[int, bytes]] = {}
        self._known: list[tuple[int, int]] = []

    def take(self, entry: Entry, index: Index) -> None:
        number = len(self.names)
        self.names.append(entry.name)
        self._ids.append(entry.id)
        self._digests.append(entry.fingerprints.digest)
        index.add(entry.fingerprints.signature)
        for key in (entry.id, entry.fingerprints.digest):
            self._join(self._first.setdefault(key, number), number)
        title = tokens(entry.title).hashes
        if self._config.near and len(title) >= TITLE_TOKENS:
            signature = entry.fingerprints.signature
            first, other = self._first_of_title.setdefault(title.tobytes(), (number, signature))
            if jaccard(signature, other) >= self._config.same_title:
                self._join(first, number)

    def _join(self, first: int, number: int) -> None:
        if first != number:
            self._known.append((first, number))

    def firsts(self, index: Index) -> Places:
        """By paper, the first of its cluster."""
        return index.firsts(self._known)

    def second_copies(self, firsts: Places, index: Index) -> dict[int, Dropped]:
        """The papers that go, by number."""
        stays: dict[int, int] = {}
        for number, first in enumerate(firsts.tolist()):
            best = stays.setdefault(first, number)
            if PREPRINT.match(self._ids[best]) and not PREPRINT.match(self._ids[number]):
                stays[first] = number
        return {
            number: self._second(number, stays[first], index)
            for number, first in enumerate(firsts.tolist())
            if stays[first] != number
        }

    def _second(self, number: int, stays: int, index: Index) -> Dropped:
        name, other = self.names[number], self.names[stays]
        if self._ids[number] == self._ids[stays]:
            return Dropped("duplicate_paper", name, f"the same work ({self._ids[number]}) as {other}, which stays")
        if self._digests[number] == self._digests[stays]:
            return Dropped("duplicate_paper", name, f"the same text as {other}, which stays")
        similarity = index.jaccard(number, stays)
        return Dropped("near_duplicate_paper", name, f"like {other} (similarity {similarity:.2f}), which stays")


@dataclass
class _Paragraphs:
    """Where each paragraph stands, numbered as they come: 28 bytes each."""

    near: bool
    paper: array[int] = field(default_factory=lambda: array("q"))
    block: array[int] = field(default_factory=lambda: array("I"))
    digests: bytearray = field(default_factory=bytearray)
    papers: int = 0

    def take(self, prints: Fingerprints, index: Index) -> None:
        if self.near:
            for start in range(0, len(prints.signatures), SIGNATURE_BYTES):
                index.add(prints.signatures[start : start + SIGNATURE_BYTES])
        self.paper.extend([self.papers] * len(prints.blocks))
        self.block.extend(prints.blocks)
        self.digests += prints.digests
        self.papers += 1

    def repeated(self, index: Index, gone: npt.NDArray[np.bool_], names: list[str]) -> dict[str, dict[int, Dropped]]:
        """The paragraphs that go, by paper and block."""
        found: dict[str, dict[int, Dropped]] = {}
        for number, stays in self._second(index.firsts() if self.near else self._firsts(), gone):
            same = self._digest(number) == self._digest(stays)
            # What a paper says twice is its own affair: parallel cases, parallel steps of a proof.
            if self.paper[number] == self.paper[stays]:
                continue
            name, block = names[self.paper[number]], self.block[number]
            where = f"{names[self.paper[stays]]}: block {self.block[stays]}"
            reason, detail = ("duplicate_paragraph", "as in") if same else ("near_duplicate_paragraph", "nearly as in")
            found.setdefault(name, {})[block] = Dropped(reason, f"{name}: block {block}", f"{detail} {where}")
        return found

    def _firsts(self) -> Places:
        """By paragraph, the first of the same digest."""
        digests = np.frombuffer(self.digests, f"V{DIGEST_BYTES}")
        _, first, kind = np.unique(digests, return_index=True, return_inverse=True)
        return first[kind]

    def _second(self, firsts: Places, gone: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
        """Each paragraph of a paper that stays which is not the first of its kind there, with the one that is."""
        items = np.flatnonzero(~gone[np.frombuffer(self.paper, np.int64)])
        stays = np.full(len(firsts), len(firsts))
        np.minimum.at(stays, firsts[items], items)
        for number in items[stays[firsts[items]] != items].tolist():
            yield number, int(stays[firsts[number]])

    def _digest(self, number: int) -> bytes:
        return bytes(self.digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES])
