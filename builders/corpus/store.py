"""Results of map steps, kept on disk by what they depend on: a second build computes only what is new.

    store = Store(Path("data/demo/prepared"))
    for result in mapped(prepare, items, store, engine): ...      # in the order of `items`

A result lies in a file named by its key, written aside and renamed, so a killed run leaves whole files only.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from builders.corpus.engine import EngineConfig, run
from builders.jsonl import aside

Item = TypeVar("Item")

BUILDERS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Keyed(Generic[Item]):
    """An item of a map step with the key of all that its result depends on."""

    key: str
    item: Item


class Store:
    """A folder of results by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def __contains__(self, key: str) -> bool:
        return self.path(key).is_file()

    def put(self, key: str, content: bytes) -> None:
        with aside(self.path(key)) as partial:
            partial.write_bytes(content)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Deletes the results that the build no longer needs: of papers that are gone, or of older settings."""
        kept = {self.path(key) for key in keys}
        for path in self.folder.glob("*/*"):
            if path not in kept:
                path.unlink()


def mapped(
    function: Callable[[Item], bytes], items: Sequence[Keyed[Item]], store: Store, engine: EngineConfig
) -> Iterator[Path]:
    """Computes what the store lacks, in the order of the items; yields the file of every item, in their order."""
    missing = {keyed.key: keyed.item for keyed in items if keyed.key not in store}
    computed = zip(list(missing), run(function, list(missing.values()), engine), strict=True)
    for keyed in items:
        while keyed.key in missing:
            key, content = next(computed)
            store.put(key, content)
            del missing[key]
        yield store.path(keyed.key)


@functools.cache
def code_version(*names: str) -> str:
    """16 hex digits over the code and wordings of modules and folders below `builders/`; a change computes anew."""
    digest = hashlib.sha256()
    for name in names:
        path = BUILDERS / name
        sources = (source for source in path.rglob("*") if source.suffix in (".py", ".yaml"))
        for source in sorted(sources) if path.is_dir() else [path]:
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def key_of(*parts: object) -> str:
    """32 hex digits over everything that a result depends on."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]
