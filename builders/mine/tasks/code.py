"""Blocks of code and pseudocode with the paragraph that describes them in, questions both ways out.

"Algorithm 1 shows how samples are drawn: ..." and its block  ->  code: the paragraph | the block   code_explained
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builders.mine.passages import blocks, quotable, size
from builders.mine.tasks.found import Found, tidy
from builders.mine.tasks.reading import clean
from builders.mine.tasks.say import Paper
from builders.sentences import spans

LINES = (3, 40)
REACH = 3  # blocks between a description and its code
DESCRIPTION = {"en": (12, 160), "zh": (20, 320)}
_NAMED = re.compile(r"(?P<name>Algorithm|Listing|Pseudocode|算法|代码|程序)\s?(?P<number>\d{1,2})?", re.IGNORECASE)
_SPEAKS = re.compile(
    r"algorithm|pseudo-?code|code|listing|script|procedure|function|算法|伪代码|代码|程序|函数", re.IGNORECASE
)


def code(paper: Paper) -> Iterator[Found]:
    """Every block of whole lines with the nearest paragraph before it that speaks of it."""
    placed = list(blocks(paper.document))
    for index, (block, source) in enumerate(placed):
        if block.kind != "code" or not _is_whole(block.text):
            continue
        for described, place in reversed(placed[max(0, index - REACH) : index]):
            if described.kind == "heading":
                break
            if described.kind == "paragraph" and _describes(described.text, block.text, paper.language):
                description = tidy(described.text)
                section = (*block.section, block.text[:40])
                yield Found(
                    "code", block.text, (source,), {"description": description}, (place,), "named", (), (), section
                )
                yield Found(
                    "code_explained", description, (place,), {"code": block.text}, (source,), "alone", (), (), section
                )
                break


def _is_whole(text: str) -> bool:
    lines = text.strip().splitlines()
    return LINES[0] <= len(lines) <= LINES[1] and "$" not in text and "\ufffd" not in text


def _describes(text: str, block: str, language: str) -> bool:
    """Whether a paragraph speaks of code, of this one where it names a number, in whole sentences."""
    named, of_block = _NAMED.search(text), _NAMED.search(block.split("\n", 1)[0])
    same = not (named and of_block and named["number"] and of_block["number"]) or named["number"] == of_block["number"]
    least, most = DESCRIPTION[language]
    whole = all(quotable(text[start:end].replace(":", "."), language) for start, end in spans(text)[1:])
    fits = least <= size(text, language) <= most
    return same and fits and whole and clean(tidy(text)) and _SPEAKS.search(text) is not None
