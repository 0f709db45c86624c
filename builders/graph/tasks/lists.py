"""All ends of a slot: from tail to heads (inverse), from head to tails (list), and how many (count).

inverse(given, "zh")  ->  Item("含有甘草的方剂有哪些？", "含有甘草的方剂有桂枝汤、麻黄汤。")
"""

from __future__ import annotations

from collections.abc import Iterator

from builders.graph.chance import fraction
from builders.graph.tasks.index import Slot
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.say import capital, inside
from builders.graph.tasks.wordings import fill

SINGLE = 0.25  # share of the tails with one head that are asked for it


def inverse(given: Given, language: str) -> Iterator[Item]:
    """Which heads have a tail under a relation; of tails with a single head only some are asked."""
    for slot in given.index.slots("inverse", language, [True]):
        parts = (given.seed, "inverse", language, *slot.step, slot.entity)
        if len(slot.ends) > given.config.list_cap:
            continue
        if len(slot.ends) == 1 and fraction("single", *parts) >= SINGLE:
            continue
        kind = "inverse" if len(slot.ends) > 1 else "only"
        yield _listed(given, language, slot, "inverse", "inverse", kind)


def full_list(given: Given, language: str) -> Iterator[Item]:
    """All tails of a head that has several."""
    for slot in given.index.slots("list", language, [False]):
        if 1 < len(slot.ends) <= given.config.list_cap:
            yield _listed(given, language, slot, "full_list", "list", "list")


def count(given: Given, language: str) -> Iterator[Item]:
    """How many ends a slot has, and which."""
    for slot in given.index.slots("count", language, [False, True]):
        if 1 < len(slot.ends) <= given.config.count_most:
            say = given.say[language]
            number, unit, what = str(len(slot.ends)), say.unit(slot), say.of_slot(slot)
            template = given.wordings.answer("count", language, given.seed, *slot.step, slot.entity)
            answer = fill(template, what=what, number=number, unit=unit, items=say.joined(slot.names))
            yield Item(
                "count",
                language,
                "count",
                {"what": what, "unit": unit},
                capital(answer),
                (number,),
                slot.triples,
                (slot.name, *slot.names),
            )


def _listed(given: Given, language: str, slot: Slot, family: str, wording: str, answers: str) -> Item:
    """A slot with all its ends."""
    say = given.say[language]
    what = say.of_slot(slot)
    template = given.wordings.answer(answers, language, given.seed, *slot.step, slot.entity)
    said = say.stated(slot)
    statement = said if template.startswith("{statement}") else inside(said)
    answer = fill(template, what=what, items=say.joined(slot.names), statement=statement)
    return Item(
        family,
        language,
        wording,
        {"what": what},
        capital(answer),
        slot.names,
        slot.triples,
        (slot.name, *slot.names),
        own=given.own(slot, language),
    )
