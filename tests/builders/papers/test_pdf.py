"""PDFs are parsed in killable processes into a cache; a bad one is named and the others go on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builders.papers import PaperFile, UnreadablePaper, clean, find_papers, parse_pdfs, read_paper


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_a_folder_of_good_and_bad_pdfs_is_parsed_to_the_end(pdfs: Path, tmp_path: Path) -> None:
    files = find_papers(pdfs)
    outcome = {file.name: fault and fault.reason for file, fault in parse_pdfs(files, tmp_path)}
    assert outcome == {
        "cut_off.pdf": "broken_pdf",
        "encrypted.pdf": "encrypted_pdf",
        "paper.pdf": None,
        "scanned.pdf": "scanned_pdf",
    }
    first = _contents(tmp_path)
    assert len(first) == 1
    paper = files[2]
    # A second run finds it in the cache: no process could parse it in no time at all.
    assert list(parse_pdfs([paper], tmp_path, timeout_s=0)) == [(paper, None)]
    assert _contents(tmp_path) == first
    document, counts = clean(read_paper(paper, Counter(), tmp_path))
    assert (document.title, document.language, document.path) == (
        "Channels Between the Cells of the Brain",
        "en",
        "paper.pdf",
    )
    assert document.id == f"sha:{paper.sha256()[:16]}"
    assert document.reader.startswith("docvortex ")
    assert [(block.text, block.level, block.page) for block in document.blocks if block.kind == "heading"] == [
        ("Abstract", 1, 1),
        ("1 Introduction", 1, 1),
        ("2 Methods", 1, 1),
        ("2.1 Measuring diffusion", 2, 1),
    ]
    assert all(block.box and block.page for block in document.blocks)
    assert "Nobody" not in document.text
    assert "example.org" not in document.text
    assert counts == {"dropped_furniture": 6, "dropped_reference": 3}
    assert list(parse_pdfs([paper], tmp_path / "again")) == [(paper, None)]
    assert list(_contents(tmp_path / "again").values()) == list(first.values())


def test_a_parse_that_takes_too_long_is_killed_and_named(pdfs: Path, tmp_path: Path) -> None:
    paper = PaperFile(pdfs / "paper.pdf", "paper.pdf", "pdf")
    [(_, fault)] = parse_pdfs([paper], tmp_path, timeout_s=0)
    assert fault is not None
    assert fault.reason == "broken_pdf"
    assert (
        "paper.pdf: docvortex: not done after 0 s; pypdfium2: not done after 0 s; raise the time limit" in fault.detail
    )
    assert _contents(tmp_path) == {}
    with pytest.raises(UnreadablePaper) as raised:
        read_paper(PaperFile(pdfs / "cut_off.pdf", "cut_off.pdf", "pdf"), Counter(), tmp_path)
    assert raised.value.reason == "broken_pdf"


def test_a_file_that_the_system_refuses_is_named(tmp_path: Path) -> None:
    folder = PaperFile(tmp_path, "folder.pdf", "pdf")
    [(_, fault)] = parse_pdfs([folder], tmp_path / "cache")
    assert str(fault) == "unreadable_file: folder.pdf: Is a directory; check that the file can be read"
    with pytest.raises(UnreadablePaper, match=r"gone\.md: No such file or directory"):
        read_paper(PaperFile(tmp_path / "gone.md", "gone.md", "markdown"), Counter(), tmp_path)


def test_no_files_start_no_process(tmp_path: Path) -> None:
    assert list(parse_pdfs([], tmp_path)) == []
