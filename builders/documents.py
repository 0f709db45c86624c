"""Documents as JSON: one a line in `documents.jsonl`, with every block's page and box.

for document in read_documents(Path("data/demo/documents.jsonl")): ...
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from builders.jsonl import read_rows
from builders.papers.assemble import version_of
from builders.split import Side
from builders.types import Block, Document


def document_of(row: dict[str, Any]) -> Document:
    """A Document from its JSON object, with or without the side that a build adds."""
    fields = {name: value for name, value in row.items() if name != "side"}
    return Document(**{**fields, "blocks": tuple(map(_block, row["blocks"]))})


def row_of(document: Document, side: Side) -> dict[str, Any]:
    """The line of `documents.jsonl` for a document of the corpus."""
    return {**{field.name: getattr(document, field.name) for field in fields(document)}, "side": side}


def _block(row: dict[str, Any]) -> Block:
    box = row["box"]
    return Block(**{**row, "box": tuple(box) if box else None, "section": tuple(row["section"])})


def read_documents(path: Path, side: Side | None = None) -> Iterator[Document]:
    """Streams the documents of a build, all or those of one side."""
    return (document_of(row) for row in read_rows(path) if side is None or row["side"] == side)


def without(document: Document, blocks: frozenset[int]) -> Document:
    """The document without the blocks of these indices; its version is that of what is left."""
    if not blocks:
        return document
    kept = tuple(block for index, block in enumerate(document.blocks) if index not in blocks)
    return replace(document, blocks=kept, version=version_of(kept))
