"""What evaluation sets say, as an index; a training text in, the places where it says the same out.

    contamination = Contamination([EvaluationText("papers", "a7e3", "question", "Why ...?")], ContaminationConfig())
    contamination.find("... the question, word by word ...")  ->  [Hit("papers", "a7e3", "copy", 4, 190)]

A copy is a run of 13 words, the length of Brown et al. (2020, arXiv 2005.14165, appendix C), or of 30 characters if at
least half of them are ideographs: our choice, for 13 English words are some 25 characters in Chinese. A near copy has
four fifths of the words of an evaluation text, in their order, within one paragraph; candidates share runs of five.
Every word of a training text is looked up once, so the time grows with its length alone.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from builders.corpus.tokens import Hashes, Places, Tokens, characters, grams, tokens

PARAGRAPHS = re.compile(r"\n\n+")
SHINGLE = 5
SHARED = 0.3  # of an evaluation text's runs of five; if every tenth word is changed, six in ten of them survive
COMMON = 64  # a run of five that more evaluation texts have says nothing about any of them
CANDIDATES = 16
PIECE_TOKENS = 200  # longer paragraphs are looked for in parts
SLACK = 0.125  # by how much of its length a near copy may begin earlier or end later


@dataclass(frozen=True)
class ContaminationConfig:
    """From when a training text counts as a copy of an evaluation text."""

    words: int = 13
    """A shorter answer, choice or text is not looked for: a paper that states the same fact is no leak."""
    characters: int = 30
    """The same for what is written in ideographs; spaces do not count, punctuation does."""
    question: float = 8 / 13
    """The shortest question that is looked for, as a share of these: Brown et al. went down to 8 words."""
    near: float = 0.8
    """Share of an evaluation text's words that a near copy has; above 1 only copies are looked for."""


@dataclass(frozen=True, slots=True)
class EvaluationText:
    """One text of an evaluation row."""

    set: str
    id: str
    """Of the row."""
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a training text that an evaluation set has as well."""

    set: str
    id: str
    """Of the evaluation row."""
    kind: Literal["copy", "near_copy"]
    start: int
    end: int


class Contamination:
    """The runs of words of all evaluation texts, with the texts that have them."""

    def __init__(self, texts: Iterable[EvaluationText], config: ContaminationConfig) -> None:
        self._config = config
        self._texts: list[EvaluationText] = []
        self._pieces: list[tuple[int, Hashes]] = []
        self.too_short: Counter[str] = Counter()
        """By set, the texts that say too little to be looked for."""
        copies = []
        known_texts: set[bytes] = set()
        known_pieces: set[bytes] = set()
        for text in texts:
            found = tokens(text.text)
            if not self._says_enough(text.text, found, text.field):
                self.too_short[text.set] += 1
                continue
            if _seen(found.hashes, known_texts):
                continue
            copies += [_Held(hashes, len(self._texts)) for *_, hashes in self._runs(text.text, found)]
            pieces = (piece for piece in self._cut(text) if not _seen(piece, known_pieces))
            self._pieces += [(len(self._texts), piece) for piece in pieces]
            self._texts.append(text)
        self._copies = _Owners(copies)
        self._shared = _Owners([_Held(grams(piece, SHINGLE), i) for i, (_, piece) in enumerate(self._pieces)], COMMON)
        self._sizes = self._shared.sizes(len(self._pieces))

    def __len__(self) -> int:
        """How many different texts are looked for."""
        return len(self._texts)

    def find(self, text: str) -> list[Hit]:
        """The places in a text that an evaluation text has as well, in order; each named after the first that does."""
        if not self._texts:
            return []
        found = tokens(text)
        hits = sorted(self._find_copies(text, found), key=lambda hit: hit.start)
        if self._config.near <= 1:
            hits += self._find_near(text, found, hits)
        return sorted(hits, key=lambda hit: hit.start)

    def _says_enough(self, text: str, found: Tokens, field: str) -> bool:
        ideographs = int(found.ideographs.sum())
        said = (len(found.hashes) - ideographs) / self._config.words + ideographs / self._config.characters
        if ideographs:
            units = characters(text)
            said = max(said, len(units.hashes) / self._config.characters if _mostly(units) else 0)
        return said >= (self._config.question if field == "question" else 1)

    def _cut(self, text: EvaluationText) -> Iterator[Hashes]:
        """The paragraphs of a text that say enough, long ones in parts of equal length."""
        for paragraph in PARAGRAPHS.split(text.text):
            found = tokens(paragraph)
            if self._says_enough(paragraph, found, text.field):
                yield from np.array_split(found.hashes, -(-len(found.hashes) // PIECE_TOKENS))

    def _runs(self, text: str, found: Tokens) -> Iterator[tuple[Tokens, int, Places, Hashes]]:
        """The runs that count as copies: of which units, of how many, at which of them, and their hashes."""
        yield from _runs(found, self._config.words, ideographs=False)
        if found.ideographs.any():
            yield from _runs(characters(text), self._config.characters, ideographs=True)

    def _find_copies(self, text: str, found: Tokens) -> Iterator[Hit]:
        for units, length, firsts, hashes in self._runs(text, found):
            there, places = self._copies.find(hashes)
            # Runs that follow one another are one place.
            for group in np.split(np.arange(len(there)), np.flatnonzero(np.diff(firsts[there]) != 1) + 1):
                if len(group):
                    owner = self._texts[self._copies.first(int(places[group[0]]))]
                    first, last = firsts[there[group[[0, -1]]]].tolist()
                    yield Hit(owner.set, owner.id, "copy", *_span(text, units.starts, first, last + length))

    def _find_near(self, text: str, found: Tokens, copies: Sequence[Hit]) -> Iterator[Hit]:
        """Near copies, one a paragraph at most; a paragraph with a copy has been found already."""
        there, places = self._shared.find(grams(found.hashes, SHINGLE))
        spans = list(_paragraphs(text))
        bounds = np.searchsorted(found.starts, [*(start for start, _ in spans), len(text)])
        paragraphs = np.searchsorted(bounds[:-1], there, side="right") - 1
        inside = there + SHINGLE <= bounds[paragraphs + 1]
        there, places, paragraphs = there[inside], places[inside], paragraphs[inside]
        for group in np.split(np.arange(len(there)), np.flatnonzero(np.diff(paragraphs)) + 1):
            if len(group):
                number = int(paragraphs[group[0]])
                start, end = spans[number]
                if not any(hit.start < end and start < hit.end for hit in copies):
                    first, last = bounds[number : number + 2].tolist()
                    yield from self._nearest(text, found, (first, last), there[group], places[group])

    def _nearest(
        self, text: str, found: Tokens, bounds: tuple[int, int], inside: Places, places: Places
    ) -> Iterator[Hit]:
        pieces, shared = np.unique(self._shared.owners(np.unique(places)), return_counts=True)
        share = shared / self._sizes[pieces]
        best = np.lexsort((pieces, -share))[:CANDIDATES]
        for number in pieces[best[share[best] >= SHARED]].tolist():
            owner, piece = self._pieces[number]
            first, last = _window(piece, found.hashes, inside, bounds)
            same = LCSseq.similarity(piece.tolist(), found.hashes[first:last].tolist())
            if same >= self._config.near * len(piece):
                where = _span(text, found.starts, first, last)
                yield Hit(self._texts[owner].set, self._texts[owner].id, "near_copy", *where)
                return


def _runs(units: Tokens, length: int, ideographs: bool) -> Iterator[tuple[Tokens, int, Places, Hashes]]:
    """The runs of a length of which half are ideographs, or those of which fewer are."""
    if length <= len(units.hashes):
        before = np.concatenate([[0], np.cumsum(units.ideographs)])
        kept = np.flatnonzero((2 * (before[length:] - before[:-length]) >= length) == ideographs)
        yield units, length, kept, grams(units.hashes, length)[kept]


def _mostly(units: Tokens) -> bool:
    return bool(2 * units.ideographs.sum() >= len(units.hashes))


def _seen(hashes: Hashes, known: set[bytes]) -> bool:
    """Whether the same words came before; says so only the second time."""
    digest = hashlib.blake2b(hashes.tobytes(), digest_size=16).digest()
    if digest in known:
        return True
    known.add(digest)
    return False


def _window(piece: Hashes, hashes: Hashes, inside: Places, bounds: tuple[int, int]) -> tuple[int, int]:
    """Where in the paragraph the piece would stand, to judge by where most of the runs that both have stand."""
    runs = grams(piece, SHINGLE)
    order = np.argsort(runs, kind="stable")
    here = grams(hashes[bounds[0] : bounds[1]], SHINGLE)[inside - bounds[0]]
    at = np.minimum(np.searchsorted(runs, here, sorter=order), len(runs) - 1)
    own = inside[runs[order[at]] == here]
    shifts = own - order[at][runs[order[at]] == here]
    slack = int(SLACK * len(piece)) + 1
    nearby = np.searchsorted(np.sort(shifts), shifts + slack, "right") - np.searchsorted(
        np.sort(shifts), shifts - slack
    )
    first = int(shifts[np.argmax(nearby)])
    return max(bounds[0], first - slack), min(bounds[1], first + len(piece) + slack)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for between in PARAGRAPHS.finditer(text):
        yield start, between.start()
        start = between.end()
    yield start, len(text)


def _span(text: str, starts: Places, first: int, last: int) -> tuple[int, int]:
    """Where the tokens from `first` up to `last` stand in the text, without what follows the last of them."""
    start, end = int(starts[first]), int(starts[last]) if last < len(starts) else len(text)
    while not text[end - 1].isalnum() and end - 1 > start:
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Held:
    """Hashes that one owner has."""

    hashes: Hashes
    owner: int


class _Owners:
    """Hashes, sorted, each with all who have it: some 40 bytes each, and 4 an owner."""

    def __init__(self, held: Sequence[_Held], common: int | None = None) -> None:
        hashes = np.concatenate([np.empty(0, np.uint64), *(some.hashes for some in held)])
        owners = np.repeat(np.array([some.owner for some in held], np.int32), [len(some.hashes) for some in held])
        order = np.lexsort((owners, hashes))
        hashes, owners = hashes[order], owners[order]
        fresh = np.ones(len(hashes), np.bool_)
        fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        self._hashes, starts, counts = np.unique(hashes[fresh], return_index=True, return_counts=True)
        self._owners: npt.NDArray[np.int32] = owners[fresh]
        if common is not None:
            kept = counts <= common
            self._owners = self._owners[np.repeat(kept, counts)]
            self._hashes, counts = self._hashes[kept], counts[kept]
            starts = np.concatenate([[0], np.cumsum(counts)])[:-1]
        self._starts, self._counts = starts, counts
        bits = max(16, len(self._hashes).bit_length() + 4)
        self._shift = np.uint64(64 - bits)
        self._leading = np.zeros(1 << bits, np.bool_)
        self._leading[self._hashes >> self._shift] = True

    def find(self, hashes: Hashes) -> tuple[Places, Places]:
        """Which of the hashes somebody has, and their places here."""
        # Most are nobody's, which a table of the leading bits tells at the cost of one look.
        perhaps = np.flatnonzero(self._leading[hashes >> self._shift])
        if not len(perhaps):
            return perhaps, perhaps
        places = np.minimum(np.searchsorted(self._hashes, hashes[perhaps]), len(self._hashes) - 1)
        there = self._hashes[places] == hashes[perhaps]
        return perhaps[there], places[there]

    def first(self, place: int) -> int:
        """The first who has it."""
        return int(self._owners[self._starts[place]])

    def owners(self, places: Places) -> npt.NDArray[np.int32]:
        """All who have one of them, as often as they do."""
        counts = self._counts[places]
        into = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        found: npt.NDArray[np.int32] = self._owners[np.repeat(self._starts[places], counts) + into]
        return found

    def sizes(self, owners: int) -> Places:
        """How many hashes each owner has here."""
        return np.bincount(self._owners, minlength=owners)
