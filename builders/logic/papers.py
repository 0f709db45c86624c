"""Findings of a paper in, dual-logic pairs out: at most one a sentence, few a section, some a paper.

paper_pairs(document, LogicConfig(), seed=42)
->  [Pair("9c1...", "AS", "paper", "en", "Deletion of ... slowed ...", "Deletion of ... accelerated ...", (span,))]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from builders.graph.chance import fraction
from builders.graph.logic import Operation, Pair
from builders.ids import row_id
from builders.logic.antonym import antonym
from builders.logic.findings import Finding, findings
from builders.logic.negation import negation
from builders.logic.scope import negations
from builders.logic.swap import swap
from builders.types import Document, Source

_LOWER = re.compile(r"(?<![\w-])[a-z][\w-]*")


@dataclass(frozen=True)
class LogicConfig:
    """How many dual-logic pairs a paper gives."""

    per_section: int = 3
    """Most pairs of one operation in one section."""
    per_paper: int = 30
    """Most pairs of a paper; 0: none are looked for."""


def paper_pairs(document: Document, config: LogicConfig, seed: int) -> list[Pair]:
    """The pairs of a paper in the order of its text, chosen by hash where there are more than the caps allow."""
    if config.per_paper == 0:
        return []
    found = list(candidates(document))
    chosen: set[str] = set()
    in_section: Counter[tuple[Operation, tuple[str, ...]]] = Counter()
    for pair, section in sorted(found, key=lambda each: fraction(seed, "paper pair", each[0].id)):
        if in_section[pair.op, section] < config.per_section and len(chosen) < config.per_paper:
            in_section[pair.op, section] += 1
            chosen.add(pair.id)
    return [pair for pair, _ in found if pair.id in chosen]


def read_pairs(rows: Sequence[dict[str, Any]]) -> list[Pair]:
    """Pairs as `derived/` keeps them."""
    return [Pair(**{**row, "sources": tuple(Source(**source) for source in row["sources"])}) for row in rows]


def candidates(document: Document) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    """Every pair that could be made, one a statement, with its section."""
    words = frozenset(_LOWER.findall(document.text)) if document.language == "en" else frozenset()
    seen: set[str] = set()
    for finding in findings(document):
        edit = _edit(finding, document.language, words)
        if edit is not None and finding.text not in seen:
            seen.add(finding.text)
            yield _pair(document, finding, *edit), finding.section


def _edit(finding: Finding, language: str, words: Set[str]) -> tuple[Operation, str] | None:
    """The rarest operation that fits: a swap, a negation taken away, an antonym, a negation added."""
    text = finding.text
    if (false := swap(text, language, words)) is not None:
        return "SEP", false
    denied = negation(text, language)
    if denied is not None and negations(text, language):
        return "ANW", denied
    if (false := antonym(text, language)) is not None:
        return "AS", false
    return None if denied is None else ("ANW", denied)


def _pair(document: Document, finding: Finding, op: Operation, false: str) -> Pair:
    sources = tuple(replace(source, maker="logic.paper") for source in finding.sources)
    name = row_id("pair", op, "paper", document.id, finding.text, false)
    return Pair(name, op, "paper", document.language, finding.text, false, sources)
