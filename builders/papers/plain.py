"""PDFium's plain lines -> blocks, where docvortex is absent or failed.

In: pages of lines `[text, box, size, bold]` as `pdf_lines.page_lines` gives them. Out: paragraphs with page and box,
headings by type size, running heads by their coming back on other pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builders.papers.pdf_lines import Line
from builders.papers.raw import RawBlock, union
from builders.types import BlockKind

_MARGIN = 0.09
"""Share of the page's height, above and below, in which running heads stand."""
_BODY_PAGES = 8
_HEADING_CHARACTERS = 200
_LARGER = 1.05
"""Type this much larger than the body's is a heading's, if it is bold or numbered."""
_MUCH_LARGER = 1.25
"""Type this much larger is a heading's even so."""
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-Z](?:\.\d{1,2})*\.?)\s+[A-Z\u4e00-\u9fff]")
_LIST_ITEM = re.compile(r"(?:[•▪◦–]|\(?\d{1,2}[.)]|\[\d{1,3}\])\s")
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


def read_lines(pages: Sequence[Sequence[Line]]) -> list[RawBlock]:
    """Groups lines into blocks, page by page, in the order of the PDF's content stream."""
    heads = _running_heads(pages)
    body = _body_size(pages)
    title = max((line.size for line in pages[0] if _head_key(line) not in heads), default=0.0) if pages else 0.0
    blocks: list[RawBlock] = []
    for number, page in enumerate(pages, 1):
        for group in _groups([line for line in page if _head_key(line) not in heads]):
            blocks.append(_block(group, number, body, title if number == 1 else 0.0))
        furniture = (line for line in page if _head_key(line) in heads)
        blocks.extend(RawBlock("furniture", line.text, page=number, box=line.box) for line in furniture)
    return blocks


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The type size that most characters of the first pages are set in; an appendix of tables may be longer."""
    characters: Counter[float] = Counter()
    for page in pages[:_BODY_PAGES]:
        for line in page:
            characters[line.size] += len(line.text)
    return max(characters, key=lambda size: (characters[size], size), default=0.0)


def _head_key(line: Line) -> str | None:
    """What a running head looks like on every page; None for a line in the page's middle."""
    if line.box[1] > _MARGIN and line.box[3] < 1 - _MARGIN:
        return None
    return _DIGITS.sub("#", line.text).strip()


def _running_heads(pages: Sequence[Sequence[Line]]) -> set[str]:
    seen = Counter(key for page in pages for key in {_head_key(line) for line in page} if key is not None)
    return {key for key, count in seen.items() if key == "#" or (count >= 2 and count >= len(pages) / 3)}


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _breaks(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _breaks(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins a new paragraph: another size, a gap, a new column, an indent after a short line."""
    last = group[-1]
    height = last.box[3] - last.box[1]
    if abs(line.size - last.size) > 0.6 or (line.bold != last.bold and len(last.text) < 80):
        return True
    if line.box[1] - last.box[3] > 0.9 * height or line.box[3] < last.box[1]:
        return True
    if _LIST_ITEM.match(line.text):
        return True
    right = max(member.box[2] for member in group)
    return line.box[0] - last.box[0] > 0.008 and last.box[2] < right - 0.01


def _block(group: Sequence[Line], page: int, body: float, title: float) -> RawBlock:
    text = join_lines([line.text for line in group])
    return RawBlock(
        _kind(text, group[0], body, title),
        text,
        page=page,
        box=union([line.box for line in group]),
        bold=text if all(line.bold for line in group) else "",
    )


def _kind(text: str, first: Line, body: float, title: float) -> BlockKind:
    if title > body * _LARGER and first.size >= title:
        return "title"
    if len(text) > _HEADING_CHARACTERS or (_LIST_ITEM.match(text) and not _NUMBERED.match(text)):
        return "paragraph"
    if first.size >= body * _LARGER:
        return "heading" if first.bold or _NUMBERED.match(text) or first.size >= body * _MUCH_LARGER else "paragraph"
    return "heading" if first.bold and _NUMBERED.match(text) and first.size >= body / _LARGER else "paragraph"


def join_lines(lines: Sequence[str]) -> str:
    """Joins lines of running text: U+FFFE (a hyphen at the line's end) binds, Chinese needs no space."""
    if not lines:
        return ""
    text = lines[0].strip(" ")
    for before, line in pairwise(line.strip(" ") for line in lines):
        if not line:
            continue
        bound = before.endswith("\ufffe") or (_CJK.match(before[-1:]) and _CJK.match(line[:1]))
        text += line if bound else f" {line}"
    return text
