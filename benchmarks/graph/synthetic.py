"""A graph of any size in the shape of a real one: types, functional and other relations, aliases, a hub, faults.

write(Path("kg.csv"), Path("relations.yaml"), 1_000_000, seed=1)
    compound 000017,binds,protein 000391,compound,protein,made for measuring
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

TYPES = 40
RELATIONS = 160
HUB_SHARE = 0.1
"""Of the triples: facts of one entity."""
ALIAS_SHARE = 0.02
DUPLICATE_SHARE = 0.005
ENTITIES = 0.4
"""Entities a triple: a real graph names each of them a few times."""
SYLLABLES = "ka lo mi ne ru so ta ve xi zo ba de fi go hu ja".split()  # noqa: SIM905
CHINESE = "心肝脾肺肾胆胃肠脉络气血阴阳寒热虚实"

Row = tuple[str, str, str, str, str, str]


def write(triples: Path, relations: Path, count: int, seed: int) -> None:
    """Writes `count` rows and the schema of their relations; the same bytes for the same seed."""
    with triples.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("head", "relation", "tail", "head_type", "tail_type", "source"))
        writer.writerows(rows(count, seed))
    relations.write_text("".join(schema()), encoding="utf-8")


def schema() -> Iterator[str]:
    """Every third relation is functional, every ninth has an inverse; all are asked in both languages."""
    yield "alias: {zh: 别名, en: alias, alias: true}\nbelongs to: {zh: 所属, en: whole}\n"
    for number in range(RELATIONS):
        flags = ", functional: true" if number % 3 == 0 else ""
        flags += ", symmetric: true" if number % 40 == 7 else ""
        yield f"relation {number}: {{zh: 关系{number}号, en: 'relation {number}'{flags}}}\n"


def rows(count: int, seed: int) -> Iterator[Row]:
    """The rows, some of them twice."""
    rng = random.Random(seed)
    entities = max(10, round(ENTITIES * count))
    last: Row | None = None
    for number in range(count):
        drawn = rng.random()
        if last is not None and drawn < DUPLICATE_SHARE:
            yield last
            continue
        head, tail = rng.randrange(entities), rng.randrange(entities)
        source = "made for measuring"
        if drawn < DUPLICATE_SHARE + HUB_SHARE:
            last = (name(number % entities), "belongs to", "the hub", kind(number % entities), "hub", source)
        elif drawn < DUPLICATE_SHARE + HUB_SHARE + ALIAS_SHARE:
            last = (name(head), "alias", f"{name(head)}, called {number}", kind(head), kind(head), source)
        else:
            relation = f"relation {int(RELATIONS * rng.random() ** 2)}"
            last = (name(head), relation, name(tail), kind(head), kind(tail), source)
        yield last


def name(number: int) -> str:
    """The name of an entity: two in three in Latin script, the third in Chinese."""
    if number % 3:
        rest, word = number, ""
        for _ in range(4):
            rest, place = divmod(rest, len(SYLLABLES))
            word += SYLLABLES[place]
        return f"{word} {number}"
    rest, word = number, ""
    for _ in range(5):
        rest, place = divmod(rest, len(CHINESE))
        word += CHINESE[place]
    return f"{word}{number}"


def kind(number: int) -> str:
    return f"type {number % TYPES}"
