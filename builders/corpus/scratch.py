"""Where signatures wait to be compared: in memory, or in a SQLite file that is gone with the index.

Both take blocks of signatures with their band keys, and give back one band's keys of all items, or the signatures of
some.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from builders.corpus.tokens import Hashes, Places

PERMUTATIONS = 128
BANDS = 16

Rows = npt.NDArray[np.uint16]


class Signatures(Protocol):
    """A store of signatures, numbered from 0 as they come."""

    def __len__(self) -> int: ...
    def add(self, rows: Rows, keys: Hashes) -> None: ...
    def band(self, band: int) -> Hashes: ...
    def rows(self, items: Places) -> Rows: ...
    def close(self) -> None: ...


class Memory:
    """Blocks as they came: nothing is copied while the index grows."""

    def __init__(self) -> None:
        self._rows: list[Rows] = []
        self._keys: list[Hashes] = []
        self._starts: list[int] = [0]

    def __len__(self) -> int:
        return self._starts[-1]

    def add(self, rows: Rows, keys: Hashes) -> None:
        self._rows.append(rows)
        self._keys.append(keys)
        self._starts.append(len(self) + len(rows))

    def blocks(self) -> Iterator[tuple[Rows, Hashes]]:
        """What was added, as it came."""
        yield from zip(self._rows, self._keys, strict=True)

    def band(self, band: int) -> Hashes:
        return np.concatenate([np.empty(0, np.uint64), *(keys[:, band] for keys in self._keys)])

    def rows(self, items: Places) -> Rows:
        blocks = np.searchsorted(self._starts, items, side="right") - 1
        found = np.empty((len(items), PERMUTATIONS), np.uint16)
        for place, (block, item) in enumerate(zip(blocks.tolist(), items.tolist(), strict=True)):
            found[place] = self._rows[block][item - self._starts[block]]
        return found

    def close(self) -> None:
        """Nothing lies anywhere else."""


class Disk:
    """The same in a file; a signature is a row, the keys of a block and band are one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=".near-", dir=folder)
        self._base = sqlite3.connect(Path(self._folder.name) / "signatures.sqlite")
        # Scratch: nothing here outlives the process, so nothing needs to survive a crash.
        self._base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000")
        self._base.execute("CREATE TABLE signature (item INTEGER PRIMARY KEY, row BLOB)")
        self._base.execute("CREATE TABLE band (band INTEGER, start INTEGER, keys BLOB, PRIMARY KEY (band, start))")
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Rows, keys: Hashes) -> None:
        self._base.executemany("INSERT INTO signature VALUES (?, ?)", self._numbered(rows))
        columns = [(band, self._count, keys[:, band].tobytes()) for band in range(BANDS)]
        self._base.executemany("INSERT INTO band VALUES (?, ?, ?)", columns)
        self._count += len(rows)

    def _numbered(self, rows: Rows) -> Iterator[tuple[int, bytes]]:
        for item, row in enumerate(rows, self._count):
            yield item, row.tobytes()

    def band(self, band: int) -> Hashes:
        found = self._base.execute("SELECT keys FROM band WHERE band = ? ORDER BY start", (band,))
        return np.concatenate([np.empty(0, np.uint64), *(np.frombuffer(keys, np.uint64) for (keys,) in found)])

    def rows(self, items: Places) -> Rows:
        found = np.empty((len(items), PERMUTATIONS), np.uint16)
        for place, item in enumerate(items.tolist()):
            (row,) = self._base.execute("SELECT row FROM signature WHERE item = ?", (item,)).fetchone()
            found[place] = np.frombuffer(row, np.uint16)
        return found

    def close(self) -> None:
        self._base.close()
        self._folder.cleanup()
