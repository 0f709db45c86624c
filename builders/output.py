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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import orjson

from builders import formats
from builders.jsonl import aside, write_json, write_rows
from builders.types import Dropped, Sample

BUILDING = ".building"
SUMMARY = "summary.json"


class Rows:
    """An open JSON-lines file, written row by row."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def write(self, row: Any) -> int:
        """Writes a dict or a dataclass; returns where in the file it begins."""
        offset = self._stream.tell()
        self._stream.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        self.count += 1
        return offset


class Dataset:
    """An open dataset: each id once, its row in one file and its sources in the other; holds ids, never rows."""

    def __init__(self, rows: Rows, sources: Rows, row: Callable[[Any], formats.Row]) -> None:
        self._rows = rows
        self._sources = sources
        self._row = row
        self._ids: set[str] = set()
        self._tasks: Counter[str] = Counter()
        self._repeated = 0

    def write(self, sample: Sample) -> None:
        """Writes a sample; one that came before is counted and left out."""
        self.write_whole(formats.whole(self._row, sample))

    def write_whole(self, whole: formats.Row) -> None:
        """The same for a row with its sources, as `formats.whole` gives it."""
        row = whole["row"]
        if row["id"] in self._ids:
            self._repeated += 1
            return
        self._ids.add(row["id"])
        self._tasks[row["task"]] += 1
        self._rows.write(row)
        self._sources.write({"id": row["id"], "sources": whole["sources"]})

    @property
    def counts(self) -> dict[str, Any]:
        tasks = dict(sorted(self._tasks.items()))
        return {"rows": len(self._ids), "duplicate_row": self._repeated, "tasks": tasks}


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

    @contextmanager
    def open(self, name: str) -> Iterator[Rows]:
        """Opens one JSON-lines file; the name may hold a folder."""
        with aside(self.building / name) as partial, partial.open("wb") as stream:
            yield Rows(stream)

    @contextmanager
    def open_dataset(self, name: str, row: Callable[[Any], formats.Row]) -> Iterator[Dataset]:
        """Opens a dataset and its sources."""
        with self.open(f"{name}.jsonl") as rows, self.open(f"{name}.sources.jsonl") as sources:
            dataset = Dataset(rows, sources, row)
            yield dataset
        self.counts[name] = dataset.counts

    def dataset(self, name: str, row: Callable[[Any], formats.Row], samples: Iterable[Sample]) -> None:
        """Writes a whole dataset."""
        with self.open_dataset(name, row) as dataset:
            for sample in samples:
                dataset.write(sample)

    def rows(self, name: str, rows: Iterable[Any]) -> int:
        """Writes a whole JSON-lines file; returns how many rows there were."""
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
            str(path.relative_to(self.building)): _digest(path)
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


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:16]
