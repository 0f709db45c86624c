"""The graph benchmark's own parts: a synthetic graph, the wordings counted, and which stage reads a dataset."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.graph import synthetic
from benchmarks.graph.rows import registered, stage_of
from benchmarks.graph.wordings import counts
from builders.graph.graph import Graph
from builders.graph.read import read_triples
from builders.graph.schema import read_schema
from tests.conftest import ROOT


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    synthetic.write(tmp_path / "kg.csv", tmp_path / "kg.yaml", 3000, 1)
    triples, dropped = read_triples(tmp_path / "kg.csv")
    assert {item.reason for item in dropped} == {"duplicate", "self_loop"}
    assert len(triples) + len(dropped) == 3000
    return Graph(triples, read_schema(tmp_path / "kg.yaml", triples))


def test_a_synthetic_graph_has_a_hub_aliases_and_types(graph: Graph) -> None:
    relations = Counter(triple.relation for triple in graph.triples)
    assert len(relations) > 100
    assert 250 < len(graph.heads("belongs to", "the hub")) < 350
    assert 20 < relations["alias"] < 80
    assert not any(relation.guessed for relation in graph.schema.values())
    assert len({triple.head_type for triple in graph.triples}) == synthetic.TYPES


def test_a_synthetic_graph_is_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("a", "b"):
        synthetic.write(tmp_path / name, tmp_path / "kg.yaml", 500, 7)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_wordings_are_counted_by_side_task_and_language(tmp_path: Path) -> None:
    files = {
        "train.yaml": "forward: {zh: {openings: ['', a], cores: [a, b, c]}, en: {cores: [a]}}\nsay: {zh: [a, b]}",
        "test.yaml": "forward: {zh: [a], en: [a, b]}",
        "tasks.yaml": "questions: {list: {zh: [a, b], en: [a]}}\nanswers: {list: {zh: [a]}}",
        "tasks_test.yaml": "list: {zh: [a], en: [a]}",
        "both.yaml": "test: {zh: [a]}\ntrain: {zh: [a, b, c, d]}\nendings: {zh: ['']}",
        "mined.yaml": "definition: {zh: [a], en: [b]}",
        "words.yaml": "en: a b c\nzh: [a]",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert counts(tmp_path) == {
        "train": {
            "both.yaml: train.zh": 4,
            "tasks.yaml: questions.list.zh": 2,
            "tasks.yaml: questions.list.en": 1,
            "train.yaml: forward.zh": 3,
            "train.yaml: forward.en": 1,
            "train.yaml: say.zh": 2,
        },
        "test": {
            "both.yaml: test.zh": 1,
            "tasks_test.yaml: list.zh": 1,
            "tasks_test.yaml: list.en": 1,
            "test.yaml: forward.zh": 1,
            "test.yaml: forward.en": 2,
        },
    }


def test_every_task_of_the_graph_has_enough_wordings() -> None:
    found = counts(ROOT / "builders" / "wordings")
    assert min(found["train"].values()) >= 12
    assert min(found["test"].values()) >= 4


def test_the_stage_of_every_registered_dataset() -> None:
    entries = json.loads((ROOT / "dataset_info.json").read_text(encoding="ascii"))
    stages = {name: stage_of(entry) for name, entry in entries.items() if name.startswith("demo_")}
    assert stages["demo_cpt"] == stages["demo_heldout"] == "pt"
    assert stages["demo_dpo"] == "dpo"
    assert stages["demo_sft_graph"] == stages["demo_sft_papers"] == "sft"
    assert stage_of({"columns": {"messages": "messages", "kto_tag": "label"}}) == "kto"


def test_only_datasets_with_rows_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    entries = {f"kg_{name}": {"file_name": f"{name}.jsonl"} for name in ("full", "empty", "absent")}
    entries["other_full"] = {"file_name": "full.jsonl"}
    Path("dataset_info.json").write_text(json.dumps(entries), encoding="ascii")
    Path("full.jsonl").write_text("{}\n", encoding="utf-8")
    Path("empty.jsonl").touch()
    assert [name for name, _, _ in registered("kg")] == ["kg_full"]


def test_the_peak_of_a_child_is_its_own(tmp_path: Path) -> None:
    # From a small process: until it runs its program, a child counts the pages of its parent, here all of the tests'.
    code = "import os, sys; from pathlib import Path; from benchmarks.graph.measured import measured; "
    code += "print(measured(['-c', \"x = b'1' * 150_000_000\"], Path(sys.argv[1]), os.environ).rss_mb)"
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert 140 < float(done.stdout.splitlines()[-1]) < 400
