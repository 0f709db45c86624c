"""One packing from text rows to files: tokens, rows, sources, counts.

data/demo/cpt.jsonl, cpt.sources.jsonl, documents.jsonl, eval/heldout_text.jsonl
data/demo/cpt_packed/{train,validation}, cpt_packed.sources.jsonl, cpt_packed.replay.jsonl
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from builders.config import BuildConfig
from builders.errors import UserError
from builders.jsonl import read_rows, write_rows
from builders.pack.arrow import write_split, write_splits
from builders.pack.replay import Taken, add_replay
from builders.pack.rows import PackedRow, ordered, plan
from builders.pack.sources import IN_MEMORY, Lines, Origin, heldout_sources, packed_sources, text_of
from builders.pack.tokens import Ids, Tokens, encode
from builders.pack.vocabulary import Vocabulary
from builders.progress import Steps


class Packing:
    """One packing, written aside in `.cpt_packed.partial` and published when both sides are done."""

    def __init__(self, config: BuildConfig, vocabulary: Vocabulary, steps: Steps) -> None:
        self.config, self.vocabulary, self.steps = config, vocabulary, steps
        self.partial = config.output / ".cpt_packed.partial"
        self.counts: dict[str, Any] = {}

    def __enter__(self) -> Packing:
        shutil.rmtree(self.partial, ignore_errors=True)
        (self.partial / "cpt_packed").mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.partial)

    def train(self, texts: Path, sources: Path, documents: Path) -> None:
        """Packs the training text with its replay."""
        with Tokens(self.partial) as tokens:
            self._add(tokens, texts)
            if not len(tokens):
                raise UserError(f"{texts}: holds no text; name papers or triples in build.yaml and run `make data`")
            taken = {item.id: item for item in self._replay(tokens)}
            write_rows(self.partial / "cpt_packed.replay.jsonl", (_listed(item) for item in taken.values()))
            with Lines(sources) as of_row, Lines(texts) as rows, Lines(documents) as papers:
                self._write("train", tokens, _origin(taken, of_row, rows, papers))
        self.counts["replay"] = {
            "documents": len(taken),
            "tokens": sum(item.tokens for item in taken.values()),
            "licences": sorted({item.licence or "unknown" for item in taken.values()}),
        }

    def validation(self, heldout: Path, documents: Path) -> None:
        """Packs the held-out papers; a build without any has no validation split."""
        with Tokens(self.partial) as tokens:
            self._add(tokens, heldout)
            if len(tokens):
                of_row = heldout_sources(heldout, documents)
                # A held-out row is a document's text and nothing else.
                self._write("validation", tokens, Origin(of_row.__getitem__, lambda _: "", lambda _: None))

    def publish(self) -> None:
        """Puts the folder and what belongs to it in the place of the old ones."""
        write_splits(self.partial / "cpt_packed", [name for name in ("train", "validation") if name in self.counts])
        listed = self.partial / "cpt_packed.sources.jsonl"
        with listed.open("wb") as out:
            for name in ("train", "validation"):
                if name in self.counts:
                    with (self.partial / f"{name}.sources.jsonl").open("rb") as part:
                        shutil.copyfileobj(part, out)
        shutil.rmtree(self.config.output / "cpt_packed", ignore_errors=True)
        for name in ("cpt_packed", "cpt_packed.replay.jsonl", listed.name):
            os.replace(self.partial / name, self.config.output / name)

    @property
    def _cut_beyond(self) -> int:
        return self.config.pack.context_tokens if self.config.pack.keep_whole else 0

    def _add(self, tokens: Tokens, path: Path) -> None:
        rows = ((row["id"], row["text"]) for row in read_rows(path))
        for encoded in encode(rows, self.vocabulary, self._cut_beyond):
            tokens.add(encoded)
        self.steps.say(f"{path}: {len(tokens):,} documents, {tokens.total:,} tokens")

    def _replay(self, tokens: Tokens) -> Iterator[Taken]:
        settings = self.config.pack
        if settings.replay:
            yield from add_replay(
                tokens, settings.replay, settings.replay_share, self.config.seed, self.vocabulary, self._cut_beyond
            )

    def _write(self, name: str, tokens: Tokens, origin: Origin) -> None:
        tokens.flush()
        rows = ordered(plan(tokens, self.config.pack), tokens, self.config.pack.order, self.config.seed)
        write_split(self.partial / "cpt_packed" / name, (_ids(row, tokens) for row in rows))
        write_rows(self.partial / f"{name}.sources.jsonl", packed_sources(name, rows, tokens, origin))
        self.counts[name] = counted(rows, tokens, self.config.pack.context_tokens)


def _ids(row: PackedRow, tokens: Tokens) -> Ids:
    return np.concatenate([tokens.ids(piece.document, piece.first, piece.last) for piece in row])


def _origin(taken: dict[str, Taken], of_row: Lines, rows: Lines, papers: Lines) -> Origin:
    """Where the training rows come from; a document of the replay is its own source."""

    @lru_cache(IN_MEMORY)
    def document_text(document: str) -> str | None:
        return text_of(papers[document]) if document in papers else None

    return Origin(
        lambda name: taken[name].sources() if name in taken else of_row[name]["sources"],
        lambda name: str(rows[name]["text"]),
        document_text,
    )


def _listed(item: Taken) -> dict[str, Any]:
    return {"id": item.id, "line": item.line, "licence": item.licence, "tokens": item.tokens}


def counted(rows: list[PackedRow], tokens: Tokens, capacity: int) -> dict[str, Any]:
    """What a split holds, how full its rows are, and where documents were cut."""
    cuts = [piece for row in rows for piece in row if piece.last < tokens.length(piece.document)]
    cut = {piece.document for piece in cuts}
    return {
        "rows": len(rows),
        "tokens": tokens.total,
        "fill": round(tokens.total / (len(rows) * capacity), 4),
        "documents": len(tokens),
        "documents_cut": len(cut),
        "cut_though_they_fit": sum(tokens.length(document) <= capacity for document in cut),
        "cuts": len(cuts),
        "cuts_at_sentence": sum(tokens.last_cut(piece.document, piece.last, piece.last) is not None for piece in cuts),
    }
