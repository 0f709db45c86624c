"""Texts in, the held-out facts whose two entities they name out: the proof on each build, and the list for papers.

A text that names both ends does not always state the fact; one that does not never does.

    HeldoutFinder(graph, split).find("Panax ginseng is the Latin name of 人参.")  ->  [Triple("人参", "拉丁学名", ...)]
"""

from __future__ import annotations

from collections import defaultdict

import ahocorasick

from builders.graph.graph import Graph
from builders.graph.split import GraphSplit
from builders.types import Triple

SHORTEST = 2  # characters: 苦 stands in 辛苦 and 根 in 根据; a single character is no sign of an entity


class HeldoutFinder:
    """Finds entities by their names and aliases, the longest name at each place, whole words in Latin script.

    Facts with a name of a single character are not found; that our own rows leave them out follows from the split.
    """

    def __init__(self, graph: Graph, split: GraphSplit) -> None:
        self._withheld: dict[str, list[tuple[str, Triple]]] = defaultdict(list)
        self._names = ahocorasick.Automaton()
        for triple in graph.triples:
            for name in (triple.head.casefold(), triple.tail.casefold()):
                if len(name) >= SHORTEST:
                    self._names.add_word(name, (len(name), graph.representative(name)))
            if split.withholds(graph, triple):
                head, tail = graph.representative(triple.head), graph.representative(triple.tail)
                self._withheld[head].append((tail, triple))
        self._names.make_automaton()

    def find(self, text: str) -> list[Triple]:
        """The held-out facts of which the text names both ends, in the order of the heads in the text."""
        if not self._withheld or not len(self._names):
            return []
        lower = text.casefold()
        found = self._names.iter_long(lower)
        named = dict.fromkeys(entity for end, (length, entity) in found if _whole(lower, end - length + 1, end + 1))
        return [triple for head in named for tail, triple in self._withheld.get(head, ()) if tail in named]


def _whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is not a part of a longer word in Latin script or digits."""
    return not (_joined(text[start - 1 : start + 1] if start else "") or _joined(text[end - 1 : end + 1]))


def _joined(two: str) -> bool:
    return len(two) == 2 and all(character.isascii() and character.isalnum() for character in two)
