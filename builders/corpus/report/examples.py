"""What was left out in, real examples and counts out: three of each reason, and who copies whom.

dropped(folder, papers, seed)      ->  [Reason("too_few_words", "paragraph", 41, [Example(...), ...]), ...]
copies(folder)                     ->  [Copy("preprint.pdf", "article.pdf", 17), ...]
contaminated(folder)               ->  [Overlaps("heldout_text", copies=3, near=1, documents=2, examples=[...])]
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from builders.corpus.coverage import DAMAGED, place_of
from builders.corpus.prepare import Facts, read_document
from builders.jsonl import read_rows

EXAMPLES = 3
SHOWN = 320
"""Characters of a text that are shown."""
_COPY = re.compile(r"(?:as in|nearly as in|like) (?P<paper>.+?): block \d+(?: \([^()]*\))?", re.DOTALL)
_WORK = re.compile(
    r"(?:the same work \(.+\) as|the same text as|like) (?P<paper>.+?)(?: \(similarity [\d.]+\))?, which stays",
    re.DOTALL,
)


class Example(NamedTuple):
    """One thing that was left out."""

    place: str
    text: str
    """What it says, where that is known here."""
    detail: str


@dataclass
class Reason:
    """What was left out for one reason."""

    name: str
    of: str
    """`paper`, `paragraph` or `triples`."""
    count: int = 0
    examples: list[Example] = field(default_factory=list)


class Copy(NamedTuple):
    """Two papers that have text in common."""

    paper: str
    stays: str
    paragraphs: int
    """Of the first that are in the second; 0 where the paper is left out as a whole."""


@dataclass
class Overlaps:
    """What the papers had in common with one evaluation set."""

    name: str
    copies: int = 0
    near: int = 0
    documents: set[str] = field(default_factory=set)
    examples: list[dict[str, Any]] = field(default_factory=list)


def dropped(folder: Path, papers: Mapping[str, tuple[Facts, Path]], seed: int) -> list[Reason]:
    """Counts what was left out by reason, the most frequent first, with examples drawn by seed."""
    reasons: dict[tuple[str, str], Reason] = {}
    drawn: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    rng = random.Random(f"{seed}\x1fexamples")
    for row in read_rows(folder / "dropped.jsonl"):
        key = (row["reason"], _kind(row, papers))
        reason = reasons.setdefault(key, Reason(*key))
        reason.count += 1
        # Each has the same chance to be among the three, whatever their number.
        place = len(drawn[key]) if reason.count <= EXAMPLES else rng.randrange(reason.count)
        if place < EXAMPLES:
            drawn[key][place : place + 1] = [row]
    for key, reason in reasons.items():
        reason.examples = [_example(row, papers) for row in drawn[key]]
    return sorted(reasons.values(), key=lambda reason: (-reason.count, reason.name, reason.of))


def _kind(row: Mapping[str, Any], papers: Mapping[str, tuple[Facts, Path]]) -> str:
    place = place_of(row["place"], papers)
    if place is None:
        return "triples"
    return "paragraph" if place.is_paragraph else "report" if row["reason"] == DAMAGED else "paper"


def _example(row: Mapping[str, Any], papers: Mapping[str, tuple[Facts, Path]]) -> Example:
    """A duplicate's own words stand in its paper; of the others the detail has them."""
    where, block = row["place"].rpartition(": block ")[::2]
    if row["reason"] == "in_evaluation_set" or where not in papers or not block.isdigit():
        return Example(row["place"], "", _short(row["detail"]))
    blocks = read_document(papers[where][1]).blocks
    text = blocks[int(block)].text if int(block) < len(blocks) else ""
    return Example(row["place"], _short(text), _short(row["detail"]))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


def copies(folder: Path) -> list[Copy]:
    """Who copies whom: papers that are left out first, then pairs of papers by their common paragraphs."""
    works: list[Copy] = []
    pairs: Counter[tuple[str, str]] = Counter()
    for row in read_rows(folder / "dropped.jsonl"):
        if "duplicate" not in row["reason"]:
            continue
        if row["reason"].endswith("_paper"):
            match = _WORK.match(row["detail"])
            works.append(Copy(row["place"], match["paper"] if match else row["detail"], 0))
        elif match := _COPY.fullmatch(row["detail"]):
            pairs[row["place"].rpartition(": block ")[0], match["paper"]] += 1
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [*works, *(Copy(paper, stays, count) for (paper, stays), count in ranked)]


def contaminated(folder: Path, paths: Mapping[str, str]) -> list[Overlaps]:
    """What was found of each evaluation set in the papers to train with, and taken out; `paths` by id of paper."""
    found: dict[str, Overlaps] = {}
    for row in read_rows(folder / "contamination.jsonl"):
        overlaps = found.setdefault(row["set"], Overlaps(row["set"]))
        overlaps.copies += row["kind"] == "copy"
        overlaps.near += row["kind"] != "copy"
        overlaps.documents.add(row["document"])
        if len(overlaps.examples) < EXAMPLES:
            who, whom = (paths.get(row[name], row[name]) for name in ("document", "id"))
            overlaps.examples.append({"paper": who, "of": whom, "page": row["page"], "text": _short(row["text"])})
    return [found[name] for name in sorted(found)]


def leaks(folder: Path) -> Iterator[dict[str, Any]]:
    """Sentences that name both ends of a held-out fact: listed, not removed."""
    return read_rows(folder / "leaks.jsonl")
