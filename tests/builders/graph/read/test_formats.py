"""Every format says the same facts: what one reader gives, the others give, too."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from builders.errors import UserError
from builders.graph.read import read_triples
from builders.graph.read.files import read_records
from builders.types import Dropped, Triple

GINSENG = Triple("人参", "归经", "脾经", "herb", "meridian")
NOTOGINSENG = Triple("三七", "归经", "肝经", "herb", "meridian")

TURTLE = """@prefix ex: <http://example.org/kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:spleen a ex:meridian ; rdfs:label "脾经"@zh .
ex:ginseng a ex:herb ; rdfs:label "人参"@zh ; ex:归经 ex:spleen .
ex:三七 a ex:herb ; ex:归经 ex:肝经 .
ex:肝经 a ex:meridian .
"""
KINDS = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
N_TRIPLES = f"""# a comment
<http://e.org/%E4%BA%BA%E5%8F%82> <http://e.org/r#\\u5F52\\u7ECF> <http://e.org/脾经> .
<http://e.org/%E4%BA%BA%E5%8F%82> {KINDS} <http://e.org/herb> .
<http://e.org/脾经> {KINDS} <http://e.org/meridian> .
<http://e.org/三七> <http://e.org/r#归经> <http://e.org/肝经> .
<http://e.org/三七> {KINDS} <http://e.org/herb> .
<http://e.org/肝经> {KINDS} <http://e.org/meridian> .
"""
GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="name" attr.type="string"/>
<key id="d1" for="node" attr.name="labels" attr.type="string"/>
<key id="d2" for="edge" attr.name="label" attr.type="string"/>
<graph edgedefault="undirected">
<node id="n0"><data key="d0">脾经</data><data key="d1">:meridian</data></node>
<node id="n1"><data key="d0">人参</data><data key="d1">:herb:entity</data></node>
<node id="三七"><data key="d1">:herb</data></node>
<node id="肝经"><data key="d1">:meridian</data></node>
<edge source="n1" target="n0"><data key="d2">归经</data></edge>
<edge source="三七" target="肝经"><data key="d2">归经</data></edge>
</graph></graphml>
"""
NODES = [
    {"type": "node", "id": "1", "labels": ["herb"], "properties": {"name": "人参"}},
    {"type": "node", "id": "2", "labels": ["meridian"], "properties": {"name": "脾经"}},
    {"type": "node", "id": "3", "labels": ["herb"], "properties": {"名称": "三七"}},
    {"type": "node", "id": "4", "labels": ["meridian"], "properties": {"name": "肝经"}},
]
RELATIONSHIPS = [
    {"type": "relationship", "id": "0", "label": "归经", "start": {"id": "1"}, "end": {"id": "2"}},
    {"type": "relationship", "id": "1", "label": "归经", "start": {"id": "3"}, "end": {"id": "4"}},
]
CENTRES = [
    {"中心词": "人参", "类型": "herb", "归经": ["脾经"]},
    {"中心词": "三七", "类型": "herb", "归经": ["肝经"]},
]


def lines(objects: list[dict[str, object]]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["头实体", "关系", "尾实体", "头类型", "尾类型"])
    book.active.append(["人参", "归经", "脾经", "herb", "meridian"])
    book.active.append([])
    book.active.append(["三七", "归经", "肝经", "herb", "meridian"])
    book.save(path)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.ttl", TURTLE, "turtle"),
        ("a.txt", TURTLE, "turtle"),
        ("a.nt", N_TRIPLES, "n-triples"),
        ("a.txt", N_TRIPLES, "n-triples"),
        ("a.graphml", GRAPHML, "graphml"),
        ("a.txt", GRAPHML, "graphml"),
        ("a.json", lines([*NODES, *RELATIONSHIPS]), "json"),
        ("a.jsonl", lines([*RELATIONSHIPS, *NODES]), "json"),
        ("a.json", json.dumps([*NODES, *RELATIONSHIPS], indent=1), "json"),
        ("a.json", json.dumps({"nodes": NODES, "rels": RELATIONSHIPS}), "json"),
        ("a.json", json.dumps({"nodes": NODES, "relationships": RELATIONSHIPS}, indent=2), "json"),
    ],
)
def test_every_format_says_the_same(tmp_path: Path, name: str, text: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_records(path).kind == kind
    assert read_triples(path) == ([GINSENG, NOTOGINSENG], [])


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    workbook(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / name)
    assert read_records(tmp_path / name).kind == "excel"
    assert read_triples(tmp_path / name) == ([GINSENG, NOTOGINSENG], [])


def test_the_sheets_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "notes"
    book.active.append(["written on Monday"])
    sheet = book.create_sheet("facts")
    for row in (["head", "relation", "tail"], ["人参", "剂量", 9], ["a", "r", None], ["=1+1", "r", "b"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    triples, dropped = read_triples(tmp_path / "a.xlsx")
    # A formula that nobody has calculated has no value.
    assert triples == [Triple("人参", "剂量", "9")]
    assert [(item.reason, item.place) for item in dropped] == [
        ("no_triples", "a.xlsx:notes"),
        ("missing_field", "a.xlsx:facts:3"),
        ("empty_name", "a.xlsx:facts:4"),
    ]


@pytest.mark.parametrize("text", [lines(CENTRES), json.dumps(CENTRES), json.dumps(CENTRES, indent=1)])
def test_records_of_one_head(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    expected = [Triple("人参", "归经", "脾经", "herb"), Triple("三七", "归经", "肝经", "herb")]
    assert read_triples(path) == (expected, [])


def test_all_that_is_said_of_one_head(tmp_path: Path) -> None:
    record = {
        "_id": {"$oid": "5"},
        "中心词": "偏头痛",
        "相关疾病": ["妊娠合并偏头痛", "恶寒发热"],
        "相关症状": [],
        "所属科室": "神经内科",
        "来源": None,
        "备注": [{"页": 3}],
    }
    path = tmp_path / "a.jsonl"
    path.write_text(lines([record]), encoding="utf-8")
    triples, dropped = read_triples(path)
    assert triples == [
        Triple("偏头痛", "相关疾病", "妊娠合并偏头痛"),
        Triple("偏头痛", "相关疾病", "恶寒发热"),
        Triple("偏头痛", "所属科室", "神经内科"),
    ]
    detail = "备注: \"{'页': 3}\" is neither text nor number; write names there"
    assert dropped == [Dropped("not_an_object", "a.jsonl:1", detail)]


@pytest.mark.parametrize(
    ("record", "head_key", "expected"),
    [
        ({"name": "a", "r": ["b"]}, None, [Triple("a", "r", "b")]),
        ({"herb": "a", "r": ["b"], "s": ["c"]}, None, [Triple("a", "r", "b"), Triple("a", "s", "c")]),
        ({"herb": "a", "code": "x", "r": ["b"]}, "herb", [Triple("a", "code", "x"), Triple("a", "r", "b")]),
        ({"herb": "a", "code": "x", "r": ["b"]}, None, []),
        ({"head": "a", "relation": "r", "tail": "b", "papers": ["p"]}, None, [Triple("a", "r", "b")]),
    ],
)
def test_the_key_of_the_head(
    tmp_path: Path, record: dict[str, object], head_key: str | None, expected: list[Triple]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines([record]), encoding="utf-8")
    assert read_triples(path, head_key)[0] == expected


def test_objects_over_several_lines_keep_their_own(tmp_path: Path) -> None:
    objects = [{"head": "a", "relation": "r", "tail": tail} for tail in ("b", "c")]
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps({"made": "today", "triples": objects}, indent=1), encoding="utf-8")
    spread = tmp_path / "spread.json"
    spread.write_text("\n".join(json.dumps(each, indent=1) for each in objects), encoding="utf-8")
    for path, places in ((whole, [4, 9]), (spread, [1, 6])):
        assert [item.line for item in read_records(path).items] == places  # type: ignore[union-attr]
        assert read_triples(path) == ([Triple("a", "r", "b"), Triple("a", "r", "c")], [])


def test_a_relationship_whose_node_never_comes(tmp_path: Path) -> None:
    lost = {"type": "relationship", "id": "9", "label": "r", "start": {"id": "1"}, "end": {"id": "77"}}
    path = tmp_path / "a.jsonl"
    path.write_text(lines([lost, *NODES, *RELATIONSHIPS]) + '{"type": "person"}\n', encoding="utf-8")
    triples, dropped = read_triples(path)
    assert triples == [GINSENG, NOTOGINSENG]
    assert [(item.reason, item.place) for item in dropped] == [
        ("not_an_object", "a.jsonl:8"),
        ("missing_field", "a.jsonl:1"),
    ]


def test_what_rdf_says_beside_facts(tmp_path: Path) -> None:
    text = TURTLE + 'ex:归经 a rdfs:Property ; rdfs:domain ex:herb .\nex:ginseng rdfs:label "ginseng"@en ;\n'
    text += '  ex:dose 3.50 ; ex:part [ ex:of "root" ] .\n'
    (tmp_path / "a.ttl").write_text(text, encoding="utf-8")
    triples, dropped = read_triples(tmp_path / "a.ttl")
    assert triples == [
        *(GINSENG, NOTOGINSENG),
        Triple("人参", "label", "ginseng", "herb"),
        Triple("人参", "dose", "3.50", "herb"),
    ]
    assert [(item.reason, item.place) for item in dropped] == [
        ("vocabulary", "a.ttl:7"),
        ("blank_node", "a.ttl:9"),
        ("blank_node", "a.ttl:9"),
    ]


def test_a_bad_line_of_n_triples_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(f"{N_TRIPLES}<http://e.org/a> is bad .\n", encoding="utf-8")
    triples, dropped = read_triples(tmp_path / "a.nt")
    assert triples == [GINSENG, NOTOGINSENG]
    assert [(item.reason, item.place) for item in dropped] == [("bad_statement", "a.nt:8")]


@pytest.mark.parametrize(
    "row",
    [
        {"instruction": "问", "input": "", "output": "答"},
        {"conversations": [{"from": "human", "value": "问"}]},
        {"messages": []},
    ],
)
def test_a_training_set_is_no_graph(tmp_path: Path, row: dict[str, object]) -> None:
    path = tmp_path / "a.json"
    path.write_text(lines([row, row]), encoding="utf-8")
    with pytest.raises(UserError, match=r"a\.json: rows of a training set \(\w+.*\), no triples; take the file out"):
        read_triples(path)


@pytest.mark.shared
def test_huatuos_rows_are_no_graph(shared: Path) -> None:
    for name in ("llama_data.json", "liver_cancer.json"):
        with pytest.raises(UserError, match="rows of a training set"):
            read_triples(shared / "huatuo" / name)
