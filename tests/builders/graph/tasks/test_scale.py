"""A large graph with an entity of very high degree costs little more than a small one."""

from __future__ import annotations

import random
import time

from builders.graph.graph import Graph
from builders.graph.schema import read_schema
from builders.graph.split import split_groups
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.program import GraphTasks
from builders.types import Triple


def graph_of(triples: int) -> Graph:
    rng = random.Random(1)
    facts = [Triple("hub", "relation 0", f"item {number}", "thing", "item") for number in range(triples // 5)]
    facts += [
        Triple(
            f"thing {rng.randrange(triples // 5)}",
            f"relation {rng.randrange(8)}",
            f"item {rng.randrange(triples // 5)}",
            "thing",
            "item",
        )
        for _ in range(triples - len(facts))
    ]
    return Graph(facts, read_schema(None, facts))


def test_rows_of_fifteen_thousand_triples_take_seconds() -> None:
    graph = graph_of(15_000)
    split = split_groups(graph, 0.02, 1)
    started = time.process_time()
    tasks = GraphTasks(graph, split, TaskConfig(rows=100), 1)
    rows = list(tasks.samples())
    cards = list(tasks.pair_cards())
    assert time.process_time() - started < 12
    assert len(rows) > 700
    assert len(cards) == 400
    assert max(len(message.content) for row in rows for message in row.messages) < 2000
