"""Captions are typed; the labels and numbers that a figure lost are furniture."""

from __future__ import annotations

from collections import Counter

import pytest

from builders.papers.floats import is_caption, mark_floats
from builders.papers.raw import RawBlock


@pytest.mark.parametrize(
    "text",
    [
        "Table 3: Accuracy.",
        "Fig. 2. A cell.",
        "Figure S1 | Flow",
        "TABLE IV. Doses",
        "表1 参数",
        "图 2-1：结构",
        "Algorithm 1: Sort",
    ],
)
def test_captions(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize("text", ["Table 3 shows the accuracy.", "Figure 2 and 3", "表1列出参数", "图像显示"])
def test_sentences_about_figures_are_no_captions(text: str) -> None:
    assert not is_caption(text)


def test_loose_labels_beside_a_caption_and_rows_of_numbers_are_furniture() -> None:
    row = "Judge Accuracy 73.8% 95.5% 75.3% 71.6%"
    texts = ["Model Scale", "BeLLM 7B", "Table 4: The results.", row, "A sentence stays.", "A lone label"]
    counts: Counter[str] = Counter()
    marked = mark_floats([RawBlock("paragraph", text, page=1) for text in texts], counts)
    assert [block.kind for block in marked] == [
        "furniture",
        "furniture",
        "caption",
        "furniture",
        "paragraph",
        "paragraph",
    ]
    assert counts == {"figure_text": 3}
