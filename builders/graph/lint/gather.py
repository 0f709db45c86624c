"""The files of a recipe in, their distinct triples with the place of each and what was found while reading out.

gathered = gather(["samples/graph/triples.csv"], None)
gathered.place(0)   ->  ("samples/graph/triples.csv", "2")
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from builders.errors import UserError
from builders.graph.lint.finding import Finding
from builders.graph.read.files import read_records, triple_files
from builders.graph.read.record import REQUIRED, Reading, Record
from builders.graph.read.triples import Cleaner
from builders.types import Dropped, Triple

PLAIN = "utf-8"
NOTES = frozenset({"swapped_columns"})
"""Reasons that drop nothing."""


class Place(NamedTuple):
    """Where a triple stands."""

    file: str
    line: str


@dataclass
class Gathered:
    """All files as one graph, each fact once."""

    triples: list[Triple] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    """Triples by file."""
    _files: list[str] = field(default_factory=list)
    _file_of: array[int] = field(default_factory=lambda: array("L"))
    _lines: list[str] = field(default_factory=list)
    _index: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def place(self, index: int) -> Place:
        """Where a triple stands, by its index."""
        return Place(self._files[self._file_of[index]], self._lines[index])

    def found(self, index: int, finding: str, value: str, suggestion: str) -> Finding:
        """A finding at a triple that is kept."""
        return Finding(*self.place(index), finding, value, suggestion, "kept")

    def add(self, path: Path, head_key: str | None) -> None:
        """Reads one file; one that cannot be read is a finding, and what was read of it before stays."""
        self._files.append(str(path))
        cleaner = Cleaner(path.name)
        mended = _Mended(str(path))
        before = len(self.triples)
        try:
            reading = read_records(path, head_key)
            self.findings += _encoding(reading, str(path))
            for item in reading.items:
                self._take(item, path, cleaner, mended)
        except UserError as error:
            told, _, remedy = str(error).removeprefix(f"{path}:").strip().partition("; ")
            remedy = remedy or "take it out of `triples`"
            self.findings.append(Finding(str(path), "", "unreadable_file", told, remedy, "left out"))
        self.findings += mended.findings()
        self.read[str(path)] = len(self.triples) - before

    def _take(self, item: Record | Dropped, path: Path, cleaner: Cleaner, mended: _Mended) -> None:
        triple = item if isinstance(item, Dropped) else cleaner.triple(item)
        if isinstance(item, Record):
            mended.look(item, cleaner)
        if isinstance(triple, Dropped):
            self.findings.append(_dropped(triple, path))
            return
        assert isinstance(item, Record)
        line = f"{item.part}:{item.line}" if item.part else str(item.line)
        first = self._index.setdefault((triple.head, triple.relation, triple.tail), len(self.triples))
        if first < len(self.triples):
            where = ":".join(self.place(first))
            said = f"{triple.head} {triple.relation} {triple.tail}"
            self.findings.append(
                Finding(str(path), line, "duplicate", said, f"delete it: it stands in {where} already", "left out")
            )
            return
        self.triples.append(triple)
        self._file_of.append(len(self._files) - 1)
        self._lines.append(line)


def gather(names: Sequence[str], head_key: str | None) -> Gathered:
    """Reads every file that a recipe names."""
    gathered = Gathered()
    for path in triple_files(names):
        gathered.add(path, head_key)
    return gathered


def _dropped(dropped: Dropped, path: Path) -> Finding:
    line = dropped.place.removeprefix(path.name).removeprefix(":")
    if dropped.reason in NOTES:
        remedy = f"name the columns in a line on top: {', '.join(REQUIRED)}, as they stand"
        return Finding(str(path), line, dropped.reason, dropped.detail, remedy, "repaired")
    value, _, suggestion = dropped.detail.partition("; ")
    if dropped.reason == "duplicate":
        value, stands, first = dropped.detail.rpartition(" stands in ")
        suggestion = f"delete it: it{stands}{first}"
    return Finding(str(path), line, dropped.reason, value, suggestion, "left out")


def _encoding(reading: Reading, file: str) -> Iterator[Finding]:
    if reading.encoding not in (None, PLAIN):
        named = "UTF-8 with a byte-order mark" if reading.encoding == "utf-8-sig" else str(reading.encoding).upper()
        yield Finding(file, "", "encoding", named, "save it as UTF-8", "repaired")


class _Mended:
    """What the cleaner mended in one file: types taken off, counted by type, and names with control characters."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._types: dict[str, tuple[str, int]] = {}
        self._controlled: list[tuple[str, str]] = []

    def look(self, record: Record, cleaner: Cleaner) -> None:
        for end in ("head", "tail"):
            if end not in record.cells:
                continue
            name = cleaner.node(record.cells[end])
            if name.kind:
                first, count = self._types.get(name.kind, (str(record.line), 0))
                self._types[name.kind] = (first, count + 1)
            if name.controlled:
                self._controlled.append((str(record.line), name.text))

    def findings(self) -> Iterator[Finding]:
        for kind, (line, count) in self._types.items():
            value = f"{kind}<TAB>name in {count:,} places"
            suggestion = "give the types in columns of their own, head_type and tail_type"
            yield Finding(self._file, line, "type_prefix", value, suggestion, "repaired")
        for line, name in self._controlled:
            yield Finding(self._file, line, "control_characters", name, "write the name without them", "repaired")
