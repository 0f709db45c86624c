"""Findings in, `graph_lint.csv` out: one a row, for a curator's spreadsheet.

file,line,finding,value,suggestion,done
kg/tcm.json,47,self_loop,方名 别名 方名: the same name at both ends,delete or rename,left out

A spreadsheet runs a cell that begins with = + - or @ as a formula; such a cell gets an apostrophe before it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from builders.graph.lint.finding import Finding
from builders.jsonl import aside

COLUMNS = ("file", "line", "finding", "value", "suggestion", "done")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(path: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Writes the findings while passing them on; the file is there when the last has been taken."""
    # With a byte-order mark: without it Excel takes Chinese for Latin-1.
    with aside(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for finding in findings:
            writer.writerow([safe_cell(value) for value in finding])
            yield finding


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it instead of running it."""
    return f"'{text}" if text.startswith(FORMULA) else text
