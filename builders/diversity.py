"""How varied the rows of a dataset are: any dataset's rows in, figures by task and language out, for the summary.

Distinct-3 is the share of different sequences of three words among all (Li et al. 2016, "A Diversity-Promoting
Objective Function for Neural Conversation Models"); in Chinese a character counts as a word.

    measured(rows)  ->  {"graph.count zh": {"rows": 500, "distinct_3": 0.41, "question": [14, 21, 33],
                                            "answer": [22, 45, 96]}}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builders.formats import Row
from builders.jsonl import read_rows

LOOKED_AT = 1000  # rows of a task and language: enough for a share, and bounded for a large dataset
SPREAD = (0.1, 0.5, 0.9)  # quantiles of the lengths, in characters
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class _Group:
    rows: int = 0
    asked: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    triads: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, asked: str, answered: str) -> None:
        self.rows += 1
        if len(self.answered) < LOOKED_AT:
            self.asked.append(len(asked))
            self.answered.append(len(answered))
            words = [word.casefold() for word in _WORD.findall(f"{asked}\n{answered}")]
            self.triads.update(zip(words, words[1:], words[2:], strict=False))

    @property
    def figures(self) -> dict[str, Any]:
        all_triads = self.triads.total()
        return {
            "rows": self.rows,
            "distinct_3": round(len(self.triads) / all_triads, 3) if all_triads else 0.0,
            "question": spread(self.asked),
            "answer": spread(self.answered),
        }


def measured(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """The figures of a dataset, by task and language; lengths are the 10th, 50th and 90th percentile."""
    groups: dict[str, _Group] = {}
    for row in rows:
        asked, answered = texts(row)
        groups.setdefault(f"{row['task']} {language(answered)}", _Group()).add(asked, answered)
    return {name: groups[name].figures for name in sorted(groups)}


def of_datasets(folder: Path, names: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The figures of the datasets of a folder, by name."""
    return {name: measured(read_rows(folder / f"{name}.jsonl")) for name in names}


def texts(row: Row) -> tuple[str, str]:
    """What a row of any format asks, and what it answers; plain text has no question."""
    if "conversations" in row:
        turns = row["conversations"]
        asked = "\n".join(turn["value"] for turn in turns if turn["from"] != "gpt")
        return asked, "\n".join(turn["value"] for turn in turns if turn["from"] == "gpt")
    if "text" in row:
        return "", row["text"]
    return f"{row['instruction']}\n{row['input']}".strip(), row["output"] if "output" in row else row["chosen"]


def language(text: str) -> str:
    """By its last mark, for an English sentence may hold Chinese names; without one, by its letters."""
    end = text.rstrip()[-1:]
    if end in ("。", "！", "？", "；", "”"):
        return "zh"
    if end in (".", "!", "?"):
        return "en"
    return "zh" if 2 * len(_CHINESE.findall(text)) > len(_LETTER.findall(text)) else "en"


def spread(lengths: Iterable[int]) -> list[int]:
    """The quantiles of SPREAD; empty for nothing."""
    ordered = sorted(lengths)
    return [ordered[round(share * (len(ordered) - 1))] for share in SPREAD] if ordered else []
