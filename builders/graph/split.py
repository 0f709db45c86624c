"""Which facts are held out: by (head, relation) group, for good; the graph in, groups by side out.

A fact goes with every other fact between the same two entities (the inverse, a declared or undeclared synonym, the
same under an alias), so that no training text needs to name both ends of a held-out fact. A group of which only
some facts are held out, or that names both ends of a held-out fact among its tails, is `mixed`: nothing is made of it.

A share of the entities can be held out whole, with all their names: every triple that touches one is withheld, so that
no row of ours names it. Drawn are those that the graph tells something about; values such as 微温 are not.

    split_groups(graph, share=0.02, seed=42)  ->  GraphSplit(train=(("人参", "归经"), ...), heldout=(...), ...)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from builders.graph.chance import fraction
from builders.graph.graph import Graph, Group
from builders.split import Side
from builders.types import Triple


@dataclass(frozen=True)
class GraphSplit:
    """The groups of a graph by side, each in the order of the file."""

    train: tuple[Group, ...]
    heldout: tuple[Group, ...]
    mixed: tuple[Group, ...]
    partners: Mapping[str, frozenset[str]]
    """The two entities of every held-out fact: by the one (its representative) all the others, in both directions."""
    assigned: Mapping[str, Side]
    """What goes to `splits.json`, and comes back as `previous`: the side by `head<TAB>relation`."""
    entities: frozenset[str] = frozenset()
    """The representatives of the entities held out whole."""
    assigned_entities: Mapping[str, Side] = field(default_factory=dict)
    """What goes to `splits.json`, too: the side by representative; nothing while no entity is to be held out."""

    def recorded(self) -> dict[str, dict[str, Side]]:
        """What `splits.json` keeps of this split."""
        entities = {"entities": dict(self.assigned_entities)} if self.assigned_entities else {}
        return {"groups": dict(self.assigned), **entities}

    def withholds(self, graph: Graph, triple: Triple) -> bool:
        head, tail = graph.pair(triple.head, triple.tail)
        return tail in self.partners.get(head, frozenset())

    def allows(self, entities: Set[str]) -> bool:
        """Whether a text may name these representatives together: none is held out, no two end a held-out fact."""
        return not entities & self.entities and _allows(self.partners, entities)


def split_groups(
    graph: Graph,
    share: float,
    seed: int,
    previous: Mapping[str, Side] | None = None,
    entities: Mapping[str, Side] | None = None,
) -> GraphSplit:
    """Holds out about `share` of the groups; what `previous` says never moves, `share=0` holds out nothing.

    A group's side depends on the seed and its own names alone, so new triples move no old group. Facts that say the
    same as an alias are never held out, because aliases are always trained, unless their entity is held out whole:
    `entities` are the sides of all entities, from `split_entities`.
    """
    sides_of_entities = entities or {}
    unseen = frozenset(name for name, side in sides_of_entities.items() if side == "heldout")
    assigned: dict[str, Side] = {}
    partners: dict[str, set[str]] = defaultdict(set)
    for triple in graph.triples:
        one, other = graph.pair(triple.head, triple.tail)
        if one == other:
            continue
        key = "\t".join(graph.stored_group(triple))
        if key not in assigned:
            assigned[key] = _side(key, share, seed, previous or {})
        if assigned[key] == "heldout" or one in unseen or other in unseen:
            partners[one].add(other)
            partners[other].add(one)
    sides: dict[str, list[Group]] = {"train": [], "heldout": [], "mixed": []}
    for group in graph.groups:
        sides[_side_of_group(graph, group, partners, unseen)].append(group)
    frozen = {entity: frozenset(others) for entity, others in partners.items()}
    groups = (tuple(sides["train"]), tuple(sides["heldout"]), tuple(sides["mixed"]))
    return GraphSplit(*groups, frozen, assigned, unseen, sides_of_entities)


def split_entities(graph: Graph, share: float, seed: int, previous: Mapping[str, Side]) -> dict[str, Side]:
    """Draws about `share` of the entities that head a fact, each by the hash of its representative.

    What `previous` says never moves: where a new alias joins two entities, one held out before keeps both out.
    `share=0` holds out nothing and records nothing.
    """
    if share == 0:
        return {}
    before: dict[str, Side] = {}
    for name, side in previous.items():
        known = graph.representative(name)
        before[known] = "heldout" if "heldout" in (side, before.get(known)) else "train"
    headed = (triple.head for triple in graph.triples if not graph.schema[triple.relation].alias)
    names = dict.fromkeys(graph.representative(head) for head in headed)
    return {name: _side(name, share, seed, before) for name in names}


def _side_of_group(graph: Graph, group: Group, partners: Mapping[str, Set[str]], unseen: Set[str]) -> str:
    head = graph.representative(group[0])
    tails = {graph.representative(tail) for tail in graph.tails(*group)}
    if head in unseen or tails <= partners.get(head, set()):
        return "heldout"
    return "train" if _allows(partners, tails | {head}) else "mixed"


def _allows(partners: Mapping[str, Set[str]], entities: Set[str]) -> bool:
    return not any(partners[entity] & entities for entity in entities if entity in partners)


def _side(key: str, share: float, seed: int, previous: Mapping[str, Side]) -> Side:
    if share == 0:
        return "train"
    return previous[key] if key in previous else "heldout" if fraction(seed, key) < share else "train"
