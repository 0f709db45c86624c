"""A megabyte of one character, or of one opening without its end: every step stays linear."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection

import pytest

from builders.papers.broken import BrokenWords
from builders.papers.clean import CleanConfig, clean
from builders.papers.hyphens import Hyphens
from builders.papers.language import language_of, paragraph_language
from builders.papers.latex import tidy
from builders.papers.lexicon import EMPTY
from builders.papers.lexicon.count import tokens
from builders.papers.quality import QualityConfig, fault
from builders.papers.remove import citations, contacts, line_fault
from builders.papers.repair import glyphs, markup, repair
from builders.papers.repair.drop_caps import drop_caps
from builders.papers.tables import table_text
from builders.types import Block, Document

_SIZE, _SECONDS = 50_000, 2.0
_LARGE, _SECONDS_LARGE = 1_000_000, 8.0
"""All of cleaning takes well under a second a megabyte and block; a quadratic step takes minutes."""
PATTERNS = (
    *"aA \n-1.$\\<&@|#脑þﬁ²和\t\u3000\u00ad\ufffe\x02\u200b\uf06d",
    *("a-", "$a", "\\alpha ", "\\text{", "<b ", "<table", "<td>", "</", "<details", "<sub>", "&#", "&a", "![", "![]("),
    *("data:image/", "[1,", "(A et al., 2019; ", "a@", "a.", "{a,", "tel 1 ", "a\ufffe", "\u00ad ", "¼ ", "Z0", "Ã©"),
    *("â€", "脑 ", "， ", "１．", "a²,", "© ", "T ", "!--<", "...", "a- ", "e\u0301", "<!--", "<![", "| a ", "(at)"),
)


def _clean(text: str, kind: str = "paragraph") -> object:
    blocks = (
        Block("paragraph" if kind == "paragraph" else "table", text),
        Block("heading", "1 A"),
        Block("list", text),
    )
    document = Document("sha:0", "0", text[:100], "en", "a.md", "markdown", blocks)
    return clean(document, EMPTY, CleanConfig(citations="remove"))


STEPS: dict[str, Callable[[str], object]] = {
    "repair": lambda text: repair(text, Counter(), (), True),
    "markup": lambda text: markup.figure_text(f"<details{text}</details>{text}"),
    "glyphs": lambda text: (glyphs.is_advp([text]), glyphs.damage(text)),
    "hyphens": lambda text: BrokenWords(Hyphens(Counter(tokens(text)), EMPTY)).join(text),
    "drop_caps": lambda text: drop_caps([Block("heading", "1"), Block("paragraph", text)], len),
    "latex": tidy,
    "remove": lambda text: (line_fault(text), contacts(f"{text} a@b tel 1"), citations(text)),
    "quality": lambda text: fault(text, QualityConfig()),
    "language": lambda text: (paragraph_language(text, "en"), paragraph_language(text, "zh")),
    "document_language": language_of,
    "table": lambda text: table_text(text, str),
    "html_table": lambda text: table_text(f"<table><tr><td>{text}", str),
    "clean": _clean,
    "clean_table": lambda text: _clean(text, "table"),
}


def _slow(pattern: str, size: int, steps: Collection[str], limit: float) -> dict[str, float]:
    """The steps that take longer than they may for a text of the pattern."""
    text = pattern * (size // len(pattern))
    slow = {}
    for name in steps:
        started = time.process_time()
        STEPS[name](text)
        if (seconds := time.process_time() - started) > limit:
            slow[name] = seconds
    return slow


@pytest.mark.parametrize("pattern", PATTERNS)
def test_cleaning_is_linear(pattern: str) -> None:
    assert _slow(pattern, _SIZE, ("clean", "latex"), _SECONDS) == {}


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_step_takes_seconds_for_a_megabyte(pattern: str) -> None:
    assert _slow(pattern, _LARGE, STEPS, _SECONDS_LARGE) == {}
