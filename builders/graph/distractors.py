"""Tails that are false for a head and relation, though of the right kind: for choices and counterfactuals.

Falsehood is decided on the full graph, the held-out part, aliases and inverses included.

    false_tails(graph, ("人参", "拉丁学名"), count=3, rng=generator(1))  ->  ["Panax notoginseng", ...]
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from builders.graph.graph import Graph, Group, folded

TRIED = 64  # candidates looked at: enough for a handful of answers, bounded where a relation has a million tails


def false_tails(graph: Graph, group: Group, count: int, rng: random.Random) -> list[str]:
    """Up to `count` tails that the whole graph, held-out part and aliases included, does not state for this group.

    Tails of the same relation come first, then entities of the same type. Left out: whatever any triple links to the
    head or to a true tail, whatever is contained in a true tail or contains one, aliases of one another.
    """
    found: list[str] = []
    for pool in _pools(graph, group):
        for candidate in rng.sample(pool, min(TRIED, len(pool))):
            if len(found) == count:
                return found
            if is_false(graph, group, candidate) and not any(_same(graph, candidate, other) for other in found):
                found.append(candidate)
    return found


def is_false(graph: Graph, group: Group, tail: str) -> bool:
    """Whether calling this tail false is safe; decided on the full graph."""
    head, relation = group
    if graph.holds(head, relation, tail) or graph.linked(head, tail):
        return False
    return not any(_overlap(tail, true) or graph.linked(tail, true) for true in graph.tails(head, relation))


def _pools(graph: Graph, group: Group) -> tuple[Sequence[str], ...]:
    kinds = {triple.tail_type for triple in graph.groups[group]}
    of_relation = graph.tails_of(group[1])
    of_type = tuple(entity for kind in sorted(filter(None, kinds)) for entity in graph.entities(kind))
    if not kinds - {None}:
        return (of_relation,)
    allowed = set(of_type)
    return tuple(tail for tail in of_relation if tail in allowed), of_type


def _overlap(one: str, other: str) -> bool:
    """Whether one name is a part of the other: 健脾 would be half true beside 健脾益气."""
    return folded(one) in folded(other) or folded(other) in folded(one)


def _same(graph: Graph, one: str, other: str) -> bool:
    return graph.representative(one) == graph.representative(other)
