"""Real papers, built whole: every source resolves, nothing of an evaluation set is in it, on any engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders.corpus.contamination import Contamination
from builders.corpus.decontaminate import DecontaminateConfig, decontaminate, evaluation_texts, sets
from builders.corpus.engine import EngineKind
from builders.documents import read_documents
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.shared]

Row = dict[str, Any]


def build(folder: Path, *overrides: str) -> Path:
    command = [sys.executable, "-m", "builders", "build.yaml", *overrides]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return folder / "data/real"


def written(folder: Path) -> dict[str, bytes]:
    kept = {"parsed", "prepared", "derived"}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if not kept & set(path.relative_to(folder).parts)
    }


def rows(path: Path) -> Iterator[Row]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built data of MinerU's papers of all generations, in one process."""
    shared = ROOT.parent / "shared" / "data"
    if not shared.is_dir():
        pytest.skip("real inputs are absent: shared/data beside the repository")
    folder = tmp_path_factory.mktemp("real")
    settings = f"recipe: real\npapers: [{shared / 'mineru'}]\ntriples: [{ROOT / 'samples/graph/triples.csv'}]\n"
    (folder / "build.yaml").write_text(settings + f"relations: {ROOT / 'samples/graph/relations.yaml'}\n")
    return build(folder, "engine.kind=local")


def test_every_source_of_every_row_resolves(corpus: Path) -> None:
    documents = {document.id: document for document in read_documents(corpus / "documents.jsonl")}
    triples = {line.split(",")[0] for line in (ROOT / "samples/graph/triples.csv").read_text("utf-8").splitlines()}
    seen = 0
    for name in ("cpt", "sft_papers", "sft_paper_tasks", "sft_graph"):
        for row in rows(corpus / f"{name}.sources.jsonl"):
            assert row["sources"], f"{name} {row['id']} has no source"
            for source in row["sources"]:
                seen += 1
                if source["triple"]:
                    assert source["triple"].split("\t")[0] in triples
                if source["document"]:
                    document = documents[source["document"]]
                    assert document.text[source["start"] : source["end"]].strip()
                    assert source["page"] or document.reader == "markdown"
    assert seen > 1000


def test_boxes_are_there_where_the_reader_gives_them(corpus: Path) -> None:
    for document in read_documents(corpus / "documents.jsonl"):
        boxes = [block.box is not None for block in document.blocks]
        assert sum(boxes) in (0, len(boxes)) or sum(boxes) > 0.9 * len(boxes), document.path


def test_nothing_of_an_evaluation_set_is_in_the_training_papers(corpus: Path) -> None:
    config = DecontaminateConfig()
    contamination = Contamination(evaluation_texts(sets(corpus / "eval", config)), config.match)
    train = list(read_documents(corpus / "documents.jsonl", side="train"))
    assert len(train) > 8
    assert [overlap for document in train for overlap in decontaminate(document, contamination).overlaps] == []


def test_no_row_is_made_of_a_held_out_paper(corpus: Path) -> None:
    heldout = {document.id for document in read_documents(corpus / "documents.jsonl", side="heldout")}
    assert heldout
    for name in ("cpt", "sft_papers", "sft_paper_tasks"):
        used = {source["document"] for row in rows(corpus / f"{name}.sources.jsonl") for source in row["sources"]}
        assert not used & heldout


@pytest.mark.parametrize("kind", [EngineKind.pool, EngineKind.ray])
def test_another_engine_gives_the_same_bytes(corpus: Path, kind: EngineKind) -> None:
    expected = written(corpus)
    for kept in ("prepared", "derived"):
        for path in (corpus / kept).glob("*/*"):
            path.unlink()
    build(corpus.parents[1], f"engine.kind={kind.value}", "engine.workers=2")
    assert written(corpus) == expected
