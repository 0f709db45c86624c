"""Text rows in, their tokens out, kept on disk: what a plan of rows needs to know of them stays in memory.

    with Tokens(folder) as tokens:
        for encoded in encode([("3eb84d4b4cd886f2", "The extracellular space ...")], vocabulary, cut_beyond=2048):
            tokens.add(encoded)
        tokens.length(0), tokens.ids(0, 0, 4)

A document of n tokens takes 8 n bytes of disk while the packing runs, and in memory 4 bytes a sentence.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding

from builders.pack.vocabulary import Vocabulary
from builders.sentences import spans

Ids = npt.NDArray[np.uint32]

BATCH_CHARACTERS = 1 << 20
"""A batch is tokenised at once, on all cores, and an encoding takes some hundred bytes a token."""
IN_CHARACTER = 1 << 31


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text row as tokens, its separator included."""

    name: str
    ids: Ids
    characters: int
    ends: Ids | None = None
    """The character behind each token, with IN_CHARACTER where the next token goes on with the one before; None for a
    row that is never cut."""
    cuts: Ids | None = None
    """Where it may be cut between two sentences, as a number of tokens; None for a row that is never cut."""


def encode(rows: Iterable[tuple[str, str]], vocabulary: Vocabulary, cut_beyond: int) -> Iterator[Encoded]:
    """Tokenises rows of name and text; offsets are taken only of rows of more than `cut_beyond` tokens."""
    for batch in _batches(rows):
        encodings = vocabulary.tokenizer.encode_batch([text for _, text in batch], add_special_tokens=False)
        for (name, text), encoding in zip(batch, encodings, strict=True):
            yield _encoded(name, text, encoding, vocabulary.separator, cut_beyond)


def _batches(rows: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    batch: list[tuple[str, str]] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += len(row[1])
        if characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _encoded(name: str, text: str, encoding: Encoding, separator: int, cut_beyond: int) -> Encoded:
    ids = np.array([*encoding.ids, separator], dtype=np.uint32)
    if len(ids) <= cut_beyond:
        return Encoded(name, ids, len(text))
    offsets = np.fromiter(chain.from_iterable(encoding.offsets), dtype=np.uint32, count=2 * len(ids) - 2)
    starts, ends = np.append(offsets[::2], len(text)), np.append(offsets[1::2], len(text))
    cuts = sentence_cuts(text, ends)
    ends[:-1] |= np.where(starts[1:] < ends[:-1], IN_CHARACTER, 0)
    return Encoded(name, ids, len(text), ends.astype(np.uint32), cuts)


def sentence_cuts(text: str, ends: npt.NDArray[Any]) -> Ids:
    """How many tokens lie before each sentence but the first, where no token reaches over that boundary."""
    sentences = np.array(spans(text), dtype=np.uint32).reshape(-1, 2)
    stops, starts = sentences[:-1, 1], sentences[1:, 0]
    counts = np.searchsorted(ends, starts, side="right")
    whole = (counts > 0) & (ends[counts - 1] >= stops)
    return np.unique(counts[whole]).astype(np.uint32)


class Tokens:
    """The tokens of many documents, numbered as they come."""

    def __init__(self, folder: Path) -> None:
        self.names: list[str] = []
        self.characters = array("Q")
        self._first = array("Q", [0])
        self._first_end = array("Q", [0])
        self._cuts = array("I")
        self._first_cut = array("Q", [0])
        self._paths = (folder / "ids", folder / "ends")
        self._ids, self._ends = (path.open("w+b") for path in self._paths)

    def __enter__(self) -> Tokens:
        return self

    def __exit__(self, *_: object) -> None:
        for file, path in zip((self._ids, self._ends), self._paths, strict=True):
            file.close()
            path.unlink()

    def __len__(self) -> int:
        return len(self.names)

    def add(self, encoded: Encoded) -> None:
        self.names.append(encoded.name)
        self.characters.append(encoded.characters)
        self._ids.write(encoded.ids.tobytes())
        self._first.append(self._first[-1] + len(encoded.ids))
        ends = 0
        if encoded.ends is not None and encoded.cuts is not None:
            self._ends.write(encoded.ends.tobytes())
            self._cuts.frombytes(encoded.cuts.tobytes())
            ends = len(encoded.ends)
        self._first_end.append(self._first_end[-1] + ends)
        self._first_cut.append(len(self._cuts))

    def flush(self) -> None:
        """Call it between the last `add` and the first reading."""
        self._ids.flush()
        self._ends.flush()

    @property
    def total(self) -> int:
        return self._first[-1]

    def length(self, document: int) -> int:
        return self._first[document + 1] - self._first[document]

    def ids(self, document: int, first: int, last: int) -> Ids:
        return _read(self._ids.fileno(), self._first[document] + first, last - first)

    def cuts(self, document: int, first: int, last: int) -> list[int]:
        """The ends of sentences from token `first` to token `last`, both included."""
        low, high = self._first_cut[document], self._first_cut[document + 1]
        low = bisect_left(self._cuts, first, low, high)
        return list(self._cuts[low : bisect_right(self._cuts, last, low, high)])

    def last_cut(self, document: int, first: int, last: int) -> int | None:
        """The last end of a sentence from token `first` to token `last`, both included."""
        low, high = self._first_cut[document], self._first_cut[document + 1]
        index = bisect_right(self._cuts, last, low, high) - 1
        return self._cuts[index] if index >= low and self._cuts[index] >= first else None

    def character(self, document: int, token: int) -> int:
        """How many characters lie before a token."""
        if token == 0:
            return 0
        if token == self.length(document):
            return self.characters[document]
        return self._end(document, token) & ~IN_CHARACTER

    def between_characters(self, document: int, token: int) -> bool:
        """Whether a cut before this token leaves the character before it whole."""
        return not self._end(document, token) & IN_CHARACTER

    def _end(self, document: int, token: int) -> int:
        return int(_read(self._ends.fileno(), self._first_end[document] + token - 1, 1)[0])


def _read(file: int, first: int, count: int) -> Ids:
    return np.frombuffer(os.pread(file, 4 * count, 4 * first), dtype=np.uint32)
