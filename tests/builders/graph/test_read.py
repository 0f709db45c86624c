from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builders.errors import UserError
from builders.graph.read import read_triples
from builders.types import Dropped, Triple


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_with_header_keeps_types_and_source(tmp_path: Path) -> None:
    text = "head,relation,tail,head_type,tail_type,source\n人参,归经,脾,herb,meridian,《药典》\n三七,归经,肝,,,\n"
    assert read_triples(write(tmp_path, "a.csv", text)) == (
        [Triple("人参", "归经", "脾", "herb", "meridian", "《药典》"), Triple("三七", "归经", "肝")],
        [],
    )


@pytest.mark.parametrize("header", ["关系,尾实体,头实体", "predicate,object,subject", "Relation,node_2,node_1"])
def test_columns_are_found_by_name_in_any_order(tmp_path: Path, header: str) -> None:
    assert read_triples(write(tmp_path, "a.csv", f"{header}\n归经,脾,人参\n")) == ([Triple("人参", "归经", "脾")], [])


def test_bad_rows_are_dropped_with_line_and_reason(tmp_path: Path) -> None:
    rows = [
        "head,relation,tail",
        "人参,归经,脾",
        "三七,归经",
        "",
        "当归,,肝",
        "川芎,归经, ",
        "人参,归经,脾",
        "甘,味,甘",
    ]
    rows += ["人参,功效,补气,安神", f"人参,功效,{'长' * 10_000}", "丹参,功效,活血\x07化瘀"]
    triples, dropped = read_triples(write(tmp_path, "a.csv", "\n".join(rows)))
    assert triples == [Triple("人参", "归经", "脾"), Triple("丹参", "功效", "活血 化瘀")]
    assert [(item.reason, item.place) for item in dropped] == [
        ("too_many_fields", "a.csv:9"),
        ("missing_field", "a.csv:3"),
        ("missing_field", "a.csv:5"),
        ("empty_name", "a.csv:6"),
        ("duplicate", "a.csv:7"),
        ("self_loop", "a.csv:8"),
        ("name_too_long", "a.csv:10"),
    ]


def test_swapped_columns_are_found_by_looking(tmp_path: Path) -> None:
    text = "人参\t脾\t归经\n三七\t肝\t归经\n当归\t心\t归经\n"
    triples, dropped = read_triples(write(tmp_path, "a.txt", text))
    assert triples[0] == Triple("人参", "归经", "脾")
    assert dropped == [Dropped("swapped_columns", "a.txt", "columns read as head, tail, relation; kept=3")]


def test_columns_without_header_in_the_usual_order_need_no_note(tmp_path: Path) -> None:
    text = "人参\t归经\t脾\n三七\t归经\t肝\n"
    expected = [Triple("人参", "归经", "脾"), Triple("三七", "归经", "肝")]
    assert read_triples(write(tmp_path, "a.tsv", text)) == (expected, [])


def test_types_before_the_names_of_a_table(tmp_path: Path) -> None:
    rows = "herb\t人参,归经,meridian\t脾经\nherb\t三七,归经,meridian\t肝经\n"
    expected = [
        Triple("人参", "归经", "脾经", "herb", "meridian"),
        Triple("三七", "归经", "肝经", "herb", "meridian"),
    ]
    for text in (rows, f"head,relation,tail\n{rows}"):
        assert read_triples(write(tmp_path, "a.csv", text)) == (expected, [])
    assert read_triples(write(tmp_path, "a.txt", "人,参\t归经\t脾,胃\n三七\t归经\t肝\n"))[0] == [
        Triple("人,参", "归经", "脾,胃"),
        Triple("三七", "归经", "肝"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "head,relation,tail\n人参,归经,脾经\n三七,功效,散瘀止血\n"
    path = write(tmp_path, "a.csv", text, encoding)
    assert read_triples(path) == ([Triple("人参", "归经", "脾经"), Triple("三七", "功效", "散瘀止血")], [])


def test_json_nodes_with_types(tmp_path: Path) -> None:
    text = '[\n  {"node_1": "方名\\t肾气丸",\n   "relation": "来源", "node_2": "书\\t金匮", "weight": 2},\n'
    text += '  {"node_1": "肾气丸", "node_2": "金匮"},\n  "stray"\n]'
    triples, dropped = read_triples(write(tmp_path, "a.json", text))
    assert triples == [Triple("肾气丸", "来源", "金匮", "方名", "书")]
    assert [(item.reason, item.place) for item in dropped] == [
        ("not_an_object", "a.json:5"),
        ("missing_field", "a.json:4"),
    ]


def test_json_lines_go_on_after_a_bad_line(tmp_path: Path) -> None:
    text = '{"head": "a", "relation": "r", "tail": 5}\n{"head": \n{"head": "b", "relation": "r", "tail": null}\n'
    triples, dropped = read_triples(write(tmp_path, "a.jsonl", text))
    assert triples == [Triple("a", "r", "5")]
    assert [(item.reason, item.place) for item in dropped] == [
        ("not_an_object", "a.jsonl:2"),
        ("missing_field", "a.jsonl:3"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", b"", "empty"),
        ("a.xml", b"<a/>", "triples are read from"),
        ("a.csv", b"\xff\xff\xff\xff\x00", "neither UTF-8"),
        ("a.csv", b"head,verb,tail\na,b,c\n", "no relation in the header"),
        ("a.csv", b"a,b\nc,d\n", "2 columns and no header"),
        ("a.csv", b'head,relation,tail\n"' + b"x" * 200_000, "quotation mark"),
        ("a.json", b'[{"head": "a"},\n {"head": ]', "a.json:2: not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b"[" + b"1" * 5_000 + b"]", "not JSON"),
    ],
)
def test_an_unreadable_file_is_the_users_error(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=complaint) as error:
        read_triples(tmp_path / name)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.csv: cannot be read"):
        read_triples(tmp_path / "none.csv")


@pytest.mark.shared
def test_tcm_small_has_its_columns_swapped(shared: Path) -> None:
    triples, dropped = read_triples(shared / "kg" / "tcm_small.txt")
    assert len(triples) == 43
    assert triples[0] == Triple("喜热饮", "证候", "胃中虚火证")
    note = "columns read as head, tail, relation; kept=43"
    assert dropped == [Dropped("swapped_columns", "tcm_small.txt", note)]


@pytest.mark.shared
def test_tcm_has_its_types_taken_off(shared: Path) -> None:
    triples, dropped = read_triples(shared / "kg" / "tcm.json")
    assert triples[0] == Triple("方剂", "包含", "金锁固精丸", "方剂", "方名")
    assert Counter(item.reason for item in dropped) == {"self_loop": 283, "duplicate": 2}
    assert len(triples) + len(dropped) == 5954
    assert not [triple for triple in triples if "\t" in triple.head + triple.tail]
    assert dropped[0].place == "tcm.json:47"
