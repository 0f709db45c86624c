"""The folder that a build writes: everything aside first, then each file put in its place, the summary last.

A build that is killed leaves the files of the build before it whole, and no half-written one; `summary.json` is taken
away before the first file moves and comes last, so a folder without it is known to be incomplete.

    with Output(Path("data/demo")) as out:
        out.dataset("sft_graph", alpaca, samples)      # sft_graph.jsonl and sft_graph.sources.jsonl
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from builders import formats
from builders.jsonl import write_json, write_rows
from builders.types import Dropped, Sample

BUILDING = ".building"
SUMMARY = "summary.json"


class Output:
    """Collects a build's files in `<folder>/.building` and publishes them when the `with` block ends well."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.building = folder / BUILDING
        self.counts: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Output:
        shutil.rmtree(self.building, ignore_errors=True)
        self.building.mkdir(parents=True)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._publish()
        shutil.rmtree(self.building, ignore_errors=True)

    def dataset(self, name: str, row: Callable[[Any], formats.Row], samples: Iterable[Sample]) -> None:
        """Writes a dataset and its sources, one row an id: a sample that came twice is counted and left out."""
        made = list(samples)
        unique = {sample.id: sample for sample in made}
        self.rows(f"{name}.jsonl", map(row, unique.values()))
        write_rows(self.building / f"{name}.sources.jsonl", map(formats.sources, unique.values()))
        self.counts[name] = {
            "rows": len(unique),
            "duplicate_row": len(made) - len(unique),
            "tasks": dict(sorted(Counter(sample.task for sample in unique.values()).items())),
        }

    def rows(self, name: str, rows: Iterable[Any]) -> int:
        """Writes one JSON-lines file; the name may hold a folder."""
        return write_rows(self.building / name, rows)

    def dropped(self, dropped: Iterable[Dropped]) -> None:
        """Writes what was left out, and why."""
        listed = list(dropped)
        self.rows("dropped.jsonl", map(asdict, listed))
        self.counts["dropped"] = dict(sorted(Counter(item.reason for item in listed).items()))

    def json(self, name: str, value: Any) -> None:
        write_json(self.building / name, value)

    def summary(self, stated: dict[str, Any]) -> dict[str, Any]:
        """Writes the summary: what the caller states, the counts of all datasets, and a hash of every file."""
        hashes = {
            str(path.relative_to(self.building)): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            for path in sorted(self.building.rglob("*"))
            if path.is_file()
        }
        summary = {**stated, "datasets": self.counts, "files": hashes}
        self.json(SUMMARY, summary)
        return summary

    def _publish(self) -> None:
        (self.folder / SUMMARY).unlink(missing_ok=True)
        files = sorted(path for path in self.building.rglob("*") if path.is_file())
        for path in sorted(files, key=lambda path: path.name == SUMMARY):
            target = self.folder / path.relative_to(self.building)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
