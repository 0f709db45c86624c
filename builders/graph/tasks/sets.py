"""Two slots at once: what fulfils two conditions (intersection), what two heads share and do not (comparison).

Both slots are trained as a whole, so the answer is the same on the full graph.

    intersection(given, "zh")  ->  Item("含有甘草、同时出自伤寒论的方剂有哪些？", "...有桂枝汤、麻黄汤。")
    comparison(given, "zh")    ->  Item("桂枝汤和麻黄汤的组成药物有何异同？", "...两者共有的是桂枝、甘草；...")
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from builders.graph.chance import generator
from builders.graph.tasks.index import End, Slot
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.options import alike
from builders.graph.tasks.say import capital
from builders.graph.tasks.wordings import fill

TRIES = 4  # second conditions, or second heads, tried for one slot
AND = {"zh": "和", "en": " and "}


def intersection(given: Given, language: str) -> Iterator[Item]:
    """What has one tail under a relation and another under the same or another relation."""
    seen: set[frozenset[tuple[str, str]]] = set()
    for one in given.index.slots("intersection", language, [True]):
        rng = generator(given.seed, "intersection", language, *one.step, one.entity)
        tried = [_second_condition(given, language, one, rng) for _ in range(TRIES)]
        found = [(other, both) for other in tried if other and (both := _common(one, other))]
        fit = [(other, both) for other, both in found if _is_narrow(given, one, other, both)]
        if fit:
            other, both = max(fit, key=lambda pair: len(pair[1]))
            key = frozenset({(one.relation, one.entity), (other.relation, other.entity)})
            if key not in seen:
                seen.add(key)
                yield _intersected(given, language, one, other, both)


def _is_narrow(given: Given, one: Slot, other: Slot, both: list[tuple[End, End]]) -> bool:
    """Whether the two conditions leave few, and fewer than either alone."""
    return len(both) <= given.config.compared_most and len(both) < min(len(one.ends), len(other.ends))


def _second_condition(given: Given, language: str, one: Slot, rng: random.Random) -> Slot | None:
    """The slot of another tail of one of the heads, drawn."""
    head = rng.choice(one.ends).entity
    steps = [step for step in given.index.steps(head) if not step[1]]
    relation, _ = rng.choice(steps) if steps else (one.relation, False)
    known = given.index.graph.schema[relation]
    if known.label(language) is None or known.symmetric:
        return None
    tails = given.index.slot((relation, False), head)
    others = [end for end in tails.ends if end.entity != one.entity and not alike(end.name, one.name)] if tails else []
    return given.index.slot((relation, True), rng.choice(others).entity) if others else None


def _common(one: Slot, other: Slot) -> list[tuple[End, End]]:
    """The ends that both slots have, with the fact of each."""
    of_other = {end.entity: end for end in other.ends}
    return [(end, of_other[end.entity]) for end in one.ends if end.entity in of_other]


def _intersected(given: Given, language: str, one: Slot, other: Slot, both: list[tuple[End, End]]) -> Item:
    say, names = given.say[language], [end.name for end, _ in both]
    schema = given.graph.schema
    conditions = [say.condition(schema[slot.relation], slot.name) for slot in (one, other)]
    what = say.kind(schema[one.relation], conditions)
    kind = "inverse" if len(names) > 1 else "only"
    template = given.wordings.answer(kind, language, given.seed, one.relation, one.name, other.relation, other.name)
    return Item(
        "intersection",
        language,
        "intersection",
        {"what": what},
        capital(fill(template, what=what, items=say.joined(names))),
        tuple(names),
        tuple(end.triple for pair in both for end in pair),
        (one.name, other.name, *names),
    )


def comparison(given: Given, language: str) -> Iterator[Item]:
    """What two heads have in common under a relation, and what each has alone."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for one in given.index.slots("comparison", language, [False]):
        rng = generator(given.seed, "comparison", language, *one.step, one.entity)
        for _ in range(TRIES):
            other = _another_head(given, one, rng)
            key = (one.relation, frozenset({one.entity, other.entity if other else ""}))
            if other is not None and key not in seen and _comparable(given, one, other):
                seen.add(key)
                yield _compared(given, language, one, other)
                break


def _another_head(given: Given, one: Slot, rng: random.Random) -> Slot | None:
    """The slot of a head that shares a drawn tail, drawn."""
    shared = given.index.full_slot((one.relation, True), rng.choice(one.ends).entity)
    others = [end.entity for end in shared.ends if end.entity != one.entity] if shared else []
    return given.index.slot(one.step, rng.choice(others)) if others else None


def _comparable(given: Given, one: Slot, other: Slot) -> bool:
    """Whether there is something common, something different, not too much, and no doubt which is which."""
    most = given.config.compared_most
    if len(one.ends) > most or len(other.ends) > most or alike(one.name, other.name):
        return False
    only_one, only_other = _without(one, other), _without(other, one)
    crossed = [(first, second) for first in only_one for second in other.ends]
    crossed += [(first, second) for first in only_other for second in one.ends]
    doubtful = any(given.options.may_be_one(one, first.name, second.name) for first, second in crossed)
    return bool(only_one and only_other and one.entities & other.entities) and not doubtful


def _without(one: Slot, other: Slot) -> list[End]:
    return [end for end in one.ends if end.entity not in other.entities]


def _compared(given: Given, language: str, one: Slot, other: Slot) -> Item:
    say = given.say[language]
    common = [end for end in one.ends if end.entity in other.entities]
    only_one, only_other = _without(one, other), _without(other, one)
    template = given.wordings.answer("comparison", language, given.seed, one.relation, one.name, other.name)
    answer = fill(
        template,
        one=one.name,
        other=other.name,
        common=say.joined([end.name for end in common]),
        only_one=say.joined([end.name for end in only_one]),
        only_other=say.joined([end.name for end in only_other]),
    )
    return Item(
        "comparison",
        language,
        "comparison",
        {"what": say.what(one.relation, False, f"{one.name}{AND[language]}{other.name}")},
        answer,
        tuple(end.name for end in (*common, *only_one, *only_other)),
        (*one.triples, *other.triples),
        (one.name, other.name, *one.names, *other.names),
    )
