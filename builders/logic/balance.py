"""Pairs in, as many that deny truly as that deny falsely out: else "not" would mean "wrong".

balanced(pairs, seed=42)  ->  the pairs without the surplus, in their order

Of ANW pairs either the true or the false statement carries the negation. For each language and origin the kind of
which there are more loses pairs, by hash, until both are equally many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from builders.graph.chance import fraction
from builders.graph.logic import Pair
from builders.logic.scope import negations


def denies_truly(pair: Pair) -> bool:
    """Whether the true statement of a pair has more negations than the false one."""
    return negations(pair.true, pair.language) > negations(pair.false, pair.language)


def balanced(pairs: Sequence[Pair], seed: int) -> list[Pair]:
    """Drops what makes the negated statements of one language and origin true, or false, more often."""
    kinds: dict[tuple[str, str], dict[bool, list[str]]] = defaultdict(lambda: {True: [], False: []})
    for pair in pairs:
        if pair.op == "ANW":
            kinds[pair.language, pair.origin][denies_truly(pair)].append(pair.id)
    kept: set[str] = set()
    for sides in kinds.values():
        for names in sides.values():
            ranked = sorted(names, key=lambda name: fraction(seed, "balance", name))
            kept.update(ranked[: min(map(len, sides.values()))])
    return [pair for pair in pairs if pair.op != "ANW" or pair.id in kept]


def limited(pairs: Sequence[Pair], most: int | None, seed: int) -> list[Pair]:
    """At most so many of the pairs, by hash, in their order."""
    chosen = set(sorted((pair.id for pair in pairs), key=lambda name: fraction(seed, "limit", name))[:most])
    return [pair for pair in pairs if pair.id in chosen]
