"""Glued headings, glued columns and prose taken for maths are mended from the page's lines."""

from __future__ import annotations

from typing import Any

from builders.papers.pdf_lines import Line
from builders.papers.pdf_mend import mend_block
from builders.types import Box


def _line(text: str, box: Box, size: float = 10.0) -> Line:
    return Line(text, box, size, False)


def _spans(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "text", "content": text} for text in texts]


def _texts(blocks: list[dict[str, Any]]) -> list[tuple[str, str, list[float]]]:
    return [(block["type"], "".join(span["content"] for span in block["content"]), block["bbox"]) for block in blocks]


def test_a_heading_is_split_where_the_type_size_changes() -> None:
    block = {
        "type": "paragraph_title",
        "bbox": [0.1, 0.1, 0.5, 0.14],
        "level": 2,
        "content": _spans("A Tuning and more B", ".1 Run."),
    }
    lines = [
        _line("A Tuning and more", (0.1, 0.1, 0.4, 0.115), 12.0),
        _line("B.1 Run.", (0.1, 0.12, 0.2, 0.135), 11.0),
    ]
    assert _texts(mend_block(block, [block], lines)) == [
        ("paragraph_title", "A Tuning and more", [0.1, 0.1, 0.4, 0.115]),
        ("paragraph_title", "B.1 Run.", [0.1, 0.12, 0.2, 0.135]),
    ]
    even = [line._replace(size=12.0) for line in lines]
    assert mend_block(block, [block], even) == [block]


def test_text_glued_over_two_columns_is_split() -> None:
    block = {
        "type": "text",
        "bbox": [0.1, 0.1, 0.9, 0.8],
        "content": _spans("The end of a reference. Models are ", "tuned."),
    }
    other = {"type": "text", "bbox": [0.1, 0.2, 0.48, 0.9], "content": _spans("Another reference.")}
    lines = [
        _line("The end of a reference.", (0.1, 0.1, 0.45, 0.12)),
        _line("Another reference.", (0.1, 0.25, 0.45, 0.27)),
        _line("Models are tuned.", (0.52, 0.7, 0.88, 0.72)),
    ]
    assert _texts(mend_block(block, [block, other], lines)) == [
        ("text", "The end of a reference.", [0.1, 0.1, 0.45, 0.12]),
        ("text", "Models are tuned.", [0.52, 0.7, 0.88, 0.72]),
    ]
    across = [*lines, _line("a line over both columns", (0.1, 0.15, 0.88, 0.17))]
    assert mend_block(block, [block, other], across) == [block]


def test_a_caption_glued_to_the_text_below_is_split() -> None:
    caption = {
        "type": "table_caption",
        "bbox": [0.1, 0.3, 0.48, 0.4],
        "content": _spans("Table 2: Results To evaluate it we ran it."),
    }
    block = {
        "type": "table",
        "bbox": [0.1, 0.2, 0.48, 0.3],
        "content": [{"type": "table_body", "content": "x"}, caption],
    }
    lines = [
        _line("Table 2: Results", (0.1, 0.3, 0.4, 0.315), 9.0),
        _line("To evaluate it", (0.1, 0.33, 0.4, 0.345), 11.0),
        _line("we ran it.", (0.1, 0.35, 0.4, 0.365), 11.0),
    ]
    table, text = mend_block(block, [block], lines)
    assert [child["type"] for child in table["content"]] == ["table_body", "table_caption"]
    assert _texts([table["content"][1], text]) == [
        ("table_caption", "Table 2: Results", [0.1, 0.3, 0.4, 0.315]),
        ("text", "To evaluate it we ran it.", [0.1, 0.33, 0.4, 0.365]),
    ]


def test_prose_taken_for_maths_is_recovered_and_maths_is_not() -> None:
    block = {"type": "equation", "bbox": [0.1, 0.1, 0.5, 0.12], "content": ""}
    prose = [_line("Question: the example here", (0.1, 0.1, 0.5, 0.12))]
    maths = [_line("ef(xi −)T f(x)/τ!# ,", (0.1, 0.1, 0.5, 0.12))]
    assert mend_block(block, [block], prose) == [{**block, "recovered_text": "Question: the example here"}]
    assert mend_block(block, [block], maths) == [block]


def test_a_split_that_does_not_fit_the_text_is_not_made() -> None:
    block = {
        "type": "paragraph_title",
        "bbox": [0.1, 0.1, 0.5, 0.14],
        "content": _spans("Quite other words than those"),
    }
    lines = [
        _line("A Tuning and more", (0.1, 0.1, 0.4, 0.115), 12.0),
        _line("B.1 Run.", (0.1, 0.12, 0.2, 0.135), 11.0),
    ]
    assert mend_block(block, [block], lines) == [block]
