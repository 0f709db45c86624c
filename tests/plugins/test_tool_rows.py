"""Rows of knowledge tuning and of KTO as LLaMA-Factory reads them: none lost, and calls read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders import formats
from builders.graph.feedback_rows import feedback_samples
from builders.graph.graph import Graph
from builders.graph.knowledge.function import NAME, read_call
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.read import read_triples
from builders.graph.schema import read_schema
from builders.graph.split import split_groups
from builders.graph.tools.cases import Cases
from builders.graph.tools.config import ToolsConfig
from builders.graph.tools.rows import tool_samples
from builders.graph.tools.wordings import load as load_wordings
from builders.graph.wordings import load_train
from builders.jsonl import write_rows
from tests.conftest import ROOT
from tests.plugins.test_loader import REGISTRY, load

pytestmark = pytest.mark.slow

COUNT = 60
END = "<|im_end|>\n"


@pytest.fixture(scope="module")
def sample() -> Graph:
    triples, _ = read_triples(ROOT / "samples/graph/triples.csv")
    return Graph(triples, read_schema(ROOT / "samples/graph/relations.yaml", triples))


@pytest.fixture
def inside(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace as current folder, and beside it a folder of datasets with rows of a real build."""
    monkeypatch.chdir(workspace)
    (tmp_path / "dataset_info.json").write_text(json.dumps(REGISTRY), encoding="ascii")
    return tmp_path


def decoded(rows: Any, key: str = "input_ids") -> list[str]:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained("saves/tiny/base")
    return [tokenizer.decode([token for token in row[key] if token != -100]) for row in rows]


@pytest.mark.parametrize("template", ["qwen", "qwen3_nothink"])
def test_calls_are_rendered_and_read_back(inside: Path, sample: Graph, template: str) -> None:
    from llamafactory.data.template import TEMPLATES

    cases = Cases(Knowledge(sample), 3)
    config = ToolsConfig(exposures=1)
    samples = tool_samples(cases, split_groups(sample, 0.1, 3), load_train(), load_wordings()[0], config, 3)[:COUNT]
    write_rows(inside / "data/demo/sft_tools.jsonl", map(formats.tools, samples))
    rows, _ = load("demo_sft_tools", inside, dataset_dir=str(inside), template=template, cutoff_len=4096)
    assert len(rows) == COUNT
    calls = 0
    for row, text, trained in zip(samples, decoded(rows), decoded(rows, "labels"), strict=True):
        assert text.startswith("<|im_start|>system\n")
        assert f'"name": "{NAME}"' in text.partition(END)[0]
        if len(row.messages) == 2:
            assert trained == row.messages[1].content + END
            continue
        call, answer, rest = trained.split(END)
        assert (answer, rest) == (row.messages[3].content, "")
        assert f"<tool_response>\n{row.messages[2].content}\n</tool_response>" in text
        ((name, arguments),) = TEMPLATES[template].extract_tool(call)
        assert (name, json.loads(arguments)) == (NAME, json.loads(row.messages[1].content)["arguments"])
        read = read_call(call)
        assert read is not None
        assert read.json() == row.messages[1].content
        calls += 1
    assert calls > COUNT / 2


def test_wanted_and_unwanted_answers_keep_their_tag(inside: Path, sample: Graph) -> None:
    groups = split_groups(sample, 0.1, 3).train
    samples = feedback_samples(sample, [], groups, load_train(), 20, 3)[:COUNT]
    write_rows(inside / "data/demo/kto.jsonl", map(formats.feedback, samples))
    rows, batch = load("demo_kto", inside, dataset_dir=str(inside))
    assert len(rows) == len(samples) > 20
    assert [bool(row["kto_tags"]) for row in rows] == [sample.wanted for sample in samples]
    assert decoded(rows, "labels") == [sample.answer + END for sample in samples]
    assert batch["kto_tags"].tolist() == [True]
