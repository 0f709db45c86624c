"""What the miners of `tasks/` find in a paper: an answer with its spans, what the question says, what may be shown.

Found("definition", "The ratio of ...", answers=(span,), values={"term": "volume fraction"}, context="either", ...)

A text shown to a reader is the paper's own, without citation marks and pointers to figures: the span stays as it was.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from builders.mine.passages import Paragraph, Sentence, size, together
from builders.types import Source

Context = Literal[
    "named",  # the question names the paper by its title
    "shown",  # the question shows the passage
    "either",  # one of the two, by hash
    "alone",  # the question itself shows all that is needed
]

PASSAGE = {"en": 130, "zh": 280}  # words, or Chinese characters, of a passage that is shown with a question
_BRACKETS = re.compile(
    r"\s?(?:\((?P<round>[^()]{1,300})\)|\[(?P<square>[\d,;–— -]{1,80})\]|（(?P<wide>[^（）]{1,60})）"
    r"|<sup>\[?(?P<raised>\d{1,3}(?:[,–-]\d{1,3}){0,10})\]?</sup>)"
)
_YEAR = re.compile(r"(?:^|[ ,(])(?:19|20)\d\d[a-z]?(?:[;,]|\s?▸|$)")
_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12}")
_POINTER = re.compile(
    r"(?:see |cf\. |e\.g\.,? )?(?:also )?(?:Supplementa(?:ry|l) |Additional |Extended Data |Online )?"
    r"(?:(?:Figs?|Tabs?|Eqs?|Refs?|Sect?)\b|Figures?|Tables?|Equations?|Sections?|Movies?|Videos?|Appendix"
    r"|[Ff]ile|data not shown|not shown|unpublished)"
    r"|(?:see )?(?:Methods?|Experimental|Discussion)\b|Materials\b|SI\b|[Ss]upplement|[Ss]upporting"
    r"|see (?:the )?(?:text|below|above)|[见如]?(?:附?[图表]|公式)\s?[A-Z]?\d"
)
_MARKS = re.compile(r"[\[(（<]")
_BEFORE_MARK = re.compile(r" (?=[,.;:!?)\]](?:\s|$))")
_CAPITAL_WORD = re.compile(r"[A-Z][a-z]{2,}(?:-[a-z]+)*(?![\w-])")
_LOWER = re.compile(r"[a-z]+(?=[\s,.;-]|$)")
_FULL_STOP = {"en": ".", "zh": "。"}


@dataclass(frozen=True, slots=True)
class Found:
    """A question that could be asked."""

    family: str
    """Names the miner, and its wordings in `wordings/paper_tasks.yaml`."""
    answer: str
    answers: tuple[Source, ...]
    """Where the answer stands; of a table, the table."""
    values: Mapping[str, str]
    """What the wording quotes, by placeholder."""
    quoted: tuple[Source, ...] = ()
    """Where that stands."""
    context: Context = "named"
    passage: tuple[Source, ...] = ()
    """What may be shown with the question."""
    uses: tuple[Source, ...] = ()
    """The sentences that no other question may be about."""
    section: tuple[str, ...] = ()
    said: str = ""
    """Words of the answer that are ours, not the paper's: a label, a template."""


@functools.lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """The text without citations, pointers to figures and stray white space."""
    if _MARKS.search(text) is None:
        return unspaced(text)
    return unspaced(_BRACKETS.sub(_without_pointer, text))


def uncited(text: str) -> str:
    """The text without citations; what it says of figures stays."""
    return unspaced(_BRACKETS.sub(_without_citation, text) if _MARKS.search(text) else text)


def _without_citation(found: re.Match[str]) -> str:
    """Nothing in place of a citation, else the brackets as they are."""
    said = found["round"] or ""
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    numbered = _NUMBERS.fullmatch(said) is not None and (before.isalpha() or before in ")]") and after in ".,;"
    cited = found["square"] or found["raised"] or numbered or (said[:1].isalpha() and _YEAR.search(said) is not None)
    return "" if cited else found.group()


def _without_pointer(found: re.Match[str]) -> str:
    """Nothing in place of a citation or of a pointer to a figure."""
    pointed = _POINTER.match(found["round"] or found["wide"] or "")
    return "" if pointed else _without_citation(found)


def unspaced(text: str) -> str:
    """White space as single spaces, none before a mark."""
    return _BEFORE_MARK.sub("", " ".join(text.split()))


def polished(text: str, language: str) -> str:
    """A phrase as a sentence: with a capital, where its first word is a plain one, and a full stop."""
    text = tidy(text).rstrip(" ,;:，；：、.")
    if _LOWER.match(text):
        text = text[0].upper() + text[1:]
    return text if text.endswith(("!", "?", "。", "！", "？")) else text + _FULL_STOP[language]


def lowered(text: str) -> str:
    """A phrase as part of a sentence: its article or pronoun without a capital."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in _SMALL else text


_SMALL = frozenset(
    "The A An We Our In On At By For From Of To With All Both Each Most Some Many Such Two Three Several No".split()  # noqa: SIM905
)


def inside(phrase: str, text: str) -> str:
    """A phrase that began a sentence as it stands within one: without a capital where the text has it so elsewhere."""
    word = _CAPITAL_WORD.match(phrase)
    small = phrase[:1].lower() + phrase[1:]
    often = word and re.search(rf"(?<![\w-]){re.escape(small[: word.end()])}(?![\w-])", text)
    return small if often else lowered(phrase)


def around(paragraph: Paragraph, sentence: Sentence, language: str) -> tuple[Source, ...]:
    """The sentence with those about it in its paragraph, as many as a passage may hold; the earlier ones first."""
    sentences = paragraph.sentences
    first = last = sentences.index(sentence)
    room = PASSAGE[language] - size(sentence.text, language)
    while first and (taken := size(sentences[first - 1].text, language)) <= room:
        first, room = first - 1, room - taken
    while last + 1 < len(sentences) and (taken := size(sentences[last + 1].text, language)) <= room:
        last, room = last + 1, room - taken
    return (together(sentences[first : last + 1]),)
