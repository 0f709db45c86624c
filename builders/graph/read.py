"""A file of triples in, clean triples and a list of what was left out (or noticed) out.

Nothing is lost silently: rows read and rows left out add up to the rows of the file.

    read_triples(Path("samples/graph/triples.csv"))
    ->  [Triple("人参", "拉丁学名", "Panax ginseng", "herb", "species", "《中华人民共和国药典》"), ...],
        [Dropped("missing_field", "triples.csv:7", "no tail; ..."), ...]
"""

from __future__ import annotations

import re
from pathlib import Path

from builders.graph.records import REQUIRED, Record, read_records
from builders.types import Dropped, Triple

LONGEST_NAME = 1000  # characters; beyond it a cell is a text or an unclosed quotation, no name
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]+")  # all but tab and line end
BLANKS = re.compile(r"\s+")


def read_triples(path: Path) -> tuple[list[Triple], list[Dropped]]:
    """Reads CSV, TSV, TXT, JSON or JSON lines.

    A node written `type<TAB>name` is taken apart. Left out, with line and reason: missing fields, empty or endless
    names, exact duplicates, triples with the same name at both ends. A note of reason `swapped_columns` drops nothing.

    Raises:
        UserError: the file as a whole cannot be read.
    """
    records, dropped = read_records(path)
    lines: dict[Triple, int] = {}
    seen: dict[str, int] = {}
    for record in records:
        place = f"{path.name}:{record.line}"
        triple = _triple(record, place)
        if isinstance(triple, Dropped):
            dropped.append(triple)
        elif triple.key in seen:
            dropped.append(Dropped("duplicate", place, f"{_shown(triple)} stands in line {seen[triple.key]} already"))
        else:
            seen[triple.key] = record.line
            lines[triple] = record.line
    return list(lines), dropped


def _triple(record: Record, place: str) -> Triple | Dropped:
    for field in REQUIRED:
        if field not in record.cells:
            return Dropped("missing_field", place, f"no {field}; a triple needs {', '.join(REQUIRED)}")
    head_type, head = _node(record.cells["head"])
    tail_type, tail = _node(record.cells["tail"])
    relation = _clean(record.cells["relation"])
    if not relation:
        return Dropped("missing_field", place, f"no relation; a triple needs {', '.join(REQUIRED)}")
    for field, name in (("head", head), ("relation", relation), ("tail", tail)):
        if not name:
            return Dropped("empty_name", place, f"the {field} is blank; fill it in or delete the line")
        if len(name) > LONGEST_NAME:
            return Dropped("name_too_long", place, f"{field} of {len(name)} characters: {name[:40]}...; shorten it")
    if head == tail:
        return Dropped("self_loop", place, f"{head} {relation} {tail}: the same name at both ends; delete or rename")
    return Triple(
        head,
        relation,
        tail,
        _optional(record, "head_type") or head_type,
        _optional(record, "tail_type") or tail_type,
        _optional(record, "source"),
    )


def _node(text: str) -> tuple[str | None, str]:
    """Splits `type<TAB>name`; a node without a tab has no type."""
    kind, tab, name = text.strip(" \r\n").partition("\t")
    return (_clean(kind) or None, _clean(name)) if tab else (None, _clean(kind))


def _optional(record: Record, field: str) -> str | None:
    return _clean(record.cells[field]) or None if field in record.cells else None


def _clean(text: str) -> str:
    return BLANKS.sub(" ", CONTROL.sub(" ", text)).strip()


def _shown(triple: Triple) -> str:
    return triple.key.replace("\t", " ")
