"""The second map over papers: a paper of the corpus in; its chunks, the tasks mined from it and its CPT text out.

    for path in mapped(derive, keyed_tasks, store, engine):
        derived = read_derived(path)          # derived["chunks"], derived["sft_papers"], derived["cpt"], ...

It reads `documents.jsonl`, so the papers are those that duplicates, licences and evaluation sets have left.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from builders import formats
from builders.chunk import ChunkConfig, chunks
from builders.corpus.store import Keyed, code_version, key_of
from builders.documents import document_of
from builders.ids import row_id
from builders.logic.papers import LogicConfig, paper_pairs
from builders.mine import abstract
from builders.mine.comprehension import ComprehensionConfig, reading_text, tasks
from builders.mine.dialogues import DialoguesConfig, converse
from builders.mine.dialogues.write import derived
from builders.mine.tasks import PaperTasksConfig, paper_tasks
from builders.mine.wordings import Wordings
from builders.types import Document, Source, TextSample

CODE = (
    *("mine", "logic", "graph/logic.py", "wordings", "chunk.py", "sentences.py", "formats.py", "verify.py"),
    "corpus/derive.py",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the map depends on besides the paper."""

    chunk: ChunkConfig
    reading: ComprehensionConfig
    dialogues: DialoguesConfig
    tasks: PaperTasksConfig
    logic: LogicConfig
    seed: int


@dataclass(frozen=True, slots=True)
class Task:
    """One paper, by its place in `documents.jsonl`."""

    documents: str
    offset: int
    settings: Settings


def task(document: Document, documents: Path, offset: int, settings: Settings) -> Keyed[Task]:
    """Names the task by the paper's text and everything else that its result depends on."""
    named = (document.id, document.version, document.title, document.language, document.reader)
    return Keyed(key_of(*named, settings, code_version(*CODE)), Task(str(documents), offset, settings))


def derive(task: Task) -> bytes:
    """Cuts, mines and retells one paper; pure, for any engine."""
    with Path(task.documents).open("rb") as lines:
        lines.seek(task.offset)
        document = document_of(orjson.loads(lines.readline()))
    settings = task.settings
    mined = abstract.samples(document, _abstract_wordings(), settings.seed)
    asked = paper_tasks(document, _wordings("paper_tasks"), settings.tasks, settings.seed)
    return orjson.dumps(
        {
            "chunks": list(chunks(document, settings.chunk)),
            "sft_papers": [formats.whole(formats.sharegpt, sample) for sample in mined],
            "dialogues": derived(converse(document, settings.dialogues, settings.seed)),
            "sft_paper_tasks": [formats.whole(formats.alpaca, sample) for sample in asked.samples],
            "dropped": asked.dropped,
            "logic": paper_pairs(document, settings.logic, settings.seed),
            "cpt": [formats.whole(formats.text, text) for text in _texts(document, settings)],
        }
    )


def read_derived(path: Path) -> dict[str, Any]:
    """What was made of one paper, as rows by file; `dialogues` as `write.derived` gives them."""
    made: dict[str, Any] = orjson.loads(path.read_bytes())
    return made


def _texts(document: Document, settings: Settings) -> Iterator[TextSample]:
    """The paper with the tasks mined from it, as one row or as two; without tasks the paper alone."""
    wordings = _wordings("comprehension")
    asked = list(tasks(document, wordings, settings.reading, settings.seed))
    if not asked or not settings.reading.whole_paper:
        yield paper_text(document)
    if asked:
        yield reading_text(document, asked, wordings, settings.reading, settings.seed)


def paper_text(document: Document) -> TextSample:
    """A whole paper as one CPT row; its characters are those of `Document.text`, block by block."""
    sources, start = [], 0
    for block in document.blocks:
        end = start + len(block.text)
        sources.append(Source(document.id, block.page, block.line, block.box, start, end, maker=document.reader))
        start = end + 2
    return TextSample(row_id("paper", document.id, document.version), "paper", document.text, tuple(sources))


@functools.cache
def _abstract_wordings() -> abstract.Wordings:
    return abstract.Wordings.load()


@functools.cache
def _wordings(name: str) -> Wordings:
    return Wordings.load(name)
