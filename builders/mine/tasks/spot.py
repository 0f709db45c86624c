"""A sentence with the paper about it, as the miners of statements see it.

for spot in Spot.within(paragraph, paper): spot.found("finding", answer, span, {"topic": "the tracer"}, (topic,))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.mine.comprehension.candidates import Candidate
from builders.mine.passages import Paragraph, Sentence
from builders.mine.tasks.found import Context, Found, around
from builders.mine.tasks.say import Paper
from builders.mine.tasks.sections import Role, role
from builders.types import Source

Within = Sequence[tuple[Paragraph, Sequence[Candidate]]]
"""Paragraphs with what `comprehension` found in them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence of the body, where it stands."""

    sentence: Sentence
    paragraph: Paragraph
    paper: Paper
    text: str
    language: str
    role: Role
    """The part of the paper."""

    @staticmethod
    def within(paragraph: Paragraph, paper: Paper) -> Iterator[Spot]:
        """The sentences of a paragraph."""
        part = role(paragraph.section)
        for sentence in paragraph.sentences:
            yield Spot(sentence, paragraph, paper, sentence.text, paper.language, part)

    def span(self, start: int, end: int) -> Source:
        """Where a part of the sentence stands in the paper."""
        return self.sentence.part(start, end)

    def found(
        self,
        family: str,
        answer: str,
        source: Source,
        values: dict[str, str],
        quoted: tuple[Source, ...] = (),
        context: Context = "either",
    ) -> Found:
        """A question about this sentence, which may be shown with those beside it."""
        shown = context in ("either", "shown")
        passage = around(self.paragraph, self.sentence, self.language) if shown else ()
        uses, section = (self.sentence.source,), self.paragraph.section
        return Found(family, answer, (source,), values, quoted, context, passage, uses, section)
