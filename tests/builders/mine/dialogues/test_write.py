from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.schema import Relation
from builders.graph.split import split_groups
from builders.jsonl import read_rows
from builders.mine.dialogues import DialoguesConfig, converse
from builders.mine.dialogues.write import DATASET, VERIFIED, DialogueFiles, derived, dialogue_files
from builders.output import Output
from builders.types import Document, Dropped, Triple
from tests.builders.mine.dialogues.conftest import LABELLED, Abstract

FACT = Triple("nerve cell", "needs", "space of the brain")


def finder(heldout: bool) -> HeldoutFinder:
    graph = Graph([FACT, Triple("glia", "needs", "water")], {"needs": Relation("needs", en="needs")})
    side = "heldout" if heldout else "train"
    return HeldoutFinder(graph, split_groups(graph, 0.5, 1, {"nerve cell\tneeds": side, "glia\tneeds": "train"}))


def written(folder: Path, papers: list[Document], heldout: bool = False) -> tuple[DialogueFiles, Output]:
    out = Output(folder)
    with out, dialogue_files(out, finder(heldout)) as files:
        for paper in papers:  # through JSON, as the map's results come
            files.write(orjson.loads(orjson.dumps(derived(converse(paper, DialoguesConfig(), 42)))))
    return files, out


def test_rows_sources_and_reports_stand_side_by_side(tmp_path: Path, abstract: Abstract) -> None:
    _, out = written(tmp_path, [abstract(LABELLED)])
    rows = list(read_rows(tmp_path / f"{DATASET}.jsonl"))
    ids = [row["id"] for row in rows]
    assert len(ids) == 2
    assert ids == [row["id"] for row in read_rows(tmp_path / f"{DATASET}.sources.jsonl")]
    assert ids == [row["id"] for row in read_rows(tmp_path / VERIFIED)]
    assert rows[0].keys() == {"id", "task", "conversations"}
    assert [turn["from"] for turn in rows[0]["conversations"][:2]] == ["human", "gpt"]
    counts = out.counts[DATASET]
    assert (counts["rows"], counts["verified"]["passed"], counts["verified"]["failures"]) == (2, 2, {})
    assert 2 <= counts["verified"]["rewritten"] <= 4
    assert 6 <= counts["verified"]["turns"] <= 8
    assert counts["verified"]["conclusion_covered"] == pytest.approx(0.738)


def test_what_was_left_out_is_told(tmp_path: Path, abstract: Abstract) -> None:
    files, out = written(tmp_path, [abstract("Too short. Far too short.")])
    assert [dropped.reason for dropped in files.dropped] == ["dialogue_short_abstract"]
    assert out.counts[DATASET]["rows"] == 0
    assert out.counts[DATASET]["verified"] == {"failures": {}, "abstract_covered": 0.0, "conclusion_covered": 0.0}


def test_no_dialogue_names_both_ends_of_a_held_out_fact(tmp_path: Path, abstract: Abstract) -> None:
    files, _ = written(tmp_path, [abstract(LABELLED)], heldout=True)
    assert list(read_rows(tmp_path / f"{DATASET}.jsonl")) == []
    assert list(read_rows(tmp_path / VERIFIED)) == []
    assert {dropped.reason for dropped in files.dropped} == {"dialogue_names_heldout_fact"}
    assert all(isinstance(dropped, Dropped) and dropped.detail == FACT.key for dropped in files.dropped)
