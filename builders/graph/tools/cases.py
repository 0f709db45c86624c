"""What may be asked of the function, and what it returns: the graph in, calls with their results out, a case each.

A case is what becomes of a call, decided by the function itself: nothing is called a misspelling, a stranger or a gap
of the graph unless the look-up in the whole graph, held-out part and aliases included, says so.

    Cases(knowledge, seed=42).alias(("玄参", "拉丁学名"), "zh")
    ->  Asked("alias", "zh", Call("元参", "拉丁学名"), Found(entity="玄参", values=("Scrophularia ningpoensis",), ...))
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from builders.graph import twins
from builders.graph.chance import generator
from builders.graph.graph import Group, folded
from builders.graph.knowledge.function import Call
from builders.graph.knowledge.lookup import MOST, Found, Knowledge
from builders.graph.knowledge.nearest import HAN
from builders.graph.names import is_whole
from builders.graph.tools.asking import OF_A_NAME, Kind, is_name_of, kind_of
from builders.graph.tools.names import Endings, bracketed, is_name

CHAIN = {"zh": "{first}的{second}", "en": "{second} of the {first}"}
TRIES = 6  # misspellings tried before a name is given up
SHORTEST = {True: 2, False: 4}  # characters of a name that is misspelt, Chinese or not
LEFT = 3  # characters that a Chinese name keeps when one is left out, and that one needs to be turned round
LANGUAGE_OF = re.compile("English name|Chinese name|英文名|英语名|中文名")
DISTINCT = 2  # characters that a slip in a Chinese name must leave beside an ending that many names have
LONGEST = 1200  # characters of a result: a longer one would fill the context of a row
MIDDLES = 1  # a chain through several middles would need all of them told


@dataclass(frozen=True, slots=True)
class Asked:
    """A call and its result."""

    case: str
    language: str
    call: Call
    found: Found
    relation: str = ""
    """The relation of the values: of a chain the second."""
    steps: tuple[str, str] = ("", "")
    """The labels of the two relations of a chain."""


class Cases:
    """Makes the calls of each case; all methods give None where a group does not lend itself to the case."""

    def __init__(self, knowledge: Knowledge, seed: int) -> None:
        self.knowledge = knowledge
        self.graph = knowledge.graph
        self._seed = seed
        self._relations_of = _relations_by_type(knowledge)
        self._endings = Endings([name for triple in self.graph.triples for name in (triple.head, triple.tail)])
        # That nothing is recorded is said only where no head at all speaks against it.
        self._twins = twins.of_graph(self.graph, heads=1)

    def plain(self, group: Group, language: str) -> Asked | None:
        """The group as it stands."""
        asked = self._ask("plain", language, group[0], group[1])
        return asked if asked and asked.found.values and asked.found.entity_match == "exact" else None

    def alias(self, group: Group, language: str) -> Asked | None:
        """The same by another name of the entity."""
        own = self.knowledge.name(group[0])
        others = [name for name in self.knowledge.names(group[0]) if folded(name) != folded(own) and is_name(name)]
        relation = self.graph.schema[group[1]]
        if not others or relation.alias:
            return None
        rng = generator(self._seed, "alias", language, *group)
        asked = self._ask("alias", language, rng.choice(others), relation.name)
        return asked if asked and asked.found.values else None

    def misspelt(self, group: Group, language: str) -> Asked | None:
        """The same with a slip in the name: found all the same (`misspelt`), or offered with others (`offered`)."""
        rng = generator(self._seed, "misspelt", language, *group)
        if not is_name(group[0]):
            return None
        for _ in range(TRIES):
            slip = misspelt(group[0], rng)
            if slip is None or self.knowledge.names(slip) or self._endings.distinct(slip) < DISTINCT:
                continue
            asked = self._ask("misspelt", language, slip, group[1])
            if asked is None:
                return None
            meant = asked.found.entity is not None and self._same(asked.found.entity, group[0])
            if meant and asked.found.values:
                return asked
            if any(self._same(name, group[0]) for name in asked.found.nearest):
                return replace(asked, case="offered")
        return None

    def unknown(self, group: Group, language: str, stranger: str) -> Asked | None:
        """The attribute of something that the graph does not hold, and holds nothing like."""
        asked = self._ask("unknown", language, stranger, group[1])
        return asked if asked and asked.found.entity_match == "none" and not asked.found.nearest else None

    def empty(self, group: Group, language: str) -> Asked | None:
        """An attribute that entities of the same type have, and this one does not."""
        kinds = sorted({str(triple.head_type) for triple in self.graph.groups[group]})
        has = self.knowledge.relations(group[0])
        told = {name for one in has for name in self._twins.get(one, ())}
        known = [
            name
            for name in dict.fromkeys(name for kind in kinds for name in self._relations_of.get(kind, ()))
            if name not in told
        ]
        rng = generator(self._seed, "empty", language, *group)
        for relation in rng.sample(known, len(known)):
            asked = self._ask("empty", language, group[0], relation)
            if asked and asked.found.entity_match == "exact" and not asked.found.values:
                return asked
        return None

    def path(self, group: Group, language: str) -> Asked | None:
        """A chain that begins with this group and goes on from its one tail."""
        first = self.graph.schema[group[1]]
        tails = self.graph.tails(*group)
        if len(tails) > MIDDLES or first.alias:
            return None
        rng = generator(self._seed, "path", language, *group)
        seconds = self.knowledge.relations(tails[0])
        for name in rng.sample(seconds, len(seconds)):
            second = self.graph.schema[name]
            one, two = first.label(language), second.label(language)
            if second.alias or name == first.inverse or one is None or two is None:
                continue
            if is_name_of(first) and not OF_A_NAME[language].search(two):
                continue
            chain = CHAIN[language].format(first=one, second=two)
            asked = self._ask("path", language, group[0], name, chain)
            if asked and self._is_chain(asked.found, group, name):
                return replace(asked, steps=(one, two))
        return None

    def _is_chain(self, found: Found, group: Group, second: str) -> bool:
        """Whether the function read the chain as it was meant, without coming back to where it began."""
        stated = {triple.relation for triple in found.triples}
        here = any(self._same(value, group[0]) for value in found.values)
        return found.attribute_match == "path" and stated == {group[1], second} and not here

    def _ask(self, case: str, language: str, entity: str, relation: str, chain: str | None = None) -> Asked | None:
        """The call for a relation, or for a chain that ends in it; None where the question would be none.

        Left out are facts that the result does not tell whole, and questions that hold their own answer.
        """
        known = self.graph.schema[relation]
        label = chain or known.label(language)
        if label is None or not is_name(entity) or _answers_itself(entity, label):
            return None
        if "《" in entity and kind_of(known, self.graph, language) is Kind.SOURCE:
            return None
        found = self.knowledge.acquire_knowledge(entity, label)
        if len(found.values) > MOST or len(found.json()) > LONGEST:
            return None
        if not all(is_whole(value) for value in found.values):
            return None
        if known.alias and not all(is_name(value) for value in found.values):
            return None
        asked_of = folded(entity) + folded(found.entity or "")
        if found.values and all(folded(value) in asked_of for value in found.values):
            return None
        return Asked(case, language, Call(entity, label), found, relation)

    def _same(self, one: str, other: str) -> bool:
        return self.graph.representative(one) == self.graph.representative(other)


def misspelt(name: str, rng: random.Random) -> str | None:
    """A name with one slip: a letter or character left out, doubled or changed places; None for one too short.

    What stands in brackets or quotation marks stays as it is. A Chinese name of two characters is not turned round,
    and one of three loses none: what is left is often another word (天冬, 冬天).
    """
    kept = bracketed(name)
    letters = [place for place, letter in enumerate(name) if letter.isalpha() and place not in kept]
    if len(letters) < SHORTEST[bool(HAN.search(name))]:
        return None
    slips = list(_slips(name, rng.choice(letters), kept, LEFT if HAN.search(name) else 0))
    return rng.choice(slips)


def _slips(name: str, place: int, kept: Set[int], left: int) -> Iterator[str]:
    if len(name) > left:
        yield name[:place] + name[place + 1 :]
    yield name[: place + 1] + name[place:]
    if place + 1 < len(name) and place + 1 not in kept and name[place] != name[place + 1] and len(name) >= left:
        yield name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _answers_itself(entity: str, label: str) -> bool:
    """Whether a name in one language is asked for the name in it: the English name of "wool hat"."""
    wanted = LANGUAGE_OF.search(label)
    if wanted is None:
        return False
    chinese = wanted[0] in ("Chinese name", "中文名")
    return chinese == bool(HAN.search(entity))


def _relations_by_type(knowledge: Knowledge) -> dict[str, Sequence[str]]:
    """The relations that entities of a type have, in the order of the file; all of them where no type is given."""
    known: dict[str, dict[str, None]] = defaultdict(dict)
    for triple in knowledge.graph.triples:
        if not knowledge.graph.schema[triple.relation].alias:
            known[str(triple.head_type)][triple.relation] = None
    return {kind: list(relations) for kind, relations in known.items()}
