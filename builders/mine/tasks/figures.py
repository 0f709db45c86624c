"""Captions and the sentences that cite their figures in, questions that lead from the one to the other out.

caption "Figure 2: Width of the space.", sentence "As Figure 2 shows, the space is ..."
    ->  caption_text: the caption | the sentence          caption_match: the sentence, four captions | the caption
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builders.graph.chance import generator
from builders.mine.passages import (
    Paragraph,
    Sentence,
    balanced,
    blocks,
    content,
    leans,
    mostly_words,
    size,
    within,
)
from builders.mine.tasks.found import Found, uncited
from builders.mine.tasks.reading import clean
from builders.mine.tasks.say import Paper
from builders.types import Source

OPTIONS = 4
CAPTION = {"en": (5, 90), "zh": (6, 150)}
CITING = {"en": (8, 60), "zh": (12, 120)}
MOST_SHARED = 0.6  # of its words: a sentence that says the caption again tells nothing
SHARED = 2  # words of a caption that the sentence on it must have
_CAPTION = re.compile(
    r"^\W{0,4}(?P<kind>Fig(?:ure|\.)?|FIG(?:URE|\.)?|Table|TABLE|图|表)\s?(?P<number>\d{1,2}"
    r"|[IVX]{1,5})\**\s?[.:：|]?\**\s{0,3}(?P<text>.+)$",
    re.DOTALL,
)
_CITED = re.compile(
    r"(?P<kind>\bFig(?:ure|\.)?|\bTable|图|表)\s?(?P<number>\d{1,2}|[IVX]{1,5})(?!\d|\.\d)(?P<part>[A-Za-z]?\b)"
)
_MORE = re.compile(r"(?:\bFig(?:ure)?s\b|\bTables\b|[图表]\s?\d+\s?[、和与至-])")
_SECOND = re.compile(r"(?:Fig(?:ure|\.)?|Table|图|表)\s?\d+\s?[.:：]")
_ALSO = re.compile(r"\balso\b|还|也")
_EMPTY = re.compile(
    r"^(?:As (?:shown|seen)|See|The results? (?:is|are|was|were) (?:shown|presented|summari[sz]ed|reported)"
    r"|(?:Fig|Tab)\S* \d+ (?:shows|presents|lists|summari[sz]es|reports) (?:the|our) (?:main "
    r"|overall )?results?\.)"
)

Label = tuple[str, str]
"""`figure` or `table`, and the number."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption without its label."""

    label: Label
    text: str
    source: Source


def figures(paper: Paper, paragraphs: Sequence[Paragraph]) -> Iterator[Found]:
    """Every caption with the first sentence that cites its figure or table, and no other."""
    captions = _captions(paper)
    if not captions:
        return
    for label, (sentence, paragraph) in _citing(paper, paragraphs, captions).items():
        caption = captions[label]
        answer = uncited(sentence.text)
        yield Found(
            "caption_text",
            answer,
            (sentence.source,),
            {"caption": caption.text},
            (caption.source,),
            "named",
            (),
            (sentence.source,),
            paragraph.section,
        )
        yield from _match(sentence, caption, captions, paragraph, paper)


def _match(
    sentence: Sentence, caption: Caption, captions: Mapping[Label, Caption], paragraph: Paragraph, paper: Paper
) -> Iterator[Found]:
    """Which of four captions of one kind belongs to the sentence: the one that shares most words with it."""
    others = [other for label, other in captions.items() if label[0] == caption.label[0] and other != caption]
    if len(others) < OPTIONS - 1:
        return
    said = content(sentence.text, paper.language)
    shared = len(said & content(caption.text, paper.language))
    far = [other for other in others if len(said & content(other.text, paper.language)) < shared / 2]
    if shared < SHARED or len(far) < OPTIONS - 1:
        return
    rng = generator("captions", paper.document.id, caption.text)
    options = [caption, *rng.sample(far, OPTIONS - 1)]
    rng.shuffle(options)
    values = {"sentence": uncited(sentence.text), "captions": "\n".join(f"- {option.text}" for option in options)}
    quoted = (sentence.source, *(option.source for option in options if option != caption))
    answers = (caption.source,)
    yield Found(
        "caption_match", caption.text, answers, values, quoted, "alone", (), (sentence.source,), paragraph.section
    )


def _captions(paper: Paper) -> dict[Label, Caption]:
    """The captions that are whole and alone in their block, by label; two of one label are none."""
    found: dict[Label, Caption] = {}
    twice: set[Label] = set()
    least, most = CAPTION[paper.language]
    for block, source in blocks(paper.document):
        caption = _CAPTION.match(block.text) if block.kind == "caption" else None
        if caption is None:
            continue
        label = _label(caption)
        if label in found:
            twice.add(label)
        text = uncited(caption["text"])
        fits = least <= size(text, paper.language) <= most and not _SECOND.search(text)
        if fits and clean(text) and balanced(text) and mostly_words(text) and "\n" not in caption["text"].strip():
            start = caption.start("text")
            found[label] = Caption(label, text, within(source, start, start + len(caption["text"].rstrip())))
    return {label: caption for label, caption in found.items() if label not in twice}


def _label(found: re.Match[str]) -> Label:
    return ("figure" if found["kind"][0] in "Ff图" else "table"), found["number"]


def _citing(
    paper: Paper, paragraphs: Sequence[Paragraph], captions: Mapping[Label, Caption]
) -> dict[Label, tuple[Sentence, Paragraph]]:
    """The first sentence that says something of each figure and of no other."""
    citing: dict[Label, tuple[Sentence, Paragraph]] = {}
    times: Counter[Label] = Counter()
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            cited = list(_CITED.finditer(sentence.text))
            labels = {_label(each) for each in cited}
            times.update(labels)
            if len(labels) != 1 or _MORE.search(sentence.text) or any(each["part"] for each in cited):
                continue
            label = labels.pop()
            if (
                label in captions
                and label not in citing
                and _says(sentence.text, captions[label].text, paper.language)
            ):
                citing[label] = sentence, paragraph
    # "Which sentence cites it?" has one answer where one sentence does.
    return {label: found for label, found in citing.items() if times[label] == 1}


def _says(text: str, caption: str, language: str) -> bool:
    least, most = CITING[language]
    plain = uncited(text)
    shared = content(plain, language) & content(caption, language)
    return (
        least <= size(plain, language) <= most
        and plain[-1] in ".。!！"
        and (plain[0].isupper() or language == "zh")
        and clean(plain)
        and balanced(plain)
        and mostly_words(plain)
        and not leans(plain, language)
        and not _EMPTY.match(plain)
        and len(shared) >= SHARED
        and len(shared) <= MOST_SHARED * len(content(plain, language))
        and not _ALSO.search(plain)
    )
