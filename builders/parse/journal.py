"""What was tried, a line an attempt, appended and flushed: a killed run loses the files in hand and no more.

    {"file": "li.pdf", "sha256": "b23e...", "tier": "docvortex-0.6.4-1f0c2a3b", "seconds": 5.4, "pages": 13,
     "state": "done", "reason": "", "detail": ""}
    {"file": "old.pdf", ..., "pages": 0, "state": "failed", "reason": "scanned_pdf", "detail": "old.pdf: hardly ..."}

A last line that a kill cut off counts as never written, and goes at the next start. Whether a PDF is parsed is for the
cache to say; the journal says what failed, and how long things take.
"""

from __future__ import annotations

import fcntl
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Literal

import orjson

from builders.errors import UserError
from builders.papers.raw import UnreadablePaper

NAME = "journal.jsonl"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Entry:
    """One attempt at one PDF."""

    file: str
    sha256: str
    tier: str
    seconds: float
    pages: int
    state: Literal["done", "failed"]
    reason: str = ""
    detail: str = ""

    @property
    def fault(self) -> UnreadablePaper:
        return UnreadablePaper(self.reason, self.detail)


class Journal:
    """The attempts so far; `with` holds it against a second run and lets it grow."""

    def __init__(self, cache: Path, retry_failed: bool = False) -> None:
        """Reads what is there; with `retry_failed`, as if nothing had failed yet."""
        self.path = cache / NAME
        self._failed: dict[tuple[str, str], Entry] = {}
        self._pages: defaultdict[str, int] = defaultdict(int)
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()
        self._stream: IO[bytes] | None = None
        self._held = ExitStack()
        for entry in _entries(self.path):
            self._take(entry)
        if retry_failed:
            self._failed.clear()

    def __enter__(self) -> Journal:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = self._held.enter_context(self.path.with_name(_LOCK).open("ab"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._held.close()
            raise UserError(f"{self.path.parent}: another run is parsing into it; wait for it to end") from error
        self._stream = self._held.enter_context(self.path.open("ab"))
        self._stream.truncate(_whole(self.path))
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()
        self._stream = None

    def write(self, entry: Entry) -> None:
        """Adds an attempt; any thread may."""
        with self._lock:
            assert self._stream is not None
            self._stream.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
            self._stream.flush()
            self._take(entry)

    def fault(self, digest: str, tier: str) -> UnreadablePaper | None:
        """Why a tier failed on a PDF the last time; None where it did not, or never tried."""
        entry = self._failed.get((digest, tier))
        return entry.fault if entry else None

    def seconds_a_page(self, tier: str) -> float | None:
        """What a page took on average; None where the tier has parsed nothing yet."""
        return self._seconds[tier] / self._pages[tier] if self._pages[tier] else None

    def _take(self, entry: Entry) -> None:
        if entry.state == "failed":
            self._failed[entry.sha256, entry.tier] = entry
            return
        self._failed.pop((entry.sha256, entry.tier), None)
        self._pages[entry.tier] += entry.pages
        self._seconds[entry.tier] += entry.seconds


def _whole(path: Path) -> int:
    """How many bytes of the journal are whole lines."""
    return path.read_bytes().rfind(b"\n") + 1


def _entries(path: Path) -> Iterator[Entry]:
    if not path.is_file():
        return
    names = [field.name for field in fields(Entry)]
    for number, line in enumerate(path.read_bytes()[: _whole(path)].splitlines(), 1):
        try:
            row = orjson.loads(line)
            yield Entry(**{name: row[name] for name in names})
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise UserError(f"{path}:{number}: no entry ({error!r}); delete the line") from error
