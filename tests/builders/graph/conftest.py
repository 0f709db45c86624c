"""Graphs to test with: a toy whose every fact is known, and the bundled sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.graph.graph import Graph
from builders.graph.read import read_triples
from builders.graph.schema import Relation, read_schema
from builders.graph.wordings import Wordings, apart, load_test, load_train
from builders.types import Triple

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "graph"
HERBS = ["人参", "三七", "当归", "川芎", "白芍", "丹参", "黄芩", "茯苓", "玄参", "防风"]
SPECIES = ["ginseng", "notoginseng", "sinensis", "chuanxiong", "lactiflora", "miltiorrhiza", "baicalensis", "cocos"]
SPECIES += ["ningpoensis", "divaricata"]


@pytest.fixture
def schema() -> dict[str, Relation]:
    return {
        "拉丁名": Relation("拉丁名", zh="拉丁名", en="Latin name", functional=True),
        "功效": Relation("功效", zh="功效"),
        "相反": Relation("相反", zh="相反药", symmetric=True),
        "part of": Relation("part of", en="parent structure", functional=True, inverse="has part"),
        "has part": Relation("has part", en="part", inverse="part of"),
        "别名": Relation("别名", zh="别名", alias=True),
    }


@pytest.fixture
def toy(schema: dict[str, Relation]) -> Graph:
    triples = [
        Triple(herb, "拉丁名", f"Herba {name}", "herb", "species") for herb, name in zip(HERBS, SPECIES, strict=True)
    ]
    triples += [Triple("人参", "功效", tail, "herb", "effect") for tail in ("补气", "安神")]
    triples += [Triple("当归", "功效", tail, "herb", "effect") for tail in ("补血", "活血止痛", "润肠")]
    triples += [Triple("人参", "相反", "藜芦", "herb", "herb"), Triple("玄参", "别名", "元参", "herb", "alias")]
    triples += [
        Triple("axon", "part of", "neuron", "part", "cell"),
        Triple("neuron", "has part", "axon", "cell", "part"),
    ]
    triples += [Triple("neuron", "has part", "soma", "cell", "part"), Triple("endfoot", "part of", "astrocyte")]
    return Graph(triples, schema)


@pytest.fixture(scope="session")
def sample() -> Graph:
    triples, dropped = read_triples(SAMPLE / "triples.csv")
    assert dropped == []
    return Graph(triples, read_schema(SAMPLE / "relations.yaml", triples))


@pytest.fixture(scope="session")
def logic_file() -> Path:
    return SAMPLE / "logic.yaml"


@pytest.fixture(scope="session")
def test_wordings() -> Wordings:
    return load_test()


@pytest.fixture(scope="session")
def train_wordings(test_wordings: Wordings) -> Wordings:
    return apart(load_train(), test_wordings)[0]
