"""The tails of a relation and the entities of a type, each listed once and kept: what distractors are drawn from.

Pools(triples).typed_tails("归经", ("meridian",))  ->  ("脾经", "肺经", ...)

A graph asks for the same list once a group; a list made anew each time would take the square of a large relation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from typing import NamedTuple

from builders.types import Triple

KEPT = 256
"""Lists of several types at once that are kept; one of a single type is always."""


class _Tails(NamedTuple):
    """The tails of one relation."""

    places: dict[str, int]
    by_kind: dict[str, tuple[str, ...]]


class Pools:
    """Lists of names, each in the order of the file, without those that may not be named."""

    def __init__(self, triples: Iterable[Triple], unnamed: Set[str] = frozenset()) -> None:
        tails: dict[str, dict[str, None]] = defaultdict(dict)
        kinds: dict[str, dict[str, None]] = defaultdict(dict)
        for triple in triples:
            if triple.tail not in unnamed:
                tails[triple.relation][triple.tail] = None
            for name, kind in ((triple.head, triple.head_type), (triple.tail, triple.tail_type)):
                if kind and name not in unnamed:
                    kinds[kind][name] = None
        self._tails = {relation: tuple(names) for relation, names in tails.items()}
        self._of_kind = {kind: tuple(names) for kind, names in kinds.items()}
        self._kinds: dict[str, tuple[str, ...]] = {}
        self._by_kind: dict[str, _Tails] = {}
        self._joined: dict[tuple[str, ...], tuple[str, ...]] = {}

    def tails_of(self, relation: str) -> tuple[str, ...]:
        """All tails that a relation has anywhere, each once."""
        return self._tails.get(relation, ())

    def entities(self, kind: str) -> tuple[str, ...]:
        """All entities of a type, each once."""
        return self._of_kind.get(kind, ())

    def entities_of(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """The entities of some types, type by type."""
        if len(kinds) == 1:
            return self.entities(kinds[0])
        return self._kept(("", *kinds), lambda: (entity for kind in kinds for entity in self.entities(kind)))

    def typed_tails(self, relation: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """The tails of a relation that anywhere have one of these types."""
        known = self._by_kind.get(relation)
        if known is None:
            known = self._by_kind[relation] = self._sorted(relation)
        if len(kinds) == 1:
            return known.by_kind.get(kinds[0], ())
        return self._kept((relation, *kinds), lambda: _merged(known, kinds))

    def _sorted(self, relation: str) -> _Tails:
        if not self._kinds:
            of_name: dict[str, list[str]] = defaultdict(list)
            for kind, names in self._of_kind.items():
                for name in names:
                    of_name[name].append(kind)
            self._kinds = {name: tuple(kinds) for name, kinds in of_name.items()}
        by_kind: dict[str, list[str]] = defaultdict(list)
        tails = self.tails_of(relation)
        for tail in tails:
            for kind in self._kinds.get(tail, ()):
                by_kind[kind].append(tail)
        places = {tail: place for place, tail in enumerate(tails)}
        return _Tails(places, {kind: tuple(names) for kind, names in by_kind.items()})

    def _kept(self, key: tuple[str, ...], make: Callable[[], Iterable[str]]) -> tuple[str, ...]:
        if key not in self._joined:
            if len(self._joined) == KEPT:
                self._joined.clear()
            self._joined[key] = tuple(make())
        return self._joined[key]


def _merged(known: _Tails, kinds: Sequence[str]) -> list[str]:
    among = {tail for kind in kinds for tail in known.by_kind.get(kind, ())}
    return sorted(among, key=known.places.__getitem__)
