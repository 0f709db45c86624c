"""What docvortex loses or glues, mended from the page's own lines while the PDF is open.

In: docvortex's middle JSON (changed in place) and the open PDF. Four faults, each seen in real papers:

- a heading glued to the next one, told apart by type size: "A Fine-tuning BERT and prompting GPT Fine-tuning BERT."
- a paragraph of the left column glued to one of the right, its box over both: the tail of a reference list and the
  first paragraph of an appendix
- a caption glued to the paragraph below it, told apart by type size too
- prose taken for display maths, whose text is dropped: "Question: <few-shot example here>"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import mode
from typing import Any

from builders.papers.pdf_lines import Line, page_lines
from builders.papers.raw import to_box, union
from builders.types import Box

_WORD = re.compile(r"[A-Za-z]{3,}")
_SIZE_STEP = 0.5
"""Points between the sizes of two levels of heading."""
_COLUMN = 0.55
"""Share of the page's width above which a box spans more than one column."""


def mend(middle: dict[str, Any], pdf: Any) -> None:
    """Mends the blocks of each page in place."""
    for page in middle["pages"]:
        blocks = page.get("blocks", [])
        if not any(map(_suspect, blocks)):
            continue
        lines = page_lines(pdf[page["page_idx"]])
        page["blocks"] = [mended for block in blocks for mended in mend_block(block, blocks, lines)]


def _suspect(block: Mapping[str, Any]) -> bool:
    return _is_title(block) or _is_empty_equation(block) or _is_wide(block) or bool(_caption(block))


def _is_title(block: Mapping[str, Any]) -> bool:
    return bool(block["type"] == "paragraph_title")


def _is_empty_equation(block: Mapping[str, Any]) -> bool:
    return block["type"] == "equation" and not block.get("content")


def _is_wide(block: Mapping[str, Any]) -> bool:
    box = to_box(block.get("bbox"))
    return block["type"] == "text" and box is not None and box[2] - box[0] > _COLUMN


def _caption(block: Mapping[str, Any]) -> dict[str, Any] | None:
    """The caption of a figure or table that is its last child, so that text below it may be glued to it."""
    children = block["content"] if block["type"] in ("image", "table", "chart") else []
    captions = [child for child in children if child["type"].endswith("_caption")]
    return captions[-1] if captions and "bbox" in captions[-1] else None


def mend_block(block: dict[str, Any], blocks: Sequence[Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Mends one block by the lines of its page; `blocks` are all that stand on it."""
    box = to_box(block.get("bbox"))
    if box is None:
        return [block]
    if _is_title(block):
        return _split_sizes(block, [line for line in lines if _inside(line.box, box)])
    if caption := _caption(block):
        return _split_caption(block, caption, lines)
    if _is_empty_equation(block):
        return [_recover_prose(block, [line.text for line in lines if _inside(line.box, box)])]
    if _is_wide(block):
        return _split_columns(block, box, blocks, lines)
    return [block]


def _split_sizes(block: dict[str, Any], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Splits a block where its type size changes for good, from one line to the next."""
    for index in range(1, len(lines)):
        upper, lower = lines[:index], lines[index:]
        if abs(_size(upper) - _size(lower)) >= _SIZE_STEP and _is_even(upper) and _is_even(lower):
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
    split = _split_sizes(caption, [line for line in lines if _inside(line.box, box)]) if box else [caption]
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


def _split_columns(
    block: dict[str, Any], box: Box, blocks: Sequence[Any], lines: Sequence[Line]
) -> list[dict[str, Any]]:
    """Splits a box over both columns where its own lines lie in the left, then in the right one."""
    others = [other for item in blocks if item is not block and (other := to_box(item.get("bbox")))]
    own = [line for line in lines if _inside(line.box, box) and not any(_inside(line.box, other) for other in others)]
    left, right = ([line for line in own if side(line.box)] for side in _SIDES)
    if not left or not right or len(left) + len(right) < len(own):
        return [block]
    return _split(block, " ".join(line.text for line in left), _around(left), _around(right))


_SIDES: tuple[Callable[[Box], bool], ...] = (lambda box: box[2] <= 0.52, lambda box: box[0] >= 0.48)


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
