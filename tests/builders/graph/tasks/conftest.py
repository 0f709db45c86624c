"""What the tasks are tested on: the toy, the bundled sample with a fifth held out, and the real formulas beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from builders.graph import wordings
from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.read import read_triples
from builders.graph.schema import read_schema
from builders.graph.split import GraphSplit, split_groups
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.index import Index
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.options import Options
from builders.graph.tasks.rows import FAMILIES, Guard, task_samples
from builders.graph.tasks.say import Say
from builders.graph.tasks.wordings import apart, load_test, load_train
from builders.types import ChatSample, Triple
from tests.builders.graph.tasks.oracle import Oracle
from tests.conftest import ROOT

SAMPLE = ROOT / "samples/graph"
TCM = ROOT.parent / "shared/data/kg/tcm.json"
TCM_RELATIONS = ROOT / "tests/data/tcm_relations.yaml"


def given_of(graph: Graph, split: GraphSplit, config: TaskConfig, seed: int = 1) -> Given:
    index = Index(graph, split, seed)
    near, _ = apart(graph.schema, load_test(), wordings.load_test())
    say = {language: Say(graph.schema, language) for language in ("zh", "en")}
    return Given(index, Options(index), say, load_train(), config, seed, near)


@dataclass(frozen=True)
class Made:
    """A graph, what was made of it, and the truth to compare with."""

    given: Given
    oracle: Oracle
    samples: list[ChatSample]

    @property
    def split(self) -> GraphSplit:
        return self.given.index.split

    def items(self, family: str, most: int = 150) -> list[Item]:
        """Items of a family in both languages."""
        found = []
        for language in ("zh", "en"):
            found += [item for _, item in zip(range(most), FAMILIES[family](self.given, language), strict=False)]
        assert found, family
        return found


def made_of(triples: list[Triple], relations: Path, share: float, config: TaskConfig) -> Made:
    graph = Graph(triples, read_schema(relations, triples))
    split = split_groups(graph, share, 3)
    given = given_of(graph, split, config)
    samples = list(task_samples(given, Guard(graph, split, EntityFinder(graph)), []))
    return Made(given, Oracle(triples, relations), samples)


@pytest.fixture(scope="session")
def sampled() -> Made:
    return made_of(read_triples(SAMPLE / "triples.csv")[0], SAMPLE / "relations.yaml", 0.2, TaskConfig(rows=120))


@pytest.fixture(scope="session")
def formulas() -> Made:
    if not TCM.is_file():
        pytest.skip(f"{TCM} is absent: the real inputs are not part of the project")
    return made_of(read_triples(TCM)[0], TCM_RELATIONS, 0.1, TaskConfig(rows=120))


@pytest.fixture(params=["sampled", pytest.param("formulas", marks=pytest.mark.shared)])
def made(request: pytest.FixtureRequest) -> Made:
    """Both graphs, one after the other."""
    value = request.getfixturevalue(request.param)
    assert isinstance(value, Made)
    return value
