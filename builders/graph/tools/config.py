"""What a recipe may say about the rows of knowledge tuning; the defaults stand here and nowhere else.

Keys of `graph.tools:` in `build.yaml`:

    graph: {tools: {exposures: 4, aliased: 0.5}}
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ToolsConfig:
    """How often, and how, the function is called in training; shares count against the plain questions."""

    exposures: int = 2
    """Plain questions a group and language, each in a wording of its own."""
    groups: int | None = 2000
    """Most groups asked, chosen by hash; null: all. What is learnt here is the call, not the facts."""
    aliased: float = 0.5
    """Share of the plain questions about an entity with several names that ask by another of them."""
    misspelt: float = 0.1
    unknown: float = 0.05
    """Entities that the graph does not hold and that are like none of it."""
    empty: float = 0.1
    """Attributes that others of the same type have, and this entity does not."""
    path: float = 0.15
    """Chains of two attributes."""
    direct: float = 0.08
    """Turns that need no look-up."""
    heldout: float = 0.1
    """Share of the entities that no row names, besides those that `split.entities` holds out: eval/tools.jsonl."""
    asked: int | None = 200
    """Most questions a case in eval/tools.jsonl; null: all."""
    subsets: list[int] = field(default_factory=lambda: [100, 200, 800])
    """Learning curves: sft_tools_<n> holds the first n rows, a fair sample in which each holds those before it."""
