"""A file of triples in, clean triples and a list of what was left out (or noticed) out.

Nothing is lost silently: rows read and rows left out add up to the rows of the file.

    read_triples(Path("samples/graph/triples.csv"))
    ->  [Triple("人参", "拉丁学名", "Panax ginseng", "herb", "species", "《中华人民共和国药典》"), ...],
        [Dropped("missing_field", "triples.csv:7", "no tail; ..."), ...]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from builders.graph.read.files import read_records
from builders.graph.read.record import CONTROL, REQUIRED, Record, clean
from builders.types import Dropped, Triple

LONGEST_NAME = 1000  # characters; beyond it a cell is a text or an unclosed quotation, no name


def read_triples(path: Path, head_key: str | None = None) -> tuple[list[Triple], list[Dropped]]:
    """Reads CSV, TSV, TXT, JSON, JSON lines, Excel, Turtle, N-Triples, GraphML or a Neo4j export.

    A node written `type<TAB>name` is taken apart. Left out, with line and reason: missing fields, empty or endless
    names, exact duplicates, triples with the same name at both ends. A note of reason `swapped_columns` drops nothing.

    Raises:
        UserError: the file as a whole cannot be read.
    """
    cleaner = Cleaner(path.name)
    triples: list[Triple] = []
    unread: list[Dropped] = []
    unclean: list[Dropped] = []
    for item in read_records(path, head_key).items:
        if isinstance(item, Dropped):
            unread.append(item)
        elif isinstance(found := cleaner.triple(item), Dropped):
            unclean.append(found)
        else:
            triples.append(found)
    return triples, unread + unclean


@dataclass(frozen=True, slots=True)
class Name:
    """A cell as a name, with what was taken off it."""

    text: str
    kind: str | None
    controlled: bool
    """Control or invisible characters stood in it."""


class Cleaner:
    """The records of one file in, clean triples out; knows the names and facts that came before."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._names: dict[str, Name] = {}
        self._lines: dict[tuple[str, str, str], str] = {}

    def triple(self, record: Record) -> Triple | Dropped:
        """The triple of a record, or why it gives none."""
        place = record.place(self._file)
        for field in REQUIRED:
            if field not in record.cells:
                return Dropped("missing_field", place, f"no {field}; a triple needs {', '.join(REQUIRED)}")
        head, tail = self.node(record.cells["head"]), self.node(record.cells["tail"])
        relation = self._cleaned(record.cells["relation"])
        if not relation:
            return Dropped("missing_field", place, f"no relation; a triple needs {', '.join(REQUIRED)}")
        for field, name in (("head", head.text), ("relation", relation), ("tail", tail.text)):
            if not name:
                return Dropped("empty_name", place, f"the {field} is blank; fill it in or delete the line")
            if len(name) > LONGEST_NAME:
                return Dropped(
                    "name_too_long", place, f"{field} of {len(name)} characters: {name[:40]}...; shorten it"
                )
        shown = f"{head.text} {relation} {tail.text}"
        if head.text == tail.text:
            return Dropped("self_loop", place, f"{shown}: the same name at both ends; delete or rename")
        first = self._lines.setdefault((head.text, relation, tail.text), place)
        if first is not place:
            return Dropped("duplicate", place, f"{shown} stands in line {first[len(self._file) + 1 :]} already")
        return Triple(
            head.text,
            relation,
            tail.text,
            self._optional(record, "head_type") or head.kind,
            self._optional(record, "tail_type") or tail.kind,
            self._optional(record, "source"),
        )

    def node(self, text: str) -> Name:
        """Splits `type<TAB>name`; a node without a tab has no type."""
        known = self._names.get(text)
        if known is None:
            kind, tab, name = text.strip(" \r\n").partition("\t")
            control = CONTROL.search(text) is not None
            cleaned = (clean(kind), clean(name)) if tab else ("", clean(kind))
            # Interned: a name of a million facts is held once, whatever the file says it in.
            known = Name(sys.intern(cleaned[1]), sys.intern(cleaned[0]) or None, control)
            self._names[text] = known
        return known

    def _cleaned(self, text: str) -> str:
        """A cell that is no node: a tab in it is a blank."""
        return sys.intern(clean(text))

    def _optional(self, record: Record, field: str) -> str | None:
        return self._cleaned(record.cells[field]) or None if field in record.cells else None
