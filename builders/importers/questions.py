"""A question without an answer in; the graph's answer in the house's form out, where the question has exactly one.

It names one entity and the label of one relation, and asks for nothing else (no why, no comparison, no yes or no).

    GraphAnswers(graph, split, test, list_cap=8).answer("请问人参的拉丁学名是什么？", "zh")
    ->  Answer("人参的拉丁学名是Panax ginseng。", (Triple("人参", "拉丁学名", "Panax ginseng"),))
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph, Group
from builders.graph.questions import answered
from builders.graph.split import GraphSplit
from builders.graph.wordings import Wordings, is_apart
from builders.types import Triple

OTHERWISE = {
    "zh": re.compile(
        r"为什么|为何|为啥|怎么|怎样|如何|是否|是不是|有没有|对吗|对不对|吗|不|没|除了|以外|比较|区别|相比|差异|几[个种味类条]|多少"
    ),
    "en": re.compile(
        r"\b(?:why|how|whether|not|except|besides|than|compare[ds]?|differ\w*|unlike|without)\b|n['’]t\b"
        r"|^\s*(?:is|are|was|were|do|does|did|can|could|has|have|should)\b",
        re.IGNORECASE,
    ),
}
"""What asks for something else than the tails of a group."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the graph says."""

    text: str
    triples: tuple[Triple, ...]


class GraphAnswers:
    """Answers from the training part of the graph."""

    def __init__(self, graph: Graph, split: GraphSplit, test: Wordings, list_cap: int) -> None:
        self._graph = graph
        self._list_cap = list_cap
        self._finder = EntityFinder(graph)
        self._train = frozenset(split.train)
        self._apart = {language: is_apart(test, language) for language in ("zh", "en")}
        self._groups: dict[Group, list[Group]] = defaultdict(list)
        for head, relation in graph.groups:
            self._groups[graph.representative(head), relation].append((head, relation))

    def answer(self, question: str, language: str) -> Answer | str:
        """The answer, or why there is none: `unanswered`, `held_out_fact` or `near_test_wording`."""
        if OTHERWISE[language].search(question):
            return "unanswered"
        label = self._label(question, language)
        if label is None:
            return "unanswered"
        start, end, relations = label
        mentions = [each for each in self._finder.find(question) if each.end <= start or end <= each.start]
        if len({mention.entity for mention in mentions}) != 1:
            return "unanswered"
        groups = [group for name in relations for group in self._groups.get((mentions[0].entity, name), ())]
        if len(groups) != 1:
            return "unanswered"
        if groups[0] not in self._train:
            return "held_out_fact"
        spans = [(mention.start, mention.end, "{head}") for mention in mentions] + [(start, end, "{relation}")]
        if not self._apart[language](_template(question, spans)):
            return "near_test_wording"
        return self._said(groups[0], language)

    def _label(self, question: str, language: str) -> tuple[int, int, list[str]] | None:
        """Where the one relation is named, and which relations are called so; None where several are, or none is."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, relation in self._graph.schema.items():
            label = relation.label(language)
            if label and _places(label, question, language):
                found[label].append(name)
        longest = [label for label in found if not any(label != other and label in other for other in found)]
        if len(longest) != 1:
            return None
        places = _places(longest[0], question, language)
        return (*places[0], found[longest[0]]) if len(places) == 1 else None

    def _said(self, group: Group, language: str) -> Answer:
        return Answer(answered(self._graph, group, language, self._list_cap), self._graph.groups[group])


def _places(label: str, question: str, language: str) -> list[tuple[int, int]]:
    """Where a label stands; in English as whole words, in any letter case."""
    bound = r"(?<!\w){}(?!\w)" if language == "en" else "{}"
    pattern = bound.format(re.escape(label))
    return [match.span() for match in re.finditer(pattern, question, re.IGNORECASE)]


def _template(question: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, name in sorted(spans, reverse=True):
        question = question[:start] + name + question[end:]
    return question
