"""What the miners find, and what becomes of it: spans of a paper first, a question with its answer later.

Candidate("definition", answers=(span of "the ratio of ...",), quoted={"term": (span of "volume fraction",)})
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builders.types import Source

MINERS = (
    "result",
    "contrast",
    "addition",
    "cause",
    "effect",
    "due",
    "reason",
    "definition",
    "term",
    "abbreviation",
    "short_form",
    "heading",
    "opening",
    "completion",
    "title",
    "abstract",
    "keywords",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that could be set: where its answer stands, and where what its question quotes."""

    miner: str
    answers: tuple[Source, ...]
    quoted: Mapping[str, tuple[Source, ...]]
    """By the placeholder of the wording."""
    section: tuple[str, ...] = ()
    uses: tuple[Source, ...] = ()
    """The sentences that no other task may use; those of the answer and of the quotations where empty."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """All spans, those of the answer first."""
        return (*self.answers, *(span for quoted in self.quoted.values() for span in quoted))

    def taken(self) -> Iterator[tuple[int, int]]:
        """Start and end of what this task uses up."""
        for source in self.uses or self.sources:
            assert source.start is not None
            assert source.end is not None
            yield source.start, source.end


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """A question on a paper and its answer, which is the paper's own words."""

    question: str
    answer: str
    sources: tuple[Source, ...]
    """First the answer's spans, then those of what the question quotes: each word for word as in `Document.text`."""
    miner: str
