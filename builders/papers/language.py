"""The language of a paper: Chinese by its script, English by a trained identifier.

language_of("脑细胞外间隙是神经元之间的狭窄通道。")  ->  "zh"
"""

from __future__ import annotations

import re

from builders.types import Language

_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z]")
_SAMPLE = 5_000
"""Characters that the identifier reads."""


def language_of(text: str) -> Language:
    """The language that most of a text is in.

    A Chinese character stands for about as much as three Latin letters, so an English abstract does not hide a
    Chinese paper; kana or Hangul among the characters mean another language.
    """
    han, other = len(_HAN.findall(text)), len(_KANA_OR_HANGUL.findall(text))
    latin = len(_LATIN.findall(text))
    if han + other and 3 * (han + other) >= latin:
        return "zh" if han > 10 * other else "other"
    if not latin:
        return "other"
    from py3langid import classify  # its model takes seconds to load, and Chinese needs none

    language, _ = classify(text[:_SAMPLE])
    return "en" if language == "en" else "other"
