"""A file of triples in, its records by field name with their line numbers out; what a name means is not judged here.

CSV, TSV, TXT (with header, or three columns without), JSON (an array of objects), JSON lines; UTF-8, UTF-16, GB18030.

    {"subject": "人参", "predicate": "归经", "object": "脾"}  ->  Record(3, {"head": "人参", "relation": "归经", ...})
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders.errors import UserError
from builders.types import Dropped

NAMES = {
    "head": "head node_1 subject head_entity entity1 h from start 头实体 实体1 主语 主体 头节点",
    "relation": "relation predicate rel r edge relation_type property 关系 关系类型 谓语 谓词 属性",
    "tail": "tail node_2 object tail_entity entity2 t to end 尾实体 实体2 宾语 客体 尾节点",
    "head_type": "head_type subject_type node_1_type 头实体类型 头类型 主语类型",
    "tail_type": "tail_type object_type node_2_type 尾实体类型 尾类型 宾语类型",
    "source": "source reference 来源 出处",
}
FIELD_OF_NAME = {name: field for field, names in NAMES.items() for name in names.split()}
REQUIRED = ("head", "relation", "tail")
SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl")
BETWEEN_ITEMS = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Record:
    """One line or object of the file: its line number from 1 and its values by field, as written."""

    line: int
    cells: dict[str, str]


def read_records(path: Path) -> tuple[list[Record], list[Dropped]]:
    """Reads one file; rows that hold no record come back as dropped.

    Raises:
        UserError: the file is missing, empty, of unknown kind or encoding, or its columns cannot be told apart.
    """
    text = decode(path)
    if not text.strip():
        raise UserError(f"{path}: empty; put one triple a line there, columns head, relation, tail")
    if path.suffix.lower() == ".json" and text.lstrip().startswith("["):
        return _from_objects(_array_items(text, path), path)
    if path.suffix.lower() in (".json", ".jsonl"):
        return _from_objects(_line_items(text), path)
    return _from_table(_table_rows(text, path), path)


def decode(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 (with or without mark) or GB18030, tried in this order."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"{path}: triples are read from {', '.join(SUFFIXES)}; convert the file to one of these")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}); check the path of the graph") from error
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff")
    raise UserError(f"{path}: neither UTF-8 nor UTF-16 nor GB18030; save it as UTF-8")


def _encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in raw:  # UTF-16 without mark: its tabs, commas and line ends hold a zero byte, which no other text has
        return ("utf-16-le", "utf-16-be") if raw[1::2].count(0) >= raw[::2].count(0) else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030")


def _array_items(text: str, path: Path) -> Iterator[tuple[int, Any]]:
    """The items of a JSON array, each with the line where it starts."""
    decoder = json.JSONDecoder()
    position, counted, line = text.index("[") + 1, 0, 1
    try:
        while True:
            between = BETWEEN_ITEMS.match(text, position)
            position = between.end() if between else position
            if text.startswith("]", position):
                return
            line += text.count("\n", counted, position)
            counted = position
            item, position = decoder.raw_decode(text, position)
            yield line, item
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}:{line}: not JSON ({error}); mend the file there") from error


def _line_items(text: str) -> Iterator[tuple[int, Any]]:
    """The value of each line; a line that is not JSON gives its own text, which is no object either."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, line


def _from_objects(items: Iterator[tuple[int, Any]], path: Path) -> tuple[list[Record], list[Dropped]]:
    records: list[Record] = []
    dropped: list[Dropped] = []
    for line, item in items:
        if isinstance(item, dict):
            cells = {FIELD_OF_NAME.get(_plain(name), ""): value for name, value in item.items()}
            records.append(Record(line, {name: str(value) for name, value in cells.items() if _is_name(name, value)}))
        else:
            detail = f"{str(item)[:60]!r} is no object; write {{'head': ..., 'relation': ..., 'tail': ...}}"
            dropped.append(Dropped("not_an_object", f"{path.name}:{line}", detail))
    return records, dropped


def _is_name(field: str, value: Any) -> bool:
    return field != "" and isinstance(value, str | int | float) and not isinstance(value, bool)


def _table_rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """The cells of each row that is not blank, with the line where it starts."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    tabs = path.suffix.lower() == ".tsv" or "\t" in first.split(",", 1)[0]
    # A quotation mark in a tab-separated file is a mark in a name; in a comma-separated one it encloses a cell.
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if tabs else csv.reader(lines)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UserError(f"{path}:{line}: no readable row ({error}); is a quotation mark left open there?") from error
    return rows


def _from_table(rows: list[tuple[int, list[str]]], path: Path) -> tuple[list[Record], list[Dropped]]:
    fields = [FIELD_OF_NAME.get(_plain(cell), "") for cell in rows[0][1]]
    missing = [field for field in REQUIRED if field not in fields]
    notes: list[Dropped] = []
    if len(missing) == 0:
        rows = rows[1:]
    elif len(missing) == 1:
        raise UserError(f"{path}:{rows[0][0]}: no {missing[0]} in the header; call the columns {', '.join(REQUIRED)}")
    else:
        fields = _fields_by_looking(rows, path)
        if fields[1] != "relation":
            detail = f"columns read as {', '.join(fields)}; kept={sum(len(cells) == 3 for _, cells in rows)}"
            notes.append(Dropped("swapped_columns", path.name, detail))
    records, dropped = _records(rows, fields, path)
    return records, notes + dropped


def _fields_by_looking(rows: Sequence[tuple[int, list[str]]], path: Path) -> list[str]:
    """Names three columns without a header: the one with the fewest distinct values is the relation."""
    width = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
    if width != 3:
        raise UserError(f"{path}:1: {width} columns and no header; add the line {','.join(REQUIRED)},... on top")
    distinct = [len({cells[column] for _, cells in rows if len(cells) == 3}) for column in range(3)]
    relation = min((1, 2, 0), key=lambda column: distinct[column])  # the middle wins a tie
    fields = ["head", "tail"]
    fields.insert(relation, "relation")
    return fields


def _records(
    rows: Sequence[tuple[int, list[str]]], fields: Sequence[str], path: Path
) -> tuple[list[Record], list[Dropped]]:
    records: list[Record] = []
    dropped: list[Dropped] = []
    for line, cells in rows:
        if len(cells) > len(fields) and any(cell.strip() for cell in cells[len(fields) :]):
            detail = f"{len(cells)} cells for {len(fields)} columns; enclose a name with a comma in quotation marks"
            dropped.append(Dropped("too_many_fields", f"{path.name}:{line}", detail))
        else:
            named = zip(fields, cells, strict=False)
            records.append(Record(line, {field: cell for field, cell in named if field}))
    return records, dropped


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")
