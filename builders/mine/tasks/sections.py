"""A section's headings in, what part of a paper it is out.

role(("3 Results", "3.1 Volume"))  ->  "results"
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from builders.mine.passages import NUMBERING

Role = Literal["abstract", "introduction", "methods", "results", "discussion", "limitations", "future", "other"]

_PATTERNS: tuple[tuple[Role, str], ...] = (
    ("abstract", r"^(?:abstract|summary|摘\s*要)$"),
    ("limitations", r"limitation|shortcoming|局限|不足"),
    ("future", r"^(?:outlook|future|perspectives?$)|future (?:work|direction|research)|展望|未来"),
    (
        "methods",
        r"method|material|experimental (?:section|procedure|set-?up|design|details?)|procedure|patients and"
        r"|statistic|implementation details|data ?sets?$|方法|材料|对象|统计|实验设计|实验步骤",
    ),
    ("results", r"result|findings|evaluation|experiments?$|结果|实验结果"),
    ("discussion", r"discussion|conclu|implication|significance|讨论|结论|小结|总结|结语|意义"),
    ("introduction", r"introduction|background|related work|motivation|overview|引言|前言|绪论|背景|概述"),
)
_ROLES = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _PATTERNS)


@functools.lru_cache(maxsize=512)
def role(section: tuple[str, ...]) -> Role:
    """The part of the paper, by the innermost heading that says it."""
    for heading in reversed(section):
        number = NUMBERING.match(heading)
        name = heading[number.end() if number else 0 :].strip(" ■")
        for found, pattern in _ROLES:
            if pattern.search(name):
                return found
    return "other"
