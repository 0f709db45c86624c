"""`corpus.html`: one page that needs nothing else; all that comes from papers is escaped by the template.

Scripts are refused by the page itself but for our own, which is named by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from builders.corpus.report.examples import Copy, Overlaps, Reason
from builders.corpus.report.pairs import Pair
from builders.corpus.report.tally import Figures

FOLDER = Path(__file__).parent
COPIES = 40
"""Pairs of papers with text in common that are listed."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    recipe: str
    figures: Figures
    reasons: Sequence[Reason]
    copies: Sequence[Copy]
    overlaps: Sequence[Overlaps]
    leaks: int
    pairs: Sequence[Pair]


def page_path(recipe: str) -> Path:
    """Where the page of a recipe lies."""
    return Path("runs") / recipe / "corpus.html"


def page(content: Content) -> str:
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["words"] = lambda name: str(name).replace("_", " ")
    environment.filters["share"] = _share
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("page.html.jinja").render(
        content=content,
        figures=content.figures,
        copies_shown=COPIES,
        # Our own file: the only markup that is not made by the template.
        script=Markup(script),
        script_hash=digest,
    )


def _share(count: int, whole: int) -> str:
    """A share in per cent that is 0 or 100 only where it is exactly that."""
    if not whole:
        return "–"
    per_cent = 100 * count / whole
    if 0 < per_cent < 0.1:
        return "< 0.1 %"
    shown = min(per_cent, 99.9) if count < whole else per_cent
    return f"{shown:.0f} %" if shown in (0, 100) else f"{shown:.1f} %"
