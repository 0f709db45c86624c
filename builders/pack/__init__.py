"""CPT text rows in, rows of token ids of one context length out: no token lost, no paper cut that fits a row.

LLaMA-Factory's own packing drops the rest of every map batch, and without packing every row that is not exactly full
gains an end-of-text token in the middle of its paper. So the ids are packed here, best-fit, and written as a
`datasets` folder that a recipe names as its `tokenized_path`. The separator after each paper is a token like any
other, and carries loss, as long as the tokenizer's pad token is another one (`make base` sees to it).

    python -m builders.pack recipes/demo/build.yaml
    data/demo/cpt_packed/                 {"input_ids": [...], "attention_mask": [...]}, train and validation
    data/demo/cpt_packed.sources.jsonl    {"id": "train-000000", "sources": [{"document": "sha:...", "start": 0, ...}]}
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from builders.errors import UserError
from builders.jsonl import read_rows

Row = dict[str, Any]


@dataclass(frozen=True)
class PackConfig:
    """How the CPT rows are packed."""

    tokenizer: str = ""
    """Folder with a tokenizer.json, or the name of a model on the Hugging Face hub."""
    context_tokens: int = 2048
    separator: str = "<|endoftext|>"


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive tokens of one text row, with the characters that they cover."""

    row: str
    start: int
    end: int
    ids: tuple[int, ...]


def load_tokenizer(name: str) -> Tokenizer:
    """Loads `tokenizer.json` from a folder, or from the hub where `name` is no folder."""
    folder = Path(name)
    if folder.is_dir():
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    if name.startswith(("saves/", "./", "/")):
        raise UserError(f"{name}: no such folder; make the starting model first with `make base`")
    return Tokenizer.from_pretrained(name)


def pieces(row: Row, tokenizer: Tokenizer, separator: int, length: int) -> Iterator[Piece]:
    """Cuts one text row, with its separator at the end, into pieces of at most `length` tokens."""
    encoded = tokenizer.encode(row["text"], add_special_tokens=False)
    ids = [*encoded.ids, separator]
    ends = [*(end for _, end in encoded.offsets), len(row["text"])]
    for first in range(0, len(ids), length):
        last = min(first + length, len(ids))
        start = ends[first - 1] if first else 0
        yield Piece(row["id"], start, ends[last - 1], tuple(ids[first:last]))


def best_fit(lengths: Sequence[int], capacity: int) -> list[list[int]]:
    """Best-fit decreasing bin packing; returns the indices of each bin (Ding et al. 2024, arXiv 2404.10830).

    The free room of the open bins is kept as a bit mask, so that the tightest bin that fits is found in one step.
    """
    bins: list[list[int]] = []
    by_room: dict[int, list[int]] = {}
    rooms = 0
    for index in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        fitting = rooms >> lengths[index]
        if fitting:
            room = lengths[index] + (fitting & -fitting).bit_length() - 1
            bin_index = by_room[room].pop()
            if not by_room[room]:
                rooms &= ~(1 << room)
        else:
            room, bin_index = capacity, len(bins)
            bins.append([])
        bins[bin_index].append(index)
        by_room.setdefault(room - lengths[index], []).append(bin_index)
        rooms |= 1 << (room - lengths[index])
    return bins


def pack(rows: Iterable[Row], tokenizer: Tokenizer, config: PackConfig, seed: int) -> list[list[Piece]]:
    """Packs text rows (`id`, `text`) into rows of at most `context_tokens` tokens, in an order drawn by the seed."""
    separator = tokenizer.token_to_id(config.separator)
    if separator is None:
        raise UserError(f"pack.separator={config.separator}: not a token of {config.tokenizer}; name one that it has")
    all_pieces = [piece for row in rows for piece in pieces(row, tokenizer, separator, config.context_tokens)]
    bins = best_fit([len(piece.ids) for piece in all_pieces], config.context_tokens)
    random.Random(seed).shuffle(bins)
    return [[all_pieces[index] for index in packed] for packed in bins]


def write_packed(folder: Path, splits: dict[str, list[list[Piece]]]) -> Row:
    """Writes the `datasets` folder of all splits; returns the counts for the summary."""
    from datasets import Dataset, DatasetDict, disable_progress_bars  # takes seconds to import

    disable_progress_bars()

    packed = {}
    for name, rows in splits.items():
        ids = [[token for piece in row for token in piece.ids] for row in rows]
        # No `labels`: LLaMA-Factory's CPT collator makes them from the ids, and cannot pad given ones.
        packed[name] = Dataset.from_dict({"input_ids": ids, "attention_mask": [[1] * len(row) for row in ids]})
    DatasetDict(packed).save_to_disk(str(folder))
    return {name: _counts(rows) for name, rows in splits.items()}


def _counts(rows: list[list[Piece]]) -> Row:
    tokens = sum(len(piece.ids) for row in rows for piece in row)
    longest = max((sum(len(piece.ids) for piece in row) for row in rows), default=1)
    return {"rows": len(rows), "tokens": tokens, "fill": round(tokens / max(1, len(rows) * longest), 4)}


def packed_sources(name: str, rows: list[list[Piece]], sources: dict[str, list[Row]]) -> Iterator[Row]:
    """Lists, for each packed row, the sources of every text row in it, cut to the span that is really there."""
    for number, row in enumerate(rows):
        found = [part for piece in row for part in _within(piece, sources[piece.row])]
        yield {"id": f"{name}-{number:06d}", "sources": found}


def _within(piece: Piece, sources: list[Row]) -> Iterator[Row]:
    for source in sources:
        if source["start"] is None:
            yield source
        elif source["start"] < piece.end and source["end"] > piece.start:
            yield {**source, "start": max(source["start"], piece.start), "end": min(source["end"], piece.end)}


def fingerprint(tokenizer: Tokenizer, config: PackConfig, seed: int, files: Iterable[Path]) -> str:
    """Names the inputs of a packing, so that a second run with the same inputs has nothing to do."""
    settings = (config.context_tokens, config.separator, seed, tokenizer.to_str())
    digest = hashlib.sha256(repr(settings).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def read_sources(path: Path) -> dict[str, list[Row]]:
    """Reads a `.sources.jsonl` file by row id."""
    return {row["id"]: row["sources"] for row in read_rows(path)}
