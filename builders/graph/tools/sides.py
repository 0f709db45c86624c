"""Which entities the training rows of the function may name, and which are kept for its evaluation.

Kept are a share of the entities, by hash, from the rows of the function alone (`tools`: the model may have read of
them elsewhere), and those that `split.entities` holds out of everything (`graph`).

    sides = Sides(cases, split, share=0.1, seed=42)
    sides.trains(asked)      ->  False, for it names an entity that is kept
    sides.kept("人参")        ->  "tools"
"""

from __future__ import annotations

from typing import Literal

from builders.graph.chance import fraction
from builders.graph.entities import EntityFinder
from builders.graph.graph import Group
from builders.graph.split import GraphSplit
from builders.graph.tools.cases import Asked, Cases

Kept = Literal["tools", "graph"]


class Sides:
    """The entities by side; an entity with all its names is on one."""

    def __init__(self, cases: Cases, split: GraphSplit, share: float, seed: int) -> None:
        self._graph = cases.graph
        self._split = split
        self._finder = EntityFinder(cases.graph)
        self._seed = seed
        named = {self._graph.representative(head) for head, _ in self._graph.groups}
        self._kept = frozenset(name for name in named if fraction(seed, "tools entity", name) < share)

    def kept(self, entity: str) -> Kept | None:
        """Where an entity is kept from; None for one that is trained."""
        name = self._graph.representative(entity)
        if name in self._split.entities:
            return "graph"
        return "tools" if name in self._kept else None

    def trains(self, asked: Asked) -> bool:
        """Whether a training row may be made of a call: of all that it names, nothing is held out."""
        names = {self._graph.representative(name) for name in _named(asked)}
        # A slip may leave another entity's name standing: `ECS volume fracion` names the ECS.
        names |= {mention.entity for mention in self._finder.find(asked.call.entity)}
        return not names & self._kept and self._split.allows(names)

    def train_groups(self, limit: int | None) -> list[Group]:
        """The groups that training questions are asked of, in the order of the file; at most so many, by hash."""
        groups = [group for group in self._split.train if self.kept(group[0]) is None]
        chosen = set(sorted(groups, key=lambda group: fraction(self._seed, "tools group", *group))[:limit])
        return [group for group in groups if group in chosen]

    def kept_groups(self) -> list[Group]:
        """The groups whose head is kept, in the order of the file."""
        return [group for group in self._graph.groups if self.kept(group[0]) is not None]


def _named(asked: Asked) -> list[str]:
    """Every name of the graph in a row: in the call, in what came back, and so in the answer."""
    found = asked.found
    ends = [name for triple in found.triples for name in (triple.head, triple.tail)]
    return [*ends, *found.nearest, *found.values, *([found.entity] if found.entity else [])]
