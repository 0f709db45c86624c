"""Names of a graph as they may be asked for, and relations that say the same: a note of a source is no name.

is_name("四顺汤（《肘后方》卷二）")                        ->  True
is_name("又名“附子汤”“败酱散”“薏苡附子散”")                 ->  False
same_meaning(graph)["组成"]                            ->  {"中药组成"}
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import combinations

from builders.graph.graph import Graph, folded
from builders.graph.knowledge.nearest import HAN

BRACKETS = re.compile(r"[(（\[【《“「『\"][^)）\]】》”」』\"]*[)）\]】》”」』\"]+")
NO_NAME = re.compile(r"^(?:又名|亦名|原名|别名|也称|又称|亦称|即)|[，、。；;“”]|^[（(【\[].*[)）】\]]$|^《.*》.*《")
SHARED = 5  # names from which their last character tells little
OVERLAP = 0.4  # mean share of common tails from which two relations say the same
PAIRS = (("《", "》"), ("（", "）"), ("“", "”"))
MARKS = re.compile(r"[《》“”\"'()（）]")


def is_name(text: str) -> bool:
    """Whether a text is one name: no note, no sentence, no list and nothing that stands wholly in brackets."""
    return NO_NAME.search(text.strip()) is None


def bracketed(text: str) -> frozenset[int]:
    """The places of the characters that stand in brackets or quotation marks, these included."""
    return frozenset(place for match in BRACKETS.finditer(text) for place in range(*match.span()))


class Endings:
    """The characters that so many Chinese names end with that they tell none from another: 汤, 散, 丸 of formulas."""

    def __init__(self, names: Iterable[str]) -> None:
        counts = Counter(name[-1] for name in dict.fromkeys(names) if len(name) > 1 and HAN.match(name[-1]))
        self._common = frozenset(letter for letter, count in counts.items() if count >= SHARED)

    def distinct(self, name: str) -> int:
        """How many different characters a name has before its brackets and its common ending, if two precede it."""
        name = BRACKETS.sub("", name).rstrip("0123456789")
        stem = name[:-1] if len(name) > 2 and name[-1] in self._common else name
        return len(set(stem))


def same_meaning(graph: Graph) -> Mapping[str, Set[str]]:
    """For each relation those that give the heads that both have mostly the same tails, as two files name them."""
    tails: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in graph.triples:
        if not graph.schema[triple.relation].alias:
            tail = graph.representative(MARKS.sub("", triple.tail))
            tails[graph.representative(triple.head)][triple.relation].add(tail)
    alike: dict[tuple[str, str], list[float]] = defaultdict(list)
    for of_head in tails.values():
        for one, other in combinations(sorted(of_head), 2):
            shared, either = of_head[one] & of_head[other], of_head[one] | of_head[other]
            alike[one, other].append(len(shared) / len(either))
    same: dict[str, set[str]] = defaultdict(set)
    for (one, other), shares in alike.items():
        if sum(shares) / len(shares) >= OVERLAP:
            same[one].add(other)
            same[other].add(one)
    return same


def is_whole(value: str) -> bool:
    """Whether every bracket of a value is closed: of 医宗说约》卷六 the beginning is lost."""
    return all(value.count(opens) == value.count(closes) for opens, closes in PAIRS)


def joins(text: str) -> bool:
    """Whether a value has a comma of its own, so that a list must be told apart by another mark."""
    return re.search("[，、,；;]", text) is not None


def stutters(label: str, value: str) -> bool:
    """Whether a value begins as its label ends: 功能主治 and 主治头痛."""
    return any(folded(value).startswith(folded(label)[-length:]) for length in range(2, len(folded(label)) + 1))
