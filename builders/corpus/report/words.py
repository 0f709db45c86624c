"""Two texts in, both with their differences marked out: word by word, in Chinese character by character.

marked("the ex- tracellular space", "the extracellular space")
    ->  ([Part("the "), Part("ex- tracellular", True), Part(" space")],
         [Part("the "), Part("extracellular", True), Part(" space")])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

SHOWN = 400
"""Words of a text that are shown; the spaces between them count as well."""
SHOWN_CHARACTERS = 4000
BEFORE = 60
"""Words that are shown before the first difference."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"<[^<>]{1,60}>|[\u3400-\u9fff]|[^\s<\u3400-\u9fff]+|<|\s+")

_BREAKS = (0x02, 0xAD, 0xFFFE)
_VISIBLE = dict.fromkeys({*range(32)} - {0x09, 0x0A}, "\ufffd") | dict.fromkeys(_BREAKS, "¬")
"""Characters that no browser draws; a PDF's hyphens at the ends of lines are among them."""


class Part(NamedTuple):
    """A piece of a text."""

    text: str
    is_changed: bool = False


def marked(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts; of long ones what is around their first differences."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = max(0, _first_difference(old, new) - BEFORE)
    one, other = _pieces(old[start:]), _pieces(new[start:])
    changed, put_in = set(range(len(one))), set(range(len(other)))
    # Beside Chinese a space may be right or wrong; elsewhere it only parts words.
    with_spaces = _HAN.search(before) is not None
    same = SequenceMatcher(None, _keys(one, with_spaces), _keys(other, with_spaces), autojunk=False)
    for block in same.get_matching_blocks():
        changed.difference_update(range(block.a, block.a + block.size))
        put_in.difference_update(range(block.b, block.b + block.size))
    return _framed(one, changed, old, start), _framed(other, put_in, new, start)


def _first_difference(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


def _pieces(words: Sequence[str]) -> list[str]:
    """The words that are shown, each with the space after it: texts with only spaces in common have nothing."""
    pieces: list[str] = []
    left = SHOWN_CHARACTERS
    for word in words[:SHOWN]:
        if pieces and word.isspace():
            pieces[-1] += word[:left]
        elif left:
            pieces.append(word[:left])
        left = max(0, left - len(word))
    return pieces


def _keys(pieces: Sequence[str], with_spaces: bool) -> list[str]:
    """What is compared: the words, and of the spaces after them at most whether they are there."""
    words = [piece.rstrip() for piece in pieces]
    if not with_spaces:
        return words
    return [word if word == piece else f"{word} " for word, piece in zip(words, pieces, strict=True)]


def _framed(pieces: Sequence[str], changed: set[int], words: Sequence[str], start: int) -> list[Part]:
    """The pieces, those alike together, with a mark where the text goes on."""
    parts = [
        Part("".join(piece for _, piece in group).translate(_VISIBLE), is_changed)
        for is_changed, group in groupby(enumerate(pieces), key=lambda item: item[0] in changed)
    ]
    is_cut = sum(map(len, pieces)) < sum(map(len, words[start:]))
    return [*([Part("… ")] if start else []), *parts, *([Part(" …")] if is_cut else [])]
