"""Findings in, `graph_lint.html` out: one page that needs nothing else; all that comes from a graph is escaped.

page(Content("demo", figures, {"kg/tcm.json": 5669}, {"self_loop": 283}, {"self_loop": [Finding(...), ...]}))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builders.graph.lint.check import Figures
from builders.graph.lint.finding import KINDS, Finding

SHOWN = 50
"""Findings of a kind that the page shows; the table has all of them."""
CELL = 300
"""Characters of a cell that are shown."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    recipe: str
    figures: Figures
    files: Mapping[str, int]
    counts: Counter[tuple[str, str]]
    """By finding and what was done."""
    shown: Mapping[str, Sequence[Finding]]


def page(content: Content) -> str:
    """The page as HTML."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["cell"] = lambda text: text if len(text) <= CELL else f"{text[:CELL]} …"
    totals = Counter[str]()
    for (finding, _), count in content.counts.items():
        totals[finding] += count
    return environment.get_template("page.html.jinja").render(
        content=content, kinds={kind: KINDS[kind] for kind in KINDS if totals[kind]}, totals=totals, most=SHOWN
    )
