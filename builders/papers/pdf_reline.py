"""A page's text blocks, cut into their lines and put together again as the lines stand.

    reline([block], [lines], page)  ->  [{"type": "paragraph_title", "style": {"size": 12.0, "bold": True, ...}, ...},
                                         {"type": "text", "set_in": False, "filled": True, ...}]

docvortex glues a heading of two lines to its paragraph, paragraphs that only a gap or an indent parts, and where one
column is short, rows of both columns. Here a paragraph begins where type, gap, indent or column say so; a hyphen at a
line's end becomes U+FFFE again. `set_in` says that a paragraph's first line is indented, `filled` that its last one
reaches the column's edge: `paragraphs.py` joins by them what a column cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from builders.papers.depth import numbering
from builders.papers.names import is_known
from builders.papers.pdf_lines import Line
from builders.papers.pdf_page import SIZE_STEP, Column, Page, base, side_of
from builders.papers.pdf_spans import Piece, joined, pieces_of, text_of
from builders.papers.raw import union

_WORD_GAP, _WIDE_GAP = 0.01, 0.03
"""Shares of the page's width between two words, as a rule and in a badly filled line."""
_OVERLAP = 0.3
"""Share of its height that an index has in common with its line."""
_GAP = 1.22
"""A distance between lines that is this much larger than usual parts paragraphs."""
_INDENT = (0.6, 4.5)
"""Widths of a letter m by which the first line of a paragraph may be set in."""
_SHORT = 1.5
"""Widths of a letter m by which a line that ends a paragraph stays behind the others."""
_SLIGHT_GAP = 1.1
"""The same where the type changes as well."""
_HEADING_GAP = 1.5
"""The same for lines of headings, which stand farther apart."""
_LARGER = 1.06
"""Type this much larger than the body's is a heading's."""
_BOLD_SIZE = 0.9
"""Bold type of at least this share of the body's size may be a heading's; smaller stands in tables."""
_LETTER = 0.6
"""Widths of a letter m that a letter takes, at most on average."""
_FILLED = 0.35
"""Widths of a letter m by which a filled line may miss the edge."""
_ENDED = re.compile(r"[.!?:;。！？：；][\"'”’)\]）」]*[\s\d¹²³⁴-⁹⁰,–†‡*∗]*$")
_LISTED = re.compile(r"(?:[•▪◦–·-]|\(?\d{1,3}[.)]|\[\d{1,3}\]|\(?[ivx]{1,4}\))\s")
_HEADING_LINES = 4
_HEADING_CHARACTERS = 200
_ITALIC_HEADING = 110
_UNFINISHED = re.compile(r"[.。;；,，:：!！\ufffe-]$")


@dataclass(frozen=True, slots=True)
class _Strip:
    """The column that a block's lines stand in."""

    page: Page
    column: Column
    hanging: bool
    """Most lines are set in below the first ones of their entries, as in a reference list."""

    def indent(self, line: Line) -> float:
        """How far a line is set in, in widths of a letter m."""
        return (line.box[0] - self.column.left) / self.page.em(line)

    def rest(self, line: Line) -> float:
        """How far a line stays behind the column's edge, in widths of a letter m."""
        return (self.column.right - line.box[2]) / self.page.em(line)


def reline(blocks: Sequence[dict[str, Any]], own: Sequence[Sequence[Line]], page: Page) -> list[dict[str, Any]]:
    """Puts blocks that belong together (most often one) together anew; leaves them where text and lines differ."""
    first = blocks[0]
    spans = [span for block in blocks for span in (*block["content"], {"type": "text", "content": " "})]
    pieces = _rows(pieces_of(spans, [line for lines in own for line in lines]))
    if not pieces:
        return list(blocks)
    if len(blocks) > 1:
        pieces.sort(key=lambda piece: base(piece.line))
    found = {side_of(piece.line.box) for piece in pieces}
    made: list[dict[str, Any]] = []
    # The short last line of a block over both columns lies in the left one.
    for side in ("both",) if "both" in found else sorted(found):
        members = [piece for piece in pieces if side == "both" or side_of(piece.line.box) == side]
        made.extend(_blocks(first, members, _strip([piece.line for piece in members], side, page)))
    if first.get("continues_prev"):
        made[0]["continues_prev"] = True
    return made


def _strip(lines: Sequence[Line], side: str, page: Page) -> _Strip:
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    inside = sum(line.box[0] - left > _INDENT[0] * page.em(line) for line in lines)
    return _Strip(page, page.columns.get(side, Column(left, right)), len(lines) > 2 and 2 * inside >= len(lines))


def _rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Joins what PDFium parted within a line: an index, a change of type."""
    rows: list[Piece] = []
    for piece in pieces:
        last = rows[-1] if rows else None
        if last is not None and _same_row(last.line, piece.line):
            rows[-1] = Piece(_beside(last.line, piece.line), [*last.spans, *piece.spans])
        else:
            rows.append(piece)
    return rows


def _same_row(left: Line, right: Line) -> bool:
    height = min(left.box[3] - left.box[1], right.box[3] - right.box[1])
    overlap = min(left.box[3], right.box[3]) - max(left.box[1], right.box[1])
    gutter = (side_of(left.box), side_of(right.box)) == ("left", "right")
    beside = -_WORD_GAP <= right.box[0] - left.box[2] < (_WORD_GAP if gutter else _WIDE_GAP)
    return overlap >= _OVERLAP * height and beside and not left.text.endswith("\ufffe")


def _beside(left: Line, right: Line) -> Line:
    main = max((left, right), key=lambda line: (line.size, len(line.text)))
    both = [line for line in (left, right) if line.size == main.size]
    return main._replace(
        text=f"{left.text}{right.text}",
        box=union([left.box, right.box]),
        bold=all(line.bold for line in both),
        italic=all(line.italic for line in both),
    )


def _blocks(block: dict[str, Any], members: Sequence[Piece], strip: _Strip) -> Iterator[dict[str, Any]]:
    group: list[Piece] = []
    for index, piece in enumerate(members):
        after = members[index + 1].line if index + 1 < len(members) else None
        if group and _begins([member.line for member in group], piece.line, after, strip):
            yield _block(block, group, strip, apart=_stands_apart(group, piece.line, strip))
            group = []
        group.append(piece)
    if group:
        yield _block(block, group, strip, apart=True)


def _stands_apart(group: Sequence[Piece], after: Line, strip: _Strip) -> bool:
    """Whether more than the type parts lines from the next one."""
    last = group[-1].line
    return abs(last.size - after.size) >= SIZE_STEP or base(after) - base(last) > _SLIGHT_GAP * strip.page.leading


def _begins(group: Sequence[Line], line: Line, after: Line | None, strip: _Strip) -> bool:
    """Whether a line begins a paragraph, or ends a heading, after the lines of a group."""
    last = group[-1]
    if last.text.endswith("\ufffe"):
        return False
    short = strip.rest(last) > _SHORT
    ended = short or bool(_ENDED.search(last.text.rstrip()))
    usual = max(strip.page.leading * max(1.0, line.size / strip.page.body), _step(group))
    gap = (base(line) - base(last)) / usual if usual else 1.0
    if abs(last.size - line.size) >= SIZE_STEP:
        return True
    if _style_changes(last, line):
        # Lines in the middle of a paragraph may be bold or italic throughout, and in a reference list the venue is.
        return not strip.hanging and ended and (short or gap > _SLIGHT_GAP)
    if _stands_out(line, strip.page):
        # The second line of a heading may be set in; the next heading has a number or stands apart.
        return gap > _HEADING_GAP or (numbering(line.text) is not None and _is_ended_early(last, line, strip))
    return ended and (gap > _GAP or _is_set_in(last, line, after, strip))


def _is_ended_early(last: Line, line: Line, strip: _Strip) -> bool:
    """Whether the next line's first word had room on the last one, so that somebody meant the line to end."""
    word = line.text.split()[0] if line.text.split() else ""
    return strip.rest(last) > _LETTER * (len(word) + 1)


def _stands_out(line: Line, page: Page) -> bool:
    return line.size >= page.body * _LARGER or (line.bold and line.size >= page.body * _BOLD_SIZE)


def _style_changes(upper: Line, lower: Line) -> bool:
    return abs(upper.size - lower.size) >= SIZE_STEP or (upper.bold, upper.italic) != (lower.bold, lower.italic)


def _step(group: Sequence[Line]) -> float:
    steps = [base(lower) - base(upper) for upper, lower in pairwise(group)]
    return median(steps) if len(steps) > 1 else 0.0


def _is_set_in(last: Line, line: Line, after: Line | None, strip: _Strip) -> bool:
    indent, before = strip.indent(line), strip.indent(last)
    if strip.hanging:
        return indent < 0.4 <= before
    if not _INDENT[0] <= indent <= _INDENT[1] or (before >= indent - 0.3 and not _LISTED.match(line.text)):
        return False
    return after is None or strip.indent(after) < indent - 0.3 or abs(strip.indent(after) - indent) < 0.2


def _block(block: dict[str, Any], group: Sequence[Piece], strip: _Strip, apart: bool) -> dict[str, Any]:
    lines = [piece.line for piece in group]
    content = joined(group)
    made = {**block, "content": content, "bbox": list(union([line.box for line in lines]))}
    made.pop("continues_prev", None)
    if block["type"] in ("text", "paragraph_title"):
        heading = _is_heading(block["type"], lines, text_of(content), strip, apart)
        made["type"] = "paragraph_title" if heading else "text"
    if made["type"] == "paragraph_title":
        made |= {"style": style_of(lines), "level": block.get("level") or 2}
    else:
        made.pop("level", None)
        made |= {"set_in": strip.indent(lines[0]) >= _INDENT[0], "filled": strip.rest(lines[-1]) <= _FILLED}
    return made


def style_of(lines: Sequence[Line]) -> dict[str, Any]:
    """How a heading is set: `{"size": 12.0, "bold": True, "italic": False}`."""
    first = max(lines, key=lambda line: len(line.text))
    return {"size": first.size, "bold": first.bold, "italic": first.italic}


def _is_heading(kind: str, lines: Sequence[Line], text: str, strip: _Strip, apart: bool) -> bool:
    first = lines[0]
    numbered = numbering(text) is not None
    if kind == "paragraph_title":
        named = text.isupper() or is_known(text) or numbered
        if text.endswith("\ufffe"):
            return False
        return named or first.bold or first.italic or first.size >= strip.page.body * _LARGER
    fit = len(text) <= _HEADING_CHARACTERS and not _UNFINISHED.search(text) and text[:1].isalnum()
    even = not any(_style_changes(first, line) for line in lines)
    # Words in bold or italic that open a paragraph may happen to fill its first line.
    filled = strip.rest(lines[-1]) <= _FILLED and not apart
    if not even or not fit or filled or len(lines) > _HEADING_LINES:
        return False
    if _stands_out(first, strip.page):
        return True
    italic = first.italic and first.size >= strip.page.body - SIZE_STEP and not strip.hanging
    return italic and (numbered or (len(text) <= _ITALIC_HEADING and text[:1].isupper()))
