"""Names of a graph: whether a file has cut one, and how several are listed.

is_whole("医宗说约》卷六")                     ->  False: the beginning is lost
listed(("脾经", "肺经"), "zh")                 ->  "脾经、肺经"
listed(("glial cell", "neuron"), "en")         ->  "glial cell and neuron"
listed(("A", "B", "C"), "en", cap=2)           ->  "A, B, among others"
"""

from __future__ import annotations

from collections.abc import Sequence

COMMA = {"zh": "、", "en": ", "}
LONGER = {"zh": "；", "en": "; "}
MARKS = {"zh": "、，", "en": ","}
AND_MORE = {"zh": "等", "en": ", among others"}
PAIRED = ("《》", "（）", "()", "【】", "「」", "“”", "[]")


def is_whole(name: str) -> bool:
    """Whether every bracket and quotation mark of a name is closed."""
    return all(name.count(pair[0]) == name.count(pair[1]) for pair in PAIRED)


def listed(names: Sequence[str], language: str, cap: int | None = None) -> str:
    """Names with a mark between them that is in none; a list cut at `cap` says so."""
    shown = names[:cap]
    cut = len(shown) < len(names)
    mark = COMMA[language]
    if any(each in name for name in shown for each in MARKS[language]):
        mark = LONGER[language]
    if language == "en" and len(shown) > 1 and not cut:
        return f"{mark.join(shown[:-1])} and {shown[-1]}"
    return mark.join(shown) + (AND_MORE[language] if cut else "")
