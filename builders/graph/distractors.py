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
    found: list[str] = []
    true = _True.of(graph, group)
    for pool in _pools(graph, group):
        for candidate in rng.sample(pool, min(TRIED, len(pool))):
            if len(found) == count:
                return found
            if true.excludes(graph, candidate) and not any(_same(graph, candidate, other) for other in found):
                found.append(candidate)
    return found


def is_false(graph: Graph, group: Group, tail: str) -> bool:
    """Whether calling this tail false is safe; decided on the full graph."""
    return _True.of(graph, group).excludes(graph, tail)


@dataclass(frozen=True, slots=True)
class _True:
    """The true tails of a group, folded once for all candidates: a group may have a hundred thousand."""

    group: Group
    tails: tuple[str, ...]
    joined: str
    """All of them folded, one a line: what a candidate is a part of is found in one search."""
    folded: frozenset[str]

    @classmethod
    def of(cls, graph: Graph, group: Group) -> _True:
        tails = graph.tails(*group)
        names = frozenset(folded(tail) for tail in tails)
        return cls(group, tails, "\n".join(names), names)

    def excludes(self, graph: Graph, tail: str) -> bool:
        """Whether a tail is safely false beside these."""
        head, relation = self.group
        if graph.holds(head, relation, tail) or graph.linked(head, tail):
            return False
        return not (self._overlaps(folded(tail)) or any(graph.linked(tail, true) for true in self.tails))

    def _overlaps(self, name: str) -> bool:
        """Whether one name is a part of the other: 健脾 would be half true beside 健脾益气."""
        return name in self.joined or any(true in name for true in self.folded)


def _pools(graph: Graph, group: Group) -> tuple[Sequence[str], ...]:
    kinds = sorted({triple.tail_type for triple in graph.groups[group] if triple.tail_type})
    if not kinds:
        return (graph.tails_of(group[1]),)
    return graph.pools.typed_tails(group[1], kinds), graph.pools.entities_of(kinds)


def _same(graph: Graph, one: str, other: str) -> bool:
    return graph.representative(one) == graph.representative(other)
