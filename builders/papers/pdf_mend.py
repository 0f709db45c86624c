"""What docvortex loses or glues, mended from the page's own lines while the PDF is open.

In: docvortex's middle JSON (changed in place) and the open PDF. Faults, each seen in real papers:

- headings glued to each other or to their paragraph, paragraphs glued to the next, rows of two columns read as one
  block, hyphens at line ends dropped or kept for good (`pdf_reline.py`)
- a caption glued to the paragraph or the references below it, told apart by type size or by a gap
- prose taken for display maths, whose text is dropped: "Question: <few-shot example here>"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median, mode
from typing import Any

from builders.papers.pdf_lines import Line, page_lines
from builders.papers.pdf_page import Page, base, page_of, side_of, steps_of
from builders.papers.pdf_reline import reline
from builders.papers.raw import to_box, union
from builders.types import Box

_WORD = re.compile(r"[A-Za-z]{3,}")
_SIZE_STEP = 0.5
"""Points between the sizes of two levels of heading."""
_GAP = 1.4
"""A distance between a caption's lines that is so many times the smallest ends it."""
_BODY_PAGES = 8
_RELINED = ("text", "paragraph_title", "ref_text")


def mend(middle: dict[str, Any], pdf: Any) -> None:
    """Mends the blocks of each page in place."""
    pages = [(page, page_lines(pdf[page["page_idx"]])) for page in middle["pages"]]
    body = _body_size([lines for _, lines in pages])
    steps = [step for _, lines in pages for step in steps_of([line for line in lines if line.size == body])]
    leading = median(steps) if steps else 0.0
    for page, lines in pages:
        width = pdf[page["page_idx"]].get_size()[0]
        page["blocks"] = mend_page(page.get("blocks", []), lines, page_of(lines, width, body, leading))


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The type size of most characters in the first half of the paper: references and tables may be longer."""
    sizes: Counter[float] = Counter()
    for lines in pages[: min(_BODY_PAGES, (len(pages) + 1) // 2)]:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def mend_page(blocks: Sequence[dict[str, Any]], lines: Sequence[Line], page: Page) -> list[dict[str, Any]]:
    """Mends the blocks of one page by its lines."""
    blocks = [mended for block in blocks for mended in _mend_block(block, lines)]
    own = _owned(blocks, lines)
    made: list[dict[str, Any]] = []
    for run in _runs(blocks, own):
        members = [blocks[index] for index in run]
        relined = members[0]["type"] in _RELINED and all(own[index] for index in run)
        made.extend(reline(members, [own[index] for index in run], page) if relined else members)
    return made


def _owned(blocks: Sequence[Mapping[str, Any]], lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each block: a line belongs to the smallest box around its middle."""
    boxes = [to_box(block.get("bbox")) for block in blocks]
    own: list[list[Line]] = [[] for _ in blocks]
    for line in lines:
        around = [index for index, box in enumerate(boxes) if box and _inside(line.box, box)]
        if around:
            own[min(around, key=lambda index: _area(boxes[index]))].append(line)
    return own


def _area(box: Box | None) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0


def _runs(blocks: Sequence[Mapping[str, Any]], own: Sequence[Sequence[Line]]) -> Iterator[list[int]]:
    """Blocks to be put together anew at once: those in a row that each hold lines of both columns, else each alone."""
    run: list[int] = []
    for index in range(len(blocks)):
        if run and not (_over_both(blocks[run[-1]], own[run[-1]]) and _over_both(blocks[index], own[index])):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _over_both(block: Mapping[str, Any], lines: Sequence[Line]) -> bool:
    sides = {side_of(line.box) for line in lines}
    return block["type"] in _RELINED and sides == {"left", "right"}


def _caption(block: Mapping[str, Any]) -> dict[str, Any] | None:
    """The caption of a figure or table that is its last child, so that text below it may be glued to it."""
    children = block["content"] if block["type"] in ("image", "table", "chart") else []
    captions = [child for child in children if child["type"].endswith("_caption")]
    return captions[-1] if captions and "bbox" in captions[-1] else None


def _mend_block(block: dict[str, Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    box = to_box(block.get("bbox"))
    if box is None:
        return [block]
    if caption := _caption(block):
        return _split_caption(block, caption, lines)
    if block["type"] == "equation" and not block.get("content"):
        return [_recover_prose(block, [line.text for line in lines if _inside(line.box, box)])]
    return [block]


def _split_sizes(block: dict[str, Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Splits a block where its type size changes for good, from one line to the next."""
    for index in range(1, len(lines)):
        upper, lower = lines[:index], lines[index:]
        if abs(_size(upper) - _size(lower)) >= _SIZE_STEP and _is_even(upper) and _is_even(lower):
            return _split(block, " ".join(line.text for line in upper), _around(upper), _around(lower))
    return [block]


def _split_at_gap(block: dict[str, Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Splits a block where two lines stand farther apart than its others, once."""
    steps = [base(lower) - base(upper) for upper, lower in pairwise(lines)]
    for index, step in enumerate(steps, 1):
        if step > _GAP * min(steps) > 0:
            upper, lower = lines[:index], lines[index:]
            return _split(block, " ".join(line.text for line in upper), _around(upper), _around(lower))
    return [block]


def _size(lines: Sequence[Line]) -> float:
    return mode(line.size for line in lines)


def _is_even(lines: Sequence[Line]) -> bool:
    """Whether nearly all lines have one size; a line may begin with an index or a superscript."""
    size = _size(lines)
    even = sum(abs(line.size - size) < _SIZE_STEP for line in lines)
    return even >= 0.8 * len(lines) and all(abs(lines[end].size - size) < _SIZE_STEP for end in (0, -1))


def _split_caption(block: dict[str, Any], caption: dict[str, Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    box = to_box(caption["bbox"])
    own = [line for line in lines if box and _inside(line.box, box)]
    split = _split_sizes(caption, own)
    if len(split) == 1:
        split = _split_at_gap(caption, own)
    if len(split) == 1:
        return [block]
    children = [split[0] if child is caption else child for child in block["content"]]
    return [{**block, "content": children}, {**split[1], "type": "text"}]


def _recover_prose(block: dict[str, Any], texts: Sequence[str]) -> dict[str, Any]:
    text = " ".join(texts).strip()
    letters = sum(character.isalpha() or character.isspace() for character in text)
    if len(_WORD.findall(text)) >= 2 and letters >= 0.8 * len(text):
        return {**block, "recovered_text": text}
    return block


def _split(block: dict[str, Any], first: str, upper: Box, lower: Box) -> list[dict[str, Any]]:
    """Cuts a block's spans after as many letters and digits as `first` has; leaves it whole where they differ."""
    wanted = _signature(first)
    head, tail = _cut(block["content"], len(wanted))
    if not tail or _signature(_text(head))[-12:] != wanted[-12:]:
        return [block]
    rest = {**block, "content": tail, "bbox": list(lower), "type": block["type"]}
    rest.pop("continues_prev", None)
    return [{**block, "content": head, "bbox": list(upper)}, rest]


def _cut(spans: Sequence[dict[str, Any]], count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    for index, span in enumerate(spans):
        text = span["content"]
        size = len(_signature(_text([span])))
        if size <= count:
            count -= size
            continue
        if count == 0:
            return list(spans[:index]), list(spans[index:])
        if not isinstance(text, str):
            return list(spans), []
        at = next(at for at in range(len(text) + 1) if len(_signature(text[:at])) == count)
        while at < len(text) and not text[at].isalnum() and not text[at].isspace():
            at += 1
        head, tail = {**span, "content": text[:at].rstrip()}, {**span, "content": text[at:].lstrip()}
        return [*spans[:index], head], [tail, *spans[index + 1 :]]
    return list(spans), []


def _text(spans: Sequence[dict[str, Any]]) -> str:
    return "".join(_strings(spans))


def _strings(spans: Sequence[dict[str, Any]]) -> Iterator[str]:
    for span in spans:
        content = span["content"]
        if isinstance(content, str):
            yield content
        else:
            yield from _strings(content)


def _signature(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _inside(inner: Box, outer: Box) -> bool:
    across, down = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= down <= outer[3]


def _around(lines: Sequence[Line]) -> Box:
    return union([line.box for line in lines])
