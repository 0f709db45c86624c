"""Rows of a paper in, a few more out: the same asked under another name, and two asked at once.

An abbreviation that the paper introduces and its long form are names of one thing, as are a Chinese term and the
English one beside it: a question that has one of them is asked again with the other. Two questions that name the same
paper are asked in one. Answers stay as they were.

These rows are tasks of their own (`paper_tasks.again`, `paper_tasks.both`). They are of the same paper, and so on the
same side of every split, as the rows that they were made from; no evaluation set is made of them.

    augmented(rows, {"ECS": "extracellular space"}, paper, wordings, AugmentConfig(share=0.1), "42")
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builders.graph.chance import fraction
from builders.mine.tasks.found import Found
from builders.mine.tasks.say import Asked, Paper, chosen, framed, named, title_of
from builders.mine.wordings import Wordings, fill
from builders.types import Source


@dataclass(frozen=True)
class AugmentConfig:
    """How many rows are made of others (SPEC D10)."""

    share: float = 0.1
    """Share of a paper's rows that are asked again under another name or together with another; 0 for none."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its answer."""

    task: str
    found: Found
    asked: Asked
    answer: str

    @property
    def sources(self) -> tuple[Source, ...]:
        """The answer's spans first, then what the question quotes, shows and names."""
        return tuple(dict.fromkeys((*self.found.answers, *self.found.quoted, *self.asked.sources)))


# The names stand in these as terms, not within a quotation of the paper.
_TERMED = ("definition", "explanation", "finding", "comparison", "compared", "cause")
_NO_PAIR = frozenset(("abstract", "glossary", "order", "completion", "limitation_section", "code", "code_explained"))
LONG = 350  # characters of a question, or of an answer, that is not asked together with another


def augmented(
    rows: Sequence[Row],
    names: Mapping[str, str],
    paper: Paper,
    wordings: Wordings,
    config: AugmentConfig,
    key: str,
) -> Iterator[Row]:
    """At most the share of the rows once more, by hash; fewer where nothing can be renamed or joined."""
    if config.share <= 0:
        return
    chosen = [row for row in rows if fraction(key, "augment", row.asked.question) < config.share]
    for row in chosen:
        yield from _renamed(row, names, paper, wordings, key)
    joinable = [row for row in rows if row.asked.named and _short(row)]
    for row in chosen:
        others = [other for other in joinable if other.found.family != row.found.family]
        if row in joinable and others:
            nearness = {fraction(key, "both", row.asked.question, other.asked.question): other for other in others}
            yield _both(row, nearness[min(nearness)], paper, wordings, key)


def _short(row: Row) -> bool:
    fits = len(row.answer) <= LONG and len(row.asked.core) <= LONG and "\n" not in row.asked.core + row.answer
    return fits and row.found.family not in _NO_PAIR


def _renamed(row: Row, names: Mapping[str, str], paper: Paper, wordings: Wordings, key: str) -> Iterator[Row]:
    """The question with one name of a pair in its terms where it had the other."""
    if row.found.family not in _TERMED or not row.asked.named:
        return
    values = dict(row.found.values)
    for pair in names.items():
        for name, other in (pair, pair[::-1]):
            told = {place: _replaced(value, name, other) for place, value in values.items()}
            if told != values and not any(other in value for value in values.values()):
                core = fill(chosen(wordings, row.found.family, paper.language, key, "again", name), told)
                asked = Asked(core, named(core, paper, wordings, key), named=True, sources=title_of(paper))
                yield Row("again", row.found, asked, row.answer)
                return


def _replaced(value: str, name: str, other: str) -> str:
    """The value with another name wherever the one stands as a word of its own."""
    return other.join(re.split(rf"(?<![\w-]){re.escape(name)}(?![\w-])", value))


def _both(one: Row, other: Row, paper: Paper, wordings: Wordings, key: str) -> Row:
    """Two questions on one paper as one question in two parts."""
    core = f"(1) {one.asked.core}\n(2) {other.asked.core}"
    question = framed("both", {"title": paper.title or "", "question": core}, paper, wordings, key)
    found = Found(
        "both",
        f"(1) {one.answer}\n(2) {other.answer}",
        one.found.answers + other.found.answers,
        {},
        one.found.quoted + other.found.quoted,
        said=f"1 2 {one.found.said} {other.found.said}",
    )
    asked = Asked(core, question, named=True, sources=title_of(paper))
    return Row("both", found, asked, found.answer)
