"""The rows of a build that can be audited, whatever their dataset and format: what is asked, what is said, by whom.

    for row in audited(Path(".cache/audit/data/audit")): ...
    Audited(id="3eb8...", task="graph.forward", language="zh", parts=(("question", "..."), ("answer", "...")), ...)

All of `sft_*`, `dpo` and `kto`, and of `cpt` what the graph had a part in. A family is the rows of one task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders.jsonl import read_rows

SOURCES = ".sources.jsonl"
DATASETS = re.compile(r"sft_\w+|dpo\w*|kto\w*|cpt")
PLAIN = {"instruction": "question", "input": "input", "output": "answer", "text": "text"}
SPEAKERS = {"human": "question", "gpt": "answer", "function_call": "call", "observation": "result"}
MACHINE = ("tools", "call", "result")
"""Parts in JSON, whose commas are no sign of English."""
ANSWERS = ("answer", "chosen", "text", "call")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WIDE = re.compile(r"[，。？！；：、]")
NARROW = re.compile(r"[.,?!;:](?=\s|$)")
LATIN = re.compile(r"[A-Za-z]")

Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Audited:
    """One row as a reader sees it."""

    id: str
    task: str
    language: str
    parts: tuple[Part, ...]
    """What each part is, and its text, in order."""
    sources: tuple[dict[str, Any], ...]

    @property
    def answer(self) -> str:
        """What a model would learn to say."""
        return "\n".join(text for name, text in self.parts if name in ANSWERS)

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.parts)


def audited(folder: Path) -> Iterator[Audited]:
    """Streams the rows of a build that belong to a family, dataset by dataset."""
    seen: set[str] = set()
    for sources in sorted(folder.glob(f"*{SOURCES}")):
        name = sources.name.removesuffix(SOURCES)
        if not DATASETS.fullmatch(name):
            continue
        for row, source in zip(read_rows(folder / f"{name}.jsonl"), read_rows(sources), strict=True):
            assert row["id"] == source["id"], f"{name}: {row['id']} has the sources of {source['id']}"
            # The beginnings of a dataset that learning curves use hold its rows once more.
            if row["id"] not in seen and (name != "cpt" or any(each["triple"] for each in source["sources"])):
                seen.add(row["id"])
                yield _audited(row, tuple(source["sources"]))


def _audited(row: dict[str, Any], sources: tuple[dict[str, Any], ...]) -> Audited:
    parts = tuple((name, text) for name, text in _parts(row) if text.strip())
    spoken = "\n".join(text for name, text in parts if name not in MACHINE)
    return Audited(row["id"], row["task"], language_of(spoken), parts, sources)


def _parts(row: dict[str, Any]) -> Iterator[Part]:
    for key, value in row.items():
        if key in ("id", "task"):
            continue
        if isinstance(value, list):
            yield from _turns(key, value)
        elif isinstance(value, dict):
            yield key, str(value.get("value", value))
        else:
            yield PLAIN.get(key, key), str(value)


def _turns(key: str, turns: list[Any]) -> Iterator[Part]:
    for turn in turns:
        speaker = turn["from"] if isinstance(turn, dict) else key
        yield SPEAKERS.get(speaker, speaker), turn["value"] if isinstance(turn, dict) else str(turn)


def language_of(text: str) -> str:
    """By the punctuation, where names of the other language may outnumber the words; else by the letters."""
    wide, narrow = len(WIDE.findall(text)), len(NARROW.findall(text))
    chinese, latin = len(CHINESE.findall(text)), len(LATIN.findall(text))
    if wide == narrow:
        return "zh" if 3 * chinese >= latin and chinese else "en"
    return "zh" if wide > narrow else "en"
