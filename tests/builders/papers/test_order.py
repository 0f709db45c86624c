"""Two-column pages are put into reading order where every block has its column."""

from __future__ import annotations

from builders.papers.order import order_columns
from builders.papers.raw import RawBlock
from builders.types import Box


def _block(text: str, box: Box, kind: str = "paragraph") -> RawBlock:
    return RawBlock(kind, text, page=1, box=box)  # type: ignore[arg-type]


TITLE = _block("title", (0.1, 0.05, 0.9, 0.1), "title")
AUTHORS = [_block("author left", (0.2, 0.12, 0.4, 0.14)), _block("author right", (0.6, 0.12, 0.8, 0.14))]
ABSTRACT = _block("Abstract", (0.25, 0.2, 0.35, 0.22), "heading")
LEFT = [_block("left 1", (0.1, 0.25, 0.48, 0.5)), _block("left 2", (0.1, 0.55, 0.48, 0.9))]
RIGHT = [_block("right 1", (0.52, 0.2, 0.9, 0.5)), _block("right 2", (0.52, 0.55, 0.9, 0.9))]


def _order(*blocks: RawBlock) -> list[str]:
    return [block.text for block in order_columns(blocks)]


def test_mixed_columns_are_read_left_then_right_below_the_authors() -> None:
    mixed = _order(TITLE, *AUTHORS, RIGHT[0], ABSTRACT, LEFT[0], RIGHT[1], LEFT[1])
    assert mixed == ["title", "author left", "author right", "Abstract", "left 1", "left 2", "right 1", "right 2"]


def test_a_block_over_both_columns_parts_the_page() -> None:
    wide = _block("wide", (0.1, 0.52, 0.9, 0.54))
    assert _order(LEFT[0], LEFT[1], wide, RIGHT[0], RIGHT[1]) == ["left 1", "right 1", "wide", "left 2", "right 2"]


def test_a_page_of_unclear_columns_is_left_alone() -> None:
    unclear = _block("unclear", (0.3, 0.3, 0.54, 0.4))
    assert _order(RIGHT[0], unclear, *LEFT, RIGHT[1]) == ["right 1", "unclear", "left 1", "left 2", "right 2"]
    unboxed = RawBlock("paragraph", "unboxed", page=1)
    assert _order(RIGHT[0], unboxed, *LEFT, RIGHT[1]) == ["right 1", "unboxed", "left 1", "left 2", "right 2"]
