"""What is asked: one evaluation set a task, read and checked; and what comes of one row of it.

{"id": "r1", "language": "zh", "question": "人参归哪些经？", "answer": "脾、肺、心", "relation": "归经", ...}
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders.jsonl import read_rows
from builders.types import Dropped

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """One evaluation set."""

    name: str
    file: str
    fields: tuple[str, ...]
    """What each row must have besides `id` and `language`: text, unless `choices` stands beside it."""
    unit: str = "id"
    """The field that names what is drawn independently: a document, a pair, a fact, else the row itself."""
    groups: tuple[str, ...] = ("language",)
    """The fields by which figures are broken down."""


TASKS = {
    task.name: task
    for task in (
        Task("bits_per_byte", "heldout_text.jsonl", ("document", "text"), unit="document"),
        Task("kg_choice", "kg_choice.jsonl", ("question", "choices", "answer")),
        Task("kg_recall", "kg_recall.jsonl", ("fact", "question", "answer", "relation", "tail"), unit="fact"),
        Task("kg_unseen", "kg_unseen.jsonl", ("fact", "question", "answer", "relation", "tail"), unit="fact"),
        Task(
            "dual_logic",
            "dual_logic.jsonl",
            ("pair", "op", "origin", "question", "answer", "other"),
            unit="pair",
            groups=("language", "op", "origin"),
        ),
        Task(
            "preference",
            "preference.jsonl",
            ("pair", "op", "origin", "question", "chosen", "rejected"),
            unit="pair",
            groups=("language", "op", "origin"),
        ),
        Task("papers", "papers.jsonl", ("task", "question", "answer"), groups=("language", "task")),
        Task(
            "tools",
            "tools.jsonl",
            ("case", "heldout", "question", "entity", "name", "attribute", "tools"),
            unit="name",
            groups=("language", "case", "heldout"),
        ),
        Task("tools_direct", "tools_direct.jsonl", ("question", "tools")),
    )
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one row earned, as `runs/<recipe>/answers/<model>/<task>.jsonl` keeps it for a person to read."""

    id: str
    unit: str
    groups: dict[str, str]
    values: dict[str, float]
    question: str
    expected: str
    answer: str


def outcome(task: Task, row: Row, values: dict[str, float], expected: str = "", answer: str = "") -> Outcome:
    groups = {field: str(row[field]) for field in task.groups}
    return Outcome(row["id"], row[task.unit], groups, values, row.get("question", ""), expected, answer)


def read(task: Task, folder: Path, limit: int | None, seed: int) -> tuple[list[Row], list[Dropped]]:
    """The rows of a task, at most `limit` units of them, and what had to be left out."""
    path = folder / task.file
    rows: list[Row] = []
    dropped: list[Dropped] = []
    seen: set[str] = set()
    for number, row in enumerate(read_rows(path), 1):
        fault = _fault(task, row, seen)
        if fault is None:
            rows.append(row)
            seen.add(row["id"])
        else:
            dropped.append(Dropped("bad_row", f"{path} row {number}", fault))
    if task.name == "dual_logic":
        rows, alone = _whole_pairs(rows, path)
        dropped += alone
    return _sample(task, rows, limit, seed), dropped


def _fault(task: Task, row: Row, seen: set[str]) -> str | None:
    choices = row.get("choices")
    for field in ("id", "language", *task.fields):
        if field not in row:
            return f"no {field}; build the set again with `make data`"
        if "choices" in task.fields and field in ("choices", "answer"):
            continue
        if not isinstance(row[field], str) or not row[field].strip():
            return f"{field} is {row[field]!r}, not text"
    if row["id"] in seen:
        return f"id {row['id']} a second time"
    if "choices" not in task.fields:
        return None
    if not isinstance(choices, list) or not all(isinstance(choice, str) and choice for choice in choices):
        return "choices is not a list of texts"
    if not isinstance(row["answer"], int) or not 0 <= row["answer"] < len(choices):
        return f"answer {row['answer']!r} is no index of the {len(choices)} choices"
    return None


def _whole_pairs(rows: list[Row], path: Path) -> tuple[list[Row], list[Dropped]]:
    """Both-right is a figure of pairs: a question whose opposite is missing is left out."""
    sizes = Counter(row["pair"] for row in rows)
    whole = [row for row in rows if sizes[row["pair"]] == 2]
    alone = [
        Dropped("incomplete_pair", f"{path} {row['id']}", f"pair {row['pair']} has {sizes[row['pair']]} rows, not two")
        for row in rows
        if sizes[row["pair"]] != 2
    ]
    return whole, alone


def _sample(task: Task, rows: list[Row], limit: int | None, seed: int) -> list[Row]:
    """The same units in every run and for every model, in the order of the file."""
    units = {row[task.unit] for row in rows}
    if limit is None or len(units) <= limit:
        return rows
    chosen = set(sorted(units, key=lambda unit: hashlib.sha256(f"{seed}\t{unit}".encode()).digest())[:limit])
    return [row for row in rows if row[task.unit] in chosen]
