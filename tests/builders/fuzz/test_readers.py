from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import strategies as st

from builders.papers.assemble import assemble
from builders.papers.clean import clean
from builders.papers.find import PaperFile
from builders.papers.language import language_of
from builders.papers.markdown import blocks_of
from builders.papers.mineru import read_json
from builders.papers.pdf_lines import Line
from builders.papers.plain import read_lines
from builders.papers.raw import RawBlock, UnreadablePaper
from builders.papers.tables import table_text
from builders.types import Document
from tests.builders.fuzz import strategies
from tests.builders.fuzz.fuzzing import INPUTS, fuzz, watched

pytestmark = pytest.mark.slow

FILE = PaperFile(Path("a.json"), "a.json", "mineru", digest="0" * 64)
"""No such file: a reader that has the bytes needs none."""


def test_ten_thousand_inputs_are_tried() -> None:
    assert sum(INPUTS.values()) >= 10_000


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Loads the language model, which unpacks itself into a temporary file at first use."""
    language_of("L'espace extracellulaire du cerveau est étroit et sinueux. " * 5)


def _reads(blocks: Sequence[RawBlock]) -> None:
    try:
        document = assemble(FILE, blocks, "test", Counter())
    except UnreadablePaper:
        return
    _sound(document)
    _sound(clean(document).document)


def _sound(document: Document) -> None:
    """It can be written, its pages count from 1, its boxes lie on the page."""
    assert orjson.dumps(document)
    for block in document.blocks:
        assert block.page is None or block.page >= 1
        assert block.box is None or all(0 <= share <= 1 for share in block.box)


def _reads_json(data: bytes) -> None:
    with watched() as opened:
        try:
            blocks, _ = read_json(data, "a.json", Counter())
        except UnreadablePaper:
            blocks = []
        _reads(blocks)
    assert opened == []


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("content_list", strategies.content_lists.map(strategies.as_json)),
        ("content_list_v2", strategies.content_lists_v2.map(strategies.as_json)),
        ("middle", strategies.middles.map(strategies.as_json)),
        ("pages", strategies.documents_of_pages.map(strategies.as_json)),
        ("any_json", strategies.any_json),
        ("broken_json", strategies.broken_json),
        ("deep_json", strategies.deep_json),
        ("repeated_json", strategies.repeated_json),
    ],
)
def test_json(name: str, values: st.SearchStrategy[bytes]) -> None:
    fuzz(name, values, _reads_json)


def _opens_nothing(read: Callable[[Any], object]) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        with watched() as opened:
            read(value)
        assert opened == []

    return check


def test_markdown() -> None:
    fuzz("markdown", strategies.markdown_texts, _opens_nothing(lambda text: _reads(list(blocks_of(text, Counter())))))


def test_plain_lines() -> None:
    def read(pages: list[list[Line]]) -> None:
        _reads(read_lines(pages))

    fuzz("plain_lines", strategies.pages_of_lines, _opens_nothing(read))


def test_tables() -> None:
    def read(text: str) -> None:
        rendered = table_text(text, str.strip)
        assert not rendered or rendered.startswith(("|", "<table>"))

    fuzz("tables", strategies.table_texts, _opens_nothing(read))
