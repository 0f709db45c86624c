"""Paragraphs in, what a paper defines and abbreviates out.

    "Remission was defined as a score below seven."         ->  definition: "Remission" | "a score below seven"
    "the extracellular space (ECS) is ..."                  ->  abbreviation: "ECS" | "extracellular space"
    "脑脊液（cerebrospinal fluid，CSF）充满脑室。"              ->  abbreviation: "CSF" | "cerebrospinal fluid"

The long form of an abbreviation is found by the algorithm of Schwartz and Hearst (2003), with stricter checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builders.mine.comprehension.candidates import Candidate
from builders.mine.comprehension.clauses import left_phrase, trimmed
from builders.mine.passages import LONGEST, Paragraph, balanced, leans, mostly_words, quotable, size

TERM_WORDS = 8
DEFINITION_WORDS = (3, 60)
_OFTEN = (
    r"(?:(?:commonly|often|usually|generally|here|typically|formally|operationally|then|therefore|thus|also) ){0,2}"
)
_DEFINED = re.compile(
    rf" (?:(?:is|are|was|were|can be|has been|have been|may be) {_OFTEN}defined as|refers? to|denotes?) "
)
_APPOSED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?) (?P<term>[^,;:()]{3,60}(?: \([^()]{2,20}\))?), (?:which (?:is|are) )?defined as "
)
_ARTICLE = re.compile(r"(?:(?:the|an?) )?(?:(?:term|word|concept|expression)s? )?", re.IGNORECASE)
_NO_MEANING = re.compile(r"(?:where|when|if|follows?|in|by|shown|described|above|below|either|being|to|for|with)\b")
_PARTING = re.compile(r"; |, (?:which|while|whereas|but|and (?:is|are|was|were)|is|are|was|were)\b")
_CHINESE_DEFINED = re.compile(
    r"(?:^|[，；：])(?:所谓)?“?(?P<term>[^，。；：“”（）()]{2,24}?)”?(?:（[^（）]{1,60}）)?(?:一般|通常|常|主要)?(?:是指|指的是|系指|被定义为|定义为)(?P<meaning>(?:(?!，[而这但])[^。；]){5,120})"
)
_CHINESE_SO_CALLED = re.compile(
    r"(?:^|[，；：])所谓“?(?P<term>[^，。；：“”（）()]{2,24}?)”?(?:（[^（）]{1,60}）)?，(?:就是|即|是指|指的是|指)(?P<meaning>(?:(?!，[而这但])[^。；]){5,120})"
)
_CHINESE_NO_TERM = re.compile(r"[的了是在则]|^[而但]|都|也|不|可以|这|该")
_SHORT = re.compile(
    r"[(（](?:(?P<long>[A-Za-z][^()（）,，;；]{3,80})[,，;；]\s?)?(?P<short>[A-Za-zα-ω][\w+α-ω/-]{1,9})[)）]"
)
_NO_LONG_END = re.compile(r"\b(?:and|or|of|the|in|for|with|by)$", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[a-z]{3,}")


def definitions(paragraph: Paragraph, language: str) -> Iterator[Candidate]:
    """A term and its meaning: asked for the meaning, and for the term."""
    for sentence in paragraph.sentences:
        found = _defined(sentence.text, language) if quotable(sentence.text, language) else None
        if found:
            term, meaning = (sentence.part(*span) for span in found)
            yield Candidate("definition", (meaning,), {"term": (term,)}, paragraph.section, (sentence.source,))
            yield Candidate("term", (term,), {"meaning": (meaning,)}, paragraph.section, (sentence.source,))


Span = tuple[int, int]


def _defined(text: str, language: str) -> tuple[Span, Span] | None:
    """Where the term stands, and where its meaning."""
    if language == "zh":
        return _chinese_defined(text)
    if apposed := _APPOSED.search(text):
        term = apposed.span("term")
        end = _meaning_end(text, apposed.end())
        phrase = left_phrase(text[slice(*term)]) == 0 and len(text[slice(*term)].split()) <= TERM_WORDS
        return (term, (apposed.end(), end)) if phrase and end else None
    verb = _DEFINED.search(text)
    start = left_phrase(text[: verb.start()]) if verb else None
    if verb is None or start is None:
        return None
    article = _ARTICLE.match(text, start)
    start = article.end() if article else start
    if '"' in text[start : verb.start()]:
        return None
    end = _meaning_end(text, verb.end())
    words = len(text[start : verb.start()].split())
    return ((start, verb.start()), (verb.end(), end)) if end and 0 < words <= TERM_WORDS else None


def _meaning_end(text: str, start: int) -> int | None:
    parting = _PARTING.search(text, start)
    end = start + trimmed(text[start : parting.start() if parting else len(text)])
    meaning = text[start:end]
    least, most = DEFINITION_WORDS
    right = (
        least <= len(meaning.split()) <= most
        and not _DEFINED.search(meaning)
        and balanced(meaning)
        and mostly_words(meaning)
    )
    return end if right and not leans(meaning, "en") and not _NO_MEANING.match(meaning) else None


def _chinese_defined(text: str) -> tuple[Span, Span] | None:
    found = _CHINESE_SO_CALLED.search(text) or _CHINESE_DEFINED.search(text)
    if found is None or leans(found["term"], "zh") or _CHINESE_NO_TERM.search(found["term"]):
        return None
    return (found.span("term"), found.span("meaning")) if balanced(found["meaning"]) else None


def abbreviations(paragraph: Paragraph) -> Iterator[Candidate]:
    """A short form in brackets after its long form: asked for the long one, and for the short one."""
    for sentence in paragraph.sentences:
        if len(sentence.text) > LONGEST or not ("(" in sentence.text or "（" in sentence.text):
            continue
        for short in _SHORT.finditer(sentence.text):
            span = _long_form(sentence.text, short)
            if span:
                long_form, short_form = sentence.part(*span), sentence.part(*short.span("short"))
                uses = (sentence.source,)
                yield Candidate("abbreviation", (long_form,), {"short": (short_form,)}, paragraph.section, uses)
                yield Candidate("short_form", (short_form,), {"long": (long_form,)}, paragraph.section, uses)


def _long_form(text: str, short: re.Match[str]) -> Span | None:
    """The span of the long form, or None where there is none that a reader would accept."""
    name = short["short"]
    if sum(character.isupper() for character in name) < 2 or not any(map(str.isalpha, name)):
        return None
    if short["long"]:
        span = short.span("long")
        start = matched(text[slice(*span)], name)
        start = None if start is None else span[0] + start
        end = span[1]
    else:
        before = text[: short.start()].rstrip()
        words = list(re.finditer(r"\S+", before[-200:]))[-min(len(name) + 5, 2 * len(name)) :]
        first = len(before) - len(before[-200:]) + words[0].start() if words else len(before)
        start = matched(before[first:], name)
        start = None if start is None else first + start
        end = len(before)
    if start is None or (start and text[start - 1] in "-–'′"):
        return None
    return (start, end) if _believable(text[start:end], name) else None


def matched(long_form: str, short: str) -> int | None:
    """Schwartz and Hearst: each character of the short form from right to left, the first at the start of a word."""
    position = len(long_form)
    letters = [character for character in short.casefold() if character.isalnum()]
    lower = long_form.lower()
    for index in range(len(letters) - 1, -1, -1):
        position = lower.rfind(letters[index], 0, position)
        if index == 0:
            while position > 0 and lower[position - 1].isalnum():
                position = lower.rfind(letters[0], 0, position)
        if position < 0:
            return None
    return position


def _believable(long_form: str, short: str) -> bool:
    """At least two words or a long one, no mark or short form in it, and few words without a letter of their own."""
    words = re.findall(r"[^\s-]+", long_form)
    letters = sum(map(str.isalpha, short))
    return (
        len(long_form) > len(short) + 3
        and long_form[-1].isalnum()
        and short[-1].isalnum()
        and short not in words
        and (len(words) > 1 or len(long_form) >= 10)
        and len(words) <= letters + 2
        and _PLAIN_WORD.search(long_form) is not None
        and not _NO_LONG_END.search(long_form)
        and not re.search(r"[,;:()\[\]。，；]", long_form)
        and size(long_form, "zh") == 0
    )
