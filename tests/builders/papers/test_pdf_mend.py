"""Glued headings, glued columns, glued captions and prose taken for maths are mended from the page's lines."""

from __future__ import annotations

from typing import Any

from builders.papers.pdf_lines import Line
from builders.papers.pdf_mend import mend_page
from builders.papers.pdf_page import page_of
from builders.types import Box


def _line(text: str, box: Box, size: float = 10.0) -> Line:
    return Line(text, box, size, False)


def _mend(blocks: list[dict[str, Any]], lines: list[Line]) -> list[dict[str, Any]]:
    return mend_page(blocks, lines, page_of(lines, 595.0, 10.0, 0.015))


def _spans(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "text", "content": text} for text in texts]


def _texts(blocks: list[dict[str, Any]]) -> list[tuple[str, str, list[float]]]:
    return [(block["type"], "".join(span["content"] for span in block["content"]), block["bbox"]) for block in blocks]


def test_a_heading_is_split_where_the_type_size_changes() -> None:
    block = {
        "type": "paragraph_title",
        "bbox": [0.1, 0.1, 0.5, 0.14],
        "level": 2,
        "content": _spans("A Tuning and more B", ".1 Run"),
    }
    lines = [
        _line("A Tuning and more", (0.1, 0.1, 0.4, 0.115), 12.0),
        _line("B.1 Run", (0.1, 0.12, 0.2, 0.135), 11.0),
    ]
    assert _texts(_mend([block], lines)) == [
        ("paragraph_title", "A Tuning and more", [0.1, 0.1, 0.4, 0.115]),
        ("paragraph_title", "B.1 Run", [0.1, 0.12, 0.2, 0.135]),
    ]


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
    assert _texts(_mend([block, other], lines)) == [
        ("text", "The end of a reference.", [0.1, 0.1, 0.45, 0.12]),
        ("text", "Models are tuned.", [0.52, 0.7, 0.88, 0.72]),
        ("text", "Another reference.", [0.1, 0.25, 0.45, 0.27]),
    ]


def test_rows_of_a_list_beside_an_appendix_are_read_as_columns() -> None:
    """Three blocks, each a row of both columns; the right column is one paragraph."""
    left = ("[7] A first entry of the list.", "[8] A second entry of it.", "[9] The third one.")
    right = ("Many molecules are as\ufffe", "sociated with disease and", "found in the blood")
    lines, blocks = [], []
    for row, (entry, text) in enumerate(zip(left, right, strict=True)):
        top = 0.1 + 0.02 * row
        lines += [_line(entry, (0.1, top, 0.45, top + 0.012)), _line(text, (0.52, top, 0.88, top + 0.012))]
        glued = f"{entry} {text.removesuffix(chr(0xFFFE))}"
        blocks.append({"type": "text", "bbox": [0.1, top, 0.88, top + 0.012], "content": _spans(glued)})
    assert [text for _, text, _ in _texts(_mend(blocks, lines))][-1] == (
        "Many molecules are as\ufffesociated with disease and found in the blood"
    )


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
    table, text = _mend([block], lines)
    assert [child["type"] for child in table["content"]] == ["table_body", "table_caption"]
    assert _texts([table["content"][1], text]) == [
        ("table_caption", "Table 2: Results", [0.1, 0.3, 0.4, 0.315]),
        ("text", "To evaluate it we ran it.", [0.1, 0.33, 0.4, 0.365]),
    ]


def test_a_caption_glued_to_references_of_its_own_size_is_split_at_the_gap() -> None:
    caption = {
        "type": "image_caption",
        "bbox": [0.1, 0.3, 0.48, 0.4],
        "content": _spans("Figure 2: Course of the response. J Bench Meas. 2022;53:700. 3. Sette A."),
    }
    block = {"type": "image", "bbox": [0.1, 0.2, 0.48, 0.3], "content": [caption]}
    lines = [
        _line("Figure 2: Course of", (0.1, 0.3, 0.4, 0.312), 8.0),
        _line("the response.", (0.1, 0.314, 0.4, 0.326), 8.0),
        _line("J Bench Meas. 2022;53:700.", (0.1, 0.341, 0.4, 0.353), 8.0),
        _line("3. Sette A.", (0.1, 0.355, 0.4, 0.367), 8.0),
    ]
    image, text = _mend([block], lines)
    assert _texts([image["content"][0], text]) == [
        ("image_caption", "Figure 2: Course of the response.", [0.1, 0.3, 0.4, 0.326]),
        ("text", "J Bench Meas. 2022;53:700. 3. Sette A.", [0.1, 0.341, 0.4, 0.367]),
    ]
    even = [line._replace(box=(0.1, 0.3 + 0.014 * at, 0.4, 0.312 + 0.014 * at)) for at, line in enumerate(lines)]
    assert len(_mend([block], even)) == 1


def test_prose_taken_for_maths_is_recovered_and_maths_is_not() -> None:
    block = {"type": "equation", "bbox": [0.1, 0.1, 0.5, 0.12], "content": ""}
    prose = [_line("Question: the example here", (0.1, 0.1, 0.5, 0.12))]
    maths = [_line("ef(xi −)T f(x)/τ!# ,", (0.1, 0.1, 0.5, 0.12))]
    assert _mend([block], prose) == [{**block, "recovered_text": "Question: the example here"}]
    assert _mend([block], maths) == [block]


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
    assert _mend([block], lines) == [block]
