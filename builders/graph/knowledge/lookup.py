"""`acquire_knowledge`: how an entity and an attribute are found in the graph, and what is then returned.

An entity is found by its name (`exact`), by another name (`alias`) or by the name most like it (`bm25`, only where it
is near and no other is as near); an attribute by its label in either language (`exact`), as a chain of two (`path`) or
by the label most like it (`bm25`). Values come in the order of the graph, inverse and symmetric relations included.

    Knowledge(graph).acquire_knowledge("四君子汤", "君药的拉丁学名")
    ->  Found(entity="四君子汤", attribute_match="path", values=("Panax ginseng",), triples=(..., ...), ...)
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from builders.graph.graph import Graph, folded
from builders.graph.knowledge.nearest import Near, Nearest, same_digits
from builders.graph.schema import CHINESE, Relation
from builders.types import Triple

EntityMatch = Literal["exact", "alias", "bm25", "none"]
AttributeMatch = Literal["exact", "bm25", "path", "none"]

NEAR_ENOUGH = 0.6  # similarity from which a name is taken for the one meant, and said to be so
OFFERED = 3
LIKE = 0.4  # similarity from which a name is offered as one that may be meant
MOST = 20  # values and triples in the text that a model reads
OTHERS = 8  # attributes told where the one asked for is not recorded
CHAINED = 1000  # ends of a chain that are followed: a hub of thousands leads to millions
SPLITS = 4  # places at which an attribute is tried as a chain


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up gave. Nothing here is made up: names, labels and values stand in the graph as they are."""

    entity: str | None
    """The graph's own name of the entity; None where none was found."""
    entity_match: EntityMatch
    attribute: str
    """The label that was found; as it was asked where none was."""
    attribute_match: AttributeMatch
    values: tuple[str, ...] = ()
    triples: tuple[Triple, ...] = ()
    nearest: tuple[str, ...] = ()
    """Names like the one asked for, where no entity was found."""
    recorded: tuple[str, ...] = ()
    """Attributes that the entity does have, where the one asked for has no value."""

    def json(self) -> str:
        """The text that a model reads: what is empty is left out, and long lists say how long they are."""
        said: dict[str, object] = {
            "entity": self.entity,
            "entity_match": self.entity_match,
            "attribute": self.attribute,
            "attribute_match": self.attribute_match,
            "values": list(self.values[:MOST]),
        }
        if len(self.values) > MOST:
            said["count"] = len(self.values)
        if self.triples:
            said["triples"] = [[one.head, one.relation, one.tail] for one in self.triples[:MOST]]
        for name, names in (("nearest", self.nearest), ("recorded", self.recorded)):
            if names:
                said[name] = list(names)
        return json.dumps(said, ensure_ascii=False)


class Knowledge:
    """A graph to ask. Reading it takes time in proportion to its triples; one look-up in proportion to its names."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._names: dict[str, dict[str, None]] = defaultdict(dict)
        self._facts: dict[str, dict[str, list[tuple[str, Triple]]]] = defaultdict(lambda: defaultdict(list))
        self._heading: dict[str, int] = defaultdict(int)
        for triple in graph.triples:
            for name in (triple.head, triple.tail):
                self._names[graph.representative(name)][name] = None
            for head, relation, tail in self._readings(triple):
                self._facts[graph.representative(head)][relation].append((tail, triple))
            if not graph.schema[triple.relation].alias:
                self._heading[triple.head] += 1
        self._labels = _labels(list(graph.schema.values()))

    def acquire_knowledge(self, entity: str, attribute: str) -> Found:
        """Looks up one attribute of one entity, or a chain of two; never raises for any text."""
        relations, label, attribute_match = self._attribute(attribute)
        named, entity_match, nearest = self._entity(entity)
        if named is None:
            return Found(None, "none", label, attribute_match, nearest=nearest)
        facts = self._facts_of(named, relations) if attribute_match == "exact" else []
        if not facts and (chain := self._chain(named, attribute)):
            values, triples = _distinct(chain, self.graph)
            return Found(self.name(named), entity_match, attribute, "path", values, triples)
        facts = facts or self._facts_of(named, relations)
        values, triples = _distinct([(value, (triple,)) for value, triple in facts], self.graph)
        recorded = () if values else self.recorded(named, _language(attribute))
        return Found(self.name(named), entity_match, label, attribute_match, values, triples, recorded=recorded)

    def names(self, entity: str) -> tuple[str, ...]:
        """All names of an entity, itself included, in the order of the graph; none for a stranger."""
        return tuple(self._names.get(self.graph.representative(entity), ()))

    def name(self, entity: str) -> str:
        """The name under which the graph says most about an entity; of several the first."""
        return max(self.names(entity), key=lambda name: self._heading.get(name, 0))

    def relations(self, entity: str) -> tuple[str, ...]:
        """The relations that can be asked of an entity, in the order of the graph."""
        return tuple(self._facts.get(self.graph.representative(entity), ()))

    def recorded(self, entity: str, language: str) -> tuple[str, ...]:
        """The labels of what the graph tells about an entity, in its order; at most a few."""
        labels = (self.graph.schema[name].label(language) for name in self.relations(entity))
        return tuple(dict.fromkeys(label for label in labels if label))[:OTHERS]

    @cached_property
    def _near_names(self) -> Nearest:
        return Nearest([name for names in self._names.values() for name in names])

    @cached_property
    def _near_labels(self) -> Nearest:
        return Nearest(list(self._labels))

    def _readings(self, triple: Triple) -> Iterator[tuple[str, str, str]]:
        """A triple as it stands and, where its relation allows it, from the other end."""
        relation = self.graph.schema[triple.relation]
        yield triple.head, triple.relation, triple.tail
        if relation.symmetric:
            yield triple.tail, triple.relation, triple.head
        elif relation.inverse:
            yield triple.tail, relation.inverse, triple.head
        elif relation.alias:
            yield triple.tail, triple.relation, triple.head

    def _entity(self, asked: str) -> tuple[str | None, EntityMatch, tuple[str, ...]]:
        if known := self.names(asked):
            own = folded(self.name(asked))
            return known[0], "exact" if folded(asked) == own else "alias", ()
        near = self._near_names.find(asked, OFFERED)
        if sure := _sure(asked, near, self.graph):
            return sure, "bm25", ()
        return None, "none", tuple(one.name for one in near if one.similarity >= LIKE)

    def _attribute(self, asked: str) -> tuple[tuple[str, ...], str, AttributeMatch]:
        """The relations of a label, the label, and how it was found."""
        if relations := self._labels.get(folded(asked)):
            return relations, asked, "exact"
        near = self._near_labels.find(asked, OFFERED)
        if near and near[0].similarity >= NEAR_ENOUGH and same_digits(asked, near[0].name):
            relations = self._labels[near[0].name]
            schema = self.graph.schema[relations[0]]
            return relations, schema.label(_language(asked)) or schema.name, "bm25"
        return (), asked, "none"

    def _facts_of(self, entity: str, relations: Sequence[str]) -> list[tuple[str, Triple]]:
        known = self._facts.get(self.graph.representative(entity), {})
        own = folded(entity)
        found = [fact for relation in relations for fact in known.get(relation, ())]
        return [(value, triple) for value, triple in found if folded(value) != own or not self._is_alias(triple)]

    def _is_alias(self, triple: Triple) -> bool:
        return self.graph.schema[triple.relation].alias

    def _chain(self, entity: str, asked: str) -> list[tuple[str, tuple[Triple, ...]]]:
        """The values at the end of two relations; both must have exactly the labels asked for."""
        for first, second in _parts(asked):
            one, two = self._labels.get(folded(first), ()), self._labels.get(folded(second), ())
            ends = (
                (value, (before, after))
                for middle, before in self._facts_of(entity, one)
                for value, after in self._facts_of(middle, two)
            )
            steps: list[tuple[str, tuple[Triple, ...]]] = list(islice(ends, CHAINED))
            if steps:
                return steps
        return []


def _parts(asked: str) -> Iterator[tuple[str, str]]:
    """The ways to read an attribute as a first and a second relation: 君药的拉丁学名, "Latin name of the herb"."""
    yield from _cut(asked, "的")
    yield from _cut(asked, "'s ")
    for second, first in _cut(asked, " of "):
        yield first.removeprefix("the "), second


def _cut(text: str, mark: str) -> Iterator[tuple[str, str]]:
    pieces = text.split(mark, SPLITS)
    for place in range(1, len(pieces)):
        yield mark.join(pieces[:place]).strip(), mark.join(pieces[place:]).strip()


def _labels(schema: Sequence[Relation]) -> dict[str, tuple[str, ...]]:
    """The relations by each folded label or name that they have."""
    known: dict[str, dict[str, None]] = defaultdict(dict)
    for relation in schema:
        for label in (relation.name, relation.zh, relation.en):
            if label:
                known[folded(label)][relation.name] = None
    return {label: tuple(names) for label, names in known.items()}


def _sure(asked: str, near: Sequence[Near], graph: Graph) -> str | None:
    """The one name that is near enough, where no other entity is as near and no number differs."""
    if not near or near[0].similarity < NEAR_ENOUGH or not same_digits(asked, near[0].name):
        return None
    best = graph.representative(near[0].name)
    rivals = [one for one in near[1:] if one.similarity == near[0].similarity]
    return near[0].name if all(graph.representative(one.name) == best for one in rivals) else None


def _distinct(
    facts: Sequence[tuple[str, tuple[Triple, ...]]], graph: Graph
) -> tuple[tuple[str, ...], tuple[Triple, ...]]:
    """Each value once, under whatever name it comes first, and all triples that state them."""
    values: dict[str, str] = {}
    triples: dict[Triple, None] = {}
    for value, stated in facts:
        values.setdefault(folded(value), value)
        triples.update(dict.fromkeys(stated))
    return tuple(values.values()), tuple(triples)


def _language(text: str) -> str:
    return "zh" if CHINESE.search(text) else "en"
