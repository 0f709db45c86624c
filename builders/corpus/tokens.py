"""A text in, one number a word out: what near-duplicates, exact copies and evaluation sets are looked for by.

A token is a run of letters and digits, or a single ideograph or kana, so Chinese needs no word list. Case, width and
everything between tokens are ignored. All of it is numpy over code points: splitting and hashing words in Python costs
four times as much as the rest of MinHash.

    tokens("The ECS, 细胞")  ->  Tokens(hashes=[7.., 1.., 9.., 4..], starts=[0, 4, 9, 10], ideographs=[F, F, T, T])
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]

PIECE_CHARACTERS = 1 << 16
"""A longer text is hashed in pieces, which fit into the cache; they are cut at a space where one is near."""

_NEAR = 256
_BETWEEN, _LETTER, _IDEOGRAPH = 0, 1, 2
_KANA, _UNIFIED, _COMPATIBLE = range(0x3041, 0x3100), range(0x3400, 0xA000), range(0xF900, 0xFB00)
_HANGUL, _PRIVATE = range(0xAC00, 0xD7A4), range(0xD800, 0xF900)  # surrogates included
_RARE = 0x10000  # from here on: rare ideographs, emoji, historic scripts; each counts as an ideograph


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, in order."""

    hashes: Hashes
    """The same for the same token wherever it stands."""
    starts: Places
    """Where each begins, in characters."""
    ideographs: npt.NDArray[np.bool_]
    """Which of them are single characters of a script without spaces."""


def tokens(text: str) -> Tokens:
    """Cuts a text into tokens."""
    pieces = [_piece(text[start:end], start) for start, end in itertools.pairwise(_cuts(text))]
    if len(pieces) == 1:
        return pieces[0]
    return Tokens(
        np.concatenate([piece.hashes for piece in pieces]),
        np.concatenate([piece.starts for piece in pieces]),
        np.concatenate([piece.ideographs for piece in pieces]),
    )


def characters(text: str) -> Tokens:
    """Takes every character but spaces for a token, punctuation included, as Chinese is measured."""
    points = _points(text)
    hashes = _values(points, _tables().characters)
    kept = np.flatnonzero(hashes)
    return Tokens(hashes[kept], kept, _kinds(points)[kept] == _IDEOGRAPH)


def _cuts(text: str) -> list[int]:
    cuts = [0]
    while cuts[-1] + PIECE_CHARACTERS < len(text):
        end = cuts[-1] + PIECE_CHARACTERS
        space = text.rfind(" ", max(cuts[-1], end - _NEAR), end)
        cuts.append(end if space <= cuts[-1] else space)
    return [*cuts, len(text)]


def grams(hashes: Hashes, length: int) -> Hashes:
    """One number for every run of so many tokens: one that starts at each token but the last few."""
    count = len(hashes) - length + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = hashes[:count].copy()
    for shift in range(1, length):
        mixed *= _BASE
        mixed += hashes[shift : shift + count]
    return scramble(mixed)


def scramble(values: Hashes) -> Hashes:
    """Spreads what differs in a few bits over all of them; in place."""
    values ^= values >> np.uint64(32)
    values *= _MULTIPLIER
    values ^= values >> np.uint64(29)
    return values


def _piece(text: str, start: int) -> Tokens:
    """Hashes each token as a polynomial of its characters modulo 2**64, times the inverse power of its place."""
    points = _points(text)
    kind = _kinds(points)
    begins = kind != _BETWEEN
    begins[1:] &= (kind[1:] == _IDEOGRAPH) | (kind[:-1] != _LETTER)
    starts = np.flatnonzero(begins)
    if not len(starts):
        return Tokens(np.empty(0, np.uint64), starts, np.empty(0, np.bool_))
    up, down = _powers(len(points).bit_length())
    terms = _values(points, _tables().tokens)
    terms *= up[: len(terms)]
    hashes = np.add.reduceat(terms, starts)
    hashes *= down[starts]
    return Tokens(hashes, starts + start, kind[starts] == _IDEOGRAPH)


def _points(text: str) -> Points:
    # A lone surrogate is no character, but it comes in what PDFs say.
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _kinds(points: Points) -> npt.NDArray[np.uint8]:
    return _tables().kinds[np.minimum(points, _RARE)]


def _values(points: Points, table: Hashes) -> Hashes:
    values = table[np.minimum(points, _RARE)]
    rare = points >= _RARE
    if rare.any():
        values[rare] = _scrambled(points[rare].astype(np.uint64))
    return values


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is known of each character below `_RARE`, and of all others together as the last."""

    kinds: npt.NDArray[np.uint8]
    tokens: Hashes
    """Its value within a token; what stands between tokens is worth nothing."""
    characters: Hashes
    """Its value on its own; spaces and controls are worth nothing."""


@functools.cache
def _tables() -> _Tables:
    kinds = np.zeros(_RARE + 1, np.uint8)
    folded = np.arange(_RARE + 1, dtype=np.uint64)
    blank = np.zeros(_RARE + 1, np.bool_)
    kinds[_UNIFIED] = kinds[_RARE] = _IDEOGRAPH
    kinds[_HANGUL] = _LETTER
    blank[_PRIVATE] = True
    for point in {*range(_RARE)}.difference(_UNIFIED, _HANGUL, _PRIVATE):
        category = unicodedata.category(chr(point))[0]
        blank[point] = category in "ZC"
        if category in "LMN":
            kinds[point] = _IDEOGRAPH if point in _KANA or point in _COMPATIBLE else _LETTER
        character = unicodedata.normalize("NFKC", chr(point)).casefold()
        folded[point] = ord(character) if len(character) == 1 else point
    values = _scrambled(folded)
    return _Tables(kinds, np.where(kinds == _BETWEEN, 0, values), np.where(blank, 0, values))


@functools.lru_cache(maxsize=4)
def _powers(bits: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse modulo 2**64, from the zeroth on."""
    return tuple(  # type: ignore[return-value]
        np.multiply.accumulate(np.concatenate([np.ones(1, np.uint64), np.full((1 << bits) - 1, base)]))
        for base in (_BASE, np.uint64(pow(int(_BASE), -1, 1 << 64)))
    )


def _scrambled(numbers: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): 64 bits that look random, the same everywhere."""
    values = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


# Odd, so that they have an inverse.
_BASE, _MULTIPLIER = _scrambled(np.array([1, 3], np.uint64)) | np.uint64(1)
