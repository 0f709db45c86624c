"""A paper in, everything that could be asked of it out, by family, before any cap.

for found in candidates(read(document), seed=42): ...
"""

from __future__ import annotations

from collections.abc import Iterator

from builders.mine.comprehension.choose import within_paragraphs
from builders.mine.passages import body
from builders.mine.tasks.abstracts import abstracts
from builders.mine.tasks.code import code
from builders.mine.tasks.figures import figures
from builders.mine.tasks.found import Found
from builders.mine.tasks.numbers import numbers
from builders.mine.tasks.outlook import outlook
from builders.mine.tasks.passages import passages
from builders.mine.tasks.say import Paper
from builders.mine.tasks.short_forms import short_forms
from builders.mine.tasks.statements import statements
from builders.mine.tasks.tables import tables

FAMILIES = (
    *("abstract_label", "abstract_conclusion", "abstract_methods", "abstract_objective", "title", "abstract"),
    *("question_title", "definition", "term", "explanation", "abbreviation", "short_form", "glossary", "english_term"),
    *("chinese_term", "cause", "effect", "due", "reason", "comparison", "finding", "hypothesis", "purpose", "means"),
    *("used_for", "number", "table_value", "table_extreme", "caption_text", "caption_match", "limitation"),
    *("limitation_section", "future", "significance", "order", "completion", "code", "code_explained"),
)


def candidates(paper: Paper, seed: int) -> Iterator[Found]:
    """What every miner finds, in no order that matters."""
    found = body(paper.document)
    within = within_paragraphs(paper.document)
    yield from abstracts(paper, found, seed)
    yield from statements(paper, within)
    yield from short_forms(paper, within)
    yield from numbers(paper, found, seed)
    yield from outlook(paper, found)
    yield from passages(paper, found, seed)
    yield from figures(paper, found)
    yield from tables(paper, seed)
    yield from code(paper)
