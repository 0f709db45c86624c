"""All checks in one order: gathered triples and a schema in, findings and the figures of the graph out.

findings, figures = check(gathered, Path("samples/graph/relations.yaml"))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from builders.graph.graph import Graph
from builders.graph.lint.finding import Finding
from builders.graph.lint.gather import Gathered
from builders.graph.lint.names import near_names, near_relations, spelt_differently
from builders.graph.lint.relations import both_directions, two_tails, type_conflicts, unknown_relations, wrong_types
from builders.graph.lint.shape import Components, hubs, isolated_components
from builders.graph.schema import read_schema


@dataclass(frozen=True, slots=True)
class Figures:
    """The graph in numbers."""

    triples: int
    entities: int
    relations: int
    types: int
    components: int
    largest: int
    """Entities of the largest component."""


def check(gathered: Gathered, relations: Path | None) -> tuple[Iterator[Finding], Figures]:
    """The findings of reading and of every check, in this order; those of a check in the order of the files.

    Raises:
        UserError: relations.yaml is wrong.
    """
    graph = Graph(gathered.triples, read_schema(relations, gathered.triples))
    components = Components(graph)
    figures = Figures(
        len(gathered.triples),
        len({name for triple in gathered.triples for name in (triple.head, triple.tail)}),
        len({triple.relation for triple in gathered.triples}),
        len({kind for triple in gathered.triples for kind in (triple.head_type, triple.tail_type) if kind}),
        len(components.sizes),
        max(components.sizes.values(), default=0),
    )
    findings = chain(
        gathered.findings,
        two_tails(gathered, graph),
        both_directions(gathered, graph),
        wrong_types(gathered, graph),
        type_conflicts(gathered),
        unknown_relations(gathered, graph, relations is not None),
        near_relations(gathered),
        spelt_differently(gathered),
        near_names(gathered, graph),
        hubs(gathered, graph),
        isolated_components(gathered, graph, components),
    )
    return findings, figures
