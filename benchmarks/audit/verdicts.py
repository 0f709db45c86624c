"""`audit/<task>.csv` in, what a reader said of each row out, and back.

id,language,verdict,reason
3eb84d4b4cd886f2,zh,right,
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from builders.errors import UserError
from builders.jsonl import aside

RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row of a table."""

    id: str
    language: str
    verdict: str = ""
    """right, wrong, or empty: not judged yet."""
    reason: str = ""


COLUMNS = [field.name for field in fields(Verdict)]


def read_verdicts(path: Path) -> list[Verdict]:
    """Reads a table; raises UserError where the columns or a verdict are none of ours."""
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if table.fieldnames != COLUMNS:
            raise UserError(f"{path}:1: columns {table.fieldnames}; write {','.join(COLUMNS)}")
        rows = [(table.line_num, Verdict(**row)) for row in table]
    for line, row in rows:
        if row.verdict not in (RIGHT, WRONG, ""):
            raise UserError(f"{path}:{line}: verdict {row.verdict!r}; write {RIGHT}, {WRONG} or nothing")
    return [row for _, row in rows]


def write_verdicts(path: Path, verdicts: Sequence[Verdict]) -> None:
    """Writes a table anew, aside and renamed."""
    with aside(path) as partial, partial.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(astuple(verdict) for verdict in verdicts)
