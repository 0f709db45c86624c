"""Spaces and punctuation in Chinese text, as Chinese print has them.

chinese_spacing("目的:细胞外间隙 （ ECS ） 的 容积")  ->  ("目的：细胞外间隙（ECS）的容积", 6)
"""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u4e00-\u9fff]")
_MARKS = "，。；：？！、（）《》「」【】"
_SPACED = re.compile(rf"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])| (?=[{_MARKS}])|(?<=[{_MARKS}]) ")
_LATIN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[A-Za-z0-9α-ω])|(?<=[A-Za-z0-9α-ω%℃°]) (?=[\u4e00-\u9fff])")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff）])([:;,?!])(?!//) ?")
_FULL_WIDTH = {":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
_NUMBER = re.compile(r"(?:(?:附录 ?)?[A-Z]|\d{1,2})(?:\.\d{1,2}){0,3}[.．]? (?=[\u4e00-\u9fff])")
_HEADING = 40
"""Characters up to which a number at the start may be a heading's, which keeps its space."""
_CHINESE = 0.25
"""Share of Chinese characters from which a text is Chinese with Latin words in it, not the other way round."""


def chinese_spacing(text: str) -> tuple[str, int]:
    """Takes out spaces that justified lines leave around characters; half-width marks after one become full."""
    if text.isascii() or not (han := len(_HAN.findall(text))):
        return text, 0
    text, spaces = _SPACED.subn("", text)
    text, marks = _HALF_WIDTH.subn(lambda match: _FULL_WIDTH[match.group(1)], text)
    latin = 0
    if han >= _CHINESE * len(text):
        number = _NUMBER.match(text)
        kept = number.end() if number and len(text) <= _HEADING else 0
        rest, latin = _LATIN.subn("", text[kept:])
        text = text[:kept] + rest
    return text, spaces + marks + latin
