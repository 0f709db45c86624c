"""Documents of known length in, rows of pieces out: which tokens stand together in which row.

plan(tokens, PackConfig(context_tokens=2048))  ->  [[Piece(document=0, first=0, last=2031)], ...]

First the documents that fit a row, longest first, each row with the longest that still fits (best-fit decreasing: Ding
et al. 2024, arXiv 2404.10830). What stays free is filled with the beginning of a document that must be cut anyway: of
those at hand the one whose sentence ends nearest to the row's end. Then what is left of those, row after row, by the
shortest path over their sentence ends.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from builders.pack import PackConfig
from builders.pack.tokens import Tokens

AT_HAND = 64
"""So many documents are looked at for a gap: one in about 25 tokens ends a sentence, so one of these fits exactly."""
OFFERS = 12
"""Of those that fit best, so many are looked at for how well what remains of them can be cut."""
AHEAD = 8
"""So many rows are cut on trial for that."""
PATHS = 16
"""So many ways to cut a document are followed at a time."""
WHOLE_CHARACTER = 8
"""A cut in a sentence moves back by fewer tokens than this to the end of a character."""
NOTHING = 1 << 40
"""Costs more than anything else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive tokens of one document."""

    document: int
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


PackedRow = list[Piece]
_COST = itemgetter(0, 1)


class _Path(NamedTuple):
    """A way to cut a document so far: what it cost in tokens left free, its last cut, and what led to it."""

    cost: int
    cut: int
    before: _Path | None

    def cuts(self) -> list[int]:
        """Every cut from the first on, the beginning included."""
        found = [self.cut]
        path = self
        while path.before:
            path = path.before
            found.append(path.cut)
        return found[::-1]


class _Whole:
    """Documents that fit a row, by length; the lengths that are there are bits of one number."""

    def __init__(self, pieces: Iterator[Piece]) -> None:
        self._by_length: dict[int, list[Piece]] = {}
        self._lengths = 0
        for piece in pieces:
            self._by_length.setdefault(len(piece), []).append(piece)
            self._lengths |= 1 << len(piece)

    def take(self, room: int) -> Piece | None:
        """The longest that fits, the last of equal ones."""
        fitting = self._lengths & ((2 << room) - 1)
        if not fitting:
            return None
        length = fitting.bit_length() - 1
        piece = self._by_length[length].pop()
        if not self._by_length[length]:
            self._lengths ^= 1 << length
        return piece


class _Planner:
    """Makes the rows one after another, with one tolerance."""

    def __init__(self, tokens: Tokens, config: PackConfig, tolerance: int) -> None:
        self.tokens = tokens
        self.capacity = config.context_tokens
        self.tolerance = tolerance
        """So many tokens of a row may stay free."""
        self.crumb = min(config.tolerance_tokens, self.capacity // 4)
        """A piece shorter than this is avoided."""
        self.keep_whole = config.keep_whole
        pieces = [Piece(number, 0, tokens.length(number)) for number in range(len(tokens))]
        self.whole = _Whole(piece for piece in pieces if len(piece) <= self.capacity)
        self.rests = [piece for piece in reversed(pieces) if len(piece) > self.capacity]
        """What is cut anyway; the next one stands last."""

    def rows(self) -> Iterator[PackedRow]:
        while piece := self.whole.take(self.capacity):
            yield self._filled([piece])
        while self.rests:
            *full, tail = self._cut(self.rests.pop())
            yield from ([piece] for piece in full)
            yield self._filled([tail])

    def _filled(self, row: PackedRow) -> PackedRow:
        """Fills a row with whole documents, then with beginnings of those that are cut anyway."""
        room = self.capacity - sum(map(len, row))
        while piece := self.whole.take(room):
            row.append(piece)
            room -= len(piece)
        while room > self.tolerance and (piece := self._beginning(room)):
            row.append(piece)
            room -= len(piece)
        return row

    def _beginning(self, room: int) -> Piece | None:
        """Takes the beginning that fits a room best from the documents at hand; None where there is none to cut."""
        if not self.rests and not self.keep_whole and (sacrificed := self.whole.take(self.capacity)):
            self.rests.append(sacrificed)
        if not self.rests:
            return None
        at_hand = range(len(self.rests) - 1, max(-1, len(self.rests) - 1 - AT_HAND), -1)
        offers = sorted(self._offer(index, room) for index in at_hand)[:OFFERS]
        _, negative, last = min((cost + self._later(-index, cut), index, cut) for cost, index, cut in offers)
        if last == self.rests[-negative].first:
            return None
        piece = self.rests.pop(-negative)
        if last < piece.last:
            self.rests.append(Piece(piece.document, last, piece.last))
        return Piece(piece.document, piece.first, last)

    def _offer(self, index: int, room: int) -> tuple[int, int, int]:
        """What it costs to fill a room with the beginning of a rest, which rest, and where that ends."""
        rest = self.rests[index]
        free = room - len(rest)
        if free >= 0:
            return min(free, self.tolerance + 1), -index, rest.last
        most = rest.first + room
        cut = self.tokens.last_cut(rest.document, max(rest.first + 1, most - self.tolerance), most)
        cost = self.tolerance + 2 if cut is None else most - cut
        if cut is None:
            cut = self._token_cut(rest.document, rest.first, most)
            cost += NOTHING * (cut == rest.first)
        return cost + self.crumb * (rest.last - cut < self.crumb), -index, cut

    def _later(self, index: int, cut: int) -> int:
        """What it will cost to cut the rest of a rest into its next rows."""
        rest = self.rests[index]
        last = min(rest.last, cut + AHEAD * self.capacity)
        return self._cheapest(Piece(rest.document, cut, last)).cost if cut < last else 0

    def _token_cut(self, document: int, first: int, most: int) -> int:
        """The last cut that leaves no character in two rows; `first` where a room is too small for one."""
        for cut in range(most, max(first, most - WHOLE_CHARACTER), -1):
            if self.tokens.between_characters(document, cut):
                return cut
        return most if most - first >= WHOLE_CHARACTER else first

    def _cut(self, piece: Piece) -> list[Piece]:
        """Cuts a piece into full rows and a rest that fits one."""
        edges = [*self._cheapest(piece).cuts(), piece.last]
        return [Piece(piece.document, first, last) for first, last in pairwise(edges)]

    def _cheapest(self, piece: Piece) -> _Path:
        """The shortest path over the sentence ends of a piece to its last row."""
        paths = [_Path(0, piece.first, None)]
        done: list[_Path] = []
        while paths:
            further: dict[int, _Path] = {}
            for path in paths:
                remains = piece.last - path.cut
                if remains <= self.capacity:
                    done.append(path._replace(cost=path.cost + self.crumb * (remains < self.crumb)))
                    continue
                for cost, cut in self._steps(piece.document, path.cut):
                    if cut not in further or path.cost + cost < further[cut].cost:
                        further[cut] = _Path(path.cost + cost, cut, path)
            paths = sorted(further.values(), key=_COST)[:PATHS]
        return min(done, key=_COST)

    def _steps(self, document: int, first: int) -> Iterator[tuple[int, int]]:
        """Where a row may end: behind a sentence, which costs what stays free, else in one, which costs more."""
        most = first + self.capacity
        cuts = self.tokens.cuts(document, most - self.tolerance, most)
        for cut in cuts:
            yield most - cut, cut
        if not cuts:
            yield self.tolerance + 1, self._token_cut(document, first, most)


def plan(tokens: Tokens, config: PackConfig) -> list[PackedRow]:
    """The rows of all documents, as they were made, with the largest tolerance that leaves them full enough."""
    tolerance = min(config.tolerance_tokens, config.context_tokens // 4)
    best = list(_Planner(tokens, config, tolerance).rows())
    if not config.fill:
        return best
    least = -(-tokens.total // config.context_tokens)
    enough = max(least, int(tokens.total / (config.context_tokens * config.fill)))
    free = _free(best, tokens, config)
    while len(best) > enough and tolerance > 0:
        allowed = enough * config.context_tokens - tokens.total
        tolerance = min(tolerance * allowed // free, tolerance * 7 // 8)
        rows = list(_Planner(tokens, config, tolerance).rows())
        free = _free(rows, tokens, config)
        if len(rows) < len(best):
            best = rows
    return best


def _free(rows: list[PackedRow], tokens: Tokens, config: PackConfig) -> int:
    return len(rows) * config.context_tokens - tokens.total


def ordered(rows: list[PackedRow], tokens: Tokens, order: str, seed: int) -> list[PackedRow]:
    """The rows in the order in which they are written, by the document that fills most of a row."""
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    if order == "shuffled":
        return shuffled
    main = [max(row, key=len) for row in shuffled]
    if order == "as_given":
        keys = [(piece.document, piece.first) for piece in main]
    else:
        keys = [(tokens.length(piece.document), 0) for piece in main]
    return [shuffled[index] for index in sorted(range(len(keys)), key=keys.__getitem__)]
