"""Names that a file has cut: of 医宗说约》卷六 the beginning is lost.

is_whole("《外科正宗》卷三")  ->  True
is_whole("医宗说约》卷六")    ->  False
"""

from __future__ import annotations

PAIRED = ("《》", "（）", "()", "【】", "「」", "“”", "[]")


def is_whole(name: str) -> bool:
    """Whether every bracket and quotation mark of a name is closed."""
    return all(name.count(pair[0]) == name.count(pair[1]) for pair in PAIRED)
