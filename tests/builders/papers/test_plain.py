"""PDFium's lines give paragraphs, headings and running heads where docvortex is absent."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builders.papers import PaperFile, UnreadablePaper
from builders.papers.assemble import assemble
from builders.papers.pdf_lines import Line
from builders.papers.pdf_worker import parse_lines
from builders.papers.plain import join_lines, read_lines


def test_the_plain_fallback_reads_a_two_column_paper(pdfs: Path) -> None:
    blocks = read_lines(parse_lines(str(pdfs / "paper.pdf"))["pages"])
    document = assemble(PaperFile(pdfs / "paper.pdf", "paper.pdf", "pdf"), blocks, "lines", Counter())
    assert document.title == "Channels Between the Cells of the Brain"
    assert [(block.text, block.level) for block in document.blocks if block.kind == "heading"] == [
        ("Abstract", 1),
        ("1 Introduction", 1),
        ("2 Methods", 1),
        ("2.1 Measuring diffusion", 2),
    ]
    assert [block.text[:15] for block in document.blocks if block.kind == "paragraph"] == [
        "Purpose: to tes",
        *["Here begins one", "Here begins two"] * 3,
    ]
    assert Counter(block.kind for block in document.blocks) == {
        "title": 1, "heading": 4, "paragraph": 7, "furniture": 5, "reference": 3
    }  # fmt: skip
    listed = [block.text for block in document.blocks if block.kind in ("furniture", "reference")]
    assert any("Nobody" in text for text in listed)
    assert any("example.org" in text for text in listed)


@pytest.mark.parametrize(
    ("name", "reason", "remedy"),
    [
        ("encrypted.pdf", "encrypted_pdf", "save a copy without the password"),
        ("cut_off.pdf", "broken_pdf", "download it again"),
        ("scanned.pdf", "scanned_pdf", "let MinerU read it (`make setup-mineru`"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why_and_what_to_do(pdfs: Path, name: str, reason: str, remedy: str) -> None:
    with pytest.raises(UnreadablePaper) as fault:
        parse_lines(str(pdfs / name))
    assert fault.value.reason == reason
    assert fault.value.detail.startswith(f"{name}: ")
    assert remedy in fault.value.detail


def _line(text: str, top: float, left: float = 0.1, size: float = 10.0) -> Line:
    return Line(text, (left, top, left + 0.38, top + 0.012), size, False)


def test_lines_of_one_column_make_a_paragraph_and_a_gap_or_column_ends_it() -> None:
    page = [
        _line("One,", 0.2),
        _line("two.", 0.214),
        _line("After a gap.", 0.26),
        _line("Next column.", 0.2, left=0.52),
    ]
    assert [(block.kind, block.text) for block in read_lines([page])] == [
        ("paragraph", "One, two."),
        ("paragraph", "After a gap."),
        ("paragraph", "Next column."),
    ]


def test_running_heads_are_furniture_by_coming_back() -> None:
    pages = [
        [_line(f"Journal {number}", 0.02), _line(f"Text {'abc'[number]}.", 0.3), _line(str(number), 0.95)]
        for number in range(3)
    ]
    kinds = [(block.kind, block.text) for block in read_lines(pages)]
    assert [text for kind, text in kinds if kind == "paragraph"] == ["Text a.", "Text b.", "Text c."]
    assert sum(kind == "furniture" for kind, _ in kinds) == 6


def test_no_pages_give_no_blocks() -> None:
    assert read_lines([]) == []
    assert read_lines([[]]) == []


def test_lines_are_joined_by_hyphen_and_script() -> None:
    assert join_lines(["infor\ufffe", "mation of the", "brain"]) == "infor\ufffemation of the brain"
    assert join_lines(["细胞外", "间隙ECS", "is"]) == "细胞外间隙ECS is"
    assert join_lines([]) == ""
