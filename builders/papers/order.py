"""Reading order of two-column pages, where the parser mixed the columns.

In and out: blocks with page and box. A page is touched only where every block lies clearly in the left column, in the
right one or over both, and where the parser put a block of the right column before one of the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from builders.papers.names import is_known
from builders.papers.raw import RawBlock

_MIDDLE = 0.5
_SLACK = 0.03
_OVER = 0.05
"""Shares of the page's width: how far a column may reach over the middle, and a block over both columns must."""


def order_columns(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Puts each two-column page into reading order: down the left column, then down the right one."""
    ordered: list[RawBlock] = []
    for page, members in groupby(blocks, key=lambda block: block.page):
        ordered.extend(_order_page(list(members), first=page == 1))
    return ordered


def _order_page(blocks: list[RawBlock], first: bool) -> list[RawBlock]:
    if any(block.box is None for block in blocks):
        return blocks
    top = _body_top(blocks) if first else 0.0
    front = [block for block in blocks if _y(block) < top]
    body = [block for block in blocks if _y(block) >= top]
    sides = [_side(block) for block in body]
    if None in sides or sides.count("left") < 2 or sides.count("right") < 2:
        return blocks
    bands = sorted(block.box[1] for block, side in zip(body, sides, strict=True) if block.box and side == "both")

    def key(index: int) -> tuple[int, int, float, int]:
        block, side = body[index], sides[index]
        band = sum(edge <= _y(block) for edge in bands)
        # A block over both columns opens its band.
        return band, {"both": 0, "left": 1, "right": 2}[side or "both"], _y(block), index

    return [*front, *(body[index] for index in sorted(range(len(body)), key=key))]


def _y(block: RawBlock) -> float:
    return block.box[1] if block.box else 0.0


def _body_top(blocks: Sequence[RawBlock]) -> float:
    """Where the columns begin below title and authors: at the abstract, or the first section."""
    named = [_y(block) for block in blocks if block.kind in ("heading", "paragraph") and is_known(block.text)]
    return min(named, default=0.0) - _SLACK / 2


def _side(block: RawBlock) -> str | None:
    """The column a block stands in, `both` where it lies over the gutter or is centred on it; None where unclear."""
    if block.box is None:
        return None
    left, right = block.box[0], block.box[2]
    centred = left < _MIDDLE < right and abs(left + right - 2 * _MIDDLE) < 2 * _SLACK
    if centred or (left < _MIDDLE - _OVER and right > _MIDDLE + _OVER):
        return "both"
    if right <= _MIDDLE + _SLACK:
        return "left"
    return "right" if left >= _MIDDLE - _SLACK else None
