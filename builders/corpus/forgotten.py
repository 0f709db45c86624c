"""The papers that a build must not use again: hashes alone, so that the list itself says nothing about them.

{"files": ["<sha256 of a file>"], "ids": ["<sha256 of a document id>"]}          data/<recipe>/forgotten.json
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from builders.errors import UserError
from builders.jsonl import write_json
from builders.papers import PaperFile

NAME = "forgotten.json"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten of a recipe."""

    files: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    @staticmethod
    def load(folder: Path) -> Forgotten:
        path = folder / NAME
        if not path.is_file():
            return Forgotten()
        try:
            listed = orjson.loads(path.read_bytes())
            return Forgotten(frozenset(listed["files"]), frozenset(listed["ids"]))
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            remedy = "restore it: without it, forgotten papers would come back"
            raise UserError(f"{path}: unreadable ({error!r}); {remedy}") from error

    def has_file(self, file: PaperFile) -> bool:
        return bool(self.files) and file.sha256() in self.files

    def has_id(self, document: str) -> bool:
        return _hash(document) in self.ids

    def with_papers(self, files: Iterable[PaperFile], ids: Iterable[str]) -> Forgotten:
        return Forgotten(self.files | {file.sha256() for file in files}, self.ids | set(map(_hash, ids)))

    def save(self, folder: Path) -> None:
        write_json(folder / NAME, {"files": sorted(self.files), "ids": sorted(self.ids)})


def _hash(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()
