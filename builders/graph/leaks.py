"""Texts in, the held-out facts whose two entities they name out: the proof on each build, and the list for papers.

A text that names both ends does not always state the fact; one that does not never does.

    HeldoutFinder(graph, split).find("Panax ginseng is the Latin name of 人参.")  ->  [Triple("人参", "拉丁学名", ...)]
"""

from __future__ import annotations

from collections import defaultdict

from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.split import GraphSplit
from builders.types import Triple


class HeldoutFinder:
    """Finds entities by their names and aliases, the longest name at each place, whole words in Latin script.

    Facts with a name of a single character are not found; that our own rows leave them out follows from the split.
    """

    def __init__(self, graph: Graph, split: GraphSplit) -> None:
        self._withheld: dict[str, list[tuple[str, Triple]]] = defaultdict(list)
        self._finder = EntityFinder(graph)
        for triple in graph.triples:
            if split.withholds(graph, triple):
                head, tail = graph.representative(triple.head), graph.representative(triple.tail)
                self._withheld[head].append((tail, triple))

    def find(self, text: str) -> list[Triple]:
        """The held-out facts of which the text names both ends, in the order of the heads in the text."""
        if not self._withheld:
            return []
        named = dict.fromkeys(mention.entity for mention in self._finder.find(text))
        return [triple for head in named for tail, triple in self._withheld.get(head, ()) if tail in named]
