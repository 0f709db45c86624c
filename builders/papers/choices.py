"""Names that a recipe lists, checked against those that there are.

check_names("clean.repairs_off", ["ligatures"], ("ligature", "glyph"))
    ->  UserError: clean.repairs_off: ligatures: no such name; did you mean ligature? There are: glyph, ligature
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from builders.errors import UserError


def check_names(key: str, given: Collection[str], known: Collection[str]) -> None:
    """Raises UserError with a suggestion at the first name that is not known."""
    for name in given:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}? " if close else ""
            raise UserError(f"{key}: {name}: no such name; {hint}There are: {', '.join(sorted(known))}")
