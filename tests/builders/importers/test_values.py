from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from builders.errors import UserError
from builders.importers.values import LONGEST, Value, values
from builders.types import Dropped


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("lines.json", '{"a": 1}\n\n{"a": "二"}\n', [(1, {"a": 1}), (3, {"a": "二"})]),
        ("one.json", '{"a": 1}', [(1, {"a": 1})]),
        ("array.json", '[{"a": 1}, {"a": 2}]', [(1, {"a": 1}), (2, {"a": 2})]),
        ("pretty.json", '[\n  {\n    "a": 1\n  },\n  "q?"\n]\n', [(1, {"a": 1}), (2, "q?")]),
        ("numbers.json", "[12, 34]", [(1, 12), (2, 34)]),
        ("none.json", "[]", []),
        ("empty.jsonl", "", []),
        # Easy Dataset writes its multilingual-thinking file so: objects over several lines, no commas.
        ("joined.json", '{\n  "a": 1\n}\n{\n  "a": 2\n}', [(1, {"a": 1}), (2, {"a": 2})]),
        ("within.json", '{"data": [\n  1\n]}\n', [(1, {"data": [1]})]),
        ("broken.jsonl", '{"a": \n{"a": 2}\n', [(2, {"a": 2})]),
        ("turns.jsonl", '[{"role": "user"}]\n[{"role": "user"}]', [(1, [{"role": "user"}]), (2, [{"role": "user"}])]),
        ("table.csv", 'q,a\r\n"one, two",2\n', [(2, {"q": "one, two", "a": "2"})]),
        ("table.tsv", "q\ta\none\t2\n", [(2, {"q": "one", "a": "2"})]),
        ("plain.txt", "第一问？\n\n 第二问？\n", [(1, "第一问？"), (3, "第二问？")]),
    ],
)
def test_every_kind_of_file_is_read(tmp_path: Path, name: str, text: str, expected: list[tuple[int, object]]) -> None:
    assert [
        (found.line, found.value) for found in values(write(tmp_path, name, text)) if isinstance(found, Value)
    ] == (expected)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("text", ['{"问": "脑"}\n{"问": "肝"}\n', '[{"问": "脑"},\n {"问": "肝"}]'])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    assert list(values(write(tmp_path, "a.json", text, encoding))) == [Value(1, {"问": "脑"}), Value(2, {"问": "肝"})]


def test_rows_longer_than_what_is_read_at_once_come_whole(tmp_path: Path) -> None:
    rows = [{"text": "长" * size} for size in (3, 70_000, 200_000, 5)]
    path = write(tmp_path, "a.json", json.dumps(rows, ensure_ascii=False))
    assert [found.value for found in values(path) if isinstance(found, Value)] == rows


def test_a_line_that_is_no_json_is_dropped_and_the_rest_is_read(tmp_path: Path) -> None:
    deep = "[" * 100_000
    path = write(tmp_path, "a.jsonl", f'{{"a": 1}}\nnot json\n{deep}\n{{"a": "\\ud800"}}\n{{"a": 2}}\n')
    found = list(values(path))
    assert [each.value for each in found if isinstance(each, Value)] == [{"a": 1}, {"a": 2}]
    dropped = [each for each in found if isinstance(each, Dropped)]
    assert [each.reason for each in dropped] == ["not_json"] * 3
    assert [each.place for each in dropped] == [f"{path}:{line}" for line in (2, 3, 4)]
    assert all("\n" not in each.detail for each in dropped)


def test_a_line_without_end_is_passed_over_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as out:
        out.write(b'{"a": 1}\n{"a": "')
        for _ in range(25):
            out.write(b"x" * LONGEST)
        out.write(b'"}\n{"a": 2}\n')
    assert path.stat().st_size > 100_000_000
    tracemalloc.start()
    found = list(values(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [each.reason if isinstance(each, Dropped) else each.value for each in found] == [
        {"a": 1},
        "too_long_row",
        {"a": 2},
    ]
    assert peak < 40_000_000


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        (
            "a.json",
            '[{"a": 1}, {"a": ',
            ":1: not JSON (Expecting value: line 1 column 7 (char 6)); mend the file there",
        ),
        ("a.json", '[{"a": 1},\n {"a": 2}', ":2: the array has no end; mend or fetch the file anew"),
        ("a.json", "[" * 100_000, ":1: not JSON (nested too deep); mend the file there"),
        (
            "a.parquet",
            "PAR1",
            ": rows are read from .json, .jsonl, .csv, .tsv, .txt; convert the file to one of these",
        ),
    ],
)
def test_a_file_that_breaks_off_is_one_line(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(UserError) as error:
        list(values(path))
    assert str(error.value) == f"imports: {path}{complaint}"


def test_a_file_of_bytes_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xff\x00\xff\xfe\x81")
    with pytest.raises(UserError, match="neither UTF-8 nor UTF-16 with mark nor GB18030; save it as UTF-8"):
        list(values(path))


def test_a_row_of_a_table_with_too_many_cells_is_dropped(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "question,answer\na,b,c\nd,e\n")
    dropped, value = values(path)
    assert isinstance(dropped, Dropped)
    assert (dropped.reason, dropped.place) == ("too_many_cells", f"{path}:2")
    assert value == Value(3, {"question": "d", "answer": "e"})
