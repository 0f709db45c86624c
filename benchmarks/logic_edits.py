"""Which dual-logic operation explains an edit that somebody else made: two phrases in, the operation or None out.

explain(Edit("increased", "decreased"), others=())                       ->  "AS"
explain(Edit("did not affect", "significantly affected"), others=())     ->  "ANW"
explain(Edit("BLA", "PRh"), others=(Edit("PRh", "BLA"),))                ->  "SEP"

AS: words replaced by their opposites in `wordings/antonyms.yaml`; ANW: a negation more or less; SEP: the phrase in
another order, or its two ends swapped with another edit of the same text; NUM: other numbers; CONN: a connective of
another class. Articles and adverbs of degree count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from builders.logic.antonyms import opposed
from builders.logic.verbs import words as listed

OPERATIONS = ("AS", "ANW", "SEP", "NUM", "CONN")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_IGNORED = listed(
    "a an the significant significantly clear clearly distinct strongly robustly greatly remarkably "
    "either also any fully"
)
_DENYING = listed("not no did does do didn't doesn't don't neither nor both and or cannot can without lack of")
_NEGATION = listed("not no didn't doesn't don't neither nor cannot without lack")
_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")
_CONNECTIVES = {
    "addition": frozenset({"moreover", "furthermore", "in addition", "consistent with", "in line with", "similarly"}),
    "contrast": frozenset(
        {"however", "in contrast", "in contrast to", "on the other hand", "conversely", "contrary to"}
    ),
    "result": frozenset({"therefore", "thus", "consequently", "as a result"}),
}


class Edit(NamedTuple):
    """A phrase and what replaces it."""

    one: str
    other: str


def explain(edit: Edit, others: Sequence[Edit]) -> str | None:
    """The operation that makes the one phrase the other; None where none of ours does."""
    one, other = _words(edit.one), _words(edit.other)
    if _connectives(edit):
        return "CONN"
    if sorted(one) == sorted(other):
        return "SEP"
    if _opposites(one, other):
        return "AS"
    if any(_words(each.one) == other and _words(each.other) == one for each in others):
        return "SEP"
    if _negations(one) % 2 != _negations(other) % 2 and _undenied(one) == _undenied(other):
        return "ANW"
    if any(word.isdigit() for word in one) and _without_numbers(one) == _without_numbers(other):
        return "NUM"
    return None


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _IGNORED]


def _connectives(edit: Edit) -> bool:
    classes = [
        {name for name, members in _CONNECTIVES.items() if phrase.lower().strip() in members} for phrase in edit
    ]
    return all(classes) and not classes[0] & classes[1]


def _opposites(one: list[str], other: list[str]) -> bool:
    """Whether the phrases differ in opposite words alone."""
    replaced = list(_replaced(one, other))
    return bool(replaced) and all(len(a) == len(b) == 1 and opposed(a[0], b[0], "en") for a, b in replaced)


def _replaced(one: list[str], other: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    for tag, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            # Neighbouring words that are replaced one by one come as one piece.
            if end - start == last - first:
                yield from (([a], [b]) for a, b in zip(one[start:end], other[first:last], strict=True))
            else:
                yield one[start:end], other[first:last]


def _negations(words: list[str]) -> int:
    return 1 if any(word in _NEGATION for word in words) else 0


def _undenied(words: list[str]) -> list[str]:
    return [_ENDING.sub("", word) for word in words if word not in _DENYING]


def _without_numbers(words: list[str]) -> list[str]:
    return [word for word in words if not word.isdigit()]
