"""The graph as a build leaves it and as the function reads it again: `graph.jsonl` and `relations.json`.

load(Path("data/demo")).acquire_knowledge("人参", "归经")
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from builders.errors import UserError
from builders.graph.graph import Graph
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.schema import Relation
from builders.jsonl import read_rows
from builders.output import Output
from builders.types import Triple

TRIPLES = "graph.jsonl"
RELATIONS = "relations.json"


def write(out: Output, graph: Graph) -> None:
    """Writes the whole graph, the held-out part included: what is asked at inference is not what was trained."""
    out.rows(TRIPLES, map(asdict, graph.triples))
    out.json(RELATIONS, {name: asdict(relation) for name, relation in graph.schema.items()})


def load(folder: Path) -> Knowledge:
    """Reads what a build wrote.

    Raises:
        UserError: the folder holds no graph, or one of its two files is not as a build writes it.
    """
    for name in (TRIPLES, RELATIONS):
        if not (folder / name).is_file():
            raise UserError(f"{folder / name}: no such file; build it first with `make data RECIPE={folder.name}`")
    try:
        named: dict[str, dict[str, Any]] = orjson.loads((folder / RELATIONS).read_bytes())
        schema = {name: Relation(**fields) for name, fields in named.items()}
        triples = [Triple(**row) for row in read_rows(folder / TRIPLES)]
        return Knowledge(Graph(triples, schema))
    except (orjson.JSONDecodeError, TypeError, AttributeError, KeyError) as error:
        raise UserError(f"{folder}: {TRIPLES}, {RELATIONS}: not as a build writes them ({error!r})") from error
