"""What a file of triples is, told by its content and its ending, never by its folder; its records one by one out.

read_records(Path("kg.xlsx"))  ->  Reading("excel", None, <Record(2, {"head": "人参", ...}, "Sheet1"), ...>)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from builders.errors import UserError
from builders.graph.read import excel, graphml, objects, rdf, tables
from builders.graph.read.decode import decode
from builders.graph.read.record import Reading

SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".ttl", ".nt", ".graphml")
ZIPPED = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
MARKUP = re.compile(r"<(?:\?xml|!DOCTYPE|!--|graphml\b)", re.IGNORECASE)
JSON = re.compile(r"\{\s*\"|\[\s*[\[{]")
TURTLE = re.compile(r"@(?:prefix|base)\s|(?:PREFIX|BASE)\s[^,\t]*<", re.IGNORECASE)
TRIPLE_LINE = re.compile(r"(?:#[^\n]*\n\s*)*(?:<[^\s<>]*>|_:\w+)[ \t]+<[^\s<>]*>[ \t]+[<\"_]")


def read_records(path: Path, head_key: str | None = None) -> Reading:
    """Opens one file; `head_key` names the key of the head in records of one head each (null: it is detected).

    Raises:
        UserError: the file is missing, empty, of unknown kind or encoding, or its columns cannot be told apart; some
            of this only while the items are read.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"{path}: triples are read from {', '.join(SUFFIXES)}; convert the file to one of these")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}); check the path of the graph") from error
    if raw.startswith(OLD_EXCEL):
        raise UserError(f"{path}: an Excel file of before 2007; save it as .xlsx or .csv")
    if raw.startswith(ZIPPED):
        return Reading("excel", None, excel.records(path))
    if _is_markup(raw):
        return Reading("graphml", None, graphml.records(raw, path))
    text, encoding = decode(raw, path)
    del raw
    if not text.strip():
        raise UserError(f"{path}: empty; put one triple a line there, columns head, relation, tail")
    return _of_text(text, encoding, path, head_key)


def _is_markup(raw: bytes) -> bool:
    """Whether it begins as XML, in an encoding of one byte or of two a letter."""
    start = raw[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("ascii", "ignore")
    return MARKUP.match(start) is not None


def _of_text(text: str, encoding: str, path: Path, head_key: str | None) -> Reading:
    suffix = path.suffix.lower()
    start = text[:10_000].lstrip()
    if suffix in (".json", ".jsonl", ".ndjson") or JSON.match(start):
        return Reading("json", encoding, objects.records(text, path, head_key))
    if suffix == ".nt" or (suffix != ".ttl" and TRIPLE_LINE.match(start)):
        return Reading("n-triples", encoding, rdf.n_triples(text, path))
    if suffix == ".ttl" or TURTLE.match(start):
        return Reading("turtle", encoding, rdf.turtle(text, path))
    if suffix in (".xlsx", ".graphml"):
        raise UserError(f"{path}: no {suffix[1:]} file in spite of its ending; give it the ending of what it is")
    return Reading("table", encoding, tables.records(text, path))


def triple_files(names: Sequence[str]) -> Iterator[Path]:
    """The files that a recipe names, and those in the folders that it names, by name."""
    for name in names:
        path = Path(name)
        yield from sorted(child for child in path.rglob("*") if child.is_file()) if path.is_dir() else [path]
