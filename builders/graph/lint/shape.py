"""The graph in, its shape out: parts that nothing links to the rest, and entities with very many facts.

hubs(...)  ->  Finding(..., "hub", "方剂: 283 facts", "...", "kept")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builders.graph.graph import Graph
from builders.graph.lint.finding import Finding
from builders.graph.lint.gather import Gathered

HUB_FACTS = 100
"""Fewest facts that make a hub,"""
HUB_TIMES = 20
"""and how many times the mean they must be."""
NAMED = 5
"""Entities of a part that are named."""


class Components:
    """Which entities hang together, by any relation in any direction."""

    def __init__(self, graph: Graph) -> None:
        self._above: dict[str, str] = {}
        for triple in graph.triples:
            one, other = (self.root(graph.representative(name)) for name in (triple.head, triple.tail))
            if one != other:
                self._above[max(one, other)] = min(one, other)
        self.sizes = Counter(self.root(name) for name in self._above)

    def root(self, name: str) -> str:
        above = self._above
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = name = above[above[name]]
        return name

    @property
    def largest(self) -> str | None:
        """The root of the largest part, the first by name where several are as large."""
        return min(self.sizes, key=lambda root: (-self.sizes[root], root), default=None)


def isolated_components(gathered: Gathered, graph: Graph, components: Components) -> Iterator[Finding]:
    """Every part but the largest, told where its first fact stands."""
    roots = [components.root(graph.representative(triple.head)) for triple in gathered.triples]
    first: dict[str, int] = {}
    named: dict[str, dict[str, str]] = {}
    for index, (triple, root) in enumerate(zip(gathered.triples, roots, strict=True)):
        if root == components.largest:
            continue
        first.setdefault(root, index)
        names = named.setdefault(root, {})
        for name in (triple.head, triple.tail):
            if len(names) < NAMED:
                names.setdefault(graph.representative(name), name)
    for root, index in first.items():
        size = components.sizes[root]
        shown = ", ".join(name[:40] for name in named[root].values())
        value = f"{size:,} entities: {shown}{', ...' if size > NAMED else ''}"
        suggestion = "link it, or leave it: no path of several hops comes to it"
        yield gathered.found(index, "isolated_component", value, suggestion)


def hubs(gathered: Gathered, graph: Graph) -> Iterator[Finding]:
    """Entities with many times more facts than the mean, the largest first."""
    degrees = Counter(graph.representative(name) for triple in gathered.triples for name in (triple.head, triple.tail))
    least = max(HUB_FACTS, HUB_TIMES * 2 * len(gathered.triples) / max(1, len(degrees)))
    found = {entity: degree for entity, degree in degrees.items() if degree >= least}
    first: dict[str, tuple[int, str]] = {}
    for index, triple in enumerate(gathered.triples) if found else ():
        for name in (triple.head, triple.tail):
            if (entity := graph.representative(name)) in found:
                first.setdefault(entity, (index, name))
    suggestion = "a category rather than an entity? then say it by types, and take these facts out"
    for entity, degree in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        index, name = first[entity]
        yield gathered.found(index, "hub", f"{name}: {degree:,} facts", suggestion)
