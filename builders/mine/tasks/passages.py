"""Paragraphs in, sentences to put in order and beginnings to complete out.

four sentences  ->  order: the same, shuffled | as they stand          completion: the first two | the other two
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builders.graph.chance import fraction, generator
from builders.mine.comprehension.structure import completion
from builders.mine.passages import Paragraph, size, together
from builders.mine.tasks.found import Found, tidy
from builders.mine.tasks.reading import alone, clean, usable
from builders.mine.tasks.say import Paper
from builders.mine.tasks.sections import role

SENTENCES = (4, 6)
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
    # One is enough, so the paragraphs are tried in an order by hash until there is one.
    long_enough = (paragraph for paragraph in found if len(paragraph.sentences) >= SENTENCES[0])
    for paragraph in sorted(long_enough, key=lambda each: fraction(seed, "completion", each.text)):
        if completed := next(_completion(paragraph, paper, seed), None):
            yield completed
            return


def _order(paragraph: Paragraph, paper: Paper, seed: int) -> Iterator[Found]:
    sentences, language = paragraph.sentences, paper.language
    least, most = SENTENCES
    if (
        not least <= len(sentences) <= most
        or not SIZE[language][0] <= size(paragraph.text, language) <= SIZE[language][1]
    ):
        return
    cued = sum(_CUE.match(sentence.text) is not None for sentence in sentences[1:])
    if cued < CUED * (len(sentences) - 1) or not alone(sentences[0].text, language) or _CUE.match(sentences[0].text):
        return
    texts = [tidy(sentence.text) for sentence in sentences]
    if not all(usable(sentence.text, language) for sentence in sentences) or len(set(texts)) < len(texts):
        return
    rng = generator(seed, "order", paper.document.id, paragraph.text)
    shuffled = texts[:]
    while shuffled == texts:
        rng.shuffle(shuffled)
    spans = tuple(sentence.source for sentence in sentences)
    joined = ("" if language == "zh" else " ").join(texts)
    values = {"sentences": "\n".join(f"- {text}" for text in shuffled)}
    yield Found("order", joined, spans, values, (), "alone", (), spans, paragraph.section)


def _completion(paragraph: Paragraph, paper: Paper, seed: int) -> Iterator[Found]:
    for candidate in completion(paragraph, paper.document, seed):
        beginning, rest = paper.quoted(candidate.quoted["beginning"]), paper.quoted(candidate.answers)
        sound = all(usable(sentence.text, paper.language) for sentence in paragraph.sentences)
        if sound and clean(f"{beginning} {rest}") and alone(beginning, paper.language):
            yield Found(
                "completion",
                rest,
                candidate.answers,
                {"beginning": beginning},
                candidate.quoted["beginning"],
                "named",
                (),
                (together(paragraph.sentences),),
                paragraph.section,
            )
