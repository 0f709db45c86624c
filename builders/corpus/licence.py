"""Which papers may be used: by the licence that is known of each, and by name.

    verdict(Named("sha:1f...", "li.pdf", "CC BY-NC 4.0"), LicenceConfig(allow=["CC BY", "CC0"]))
        ->  Dropped("forbidden_licence", "li.pdf", "CC BY-NC 4.0 is not among licence.allow (CC BY, CC0)")

A licence is known from the paper itself, or from a table of the user's, which wins:

    paper,licence
    10.1016/j.neuron.2024.01.001,CC BY 4.0
    wang2021.pdf,
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePosixPath

from builders.errors import UserError
from builders.types import Dropped

_COLUMNS = ("paper", "licence")
_VERSION = re.compile(r"\s+\d+(?:\.\d+)*$")


class Unknown(Enum):
    """What becomes of a paper whose licence nobody knows."""

    keep = "keep"
    drop = "drop"


@dataclass(frozen=True)
class LicenceConfig:
    """Names of licences are compared without case and, where the list names none, without version."""

    table: str | None = None
    """CSV with the columns `paper` (a DOI, or the file's name or path) and `licence`."""
    allow: list[str] = field(default_factory=list)
    """Only these licences; an empty list allows all that `deny` does not name."""
    deny: list[str] = field(default_factory=list)
    unknown: Unknown = Unknown.keep
    exclude: list[str] = field(default_factory=list)
    """Papers to leave out whatever their licence: DOIs, or names or paths of files."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a paper is called, and the licence that it states for itself."""

    id: str
    path: str
    licence: str | None

    @property
    def names(self) -> list[str]:
        """What a person may call it: its id, its DOI, its path, its file's name."""
        names = (self.id, self.id.removeprefix("doi:"), self.path, PurePosixPath(self.path).name)
        return [name.casefold() for name in names]


def licence_of(paper: Named, config: LicenceConfig) -> str | None:
    """The paper's licence: from the table, where the table names one, else its own word."""
    stated = _table(config.table) if config.table else {}
    return next((stated[name] for name in paper.names if stated.get(name)), paper.licence)


def verdict(paper: Named, config: LicenceConfig) -> Dropped | None:
    """Why a paper may not be used; None where it may."""
    if excluded := set(paper.names) & {name.casefold() for name in config.exclude}:
        return Dropped("excluded_paper", paper.path, f"licence.exclude names {min(excluded)}")
    licence = licence_of(paper, config)
    if licence is None:
        if config.unknown is Unknown.keep:
            return None
        remedy = "name its licence in licence.table, or say licence.unknown=keep"
        return Dropped("unknown_licence", paper.path, f"no licence found; {remedy}")
    if _is_among(licence, config.deny):
        return Dropped("forbidden_licence", paper.path, f"{licence} is among licence.deny")
    if config.allow and not _is_among(licence, config.allow):
        listed = ", ".join(config.allow)
        return Dropped("forbidden_licence", paper.path, f"{licence} is not among licence.allow ({listed})")
    return None


def _is_among(licence: str, names: Sequence[str]) -> bool:
    folded = _folded(licence)
    return any(_folded(name) in (folded, _VERSION.sub("", folded)) for name in names)


def _folded(licence: str) -> str:
    return re.sub(r"[\s_-]+", " ", licence.casefold().replace("cc-by", "cc by")).strip()


@functools.cache
def _table(path: str) -> Mapping[str, str]:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if not set(_COLUMNS) <= set(rows.fieldnames or ()):
                raise UserError(f"licence.table: {path}: the first line must name the columns paper,licence")
            return {row["paper"].strip().casefold(): (row["licence"] or "").strip() for row in rows if row["paper"]}
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"licence.table: {path}: {error}; name a CSV file in UTF-8") from error
