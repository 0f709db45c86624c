from __future__ import annotations

from pathlib import Path

from builders.diversity import measured, of_datasets, spread
from builders.jsonl import write_rows


def alpaca(task: str, asked: str, answered: str) -> dict[str, str]:
    return {"id": "1", "task": task, "instruction": asked, "input": "", "output": answered}


def test_figures_by_task_and_language() -> None:
    rows = [
        alpaca("graph.count", "甲有几味？", "共两味。"),
        alpaca("graph.count", "甲有几味？", "共两味。"),
        alpaca("graph.count", "How many has 甲?", "There are two in 甲方."),
    ]
    assert measured(rows) == {
        "graph.count en": {"rows": 1, "distinct_3": 1.0, "question": [15, 15, 15], "answer": [20, 20, 20]},
        "graph.count zh": {"rows": 2, "distinct_3": 0.5, "question": [5, 5, 5], "answer": [4, 4, 4]},
    }


def test_every_format_is_read(tmp_path: Path) -> None:
    write_rows(tmp_path / "cpt.jsonl", [{"id": "1", "task": "paper.text", "text": "One two three four."}])
    turns = [{"from": "human", "value": "What is it?"}, {"from": "gpt", "value": "It is a test."}]
    write_rows(tmp_path / "sft.jsonl", [{"id": "1", "task": "abstract.dialogue", "conversations": turns}])
    pair = {"instruction": "甲对吗？", "input": "", "chosen": "是，甲对。", "rejected": "否，甲不对。"}
    write_rows(tmp_path / "dpo.jsonl", [{"id": "1", "task": "logic.preference", **pair}])
    found = of_datasets(tmp_path, ["cpt", "sft", "dpo"])
    assert {name: list(figures) for name, figures in found.items()} == {
        "cpt": ["paper.text en"],
        "sft": ["abstract.dialogue en"],
        "dpo": ["logic.preference zh"],
    }
    assert found["cpt"]["paper.text en"] == {
        "rows": 1,
        "distinct_3": 1.0,
        "question": [0, 0, 0],
        "answer": [19, 19, 19],
    }
    assert found["sft"]["abstract.dialogue en"]["question"] == [11, 11, 11]


def test_a_text_without_a_last_mark_is_known_by_its_letters() -> None:
    assert list(measured([alpaca("a", "?", "桂枝、甘草"), alpaca("a", "?", "A, B and 甘草")])) == ["a en", "a zh"]


def test_no_rows_no_figures() -> None:
    assert measured([]) == {}
    assert spread([]) == []
    assert spread(range(101)) == [10, 50, 90]
