"""What a recipe may say about the tasks over the graph; the defaults stand here and nowhere else.

Keys of `graph.tasks:` in `build.yaml`:

    graph: {tasks: {rows: 200, path_hops: 2, pair_cards: 0}}
"""

from __future__ import annotations

from dataclasses import dataclass

from builders.errors import UserError


@dataclass(frozen=True)
class TaskConfig:
    """How many rows of each family, and how large what they speak of may be."""

    rows: int = 500
    """Most rows a family and language; 0: no rows of these tasks at all."""
    wordings: int = 2
    """Rows an item, each in a wording of its own."""
    false_share: float = 0.5
    """Share of the yes-or-no items that are false."""
    abstention_share: float = 0.05
    """Most rows whose answer is that the graph is silent, as a share of all rows of the dataset."""
    list_cap: int = 15
    """Most names in one answer; a longer list is not asked for."""
    count_most: int = 20
    """Most names that are counted."""
    compared_most: int = 8
    """Most tails of a head that is compared, most answers of an intersection."""
    path_hops: int = 3
    """Most steps of a path, 2 or more."""
    path_fan_out: float = 20.0
    """Paths over relations whose mean number of ends is not below this are left out."""
    path_ends: int = 6
    """Most entities at any step of a path, its answers included."""
    hub_share: float = 0.01
    """The share of the entities of highest degree that no path goes through."""
    evidence_paper: int = 6
    """Most rows of evidence a paper."""
    evaluated: int = 100
    """Items a family and language in eval/graph_tasks.jsonl."""
    pair_cards: int = 400
    """Most texts on two entities, their path and where papers name both, a language; they go into `cpt`."""

    def check(self) -> None:
        """Raises UserError for a value that cannot be meant."""
        for key, value in (("abstention_share", self.abstention_share), ("false_share", self.false_share)):
            if not 0 <= value < 1:
                raise UserError(f"graph.tasks.{key}: {value}; write a share from 0 to below 1")
        if self.path_hops < 2:
            raise UserError(f"graph.tasks.path_hops: {self.path_hops}; a path has 2 steps or more")
        if self.wordings < 1:
            raise UserError(f"graph.tasks.wordings: {self.wordings}; write 1 or more, and rows: 0 for no rows")
