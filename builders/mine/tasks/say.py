"""What was found in, a question in words out: a core in a frame that names the paper or shows a passage.

ask(found, paper, wordings, "42")  ->  Asked(core='How is "volume fraction" defined?', question='On the article ...')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builders.graph.chance import fraction
from builders.mine.passages import blocks, size
from builders.mine.tasks.found import Found, tidy, unspaced
from builders.mine.tasks.reading import alone, clean, own
from builders.mine.wordings import Wordings, fill
from builders.types import Document, Source

TITLE_SIZE = {"en": (4, 40), "zh": (6, 60)}
SHOWN = 0.5  # share of the questions that show their passage, of those that could also name their paper


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the miners see it: its text once, and its title where that can stand in a question."""

    document: Document
    text: str
    language: str
    title: str | None
    title_source: Source | None

    def quoted(self, spans: tuple[Source, ...]) -> str:
        """The words of some spans, tidy, in paragraphs of their own."""
        return "\n".join(tidy(self.text[span.start : span.end]) for span in spans)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what it rests on beside the answer."""

    core: str
    question: str
    named: bool
    """Whether it names the paper; else all that it is about stands in it."""
    sources: tuple[Source, ...]


def read(document: Document) -> Paper:
    """The paper with its title, unless that is damaged, a word or two, or a paragraph."""
    found = next((source for block, source in blocks(document) if block.kind == "title"), None)
    title = unspaced(document.title).rstrip(".。 ")
    least, most = TITLE_SIZE.get(document.language, (1, 0))
    good = least <= size(title, document.language) <= most and clean(title) and "<" not in title
    return Paper(document, document.text, document.language, title if good else None, found)


def ask(found: Found, paper: Paper, wordings: Wordings, key: str) -> Asked | None:
    """The question in words; None where it can neither name its paper nor show its passage."""
    context = _context(found, paper, key)
    if context is None:
        return None
    language = paper.language
    core = fill(chosen(wordings, found.family, language, key, *found.values.values()), found.values)
    if context == "alone":
        return Asked(core, core, named=False, sources=())
    if context == "shown":
        values = {"passage": paper.quoted(found.passage), "question": core}
        return Asked(core, framed("shown", values, paper, wordings, key), named=False, sources=found.passage)
    return Asked(core, named(core, paper, wordings, key), named=True, sources=title_of(paper))


def named(core: str, paper: Paper, wordings: Wordings, key: str) -> str:
    """A core with the paper's title."""
    return framed("named", {"title": paper.title or "", "question": core}, paper, wordings, key)


def title_of(paper: Paper) -> tuple[Source, ...]:
    return (paper.title_source,) if paper.title_source else ()


def framed(kind: str, values: Mapping[str, str], paper: Paper, wordings: Wordings, key: str) -> str:
    return fill(chosen(wordings, kind, paper.language, key, values["question"]), values)


def chosen(wordings: Wordings, kind: str, language: str, *parts: object) -> str:
    """One of the templates, by a hash of the parts; as `Wordings.choose`, without a generator for each."""
    templates = wordings.data[kind][language]
    return templates[int(fraction(kind, *parts) * len(templates))]


def _context(found: Found, paper: Paper, key: str) -> str | None:
    if found.context == "alone":
        return "alone"
    can_name = found.context in ("named", "either") and paper.title is not None
    can_show = found.context in ("shown", "either") and bool(found.passage) and clean(paper.quoted(found.passage))
    if found.context == "either" and can_name:
        can_name = all(alone(own(text), paper.language) for text in (found.answer, *found.values.values()))
    if can_name and can_show:
        return "shown" if fraction(key, "shown", found.family, found.answer) < SHOWN else "named"
    return "named" if can_name else "shown" if can_show else None
