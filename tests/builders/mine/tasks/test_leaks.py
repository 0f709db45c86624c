from __future__ import annotations

from typing import Any

from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.schema import read_schema
from builders.graph.split import split_groups
from builders.mine.tasks.leaks import allowed
from builders.types import Dropped, Triple

TRIPLES = [Triple(f"herb{letter}", "acts on", f"organ{letter}") for letter in "abcdefghijklmnopqrst"]


def whole(question: str, answer: str) -> dict[str, Any]:
    row = {"id": question[:4], "task": "paper_tasks.finding", "instruction": question, "input": "", "output": answer}
    return {"row": row, "sources": []}


def test_a_row_that_names_both_ends_of_a_held_out_fact_is_left_out() -> None:
    graph = Graph(TRIPLES, read_schema(None, TRIPLES))
    split = split_groups(graph, 0.2, 42, {})
    finder = HeldoutFinder(graph, split)
    held = next(triple for triple in TRIPLES if finder.find(f"{triple.head} {triple.tail}"))
    trained = next(triple for triple in TRIPLES if not finder.find(f"{triple.head} {triple.tail}"))
    rows = [
        whole(f"What is reported of {held.head}?", f"It changes the {held.tail}."),
        whole(f"What is reported of {held.head} and of {trained.head}?", "Nothing."),
        whole(f"What is reported of {trained.head}?", f"It changes the {trained.tail}."),
    ]
    refused = {"reason": "artefact", "place": "a.pdf", "detail": "..."}
    dropped: list[Dropped] = []
    kept = list(allowed({"sft_paper_tasks": rows, "dropped": [refused]}, finder, dropped))
    assert kept == rows[1:]
    assert dropped[0] == Dropped("artefact", "a.pdf", "...")
    assert (dropped[1].reason, dropped[1].place) == ("heldout_triple", "What")
    assert held.head in dropped[1].detail
