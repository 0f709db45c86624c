"""Which papers are held out: by paper, never by row, whole near-duplicate clusters together, and for good.

In: document ids with language and cluster, the earlier assignment (`splits.json`). Out: the assignment by id.

    assign([Candidate("sha:1", "en", 0), ...], SplitConfig(), previous={})  ->  {"sha:1": "train", ...}
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from builders.types import Language

Side = Literal["train", "heldout"]


@dataclass(frozen=True)
class SplitConfig:
    """How much is held out. `documents=0`, `triples=0` and `entities=0` build the final model on everything."""

    documents: float = 0.02
    """Share of the papers of a language."""
    documents_min: int = 2
    """At least so many papers of a language, where it has more than twice as many."""
    documents_max: int = 100
    """At most so many papers in all."""
    triples: float = 0.02
    """Share of the (head, relation) groups of the graph."""
    entities: float = 0.0
    """Share of the graph's entities (those it tells something about) held out whole: 0, or 0.0005 to 0.6."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper to assign: its id, its language and the number of its near-duplicate cluster."""

    id: str
    language: Language
    cluster: int


def assign(
    candidates: Sequence[Candidate], config: SplitConfig, previous: Mapping[str, Side], seed: int
) -> dict[str, Side]:
    """Assigns each paper to a side; what `previous` says never moves.

    A cluster is held out when the hash of its first id falls below the share, so a new paper does not move an old
    one; only while a language has fewer than `documents_min` held out, the clusters of smallest hash are added.
    """
    clusters: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        clusters.setdefault(candidate.cluster, []).append(candidate)
    ranked = sorted(clusters.values(), key=lambda cluster: _rank(cluster, seed))
    sides: dict[str, Side] = {}
    for cluster in ranked:
        before = {previous[member.id] for member in cluster if member.id in previous}
        sides.update(dict.fromkeys((member.id for member in cluster), "heldout" if before == {"heldout"} else "train"))
    if config.documents == 0:
        return dict.fromkeys(sides, "train")
    of_language = Counter(candidate.language for candidate in candidates)
    held = Counter(candidate.language for candidate in candidates if sides[candidate.id] == "heldout")
    for cluster in ranked:
        if any(member.id in previous for member in cluster) or held.total() + len(cluster) > config.documents_max:
            continue
        language = cluster[0].language
        too_few = held[language] < config.documents_min < of_language[language] / 2
        if too_few or _rank(cluster, seed) < config.documents:
            sides.update(dict.fromkeys((member.id for member in cluster), "heldout"))
            held.update(member.language for member in cluster)
    return {candidate.id: sides[candidate.id] for candidate in candidates}


def _rank(cluster: Sequence[Candidate], seed: int) -> float:
    """A number from 0 to 1 that depends on the seed and the cluster's smallest id alone."""
    digest = hashlib.sha256(f"{seed}\x1f{min(member.id for member in cluster)}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
