"""The large first letter of a section, which parsers part from its word or lose.

"T he central canal", or blocks "T" and "he central canal"  ->  "The central canal"
"he central canal" right below a heading  ->  "The central canal", where the votes know no better word

In and out: blocks. A letter is joined where it makes a word that the paper or the corpus knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from builders.types import Block

Votes = Callable[[str], int]
"""How often a word stands in the paper and the corpus."""

_PARTED = re.compile(r"(?P<letter>[A-Z])[ \n](?P<rest>[a-z]{1,30})(?![\w-])")
_LETTER = re.compile(r"[\"“]?[A-Z]")
_LOST = re.compile(r"(?P<rest>[a-z]{2,30}) [a-z]")
_CLEAR = 10
"""A lost letter is put back where its word stands so many times as often as any other."""
_WORD_ALONE = ("A", "I")
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def drop_caps(blocks: Sequence[Block], votes: Votes) -> tuple[list[Block], int]:
    """Joins every drop cap with its word; returns how many there were."""
    mended: list[Block] = []
    count = 0
    for block in blocks:
        last = mended[-1] if mended else None
        text = block.text
        if block.kind == "paragraph":
            if last is not None and _is_letter_of(last, block, votes):
                text = last.text + text
                mended.pop()
                # Its box is that of the larger part; the section may be named after the letter.
                block = replace(block, section=last.section if last.kind == "paragraph" else block.section)
            elif parted := _parted(text, votes):
                text = parted
            elif last is not None and last.kind == "heading" and (whole := _lost(text, votes)):
                text = whole
        count += text != block.text
        mended.append(replace(block, text=text) if text != block.text else block)
    return mended, count


def _is_letter_of(last: Block, block: Block, votes: Votes) -> bool:
    if last.kind != "paragraph" or last.page != block.page or not _LETTER.fullmatch(last.text):
        return False
    rest = re.match(r"[a-z]{1,30}(?![\w-])", block.text)
    return rest is not None and _makes_a_word(last.text[-1], rest.group(), votes)


def _parted(text: str, votes: Votes) -> str | None:
    match = _PARTED.match(text)
    if match is None or not _makes_a_word(match["letter"], match["rest"], votes):
        return None
    return match["letter"] + text[match.start("rest") :]


def _makes_a_word(letter: str, rest: str, votes: Votes) -> bool:
    """Whether letter and rest are one word: known as such, and better known than the rest after "A" or "I"."""
    whole = votes(letter.lower() + rest)
    return whole > votes(rest) if letter in _WORD_ALONE else whole > 0


def _lost(text: str, votes: Votes) -> str | None:
    match = _LOST.match(text)
    if match is None:
        return None
    rest = match["rest"]
    counts = sorted(((votes(letter.lower() + rest), letter) for letter in _CAPITALS), reverse=True)
    (best, letter), (second, _) = counts[0], counts[1]
    return letter + text if best >= _CLEAR * max(1, second, votes(rest)) else None
