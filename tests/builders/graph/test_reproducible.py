"""The same input gives the same bytes, whatever the order of Python's own hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import hashlib
from pathlib import Path
from builders.graph.cards import cards
from builders.graph.config import QuestionConfig
from builders.graph.graph import Graph
from builders.graph.logic import general_pairs, graph_pairs, pair_groups, split_general
from builders.graph.questions import choice_questions, questions, recall_questions
from builders.graph.read import read_triples
from builders.graph.schema import read_schema
from builders.graph.split import split_groups
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.program import GraphTasks
from builders.graph.wordings import load_test, load_train

folder = Path("samples/graph")
triples, dropped = read_triples(folder / "triples.csv")
graph = Graph(triples, read_schema(folder / "relations.yaml", triples))
split = split_groups(graph, 0.1, 42)
train, test = load_train(), load_test()
rows = [split, dropped, split_general(general_pairs(folder / "logic.yaml")[0], 0.2, 1)]
fillers = {"zh": ["研究"], "en": ["often"]}
rows += questions(graph, split, train, test, QuestionConfig(exposures=2), fillers, 42)
rows += cards(graph, split, train, 1, 42)
for groups in pair_groups(graph, split, 0.2, 42):
    rows += graph_pairs(graph, groups, train, 60, 42)
tasks = GraphTasks(graph, split, TaskConfig(rows=40), 42)
rows += [*tasks.samples(), *tasks.pair_cards(), *tasks.evaluation_rows()]
rows += recall_questions(graph, split.train, test, 2, 50, 42) + choice_questions(graph, split.train, test, 2, 50, 42)
rows[0] = [split.train, split.heldout, split.mixed, split.assigned]
print(hashlib.sha256("\\n".join(map(repr, rows)).encode()).hexdigest())
"""


def test_the_same_bytes_under_any_hash_seed() -> None:
    digests = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == 64
