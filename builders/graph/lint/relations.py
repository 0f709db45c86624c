"""Triples and their schema in, what the two do not agree on out: names, functions, directions, types.

unknown_relations(...)  ->  Finding(..., "unknown_relation", "归径 (3 facts)", "归经? 50 % alike; ...", "kept")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from builders.graph.graph import Graph, folded
from builders.graph.lint.finding import Finding
from builders.graph.lint.gather import Gathered

ALIKE = 50
"""Per cent of a name that a known one must have in common to be suggested."""
SHOWN = 200
"""Characters of a value that are shown."""


def unknown_relations(gathered: Gathered, graph: Graph, has_schema: bool) -> Iterator[Finding]:
    """Relations that relations.yaml does not name, with the nearest that it does; none without such a file."""
    if not has_schema:
        return
    known = {
        folded(text): relation.name
        for relation in graph.schema.values()
        if not relation.guessed
        for text in (relation.name, relation.zh, relation.en)
        if text
    }
    counts = Counter(triple.relation for triple in gathered.triples)
    seen: set[str] = set()
    for index, triple in enumerate(gathered.triples):
        name = triple.relation
        if not graph.schema[name].guessed or name in seen:
            continue
        seen.add(name)
        nearest = process.extractOne(folded(name), known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        meant = f"{known[nearest[0]]}? {nearest[1]:.0f} % alike; else " if nearest else ""
        value = f"{name} ({counts[name]:,} facts)"
        yield gathered.found(index, "unknown_relation", value, f"{meant}write an entry for it in relations.yaml")


def two_tails(gathered: Gathered, graph: Graph) -> Iterator[Finding]:
    """A second tail of a relation that has one at most; aliases of the first are no second."""
    first: dict[tuple[str, str], int] = {}
    for index, triple in enumerate(gathered.triples):
        if not graph.schema[triple.relation].functional:
            continue
        earlier = first.setdefault((graph.representative(triple.head), triple.relation), index)
        tail = gathered.triples[earlier].tail
        if earlier != index and graph.representative(tail) != graph.representative(triple.tail):
            where = ":".join(gathered.place(earlier))
            value = f"{triple.head} {triple.relation} {triple.tail}, but also {tail}"
            suggestion = f"{where} says {tail}: keep one, or take `functional` off {triple.relation}"
            yield gathered.found(index, "two_tails", value[:SHOWN], suggestion[:SHOWN])


def both_directions(gathered: Gathered, graph: Graph) -> Iterator[Finding]:
    """A fact whose reverse is stated, too, though its relation is not symmetric; told of the later one."""
    told: set[tuple[str, str]] = set()
    for index, triple in enumerate(gathered.triples):
        relation = graph.schema[triple.relation]
        if relation.symmetric or relation.alias or not graph.holds(triple.tail, triple.relation, triple.head):
            continue
        pair = graph.pair(triple.head, triple.tail)
        if pair[0] == pair[1]:
            continue
        if pair not in told:
            told.add(pair)
            continue
        value = f"{triple.head} {triple.relation} {triple.tail}, and the reverse"
        suggestion = f"delete one, or write `symmetric: true` for {triple.relation} if it holds both ways"
        yield gathered.found(index, "both_directions", value[:SHOWN], suggestion[:SHOWN])


def wrong_types(gathered: Gathered, graph: Graph) -> Iterator[Finding]:
    """Heads and tails of a type that their relation does not take; without a type nothing is said."""
    for index, triple in enumerate(gathered.triples):
        relation = graph.schema[triple.relation]
        wrong_head, wrong_tail = _wrong(triple.head_type, relation.domain), _wrong(triple.tail_type, relation.range)
        turned = _wrong(triple.tail_type, relation.domain) or _wrong(triple.head_type, relation.range)
        if wrong_head and wrong_tail and not turned:
            value = f"{triple.head} ({triple.head_type}) {triple.relation} {triple.tail} ({triple.tail_type})"
            yield gathered.found(index, "swapped_ends", value[:SHOWN], "exchange head and tail")
            continue
        ends = (
            ("wrong_domain", "head", triple.head, triple.head_type, relation.domain, wrong_head),
            ("wrong_range", "tail", triple.tail, triple.tail_type, relation.range, wrong_tail),
        )
        for finding, end, name, kind, allowed, is_wrong in ends:
            if is_wrong:
                value = f"{name} ({kind}) as {end} of {triple.relation}"
                suggestion = f"its {end}s are {', '.join(allowed)}: mend the type, the relation, or relations.yaml"
                yield gathered.found(index, finding, value[:SHOWN], suggestion[:SHOWN])


def _wrong(kind: str | None, allowed: Sequence[str]) -> bool:
    return bool(kind and allowed) and kind not in allowed


def type_conflicts(gathered: Gathered) -> Iterator[Finding]:
    """Names that have several types, told where the first that is not the most frequent stands."""
    first: dict[str, str] = {}
    several: dict[str, Counter[str]] = {}
    for _, name, kind in _typed(gathered):
        if first.setdefault(name, kind) != kind:
            several[name] = Counter()
    for _, name, kind in _typed(gathered):
        if name in several:
            several[name][kind] += 1
    for index, name, kind in _typed(gathered):
        if name in several and kind != _most(several[name]):
            counts = several.pop(name)
            shown = ", ".join(f"{each} {count:,}" for each, count in counts.most_common())
            suggestion = f"call it {_most(counts)} everywhere, or give the two different names"
            yield gathered.found(index, "type_conflict", f"{name}: {shown}"[:SHOWN], suggestion)


def _typed(gathered: Gathered) -> Iterator[tuple[int, str, str]]:
    for index, triple in enumerate(gathered.triples):
        if triple.head_type:
            yield index, triple.head, triple.head_type
        if triple.tail_type:
            yield index, triple.tail, triple.tail_type


def _most(counts: Counter[str]) -> str:
    return counts.most_common(1)[0][0]
