"""Papers in, without the blocks that an evaluation set has as well; a report row for each place (a map).

    contamination = Contamination(evaluation_texts(sets(Path("data/demo/eval"), config)), config.match)
    found = decontaminate(document, contamination)
    found.dropped   ->  {17: Dropped("in_evaluation_set", "a.pdf: block 17", "papers a7e3: To explain how ...")}
    found.overlaps  ->  (Overlap("papers", "a7e3", "copy", "doi:10.1/a", 17, 4, "To explain how ..."),)

Held-out papers are an evaluation set like the others: `eval/heldout_text.jsonl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builders.corpus.contamination import Contamination, ContaminationConfig, EvaluationText, Hit
from builders.errors import UserError
from builders.jsonl import read_rows
from builders.types import Document, Dropped

FIELDS = ("question", "answer", "text", "choices")
SHOWN_CHARACTERS = 120


@dataclass(frozen=True)
class DecontaminateConfig:
    """Whether training text is compared with the evaluation sets, and with which."""

    enabled: bool = True
    sets: list[str] = field(default_factory=list)
    """JSON-lines files besides the recipe's own in `eval/`: rows with question, answer, text or choices."""
    match: ContaminationConfig = field(default_factory=ContaminationConfig)


@dataclass(frozen=True, slots=True)
class Overlap:
    """A row of the report."""

    set: str
    id: str
    """Of the evaluation row."""
    kind: str
    document: str
    block: int
    page: int | None
    text: str
    """What both have; of a near copy, the place in the document."""


@dataclass(frozen=True, slots=True)
class Decontaminated:
    """What was found in one document."""

    dropped: dict[int, Dropped]
    """The blocks that go, by index."""
    overlaps: tuple[Overlap, ...]


def sets(folder: Path, config: DecontaminateConfig) -> list[Path]:
    """All sets that are registered for a recipe: those in its `eval` folder, then those that the config names."""
    named = [Path(name) for name in config.sets]
    for path in named:
        if not path.is_file():
            raise UserError(f"decontaminate.sets: {path}: no such file; mend the path or leave it out")
    return [*sorted(folder.glob("*.jsonl")), *named]


def evaluation_texts(paths: Iterable[Path]) -> Iterator[EvaluationText]:
    """Reads evaluation sets, each named after its file; a row without an id is named by its number."""
    for path in paths:
        for number, row in enumerate(read_rows(path), 1):
            fields = [name for name in FIELDS if name in row]
            if not fields:
                raise UserError(f"{path}: row {number} has none of {', '.join(FIELDS)}; rename the fields of the file")
            for name in fields:
                for text in _texts(row[name]):
                    yield EvaluationText(path.stem, str(row.get("id", number)), name, text)


def _texts(value: Any) -> list[str]:
    """The texts of a field: choices are several, and an answer may be the number of one."""
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]


def decontaminate(document: Document, contamination: Contamination) -> Decontaminated:
    """Finds the blocks of a document that have a place in common with an evaluation set.

    Blocks that then become neighbours are looked at again, for a run of words may go on from one to the next.
    """
    dropped: dict[int, Dropped] = {}
    overlaps: list[Overlap] = []
    while True:
        kept = [index for index in range(len(document.blocks)) if index not in dropped]
        text = "\n\n".join(document.blocks[index].text for index in kept)
        hits = contamination.find(text)
        if not hits:
            return Decontaminated(dict(sorted(dropped.items())), tuple(overlaps))
        for hit, index in _blocks(document, kept, hits):
            place, what = f"{document.path}: block {index}", " ".join(text[hit.start : hit.end].split())
            shown = what if len(what) <= SHOWN_CHARACTERS else f"{what[:SHOWN_CHARACTERS]} ..."
            dropped.setdefault(index, Dropped("in_evaluation_set", place, f"{hit.set} {hit.id}: {shown}"))
            overlaps.append(Overlap(hit.set, hit.id, hit.kind, document.id, index, document.blocks[index].page, what))


def _blocks(document: Document, kept: Iterable[int], hits: Iterable[Hit]) -> Iterator[tuple[Hit, int]]:
    """Each hit with each block that it lies in."""
    spans = []
    start = 0
    for index in kept:
        end = start + len(document.blocks[index].text)
        spans.append((start, end, index))
        start = end + 2
    for hit in hits:
        for start, end, index in spans:
            if hit.start < end and start < hit.end:
                yield hit, index
