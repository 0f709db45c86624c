"""Texts in, the entities of the graph that they name out, with their places.

EntityFinder(graph).find("Panax ginseng is 人参.")  ->  [Mention(0, 13, "panaxginseng"), Mention(17, 19, "人参")]
"""

from __future__ import annotations

from dataclasses import dataclass

import ahocorasick

from builders.graph.graph import Graph

SHORTEST = 2  # characters: 苦 stands in 辛苦 and 根 in 根据; a single character is no sign of an entity


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an entity in a text."""

    start: int
    end: int
    entity: str
    """Its representative in the graph."""


class EntityFinder:
    """Finds entities by their names and aliases, the longest name at each place, whole words in Latin script."""

    def __init__(self, graph: Graph) -> None:
        self._names = ahocorasick.Automaton()
        for triple in graph.triples:
            for name in (triple.head.casefold(), triple.tail.casefold()):
                if len(name) >= SHORTEST:
                    self._names.add_word(name, (len(name), graph.representative(name)))
        self._names.make_automaton()

    def find(self, text: str) -> list[Mention]:
        """The entities that a text names, in the order of the text."""
        if not len(self._names):
            return []
        lower = _casefolded(text)
        found = (Mention(end + 1 - length, end + 1, entity) for end, (length, entity) in self._names.iter_long(lower))
        return [mention for mention in found if is_whole(lower, mention.start, mention.end)]


def _casefolded(text: str) -> str:
    """The text without letter case, every character still at its place: a sharp s, which would grow, stays."""
    lower = text.casefold()
    if len(lower) == len(text):
        return lower
    return "".join(folded if len(folded := character.casefold()) == 1 else character for character in text)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is not a part of a longer word in Latin script or digits."""
    return not (_joined(text[start - 1 : start + 1] if start else "") or _joined(text[end - 1 : end + 1]))


def _joined(two: str) -> bool:
    return len(two) == 2 and all(character.isascii() and character.isalnum() for character in two)
