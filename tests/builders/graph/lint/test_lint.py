from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from builders.config import BuildConfig
from builders.errors import UserError
from builders.graph.lint.__main__ import lines, run
from builders.graph.lint.check import check
from builders.graph.lint.finding import KINDS, Finding
from builders.graph.lint.gather import Gathered, gather
from builders.graph.lint.names import near
from builders.graph.lint.page import Content
from builders.graph.lint.table import safe_cell
from builders.progress import Steps
from tests.conftest import ROOT

HEADER = "head,relation,tail,head_type,tail_type\n"
SCHEMA = """
归经: {zh: 归经, domain: herb, range: [meridian, organ]}
拉丁学名: {zh: 拉丁学名, en: Latin name, functional: true}
表里经: {zh: 表里经, symmetric: true}
part of: {en: whole, inverse: has part}
has part: {en: part, inverse: part of}
别名: {zh: 别名, alias: true}
"""


def found(folder: Path, text: str, kind: str, schema: str | None = SCHEMA) -> list[tuple[str, str, str]]:
    """Line, value and suggestion of the findings of one kind."""
    path = folder / "a.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    relations = None
    if schema is not None:
        relations = folder / "relations.yaml"
        relations.write_text(schema, encoding="utf-8")
    findings, _ = check(gather([str(path)], None), relations)
    return [(each.line, each.value, each.suggestion) for each in findings if each.finding == kind]


def test_two_tails_of_a_functional_relation(tmp_path: Path) -> None:
    text = "玄参,拉丁学名,Scrophularia,,\n玄参,别名,元参,,\n元参,拉丁学名,scrophularia,,\n元参,拉丁学名,Panax,,\n"
    ((line, value, suggestion),) = found(tmp_path, text, "two_tails")
    assert (line, value) == ("5", "元参 拉丁学名 Panax, but also Scrophularia")
    where = f"{tmp_path / 'a.csv'}:2"
    assert suggestion == f"{where} says Scrophularia: keep one, or take `functional` off 拉丁学名"[:200]


def test_both_directions_of_an_asymmetric_relation(tmp_path: Path) -> None:
    text = "a,part of,b,,\nb,has part,a,,\nb,part of,a,,\nc,表里经,d,,\nd,表里经,c,,\nx,别名,y,,\ny,别名,x,,\n"
    assert [(line, value) for line, value, _ in found(tmp_path, text, "both_directions")] == [
        ("3", "b has part a, and the reverse"),
        ("4", "b part of a, and the reverse"),
    ]


def test_types_that_a_relation_does_not_take(tmp_path: Path) -> None:
    text = (
        "人参,归经,脾,herb,organ\n汤,归经,肺,formula,organ\n茯苓,归经,甘,herb,flavour\n肾经,归经,熟地,meridian,herb\n"
    )
    text += "人参,归经,心,,\n"
    assert found(tmp_path, text, "wrong_domain") == [
        ("3", "汤 (formula) as head of 归经", "its heads are herb: mend the type, the relation, or relations.yaml")
    ]
    expected = "its tails are meridian, organ: mend the type, the relation, or relations.yaml"
    assert found(tmp_path, text, "wrong_range") == [("4", "甘 (flavour) as tail of 归经", expected)]
    value = "肾经 (meridian) 归经 熟地 (herb)"
    assert found(tmp_path, text, "swapped_ends") == [("5", value, "exchange head and tail")]


def test_names_of_several_types(tmp_path: Path) -> None:
    text = "人参,r,a,herb,x\n人参,r,b,herb,x\nc,r,人参,x,drug\n"
    suggestion = "call it herb everywhere, or give the two different names"
    assert found(tmp_path, text, "type_conflict") == [("4", "人参: herb 2, drug 1", suggestion)]


def test_relations_that_the_schema_does_not_name(tmp_path: Path) -> None:
    text = "a,拉丁学明,b,,\nc,拉丁学明,d,,\ne,latin  names,f,,\ng,quite another,h,,\n"
    assert found(tmp_path, text, "unknown_relation") == [
        ("2", "拉丁学明 (2 facts)", "拉丁学名? 75 % alike; else write an entry for it in relations.yaml"),
        ("4", "latin names (1 facts)", "拉丁学名? 95 % alike; else write an entry for it in relations.yaml"),
        ("5", "quite another (1 facts)", "write an entry for it in relations.yaml"),
    ]
    assert found(tmp_path, text, "unknown_relation", schema=None) == []


def test_relations_with_nearly_the_same_name(tmp_path: Path) -> None:
    text = "a,part of,b,,\nc,Part Of,d,,\ne,parts of,f,,\ng,归经,h,,\n"
    assert [(line, value) for line, value, _ in found(tmp_path, text, "near_relation")] == [
        ("3", "Part Of (1) ~ part of (1)"),
        ("4", "parts of (1) ~ part of (1)"),
    ]


def test_one_name_in_several_spellings(tmp_path: Path) -> None:
    text = "ＡＱＰ4,r,a,,\nAQP4,r,b,,\nAQP4,r,c,,\naqp 4,r,d,,\n"
    value = "AQP4 2, ＡＱＰ4 1, aqp 4 1"
    assert found(tmp_path, text, "spelt_differently") == [("2", value, "write AQP4 everywhere")]


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("neuron", "neurons", "one letter"),
        ("astroctye", "astrocyte", "one letter"),  # two letters exchanged
        ("《太平惠民合剂局方》", "《太平惠民和剂局方》", "one letter"),
        ("金匮要略", "《金匮要略》", "other punctuation"),
        ("beta-amyloid", "betaamyloid", "other punctuation"),
        ("失眠健忘", "健忘失眠", "other order"),
        ("气血两虚证", "气阴两虚证", None),  # two things
        ("内关", "外关", None),
        ("aquaporin1", "aquaporin4", None),  # a number
        ("人参皂苷rb1", "人参皂苷rg1", None),
        ("头痛", "頭痛", None),  # simplified and traditional
        ("cat", "cats", None),  # too short to tell
    ],
)
def test_nearly_the_same_name(one: str, other: str, difference: str | None) -> None:
    expected = [(*sorted((one, other)), difference)] if difference else []
    assert near([one, other, "quite another thing"]) == expected


def test_near_names_are_told_at_the_rarer_one(tmp_path: Path) -> None:
    text = "neurons,r,x,cell,\nneuron,r,y,cell,\nz,r,neuron,,cell\nastrocytes,r,astrocyte,,\nglycine,r,a,amino,\n"
    text += "glycines,r,b,plant,\n"
    suggestion = "one letter: if they are one, write neuron, or join them by a relation with `alias: true`"
    assert found(tmp_path, text, "near_name") == [("2", "neurons (1) ~ neuron (2)", suggestion)]


@pytest.mark.parametrize(
    ("shape", "count"),
    [("{0:05d} name of it", 20_000), ("{1}{2}{3} of the brain", 100_000), ("{4}某某某某某某某某", 20_000)],
)
def test_a_hundred_thousand_names_take_seconds(shape: str, count: int) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [
        shape.format(n, *(letters[n // 26**place % 26] for place in range(3)), chr(0x4E00 + n)) for n in range(count)
    ]
    started = time.process_time()
    near(names)
    assert time.process_time() - started < 8


def test_hubs_and_parts_without_a_link(tmp_path: Path) -> None:
    text = "".join(f"hub,r,x{n:03d}y,,\n" for n in range(120)) + "a,r,b,,\nb,别名,c,,\nc,r,d,,\n"
    assert [(line, value) for line, value, _ in found(tmp_path, text, "hub")] == [("2", "hub: 120 facts")]
    parts = found(tmp_path, text, "isolated_component")
    assert [(line, value) for line, value, _ in parts] == [("122", "3 entities: a, b, d")]


def test_what_reading_mended_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("herb\t人参,归经,脾经\n".replace(",", "\t").encode("gb18030"))
    nodes = '{"head": "herb\\t人参", "relation": "归经", "tail": "脾\\u0007经"}\n'
    (tmp_path / "b.jsonl").write_text(nodes * 2 + nodes.replace("归经", "r"), encoding="utf-8-sig")
    (tmp_path / "c.txt").write_text("人参\t脾 经\t归经\n三七\t肝经\t归经\n当归\t心经\t归经\n", encoding="utf-16")
    (tmp_path / "d.json").write_text('[{"head": }]', encoding="utf-8")
    gathered = gather([str(tmp_path)], None)
    told = [(Path(each.file).name, each.line, each.finding, each.done) for each in gathered.findings]
    assert told == [
        ("a.txt", "", "encoding", "repaired"),
        ("a.txt", "", "unreadable_file", "left out"),
        ("b.jsonl", "", "encoding", "repaired"),
        ("b.jsonl", "2", "duplicate", "left out"),
        ("b.jsonl", "1", "type_prefix", "repaired"),
        ("b.jsonl", "1", "control_characters", "repaired"),
        ("b.jsonl", "2", "control_characters", "repaired"),
        ("b.jsonl", "3", "control_characters", "repaired"),
        ("c.txt", "", "encoding", "repaired"),
        ("c.txt", "", "swapped_columns", "repaired"),
        ("c.txt", "1", "duplicate", "left out"),
        ("d.json", "", "unreadable_file", "left out"),
    ]
    values = {each.finding: each.value for each in gathered.findings if "b.jsonl" in each.file}
    assert values["encoding"] == "UTF-8 with a byte-order mark"
    assert values["type_prefix"] == "herb<TAB>name in 3 places"
    assert gathered.read == {
        str(tmp_path / name): n for name, n in (("a.txt", 0), ("b.jsonl", 2), ("c.txt", 2), ("d.json", 0))
    }


def test_every_reason_of_the_readers_has_a_heading() -> None:
    reasons = set()
    for path in [*(ROOT / "builders/graph/read").glob("*.py")]:
        parts = path.read_text(encoding="utf-8").split('Dropped("')[1:]
        reasons |= {part.split('"', 1)[0] for part in parts}
    assert len(reasons) >= 10
    assert reasons <= set(KINDS)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Content:
    """A lint of a small graph that means harm, run in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    text = (
        HEADER + "=cmd|' /C calc'!A0,r,=cmd|' /C calc'!A0,,\n<script>alert(1)</script>,r,<script>alert(1)</script>,,\n"
    )
    Path("a.csv").write_text(text + "a,r,b,,\na,r,b,,\n", encoding="utf-8")
    return run(BuildConfig(recipe="lab", triples=["a.csv"]), Steps())


def test_the_page_and_the_table(content: Content) -> None:
    assert list(lines(content)) == [
        "  1 facts, 2 names, 1 relations, 0 types; 1 parts, 2 entities in the largest",
        "  duplicate                   1  left out",
        "  self_loop                   2  left out",
    ]
    with Path("runs/lab/graph_lint.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["file", "line", "finding", "value", "suggestion", "done"]
    assert rows[1][3].startswith("'=cmd|")
    assert rows[3] == ["a.csv", "5", "duplicate", "a r b", "delete it: it stands in line 4 already", "left out"]
    page = Path("runs/lab/graph_lint.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_a_cell_of_plain_text_stays() -> None:
    assert safe_cell("a=b") == "a=b"


def test_the_sample_contradicts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    gathered = gather(["samples/graph/triples.csv"], None)
    findings, figures = check(gathered, Path("samples/graph/relations.yaml"))
    assert Counter(each.finding for each in findings) == {"near_name": 1, "isolated_component": 220}
    assert (figures.triples, figures.relations) == (834, 48)


def test_without_triples_it_is_the_users_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("papers").mkdir()
    with pytest.raises(UserError, match="lab: no triples"):
        run(BuildConfig(recipe="lab", papers=["papers"]), Steps())


def test_the_program(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + "a,r,b,,\n", encoding="utf-8")
    (tmp_path / "build.yaml").write_text("recipe: lab\ntriples: [a.csv]\n", encoding="utf-8")
    command = [sys.executable, "-m", "builders.graph.lint", "build.yaml"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, ["  nothing found"])


@pytest.mark.shared
def test_the_public_graph_of_formulas(shared: Path) -> None:
    gathered = gather([str(shared / "kg")], None)
    assert Counter(each.finding for each in gathered.findings) == {
        "self_loop": 283,
        "duplicate": 2,
        "type_prefix": 7,
        "swapped_columns": 1,
    }
    findings, figures = check(gathered, None)
    counts = Counter(each.finding for each in findings)
    assert (counts["type_conflict"], counts["spelt_differently"], counts["hub"]) == (283, 9, 1)
    assert (figures.triples, figures.components) == (5712, 35)


def test_nothing_is_found_in_an_empty_graph() -> None:
    findings, figures = check(Gathered(), None)
    assert list(findings) == []
    assert (figures.components, figures.largest) == (0, 0)


def test_a_finding_is_a_row() -> None:
    assert Finding("a.csv", "2", "hub", "a", "b", "kept")._fields == (
        "file",
        "line",
        "finding",
        "value",
        "suggestion",
        "done",
    )
