"""The graph as the tasks see it: from an entity, along a relation and in either direction, to all ends at once.

A slot is what a question names (人参 and its 归经, or 脾经 and whatever has it as 归经) with every answer that the
whole graph has, under aliases, inverse and symmetric relations. Only slots of which every fact is trained are given.

    index.slot(("归经", True), "脾经")  ->  Slot("归经", True, "脾经", "脾经", (End("人参", "人参", Triple(...)), ...))
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from builders.graph import twins
from builders.graph.chance import fraction
from builders.graph.entities import is_whole
from builders.graph.graph import Graph
from builders.graph.schema import Relation
from builders.graph.split import GraphSplit
from builders.types import Triple

Step = tuple[str, bool]
"""A relation, and whether it is gone from tail to head."""
MOST_ENDS = 500  # facts of one slot: a longer one is neither listed nor counted nor walked through
STARTS = 20_000  # slots that are looked at in all, shared among the relations, at least SHARE of each
SHARE = 50
KEPT = 50_000  # slots kept at hand, because every family asks for them again
LONGEST_NAME = 60  # characters: what is longer is a remark
LONGEST_CHINESE = 20  # characters
# Full stops and commas, and the function words by which a Chinese clause is known.
_REMARK = re.compile(r"[。；;|\n，]|, |\.{3}|…|^(?:[或及与且并虽若]|等)|等$|[用见属]于|表明|甚则|亦")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_IN_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
# Labels that are verbs: 方剂的包含 is no noun phrase.
_VERB = re.compile(r"包[含括]|含有?|属于|是|位于|治疗|主治|具?有|来自|出自|导致|引起|用于|使用|产生|影响|作用于")
VARIANTS = 20_000  # tails of one relation among which spellings are compared
_MARK = re.compile(r"[()（）\[\]【】《》“”『』「」]")
_BRACKETS = {")": "(", "）": "（", "]": "[", "】": "【", "》": "《", "”": "“", "』": "『", "」": "「"}


@dataclass(frozen=True, slots=True)
class End:
    """One answer of a slot."""

    name: str
    entity: str
    """Its representative in the graph."""
    triple: Triple


@dataclass(frozen=True, slots=True)
class Slot:
    """An entity, a relation and a direction, with every end; an end that has two names stands once."""

    relation: str
    turned: bool
    entity: str
    name: str
    ends: tuple[End, ...]

    @property
    def step(self) -> Step:
        return self.relation, self.turned

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(end.name for end in self.ends)

    @property
    def entities(self) -> frozenset[str]:
        return frozenset(end.entity for end in self.ends)

    @property
    def triples(self) -> tuple[Triple, ...]:
        return tuple(end.triple for end in self.ends)


class Index:
    """Slots, degrees and fan-outs of one graph; built once. Facts that only give another name make no slot."""

    def __init__(self, graph: Graph, split: GraphSplit, seed: int) -> None:
        self.graph, self.split, self.seed = graph, split, seed
        self._trained = frozenset(split.train)
        self._edges: dict[Step, dict[str, list[Triple]]] = defaultdict(dict)
        self._facts: Counter[Step] = Counter()
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._degrees: Counter[str] = Counter()
        self._representative: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._held_names: dict[str, frozenset[str]] = {}
        self._twins: dict[str, frozenset[str]] | None = None
        self._spelt: dict[str, dict[str, frozenset[str]]] = {}
        self._variant_names: dict[str, frozenset[str]] = {}
        self._slots: dict[tuple[Step, str], Slot | None] = {}
        for triple in graph.triples:
            self._add(triple)
        share = max(SHARE, STARTS // max(1, len(self._edges)))
        self._starts = {step: self._some(step, share) for step in self._edges}

    def _add(self, triple: Triple) -> None:
        head, tail = self.entity(triple.head), self.entity(triple.tail)
        for entity, kind in ((head, triple.head_type), (tail, triple.tail_type)):
            if kind:
                self._kinds.setdefault(entity, kind)
        relation = self.graph.schema[triple.relation]
        if relation.alias or head == tail:
            return
        self._degrees.update((head, tail))
        ways = [((relation.name, False), head), ((relation.name, not relation.symmetric), tail)]
        if relation.inverse:
            ways += [((relation.inverse, False), tail), ((relation.inverse, True), head)]
        for step, entity in ways:
            of_step = self._edges[step]
            if entity not in of_step:
                of_step[entity] = []
                self._steps[entity].append(step)
            of_step[entity].append(triple)
            self._facts[step] += 1

    def _some(self, step: Step, share: int) -> list[str]:
        """The entities that a step starts from, at most so many, by hash."""
        starts = self._edges[step]
        if len(starts) <= share:
            return list(starts)
        return heapq.nsmallest(share, starts, key=lambda entity: fraction(self.seed, "start", *step, entity))

    # ---- entities ---------------------------------------------------------------------------------------------------

    def entity(self, name: str) -> str:
        """The representative of a name, kept because folding is slow."""
        known = self._representative.get(name)
        if known is None:
            known = self._representative[name] = self.graph.representative(name)
        return known

    def name(self, entity: str) -> str:
        """The name of an entity that any fact has, as the first of them writes it."""
        triple = self._edges[self._steps[entity][0]][entity][0]
        return triple.head if self.entity(triple.head) == entity else triple.tail

    def kind(self, entity: str) -> str | None:
        """The type of an entity, as the first triple that has one gives it."""
        return self._kinds.get(entity)

    def relation(self, step: Step) -> Relation:
        return self.graph.schema[step[0]]

    def steps(self, entity: str) -> Sequence[Step]:
        """The steps that can be gone from an entity."""
        return self._steps.get(entity, ())

    def hubs(self, share: float) -> frozenset[str]:
        """The entities whose degree is above that of all but `share` of them."""
        most = int(share * len(self._degrees))
        if most == 0:
            return frozenset()
        threshold = heapq.nlargest(most + 1, self._degrees.values())[-1]
        return frozenset(entity for entity, degree in self._degrees.items() if degree > threshold)

    def entity_degree(self, entity: str) -> int:
        """How many facts name an entity, those that give it another name aside."""
        return self._degrees[entity]

    def neighbours(self, entity: str) -> Iterator[tuple[str, Triple]]:
        """The other end of every fact of an entity, with the fact; each fact once."""
        seen: set[str] = set()
        for step in self.steps(entity):
            for triple in self._edges[step][entity]:
                if triple.key not in seen:
                    seen.add(triple.key)
                    yield self.end(triple, entity).entity, triple

    def fan_out(self, step: Step) -> float:
        """The mean number of facts that a step finds from an entity that has any."""
        return self._facts[step] / len(self._edges[step])

    # ---- slots ------------------------------------------------------------------------------------------------------

    def degree(self, step: Step, entity: str) -> int:
        """How many facts a step finds."""
        return len(self._edges.get(step, {}).get(entity, ()))

    def starts(self, step: Step) -> Sequence[str]:
        """The entities that a step is asked from: all, or a share by hash."""
        return self._starts.get(step, ())

    def slot(self, step: Step, entity: str) -> Slot | None:
        """A slot whose every fact is trained and can be said; None where there is none such."""
        key = (step, entity)
        if key not in self._slots:
            if len(self._slots) >= KEPT:
                self._slots.clear()  # a slot is the same when it is made again
            found = self.full_slot(step, entity)
            self._slots[key] = found if found is not None and self.is_sayable(found) else None
        return self._slots[key]

    def full_slot(self, step: Step, entity: str) -> Slot | None:
        """A slot whatever its side; None where the graph is silent or the slot is endless."""
        triples = self._edges.get(step, {}).get(entity)
        if not triples or len(triples) > MOST_ENDS:
            return None
        ends: dict[str, End] = {}
        for triple in triples:
            end = self.end(triple, entity)
            ends.setdefault(end.entity, end)
        name = triples[0].head if self.entity(triples[0].head) == entity else triples[0].tail
        return Slot(*step, entity, name, tuple(ends.values()))

    def end(self, triple: Triple, entity: str) -> End:
        """The other end of a triple."""
        name = triple.tail if self.entity(triple.head) == entity else triple.head
        return End(name, self.entity(name), triple)

    def is_sayable(self, slot: Slot) -> bool:
        """Whether every fact belongs to a training group, no two names are held out, and all are names."""
        return (
            all(map(self.is_trained, slot.triples))
            and self.split.allows({slot.entity, *slot.entities})
            and all(is_name(name) for name in (slot.name, *slot.names))
            and not self._is_doubtful(slot)
        )

    def _is_doubtful(self, slot: Slot) -> bool:
        """Whether a tail repeats the label, or heads are asked for by a name that others tails hold in theirs.

        "功能主治包括主治..." is no sentence; and whoever asks for what has 贝母 means what has 贝母(去心), too.
        """
        tails = (slot.name,) if slot.turned else slot.names
        label = self.relation(slot.step).zh
        repeated = label is not None and any(repeats(label, tail) for tail in tails)
        if repeated or not slot.turned:
            return repeated
        return slot.name in self._held(slot.relation) | self._variants(slot.relation) or self._is_partial(slot)

    def _is_partial(self, slot: Slot) -> bool:
        """Whether a relation that says the same has further heads for the tail, or more facts in all."""
        for twin in self.twins(slot.relation):
            more = self._facts[twin, False] > self._facts[slot.relation, False]
            if more or not self._heads_by_spelling(twin).get(twins.spelling(slot.name), frozenset()) <= slot.entities:
                return True
        return False

    def _heads_by_spelling(self, relation: str) -> dict[str, frozenset[str]]:
        if relation not in self._spelt:
            heads: dict[str, set[str]] = defaultdict(set)
            for triples in self._edges.get((relation, False), {}).values():
                for triple in triples:
                    turned = triple.relation != relation
                    heads[twins.spelling(self._tail(triple, relation))].add(
                        self.entity(triple.tail if turned else triple.head)
                    )
            self._spelt[relation] = {name: frozenset(entities) for name, entities in heads.items()}
        return self._spelt[relation]

    def _variants(self, relation: str) -> frozenset[str]:
        """The tails of a relation of one tail a head that another spells otherwise: 《金匮要略》 and 《金匱要略》."""
        if relation not in self._variant_names:
            known, heads = self.graph.schema[relation], self._edges.get((relation, True), {})
            names = {self.entity(name): name for each in heads.values() for name in [self._tail(each[0], relation)]}
            compared = (known.functional or known.guessed) and len(names) <= VARIANTS
            self._variant_names[relation] = twins.variants(names.values() if compared else ())
        return self._variant_names[relation]

    def twins(self, relation: str) -> frozenset[str]:
        """The relations that say the same under another name: of the same label, or mostly of the same tails.

        A head of 组成 may lack 中药组成, and yet its ingredients are known.
        """
        if self._twins is None:
            steps = [step for step in self._edges if not step[1]]
            labels = {relation: self.graph.schema[relation].zh or relation for relation, _ in steps}
            self._twins = twins.find(map(self._spelt_tails, self._steps), labels)
        return self._twins.get(relation, frozenset())

    def _spelt_tails(self, entity: str) -> dict[str, set[str]]:
        """What a head has under each relation, if it has several; endless lists aside."""
        forward = [relation for relation, turned in self._steps[entity] if not turned]
        found = {relation: self._edges[relation, False][entity] for relation in forward if len(forward) > 1}
        return {
            relation: {twins.spelling(self.end(triple, entity).name) for triple in triples}
            for relation, triples in found.items()
            if len(triples) <= MOST_ENDS
        }

    def _held(self, relation: str) -> frozenset[str]:
        """The names of a relation's tails that stand, as whole words, in the name of another of its tails."""
        if relation not in self._held_names:
            step = (relation, True)
            asked = ahocorasick.Automaton()
            for entity in self.starts(step):
                for triple in self._edges[step][entity][:1]:
                    name = self._tail(triple, relation)
                    asked.add_word(name, name)
            asked.make_automaton()
            others = (self._tail(triples[0], relation) for triples in self._edges.get(step, {}).values())
            found = (held for other in others for held in held_in(asked, other)) if len(asked) else ()
            self._held_names[relation] = frozenset(found)
        return self._held_names[relation]

    def _tail(self, triple: Triple, relation: str) -> str:
        """The tail of a fact as a relation tells it, which may be the inverse of the fact's own."""
        return triple.tail if triple.relation == relation else triple.head

    def is_trained(self, triple: Triple) -> bool:
        """Whether a fact belongs to a training group."""
        return (triple.head, triple.relation) in self._trained

    def slots(
        self, task: str, language: str, turned: Sequence[bool], fits: Callable[[Relation], bool] = lambda _: True
    ) -> Iterator[Slot]:
        """The slots that a task may ask about in a language, by hash, one relation after the other in turn."""
        steps = [step for step in self._edges if step[1] in turned and self._asked(step, language, fits)]
        streams = [self._ordered(task, language, step) for step in steps]
        while streams:
            going = []
            for stream in streams:
                entity = next(stream, None)
                if entity is not None:
                    going.append(stream)
                    yield entity
            streams = going

    def _asked(self, step: Step, language: str, fits: Callable[[Relation], bool]) -> bool:
        relation = self.relation(step)
        label = relation.label(language)
        noun = label is not None and (relation.phrases.statement(language) or not _VERB.fullmatch(label))
        return bool(noun) and not relation.alias and fits(relation)

    def _ordered(self, task: str, language: str, step: Step) -> Iterator[Slot]:
        starts = self.starts(step)
        for entity in sorted(starts, key=lambda entity: fraction(self.seed, task, language, *step, entity)):
            found = self.slot(step, entity)
            if found is not None:
                yield found


def held_in(names: ahocorasick.Automaton, text: str) -> Iterator[str]:
    """The names that a longer text holds as whole words."""
    for end, name in names.iter(text):
        start = end + 1 - len(name)
        if len(name) < len(text) and is_whole(text, start, end + 1):
            yield name


def repeats(label: str, name: str) -> bool:
    """Whether a name begins as a Chinese label ends, by two characters or more: 主治... under 功能主治."""
    if not _CHINESE.search(label):
        return False
    return any(name.startswith(label[start:]) for start in range(len(label) - 1))


def is_name(name: str) -> bool:
    """Whether a name can stand in a sentence: short, no clause itself, brackets and quotation marks in pairs."""
    bare = _IN_BRACKETS.sub("", name)
    if len(name) > LONGEST_NAME or len(_CHINESE.findall(bare)) > LONGEST_CHINESE or _REMARK.search(bare):
        return False
    opened: list[str] = []
    for mark in _MARK.findall(name):
        if mark not in _BRACKETS:
            opened.append(mark)
        elif not opened or opened.pop() != _BRACKETS[mark]:
            return False
    return not opened
