"""What the search for duplicates knows of a paper instead of its text (a map): digests and MinHash signatures.

fingerprints(document, DuplicatesConfig())
->  Fingerprints(digest=16 bytes, signature=256 bytes, blocks=(4, 7), digests=2 x 16, signatures=2 x 256 bytes)
"""

from __future__ import annotations

import hashlib
import itertools
import struct
from dataclasses import dataclass

from builders.corpus.near import SIGNATURE_BYTES, SPILL_ITEMS, THRESHOLD, signatures
from builders.types import Document

DIGEST_BYTES = 16


@dataclass(frozen=True)
class DuplicatesConfig:
    """What counts as a duplicate across papers, and what becomes of it."""

    papers: bool = True
    """Drop the second copy of a work, the preprint first; copies stay on one side of the split in any case."""
    paragraphs: bool = True
    """Drop a paragraph that stands in an earlier paper already."""
    near: bool = True
    """Look for near-duplicates as well as for the same text."""
    threshold: float = THRESHOLD
    """Estimated Jaccard similarity, from which two texts are near-duplicates."""
    same_title: float = 0.4
    """The same for papers of one title: an article differs from its preprint in many places."""
    paragraph_characters: int = 100
    """Shorter paragraphs are left alone."""
    spill_items: int = SPILL_ITEMS
    """Beyond so many paragraphs the index lies on disk; 460 bytes each."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of one paper; those of its paragraphs lie end to end."""

    digest: bytes
    """Of the prose, paragraph by paragraph, without case and spacing."""
    signature: bytes
    blocks: tuple[int, ...]
    """The paragraphs that are long enough, as indices into `Document.blocks`."""
    digests: bytes
    signatures: bytes

    def to_bytes(self) -> bytes:
        """All of it in one piece."""
        blocks = struct.pack(f"<{len(self.blocks)}I", *self.blocks)
        return self.digest + self.signature + blocks + self.digests + self.signatures

    @classmethod
    def from_bytes(cls, packed: bytes) -> Fingerprints:
        """Takes apart what `to_bytes` put together."""
        count = (len(packed) - DIGEST_BYTES - SIGNATURE_BYTES) // (4 + DIGEST_BYTES + SIGNATURE_BYTES)
        lengths = (DIGEST_BYTES, SIGNATURE_BYTES, 4 * count, DIGEST_BYTES * count, SIGNATURE_BYTES * count)
        edges = itertools.pairwise(itertools.accumulate(lengths, initial=0))
        digest, signature, blocks, digests, rows = (packed[start:end] for start, end in edges)
        return cls(digest, signature, struct.unpack(f"<{count}I", blocks), digests, rows)


def fingerprints(document: Document, config: DuplicatesConfig) -> Fingerprints:
    """Takes the fingerprints of a paper and of its paragraphs."""
    prose = {index: block.text for index, block in enumerate(document.blocks) if block.kind == "paragraph"}
    # A paper without a paragraph (tables alone) is compared by all that it has.
    texts = [*prose.values()] or [document.text]
    digests = [*map(digest, texts)]
    long = [index for index, text in prose.items() if len(text) >= config.paragraph_characters]
    of_block = dict(zip(prose, digests, strict=False))
    signature, *rows = signatures(["\n\n".join(texts), *(prose[index] for index in long)])
    whole = hashlib.blake2b(b"".join(digests), digest_size=DIGEST_BYTES).digest()
    return Fingerprints(whole, signature, tuple(long), b"".join(of_block[index] for index in long), b"".join(rows))


def digest(text: str) -> bytes:
    """The same for texts that differ in case and spacing alone."""
    return hashlib.blake2b(
        " ".join(text.casefold().split()).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES
    ).digest()
