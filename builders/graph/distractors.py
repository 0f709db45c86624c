"""Tails that are false for a head and relation, though of the right kind: for choices and counterfactuals.

Falsehood is decided on the full graph, the held-out part, aliases and inverses included.

    false_tails(graph, ("人参", "拉丁学名"), count=3, rng=generator(1))  ->  ["Panax notoginseng", ...]
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from builders.graph.graph import Graph, Group, folded

TRIED = 64  # candidates looked at: enough for a handful of answers, bounded where a relation has a million tails


def false_tails(graph: Graph, group: Group, count: int, rng: random.Random) -> list[str]:
    """Up to `count` tails that the whole graph, held-out part and aliases included, does not state for this group.

    Tails of the same relation come first, then entities of the same type. Left out: whatever any triple links to the
    head or to a true tail, whatever is contained in a true tail or contains one, aliases of one another.
    """
    found: dict[str, str] = {}
    true = _True.of(graph, group)
    for pool in _pools(graph, group):
        for candidate in rng.sample(pool, min(TRIED, len(pool))):
            if len(found) == count:
                return list(found.values())
            entity = graph.representative(candidate)
            if entity not in found and true.excludes(graph, candidate, entity):
                found[entity] = candidate
    return list(found.values())


def is_false(graph: Graph, group: Group, tail: str) -> bool:
    """Whether calling this tail false is safe; decided on the full graph."""
    return _True.of(graph, group).excludes(graph, tail, graph.representative(tail))


@dataclass(frozen=True, slots=True)
class _True:
    """The true tails of a group, folded once for all candidates: a group may have a hundred thousand."""

    group: Group
    head: str
    tails: frozenset[str]
    """Representatives."""
    names: frozenset[str]
    """As the file has them, folded."""
    joined: str
    """The names, one a line: what a candidate is a part of is found in one search."""

    @classmethod
    def of(cls, graph: Graph, group: Group) -> _True:
        tails = graph.tails(*group)
        names = frozenset(map(folded, tails))
        representatives = frozenset(map(graph.representative, tails))
        return cls(group, graph.representative(group[0]), representatives, names, "\n".join(names))

    def excludes(self, graph: Graph, tail: str, entity: str) -> bool:
        """Whether a tail, of this representative, is safely false beside these."""
        if graph.joined(self.head, entity) or graph.holds(*self.group, tail):
            return False
        return not self._overlaps(folded(tail)) and not any(graph.joined(entity, true) for true in self.tails)

    def _overlaps(self, name: str) -> bool:
        """Whether one name is a part of the other: 健脾 would be half true beside 健脾益气."""
        return name in self.joined or any(true in name for true in self.names)


def _pools(graph: Graph, group: Group) -> tuple[Sequence[str], ...]:
    kinds = sorted({triple.tail_type for triple in graph.groups[group] if triple.tail_type})
    if not kinds:
        return (graph.tails_of(group[1]),)
    return graph.pools.typed_tails(group[1], kinds), graph.pools.entities_of(kinds)
