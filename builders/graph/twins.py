"""What is the same under two names: relations of which both say one thing, spellings of one tail.

find(tails, labels)             ->  {"组成": {"中药组成"}, "中药组成": {"组成"}}
of_graph(graph)                 ->  the same, from all triples of a graph
variants(["《金匮要略》", "《金匱要略》", "《医便》"])  ->  {"《金匮要略》", "《金匱要略》"}
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from builders.graph.graph import Graph, folded

HEADS = 2  # heads at least that two relations share
AGREED = 0.5  # share of them on which both mostly have the same tails
_NO_WORD = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]{4,}")


def find(
    tails: Iterable[Mapping[str, set[str]]], labels: Mapping[str, str], heads: int = HEADS
) -> dict[str, frozenset[str]]:
    """By relation, those that say the same.

    Args:
        tails: for every head its tails, spelt plainly, by relation.
        labels: how the relations are called; two of one label say the same.
        heads: that two relations must share before their tails count.
    """
    shared: Counter[tuple[str, str]] = Counter()
    agreed: Counter[tuple[str, str]] = Counter()
    for by_relation in tails:
        for pair in combinations(sorted(by_relation), 2):
            one, other = (by_relation[relation] for relation in pair)
            shared[pair] += 1
            agreed[pair] += 2 * len(one & other) >= len(one | other)
    found = {pair for pair, number in shared.items() if number >= heads and agreed[pair] >= AGREED * number}
    called: dict[str, list[str]] = defaultdict(list)
    for relation, label in labels.items():
        called[label].append(relation)
    found |= {pair for names in called.values() for pair in combinations(sorted(names), 2)}
    twins: dict[str, set[str]] = defaultdict(set)
    for one_name, other_name in found:
        twins[one_name].add(other_name)
        twins[other_name].add(one_name)
    return {relation: frozenset(names) for relation, names in twins.items()}


def of_graph(graph: Graph, heads: int = HEADS) -> dict[str, frozenset[str]]:
    """By relation, those that say the same, aliases aside."""
    tails: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in graph.triples:
        if not graph.schema[triple.relation].alias:
            tails[graph.representative(triple.head)][triple.relation].add(spelling(triple.tail))
    relations = {relation for of_head in tails.values() for relation in of_head}
    return find(
        tails.values(), {relation: graph.schema[relation].zh or relation for relation in sorted(relations)}, heads
    )


def variants(names: Iterable[str]) -> frozenset[str]:
    """The names that another spells otherwise, by its marks or, of Chinese ones long enough, by one character."""
    shapes: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for shape in _shapes(spelling(name)):
            shapes[shape].add(name)
    return frozenset(name for some in shapes.values() if len(some) > 1 for name in some)


def spelling(name: str) -> str:
    """A name without marks, blanks and letter case: 《伤寒论》 is 伤寒论."""
    return _NO_WORD.sub("", folded(name))


def _shapes(name: str) -> Iterator[str]:
    """A spelling, and the same with any one character left open."""
    yield name
    if _CHINESE.fullmatch(name):
        yield from (f"{name[:place]}*{name[place + 1 :]}" for place in range(len(name)))
