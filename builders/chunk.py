"""Documents in, chunks out: pieces of one section each, of bounded length, with an overlap of whole sentences.

chunks(document, ChunkConfig())  ->  Chunk(id="sha:...#0003", section=("2 Methods",), text="...", sources=(...))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from builders.sentences import spans
from builders.types import Block, Chunk, Document, Source


@dataclass(frozen=True)
class ChunkConfig:
    """Lengths in characters: a token is about 4 characters of English and 1 to 2 of Chinese."""

    characters: int = 1600
    overlap: int = 200
    """At most so many characters are repeated from the chunk before; 0 for none."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    block: Block
    start: int
    end: int


def chunks(document: Document, config: ChunkConfig) -> Iterator[Chunk]:
    """Cuts every section of a document; the sources give the span in `Document.text` and each block's page and box."""
    number = 0
    for section, sentences in groupby(_sentences(document), key=lambda sentence: sentence.block.section):
        for run in _runs(list(sentences), config):
            yield _chunk(document, number, section, run)
            number += 1


def _sentences(document: Document) -> Iterator[_Sentence]:
    start = 0
    for block in document.blocks:
        if block.kind not in ("title", "heading"):
            yield from _block_sentences(block, start)
        start += len(block.text) + 2


def _block_sentences(block: Block, offset: int) -> Iterator[_Sentence]:
    """Sentences of prose; a table, a list or code is kept whole."""
    if block.kind in ("paragraph", "caption", "footnote"):
        for start, end in spans(block.text):
            yield _Sentence(block, offset + start, offset + end)
    elif block.text.strip():
        yield _Sentence(block, offset, offset + len(block.text))


def _runs(sentences: list[_Sentence], config: ChunkConfig) -> Iterator[list[_Sentence]]:
    """Fills runs up to the length; the next run starts with the last sentences of this one, up to the overlap."""
    run: list[_Sentence] = []
    fresh = False
    for sentence in sentences:
        if run and fresh and sentence.end - run[0].start > config.characters:
            yield run
            run = [kept for kept in run if run[-1].end - kept.start <= config.overlap]
        run.append(sentence)
        fresh = True
    if fresh:
        yield run


def _chunk(document: Document, number: int, section: tuple[str, ...], run: list[_Sentence]) -> Chunk:
    sources = []
    for block, parts in groupby(run, key=lambda sentence: sentence.block):
        spans = list(parts)
        sources.append(
            Source(document.id, block.page, block.line, block.box, spans[0].start, spans[-1].end, maker="chunk")
        )
    text = "\n\n".join(document.text[source.start : source.end].strip() for source in sources)
    return Chunk(f"{document.id}#{number:04d}", document.id, text, section, tuple(sources))
