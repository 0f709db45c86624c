"""A paper's sections in, tasks on its structure out: headings, openings, completion, title and abstract.

Candidate("heading", answers=(span of "Extraction of fluid",), quoted={"passage": ..., "options": four headings})
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.graph.chance import fraction, generator
from builders.mine.comprehension.candidates import Candidate
from builders.mine.passages import (
    ABSTRACT,
    BACK_MATTER,
    NUMBERING,
    Paragraph,
    blocks,
    leans,
    mostly_words,
    quotable,
    size,
    together,
    within,
)
from builders.types import Document, Source

OPTIONS = 4
PASSAGE = {"en": (25, 80), "zh": (40, 160)}  # words, or characters, of a passage whose heading is asked
OPENING = {"en": 60, "zh": 120}
COMPLETION = {"en": 150, "zh": 250}
BEGINNING = {"en": 100, "zh": 200}
ABSTRACT_SIZE = {"en": (60, 350), "zh": (80, 700)}
SENTENCES = 4  # fewest in a paragraph that is to be completed
CUT = (0.3, 0.7)
HEADINGS = (4, 12)
TITLE = {"en": 4, "zh": 6}
# Headings that every paper has say nothing of what stands under them.
_GENERIC = re.compile(
    r"(?:introduction|background|(?:general )?discussion|conclusions?|concluding remarks|summary|abstract|results?"
    r"|findings|(?:patients?|materials?|subjects?|animals?|samples?)?(?: and |, )?methods?(?: summary)?|methodology"
    r"|materials?|experiments?|experimental (?:section|procedures?|methods?)|results? and discussions?"
    r"|discussions? and conclusions?|limitations?|outlook|future (?:work|directions?)|overview|(?:star|online) methods"
    r"|related work|statistics|statistical anal\w+|data anal\w+"
    r"|引言|前言|绪论|背景|材料与方法|方法|结果|讨论|结论|小结|总结|展望|摘要|结果与讨论|概述|局限)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    source: Source
    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


def structure(document: Document, found: Sequence[Paragraph], seed: int) -> Iterator[Candidate]:
    """Every task on the structure of a paper; its title or its abstract is asked, not both."""
    language = document.language
    sections = [section for section in _sections(document, found) if section.paragraphs]
    for section in sections:
        yield from _opening(section, language)
        yield from _heading(section, sections, document, seed)
    for paragraph in found:
        if not paragraph.is_abstract:
            yield from completion(paragraph, document, seed)
    yield from _summary(document, found, sections, seed)


def _sections(document: Document, found: Sequence[Paragraph]) -> Iterator[_Section]:
    """The sections that have a heading of their own making."""
    seen: dict[str, int] = {}
    headings = [(block, source) for block, source in blocks(document) if block.kind == "heading"]
    for block, _ in headings:
        seen[block.text] = seen.get(block.text, 0) + 1
    for block, source in headings:
        number = NUMBERING.match(block.text)
        start = number.end() if number else 0
        name = block.text[start:]
        if seen[block.text] == 1 and not _GENERIC.fullmatch(name.strip()) and not BACK_MATTER.search(name):
            path = (*block.section, block.text)
            under = tuple(paragraph for paragraph in found if paragraph.section == path)
            if mostly_words(name) and 1 < len(name) <= 150 and not any(map(ABSTRACT.fullmatch, path)):
                yield _Section(name, within(source, start, len(block.text)), path, under)


def _opening(section: _Section, language: str) -> Iterator[Candidate]:
    """How a section begins: its first sentence, and those after it as long as they are short."""
    paragraph = section.paragraphs[0]
    first = paragraph.sentences[0].text if paragraph.sentences else ""
    if quotable(first, language) and not leans(first, language):
        span = _first_sentences(paragraph, OPENING[language], language)
        yield Candidate("opening", (span,), {"heading": (section.source,)}, section.path, (span,))


def _first_sentences(paragraph: Paragraph, most: int, language: str) -> Source:
    """The first sentence, and as many more as stay whole and within the length."""
    chosen = [paragraph.sentences[0]]
    for sentence in paragraph.sentences[1:]:
        length = sum(size(each.text, language) for each in chosen)
        if length + size(sentence.text, language) > most or not quotable(sentence.text, language):
            break
        chosen.append(sentence)
    return together(chosen)


def _heading(section: _Section, sections: Sequence[_Section], document: Document, seed: int) -> Iterator[Candidate]:
    """Under which of four headings of the paper a passage stands."""
    others = [other for other in sections if not _related(section.path, other.path)]
    if len(others) < OPTIONS - 1:
        return
    for paragraph in section.paragraphs[1:]:
        least, most = PASSAGE[document.language]
        if not paragraph.sentences or not quotable(paragraph.sentences[0].text, document.language):
            continue
        passage = _first_sentences(paragraph, most, document.language)
        rng = generator(seed, "heading", document.id, section.heading, paragraph.text)
        options = [section.source, *(other.source for other in rng.sample(others, OPTIONS - 1))]
        rng.shuffle(options)
        if size(document.text[passage.start : passage.end], document.language) >= least:
            quoted = {"passage": (passage,), "options": tuple(options)}
            yield Candidate("heading", (section.source,), quoted, section.path, (passage,))


def _related(one: Sequence[str], other: Sequence[str]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def completion(paragraph: Paragraph, document: Document, seed: int) -> Iterator[Candidate]:
    """The beginning of a paragraph, and how it goes on; cut between two sentences near the middle."""
    language, sentences = document.language, paragraph.sentences
    if len(sentences) < SENTENCES or not all(quotable(sentence.text, language) for sentence in sentences):
        return
    total = size(paragraph.text, language)
    low, high = (share * total for share in CUT)
    sizes = [size(sentence.text, language) for sentence in sentences]
    cuts = [cut for cut in range(1, len(sentences)) if low <= sum(sizes[:cut]) <= high]
    if not cuts:
        return
    cut = generator(seed, "completion", document.id, paragraph.text).choice(cuts)
    first, last = cut, cut
    while first and sum(sizes[first - 1 : cut]) <= BEGINNING[language]:
        first -= 1
    while last < len(sentences) and sum(sizes[cut : last + 1]) <= COMPLETION[language]:
        last += 1
    if first < cut < last:
        beginning = together(sentences[first:cut])
        rest = together(sentences[cut:last])
        yield Candidate("completion", (rest,), {"beginning": (beginning,)}, paragraph.section)


def _summary(
    document: Document, found: Sequence[Paragraph], sections: Sequence[_Section], seed: int
) -> Iterator[Candidate]:
    """The title from the abstract, or the abstract from the title and the headings: one of the two, by hash."""
    language = document.language
    abstract = [paragraph for paragraph in found if paragraph.is_abstract]
    title = next((source for block, source in blocks(document) if block.kind == "title"), None)
    least, most = ABSTRACT_SIZE[language]
    if title is None or not least <= sum(size(paragraph.text, language) for paragraph in abstract) <= most:
        return
    name = document.text[title.start : title.end]
    if size(name, language) < TITLE[language] or name[-1] in ".。；;：:" or "\n" in name:
        return
    spans = tuple(paragraph.source for paragraph in abstract)
    headings = tuple(section.source for section in sections[: HEADINGS[1]])
    if len(headings) >= HEADINGS[0] and fraction(seed, "summary", document.id) < 0.5:
        yield Candidate("abstract", spans, {"title": (title,), "headings": headings}, ("",), spans)
    else:
        yield Candidate("title", (title,), {"abstract": spans}, ("",), spans)
