"""Names of a graph as they may be asked for: a note of a source is no name.

is_name("四顺汤（《肘后方》卷二）")                        ->  True
is_name("又名“附子汤”“败酱散”“薏苡附子散”")                 ->  False
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from builders.graph.graph import folded
from builders.graph.knowledge.nearest import HAN

BRACKETS = re.compile(r"[(（\[【《“「『\"][^)）\]】》”」』\"]*[)）\]】》”」』\"]+")
NO_NAME = re.compile(r"^(?:又名|亦名|原名|别名|也称|又称|亦称|即)|[，、。；;“”]|^[（(【\[].*[)）】\]]$|^《.*》.*《")
SHARED = 5  # names from which their last character tells little


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


def joins(text: str) -> bool:
    """Whether a value has a comma of its own, so that a list must be told apart by another mark."""
    return re.search("[，、,；;]", text) is not None


def stutters(label: str, value: str) -> bool:
    """Whether a value begins as its label ends: 功能主治 and 主治头痛."""
    return any(folded(value).startswith(folded(label)[-length:]) for length in range(2, len(folded(label)) + 1))
