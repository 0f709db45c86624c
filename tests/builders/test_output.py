from __future__ import annotations

import contextlib
import json
from pathlib import Path

from builders.formats import alpaca
from builders.output import Output
from builders.types import ChatSample, Dropped, Message, Source

SAMPLE = ChatSample(
    "a1", "graph.forward", (Message("user", "q"), Message("assistant", "a")), (Source(triple="h\tr\tt"),)
)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_dataset_its_sources_and_the_summary_are_published(tmp_path: Path) -> None:
    with Output(tmp_path) as out:
        out.dataset("sft", alpaca, [SAMPLE, SAMPLE])
        out.dropped([Dropped("too_short", "a.pdf", "3 words")])
        out.rows("eval/x.jsonl", [{"id": 1}])
        assert names(tmp_path / ".building") == ["dropped.jsonl", "eval/x.jsonl", "sft.jsonl", "sft.sources.jsonl"]
        out.summary({"recipe": "demo"})
    assert names(tmp_path) == ["dropped.jsonl", "eval/x.jsonl", "sft.jsonl", "sft.sources.jsonl", "summary.json"]
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["datasets"] == {
        "sft": {"rows": 1, "duplicate_row": 1, "tasks": {"graph.forward": 1}},
        "dropped": {"too_short": 1},
    }
    assert json.loads((tmp_path / "sft.sources.jsonl").read_text())["sources"][0] == {
        "document": None, "page": None, "line": None, "box": None, "start": None, "end": None, "triple": "h\tr\tt",
        "maker": None,
    }  # fmt: skip


def test_a_failed_build_leaves_the_one_before_it_whole(tmp_path: Path) -> None:
    with Output(tmp_path) as out:
        out.dataset("sft", alpaca, [SAMPLE])
        out.summary({})
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    with contextlib.suppress(RuntimeError), Output(tmp_path) as out:
        out.dataset("sft", alpaca, [])
        raise RuntimeError
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before
