"""How deep each heading of a paper stands.

    depths(["Abstract", "1 Introduction", "2.1 Data", "Ethics Statement"])  ->  [1, 1, 2, 1]

Most sources give every section the same level, so depth is read from the numbering: arabic (`3.2`), roman (`IV.` with
`A.` below it), letters of an appendix (`B.1`), Chinese (`一、`, `（二）`). Where a heading has no number, its
type tells, if the source knows it: as large, bold, upright and capital as others of a known depth, or less so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from builders.papers.names import is_known
from builders.papers.raw import Style

_ARABIC = re.compile(r"([1-3]?\d(?:\s?[.．]\s?\d{1,2}){0,4})[.．、)]?(?:\s+|(?=[\u4e00-\u9fff]))\S")
_ROMAN = re.compile(r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})[.．、]\s*\S")
_LETTER = re.compile(r"([A-Z](?:\.\d{1,2}){1,4}(?=[.．、)]?\s)|[A-Z](?=[.．、)]?\s+[A-Z0-9“\"(\u4e00-\u9fff]))")
_APPENDIX = re.compile(r"(?:Appendix|附录)\s*([A-Z]?\d{0,2}(?:\.\d{1,2})*)\b", re.IGNORECASE)
_CHINESE = (
    (re.compile(r"第?[一二三四五六七八九十]{1,3}(?:章|[、.．])"), 1),
    (re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]"), 2),
)

_BARE_A, _BARE_B = re.compile(r"\s*A\s"), re.compile(r"\s*B\s")
_NAMED = re.compile(r"\W*(?:abstract|summary|references|bibliography|append|摘|参|附)", re.IGNORECASE)
"""What stands before and after the sections, often in a type of its own."""
_KNOWN_SHARE = 0.6
"""Share of a look's headings whose names are known from which it is the top one."""
_CAPITALS = 4
"""Letters from which a heading in capitals is set so on purpose."""


class _Look(NamedTuple):
    """What the reader sees of a heading's rank; a greater tuple stands higher."""

    size: float
    capitals: bool
    bold: bool
    upright: bool


def numbering(text: str) -> str | None:
    """The style of a heading's number: `arabic`, `roman`, `letter`, `appendix`, `chinese`; None where it has none."""
    text = text.strip()
    if _ARABIC.match(text):
        return "arabic"
    if any(pattern.match(text) for pattern, _ in _CHINESE):
        return "chinese"
    if _ROMAN.match(text):
        return "roman"
    if _APPENDIX.match(text):
        return "appendix"
    return "letter" if _LETTER.match(text) else None


def depths(
    headings: Sequence[str], levels: Sequence[int | None] = (), styles: Sequence[Style | None] = ()
) -> list[int]:
    """The depth of each heading of a paper, from 1.

    Args:
        headings: Their texts, in order, without the paper's title.
        levels: The source's own levels; used where they differ, nothing is numbered and no styles are known.
        styles: How each is set, where the source says so.
    """
    numbers = list(_numbers(headings))
    roman = "roman" in numbers
    fixed = [
        None if number is None else _numbered_depth(text, number, roman)
        for text, number in zip(headings, numbers, strict=True)
    ]
    looks = [style and _look(text, style) for text, style in zip(headings, styles, strict=False)]
    if 2 * sum(look is not None for look in looks) > len(headings):
        # "Appendix" is no number: its type says more.
        fixed = [None if number == "appendix" else depth for depth, number in zip(fixed, numbers, strict=True)]
        return list(_by_look(headings, looks, _with_top_letters(fixed, numbers, looks)))
    given = [level for level in levels if level is not None]
    if not any(style in ("arabic", "roman", "chinese") for style in numbers) and len(set(given)) > 1:
        return [max(1, (level or min(given)) - min(given) + 1) for level in levels]
    return list(_by_number(headings, fixed))


def _numbers(headings: Sequence[str]) -> Iterator[str | None]:
    """The style of each number; `I.` that follows `H.` is a letter, and the article of "A new peptide" is none."""
    styles = [numbering(text) for text in headings]
    lettered = any(style in ("arabic", "roman") for style in styles) or any(_BARE_B.match(text) for text in headings)
    letter = ""
    for text, style in zip(headings, styles, strict=True):
        if style == "letter" and not lettered and _BARE_A.match(text):
            style = None
        if style == "roman" and len(letter) == 1 and re.match(rf"{chr(ord(letter) + 1)}[.．]\s", text.strip()):
            style = "letter"
        if style in ("letter", "roman"):
            letter = text.strip()[0] if style == "letter" else ""
        yield style


def _by_number(headings: Sequence[str], fixed: Sequence[int | None]) -> Iterator[int]:
    """Depths where only numbers tell: an unnumbered heading in a numbered section stands below it."""
    above: int | None = None
    for text, depth in zip(headings, fixed, strict=True):
        if depth is not None:
            above = depth
            yield depth
        elif above is None or is_known(text):
            above = None
            yield 1
        else:
            yield above + 1


def _look(text: str, style: Style) -> _Look:
    letters = [character for character in text if character.isalpha()]
    capitals = len(letters) >= _CAPITALS and all(
        character.isupper() or not character.islower() for character in letters
    )
    return _Look(style.size, capitals, style.bold, not style.italic)


def _with_top_letters(
    fixed: Sequence[int | None], numbers: Sequence[str | None], looks: Sequence[_Look | None]
) -> list[int | None]:
    """An appendix `A.` of a paper with roman numbers looks like its sections, and `A.1` then stands right below it."""
    roman = {look for look, number in zip(looks, numbers, strict=True) if number == "roman"}
    top = [number == "letter" and look in roman for number, look in zip(numbers, looks, strict=True)]
    since = top.index(True) if True in top else len(top)
    return [
        depth if depth is None or number != "letter" or index < since else 1 if top[index] else depth - 1
        for index, (depth, number) in enumerate(zip(fixed, numbers, strict=True))
    ]


def _by_look(headings: Sequence[str], looks: Sequence[_Look | None], fixed: Sequence[int | None]) -> Iterator[int]:
    ranks = _ranks(headings, looks, fixed)
    numbered = {look for look, depth in zip(looks, fixed, strict=True) if depth is not None}
    last = 0
    for text, look, depth in zip(headings, looks, fixed, strict=True):
        if depth is None and is_known(text) and (look is None or (numbered and look not in numbered)):
            depth = 1
        elif depth is None:
            depth = max(last, 1) if look is None else min(ranks[look], last + 1)
        last = depth
        yield depth


def _ranks(headings: Sequence[str], looks: Sequence[_Look | None], fixed: Sequence[int | None]) -> dict[_Look, int]:
    """The depth of each look: by its numbers, by the names set in it, or one below the next higher look."""
    votes: dict[_Look, Counter[int]] = {look: Counter() for look in looks if look}
    for look, depth in zip(looks, fixed, strict=True):
        if look and depth is not None:
            votes[look][depth] += 1
    known = [(text, look) for text, look in zip(headings, looks, strict=True) if look and is_known(text)]
    named = Counter(look for _, look in known)
    uses = Counter(look for look in looks if look)
    sections = [look for text, look in known if not _NAMED.match(text)]
    top = max(sections, default=max(uses, key=lambda look: (uses[look] > 1, look)))
    ranks: dict[_Look, int] = {}
    above = 0
    for look in sorted(uses, reverse=True):
        if votes[look]:
            ranks[look] = max(votes[look], key=lambda depth: (votes[look][depth], -depth))
        elif not any(votes.values()) and (look >= top or named[look] >= _KNOWN_SHARE * uses[look]):
            ranks[look] = 1
        else:
            ranks[look] = above + 1
        above = ranks[look]
    return ranks


def _numbered_depth(text: str, style: str, roman: bool) -> int:
    text = text.strip()
    if style == "arabic":
        match = _ARABIC.match(text)
        parts = len(re.split(r"[.．]", match.group(1))) if match else 1
        return parts + 2 if roman and parts == 1 and "." not in text[:4] else parts
    if style == "chinese":
        return next(depth for pattern, depth in _CHINESE if pattern.match(text))
    if style == "letter":
        match = _LETTER.match(text)
        return (match.group(1).count(".") if match else 0) + (2 if roman else 1)
    if style == "appendix":
        match = _APPENDIX.match(text)
        return (match.group(1).count(".") if match else 0) + 1
    return 1
