"""What is true among what is not: statements to judge, and options to choose one or several from.

A statement is called false only where the relation is functional, complete, or named by no schema. Options are asked
"according to the knowledge graph", so there a wrong one need only be unrecorded.

    true_false(given, "en")  ->  Item("Is it true that 人参 belongs to 伞形科?", "No, 人参 belongs to 五加科.")
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builders.graph.chance import generator
from builders.graph.graph import folded
from builders.graph.schema import Relation
from builders.graph.tasks.index import End, Slot
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.say import inside
from builders.graph.tasks.wordings import fill

YES = {"zh": "是", "en": "Yes"}
NO = {"zh": "否", "en": "No"}
BUT_NOT = {"zh": "，其中没有{tail}", "en": ", but not {tail}"}
LETTERS = "ABCDE"
FALSE_OPTIONS = 3
OPTIONS = 5  # of a choice of several
_KIND = re.compile(r"(?:皂苷|[科苷碱酚汤散丸])[a-z0-9]{0,3}$")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"(?<![a-z])[a-z]{4,5}")  # the beginnings of words, by which cortex and cortical are one
OPEN_SHARE = 0.2  # of the slots of an open relation that give a true statement


def is_closed(relation: Relation) -> bool:
    """Whether a tail that the graph does not hold beside others may be called false."""
    return (relation.closed or relation.complete) and not relation.alias


def true_false(given: Given, language: str) -> Iterator[Item]:
    """Statements, about as many false as true; the answer always says what is true.

    Of a relation that is neither closed nor complete only true statements are made, and fewer of them: what the graph
    does not hold of it is asked in `abstention`, in the same wordings.
    """
    for slot in given.index.slots("true_false", language, [False]):
        rng = generator(given.seed, "true_false", language, *slot.step, slot.entity)
        true = rng.choice(slot.ends)
        drawn = rng.random()
        if not is_closed(given.index.relation(slot.step)):
            if drawn < OPEN_SHARE:
                yield _judged(given, language, slot, true.name, True)
        elif drawn >= given.config.false_share:
            yield _judged(given, language, slot, true.name, True)
        elif len(slot.ends) <= given.config.list_cap:
            for false in given.options.false(slot, true, 1, rng):
                yield _judged(given, language, slot, false, False)


def _judged(given: Given, language: str, slot: Slot, tail: str, is_true: bool) -> Item:
    say = given.say[language]
    statement = inside(say.statement(slot.relation, slot.name, [tail]))
    truth = inside(say.stated(slot))
    if not is_true and not given.index.relation(slot.step).functional:
        truth += fill(BUT_NOT[language], tail=tail)
    kind, word = ("affirmed", YES) if is_true else ("denied", NO)
    template = given.wordings.answer(kind, language, given.seed, *slot.step, slot.entity, tail)
    ends = [end for end in slot.ends if not is_true or end.name == tail]
    return Item(
        "true_false",
        language,
        "true_false",
        {"statement": statement},
        fill(template, statement=statement, truth=truth),
        (word[language],),
        tuple(end.triple for end in ends),
        (slot.name, tail, *(end.name for end in ends)),
    )


def choice(given: Given, language: str) -> Iterator[Item]:
    """One true option among four; none of a relation between a thing and its name, for the name would tell."""
    for slot in given.index.slots("choice", language, [False], lambda relation: not relation.naming):
        rng = generator(given.seed, "choice", language, *slot.step, slot.entity)
        true = rng.choice(slot.ends)
        false = given.options.false(slot, true, FALSE_OPTIONS, rng)
        if len(false) == FALSE_OPTIONS and not _is_given_away(slot, [true], false):
            yield _chosen(given, language, slot, [true], false, rng)


def choices(given: Given, language: str) -> Iterator[Item]:
    """Two or three true options among five."""
    for slot in given.index.slots("choices", language, [False], lambda relation: not relation.naming):
        rng = generator(given.seed, "choices", language, *slot.step, slot.entity)
        true = rng.sample(slot.ends, min(len(slot.ends), rng.choice((2, 3))))
        if len(true) > 1:
            false = given.options.false(slot, true[0], OPTIONS - len(true), rng)
            if len(false) == OPTIONS - len(true) and not _is_given_away(slot, true, false):
                yield _chosen(given, language, slot, true, false, rng)


def _is_given_away(slot: Slot, true: Sequence[End], false: Sequence[str]) -> bool:
    """Whether the name that is asked about tells the true options, and those alone: 麻黄 is in 麻黄汤."""
    told = all(resembles(slot.name, end.name) for end in true)
    return told and not any(resembles(slot.name, name) for name in false)


def resembles(one: str, other: str) -> bool:
    """Whether two names share a Chinese run of two characters or the beginning of a word: 黄芩 and 黄芩苷.

    What a Chinese name ends with by its kind is left aside; of 菊科 and 叶 one character is enough.
    """
    first, second = (_KIND.sub("", folded(name)) for name in (one, other))
    pairs = {f"{left}{right}" for left, right in pairwise(second)}
    if len(second) == 1:
        pairs = {second}
    if any(pair in first for pair in pairs if _CHINESE.fullmatch(pair)):
        return True
    words, others = (set(_WORD.findall(name.casefold())) for name in (one, other))
    return bool(words & others)


def _chosen(
    given: Given, language: str, slot: Slot, true: Sequence[End], false: Sequence[str], rng: random.Random
) -> Item:
    say = given.say[language]
    family = "choice" if len(true) == 1 else "choices"
    by_name = {end.name: end for end in true}
    options = [*by_name, *false]
    rng.shuffle(options)
    letters = [letter for letter, option in zip(LETTERS, options, strict=False) if option in by_name]
    right = [by_name[option] for option in options if option in by_name]
    statement = say.statement(slot.relation, slot.name, [end.name for end in right])
    template = given.wordings.answer(family, language, given.seed, *slot.step, slot.entity, *options)
    return Item(
        family,
        language,
        family,
        {"what": say.of_slot(slot)},
        fill(template, letter=say.joined(letters), statement=inside(statement)),
        tuple(letters),
        tuple(end.triple for end in right),
        (slot.name, *options),
        text="\n".join(f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=False)),
    )
