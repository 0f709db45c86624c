"""The hashes of files, read again only where a file changed: 3,000 PDFs are 4 GB to hash at every build otherwise.

files = with_hashes(find_papers(Path("papers")), Path("data/demo/parsed"))

data/demo/parsed/hashes.jsonl    {"path": "papers/li.pdf", "member": null, "size": 665382, "mtime_ns": ...,
                                  "ctime_ns": ..., "sha256": "b23e96cd..."}

A file counts as unchanged where size, time of change and time of its entry are those of the hash. A file that was
changed less than two seconds before it was hashed is hashed again the next time: a clock may be that coarse.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from builders.jsonl import write_rows
from builders.papers.find import PaperFile
from builders.papers.raw import UnreadablePaper

STORE = "hashes.jsonl"
_SETTLED_NS = 2_000_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIELDS = ("path", "member", "size", "mtime_ns", "ctime_ns", "sha256")

Key = tuple[str, str | None]


def with_hashes(files: Sequence[PaperFile], cache: Path) -> list[PaperFile]:
    """Gives each file its hash; one that cannot be read is passed on without, and reading it says why."""
    store = cache / STORE
    known = dict(_read(store))
    hashed: list[PaperFile] = []
    current: dict[Key, dict[str, Any]] = {}
    for file in files:
        started = time.time_ns()
        try:
            row = _row(file, known.get((str(file.path), file.member)))
        except (OSError, UnreadablePaper):
            hashed.append(file)
            continue
        hashed.append(replace(file, digest=row["sha256"]))
        if started - max(row["mtime_ns"], row["ctime_ns"]) > _SETTLED_NS:
            current[str(file.path), file.member] = row
    if current != known:
        write_rows(store, (current[key] for key in sorted(current, key=lambda key: (key[0], key[1] or ""))))
    return hashed


def _row(file: PaperFile, known: dict[str, Any] | None) -> dict[str, Any]:
    # Before the file is read: a change while it is read must show the next time.
    status = file.path.stat()
    row: dict[str, Any] = {
        "path": str(file.path),
        "member": file.member,
        "size": status.st_size,
        "mtime_ns": status.st_mtime_ns,
        "ctime_ns": status.st_ctime_ns,
    }
    if known is not None and row == {key: known[key] for key in row}:
        return known
    return {**row, "sha256": replace(file, digest=None).sha256()}


def _read(store: Path) -> Iterator[tuple[Key, dict[str, Any]]]:
    """What is known; a damaged line is as good as none, because its hash can be made again."""
    if not store.is_file():
        return
    for line in store.read_bytes().splitlines():
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        match row:
            case {"path": str(path), "member": str() | None as member, "sha256": str(digest)}:
                if row.keys() == set(_FIELDS) and _SHA256.fullmatch(digest):
                    yield (path, member), row
