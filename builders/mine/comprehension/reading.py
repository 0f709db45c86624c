r"""A paper and its tasks in, one row of text for continued pretraining out: each section, then the questions on it.

The questions stand near what they are about, because a long paper is cut into rows of a model's context length.

    reading_text(document, tasks, wordings, config, seed)
    ->  TextSample(task="paper.reading", text="<section>\n\nReading questions\n\nQ: ...\nA: ...\n\n<section>...")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from builders.ids import row_id
from builders.mine.comprehension.candidates import ReadingTask
from builders.mine.comprehension.choose import ComprehensionConfig
from builders.mine.passages import blocks
from builders.mine.wordings import Wordings, fill
from builders.types import Block, Document, Source, TextSample

TASK = "paper.reading"


def reading_text(
    document: Document, tasks: Sequence[ReadingTask], wordings: Wordings, config: ComprehensionConfig, seed: int
) -> TextSample:
    """The paper, or the blocks that its tasks are about, with the tasks on a section at the section's end."""
    whole, language = document.text, document.language
    frame = wordings.choose("frame", language, seed, document.id)
    parts: list[str] = []
    sources: list[Source] = []
    for section in _sections(document):
        asked = [task for task in tasks if any(_overlap(_place(task), source) for source in section)]
        read = section if config.whole_paper else [source for source in section if _is_asked(source, asked)]
        parts += [whole[source.start : source.end] for source in read]
        if asked:
            parts.append(wordings.choose("lead", language, seed, document.id, asked[0].question))
        parts += [fill(frame, {"question": task.question, "answer": task.answer}) for task in asked]
        sources += [replace(source, maker=TASK) for source in read]
        sources += [source for task in asked for source in task.sources]
    return TextSample(row_id(TASK, document.id, document.version), TASK, "\n\n".join(parts), tuple(sources))


def _sections(document: Document) -> Iterator[list[Source]]:
    """The blocks of each section of the first level, its heading included; what precedes the first is one as well."""
    for _, members in groupby(blocks(document), key=lambda member: _top(member[0])):
        yield [source for _, source in members]


def _top(block: Block) -> str:
    if block.section:
        return block.section[0]
    return block.text if block.kind == "heading" else ""


def _place(task: ReadingTask) -> Source:
    """The later of the answer and the first quotation: the title is asked after the abstract."""
    return max(task.sources[:2], key=lambda source: source.start or 0)


def _is_asked(block: Source, asked: Sequence[ReadingTask]) -> bool:
    return any(_overlap(block, source) for task in asked for source in task.sources)


def _overlap(one: Source, other: Source) -> bool:
    assert one.start is not None
    assert one.end is not None
    assert other.start is not None
    assert other.end is not None
    return one.start < other.end and other.start < one.end
