"""The text of a table in, its records out: CSV, TSV, TXT with a header, or three columns without one.

head,relation,tail / 人参,归经,脾  ->  Record(2, {"head": "人参", "relation": "归经", "tail": "脾"})
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from builders.errors import UserError
from builders.graph.read.record import REQUIRED, Record, field_of
from builders.types import Dropped

LOOKED_AT = 100_000
"""Characters of a text, and"""
LINES = 50
"""lines, by which the mark between its cells is told."""
Row = tuple[int, Sequence[str]]
"""The number of the line where a row begins, and its cells."""


def records(text: str, path: Path) -> Iterator[Record | Dropped]:
    """The rows of a text as records.

    Raises:
        UserError: the columns cannot be told apart, or a row cannot be read.
    """
    return of_rows(lambda: _rows(text, path), path)


def of_rows(rows: Callable[[], Iterator[Row]], path: Path, part: str = "") -> Iterator[Record | Dropped]:
    """Names the columns and gives the rows as records; `rows` is called once for a header, once for what follows."""
    width, fields = _header(next(rows(), (1, ())), path)
    start = 1
    if not fields:
        start = 0
        fields = _fields_by_looking(rows, path)
        if fields[1] != "relation":
            kept = sum(len(cells) == 3 for _, cells in rows())
            yield Dropped("swapped_columns", path.name, f"columns read as {', '.join(fields)}; kept={kept}")
    width = width or len(fields)
    for line, cells in islice(rows(), start, None):
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            detail = f"{len(cells)} cells for {width} columns; enclose a name with a comma in quotation marks"
            yield Dropped("too_many_fields", Record(line, {}, part).place(path.name), detail)
        else:
            yield Record(line, {field: cell for field, cell in zip(fields, cells, strict=False) if field}, part)


def _header(first: Row, path: Path) -> tuple[int, list[str]]:
    """The width of the table and the field of each column; nothing where the first row is no header."""
    line, cells = first
    fields = [field_of(cell) for cell in cells]
    missing = [field for field in REQUIRED if field not in fields]
    if len(missing) == 1:
        raise UserError(f"{path}:{line}: no {missing[0]} in the header; call the columns {', '.join(REQUIRED)}")
    return (0, []) if missing else (len(fields), fields)


def _fields_by_looking(rows: Callable[[], Iterator[Row]], path: Path) -> list[str]:
    """Names three columns without a header: the one with the fewest distinct values is the relation."""
    widths = Counter(len(cells) for _, cells in rows())
    width = widths.most_common(1)[0][0] if widths else 0
    if width != 3:
        raise UserError(f"{path}:1: {width} columns and no header; add the line {','.join(REQUIRED)},... on top")
    distinct: tuple[set[str], ...] = (set(), set(), set())
    for _, cells in rows():
        if len(cells) == 3:
            for known, cell in zip(distinct, cells, strict=True):
                known.add(cell)
    relation = min((1, 2, 0), key=lambda column: len(distinct[column]))  # the middle wins a tie
    fields = ["head", "tail"]
    fields.insert(relation, "relation")
    return fields


def _rows(text: str, path: Path) -> Iterator[Row]:
    """The cells of each row that is not blank, with the line where it starts."""
    tabs = path.suffix.lower() == ".tsv" or _is_tabbed(text)
    # A quotation mark in a tab-separated file is a mark in a name; in a comma-separated one it encloses a cell.
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if tabs else csv.reader(lines)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UserError(f"{path}:{line}: no readable row ({error}); is a quotation mark left open there?") from error


def _is_tabbed(text: str) -> bool:
    """Whether tabs part the cells. In `herb<TAB>人参,归经,meridian<TAB>脾经` commas do, and tabs part types off."""
    lines = [line for line in text[:LOOKED_AT].split("\n") if line.strip()][:LINES]
    first = lines[0]
    if "," not in first or "\t" not in first:
        return "\t" in first
    rows = [[cell.count("\t") for cell in line.split(",")] for line in lines]
    typed = all(len(row) == 3 and row[1] == 0 and max(row) < 2 for row in rows)
    return first.count("\t") > 1 and not typed
