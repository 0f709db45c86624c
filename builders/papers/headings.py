"""Headings: which blocks are, and where one ends.

find_headings([RawBlock("paragraph", "2.1 Data"), ...])  ->  [RawBlock("heading", "2.1 Data"), ...]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.papers.depth import numbering
from builders.papers.names import is_known
from builders.papers.raw import RawBlock, union
from builders.types import Box

_LONGEST = 200
"""Characters above which a block is no heading."""
_SUBSECTION = re.compile(r"[1-9]\d?(?:\.[1-9]\d?){1,3}\.?\s+(?=[A-Z\u4e00-\u9fff])(?!.*\d{3})")
_LEADING_NUMBER = re.compile(r"^[\d.．、\s]+")
_ABSTRACT = re.compile(
    r"\W{0,3}(?P<name>abstract|summary|摘\s*要)\W{0,3}\s*(?:[—–:：.\]】-]|(?<=[\]】]))\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_GLUED = re.compile(r"\s(?=(?:(?P<letter>[A-Z])|(?P<digit>\d{1,2}))\.1\s+[A-Z])")
_MARKED = re.compile(
    r"(?:[1-3]?\d(?:\.\d{1,2})*\.?|[A-Z](?:\.\d{1,2})*\.|[A-Z](?:\.\d{1,2})+|[IVX]{1,4}\.)(?:\s|(?=[\u4e00-\u9fff]))"
    r"|\W?[一二三四五六七八九十]"
)
"""What a heading of its own begins with; "A dose" and "80 mice" may go on from the line before."""
_LINE_GAP = 0.013
"""Share of the page's height between the lines of one heading, at most."""


def find_headings(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Corrects which blocks are headings: false ones back to text, known names and run-in abstracts to headings."""
    found = [part for block in blocks for part in _find(block)]
    return _run_in(found)


def _find(block: RawBlock) -> Iterator[RawBlock]:
    if block.kind == "heading" and not _looks_like_heading(block.text):
        yield replace(block, kind="paragraph", level=None)
    elif block.kind == "heading" and (glued := _glued(block.text)):
        upper, lower = block.text[:glued], block.text[glued:].strip()
        yield replace(block, text=upper)
        yield replace(block, text=lower)
    elif block.kind == "paragraph" and (is_known(block.text) or _is_subsection(block)):
        yield replace(block, kind="heading")
    elif block.kind in ("paragraph", "heading") and (abstract := _ABSTRACT.fullmatch(block.text)):
        yield replace(block, kind="heading", text=abstract["name"], bold="", continues=False)
        yield replace(block, kind="paragraph", text=abstract["rest"], level=None, bold="", continues=False)
    else:
        yield block


def _is_subsection(block: RawBlock) -> bool:
    """Whether untyped text is "2.1 来源" or "3.2.1 Data": a number of two parts, a few words, no sentence."""
    number = _SUBSECTION.match(block.text)
    ended = block.text.rstrip()[-1:] in ".。:：;；,，?？!！"
    return bool(number) and len(block.text) <= _LONGEST // 3 and not ended and _looks_like_heading(block.text)


def _run_in(blocks: list[RawBlock]) -> list[RawBlock]:
    """Gives "Fine-tuning BERT." back to the paragraph it opens: an unnumbered heading that ends like a sentence."""
    kept: list[RawBlock] = []
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        opens = after is not None and after.kind == "paragraph" and block.kind == "heading" and block.text[-1] in ".。"
        if opens and not is_known(block.text) and not numbering(block.text):
            kept.append(replace(block, kind="paragraph", level=None))
            blocks[index + 1] = replace(blocks[index + 1], continues=True)
        else:
            kept.append(block)
    return kept


def _looks_like_heading(text: str) -> bool:
    named = _LEADING_NUMBER.sub("", text)
    letters = sum(character.isalpha() for character in named)
    if len(text) > _LONGEST or text[0] in "•▪◦–-" or not letters or letters < 0.5 * len(named.replace(" ", "")):
        return False
    return letters > 2 or bool(re.search(r"[\u4e00-\u9fff]", text))


def _glued(text: str) -> int | None:
    """Where "B Details of Experiments B.1 Models" becomes two headings: at the first subsection of its own number."""
    for match in _GLUED.finditer(text):
        own = match["letter"] or match["digit"]
        if re.match(rf"{own}[.\s]", text):
            return match.start()
    return None


def join_headings(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Joins a heading of two lines whose second line the source took for bold text, alone or before a paragraph."""
    joined: list[RawBlock] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is None or last.kind != "heading" or not _goes_on(last, block):
            joined.append(block)
            continue
        bold = block.bold if block.kind == "paragraph" else block.text
        # Where the bold words open a paragraph, its box is not the heading's.
        boxes = [part.box for part in (last, block) if part.box and part.text == (part.bold or part.text)]
        joined[-1] = replace(last, text=f"{last.text} {bold}", box=union(boxes) if boxes else None)
        if rest := block.text[len(bold) :].strip():
            joined.append(replace(block, text=rest, bold=""))
    return joined


def _goes_on(heading: RawBlock, block: RawBlock) -> bool:
    if block.kind not in ("paragraph", "heading") or not heading.box or not block.box or heading.page != block.page:
        return False
    if block.kind == "heading":
        same = block.style is not None and block.style == heading.style
        return same and not is_known(heading.text) and not _MARKED.match(block.text) and _touch(heading.box, block.box)
    if (
        not block.bold
        or not block.text.startswith(block.bold)
        or block.bold[-1] in ".:。："
        or len(block.bold) > _LONGEST // 2
    ):
        return False
    if is_known(heading.text) or numbering(block.bold):
        return False
    return _touch(heading.box, block.box)


def _touch(upper: Box, lower: Box) -> bool:
    """Whether two boxes lie as lines of one heading do."""
    overlap = min(upper[2], lower[2]) - max(upper[0], lower[0])
    return abs(lower[1] - upper[3]) <= _LINE_GAP and overlap > 0
