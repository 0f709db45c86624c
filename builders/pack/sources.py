"""Packed rows in, where each comes from out: one line a row for `cpt_packed.sources.jsonl`.

{"id": "train-000000", "sources": [{"document": "sha:...", "page": 3, "box": [...], "start": 815, "end": 2210, ...}]}

A piece has the blocks that it covers, cut to what is really there. In a paper's own row they lie end to end. In a row
with more than the paper's text (mined tasks between its sections) each block is looked up in the row's text, and what
else a row names (the quotation behind a task, a fact) belongs to the pieces that reach between the blocks there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import orjson

from builders.errors import UserError
from builders.jsonl import read_rows
from builders.pack.rows import PackedRow
from builders.pack.tokens import Tokens
from builders.types import Source

Row = dict[str, Any]

BETWEEN_BLOCKS = "\n\n"
"""As in `Document.text`."""
IN_MEMORY = 64
"""So many documents' sources are kept: neighbouring pieces are often of the same few."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a packing asks for: the sources of a text row, its text, and a document's text."""

    sources: Callable[[str], list[Row]]
    row_text: Callable[[str], str]
    document_text: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Place:
    """Characters of a text row, and the source that they come from: word for word, or in other words."""

    start: int
    end: int
    source: Row
    verbatim: bool

    def within(self, start: int, end: int) -> Row:
        if not self.verbatim:
            return self.source
        shift = self.source["start"] - self.start
        return {**self.source, "start": max(self.start, start) + shift, "end": min(self.end, end) + shift}


def _end_to_end(sources: list[Row], characters: int) -> list[_Place] | None:
    """The sources of a row that is a document's text and nothing else; None for any other."""
    expected = 0
    for source in sources:
        if source["start"] != expected or source["document"] != sources[0]["document"]:
            return None
        expected = source["end"] + len(BETWEEN_BLOCKS)
    if expected != characters + len(BETWEEN_BLOCKS):
        return None
    return [_Place(source["start"], source["end"], source, True) for source in sources]


def _looked_up(sources: list[Row], text: str, quoted: Callable[[Row], str]) -> list[_Place]:
    """The sources of any row: a block is where its text stands, all else between the blocks before and behind it."""
    places: list[_Place] = []
    between: list[Row] = []
    cursor = 0
    behind: dict[str | None, int] = {}
    for source in sources:
        if source["start"] is not None and source["start"] == source["end"]:
            continue  # an empty block is nowhere
        runs_on = source["start"] is not None and source["start"] >= behind.get(source["document"], 0)
        quotation = quoted(source) if runs_on else ""
        at = text.find(quotation, cursor) if quotation else -1
        if at < 0:
            between.append(source)
            continue
        places += _spread(between, cursor, at, len(text))
        between, cursor = [], at + len(quotation)
        places.append(_Place(at, cursor, source, True))
        behind[source["document"]] = source["end"]
    return sorted([*places, *_spread(between, cursor, len(text), len(text))], key=lambda place: place.start)


def _spread(sources: list[Row], start: int, end: int, characters: int) -> Iterator[_Place]:
    for source in sources:
        yield _Place(start, end, source, False) if start < end else _Place(0, characters, source, False)


def packed_sources(name: str, rows: Iterable[PackedRow], tokens: Tokens, origin: Origin) -> Iterator[Row]:
    """Lists, for each packed row, the sources of every piece in it."""

    def quoted(source: Row) -> str:
        text = origin.document_text(source["document"]) if source["document"] else None
        return text[source["start"] : source["end"]] if text else ""

    @lru_cache(IN_MEMORY)
    def placed(document: int) -> tuple[list[_Place], list[int]]:
        row = tokens.names[document]
        sources = origin.sources(row)
        places = _end_to_end(sources, tokens.characters[document])
        if places is None:
            places = _looked_up(sources, origin.row_text(row), quoted)
        return places, list(accumulate((place.end for place in places), max))

    for number, packed in enumerate(rows):
        found: list[Row] = []
        for piece in packed:
            if len(piece) == tokens.length(piece.document):
                found += origin.sources(tokens.names[piece.document])
                continue
            start, end = (tokens.character(piece.document, token) for token in (piece.first, piece.last))
            places, reached = placed(piece.document)
            for place in places[bisect_right(reached, start) :]:
                if place.start >= end:
                    break
                if place.end > start:
                    found.append(place.within(start, end))
        yield {"id": f"{name}-{number:06d}", "sources": found}


class Lines:
    """A JSON-lines file, its rows found by id and read when they are asked for."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UserError(f"{path}: no such file; build it first with `make data`")
        self.path = path
        self._lines = path.open("rb")
        self._places: dict[str, int] = {}
        place = 0
        for line in self._lines:
            if line.strip():
                self._places[orjson.loads(line)["id"]] = place
            place += len(line)

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def __contains__(self, row: str) -> bool:
        return row in self._places

    def __getitem__(self, row: str) -> Row:
        if row not in self._places:
            raise UserError(f"{self.path}: no line for row {row}; build text and sources together with `make data`")
        self._lines.seek(self._places[row])
        found: Row = orjson.loads(self._lines.readline())
        return found


def text_of(paper: Row) -> str:
    """As `Document.text`."""
    return BETWEEN_BLOCKS.join(block["text"] for block in paper["blocks"])


def heldout_sources(heldout: Path, documents: Path) -> dict[str, list[Row]]:
    """The sources of the held-out texts by row id: their blocks, or the whole text where those do not make it up."""
    wanted = {row["document"]: row for row in read_rows(heldout)}
    found = {row["id"]: [_source(row["document"], 0, len(row["text"]), {})] for row in wanted.values()}
    for paper in read_rows(documents) if documents.is_file() else ():
        row = wanted.get(paper["id"])
        if row and row["text"] == text_of(paper):
            found[row["id"]] = list(_blocks(paper))
    return found


def _blocks(paper: Row) -> Iterator[Row]:
    start = 0
    for block in paper["blocks"]:
        end = start + len(block["text"])
        yield _source(paper["id"], start, end, {key: block[key] for key in ("page", "line", "box")}, paper["reader"])
        start = end + len(BETWEEN_BLOCKS)


def _source(document: str, start: int, end: int, place: Row, maker: str | None = None) -> Row:
    return asdict(Source(document=document, start=start, end=end, maker=maker, **place))
