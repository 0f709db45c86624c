from __future__ import annotations

import pytest

from builders.mine.abstract import Wordings, parts, samples
from builders.types import Block, Document

ENGLISH = (
    "Purpose: To say what the space is. It is short. Methods: We read textbooks. "
    "Results: About one fifth of the brain. Conclusions: It matters."
)
CHINESE = "【目的】说明间隙。【方法】阅读教材。【结果】约占五分之一。【结论】它很重要。"


def document(text: str, language: str = "en", heading: str = "Abstract") -> Document:
    blocks = (
        Block("title", "A paper", 1),
        Block("heading", heading, 1, level=1, section=(heading,)),
        Block("paragraph", text, 1, (0, 0, 1, 0.5), section=(heading,)),
        Block("paragraph", "Methods: this is not the abstract.", 2, section=("1 Introduction",)),
    )
    return Document("sha:1", "v", "A paper", language, "a.pdf", "test", blocks)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ENGLISH,
            [
                "To say what the space is. It is short.",
                "We read textbooks.",
                "About one fifth of the brain.",
                "It matters.",
            ],
        ),
        ("**Purpose:** A. **Methods:** B. **Results:** C. **Conclusion:** D.", ["A.", "B.", "C.", "D."]),
        (CHINESE, ["说明间隙。", "阅读教材。", "约占五分之一。", "它很重要。"]),
        ("目的：甲。方法：乙。结果：丙。结论：丁。", ["甲。", "乙。", "丙。", "丁。"]),
    ],
)
def test_parts_are_found_by_their_labels(text: str, expected: list[str]) -> None:
    paper = document(text)
    found = parts(paper)
    assert [part.text for part in found] == expected
    assert [part.name for part in found] == ["purpose", "method", "result", "conclusion"]
    assert [paper.text[part.source.start : part.source.end] for part in found] == expected
    assert {part.source.page for part in found} == {1}


def test_a_label_within_a_sentence_is_none() -> None:
    assert parts(document("We describe methods: many. And the conclusion is short.")) == []


def test_without_labels_there_is_nothing() -> None:
    assert list(samples(document("A plain abstract."), Wordings.load(), seed=1)) == []


def test_one_question_a_part_and_one_dialogue() -> None:
    made = list(samples(document(CHINESE, "zh", "摘要"), Wordings.load(), seed=1))
    assert [sample.task for sample in made] == [
        "abstract.purpose", "abstract.method", "abstract.result", "abstract.conclusion", "abstract.dialogue",
    ]  # fmt: skip
    assert len(made[4].messages) == 8
    assert "A paper" in made[4].messages[0].content
    assert "A paper" not in made[4].messages[2].content
    assert made == list(samples(document(CHINESE, "zh", "摘要"), Wordings.load(), seed=1))
