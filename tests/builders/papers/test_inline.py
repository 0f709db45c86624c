"""Markdown and typed spans become one dialect."""

from __future__ import annotations

import pytest

from builders.papers.inline import bold_opening, from_markdown, from_spans


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"\*Corresponding author: a\_b, 5\% at $p \_ { 1 }$", r"*Corresponding author: a_b, 5% at $p \_ { 1 }$"),
        ("**Abstract—Stereo** and *in vivo* use", "Abstract—Stereo and in vivo use"),
        ("see [the code](https://example.org/a_b) now", "see the code now"),
        ("a [12] and [3](not a link)", "a [12] and [3](not a link)"),
        ("![](images/../../etc/passwd)text", "text"),
        ("p*q*r and snake_case_name", "p*q*r and snake_case_name"),
        ("one  \ntwo", "one\ntwo"),
        (r"cost \$31.00 and \$5", "cost $31.00 and $5"),
    ],
)
def test_markdown_loses_its_marks_and_keeps_its_maths(markdown: str, text: str) -> None:
    assert from_markdown(markdown) == text


def test_spans_keep_maths_and_scripts_and_the_words_of_links() -> None:
    spans = [
        {"type": "text", "content": "Uptake of Ca", "styles": ["bold"]},
        {"type": "text", "content": "2+", "styles": ["bold", "superscript"]},
        {"type": "text", "content": " follows"},
        {"type": "equation_inline", "content": " k _ { 1 } "},
        {"type": "hyperlink", "url": "https://example.org", "children": [{"type": "text", "content": "here"}]},
        {"type": "text", "content": "2", "style": ["subscript"]},
        "no span",
    ]
    assert from_spans(spans) == "Uptake of Ca<sup>2+</sup> follows $k _ { 1 }$ here<sub>2</sub>"
    assert bold_opening(spans) == "Uptake of Ca<sup>2+</sup>"
