"""The top of a paper: its title, and the authors, affiliations and dates below it, which are no text to learn from.

In and out: blocks. The title becomes the one block of kind `title`; authors, affiliations, e-mails and dates between
it and the abstract become `furniture`, and so does boilerplate (copyright, "Received 1 May") anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builders.papers.depth import numbering
from builders.papers.names import is_known
from builders.papers.raw import RawBlock, union

_FRONT_KINDS = ("paragraph", "list", "footnote", "heading")
_KICKER = re.compile(
    r"(?:(?:original|research|review|regular|full|short)?\s*(?:articles?|papers?|reviews?|reports?|communications?|letters?)"
    r"|open access|chapter \d+|perspectives?|综\s*述|论\s*著|研究论文|原创研究|专题(?:报道)?)",
    re.IGNORECASE,
)
"""What journals print above the title."""
_AFFILIATION = re.compile(
    r"\b(?:universit\w*|departments?|institut\w*|schools?|facult\w*|hospitals?|laborator\w*|colleges?|academy|cent(?:re|er)"
    r"|corresponding authors?|correspondence|received|accepted|revised|available online|e-?mails?|orcid"
    r"|equal contribution|inc\.|ltd\.|P\.\s?O\.)\b"
    r"|大学|学院|研究所|研究院|研究中心|医院|实验室|科学院|通[讯信]作者|作者简介|收稿日期|修回日期|基金项目|中图分类号"
    r"|文献标[识志]码|文章编号",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}\s?[@＠]\s?[\w-]{1,64}(?:\.[\w-]{1,32})+|\}\s?@|\]\s?@|mails?\s*[:：]")
_BOILERPLATE = re.compile(
    r"(?:\W|\\copyright)*(?:©|\(c\)\s|copyright\b|\$\s*\\copyright)|^all rights reserved"
    r"|^(?:received|accepted|revised|published|available)\b.{0,40}\b(?:19|20)\d\d"
    r"|^(?:https?://|doi:)\S*doi\S*(?:$|\s+(?:©|\(c\)|copyright|published|received|\d{4}))|^收稿日期|^基金项目|^作者简介|^通[讯信]作者|^中图分类号|^doi\s*[:：]\s*\S+$",
    re.IGNORECASE,
)
_AUTHOR_NOTE = re.compile(
    r"corresponding author|equal(?:ly)? contribut|contributed equally"
    r"|work (?:was )?(?:done|performed) (?:during|while|when)|project started during|通[讯信]作者|作者简介|基金项目",
    re.IGNORECASE,
)
_NOTE = 200
"""Characters up to which a footnote may be about the authors alone."""
_KEYWORDS = re.compile(r"\W{0,2}(?:key\s?words?|index terms|关\s*键\s*词)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-z\u4e00-\u9fff)][.。!?！？](?:\s|$|[\u4e00-\u9fff<])")
_PROSE = 300
"""Characters from which text above the abstract may be prose (an intro printed beside it)."""
_HAN_PROSE = 100
_SEARCHED = 40
"""Blocks in which the abstract or the first section is looked for."""


def find_title(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Makes the title one block of kind `title`; every other block typed as title becomes a heading."""
    start = _title_start(blocks)
    if start is None:
        return [replace(block, kind="heading") if block.kind == "title" else block for block in blocks]
    end = start + 1
    while end < len(blocks) and _same_title(blocks[end - 1], blocks[end]):
        end += 1
    parts = blocks[start:end]
    boxes = [part.box for part in parts if part.box]
    text, box = " ".join(part.text for part in parts), union(boxes) if boxes else None
    title = replace(parts[0], kind="title", text=text, level=None, box=box)
    rest = [replace(block, kind="heading") if block.kind == "title" else block for block in blocks[end:]]
    above = [replace(block, kind="furniture") for block in blocks[:start]]
    return [*above, title, *rest]


def _title_start(blocks: Sequence[RawBlock]) -> int | None:
    """The first block of the title: the typed one or the heading right above it, else the first fit heading."""
    for index, block in enumerate(blocks):
        if block.kind == "title":
            while index and _same_title(blocks[index - 1], blocks[index]):
                index -= 1
            return index
    for index, block in enumerate(blocks[:_SEARCHED]):
        if block.kind == "heading" and (is_known(block.text) or numbering(block.text) in ("arabic", "chinese")):
            break
        if block.kind == "heading" and not _KICKER.fullmatch(block.text.strip()):
            return index
    return next((index for index, block in enumerate(blocks[:3]) if _untyped_title(block)), None)


def _untyped_title(block: RawBlock) -> bool:
    return block.kind == "paragraph" and 8 <= len(block.text) <= 250 and not is_known(block.text)


def _same_title(upper: RawBlock, lower: RawBlock) -> bool:
    """Whether two blocks are lines of one title: both typed as title or heading, and as close as lines are."""
    kinds = {upper.kind, lower.kind}
    if not kinds <= {"title", "heading"} or "title" not in kinds or upper.page != lower.page:
        return False
    if not upper.box or not lower.box or is_known(upper.text) or is_known(lower.text):
        return False
    height = min(upper.box[3] - upper.box[1], lower.box[3] - lower.box[1])
    return abs(lower.box[1] - upper.box[3]) <= 0.8 * height


def mark_front_matter(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Marks authors, affiliations and dates between title and abstract, and boilerplate anywhere, as furniture."""
    front = _front(blocks)
    return [
        replace(block, kind="furniture")
        if (index in front and block.kind in _FRONT_KINDS and not _is_prose(block.text)) or _is_boilerplate(block)
        else block
        for index, block in enumerate(blocks)
    ]


def _front(blocks: Sequence[RawBlock]) -> range:
    """The blocks between the title and the abstract, or else the first section."""
    start = next((index for index, block in enumerate(blocks) if block.kind == "title"), None)
    if start is None:
        return range(0)
    headings = [index for index, block in enumerate(blocks[:_SEARCHED]) if block.kind == "heading" and index > start]
    # "T. Roh" is an author, not a section of an appendix.
    known = (
        index
        for index in headings
        if is_known(blocks[index].text) or numbering(blocks[index].text) in ("arabic", "roman", "chinese")
    )
    return range(start + 1, next(known, headings[0] if headings else 0))


def _is_prose(text: str) -> bool:
    if _KEYWORDS.match(text):
        return True
    long = len(text) >= _PROSE or len(re.findall(r"[\u4e00-\u9fff]", text)) >= _HAN_PROSE
    sentences = len(_SENTENCE.findall(text))
    return long and sentences >= 2 and len(_AFFILIATION.findall(text)) <= sentences and not _EMAIL.search(text)


def _is_boilerplate(block: RawBlock) -> bool:
    if block.kind == "footnote":
        return bool(_EMAIL.search(block.text) or _BOILERPLATE.search(block.text) or _is_author_note(block.text))
    return block.kind == "paragraph" and len(block.text) < _PROSE and bool(_BOILERPLATE.match(block.text))


def _is_author_note(text: str) -> bool:
    return len(text) < _NOTE and bool(_AUTHOR_NOTE.search(text))
