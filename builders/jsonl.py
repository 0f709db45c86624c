"""JSON lines, one object a line: read with the line number in every complaint, written aside and renamed.

write_rows(Path("data/demo/cpt.jsonl"), [{"id": "a", "text": "..."}])
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from builders.errors import UserError


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yields the objects of a JSON-lines file; raises UserError with the line number where one is not an object."""
    if not path.is_file():
        raise UserError(f"{path}: no such file; build it first with `make data`")
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise UserError(f"{path}:{number}: not JSON ({error}); mend or delete the line") from error
            if not isinstance(row, dict):
                raise UserError(f"{path}:{number}: {type(row).__name__} instead of an object; mend or delete the line")
            yield row


def write_rows(path: Path, rows: Iterable[Any]) -> int:
    """Writes dicts or dataclasses, one a line, aside and renames; returns how many there were."""
    count = 0
    with aside(path) as partial, partial.open("wb") as out:
        for row in rows:
            out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def write_json(path: Path, value: Any) -> None:
    """Writes one indented JSON file aside and renames it."""
    with aside(path) as partial:
        partial.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Gives a path beside the target; on success it replaces the target in one step, on failure nothing stays."""
    partial = target.with_name(f".{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield partial
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
