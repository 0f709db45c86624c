"""Paragraphs in, sentences to put in order and beginnings to complete out.

four sentences  ->  order: the same, shuffled | as they stand          completion: the first two | the other two
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from builders.graph.chance import fraction, generator
from builders.mine.comprehension.structure import completion
from builders.mine.passages import Paragraph, size, together
from builders.mine.tasks.found import Found, tidy
from builders.mine.tasks.reading import alone, clean, usable
from builders.mine.tasks.say import Paper
from builders.mine.tasks.sections import role

SENTENCES = (4, 6)
ENOUGH = 2  # completions of a paper, of which one is asked
SIZE = {"en": (50, 170), "zh": (80, 330)}
CUED = 0.6  # share of the sentences after the first that say by their first words that something stands before them
_CUE = re.compile(
    r"(?:However|Therefore|Thus|Hence|Moreover|Furthermore|In addition|Additionally|Consequently|As a (?:result"
    r"|consequence)"
    r"|For (?:example|instance)|In contrast|By contrast|Conversely|Similarly|Likewise|Then|Next|Finally|Lastly"
    r"|Second(?:ly)?"
    r"|Third(?:ly)?|Subsequently|Afterwards?|Accordingly|Nevertheless|Nonetheless|Instead|Specifically"
    r"|In particular|Indeed"
    r"|Taken together|In (?:conclusion|summary|turn|fact)|Interestingly|Notably|Importantly|Also|This|These"
    r"|Those|Such|It|They"
    r"|Its|Their|Both|Another|Here|That is|On the other hand|To this end)\b"
    r"|然而|但|因此|所以|此外|另外|同时|而且|例如|比如|相反|其次|最后|第[二三四五]|随后|接着|然后|总之|综上|这"
    r"|该|其|它|由此|另一|反之"
)


def passages(paper: Paper, paragraphs: Sequence[Paragraph], seed: int) -> Iterator[Found]:
    """Every paragraph whose order can be told from its sentences, and every one that can be completed."""
    found = [each for each in paragraphs if not each.is_abstract and role(each.section) != "methods"]
    for paragraph in found:
        yield from _order(paragraph, paper, seed)
    # One is asked, so the paragraphs are tried in an order by hash until there are some.
    long_enough = [paragraph for paragraph in found if len(paragraph.sentences) >= SENTENCES[0]]
    long_enough.sort(key=lambda each: fraction(seed, "completion", each.text))
    yield from islice((each for paragraph in long_enough for each in _completion(paragraph, paper, seed)), ENOUGH)


def _order(paragraph: Paragraph, paper: Paper, seed: int) -> Iterator[Found]:
    sentences, language = paragraph.sentences, paper.language
    if not _tells_order(paragraph, language) or not _is_sound(paragraph, language):
        return
    texts = [tidy(sentence.text) for sentence in sentences]
    if len(set(texts)) < len(texts):
        return
    rng = generator(seed, "order", paper.document.id, paragraph.text)
    shuffled = texts[:]
    while shuffled == texts:
        rng.shuffle(shuffled)
    spans = tuple(sentence.source for sentence in sentences)
    joined = ("" if language == "zh" else " ").join(texts)
    values = {"sentences": "\n".join(f"- {text}" for text in shuffled)}
    yield Found("order", joined, spans, values, (), "alone", (), spans, paragraph.section)


def _tells_order(paragraph: Paragraph, language: str) -> bool:
    """Whether most sentences after the first say by their first words that something stands before them."""
    first, *rest = paragraph.sentences or (None,)
    (least, most), (shortest, longest) = SENTENCES, SIZE[language]
    if (
        first is None
        or not least <= len(rest) + 1 <= most
        or not shortest <= size(paragraph.text, language) <= longest
    ):
        return False
    cued = sum(_CUE.match(sentence.text) is not None for sentence in rest)
    return cued >= CUED * len(rest) and not _CUE.match(first.text) and alone(first.text, language)


def _is_sound(paragraph: Paragraph, language: str) -> bool:
    return all(usable(sentence.text, language) for sentence in paragraph.sentences)


def _completion(paragraph: Paragraph, paper: Paper, seed: int) -> Iterator[Found]:
    for candidate in completion(paragraph, paper.document, seed) if _is_sound(paragraph, paper.language) else ():
        quoted, uses = candidate.quoted["beginning"], (together(paragraph.sentences),)
        beginning, rest = paper.quoted(quoted), paper.quoted(candidate.answers)
        first = next(each.text for each in paragraph.sentences if each.source.start == quoted[0].start)
        if clean(f"{beginning} {rest}") and alone(first, paper.language):
            values, answers = {"beginning": beginning}, candidate.answers
            yield Found("completion", rest, answers, values, quoted, "named", (), uses, paragraph.section)
