"""Items in, rows out: each asked in several wordings, none that names both ends of a held-out fact.

task_samples(given, guard, evidence)  ->  ChatSample(task="graph.count", messages=("...", "...共5味：..."))
evaluation_rows(given, test)          ->  {"id": ..., "family": "count", "language": "zh", "question": ..., ...}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from builders.graph.chance import generator
from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit
from builders.graph.tasks import abstention, choices, lists, paths, sets
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.say import capital
from builders.graph.tasks.wordings import TaskWordings, fill
from builders.ids import row_id
from builders.types import ChatSample, Message, Source

Family = Callable[[Given, str], Iterator[Item]]

FAMILIES: dict[str, Family] = {
    "inverse": lists.inverse,
    "full_list": lists.full_list,
    "count": lists.count,
    "true_false": choices.true_false,
    "choice": choices.choice,
    "choices": choices.choices,
    "intersection": sets.intersection,
    "comparison": sets.comparison,
    "path": paths.paths,
}
EVALUATED = ("true_false", "choice", "count", "path")
OWN = 0.5  # share of the items that are asked in the relation's own question, too, where there is one


class Guard:
    """Keeps out what would name both ends of a held-out fact, whether meant or by a name within a name."""

    def __init__(self, graph: Graph, split: GraphSplit, finder: EntityFinder) -> None:
        self._graph, self._split, self._finder = graph, split, finder

    def allows(self, text: str, names: Iterable[str] = ()) -> bool:
        if not self._split.partners:
            return True
        meant = {self._graph.representative(name) for name in names}
        return self._split.allows(meant | {mention.entity for mention in self._finder.find(text)})


def task_samples(given: Given, guard: Guard, evidence: Iterable[Item]) -> Iterator[ChatSample]:
    """The rows of every family in both languages; those on silence last, as many as the others allow."""
    made = 0
    for family in FAMILIES.values():
        for language in LANGUAGES:
            for sample in _family(given, guard, family(given, language), given.config.rows):
                made += 1
                yield sample
    for sample in _family(given, guard, evidence, None):
        made += 1
        yield sample
    share = given.config.abstention_share
    most = int(made * share / (1 - share)) // len(LANGUAGES)
    for language in LANGUAGES:
        yield from _family(given, guard, abstention.abstention(given, language), min(most, given.config.rows))


def _family(given: Given, guard: Guard, items: Iterable[Item], most: int | None) -> Iterator[ChatSample]:
    return islice((sample for item in items for sample in _samples(given, guard, item)), most)


def _samples(given: Given, guard: Guard, item: Item) -> Iterator[ChatSample]:
    for question in _questions(given, item):
        if guard.allows(f"{question}\n{item.answer}", item.names):
            yield sample_of(item, question)


def _questions(given: Given, item: Item) -> list[str]:
    """The item in several wordings, the relation's own among them now and then."""
    parts = (given.seed, item.family, *item.names, *sorted(item.values.values()))
    count = 1 if item.spans else given.config.wordings  # a passage is too long to be repeated
    templates = given.wordings.ask(item.wording, item.language, count, *parts, single=item.single)
    asked = [capital(fill(template, **item.values)) for template in templates]
    rng = generator("arranged", *parts)
    if item.own and rng.random() < OWN:
        asked[0] = item.own
    return [_arranged(question, item.text, rng.random() < 0.5) for question in asked]


def _arranged(question: str, text: str | None, first: bool) -> str:
    """A question with the text that belongs to it: options after it, a passage before or after."""
    if text is None:
        return question
    return f"{text}\n\n{question}" if first and not text.startswith("A. ") else f"{question}\n{text}"


def sample_of(item: Item, question: str) -> ChatSample:
    """A row, with the facts and spans that it rests on."""
    task = f"graph.{item.family}"
    sources = [replace(span, maker=task) for span in item.spans]
    sources += [Source(triple=triple.key, maker=task) for triple in dict.fromkeys(item.triples)]
    name = row_id(task, question, item.answer, *(source.triple or "" for source in sources))
    return ChatSample(name, task, (Message("user", question), Message("assistant", item.answer)), tuple(sources))


def evaluation_rows(given: Given, test: TaskWordings, families: Sequence[str] = EVALUATED) -> Iterator[dict[str, Any]]:
    """Items of training in a test wording each: question, full answer and, for the scorer, what it must say."""
    for family in families:
        for language in LANGUAGES:
            for item in islice(FAMILIES[family](given, language), given.config.evaluated):
                parts = (given.seed, family, *item.names)
                (template,) = test.ask(item.wording, language, 1, *parts)
                question = _arranged(capital(fill(template, **item.values)), item.text, False)
                yield {
                    "id": row_id("graph_tasks", question, item.answer),
                    "family": family,
                    "language": language,
                    "question": question,
                    "answer": item.answer,
                    "gold": list(item.gold),
                }
