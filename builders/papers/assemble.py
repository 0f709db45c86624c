"""Blocks as a source types them -> the paper as a Document: title, sections, references, identity.

document = assemble(file, read_mineru(file.path, counts)[0], "mineru content_list", counts)
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import orjson

from builders.papers.depth import depths
from builders.papers.find import PaperFile
from builders.papers.floats import mark_floats
from builders.papers.front import find_title, mark_front_matter
from builders.papers.headings import find_headings, join_headings
from builders.papers.identity import licence_of, own_doi
from builders.papers.language import language_of
from builders.papers.paragraphs import join_paragraphs, mark_lists
from builders.papers.raw import RawBlock, UnreadablePaper
from builders.papers.references import mark_references
from builders.types import Block, Document

_PROSE = ("paragraph", "list", "title", "heading", "caption")


def assemble(file: PaperFile, raw: Sequence[RawBlock], reader: str, counts: Counter[str]) -> Document:
    """Finds the paper in its blocks.

    Raises:
        UnreadablePaper: `no_text`, where nothing but empty blocks is left.
    """
    # An equation without LaTeX still parts two paragraphs.
    blocks = [block for block in raw if block.text.strip() or block.kind == "equation"]
    if empty := len(raw) - len(blocks):
        counts["empty_block"] += empty
    if not any(block.kind in _PROSE for block in blocks):
        detail = f"{file.name}: no text in it; run MinerU on the paper again, or delete the file"
        raise UnreadablePaper("no_text", detail)
    blocks = find_title(join_headings(blocks))
    blocks = mark_front_matter(mark_references(find_headings(blocks)))
    blocks = join_paragraphs(mark_floats(blocks, counts), counts)
    if pictures := sum(not block.text for block in blocks):
        counts["equation_without_latex"] += pictures
    blocks = mark_lists(block for block in blocks if block.text)
    sectioned = with_sections(blocks)
    doi = own_doi(blocks)
    return Document(
        id=f"doi:{doi}" if doi else f"sha:{file.sha256()[:16]}",
        version=version_of(sectioned),
        title=_title(blocks, file),
        language=language_of("\n".join(block.text for block in blocks if block.kind in _PROSE)),
        path=file.name,
        reader=reader,
        blocks=sectioned,
        licence=licence_of(blocks),
    )


def _title(blocks: Sequence[RawBlock], file: PaperFile) -> str:
    return next((block.text for block in blocks if block.kind == "title"), file.path.stem)


def with_sections(blocks: Sequence[RawBlock]) -> tuple[Block, ...]:
    """Gives headings their depth and every block the headings above it."""
    headings = [block for block in blocks if block.kind == "heading"]
    levels = iter(
        depths(
            [block.text for block in headings],
            [block.level for block in headings],
            [block.style for block in headings],
        )
    )
    path: list[tuple[int, str]] = []
    sectioned: list[Block] = []
    for block in blocks:
        level = next(levels) if block.kind == "heading" else None
        if level is not None:
            path = [above for above in path if above[0] < level]
        section = () if block.kind == "title" else tuple(text for _, text in path)
        sectioned.append(Block(block.kind, block.text, block.page, block.box, block.line, level, section))
        if level is not None:
            path.append((level, block.text))
    return tuple(sectioned)


def version_of(blocks: Iterable[Block]) -> str:
    """16 hex digits of the SHA-256 over the blocks."""
    return hashlib.sha256(orjson.dumps(list(blocks))).hexdigest()[:16]
