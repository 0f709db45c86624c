from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders.errors import UserError
from builders.jsonl import write_rows
from eval.tasks import TASKS, outcome, read

FACT = {"id": "a", "language": "en", "question": "q?", "answer": "b", "relation": "r", "fact": "h\tr", "tail": "b"}
CHOICE = {"id": "a", "language": "en", "question": "q?", "choices": ["b", "c"], "answer": 1}


def logic(name: str, pair: str) -> dict[str, str]:
    return {"id": name, "pair": pair, "op": "AS", "origin": "graph", "language": "en", "question": "q?"} | {
        "answer": "Yes",
        "other": "No",
    }


def faults(folder: Path, task: str, *rows: dict[str, Any]) -> list[str]:
    write_rows(folder / TASKS[task].file, rows)
    return [one.detail for one in read(TASKS[task], folder, None, 7)[1]]


def test_a_good_row_is_read(tmp_path: Path) -> None:
    write_rows(tmp_path / "kg_recall.jsonl", [FACT])
    assert read(TASKS["kg_recall"], tmp_path, None, 7) == ([FACT], [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"question": None}, "question is None, not text"),
        ({"answer": "  "}, "answer is '  ', not text"),
        ({"relation": 3}, "relation is 3, not text"),
    ],
)
def test_a_bad_row_is_dropped_with_its_reason(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    assert faults(tmp_path, "kg_recall", FACT | change) == [fault]


def test_a_missing_field_and_a_repeated_id_are_named(tmp_path: Path) -> None:
    poor = {"id": "b", "language": "en", "question": "q?", "answer": "b"}
    assert faults(tmp_path, "kg_recall", FACT, poor, FACT) == [
        "no fact; build the set again with `make data`",
        "id a a second time",
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"answer": 2}, "answer 2 is no index of the 2 choices"),
        ({"answer": "c"}, "answer 'c' is no index of the 2 choices"),
        ({"choices": "bc"}, "choices is not a list of texts"),
        ({"choices": ["b", ""]}, "choices is not a list of texts"),
    ],
)
def test_a_choice_must_have_its_answer(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    assert faults(tmp_path, "kg_choice", CHOICE | change) == [fault]


def test_half_a_pair_is_dropped(tmp_path: Path) -> None:
    write_rows(tmp_path / "dual_logic.jsonl", [logic("a", "p"), logic("b", "p"), logic("c", "q")])
    rows, dropped = read(TASKS["dual_logic"], tmp_path, None, 7)
    assert [row["id"] for row in rows] == ["a", "b"]
    assert [(one.reason, one.detail) for one in dropped] == [("incomplete_pair", "pair q has 1 rows, not two")]


def test_the_limit_takes_whole_units_in_the_order_of_the_file(tmp_path: Path) -> None:
    write_rows(
        tmp_path / "dual_logic.jsonl", [logic(f"{pair}{half}", str(pair)) for half in "ab" for pair in range(9)]
    )
    rows, _ = read(TASKS["dual_logic"], tmp_path, 4, 7)
    pairs = [row["pair"] for row in rows]
    assert pairs[:4] == sorted(pairs[:4]) == pairs[4:]
    assert read(TASKS["dual_logic"], tmp_path, 4, 7)[0] == rows
    assert read(TASKS["dual_logic"], tmp_path, 4, 8)[0] != rows


def test_a_missing_file_names_the_target_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"kg_recall\.jsonl: no such file; build it first with `make data`"):
        read(TASKS["kg_recall"], tmp_path, None, 7)


def test_an_outcome_knows_its_unit_and_groups() -> None:
    found = outcome(TASKS["dual_logic"], logic("a", "p"), {"right": 1.0}, "Yes", "No")
    assert found.unit == "p"
    assert found.groups == {"language": "en", "op": "AS", "origin": "graph"}
    assert (found.question, found.expected, found.answer) == ("q?", "Yes", "No")
