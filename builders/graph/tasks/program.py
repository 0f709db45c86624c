"""All tasks of one graph behind one door: papers are shown to it, then it gives rows, texts and evaluation rows.

tasks = GraphTasks(graph, split, config, seed)
tasks.evaluation_rows()                           ->  eval/graph_tasks.jsonl
for document in documents: tasks.see(document)    ->  evidence.jsonl
tasks.pair_cards()                                ->  into cpt
tasks.samples()                                   ->  sft_graph_tasks
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builders.graph import wordings as graph_wordings
from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit
from builders.graph.tasks import evidence, pairs, rows
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.index import Index
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.mentions import Mentions
from builders.graph.tasks.options import Options
from builders.graph.tasks.say import Say
from builders.graph.tasks.wordings import apart, load_test, load_train
from builders.types import ChatSample, Document, TextSample


class GraphTasks:
    """The tasks over one graph; the index is built once."""

    def __init__(self, graph: Graph, split: GraphSplit, config: TaskConfig, seed: int) -> None:
        index, finder = Index(graph, split, seed), EntityFinder(graph)
        self._test = load_test()
        near, self.dropped = apart(graph.schema, self._test, graph_wordings.load_test())
        say = {language: Say(graph.schema, language) for language in LANGUAGES}
        self._given = Given(index, Options(index), say, load_train(), config, seed, near)
        self._guard = rows.Guard(graph, split, finder)
        self._mentions = Mentions(index, finder, seed)
        self._evidence: list[Item] = []

    def see(self, document: Document) -> Iterator[dict[str, Any]]:
        """Takes note of what a paper of the training side names together; gives the list for curators."""
        found = list(self._mentions.see(document))
        self._evidence += evidence.items(self._given, found)
        return evidence.listed(self._given, found)

    def pair_cards(self) -> Iterator[TextSample]:
        """Texts on two entities, of all papers seen."""
        if self._given.config.pair_cards:
            for language in LANGUAGES:
                yield from pairs.pair_cards(self._given, self._guard, self._mentions, language)

    def samples(self) -> Iterator[ChatSample]:
        """The rows to train on."""
        if self._given.config.rows:
            yield from rows.task_samples(self._given, self._guard, self._evidence)

    def evaluation_rows(self) -> Iterator[dict[str, Any]]:
        """Rows to test with, about trained facts in wordings of their own."""
        if self._given.config.rows:
            yield from rows.evaluation_rows(self._given, self._test)
