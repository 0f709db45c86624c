"""Papers in, random blocks out that the cleaning changed: as they were read, and as they are in the corpus.

    for pair in pairs(config, 20, steps): ...
    Pair(paper="li.pdf", title="...", page=3, before=[Part("ex- tracellular", True), ...], after=[...], picture=...)

The paper is drawn first and the block then, so that long papers do not crowd out short ones.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from rapidfuzz.fuzz import ratio

from builders.config import BuildConfig
from builders.corpus.gather import PARSED
from builders.corpus.report.pictures import picture
from builders.corpus.report.words import Part, marked
from builders.documents import document_of
from builders.papers import PaperFile, UnreadablePaper, find_papers
from builders.papers.pdf import parsed_path
from builders.papers.read import read_paper
from builders.parse.tiers import tiers
from builders.progress import Steps
from builders.types import Block, Document

ALIKE = 60
"""Per cent of two texts that are the same, from which they are one block where the place does not tell."""
COMPARED = 2000
"""Characters of a text that are compared for it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A block before and after."""

    paper: str
    title: str
    kind: str
    place: str
    before: list[Part]
    after: list[Part]
    picture: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A file of the recipe, with the folder of papers that it was found in."""

    file: PaperFile
    folder: Path


def pairs(config: BuildConfig, wanted: int, steps: Steps) -> Iterator[Pair]:
    """Draws pairs by the recipe's seed; fewer where the papers have no more changed blocks."""
    documents = config.output / "documents.jsonl"
    offsets = list(_offsets(documents))
    rng = random.Random(f"{config.seed}\x1fpairs")
    rng.shuffle(offsets)
    files = {file.name: _Found(file, Path(name)) for name in config.papers for file in find_papers(Path(name))}
    share = -(-wanted // max(1, len(offsets)))
    drawn = 0
    kept: list[tuple[_Found, Document, Block, Block]] = []
    for offset in steps.track(offsets, len(offsets), "comparing blocks before and after"):
        document = _document(documents, offset)
        found = files.get(document.path)
        changed = list(_changed(found.file, document, config)) if found else []
        rng.shuffle(changed)
        for number, (before, after) in enumerate(changed[:wanted]):
            assert found is not None
            if number >= share:
                kept.append((found, document, before, after))
            elif drawn < wanted:
                drawn += 1
                yield _pair(found, document, before, after)
        if drawn == wanted:
            return
    for left in kept[: wanted - drawn]:
        yield _pair(*left)


def _offsets(path: Path) -> Iterator[int]:
    offset = 0
    with path.open("rb") as lines:
        for line in lines:
            yield offset
            offset += len(line)


def _document(path: Path, offset: int) -> Document:
    with path.open("rb") as lines:
        lines.seek(offset)
        return document_of(orjson.loads(lines.readline()))


def _changed(file: PaperFile, document: Document, config: BuildConfig) -> Iterator[tuple[Block, Block]]:
    """The blocks of a paper whose words are not those that were read; none where its file is not what it was."""
    wanted, cache = tiers(config.parse), config.output / PARSED
    try:
        # A report parses nothing: what an older program parsed is for the next build to parse again.
        if file.kind == "pdf" and not any(parsed_path(file.sha256(), cache, tier).is_file() for tier in wanted):
            return
        raw = read_paper(file, Counter(), cache, wanted)
    except (UnreadablePaper, OSError):
        return
    for before, after in aligned(raw.blocks, document.blocks):
        if before.text.split() != after.text.split():
            yield before, after


def aligned(raw: Sequence[Block], clean: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Each clean block with the raw one that it was: at the same place, or where that does not tell, of like text."""
    places = defaultdict[object, list[int]](list)
    for index, block in enumerate(raw):
        places[_place(block)].append(index)
    last = -1
    for block in clean:
        there = places[_place(block)]
        same = there if len(there) == 1 else [index for index in there if _alike(raw[index], block)]
        following = next((index for index in same if index > last), None)
        if following is not None:
            last = following
            yield raw[following], block


def _place(block: Block) -> tuple[object, ...]:
    return block.kind, block.page, block.box, block.line


def _alike(one: Block, other: Block) -> bool:
    return ratio(one.text[:COMPARED], other.text[:COMPARED], score_cutoff=ALIKE) > 0


def _pair(found: _Found, document: Document, before: Block, after: Block) -> Pair:
    place = f"page {after.page}" if after.page else f"line {after.line}" if after.line else ""
    drawn = picture(found.file, found.folder, after.page, after.box)
    return Pair(document.path, document.title, after.kind, place, *marked(before.text, after.text), drawn)
