"""The graph as an index: triples and schema in; tails, heads, aliases and the truth of a statement out.

It holds the full graph, the held-out part included: whether a statement is false is decided here.

    graph.tails("人参", "拉丁学名")                        ->  ("Panax ginseng",)
    graph.holds("元参", "拉丁学名", "scrophularia ningpoensis")  ->  True, by the alias 玄参 - 元参
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Set

import networkx as nx

from builders.graph.schema import Schema
from builders.types import Triple

Group = tuple[str, str]
"""A head and a relation: what a question names."""
Fact = tuple[str, str, str]
Pair = tuple[str, str]
"""Two entities by their representatives, in alphabetical order."""


def folded(name: str) -> str:
    """A name without the differences of width, case and blanks that make no difference in meaning."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


class Graph:
    """Triples indexed for asking. Names are compared folded and through their aliases wherever truth is asked.

    A triple that several files hold is kept once, as the first has it.
    """

    def __init__(self, triples: Iterable[Triple], schema: Schema, unnamed: Set[str] = frozenset()) -> None:
        """Indexes the triples.

        Args:
            triples: all facts.
            schema: what the relations mean.
            unnamed: representatives that `tails_of` and `entities` leave out, because nothing may be made of them.
        """
        distinct: dict[str, Triple] = {}
        for triple in triples:
            distinct.setdefault(triple.key, triple)
        self.triples = tuple(distinct.values())
        self.schema = schema
        self.groups: dict[Group, tuple[Triple, ...]] = _grouped(self.triples)
        self._representative = _representatives(self.triples, schema)
        self._heads: dict[Group, list[str]] = defaultdict(list)
        self._tails_of: dict[str, dict[str, None]] = defaultdict(dict)
        self._of_type: dict[str, dict[str, None]] = defaultdict(dict)
        for triple in self.triples:
            self._heads[triple.relation, triple.tail].append(triple.head)
            if self.representative(triple.tail) not in unnamed:
                self._tails_of[triple.relation][triple.tail] = None
            for name, kind in ((triple.head, triple.head_type), (triple.tail, triple.tail_type)):
                if kind and self.representative(name) not in unnamed:
                    self._of_type[kind][name] = None
        self._facts = {self._fact(triple.head, triple.relation, triple.tail) for triple in self.triples}
        self._pairs = {self.pair(triple.head, triple.tail) for triple in self.triples}

    def tails(self, head: str, relation: str) -> tuple[str, ...]:
        """The tails of a group, in the order of the file; none where the graph is silent."""
        return tuple(triple.tail for triple in self.groups.get((head, relation), ()))

    def heads(self, relation: str, tail: str) -> tuple[str, ...]:
        return tuple(self._heads.get((relation, tail), ()))

    def tails_of(self, relation: str) -> tuple[str, ...]:
        """All tails that a relation has anywhere, each once, in the order of the file, but for the unnamed."""
        return tuple(self._tails_of.get(relation, ()))

    def entities(self, kind: str) -> tuple[str, ...]:
        """All entities of a type, each once, in the order of the file, but for the unnamed."""
        return tuple(self._of_type.get(kind, ()))

    def representative(self, name: str) -> str:
        """One folded name for all aliases of an entity."""
        name = folded(name)
        return self._representative.get(name, name)

    def pair(self, one: str, other: str) -> Pair:
        first, second = sorted((self.representative(one), self.representative(other)))
        return first, second

    def linked(self, one: str, other: str) -> bool:
        """Whether the two are aliases, or any triple joins them in either direction."""
        pair = self.pair(one, other)
        return pair[0] == pair[1] or pair in self._pairs

    def holds(self, head: str, relation: str, tail: str) -> bool:
        """Whether the graph states this, itself or through aliases, the inverse relation or symmetry."""
        if self.schema[relation].alias:
            return self.representative(head) == self.representative(tail)
        return self._fact(head, relation, tail) in self._facts

    def stored_group(self, triple: Triple) -> Group:
        """The group of a triple, told in one fixed direction where the relation has an inverse or is symmetric."""
        relation = self.schema[triple.relation]
        if self._turned(triple.relation) and relation.inverse:
            return triple.tail, relation.inverse
        if relation.symmetric:
            return min(triple.head, triple.tail), triple.relation
        return triple.head, triple.relation

    def _fact(self, head: str, relation: str, tail: str) -> Fact:
        head, tail = self.representative(head), self.representative(tail)
        known = self.schema[relation]
        if self._turned(relation) and known.inverse:
            return tail, known.inverse, head
        return (tail, relation, head) if known.symmetric and tail < head else (head, relation, tail)

    def _turned(self, relation: str) -> bool:
        """Of a relation and its inverse, the functional one is kept, else the first by name."""
        inverse = self.schema[relation].inverse
        if inverse is None:
            return False
        return _order(self.schema, inverse) < _order(self.schema, relation)


def _order(schema: Schema, relation: str) -> tuple[bool, str]:
    return not schema[relation].functional, relation


def _grouped(triples: Iterable[Triple]) -> dict[Group, tuple[Triple, ...]]:
    groups: dict[Group, list[Triple]] = defaultdict(list)
    for triple in triples:
        groups[triple.head, triple.relation].append(triple)
    return {group: tuple(members) for group, members in groups.items()}


def _representatives(triples: Iterable[Triple], schema: Schema) -> dict[str, str]:
    """Maps each folded name that has aliases to the first of them by name."""
    same = nx.Graph()
    same.add_edges_from((folded(t.head), folded(t.tail)) for t in triples if schema[t.relation].alias)
    return {name: min(component) for component in nx.connected_components(same) for name in component}
