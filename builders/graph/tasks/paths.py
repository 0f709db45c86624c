"""Questions of two or more hops: the steps in `<think>`, each with its facts, then every end in the answer.

The graph is a directed multigraph that is walked in both directions. Relations are walked together only if they find
few ends on average, never through a hub, and half of the paths are asked from their other end. After the paths of RoG
(Luo et al. 2024, "Reasoning on Graphs", arXiv 2310.01061) and MedReason, with relation, direction and all ends kept.

    paths(given, "zh")  ->  Item("桂枝汤的君药的拉丁学名是什么？", "<think>第1步：...桂枝汤 —君药→ 桂枝...")
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest
from math import prod

from builders.graph.chance import generator
from builders.graph.tasks.index import Slot, Step
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.say import Say, capital
from builders.graph.tasks.wordings import fill
from builders.types import Triple

THINK = "<think>\n{steps}\n</think>\n\n{answer}"
TURNS = 4  # steps tried at each entity
_NOUN_BEFORE = re.compile(r"\bthe (?:\w+ )*(?!(?:of|in|to|with|by) )\w+ \{tail\}$")
_WITHIN = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Path:
    """From one entity step by step to all ends; every level holds the slots of its step."""

    start: str
    """The name that the question gives."""
    levels: tuple[tuple[Slot, ...], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(level[0].step for level in self.levels)

    @property
    def ends(self) -> dict[str, str]:
        """The last entities, with their names."""
        return {end.entity: end.name for slot in self.levels[-1] for end in slot.ends}

    @property
    def triples(self) -> tuple[Triple, ...]:
        return tuple(dict.fromkeys(triple for level in self.levels for slot in level for triple in slot.triples))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(name for level in self.levels for slot in level for name in (slot.name, *slot.names))
        )


class Walker:
    """Draws paths through one graph."""

    def __init__(self, given: Given, language: str) -> None:
        self._given, self._language = given, language
        self._index, self._config = given.index, given.config
        self._hubs = given.index.hubs(given.config.hub_share)

    def paths(self, turned: bool) -> Iterator[Path]:
        """Paths from entities by hash, each relation's in turn; `turned`: asked from one of their ends instead."""
        for slot in self._index.slots(f"path {turned}", self._language, [False, True]):
            rng = generator(self._given.seed, "path", turned, self._language, *slot.step, slot.entity)
            path = self._drawn(slot, rng)
            if path is not None and turned:
                back = [self._back(step) for step in reversed(path.steps)]
                readable = all(map(self._is_readable, back[1:]))
                path = self.path(rng.choice(tuple(path.ends)), back) if readable else None
            if path is not None:
                yield path

    def path(self, entity: str, steps: Sequence[Step]) -> Path | None:
        """The path along some steps with all that it finds; None where a rule is broken or the graph is silent."""
        if prod(self._index.fan_out(step) for step in steps) >= self._config.path_fan_out or self._is_ill(steps):
            return None
        levels: list[tuple[Slot, ...]] = []
        reached, visited = [entity], {entity}
        for step in steps:
            found = self._level(step, reached)
            ends = dict.fromkeys(end.entity for slot in found for end in slot.ends)
            if not ends or len(ends) > self._config.path_ends or visited & ends.keys():
                return None
            levels.append(found)
            reached = list(ends)
            visited |= ends.keys()
        return None if visited & self._hubs else Path(levels[0][0].name, tuple(levels))

    def _is_ill(self, steps: Sequence[Step]) -> bool:
        """Whether a path takes a name for the thing that it names, or goes a relation and another that says the same.

        A name can only be what is asked for, at the end of a path: AQP4 is expressed somewhere, its full form is not.
        """
        taken = any(self._index.relation(step).naming and (step[1] or step != steps[-1]) for step in steps)
        same = any(one[0] in self._index.twins(other[0]) for one, other in combinations(steps, 2))
        return len(steps) > 1 and (taken or same)

    def _level(self, step: Step, entities: Sequence[str]) -> tuple[Slot, ...]:
        """The slots of one step from all entities; none where one has none: what it would lead to is not known."""
        found = [slot for entity in entities if (slot := self._index.slot(step, entity)) is not None]
        return tuple(found) if len(found) == len(entities) else ()

    def _drawn(self, slot: Slot, rng: random.Random) -> Path | None:
        """A path that begins with a slot and goes on by drawn steps, as far as it was drawn or can."""
        hops = rng.randint(2, self._config.path_hops)
        best = None
        steps, path = [slot.step], self.path(slot.entity, [slot.step])
        while path is not None and len(steps) < hops:
            tried = (self.path(slot.entity, [*steps, step]) for step in self._onward(path, rng))
            path = next((each for each in tried if each is not None), None)
            if path is not None:
                best, steps = path, list(path.steps)
        return best

    def _onward(self, path: Path, rng: random.Random) -> list[Step]:
        """Some steps that can be gone from the last entities, never straight back."""
        back = self._same(self._back(path.steps[-1]))
        steps = [step for step in self._index.steps(next(iter(path.ends))) if self._same(step) != back]
        known = [step for step in steps if self._is_readable(step)]
        return rng.sample(known, min(TURNS, len(known)))

    def _is_readable(self, step: Step) -> bool:
        """Whether what the step finds can be named of what was found before, which is itself several words.

        Turned, a label does not suffice; and where no quotation marks hold those words, nothing may follow them, nor
        may they be named by a noun before them, as in "belong to the element the generated element of 土".
        """
        relation = self._index.relation(step)
        phrase = relation.phrases.condition(self._language)
        ends = phrase is not None and phrase.endswith("{tail}") and not _NOUN_BEFORE.search(phrase)
        said = phrase is not None and (self._language == "zh" or ends)
        return relation.label(self._language) is not None and (not step[1] or said)

    def _back(self, step: Step) -> Step:
        return step[0], not step[1] and not self._index.relation(step).symmetric

    def _same(self, step: Step) -> Step:
        """One step for a relation and its inverse."""
        inverse = self._index.relation(step).inverse
        return (inverse, not step[1]) if inverse and inverse < step[0] else step


def paths(given: Given, language: str) -> Iterator[Item]:
    """Paths asked from their beginning and from their end by turns, each once."""
    walker = Walker(given, language)
    seen: set[tuple[str, tuple[Step, ...]]] = set()
    for pair in zip_longest(walker.paths(False), walker.paths(True)):
        for path in pair:
            if path is not None and (path.start, path.steps) not in seen:
                seen.add((path.start, path.steps))
                yield asked(given, language, path)


def asked(given: Given, language: str, path: Path) -> Item:
    say, parts = given.say[language], (given.seed, path.start, *path.steps)
    template = given.wordings.answer("path", language, *parts)
    what = whats(say, path)
    ends = tuple(path.ends.values())
    answer = capital(fill(template, what=what[-1], items=say.joined(ends)))
    think = given.wordings.answer("think", language, *parts)
    steps = (
        f"{capital(fill(think, number=str(number), what=phrase))}\n{_facts(say, given, level)}"
        for number, (phrase, level) in enumerate(zip(what, path.levels, strict=True), 1)
    )
    return Item(
        "path",
        language,
        "path",
        {"what": what[-1]},
        fill(THINK, steps="\n".join(steps), answer=answer),
        ends,
        path.triples,
        path.names,
    )


def whats(say: Say, path: Path) -> list[str]:
    """What each step looks for, named from the start: the later ones hold the earlier ones.

    In a Chinese condition these stand in quotation marks: 能生“金的所生之行”的行 would else be read in two ways.
    """
    phrases: list[str] = []
    for relation, turned in path.steps:
        before = phrases[-1] if phrases else path.start
        held = f"“{before.translate(_WITHIN)}”" if phrases and turned and say.language == "zh" else before
        phrases.append(say.what(relation, turned, held))
    return phrases


def _facts(say: Say, given: Given, level: Sequence[Slot]) -> str:
    """Every fact of a step on a line of its own, in the direction in which the graph has it."""
    triples = [triple for slot in level for triple in slot.triples]
    return "\n".join(cited(triple, given.graph.schema[triple.relation].label(say.language)) for triple in triples)


def cited(triple: Triple, label: str | None) -> str:
    """A fact as a person reads it in a graph."""
    return f"{triple.head} —{label or triple.relation}→ {triple.tail}"
