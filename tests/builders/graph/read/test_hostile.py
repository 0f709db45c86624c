"""Files that mean harm, or look like it: each gives a clear complaint or is read, in seconds and little memory."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from builders.errors import UserError
from builders.graph.read import excel, read_triples
from builders.types import Triple

SECONDS = 10.0

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol">{entities}]>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="&j;"/></graph></graphml>
""".format(entities="".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)))
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>'
HEADER = "head,relation,tail\n"


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def workbook(**parts: bytes) -> bytes:
    """A workbook of one sheet, with some of its parts replaced or added."""
    whole = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["head", "relation", "tail"])
    book.active.append(["a", "r", "b"])
    book.save(whole)
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        replaced = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
        for member in source.namelist():
            target.writestr(member, replaced.pop(member, source.read(member)))
        for name, content in replaced.items():
            target.writestr(name, content)
    return made.getvalue()


def sheet(rows: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.graphml", BOMB.encode(), "declares a document type or XML entities"),
        ("a.csv", BOMB.encode("utf-16"), "declares a document type or XML entities"),
        ("a.graphml", OUTSIDE.encode(), "declares a document type or XML entities"),
        ("a.graphml", b"<graphml>" * 100_000, "no readable GraphML"),
        ("a.graphml", b"<?xml version='1.0'?><graphml", "no readable GraphML"),
        ("a.xlsx", b"PK\x03\x04 and nothing else", "no readable workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 old", "an Excel file of before 2007"),
        ("a.xlsx", b"head,relation\n", "no xlsx file in spite of its ending"),
        ("a.xlsx", workbook(xl__worksheets__sheet1_dot_xml=BOMB.encode()), "declares XML entities"),
        ("a.xlsx", workbook(xl__worksheets__sheet1_dot_xml=BOMB.encode("utf-16")), "declares XML entities"),
        ("a.xlsx", workbook(xl__workbook_dot_xml=b"<a/>"), "no sheet with cells"),
        ("a.xlsx", workbook(xl__worksheets__sheet1_dot_xml=sheet('<row r="99999999999999"/>')), "a row beyond"),
        ("a.json", b'{"a":' * 100_000, None),
        ("a.json", b'[{"head": ' + b"[" * 100_000, "not JSON"),
        ("a.ttl", b"@prefix e: <http://e.org/> .\ne:a e:b " + b"[ e:c " * 100_000, "no Turtle"),
        ("a.ttl", b"@prefix e: <http://e.org/> .\ne:a e:b (" + b"(" * 100_000, "no Turtle"),
        ("a.ttl", b'@prefix e: <http://e.org/> .\ne:a e:b "unclosed', "a.ttl:2: no Turtle"),
        ("a.ttl", b"e:a e:b e:c .", "a.ttl:1: no Turtle"),
    ],
)
def test_it_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, complaint: str | None) -> None:
    (tmp_path / name).write_bytes(content)
    if complaint is None:
        assert [item.reason for item in read_triples(tmp_path / name)[1]] == ["not_an_object"]
        return
    with pytest.raises(UserError, match=complaint) as error:
        read_triples(tmp_path / name)
    assert "\n" not in str(error.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(xl__media__big_dot_xml=b" " * 40_000_000))
    assert path.stat().st_size < 100_000
    assert read_triples(path)[0] == [Triple("a", "r", "b")]
    monkeypatch.setattr(excel, "LARGEST", 30_000_000)
    with pytest.raises(UserError, match=r"a\.xlsx: 40,0\d\d,\d+ bytes unpacked in \d+ parts, more than 30,000,000"):
        read_triples(path)


def test_a_sheet_that_claims_to_be_endless_is_read(tmp_path: Path) -> None:
    rows = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>').replace(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    (tmp_path / "a.xlsx").write_bytes(workbook(xl__worksheets__sheet1_dot_xml=rows))
    with pytest.raises(UserError, match="1 columns and no header"):
        read_triples(tmp_path / "a.xlsx")


def test_formulas_stay_text(tmp_path: Path) -> None:
    text = HEADER + "=cmd|' /C calc'!A0,r,+b\n@SUM(1),r,-c\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert read_triples(tmp_path / "a.csv") == (
        [Triple("=cmd|' /C calc'!A0", "r", "+b"), Triple("@SUM(1)", "r", "-c")],
        [],
    )


def test_names_without_letters_or_without_end(tmp_path: Path) -> None:
    names = ["", " ", "\u200b", "\x00", "\x1b[31m", "x" * 10_000, "\u3000", "\ufeff"]
    objects = [{"head": name, "relation": "r", "tail": f"b{number}"} for number, name in enumerate(names)]
    (tmp_path / "a.json").write_text(json.dumps(objects), encoding="utf-8")
    triples, dropped = read_triples(tmp_path / "a.json")
    assert triples == [Triple("[31m", "r", "b4")]
    assert Counter(item.reason for item in dropped) == {"empty_name": 6, "name_too_long": 1}
    assert max(len(item.detail) for item in dropped) < 100


@pytest.mark.parametrize("text", ["a\t" * 300_000, '"' * 300_000, "a,b\n" * 200_000, "<" * 300_000, "{" * 300_000])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.nt", "a.ttl", "a.jsonl"])
def test_long_nonsense_ends(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    said = outcome(tmp_path / name)
    assert "\n" not in said
    assert len(said) < 500


def outcome(path: Path) -> str:
    """What reading a file without a triple says; nothing where it merely leaves everything out."""
    try:
        triples, _ = read_triples(path)
    except UserError as error:
        return str(error)
    assert triples == []
    return ""
