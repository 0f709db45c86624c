"""The closed table of opposites: `wordings/antonyms.yaml` in, the polar words of a text and their opposites out.

polar("The volume increased in sleep", "en")  ->  [Polar(start=11, end=20, word="increased", opposite="decreased")]
opposed("enhanced", "diminished", "en")       ->  True, though an edit would write "reduced"
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from builders.logic.verbs import WORDINGS, conjugated, verbs

_PREFIXES = ("un", "in", "im", "ir", "non", "non-", "dis", "de", "a")
# What a Chinese polar word is a part of: 抑制剂, 收缩压, 扩张型, 增强扫描.
_CHINESE_PART = re.compile(
    r"[剂性型率度压期症因物素者术器法比值量系仪]|扫描|成像|作用|蛋白|神经|细胞|通路|治疗|疗法|状态|综合征|相|程度|超声"
    r"|造影|检查|CT|MRI|以及"
)
_LETTER = re.compile(r"[^\W_]|-")


@dataclass(frozen=True, slots=True)
class Polar:
    """A word of a text that has an opposite."""

    start: int
    end: int
    word: str
    opposite: str
    """In the same form and letter case."""


@dataclass(frozen=True, slots=True)
class Antonyms:
    """The table of one language."""

    opposite: Mapping[str, str]
    """By each form, in lower case, the form that replaces it."""
    poles: Mapping[str, frozenset[tuple[str, int]]]
    """By each form the scales and sides on which it stands."""
    whole: Mapping[str, str]
    """Names that have an opposite as a whole: 寒 and 热, of which 寒 in 伤寒 has none."""
    pattern: re.Pattern[str]


@functools.cache
def antonyms(language: str) -> Antonyms:
    data = yaml.safe_load((WORDINGS / "antonyms.yaml").read_text(encoding="utf-8"))[language]
    opposite: dict[str, str] = {}
    whole: dict[str, str] = {}
    poles: dict[str, set[tuple[str, int]]] = {}
    for kind, scale, left, right in _entries(data):
        for one, other in _forms(left, right, kind):
            if kind != "named":
                edited = whole if kind == "whole" else opposite
                edited.setdefault(one, other)
                edited.setdefault(other, one)
            for side, form in enumerate((one, other)):
                poles.setdefault(form, set()).add((scale, side))
    longest = sorted(opposite, key=len, reverse=True)
    words = "|".join(map(re.escape, longest))
    pattern = re.compile(words if language == "zh" else rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    return Antonyms(opposite, {form: frozenset(found) for form, found in poles.items()}, whole, pattern)


def _entries(data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for kind, scales in data.items():
        for scale, pairs in scales.items():
            for pair in pairs:
                left, right = (word.strip() for word in pair.split(" / "))
                # Of direction, verbs and nouns of one meaning are one scale.
                yield kind, "amount" if scale == "direction" else scale, left, right


def _forms(left: str, right: str, kind: str) -> list[tuple[str, str]]:
    """The forms that replace each other: of verbs each by its own kind, of named words the plural, too."""
    both = {left, right} <= set(verbs().forms)
    if kind == "verbs" or (kind == "named" and both):
        return list(zip(verbs().forms[left], verbs().forms[right], strict=True))
    if kind == "named" and left.isascii():
        inflected = zip(conjugated(left), conjugated(right), strict=True)
        return [(left, right), *inflected]
    return [(left, right)]


def polar(text: str, language: str) -> list[Polar]:
    """The polar words of a text that an edit may replace, in order."""
    table = antonyms(language)
    found = []
    for match in table.pattern.finditer(text):
        if language == "zh" and (_CHINESE_PART.match(text, match.end()) or text[: match.start()].endswith("性")):
            continue
        opposite = table.opposite[match.group().lower()]
        found.append(Polar(match.start(), match.end(), match.group(), cased(opposite, match.group())))
    return found


def opposite_name(name: str) -> str | None:
    """A name with its one polar word replaced, in the language of that word; None where it has none or several."""
    for language in ("zh", "en"):
        if name.lower() in antonyms(language).whole:
            return cased(antonyms(language).whole[name.lower()], name)
        if len(words := polar(name, language)) == 1:
            return name[: words[0].start] + words[0].opposite + name[words[0].end :]
    return None


def cased(word: str, like: str) -> str:
    """The word in the letter case of another."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def opposed(one: str, other: str, language: str) -> bool:
    """Whether two words are opposites: on two sides of a scale, or one is the other with a negative prefix."""
    one, other = one.lower(), other.lower()
    poles = antonyms(language).poles
    sides = poles.get(one, frozenset())
    if any((scale, 1 - side) in poles.get(other, frozenset()) for scale, side in sides):
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(shorter) > 3 and any(longer == prefix + shorter for prefix in _PREFIXES)


def with_article(text: str, start: int, word: str) -> tuple[int, str]:
    """Where an English edit begins and what it writes, so that "an increase" becomes "a decrease"."""
    article = re.search(r"(?<![\w-])(an?) $", text[:start], re.IGNORECASE)
    if article is None:
        return start, word
    right = "an" if word[:1].lower() in "aeiou" else "a"
    return article.start(1), cased(right, article.group(1)) + " " + word
