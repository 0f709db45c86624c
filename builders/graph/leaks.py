"""Texts in, the held-out facts whose two entities they name out: the proof on each build, and the list for papers.

A text that names both ends does not always state the fact; one that does not never does.

    HeldoutFinder(graph, split).find("Panax ginseng is the Latin name of 人参.")  ->  [Triple("人参", "拉丁学名", ...)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.split import GraphSplit
from builders.types import Triple


class HeldoutFinder:
    """Finds entities by their names and aliases, the longest name at each place, whole words in Latin script.

    Facts with a name of a single character are not found; that our own rows leave them out follows from the split.
    """

    def __init__(self, graph: Graph, split: GraphSplit) -> None:
        self._withheld: dict[str, dict[str, list[tuple[int, Triple]]]] = defaultdict(lambda: defaultdict(list))
        self._finder = EntityFinder(graph)
        for place, triple in enumerate(graph.triples):
            if split.withholds(graph, triple):
                head, tail = graph.representative(triple.head), graph.representative(triple.tail)
                self._withheld[head][tail].append((place, triple))

    def find(self, text: str) -> list[Triple]:
        """The held-out facts of which the text names both ends, in the order of the heads in the text."""
        if not self._withheld:
            return []
        named = dict.fromkeys(mention.entity for mention in self._finder.find(text))
        return [triple for head in named if head in self._withheld for triple in self._of_head(head, named)]

    def _of_head(self, head: str, named: Collection[str]) -> list[Triple]:
        """In the order of the file; a head of a hundred thousand facts is not gone through for every sentence."""
        by_tail = self._withheld[head]
        found = [placed for tail in named if tail in by_tail for placed in by_tail[tail]]
        return [triple for _, triple in sorted(found, key=lambda placed: placed[0])]
