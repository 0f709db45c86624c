"""What the relations mean: `relations.yaml` in, a `Relation` for every relation of the graph out.

Without a schema the labels are the relations' own names and nothing is known of their logic.

    拉丁学名: {zh: 拉丁学名, en: Latin name, functional: true, domain: herb, range: species}
    ->  Relation("拉丁学名", zh="拉丁学名", en="Latin name", functional=True, domain=("herb",), range=("species",))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from builders.errors import UserError
from builders.graph.phrases import LABELS_ALONE, PHRASES, Phrases, wrong_phrase
from builders.types import Triple

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: its labels as nouns ("the {en} of {head}"; None: it is not asked in this language) and its logic."""

    name: str
    zh: str | None = None
    en: str | None = None
    functional: bool = False
    """A head has one tail at most, so any other tail is false."""
    symmetric: bool = False
    inverse: str | None = None
    """The name of the relation from tail to head."""
    alias: bool = False
    """The tail is another name of the head."""
    complete: bool = False
    """Where the graph holds a tail of a head, it holds them all: another is false, and none is "not recorded"."""
    naming: bool = False
    """The tail is the head's name in another form, or whom it is named after: the head often gives it away, a head
    without one lacks nothing, and what is known of a thing is not known of its name."""
    domain: tuple[str, ...] = ()
    """The types that a head may have; empty: any."""
    range: tuple[str, ...] = ()
    """The types that a tail may have; empty: any."""
    guessed: bool = False
    """No schema names this relation: its logic is unknown, and what the graph does not hold is taken as false."""
    phrases: Phrases = LABELS_ALONE
    """How it is said and asked beside its labels."""

    def label(self, language: str) -> str | None:
        return {"zh": self.zh, "en": self.en}[language]

    @property
    def closed(self) -> bool:
        """Whether a tail that the graph does not hold may be called false."""
        return (self.functional or self.guessed) and not self.alias


Schema = Mapping[str, Relation]
KEYS = (*(field.name for field in fields(Relation) if field.name not in ("name", "guessed", "phrases")), *PHRASES)
FLAGS = ("functional", "symmetric", "alias", "complete", "naming")
TYPES = ("domain", "range")


def read_schema(path: Path | None, triples: Iterable[Triple]) -> dict[str, Relation]:
    """Reads `relations.yaml`; relations that it does not name, or all without a file, are guessed from their names.

    Raises:
        UserError: the file is missing or no mapping, an entry has an unknown key or a wrong value.
    """
    schema = {} if path is None else _read(path)
    named = [triple.relation for triple in triples]
    for name in dict.fromkeys(named + [entry.inverse for entry in schema.values() if entry.inverse]):
        if name not in schema:
            schema[name] = guess(name)
    for relation in list(schema.values()):
        if relation.inverse:
            schema[relation.inverse] = replace(schema[relation.inverse], inverse=relation.name)
    return schema


def guess(name: str) -> Relation:
    """Takes the name as the label, in the language of its script."""
    if CHINESE.search(name):
        return Relation(name, zh=name, guessed=True)
    return Relation(name, en=name.replace("_", " "), guessed=True)


def _read(path: Path) -> dict[str, Relation]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}); name a relations.yaml or none") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise UserError(f"{path}: no mapping; write one entry a relation, `name: {{zh: ..., en: ...}}`")
    return {str(name): _relation(str(name), entry, path) for name, entry in data.items()}


def _relation(name: str, entry: Any, path: Path) -> Relation:
    if not isinstance(entry, dict):
        raise UserError(f"{path}: {name}: no mapping; write `{name}: {{zh: ..., en: ...}}`")
    for key, value in entry.items():
        if key not in KEYS:
            raise UserError(f"{path}: {name}: unknown key {key}; known are {', '.join(KEYS)}")
        if (wanted := _wrong(key, value)) is not None:
            raise UserError(f"{path}: {name}.{key}: {value!r}; write {wanted}")
        if isinstance(value, str) and (wrong := wrong_phrase(key, value)):
            raise UserError(f"{path}: {name}.{key}: {value!r}; {wrong}")
    phrases = {key: value for key, value in entry.items() if key in PHRASES}
    known = {key: value for key, value in entry.items() if key not in PHRASES}
    types = {key: _listed(entry[key]) for key in TYPES if key in entry}
    return Relation(name, phrases=Phrases(**phrases), **{**known, **types})


def _wrong(key: str, value: Any) -> str | None:
    """What a key wants, where its value is not that."""
    if key in FLAGS:
        return None if isinstance(value, bool) else "true or false"
    if key in TYPES:
        return None if all(isinstance(kind, str) for kind in _listed(value)) else "a type, a list of types or null"
    return None if isinstance(value, str | None) else "a text or null"


def _listed(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
