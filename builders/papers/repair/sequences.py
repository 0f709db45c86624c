"""Nucleotide sequences that a line's end has cut, without a hyphen, into two words.

sequence("the primer 5′-GATGTTTGCG CCGTGG-3′ was")  ->  ("the primer 5′-GATGTTTGCGCCGTGG-3′ was", 1)
"""

from __future__ import annotations

import re

# The letters of the nucleotide code (IUPAC-IUB, 1970), those for unknown bases among them.
_SEQUENCE = re.compile(r"(?<=5[′'’´][-–])[ACGTUNRYSWKMBDHVI ]{8,200}(?=[-–]?3[′'’´])")
_GROUPS = 3
"""A sequence of more groups is set that way: in codons, in tens."""


def sequence(text: str) -> tuple[str, int]:
    """Closes the gaps within a sequence from 5′ to 3′; one that is set in many groups stays."""
    if "5" not in text or " " not in text:
        return text, 0
    count = 0

    def closed(match: re.Match[str]) -> str:
        nonlocal count
        groups = match.group().split()
        if not 1 < len(groups) <= _GROUPS:
            return match.group()
        count += 1
        return "".join(groups)

    return _SEQUENCE.sub(closed, text), count
