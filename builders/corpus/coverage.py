"""The finished files of a build in, one row a paper out: what was made of it, what of it gave nothing, and why.

    for paper in coverage(Path("data/demo")): ...

data/demo/coverage.jsonl:
    {"path": "li.pdf", "side": "train", "paragraphs": 34, "rows": {"abstract.purpose": 1, "paper.reading": 1},
     "used": 20, "unused": {"no_pattern_matched": 14}, "unused_blocks": [3, 9, ...], "dropped": {"too_few_words": 3}}

A paragraph is used where a task was made of it: a question, a dialogue, a woven text. One that is not used is still
trained on as text, with its paper. The papers of the corpus come first, in the order of `documents.jsonl`, then those
that are not in it, by name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builders.corpus.prepare import Facts, read_document, read_facts
from builders.documents import document_of
from builders.jsonl import read_rows, write_rows
from builders.mine.comprehension.reading import TASK as READING
from builders.mine.passages import blocks
from builders.split import Side
from builders.types import Document, Language

NAME = "coverage.jsonl"
DATASETS = ("sft_papers", "sft_paper_tasks", "sft_dialogues", "sft_logic_papers", "cpt")
PAPER = "paper"
HELD_OUT = "held_out"
NO_PATTERN = "no_pattern_matched"
NO_ROW = "no_row"
DAMAGED = "glyph_damage"
"""Reported of a paper that stays all the same."""
_PLACE = re.compile(r"(?P<paper>.+?)(?P<paragraph> page \d+| line \d+|: block \d+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PaperCoverage:
    """One paper of a build."""

    path: str
    id: str | None = None
    """None for a file that could not be read; then what follows is empty as well."""
    title: str = ""
    language: Language = "other"
    side: Side | None = None
    """None for a paper that is not in the corpus."""
    licence: str | None = None
    reader: str = ""
    blocks: int = 0
    paragraphs: int = 0
    characters: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    """Rows of the datasets by task; `paper` is the plain text."""
    used: int = 0
    """Paragraphs of which a task was made."""
    unused: dict[str, int] = field(default_factory=dict)
    """The other paragraphs, by reason."""
    unused_blocks: tuple[int, ...] = ()
    """Which they are, as indices into the blocks of its line in `documents.jsonl`."""
    dropped: dict[str, int] = field(default_factory=dict)
    """Paragraphs that were left out, by reason; they are not among `paragraphs`."""
    fixes: dict[str, int] = field(default_factory=dict)
    damaged: bool = False
    """Its glyphs are damaged: it should be parsed again."""
    nothing: str | None = None
    """Why no row at all was made of it."""
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What `Dropped.place` says of a paper."""

    paper: str
    is_paragraph: bool


def place_of(place: str, papers: Container[str]) -> Place | None:
    """The paper that a place is in; None where it is in none, as with triples.

    A PDF that could not be parsed is not among the papers.
    """
    if place in papers:
        return Place(place, False)
    match = _PLACE.fullmatch(place)
    if match and match["paragraph"] and match["paper"] in papers:
        return Place(match["paper"], True)
    return Place(place, False) if place.lower().endswith(".pdf") else None


def write_coverage(folder: Path) -> int:
    """Writes `coverage.jsonl` beside the datasets; returns how many papers there are."""
    return write_rows(folder / NAME, coverage(folder))


def coverage(folder: Path, prepared: Path | None = None) -> Iterator[PaperCoverage]:
    """Streams the rows; `prepared` is where the results of the first map lie, if not in the folder."""
    known = prepared_papers(prepared or folder / "prepared")
    faults = _Faults(folder / "dropped.jsonl", known)
    made = [_Made(path) for name in DATASETS if (path := folder / f"{name}.sources.jsonl").is_file()]
    seen: set[str] = set()
    for row in read_rows(folder / "documents.jsonl"):
        document = document_of(row)
        seen.add(document.path)
        rows, spans = Counter[str](), list[tuple[int, int]]()
        for dataset in made:
            dataset.of(document, rows, spans)
        facts = known[document.path][0] if document.path in known else Facts(document.path, {}, ())
        yield faults.told(_in_corpus(document, row["side"], rows, spans), facts)
    for name in sorted(known.keys() - seen):
        yield faults.told(_outside(*known[name], faults.reason(name)), known[name][0])
    for name in sorted(faults.papers.keys() - known.keys()):
        yield faults.told(PaperCoverage(name), Facts(name, {}, ()))


def prepared_papers(folder: Path) -> dict[str, tuple[Facts, Path]]:
    """The facts of every paper that was read or could not be, without its fingerprints, by name."""
    found = {}
    for path in sorted(folder.glob("*/*.json")):
        facts = read_facts(path)
        found[facts.name] = (replace(facts, fingerprints=None, dropped=()), path)
    return found


class _Faults:
    """What was dropped of each paper: counts, and the last word on the paper as a whole."""

    def __init__(self, path: Path, papers: Container[str]) -> None:
        self.papers: dict[str, dict[str, Any]] = {}
        self._paragraphs: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._damaged: set[str] = set()
        for row in read_rows(path):
            place = place_of(row["place"], papers)
            if place is None:
                continue
            if row["reason"] == DAMAGED:
                self._damaged.add(place.paper)
            elif place.is_paragraph:
                self._paragraphs[place.paper][row["reason"]] += 1
            else:
                self.papers[place.paper] = row

    def reason(self, paper: str) -> str:
        return str(self.papers[paper]["reason"]) if paper in self.papers else NO_ROW

    def told(self, paper: PaperCoverage, facts: Facts) -> PaperCoverage:
        """Adds what was dropped and mended."""
        stays = paper.side is not None
        fault = None if stays else self.papers.get(paper.path)
        return replace(
            paper,
            dropped=dict(sorted(self._paragraphs[paper.path].items())),
            fixes=facts.fixes,
            damaged=paper.path in self._damaged,
            nothing=paper.nothing if stays else self.reason(paper.path),
            detail=fault["detail"] if fault else None,
        )


class _Made:
    """The sources of a dataset, whose rows come paper by paper, in the order of `documents.jsonl`."""

    def __init__(self, path: Path) -> None:
        self._rows = read_rows(path)
        self._next = next(self._rows, None)

    def of(self, document: Document, rows: Counter[str], spans: list[tuple[int, int]]) -> None:
        """Counts the rows of the paper that is next by task; adds the spans of which tasks were made."""
        while self._next and self._next["sources"] and self._next["sources"][0]["document"] == document.id:
            sources = self._next["sources"]
            # The first source of a row is made by its task; that of the plain text by the paper's reader.
            maker = sources[0]["maker"]
            rows[PAPER if maker == document.reader else maker] += 1
            text = (document.reader, READING)  # the paper's own text, read on from block to block
            spans += [(s["start"], s["end"]) for s in sources if s["maker"] not in text and s["start"] is not None]
            self._next = next(self._rows, None)


def _in_corpus(document: Document, side: Side, rows: Counter[str], spans: list[tuple[int, int]]) -> PaperCoverage:
    paragraphs = {}
    for index, (block, source) in enumerate(blocks(document)):
        if block.kind == "paragraph":
            paragraphs[index] = (source.start or 0, source.end or 0)
    used = _touched(paragraphs, spans)
    unused = tuple(index for index in paragraphs if index not in used)
    reason = HELD_OUT if side == "heldout" else NO_PATTERN
    return PaperCoverage(
        document.path,
        document.id,
        document.title,
        document.language,
        side,
        document.licence,
        document.reader,
        len(document.blocks),
        len(paragraphs),
        len(document.text),
        dict(sorted(rows.items())),
        len(used),
        {reason: len(unused)} if unused else {},
        unused,
        nothing=None if rows else HELD_OUT if side == "heldout" else NO_ROW,
    )


def _touched(paragraphs: dict[int, tuple[int, int]], spans: list[tuple[int, int]]) -> set[int]:
    """The paragraphs in which one of the spans lies, or a part of it."""
    indices, starts = list(paragraphs), [start for start, _ in paragraphs.values()]
    touched = set()
    for start, end in set(spans):
        place = max(0, bisect_right(starts, start) - 1)
        while place < len(starts) and starts[place] < end:
            if start < paragraphs[indices[place]][1]:
                touched.add(indices[place])
            place += 1
    return touched


def _outside(facts: Facts, path: Path, reason: str) -> PaperCoverage:
    """A paper that is not in the corpus."""
    if facts.id is None:
        return PaperCoverage(facts.name)
    document = read_document(path)
    paragraphs = sum(block.kind == "paragraph" for block in document.blocks)
    return PaperCoverage(
        document.path,
        document.id,
        document.title,
        document.language,
        None,
        document.licence,
        document.reader,
        len(document.blocks),
        paragraphs,
        len(document.text),
        unused={reason: paragraphs} if paragraphs else {},
    )
