"""Each paper once, by its richest source, in a fixed order."""

from __future__ import annotations

from pathlib import Path

from builders.papers.find import find_papers


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
