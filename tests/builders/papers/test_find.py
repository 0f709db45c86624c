"""Each paper once, by its richest source, in a fixed order."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from builders.papers import UnreadablePaper
from builders.papers.find import find_papers
from tests.builders.papers.test_archive import make_zip


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def _found(folder: Path) -> list[tuple[str, str]]:
    return [(paper.name, paper.kind) for paper in find_papers(folder)]


def test_a_mineru_output_folder_is_one_paper_read_from_its_json(tmp_path: Path) -> None:
    _touch(tmp_path, *(f"li/auto/li{end}" for end in ("_content_list.json", "_middle.json", "_model.json", ".md")))
    _touch(tmp_path, "li/auto/li_origin.pdf", "li/auto/li_layout.pdf", "li/auto/images/a.jpg")
    assert _found(tmp_path) == [("li/auto/li_content_list.json", "mineru")]


def test_the_web_api_names_its_files_by_uuid(tmp_path: Path) -> None:
    uuid = "de81d1ce-f6f8"
    _touch(tmp_path, f"wang/{uuid}_content_list.json", f"wang/{uuid}_content_list_v2.json", "wang/layout.json")
    _touch(tmp_path, "wang/full.md", f"wang/{uuid}_origin.pdf")
    assert _found(tmp_path) == [(f"wang/{uuid}_content_list_v2.json", "mineru")]


def test_the_pdf_that_an_output_was_made_from_is_the_same_paper(tmp_path: Path) -> None:
    _touch(
        tmp_path, "li.pdf", "out/li/hybrid_auto/li_content_list.json", "zhao.pdf", "out/zhao/structured_content.json"
    )
    assert _found(tmp_path) == [
        ("out/li/hybrid_auto/li_content_list.json", "mineru"),
        ("out/zhao/structured_content.json", "mineru"),
    ]


def test_several_outputs_in_one_folder_stay_apart(tmp_path: Path) -> None:
    _touch(tmp_path, "a_content_list.json", "a.md", "b_content_list.json", "b.md", "c.md")
    assert _found(tmp_path) == [
        ("a_content_list.json", "mineru"),
        ("b_content_list.json", "mineru"),
        ("c.md", "markdown"),
    ]


def test_a_pdf_is_preferred_to_markdown_of_its_name_and_all_else_is_its_own_paper(tmp_path: Path) -> None:
    _touch(tmp_path, "b.pdf", "b.md", "sub/b.md", "A.PDF", "README.md", "notes.txt", "data.json", ".hidden/c.pdf")
    assert _found(tmp_path) == [("A.PDF", "pdf"), ("b.pdf", "pdf"), ("sub/b.md", "markdown")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    _touch(tmp_path, "outside/secret.pdf", "papers/own.pdf")
    (tmp_path / "papers" / "leak.pdf").symlink_to(tmp_path / "outside" / "secret.pdf")
    assert _found(tmp_path / "papers") == [("own.pdf", "pdf")]


def test_an_empty_folder_holds_no_paper(tmp_path: Path) -> None:
    assert find_papers(tmp_path) == []


def test_a_paper_is_named_by_the_hash_of_its_file(tmp_path: Path) -> None:
    _touch(tmp_path, "a.md")
    assert find_papers(tmp_path)[0].sha256() == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


def test_backends_of_one_paper_are_one_paper_and_the_better_one_is_read(tmp_path: Path) -> None:
    _touch(tmp_path, *(f"li/{method}/li_content_list.json" for method in ("auto", "vlm", "hybrid_auto")))
    _touch(tmp_path, "wu/auto/wu_middle.json", "wu/vlm/wu_content_list.json")
    assert _found(tmp_path) == [
        ("li/hybrid_auto/li_content_list.json", "mineru"),
        ("wu/vlm/wu_content_list.json", "mineru"),
    ]


def test_a_middle_json_of_any_name_is_known_by_how_it_begins(tmp_path: Path) -> None:
    _touch(tmp_path, "li.pdf", "data.json")
    for name in ("li.json", "zhao.json", "li_model.json"):
        (tmp_path / name).write_text('{"metadata": {"producer": {"name": "mineru"}}, "pages": []}', encoding="utf-8")
    assert _found(tmp_path) == [("li.json", "mineru"), ("zhao.json", "mineru")]


def test_a_zip_is_a_paper_by_its_richest_member(tmp_path: Path) -> None:
    make_zip(tmp_path / "li.zip", dict.fromkeys(("markdown.md", "structured_content.json", "middle_json.json"), b"{}"))
    uuid = ("u_content_list.json", "u_content_list_v2.json", "layout.json", "full.md", "u_origin.pdf")
    (tmp_path / "api").mkdir()
    make_zip(tmp_path / "api" / "wang.zip", dict.fromkeys(uuid, b"[]"))
    _touch(tmp_path, "li.pdf", "wang.pdf", "wang.md", "zhao.pdf")
    files = find_papers(tmp_path)
    assert [(file.name, file.kind, file.member) for file in files] == [
        ("api/wang.zip/u_content_list_v2.json", "mineru", "u_content_list_v2.json"),
        ("li.zip/middle_json.json", "mineru", "middle_json.json"),
        ("zhao.pdf", "pdf", None),
    ]
    assert files[0].path == tmp_path / "api" / "wang.zip"
    assert files[1].read() == b"{}"
    assert files[1].sha256() == hashlib.sha256(b"{}").hexdigest()


def test_a_zip_of_many_outputs_is_many_papers(tmp_path: Path) -> None:
    names = [f"out/{stem}/auto/{stem}_content_list.json" for stem in ("li", "wang")]
    make_zip(tmp_path / "all.zip", dict.fromkeys(names, b"[]"))
    _touch(tmp_path, "li.pdf", "zhao.pdf")
    assert _found(tmp_path) == [*((f"all.zip/{name}", "mineru") for name in names), ("zhao.pdf", "pdf")]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"supplement.csv": b"1,2"}, "no_paper_in_zip"),
        ({"../li_content_list.json": b"[]"}, "unsafe_zip"),
        (None, "broken_zip"),
    ],
)
def test_a_zip_without_a_paper_says_why_and_hides_none(
    tmp_path: Path, files: dict[str, bytes] | None, reason: str
) -> None:
    _touch(tmp_path, "li.zip", "li.pdf")
    if files:
        make_zip(tmp_path / "li.zip", files)
    assert _found(tmp_path) == [("li.pdf", "pdf"), ("li.zip", "mineru")]
    with pytest.raises(UnreadablePaper) as raised:
        find_papers(tmp_path)[1].read()
    assert raised.value.reason == reason
