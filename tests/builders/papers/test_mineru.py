"""The four generations of MinerU's JSON, told apart by their keys; junk is counted, never lost in silence."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders.papers import PaperFile, UnreadablePaper, read_paper
from builders.papers.mineru import read_mineru
from builders.papers.raw import RawBlock

V1: list[Any] = [
    {"type": "text", "text": "Water in the Brain ", "text_level": 1, "page_idx": 0, "bbox": [100, 50, 900, 100]},
    {"type": "text", "text": "2.1 Data", "text_level": 2, "page_idx": 1, "bbox": [100, 200, 400, 220]},
    {"type": "text", "text": r"About 5\% of $x _ { 1 }$", "page_idx": 1},
    {"type": "text", "text": "", "page_idx": 1},
    {"type": "equation", "text": "$$\na = b\n$$", "text_format": "latex", "page_idx": 1},
    {"type": "image", "img_path": "../../../etc/passwd", "img_caption": ["Fig. 1. A cell."], "page_idx": 1},
    {"type": "chart", "content": "<table/>", "chart_caption": ["Figure 2: B."], "img_path": "x.jpg", "page_idx": 1},
    {
        "type": "table",
        "table_body": "<table></table>",
        "table_caption": ["Table 1"],
        "table_footnote": ["n=5"],
        "page_idx": 1,
    },
    {"type": "table", "img_path": "images/t.jpg", "page_idx": 1},
    {
        "type": "code",
        "sub_type": "algorithm",
        "code_body": "```txt\n1: a\n2: b\n```",
        "code_caption": ["Algorithm 1 A"],
        "page_idx": 1,
    },
    {"type": "list", "sub_type": "text", "list_items": ["one", "two"], "page_idx": 1},
    {"type": "list", "sub_type": "ref_text", "list_items": ["[1] A. 1999."], "page_idx": 2},
    {"type": "header", "text": "Journal", "page_idx": 2},
    {"type": "page_footnote", "text": "1 A note.", "page_idx": 2},
    {"type": "hologram", "text": "kept text", "page_idx": 2},
    "junk",
]
V1_BLOCKS = [
    RawBlock("heading", "Water in the Brain", page=1, box=(0.1, 0.05, 0.9, 0.1), level=1),
    RawBlock("heading", "2.1 Data", page=2, box=(0.1, 0.2, 0.4, 0.22), level=2),
    RawBlock("paragraph", "About 5% of $x _ { 1 }$", page=2),
    RawBlock("paragraph", "", page=2),
    RawBlock("equation", "a = b", page=2),
    RawBlock("caption", "Fig. 1. A cell.", page=2),
    RawBlock("caption", "Figure 2: B.", page=2),
    RawBlock("caption", "Table 1", page=2),
    RawBlock("table", "<table></table>", page=2),
    RawBlock("footnote", "n=5", page=2),
    RawBlock("table", "", page=2),
    RawBlock("caption", "Algorithm 1 A", page=2),
    RawBlock("code", "1: a\n2: b", page=2),
    RawBlock("list", "one\ntwo", page=2),
    RawBlock("reference", "[1] A. 1999.", page=3),
    RawBlock("furniture", "Journal", page=3),
    RawBlock("footnote", "1 A note.", page=3),
    RawBlock("paragraph", "kept text", page=3),
]


def _spans(text: str) -> list[dict[str, str]]:
    return [{"type": "text", "content": text}]


V2: list[Any] = [
    [
        {"type": "title", "content": {"title_content": _spans("Water"), "level": 1}, "bbox": [100, 50, 900, 100]},
        {"type": "page_header", "content": {"page_header_content": _spans("Journal")}},
    ],
    [
        {
            "type": "paragraph",
            "content": {"paragraph_content": [*_spans("It is "), {"type": "equation_inline", "content": "x _ 1"}]},
            "bbox": [100, 200, 400, 220],
        },
        {"type": "equation_interline", "content": {"math_content": "a = b", "math_type": "latex"}},
        {
            "type": "image",
            "content": {"image_caption": _spans("Figure 1: A."), "image_source": {"path": "/etc/passwd"}},
        },
        {
            "type": "table",
            "content": {"html": "<table></table>", "table_caption": _spans("Table 1"), "table_footnote": []},
        },
        {"type": "algorithm", "content": {"algorithm_content": _spans("1: a"), "algorithm_caption": []}},
        {
            "type": "list",
            "content": {
                "list_type": "text_list",
                "list_items": [{"item_type": "text", "item_content": _spans("one")}],
            },
        },
        {
            "type": "list",
            "content": {"list_type": "reference_list", "list_items": [{"item_content": _spans("[1] A.")}]},
        },
        {"type": "hologram", "content": {"hologram_content": _spans("kept text")}},
        {"type": "paragraph"},
    ],
]
V2_BLOCKS = [
    RawBlock("heading", "Water", page=1, box=(0.1, 0.05, 0.9, 0.1), level=1),
    RawBlock("furniture", "Journal", page=1),
    RawBlock("paragraph", "It is  $x _ 1$", page=2, box=(0.1, 0.2, 0.4, 0.22)),
    RawBlock("equation", "a = b", page=2),
    RawBlock("caption", "Figure 1: A.", page=2),
    RawBlock("caption", "Table 1", page=2),
    RawBlock("table", "<table></table>", page=2),
    RawBlock("code", "1: a", page=2),
    RawBlock("list", "one", page=2),
    RawBlock("reference", "[1] A.", page=2),
    RawBlock("paragraph", "kept text", page=2),
]
V4: dict[str, Any] = {
    "schema": "docvortex.middle",
    "metadata": {"producer": {"name": "mineru", "version": "4.0.12"}},
    "pages": [
        {
            "page_idx": 0,
            "blocks": [
                {"type": "doc_title", "level": 1, "bbox": [0.1, 0.05, 0.9, 0.1], "content": _spans("Water")},
                {
                    "type": "text",
                    "content": [
                        {"type": "text", "content": "Bold.", "styles": ["bold"]},
                        {"type": "text", "content": " Not."},
                    ],
                    "continues_prev": True,
                },
                {
                    "type": "image",
                    "content": [
                        {"type": "image_body", "content": "axis label", "image_path": "images/a.jpg"},
                        {"type": "image_caption", "content": _spans("Figure 1: A.")},
                    ],
                },
                {"type": "table", "content": [{"type": "table_body", "content": "<table></table>"}]},
                {
                    "type": "list",
                    "sub_type": "ref_text",
                    "content": [{"type": "ref_text", "content": _spans("[1] A.")}],
                },
                {"type": "hologram", "content": _spans("kept text")},
                7,
            ],
        }
    ],
}
V4_BLOCKS = [
    RawBlock("title", "Water", page=1, box=(0.1, 0.05, 0.9, 0.1), level=1),
    RawBlock("paragraph", "Bold. Not.", page=1, bold="Bold.", continues=True),
    RawBlock("caption", "Figure 1: A.", page=1),
    RawBlock("table", "<table></table>", page=1),
    RawBlock("reference", "[1] A.", page=1),
    RawBlock("paragraph", "kept text", page=1),
]
STRUCTURED: dict[str, Any] = {
    "pages": [
        {
            "blocks": [
                {"type": "paragraph_title", "level": 2, "content": "II. METHOD"},
                {"type": "text", "content": "**Abstract—It** costs \\$5."},
                {"type": "image", "content": "axis", "captions": [{"content": "Figure 1: A."}], "footnotes": []},
                {"type": "equation", "content": "", "image_source": "images/a.jpg"},
            ]
        }
    ],
}
STRUCTURED_BLOCKS = [
    RawBlock("heading", "II. METHOD", page=1, level=2),
    RawBlock("paragraph", "Abstract—It costs $5.", page=1, bold="Abstract—It"),
    RawBlock("caption", "Figure 1: A.", page=1),
    RawBlock("equation", "", page=1),
]
MIDDLE: dict[str, Any] = {
    "_version_name": "2.5.1",
    "pdf_info": [
        {
            "page_idx": 0,
            "page_size": [600, 800],
            "discarded_blocks": [{"type": "header", "lines": [{"spans": [{"content": "Journal"}]}]}],
            "para_blocks": [
                {
                    "type": "title",
                    "bbox": [60, 80, 540, 120],
                    "level": 1,
                    "lines": [{"spans": [{"content": "Water"}]}],
                },
                {
                    "type": "text",
                    "lines": [
                        {"spans": [{"type": "text", "content": "It is infor-"}]},
                        {
                            "spans": [
                                {"type": "text", "content": "mation on"},
                                {"type": "inline_equation", "content": "x"},
                            ]
                        },
                    ],
                },
                {
                    "type": "table",
                    "blocks": [
                        {"type": "table_caption", "lines": [{"spans": [{"content": "Table 1"}]}]},
                        {"type": "table_body", "lines": [{"spans": [{"type": "table", "html": "<table></table>"}]}]},
                    ],
                },
                {"type": "hologram", "lines": [{"spans": [{"content": "kept text"}]}]},
            ],
        },
        "junk",
    ],
}
MIDDLE_BLOCKS = [
    RawBlock("heading", "Water", page=1, box=(0.1, 0.1, 0.9, 0.15), level=1),
    RawBlock("paragraph", "It is infor\ufffemation on $x$", page=1),
    RawBlock("caption", "Table 1", page=1),
    RawBlock("table", "<table></table>", page=1),
    RawBlock("paragraph", "kept text", page=1),
    RawBlock("furniture", "Journal", page=1),
]


def _write(folder: Path, value: object) -> Path:
    path = folder / "x_content_list.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "blocks", "reader"),
    [
        (V1, V1_BLOCKS, "mineru content_list"),
        (V2, V2_BLOCKS, "mineru content_list_v2"),
        (V4, V4_BLOCKS, "mineru middle 4.0.12"),
        (STRUCTURED, STRUCTURED_BLOCKS, "mineru structured_content"),
        (MIDDLE, MIDDLE_BLOCKS, "mineru middle 2.5.1"),
    ],
)
def test_each_generation_gives_its_blocks(tmp_path: Path, value: object, blocks: list[RawBlock], reader: str) -> None:
    assert read_mineru(_write(tmp_path, value), Counter()) == (blocks, reader)


def _middle(*blocks: dict[str, Any], discarded: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    page = {"page_idx": 2, "page_size": [600, 800], "para_blocks": [*blocks], "discarded_blocks": [*discarded]}
    return {"pdf_info": [page]}


def _line(*contents: str, **marks: bool) -> dict[str, Any]:
    return {"spans": [{"type": "text", "content": content} for content in contents], **marks}


def test_a_list_in_middle_json_has_an_entry_a_mark_not_a_line(tmp_path: Path) -> None:
    start = {"is_list_start_line": True}
    marked = {"type": "list", "lines": [_line("1. wash it", **start), _line("twice"), _line("2. dry it", **start)]}
    unmarked = {"type": "list", "lines": [_line("a"), _line("b")]}
    nested = {"type": "list", "sub_type": "ref_text", "blocks": [{"type": "ref_text", "lines": [_line("[1] A.")]}]}
    blocks, _ = read_mineru(_write(tmp_path, _middle(marked, unmarked, nested)), Counter())
    assert [(block.kind, block.text, block.page) for block in blocks] == [
        ("list", "1. wash it twice\n2. dry it", 3),
        ("list", "a\nb", 3),
        ("reference", "[1] A.", 3),
    ]


def test_middle_json_joins_chinese_without_spaces_and_keeps_discarded_footnotes(tmp_path: Path) -> None:
    text = {"type": "text", "lines": [_line("细胞外", "间隙"), _line("很窄。")]}
    footnote = {"type": "page_footnote", "lines": [_line("1 A note.")]}
    empty = {"type": "text", "lines": [], "lines_deleted": True}
    value = _middle(text, empty, discarded=(footnote, {"type": "page_number", "lines": [_line("3")]}))
    blocks, _ = read_mineru(_write(tmp_path, value), Counter())
    assert [(block.kind, block.text) for block in blocks] == [
        ("paragraph", "细胞外间隙很窄。"),
        ("paragraph", ""),
        ("footnote", "1 A note."),
        ("furniture", "3"),
    ]


@pytest.mark.parametrize("value", [V1, V2, V4, MIDDLE])
def test_unknown_types_and_junk_are_counted(tmp_path: Path, value: object) -> None:
    counts: Counter[str] = Counter()
    read_mineru(_write(tmp_path, value), counts)
    assert counts["unknown_block_type:hologram"] == 1
    assert counts["malformed_block"] == 1


def test_what_figures_hold_and_tables_lack_is_counted(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    read_mineru(_write(tmp_path, V1), counts)
    assert (counts["figure_text"], counts["table_without_body"]) == (1, 1)


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b'[{"type": "text",\n oops}]', "not_json", "x_content_list.json: not JSON at line 2, column 2"),
        (b"\xff\xfe", "not_json", "x_content_list.json: not JSON at line 1, column 1"),
        (b'{"answer": 42}', "not_mineru", "x_content_list.json: JSON, but no MinerU output"),
        (b"[1, 2]", "not_mineru", "x_content_list.json: JSON, but no MinerU output"),
        (b"[]", "no_text", "x_content_list.json: no text in it"),
        (b'[{"type": "text", "text": " "}]', "no_text", "x_content_list.json: no text in it"),
    ],
)
def test_what_is_no_paper_names_file_place_and_remedy(
    tmp_path: Path, content: bytes, reason: str, detail: str
) -> None:
    path = tmp_path / "x_content_list.json"
    path.write_bytes(content)
    with pytest.raises(UnreadablePaper) as fault:
        read_paper(PaperFile(path, path.name, "mineru"), Counter(), tmp_path)
    assert fault.value.reason == reason
    assert fault.value.detail.startswith(detail)
    assert "run MinerU" in fault.value.detail
    assert "\n" not in fault.value.detail


def _mutations(value: Any) -> Iterator[Any]:
    """Copies of a JSON value in which one place after the other holds junk of every type."""
    for path in _places(value):
        for junk in (None, -3, "junk", [], {}, [[1]]):
            mutated = copy.deepcopy(value)
            target = mutated
            for step in path[:-1]:
                target = target[step]
            target[path[-1]] = junk
            yield mutated


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _places(inner, (*path, step))


@pytest.mark.parametrize("value", [V1, V2, V4, STRUCTURED, MIDDLE], ids=["v1", "v2", "v4", "structured", "middle"])
def test_no_junk_crashes_the_reader(tmp_path: Path, value: Any) -> None:
    read = refused = 0
    for mutated in _mutations(value):
        path = _write(tmp_path, mutated)
        try:
            read_paper(PaperFile(path, path.name, "mineru"), Counter(), tmp_path)
            read += 1
        except UnreadablePaper:
            refused += 1
    assert read > refused > 0
