"""Words wrongly joined, split or hyphened: where two texts have the same letters and other gaps between them.

wrong_joins("a long-term study of information", "a longterm study of infor-mation")
    ->  [("long-term", "longterm"), ("information", "infor-mation")]
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from rapidfuzz.distance import Indel

_HYPHENS = re.compile("[‐‑\u00ad\ufffe]")
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")
_LETTER = re.compile(r"[^\W_]")
_RUN = 12
"""Letters in a row that must agree before the gaps between them are judged: fewer may agree by chance."""
_SURE = 2
"""So many of them on each side of a gap: two texts that part may agree by chance."""


def wrong_joins(gold: str, ours: str) -> list[tuple[str, str]]:
    """The gold's and our form of each word, or pair of words, whose gaps differ."""
    gold, ours = _fold(gold), _fold(ours)
    letters, places = _letters(gold)
    our_letters, our_places = _letters(ours)
    found: dict[int, tuple[str, str]] = {}
    for code in Indel.opcodes(letters, our_letters):
        if code.tag != "equal" or code.src_end - code.src_start < _RUN:
            continue
        shift = code.dest_start - code.src_start
        for index in range(code.src_start + _SURE - 1, code.src_end - _SURE):
            theirs = _gap(gold, places[index], places[index + 1])
            mine = _gap(ours, our_places[index + shift], our_places[index + shift + 1])
            if theirs != mine:
                start, word = _word(gold, places[index], places[index + 1])
                found[start] = word, _word(ours, our_places[index + shift], our_places[index + shift + 1])[1]
    return list(found.values())


def plain(word: str) -> str:
    """A word in lower case without the marks around it."""
    return _OUTER.sub("", _fold(word)).lower()


def _fold(text: str) -> str:
    return _HYPHENS.sub("-", unicodedata.normalize("NFKC", text))


def _letters(text: str) -> tuple[str, list[int]]:
    places = [match.start() for match in _LETTER.finditer(text)]
    # One letter for one: case folding can make two of one.
    return "".join(text[place].lower()[:1] for place in places), places


def _gap(text: str, left: int, right: int) -> str:
    """What lies between two letters: nothing, a hyphen, or anything that parts words."""
    between = text[left + 1 : right]
    return between if between in ("", "-") else " "


def _word(text: str, left: int, right: int) -> tuple[int, str]:
    starts = [0, *(match.end() for match in re.finditer(r"\s+", text))]
    start = starts[bisect_right(starts, left) - 1]
    end = next((match.start() for match in re.finditer(r"\s", text[right:])), len(text) - right) + right
    return start, text[start:end]
