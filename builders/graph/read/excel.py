"""An .xlsx workbook in, the rows of its sheets as records out: values only, no formula is run or followed.

Sheet1: head | relation | tail / 人参 | 归经 | 脾经   ->  Record(2, {"head": "人参", ...}, "Sheet1")
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from builders.errors import UserError
from builders.graph.read.record import Record
from builders.graph.read.tables import Row, of_rows
from builders.types import Dropped

LARGEST = 1 << 29
"""Bytes that all parts of a workbook may have unpacked: 512 MB, some ten million cells."""
MEMBERS = 10_000
ROWS = 1 << 20
"""Rows that a sheet can have, by Excel's own limit."""
CHUNK = 1 << 20
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
# What zipfile, the XML parser and openpyxl raise on a workbook that is broken, one way or another.
FAULTS = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, DefusedXmlException, OSError, EOFError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, RuntimeError),
)


def records(path: Path) -> Iterator[Record | Dropped]:
    """The rows of every sheet whose columns are those of triples; other sheets are noted.

    Raises:
        UserError: no workbook, or one that grows beyond all measure or declares entities; or no sheet has triples.
    """
    try:
        _guard(path)
        # By its stream: by its path openpyxl would refuse a workbook that has another ending.
        with path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            yield from _sheets(book, path)
    except FAULTS as error:
        raise UserError(f"{path}: no readable workbook ({_told(error)}); save it anew as .xlsx or as .csv") from error


def _told(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _guard(path: Path) -> None:
    """Refuses what would fill the memory, before anything of it is parsed."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        if size > LARGEST or len(members) > MEMBERS:
            unpacked = f"{size:,} bytes unpacked in {len(members):,} parts"
            raise UserError(f"{path}: {unpacked}, more than {LARGEST:,}; save it as .csv, or in several files")
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels")):
                _refuse_declarations(archive, member, path)


def _refuse_declarations(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    before = b""
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            # Without zero bytes UTF-16 reads as ASCII does.
            text = before + piece.replace(b"\0", b"")
            if any(mark in text for mark in DECLARATIONS):
                raise UserError(f"{path}: {member.filename} declares XML entities, which Excel never does; not read")
            before = text[-len(DECLARATIONS[0]) :]


def _sheets(book: Any, path: Path) -> Iterator[Record | Dropped]:
    notes: list[Dropped] = []
    fault: UserError | None = None
    read = 0
    for sheet in book.worksheets:
        part = sheet.title if len(book.worksheets) > 1 else ""
        rows = of_rows(partial(_rows, sheet, path), path, part)
        try:
            first = list(islice(rows, 1))
        except UserError as error:
            # A sheet of notes beside the triples is no fault of the file.
            fault = fault or error
            notes.append(Dropped("no_triples", f"{path.name}:{sheet.title}", str(error).removeprefix(f"{path}:")))
            continue
        read += 1
        yield from first
        yield from rows
    if not read:
        raise fault or UserError(f"{path}: no sheet with cells; put one triple a row, columns head, relation, tail")
    yield from notes


def _rows(sheet: Any, path: Path) -> Iterator[Row]:
    # The size that a sheet claims is whatever its writer wrote there.
    sheet.reset_dimensions()
    for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if line > ROWS:
            raise UserError(f"{path}: sheet {sheet.title} has a row beyond {ROWS:,}; save it anew as .xlsx")
        cells = ["" if value is None else str(value) for value in values]
        if any(cell.strip() for cell in cells):
            yield line, cells
