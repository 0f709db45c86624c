"""A file in, its rows one after the other out, each with its place; never more than one row is held.

JSON: one array, one object a line, or objects one after the other. CSV and TSV with a header: an object a row. TXT: a
text a line. UTF-8, UTF-16 with mark, or GB18030.

    values(Path("llama_data.json"))  ->  Value(1, {"instruction": "...", "input": "", "output": "..."}), ...
"""

from __future__ import annotations

import codecs
import csv
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import orjson

from builders.errors import UserError
from builders.types import Dropped

LONGEST = 4 << 20
"""Characters of one row; a longer one is passed over without being held."""
CHUNK = 1 << 16
LINES = (".json", ".jsonl")
TABLES = {".csv": ",", ".tsv": "\t"}
SUFFIXES = (*LINES, *TABLES, ".txt")
BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Value:
    """What one row holds."""

    line: int
    """The line where it begins; in an array, which may be all in one line, its number from 1."""
    value: Any


def values(path: Path) -> Iterator[Value | Dropped]:
    """Streams the rows of a file; a line that is not JSON comes as dropped.

    Raises:
        UserError: the file is of unknown kind or encoding, or its JSON breaks off where no line begins anew.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(f"imports: {path}: rows are read from {', '.join(SUFFIXES)}; convert the file to one of these")
    with path.open(encoding=_encoding(path), newline="" if suffix in TABLES else "\n") as stream:
        if suffix in TABLES:
            yield from _table(stream, path, TABLES[suffix])
        elif suffix == ".txt":
            yield from _lines(stream, path, parsed=False)
        elif _is_lines(stream):
            yield from _lines(stream, path, parsed=True)
        else:
            yield from _items(stream, path)


def _encoding(path: Path) -> str:
    """By the mark at the start, else the first of UTF-8 and GB18030 that the whole file is in."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise UserError(f"imports: {path}: cannot be read ({error.strerror}); check the path") from error
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding) as file:
                while file.read(CHUNK):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise UserError(f"imports: {path}: neither UTF-8 nor UTF-16 with mark nor GB18030; save it as UTF-8")


def _is_lines(stream: TextIO) -> bool:
    """Whether each line is a value of its own: the first is, or the second begins one; not one array alone."""
    first = ""
    while not first.strip():
        first = stream.readline(LONGEST)
        if not first:
            break
    more = stream.read(CHUNK).strip()
    stream.seek(0)
    if first.lstrip().startswith("{"):
        return len(first) == LONGEST or _is_json(first) or more.startswith("{")
    return not first.lstrip().startswith("[") or (more.startswith("[") and _is_json(first))


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _lines(stream: TextIO, path: Path, parsed: bool) -> Iterator[Value | Dropped]:
    number = 0
    while line := stream.readline(LONGEST):
        number += 1
        place = f"{path}:{number}"
        if len(line) == LONGEST and not line.endswith("\n"):
            while (rest := stream.readline(CHUNK)) and not rest.endswith("\n"):
                pass
            yield Dropped("too_long_row", place, f"more than {LONGEST:,} characters in one line; cut or delete it")
        elif line.strip():
            yield _line(line, number, place) if parsed else Value(number, line.strip())


def _line(line: str, number: int, place: str) -> Value | Dropped:
    try:
        return Value(number, orjson.loads(line))
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        return Dropped("not_json", place, f"{error}: {line[:60].strip()!r}; mend or delete the line")


def _table(stream: TextIO, path: Path, delimiter: str) -> Iterator[Value | Dropped]:
    rows = csv.DictReader(stream, delimiter=delimiter)
    line = 1
    try:
        for row in rows:
            first, line = line + 1, rows.line_num
            if None in row:
                detail = "more cells than the header has; enclose a cell with a comma in quotation marks"
                yield Dropped("too_many_cells", f"{path}:{first}", detail)
            else:
                yield Value(first, {key: cell for key, cell in row.items() if cell is not None})
    except csv.Error as error:
        raise UserError(f"imports: {path}:{line + 1}: no readable row ({error}); mend or delete it") from error


class _Window:
    """A stretch of the file that grows until one value is whole in it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._line = 1
        self._counted = 0
        self.text = ""
        self.at = 0
        self.ended = False

    @property
    def held(self) -> int:
        return len(self.text) - self.at

    def line(self) -> int:
        """The line of the file that is read now."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def grow(self) -> None:
        """Lets go of what was read, and doubles what is held."""
        self.line()
        more = self._stream.read(max(CHUNK, self.held))
        self.text, self.at, self._counted = self.text[self.at :] + more, 0, 0
        self.ended = not more

    def pass_between(self) -> None:
        """Goes to the next value, or to the end."""
        while True:
            between = BETWEEN.match(self.text, self.at)
            self.at = between.end() if between else self.at
            if self.held or self.ended:
                return
            self.grow()


def _items(stream: TextIO, path: Path) -> Iterator[Value | Dropped]:
    """The items of one array, or values one after the other, whatever their lines."""
    window = _Window(stream)
    decoder = json.JSONDecoder()
    window.pass_between()
    within = window.text.startswith("[", window.at)
    window.at += within
    for number in itertools.count(1):
        window.pass_between()
        if within and window.text.startswith("]", window.at):
            return
        if not window.held:
            if within:
                raise UserError(f"imports: {path}:{window.line()}: the array has no end; mend or fetch the file anew")
            return
        value, window.at = _next(window, decoder, path)
        yield Value(number, value)


def _next(window: _Window, decoder: json.JSONDecoder, path: Path) -> tuple[Any, int]:
    """The next value and where it ends; a number at the end of what is held might go on, so more is read first."""
    while True:
        try:
            value, end = decoder.raw_decode(window.text, window.at)
        except (ValueError, RecursionError) as error:
            if window.ended or window.held > LONGEST or isinstance(error, RecursionError):
                said = "nested too deep" if isinstance(error, RecursionError) else str(error)
                raise UserError(f"imports: {path}:{window.line()}: not JSON ({said}); mend the file there") from error
        else:
            if end < len(window.text) or window.ended:
                return value, end
        window.grow()
