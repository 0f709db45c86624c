"""A paper's abstract in, questions on its parts, on its title and on the abstract as a whole out.

Purpose: A. Methods: B. Results: C. Conclusions: D.
    ->  abstract_label: B | "Methods"        abstract_conclusion: B, C | D
        abstract_methods: A | B              abstract_objective: C | A
an abstract without labels that ends with "We conclude that ..."
    ->  abstract_conclusion: all before it | that sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builders.graph.chance import fraction
from builders.mine.abstract import Part, aimed, labelled
from builders.mine.passages import Paragraph, Sentence, leans, quotable, size, together
from builders.mine.tasks.found import Context, Found, tidy
from builders.mine.tasks.reading import clean, usable
from builders.mine.tasks.say import TITLE_SIZE, Paper, title_of
from builders.sentences import spans
from builders.types import Source

SIZE = {"en": (60, 320), "zh": (80, 650)}  # words, or Chinese characters, of an abstract
PART_SIZE = {"en": (8, 200), "zh": (12, 400)}
BY_LABEL = 0.3  # share of the parts of an abstract whose label is asked
LABELLED = 2  # most sentences of a part whose label is asked
LABELS = {
    "en": {"purpose": "Objective", "method": "Methods", "result": "Results", "conclusion": "Conclusions"},
    "zh": {"purpose": "目的", "method": "方法", "result": "结果", "conclusion": "结论"},
}
_KEYWORDS = re.compile(r"\W{0,4}(?:key ?words|index terms|关键词|关键字)", re.IGNORECASE)
_AIM = re.compile(
    r"^To [a-z]|\b(?:aim|purpose|objective|goal|investigat|examin|evaluat|assess|explor|determin|test|describ|compar"
    r"|review|sought|develop|identif)|目的|旨在|探讨|研究|评价|评估|分析|比较|观察|介绍|说明|梳理|讨论|区分"
    r"|建立|明确|了解",
)
_CONCLUDES = {
    "en": re.compile(
        r"(?:In (?:conclusion|summary)|To conclude|In short|Taken together|Overall|Collectively|Altogether|Together"
        r"|Thus|Therefore|Hence|We (?:therefore |thus )?conclude|These (?:results|findings|data|studies|observations)"
        r"|(?:Our|The|The present|This) (?:results?|findings?|data|study|work|observations?)"
        r" (?:\w+ )?(?:suggests?|indicates?|demonstrates?|shows?|provides?|supports?|establish(?:es)?|highlights?"
        r"|implies|imply|reveals?))\b"
    ),
    "zh": re.compile(
        r"综上(?:所述)?|总之|由此可见|因此|本研究(?:表明|提示|证实|证明|认为)|(?:上述|以上|这些)?结果(?:表明|提示"
        r"|说明)|可见|我们认为"
    ),
}


def abstracts(paper: Paper, found: Sequence[Paragraph], seed: int) -> Iterator[Found]:
    """Every question that the abstract answers, or that the title does of the abstract."""
    every = labelled(paper.document)
    stated = (aimed(part, paper.language) for part in every)
    parts = {part.name: part for part in stated if part and _fits(part, paper)}
    yield from _parts(parts, paper, seed)
    abstract = [each for each in found if each.is_abstract and not _KEYWORDS.match(each.text)]
    if not _whole(abstract, paper):
        return
    yield from _title(abstract, paper, bool(every))
    evidence, conclusion = _concluded(abstract, parts, paper)
    if conclusion is not None:
        answer = paper.quoted((conclusion,))
        uses = (conclusion,)
        if not parts and evidence:
            yield Found("abstract_conclusion", answer, uses, {}, (), "shown", evidence, uses, ("abstract",))
        if paper.title and paper.title[-1] in "?？" and evidence:
            values = {"title": paper.title}
            yield Found(
                "question_title", answer, uses, values, title_of(paper), "shown", evidence, uses, ("abstract",)
            )


def _fits(part: Part, paper: Paper) -> bool:
    """Whether a labelled part is whole sentences of a length to be asked for."""
    least, most = PART_SIZE[paper.language]
    ended = part.text.endswith((".", "。", "!", "?", "！", "？", ")", "]"))
    return ended and least <= size(part.text, paper.language) <= most and clean(tidy(part.text))


def _parts(parts: dict[str, Part], paper: Paper, seed: int) -> Iterator[Found]:
    """Each part is asked for, or its label is: by hash, so that no label is asked more often than another."""
    if len(parts) < 3:
        return
    labels = LABELS[paper.language]
    by_label = {name for name in labels if fraction(seed, "label", paper.document.id, name) < BY_LABEL}
    for name in by_label & set(parts):
        if name != "purpose" or _AIM.search(parts[name].text):
            yield _label(parts[name], labels[name], paper)
    purpose, method = parts.get("purpose"), parts.get("method")
    result, conclusion = parts.get("result"), parts.get("conclusion")
    if method and result and conclusion and "conclusion" not in by_label:
        yield _asked("abstract_conclusion", conclusion, {}, (), (method.source, result.source))
    if purpose and _AIM.search(purpose.text):
        if method and "method" not in by_label:
            yield _asked("abstract_methods", method, {"objective": tidy(purpose.text)}, (purpose.source,))
        if result and "purpose" not in by_label:
            yield _asked("abstract_objective", purpose, {"results": tidy(result.text)}, (result.source,))


def _label(part: Part, label: str, paper: Paper) -> Found:
    span = _beginning(part)
    values = {"sentence": paper.quoted((span,))}
    return Found("abstract_label", label, (), values, (span,), "alone", (), (span,), ("abstract",), label)


def _asked(
    family: str,
    part: Part,
    values: dict[str, str],
    quoted: tuple[Source, ...],
    passage: tuple[Source, ...] = (),
) -> Found:
    """A question for a part: it shows the passage, or quotes another part and names the paper."""
    context: Context = "shown" if passage else "named"
    answer, span = tidy(part.text), (part.source,)
    return Found(family, answer, span, values, quoted, context, passage, span, ("abstract",))


def _beginning(part: Part) -> Source:
    """The first sentences of a part."""
    start = part.source.start or 0
    end = spans(part.text)[:LABELLED][-1][1]
    return Source(part.source.document, part.source.page, part.source.line, part.source.box, start, start + end)


def _whole(abstract: Sequence[Paragraph], paper: Paper) -> bool:
    """Whether the abstract is there, of an abstract's length, and undamaged."""
    least, most = SIZE[paper.language]
    text = "\n".join(paragraph.text for paragraph in abstract)
    if not abstract or not least <= size(text, paper.language) <= most or not clean(tidy(text)):
        return False
    return all(paragraph.text.rstrip()[-1:] in tuple(".。!?！？)]") for paragraph in abstract)


def _title(abstract: Sequence[Paragraph], paper: Paper, has_parts: bool) -> Iterator[Found]:
    """The title of the abstract, and the abstract of the title where no part of it is asked for."""
    if paper.title is None or paper.title_source is None or paper.title[-1] in ":：;；-":
        return
    if size(paper.title, paper.language) < TITLE_SIZE[paper.language][0]:
        return
    spans_ = tuple(paragraph.source for paragraph in abstract)
    text = paper.quoted(spans_)
    first = abstract[0].sentences[0].text
    yield Found("title", paper.title, (paper.title_source,), {"abstract": text}, spans_, "alone", section=("title",))
    if not leans(first, paper.language) and not has_parts:
        values = {"title": paper.title}
        quoted = (paper.title_source,)
        yield Found("abstract", text, spans_, values, quoted, "alone", (), spans_, ("abstract",))


def _concluded(
    abstract: Sequence[Paragraph], parts: dict[str, Part], paper: Paper
) -> tuple[tuple[Source, ...], Source | None]:
    """What leads to the conclusion of an abstract, and the conclusion: by its label, or the last sentence's cue."""
    if (conclusion := parts.get("conclusion")) and (result := parts.get("result")):
        method = parts.get("method")
        return ((method.source,) if method else ()) + (result.source,), conclusion.source
    sentences: tuple[Sentence, ...] = abstract[-1].sentences
    if parts or len(abstract) != 1 or len(sentences) < 4:
        return (), None
    last = sentences[-1]
    concluding = _CONCLUDES[paper.language].match(last.text) and usable(last.text, paper.language)
    whole = all(quotable(sentence.text, paper.language) for sentence in sentences[:-1])
    return ((together(sentences[:-1]),), last.source) if concluding and whole else ((), None)
