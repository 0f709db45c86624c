"""What a task asks and what is answered, before it is worded: the families give items, `rows.py` makes rows of them.

Item(family="inverse", language="zh", wording="inverse", values={"what": "含有甘草的方剂"},
     answer="含有甘草的方剂有桂枝汤、麻黄汤。", gold=("桂枝汤", "麻黄汤"), triples=(...), names=("甘草", ...))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builders.graph.graph import Graph
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.index import Index, Slot
from builders.graph.tasks.options import Options
from builders.graph.tasks.say import Say
from builders.graph.tasks.wordings import TaskWordings
from builders.types import Source, Triple


@dataclass(frozen=True, slots=True)
class Item:
    """One question, to be asked in any wording of its kind."""

    family: str
    language: str
    wording: str
    """The kind of question, as `wordings/graph_tasks.yaml` names it."""
    values: Mapping[str, str]
    """What stands for the placeholders of the question."""
    answer: str
    gold: tuple[str, ...]
    """What an answer must say, in short: a letter, a number, yes or no, the names."""
    triples: tuple[Triple, ...]
    """The facts that the answer rests on."""
    names: tuple[str, ...]
    """Every entity that question or answer names."""
    own: str | None = None
    """The relation's own question, a further wording."""
    single: bool = False
    """Whether only one answer can be asked for."""
    text: str | None = None
    """What stands on lines of its own beside the question: options, a sentence, a passage."""
    spans: tuple[Source, ...] = field(default=())
    """Where a quotation stands in its paper."""


@dataclass(frozen=True)
class Given:
    """What every family needs."""

    index: Index
    options: Options
    say: Mapping[str, Say]
    wordings: TaskWordings
    config: TaskConfig
    seed: int
    near: frozenset[tuple[str, str]]
    """Relations whose own question, by language, comes too near a test wording."""

    @property
    def graph(self) -> Graph:
        return self.index.graph

    def own(self, slot: Slot, language: str) -> str | None:
        """The relation's own question for a slot, where training may ask it."""
        return None if (slot.relation, language) in self.near else self.say[language].question(slot)
