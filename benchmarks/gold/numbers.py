"""Headings as a journal prints them: with the numbers of its style.

printed([1, 2, 2], ["Methods", "Cells", "Mice"], "arabic_dot")  ->  ["1. Methods", "1.1. Cells", "1.2. Mice"]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_NEVER_NUMBERED = re.compile(
    r"acknowledge?ments?|funding|(?:conflicts? of|competing) interests?|authors?[’']? contributions?|abbreviations"
    r"|data availability.*|supplementary.*|disclosures?",
    re.IGNORECASE,
)


def printed(depths: Sequence[int], titles: Sequence[str], style: str, appendix: bool = False) -> list[str]:
    """The headings with their numbers; the one section of an appendix is `A`."""
    if style == "none":
        return list(titles)
    counts: list[int] = []
    numbered: list[str] = []
    for depth, title in zip(depths, titles, strict=True):
        if depth == 1 and _NEVER_NUMBERED.fullmatch(title):
            numbered.append(title)
            continue
        counts = [*counts[:depth], *[0] * (depth - len(counts))]
        counts[depth - 1] += 1
        numbered.append(f"{_number([max(1, count) for count in counts], style, appendix)} {title}")
    return numbered


def _below(counts: Sequence[int]) -> str:
    """`1)` for the third depth, `a)` for the fourth."""
    return f"{counts[-1]})" if len(counts) == 3 else f"{chr(96 + counts[-1])})"


def _number(counts: Sequence[int], style: str, appendix: bool) -> str:
    if style == "roman" and not appendix:
        if len(counts) == 1:
            return f"{_ROMAN[counts[0] - 1]}."
        return f"{chr(64 + counts[1])}." if len(counts) == 2 else _below(counts)
    first = "A" if appendix else str(counts[0])
    parts = [first, *map(str, counts[1:])]
    return ".".join(parts) + ("." if style != "arabic" else "")
