"""Spaced LaTeX is tidied; maths that is none becomes text."""

from __future__ import annotations

import pytest

from builders.papers.latex import plain, tidy, tidy_inline


@pytest.mark.parametrize(
    ("latex", "tidied"),
    [
        (r"\mathrm { h a r m } _ { 1 }", r"\mathrm{harm}_{1}"),
        (r"\alpha x + \beta", r"\alpha x+\beta"),
        (r"\text { i f } x", r"\text{if}x"),
        (r"\text{if the cell} ~ x", r"\text{if the cell}~x"),
        (r"a \! + \! b", "a+b"),
        (r"x \, \% \ y", r"x\,\%\ y"),
        ("", ""),
    ],
)
def test_tidy_drops_the_spaces_between_symbols(latex: str, tidied: str) -> None:
    assert tidy(latex) == tidied


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"75\%", "75%"),
        ("@", "@"),
        (r"\pm5", "±5"),
        (r"\sim20", "~20"),
        ("[1,0]", "[1,0]"),
        ("x", None),
        (r"\alpha", None),
    ],
)
def test_plain_is_for_what_is_no_maths(latex: str, text: str | None) -> None:
    assert plain(latex) == text


def test_two_prices_are_no_maths() -> None:
    assert tidy_inline("from $4.4 billion to $13.8 billion") == ("from $4.4 billion to $13.8 billion", 0)
