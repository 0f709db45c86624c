"""The text of a JSON file in, its records out: an array or lines of objects, or one object that holds such a list.

An object is a triple, a record of one head (`centres.py`) or a line of a Neo4j export (`neo4j.py`).

{"head": "人参", "relation": "归经", "tail": "脾"}  ->  Record(1, {"head": "人参", "relation": "归经", "tail": "脾"})
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from builders.errors import UserError
from builders.graph.read import centres, neo4j
from builders.graph.read.record import REQUIRED, Record, field_of, texts
from builders.types import Dropped

Item = tuple[int, Any]
"""The line where a value begins, and the value."""

BETWEEN_ITEMS = re.compile(r"[\s,]*")
LISTS = ("triples", "data", "records", "edges", "links", "results", "items")
"""Keys under which one object may hold the triples of a whole file."""
DIALOGUE_KEYS = ({"instruction", "output"}, {"conversations"}, {"messages"}, {"chosen", "rejected"})


def records(text: str, path: Path, head_key: str | None) -> Iterator[Record | Dropped]:
    """The objects of a text as records, in the order of the file (those of a Neo4j export as its nodes are known).

    Raises:
        UserError: an array breaks off or is no JSON, or the file is a dataset of dialogues.
    """
    items = _items(text, path)
    first = next(items, (1, None))
    whole = chain([first], items)
    if isinstance(first[1], dict):
        _refuse_dialogues(first[1], path)
        if neo4j.is_export(first[1]):
            yield from neo4j.records(whole, path)
            return
    for line, item in whole:
        if not isinstance(item, dict):
            detail = f"{str(item)[:60]!r} is no object; write {{'head': ..., 'relation': ..., 'tail': ...}}"
            yield Dropped("not_an_object", f"{path.name}:{line}", detail)
        elif (head := centres.head_of(item, head_key)) is not None and not _is_triple(item):
            yield from centres.records(line, item, head, path.name)
        else:
            yield Record(line, texts((field_of(name), value) for name, value in item.items()))


def _is_triple(item: dict[str, Any]) -> bool:
    """Whether it has at least two of the three keys of a triple."""
    fields = {field_of(name) for name, value in item.items() if not isinstance(value, list)}
    return sum(field in fields for field in REQUIRED) > 1


def _refuse_dialogues(item: dict[str, Any], path: Path) -> None:
    if any(keys <= item.keys() for keys in DIALOGUE_KEYS):
        keys = ", ".join(list(item)[:4])
        raise UserError(f"{path}: rows of a training set ({keys}), no triples; take the file out of `triples`")


# ---- the values of a text -------------------------------------------------------------------------------------------


def _items(text: str, path: Path) -> Iterator[Item]:
    stripped = text.strip()
    line = stripped.split("\n", 1)[0]
    if stripped.startswith("[") and (path.suffix.lower() == ".json" or not _is_json(line) or line == stripped):
        return _array(text, text.index("[") + 1, path)
    if stripped.startswith("{") and (not _is_json(line) or line == stripped):
        return _spread(text, path)
    return _lines(text)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _array(text: str, position: int, path: Path) -> Iterator[Item]:
    """The items of a JSON array from behind its bracket, each with the line where it starts."""
    decoder = json.JSONDecoder()
    counted, line = 0, 1
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


def _spread(text: str, path: Path) -> Iterator[Item]:
    """Objects that spread over lines: one for the whole file, or one after the other; else lines, some of them bad."""
    decoder = json.JSONDecoder()
    start = text.index("{")
    try:
        first, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        yield from _lines(text)
        return
    if text[end:].strip():
        # From here on the text is that of an array without its brackets.
        yield from _array(f"{text.rstrip()}]", start, path)
    else:
        yield from _within(text, first, path)


def _within(text: str, whole: dict[str, Any], path: Path) -> Iterator[Item]:
    """The objects in the lists of one object, or the object itself."""
    keys = neo4j.lists_of(whole) or [key for key in LISTS if isinstance(whole.get(key), list)][:1]
    if not keys or not all(isinstance(item, dict) for key in keys for item in whole[key]):
        yield 1 + text.count("\n", 0, text.index("{")), whole
        return
    for key in keys:
        found = re.search(rf'"{key}"\s*:\s*\[', text)
        for line, item in _array(text, found.end(), path) if found else ():
            yield line, neo4j.typed(key, item)


def _lines(text: str) -> Iterator[Item]:
    """The value of each line; a line that is not JSON gives its own text, which is no object either."""
    start = 0
    number = 1
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, line
        start, number = end + 1, number + 1
