"""Paragraphs that say the same in other words, by their embeddings: an option (a reduce).

    found = find_semantic_duplicates(documents, embed, SemanticConfig(), folder)
    found  ->  {"b.pdf": {17: Dropped("semantic_duplicate", "b.pdf: block 17", "like a.pdf: block 3 (cosine 0.97)")}}

`embed` is any callable from texts to one row of numbers each: `builders.corpus.embeddings.Embeddings` asks a server.
Each paragraph is compared with those that were kept before it, block by block, so the time is quadratic and the memory
is not: what was kept lies in a scratch file.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from builders.types import Document, Dropped

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

BLOCK = 1024  # paragraphs that are compared at once with as many others: 4 MB of similarities


@dataclass(frozen=True)
class SemanticConfig:
    """Whether paragraphs of one meaning are looked for, with what, and from when they count."""

    enabled: bool = False
    url: str = "http://127.0.0.1:8000"
    """An OpenAI-compatible server, without `/v1`; vLLM serves an embedding model with `--runner pooling`."""
    model: str = ""
    key_variable: str | None = None
    """The environment variable that holds the server's key, where it wants one; never the key itself."""
    threshold: float = 0.95
    """Cosine similarity; what is right depends on the model."""
    paragraph_characters: int = 100
    """Shorter paragraphs are left alone."""
    batch: int = 64
    """Texts a request."""
    concurrency: int = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and where it stands."""

    name: str
    """The file of the paper."""
    block: int
    text: str

    @property
    def place(self) -> str:
        return f"{self.name}: block {self.block}"


def find_semantic_duplicates(
    documents: Iterable[Document],
    embed: Embed,
    config: SemanticConfig,
    folder: Path | None = None,
    left_out: Mapping[str, Container[int]] = MappingProxyType({}),
) -> dict[str, dict[int, Dropped]]:
    """Reads the documents once, in a fixed order; the first paragraph of a meaning stays.

    Blocks that are left out already, by the path of the document, are neither compared nor reported.
    """
    found: dict[str, dict[int, Dropped]] = {}
    with tempfile.TemporaryDirectory(prefix=".semantic-", dir=folder) as scratch:
        kept = _Kept(Path(scratch) / "vectors", config.threshold)
        for block in _blocks(_paragraphs(documents, config, left_out)):
            for paragraph, first, similarity in kept.repeated(block, _unit(embed([one.text for one in block]))):
                detail = f"like {first} (cosine {similarity:.2f})"
                dropped = Dropped("semantic_duplicate", paragraph.place, detail)
                found.setdefault(paragraph.name, {})[paragraph.block] = dropped
    return found


def _paragraphs(
    documents: Iterable[Document], config: SemanticConfig, left_out: Mapping[str, Container[int]]
) -> Iterator[Paragraph]:
    for document in documents:
        gone = left_out.get(document.path, ())
        for index, block in enumerate(document.blocks):
            if block.kind == "paragraph" and len(block.text) >= config.paragraph_characters and index not in gone:
                yield Paragraph(document.path, index, block.text)


def _blocks(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    remaining = iter(paragraphs)
    while block := list(itertools.islice(remaining, BLOCK)):
        yield block


def _unit(vectors: Vectors) -> Vectors:
    """Rows of length 1, whose products are cosines; a row of zeros is like nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


class _Kept:
    """The paragraphs that stay: their places in memory, their vectors in a file, a block of rows at a time."""

    def __init__(self, path: Path, threshold: float) -> None:
        self._path = path
        self._threshold = threshold
        self._places: list[str] = []
        self._path.touch()

    def repeated(self, block: Sequence[Paragraph], vectors: Vectors) -> Iterator[tuple[Paragraph, str, float]]:
        """The paragraphs of a block that say what an earlier one does; the others are kept."""
        first = np.full(len(block), -1)
        similarity = np.zeros(len(block), np.float32)
        for start, rows in self._stored(vectors.shape[1]):
            products = vectors @ rows.T
            alike = products >= self._threshold
            new = np.flatnonzero((first < 0) & alike.any(axis=1))
            columns = alike[new].argmax(axis=1)
            first[new], similarity[new] = start + columns, products[new, columns]
        fresh = [row for row in range(len(block)) if first[row] < 0]
        stays = self._apart(fresh, vectors, first, similarity)
        self._places += [block[row].place for row in stays]
        with self._path.open("ab") as out:
            vectors[stays].tofile(out)
        for row in np.flatnonzero(first >= 0).tolist():
            yield block[row], self._places[first[row]], float(similarity[row])

    def _apart(
        self, rows: Sequence[int], vectors: Vectors, first: npt.NDArray[np.int64], similarity: Vectors
    ) -> list[int]:
        """Of the rows of one block, those that no earlier one of them is like."""
        stays: list[int] = []
        products = vectors @ vectors.T
        for row in rows:
            alike = np.flatnonzero(products[row, stays] >= self._threshold)
            if len(alike):
                first[row] = len(self._places) + alike[0]
                similarity[row] = products[row, stays[alike[0]]]
            else:
                stays.append(row)
        return stays

    def _stored(self, width: int) -> Iterator[tuple[int, Vectors]]:
        with self._path.open("rb") as stored:
            for start in range(0, len(self._places), BLOCK):
                count = min(BLOCK, len(self._places) - start)
                yield start, np.fromfile(stored, np.float32, count * width).reshape(count, width)
