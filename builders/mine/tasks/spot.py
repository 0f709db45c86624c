"""A sentence with the paper about it, as the miners of statements see it.

Spot(sentence, paragraph, paper).found("finding", answer, span, {"topic": "the tracer"}, (topic_span,))  ->  Found(...)
"""

from __future__ import annotations

from collections.abc import Sequence
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

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def language(self) -> str:
        return self.paper.language

    @property
    def role(self) -> Role:
        """The part of the paper."""
        return role(self.paragraph.section)

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
        passage = around(self.paragraph, self.sentence, self.language) if context == "either" else ()
        uses, section = (self.sentence.source,), self.paragraph.section
        return Found(family, answer, (source,), values, quoted, context, passage, uses, section)
