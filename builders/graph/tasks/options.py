"""Names that are no answer though they look like one: of the same type and about as frequent as the true end.

Whether a name is false is decided on the full graph, held-out part, aliases and inverses included.

    Options(index).false(slot, slot.ends[0], 3, generator(1))  ->  ["Panax notoginseng", "Angelica sinensis", ...]
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from builders.graph.distractors import is_false
from builders.graph.graph import folded
from builders.graph.tasks.index import End, Index, Slot, Step, is_name

TRIED = 64  # candidates looked at for one slot
COMMON = 0.1  # a part that more of a relation's tails have than this does not make two of them alike
SHARED = 0.6  # of the shorter of two Chinese names: a run as long as this, and of 3 characters, makes them alike
_LATIN = re.compile(r"[a-z]{4,}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_STEM = 5  # letters by which two Latin words count as one: astrocyte, astrocytic

Key = tuple[str | None, int]
"""A type and a band of degree."""


def band(degree: int) -> int:
    """Degrees that are told from each other: 1; 2 and 3; 4 to 15; 16 to 63; and so on by the factor of 4."""
    return (degree.bit_length() + 1) // 2 if degree > 1 else 0


class Options:
    """The tails of every relation by type and degree; a relation's are collected when they are first asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._pools: dict[str, dict[Key, list[str]]] = {}
        self._common: dict[str, frozenset[str]] = {}

    def false(self, slot: Slot, true: End, count: int, rng: random.Random) -> list[str]:
        """Up to `count` names like the true end that are certainly no end of the slot; in random order."""
        self._collect(slot.relation)
        key = (self._index.kind(true.entity), self._band(slot.relation, true.entity))
        pool = self._pools[slot.relation].get(key, [])
        found: list[str] = []
        for candidate in rng.sample(pool, min(TRIED, len(pool))):
            if len(found) == count:
                break
            if self.is_false(slot, candidate) and not any(self.may_be_one(slot, candidate, other) for other in found):
                found.append(candidate)
        return found

    def is_false(self, slot: Slot, name: str) -> bool:
        """Whether a name is linked to nothing that the slot names, and unlike each of its true ends."""
        return is_false(self._index.graph, (slot.name, slot.relation), name) and not any(
            self.may_be_one(slot, name, end.name) or self._index.graph.linked(name, end.name) for end in slot.ends
        )

    def may_be_one(self, slot: Slot, one: str, other: str) -> bool:
        """Whether two tails of a relation may mean one thing, as 大枣 and 红枣; of a single tail, only spellings."""
        self._collect(slot.relation)
        if self._index.relation(slot.step).functional:
            return alike(one, other)
        return alike(one, other) or bool(parts(one) & parts(other) - self._common[slot.relation])

    def _band(self, relation: str, entity: str) -> int:
        return band(max(self._index.degree(step, entity) for step in ((relation, True), (relation, False))))

    def _collect(self, relation: str) -> None:
        if relation in self._pools:
            return
        pool: dict[Key, list[str]] = defaultdict(list)
        names: list[str] = []
        step: Step = (relation, not self._index.graph.schema[relation].symmetric)
        for entity in self._index.starts(step):
            slot = self._index.full_slot(step, entity)
            name = slot.name if slot else None
            if name and is_name(name):
                names.append(name)
                pool[self._index.kind(entity), self._band(relation, entity)].append(name)
        self._pools[relation] = dict(pool)
        self._common[relation] = frozenset(_common(names))


def alike(one: str, other: str) -> bool:
    """Whether one name holds the other, or two Chinese names may mean one thing.

    《金匮要略》 and 《金匱要略》 are one book, and so are 清·《医林改错》 and 《医林改错》卷下.
    """
    first, second = folded(one), folded(other)
    if first in second or second in first:
        return True
    if not (_CHINESE.search(first) and _CHINESE.search(second)):
        return False
    if len(first) == len(second) >= 3 and Levenshtein.distance(first, second, score_cutoff=1) <= 1:
        return True
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return match.size >= max(3, SHARED * min(len(first), len(second)))


def parts(name: str) -> frozenset[str]:
    """The Chinese characters and the beginnings of the Latin words of a name."""
    name = folded(name) if _CHINESE.search(name) else name.casefold()
    return frozenset([*_CHINESE.findall(name), *(word[:_STEM] for word in _LATIN.findall(name))])


def _common(names: Sequence[str]) -> Iterable[str]:
    """The parts that many names have: 经 where all are meridians."""
    counted = Counter(part for name in names for part in parts(name))
    return (part for part, count in counted.items() if count > max(1, COMMON * len(names)))
