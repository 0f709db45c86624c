"""Text for continued pretraining: what the trained part of the graph says of an entity, in several orders.

Of held-out and mixed groups it says nothing. One sentence a group, the wordings of `train.yaml: statement`.

    TextSample(task="graph.card", text="人参的拉丁学名是Panax ginseng。人参以脾经、肺经为归经。...", sources=(...))
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from builders.graph.chance import generator
from builders.graph.graph import Graph, Group
from builders.graph.questions import COMMA
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit
from builders.graph.wordings import Wordings, fill
from builders.ids import row_id
from builders.types import Source, TextSample, Triple

TASK = "graph.card"
STATEMENTS = 12  # most statements in one card: an entity of degree 10,000 gives many cards, not one endless
TAILS = 8  # most tails in one statement
STOP = {"zh": "。", "en": ". "}

Statement = tuple[Triple, ...]
"""Triples of one group, said in one sentence."""


def cards(graph: Graph, split: GraphSplit, train: Wordings, orderings: int, seed: int) -> Iterator[TextSample]:
    """States the training groups of every entity `orderings` times; held-out and mixed groups never."""
    groups: dict[str, list[Group]] = defaultdict(list)
    for group in split.train:
        groups[group[0]].append(group)
    for head, of_head in groups.items():
        for language in LANGUAGES:
            labelled = [group for group in of_head if graph.schema[group[1]].label(language) is not None]
            seen: set[str] = set()
            for ordering in range(orderings):
                rng = generator(seed, "card", language, head, ordering)
                for part in _parts(graph, split, labelled, rng):
                    card = _card(graph, part, language, train, rng)
                    if card.text not in seen:
                        seen.add(card.text)
                        yield card


def _parts(graph: Graph, split: GraphSplit, groups: Sequence[Group], rng: random.Random) -> Iterator[list[Statement]]:
    """The statements of an entity in random order, cut where a card grows long or would name a held-out pair."""
    statements = [
        graph.groups[group][start : start + TAILS]
        for group in groups
        for start in range(0, len(graph.groups[group]), TAILS)
    ]
    rng.shuffle(statements)
    part: list[Statement] = []
    named: set[str] = set()
    for statement in statements:
        names = {graph.representative(name) for triple in statement for name in (triple.head, triple.tail)}
        if part and (len(part) == STATEMENTS or not split.allows(named | names)):
            yield part
            part, named = [], set()
        part.append(statement)
        named |= names
    if part:
        yield part


def _card(graph: Graph, part: Sequence[Statement], language: str, train: Wordings, rng: random.Random) -> TextSample:
    sentences = [_said(graph, statement, language, rng.choice(train.statement[language])) for statement in part]
    text = "".join(sentence + STOP[language] for sentence in sentences).strip()
    sources = tuple(Source(triple=triple.key, maker=TASK) for statement in part for triple in statement)
    return TextSample(row_id(TASK, text, *(source.triple or "" for source in sources)), TASK, text, sources)


def _said(graph: Graph, statement: Statement, language: str, wording: str) -> str:
    tails = COMMA[language].join(triple.tail for triple in statement)
    label = graph.schema[statement[0].relation].label(language)
    return fill(wording, head=statement[0].head, relation=label or statement[0].relation, tail=tails)
