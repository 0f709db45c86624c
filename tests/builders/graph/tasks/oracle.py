"""The truth of a graph worked out anew from its triples and the YAML of its relations, by other means than ours."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import yaml

from builders.types import Triple


def plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


class Oracle:
    """Every fact in every direction that the relations allow, under one name an entity."""

    def __init__(self, triples: Iterable[Triple], relations: Path) -> None:
        self.triples = list(triples)
        self.relations = yaml.safe_load(relations.read_text(encoding="utf-8"))
        self._same: dict[str, str] = {}
        for triple in self.triples:
            if self.has(triple.relation, "alias"):
                one, other = self.same(triple.head), self.same(triple.tail)
                for name in (plain(triple.head), plain(triple.tail)):
                    self._same.setdefault(name, name)
                self._same = {name: one if group == other else group for name, group in self._same.items()}
                self._same[plain(triple.head)] = self._same[plain(triple.tail)] = one
        self.facts = {fact for triple in self.triples for fact in self._all(triple)}
        self.linked = {frozenset((head, tail)) for head, _, tail in self.facts}
        self._tails: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._heads: dict[tuple[str, str], set[str]] = defaultdict(set)
        for head, relation, tail in self.facts:
            self._tails[head, relation].add(tail)
            self._heads[relation, tail].add(head)

    def has(self, relation: str, key: str) -> bool:
        return bool(self.relations[relation].get(key))

    def same(self, name: str) -> str:
        return self._same.get(plain(name), plain(name))

    def _all(self, triple: Triple) -> set[tuple[str, str, str]]:
        head, tail = self.same(triple.head), self.same(triple.tail)
        facts = {(head, triple.relation, tail)}
        if self.has(triple.relation, "symmetric"):
            facts.add((tail, triple.relation, head))
        for name, known in self.relations.items():
            if known.get("inverse") == triple.relation or self.relations[triple.relation].get("inverse") == name:
                facts.add((tail, name, head))
        return facts

    def tails(self, head: str, relation: str) -> set[str]:
        return self._tails.get((self.same(head), relation), set())

    def heads(self, relation: str, tail: str) -> set[str]:
        return self._heads.get((relation, self.same(tail)), set())

    def ends(self, step: tuple[str, bool], name: str) -> set[str]:
        relation, turned = step
        return self.heads(relation, name) if turned else self.tails(name, relation)

    def relation(self, triple: Triple, head: str) -> str:
        """The relation that a fact is under when it is told from one of its ends."""
        if self.same(triple.head) == self.same(head) or self.has(triple.relation, "symmetric"):
            return triple.relation
        inverses = {name for name, known in self.relations.items() if known.get("inverse") == triple.relation}
        (name,) = {*inverses, self.relations[triple.relation].get("inverse")} - {None}
        return str(name)

    def group(self, names: Iterable[str]) -> set[str]:
        return {self.same(name) for name in names}
