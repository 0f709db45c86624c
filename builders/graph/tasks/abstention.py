"""Where the graph is silent: a head without any tail, or a tail that an open relation does not have.

The answer says that the graph does not record it, never that it is false; false is only what `choices.is_closed` says.
Both are asked in the wordings of questions that have an answer, and only of entities that training speaks of.

    abstention(given, "zh")  ->  Item("丹参的药用部位有哪些？", "知识图谱没有记录丹参的药用部位，因此无法据此回答。")
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from builders.graph.chance import generator
from builders.graph.tasks.choices import is_closed
from builders.graph.tasks.index import Slot
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.say import capital, inside
from builders.graph.tasks.wordings import fill

USUAL = 0.5  # share of the heads of a type that have a relation, from which on it is sensible to ask the others for it
DRAWN = 8  # unrecorded tails of which the first likely one is asked
NOTHING = {"zh": "没有记录", "en": "not recorded"}


def abstention(given: Given, language: str) -> Iterator[Item]:
    """Silent heads and unrecorded tails by turns."""
    for pair in zip_longest(_silent(given, language), _unknown(given, language)):
        yield from (item for item in pair if item is not None)


def _silent(given: Given, language: str) -> Iterator[Item]:
    """Relations that heads of a type usually have and this one has not, in any direction or under any alias."""
    usual = usual_relations(given)
    seen: set[tuple[str, str]] = set()
    say = given.say[language]
    for slot in given.index.slots("silent", language, [False]):
        rng = generator(given.seed, "silent", language, *slot.step, slot.entity)
        relations = [
            relation
            for relation in usual.get(given.index.kind(slot.entity), ())
            if given.graph.schema[relation].label(language) is not None and _is_missed(given, relation, slot.entity)
        ]
        relation = rng.choice(relations) if relations else ""
        if relation and (relation, slot.entity) not in seen:
            seen.add((relation, slot.entity))
            what = say.what(relation, False, slot.name)
            template = given.wordings.answer("silent", language, given.seed, relation, slot.entity)
            yield Item(
                "abstention",
                language,
                "list",
                {"what": what},
                capital(fill(template, what=what)),
                (NOTHING[language],),
                slot.triples[:1],
                (slot.name,),
                single=given.graph.schema[relation].functional,
            )


def _is_missed(given: Given, relation: str, entity: str) -> bool:
    """Whether an entity has no tail under a relation, nor under one that says the same or has the same types."""
    known = given.graph.schema[relation]
    kin = {relation, *given.index.twins(relation)}
    kin |= {
        name
        for name, other in given.graph.schema.items()
        if known.range and set(known.range) & set(other.range) and set(known.domain) == set(other.domain)
    }
    return not any(given.index.degree((name, False), entity) for name in kin)


def usual_relations(given: Given) -> Mapping[str | None, list[str]]:
    """By the type of an entity, the relations that many of the heads of that type have."""
    heads: dict[str | None, set[str]] = defaultdict(set)
    having: Counter[tuple[str | None, str]] = Counter()
    for name, relation in given.graph.schema.items():
        for entity in () if relation.alias else given.index.starts((name, False)):
            heads[given.index.kind(entity)].add(entity)
            having[given.index.kind(entity), name] += 1
    found: dict[str | None, list[str]] = defaultdict(list)
    for (kind, relation_name), number in having.items():
        if number >= USUAL * len(heads[kind]) and not given.graph.schema[relation_name].naming:
            found[kind].append(relation_name)
    return found


def _likely(given: Given, slot: Slot, tails: list[str]) -> list[str]:
    """The tails that other heads of the same type have; none for a head whose type the relation is not for."""
    index, kind = given.index, given.index.kind(slot.entity)
    domain = index.relation(slot.step).domain
    if domain and kind is not None and kind not in domain:
        return []
    step = (slot.relation, not index.relation(slot.step).symmetric)
    slots = ((tail, index.full_slot(step, index.entity(tail))) for tail in tails)
    return [tail for tail, heads in slots if heads and any(index.kind(end.entity) == kind for end in heads.ends)]


def _unknown(given: Given, language: str) -> Iterator[Item]:
    """Statements about a head of which the graph says something else, but of which it need not say all."""
    say = given.say[language]
    for slot in given.index.slots("unknown", language, [False], lambda relation: not is_closed(relation)):
        rng = generator(given.seed, "unknown", language, *slot.step, slot.entity)
        for tail in _likely(given, slot, given.options.false(slot, rng.choice(slot.ends), DRAWN, rng))[:1]:
            statement = inside(say.statement(slot.relation, slot.name, [tail]))
            template = given.wordings.answer("unknown", language, given.seed, *slot.step, slot.entity, tail)
            yield Item(
                "abstention",
                language,
                "true_false",
                {"statement": statement},
                fill(template, statement=statement),
                (NOTHING[language],),
                slot.triples,
                (slot.name, tail),
            )
