"""Papers in, prose with its spans out: the paragraphs of the body, their sentences, and which of these can be quoted.

    paragraphs(document)  ->  Paragraph(section=("2 Methods",), text="...", source=Source(start=812, end=1204, page=3),
                                        sentences=(Sentence(text="The volume fraction was ...", source=...), ...))

A span always counts in `Document.text`, so `document.text[source.start:source.end]` is the text that stands here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from builders.sentences import spans
from builders.types import Block, Document, Source

WORDS = (8, 80)
CHINESE_CHARACTERS = (12, 120)
LONGEST = 1500  # characters of a sentence: what is longer is none, and no pattern is run on it
MOST_SYMBOLS = 0.35  # share of the characters that are digits, punctuation or symbols
ABSTRACT = re.compile(r"(?:abstract|summary|摘\s*要)", re.IGNORECASE)
NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.|[A-Z]\.|[一二三四五六七八九十]{1,3}、)\s*(?=\D)")
# Headings of what a journal asks for beside the science.
BACK_MATTER = re.compile(
    r"acknowledg|author.{0,3} contribution|contributions? of|fund(?:ing|ers)|(?:conflict|declaration|disclosure)"
    r"|competing|ethic|data availab|availability of|supplement|supporting information|additional (?:file|information)"
    r"|reporting summary|abbreviation|references|bibliograph|consent|appendix"
    r"|致谢|基金|利益冲突|作者贡献|参考文献|伦理|附录",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENDED = re.compile(r"[.!?。！？][\"”’)\]）]{0,3}(?:\s?\[[\d,;，–—\- ]{1,40}\])?$")
_STARTED = re.compile(r"[\"“(（]?[A-Z0-9\u4e00-\u9fff\u0370-\u03ff]")
_POINTER = re.compile(
    # A label, "Results: ", says less of the sentence than of where it stood.
    r"\(|[A-Z][A-Za-z ]{2,24}: |[\u4e00-\u9fff]{2,5}：|[表图式]\s?\d|[上下]表"
    r"|(?:table|tab\.|figs?\.|figures?|equation|eq\.|supplementary|additional file|panel|algorithm)\b",
    re.IGNORECASE,
)
_GLUED = re.compile(r"[a-z)\]]\.(?:Figs?|Tables?|[A-Z][a-z]{2,})\b|[a-z]\.[A-Z][a-z]+ ?\d")  # "mutants.Figure 5The"
_LETTERS = re.compile(r"[^\W\d_]+")
_BRACKETS = re.compile(r"[(){}\[\]（）【】“”《》]")
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "”": "“", "》": "《"}
_PRONOUN = re.compile(
    r"(?:(?:in|for|from|with|by|to|at|on|of|under|among|after|during|despite) )?"
    r"(?:it|its|they|them|their|theirs|he|she|his|her|we|our|i|you|this|that|these|those|such|here|both|neither"
    r"|either|another|others?|one|some|many|most|all|none|each"
    r"|the (?:former|latter|two|same|above|following|other)|as (?:such|above)|so|then)\b",
    re.IGNORECASE,
)
_CHINESE_PRONOUN = re.compile(
    r"[它他她这此该其那两二]|我们|作者|本文|本研究|前者|后者|上述|以上|如此|另一|有[的些]|同样"
    r"|式中|示例|[一二三四五六七八九]是"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands."""

    text: str
    source: Source

    def part(self, start: int, end: int) -> Source:
        """Where the characters `start` to `end` of this sentence stand."""
        return within(self.source, start, end)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body or the abstract."""

    section: tuple[str, ...]
    text: str
    source: Source
    sentences: tuple[Sentence, ...]

    @property
    def is_abstract(self) -> bool:
        return any(ABSTRACT.fullmatch(heading.strip()) for heading in self.section)

    @property
    def is_back_matter(self) -> bool:
        return any(BACK_MATTER.search(heading) for heading in self.section)


def within(source: Source, start: int, end: int) -> Source:
    """The source of a part, counted from the start of the whole."""
    assert source.start is not None
    first = source.start
    # Not `replace`, which looks at every field: this is called for every sentence.
    return Source(source.document, source.page, source.line, source.box, first + start, first + end)


def together(sentences: Sequence[Sentence]) -> Source:
    """The span from the first of some sentences of one paragraph to the last."""
    first = sentences[0].source
    return Source(first.document, first.page, first.line, first.box, first.start, sentences[-1].source.end)


def blocks(document: Document) -> Iterator[tuple[Block, Source]]:
    """Every block with its span."""
    start = 0
    for block in document.blocks:
        end = start + len(block.text)
        yield block, Source(document.id, block.page, block.line, block.box, start, end)
        start = end + 2


@functools.lru_cache(maxsize=1)  # all miners of a paper ask for them, one after the other
def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The paragraphs in order, the abstract's included and marked."""
    return tuple(_paragraphs(document))


@functools.lru_cache(maxsize=1)
def body(document: Document) -> tuple[Paragraph, ...]:
    """The paragraphs without those that a journal asks for beside the science."""
    return tuple(paragraph for paragraph in paragraphs(document) if not paragraph.is_back_matter)


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for block, source in blocks(document):
        if block.kind == "paragraph":
            found = (Sentence(block.text[start:end], within(source, start, end)) for start, end in spans(block.text))
            yield Paragraph(block.section, block.text, source, tuple(found))


@functools.lru_cache(maxsize=4096)  # every miner asks it of the same sentences
def quotable(text: str, language: str) -> bool:
    """Whether a sentence is whole, of a length to be asked about, and more words than symbols."""
    return (
        len(text) <= LONGEST
        and _STARTED.match(text) is not None
        and _ENDED.search(text) is not None
        and not _POINTER.match(text)
        and "\n" not in text
        and not _GLUED.search(text)
        and balanced(text)
        and _fits(text, language)
        and mostly_words(text)
    )


def mostly_words(text: str) -> bool:
    """Whether at most a third or so of the characters are digits, punctuation or symbols."""
    letters = sum(map(len, _LETTERS.findall(text)))
    return letters >= (1 - MOST_SYMBOLS) * len("".join(text.split()))


def balanced(text: str) -> bool:
    """Whether every bracket and curved quotation mark that opens also closes, in order."""
    opened: list[str] = []
    for mark in _BRACKETS.findall(text):
        if mark not in _PAIRS:
            opened.append(mark)
        elif not opened or opened.pop() != _PAIRS[mark]:
            return False
    return not opened and text.count('"') % 2 == 0


def leans(text: str, language: str) -> bool:
    """Whether a text begins with a word that means something said before it, so that it cannot be read alone."""
    pattern = _CHINESE_PRONOUN if language == "zh" else _PRONOUN
    return pattern.match(text) is not None


def size(text: str, language: str) -> int:
    """Words of a text, or Chinese characters."""
    return len(_CHINESE.findall(text)) if language == "zh" else len(text.split())


def _fits(text: str, language: str) -> bool:
    least, most = CHINESE_CHARACTERS if language == "zh" else WORDS
    return least <= size(text, language) <= most


def content(text: str, language: str) -> set[str]:
    """What a text is about, roughly: its longer words without endings, or its pairs of Chinese characters."""
    if language == "zh":
        found = _CHINESE.findall(text)
        return {one + other for one, other in pairwise(found)}
    words = (word.casefold() for word in _WORD.findall(text) if len(word) > 3)
    return {word[:7].rstrip("s") for word in words if word not in common_words("en")}


@functools.cache
def common_words(language: str) -> frozenset[str]:
    """The words that are no term of a field, from `wordings/common_words.yaml`."""
    path = Path(__file__).parents[1] / "wordings" / "common_words.yaml"
    return frozenset(yaml.safe_load(path.read_text(encoding="utf-8"))[language].split())
