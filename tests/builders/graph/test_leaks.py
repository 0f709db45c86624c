from __future__ import annotations

import pytest

from builders.graph.cards import cards
from builders.graph.config import QuestionConfig
from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.logic import graph_pairs, pair_groups
from builders.graph.logic_rows import preference_samples, yes_no_samples
from builders.graph.questions import questions
from builders.graph.split import GraphSplit, split_groups
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.program import GraphTasks
from builders.graph.wordings import Wordings


@pytest.fixture
def finder(toy: Graph) -> HeldoutFinder:
    known = split_groups(toy, 0.0, 1).assigned
    previous = {**known, "玄参\t拉丁名": "heldout", "axon\tpart of": "heldout"}
    return HeldoutFinder(toy, split_groups(toy, 0.5, 1, previous))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Herba ningpoensis是玄参的拉丁名", ["玄参\t拉丁名\tHerba ningpoensis"]),
        ("中药元参，学名HERBA NINGPOENSIS。", ["玄参\t拉丁名\tHerba ningpoensis"]),
        ("The neuron has an axon.", ["neuron\thas part\taxon", "axon\tpart of\tneuron"]),
        ("Interneurons and axonal growth", []),
        ("人参的拉丁名是Herba ginseng", []),
        ("Herba ningpoensis", []),
    ],
)
def test_a_text_that_names_both_ends_is_found(finder: HeldoutFinder, text: str, found: list[str]) -> None:
    assert [triple.key for triple in finder.find(text)] == found


def test_nothing_is_found_where_nothing_is_held_out(toy: Graph) -> None:
    assert HeldoutFinder(toy, split_groups(toy, 0.0, 1)).find("玄参 Herba ningpoensis") == []


def training_texts(graph: Graph, split: GraphSplit, train: Wordings, test: Wordings) -> list[str]:
    """Everything that training would read of the graph, one text a row."""
    fillers = {"zh": ["研究", "时候"], "en": ["often", "because"]}
    rows = [*questions(graph, split, train, test, QuestionConfig(exposures=4), fillers, 1)]
    pairs = graph_pairs(graph, pair_groups(graph, split, 0.2, 1)[0], train, None, 1)
    rows += yes_no_samples(pairs, train, 2, 1)
    tasks = GraphTasks(graph, split, TaskConfig(rows=80), 1)
    rows += tasks.samples()
    texts = ["\n".join(message.content for message in row.messages) for row in rows]
    texts += [card.text for card in tasks.pair_cards()]
    texts += [card.text for card in cards(graph, split, train, 2, 1)]
    preferences = preference_samples(pairs, train, 1, 1)
    return texts + ["\n".join((row.messages[0].content, row.chosen, row.rejected)) for row in preferences]


def test_no_row_of_the_sample_names_both_ends_of_a_held_out_fact(
    sample: Graph, train_wordings: Wordings, test_wordings: Wordings
) -> None:
    split = split_groups(sample, 0.2, 4)
    finder = HeldoutFinder(sample, split)
    texts = training_texts(sample, split, train_wordings, test_wordings)
    assert len(split.heldout) > 50
    assert [text for text in texts if finder.find(text)] == []


def test_no_row_holds_the_plain_characters_of_a_held_out_functional_fact(
    sample: Graph, train_wordings: Wordings, test_wordings: Wordings
) -> None:
    """The same without the finder: long names, which are part of no other name, searched as they stand."""
    split = split_groups(sample, 0.2, 3)
    texts = training_texts(sample, split, train_wordings, test_wordings)
    names = {name for triple in sample.triples for name in (triple.head, triple.tail)}

    def is_unlike_others(name: str) -> bool:
        return sum(name in other for other in names) == 1

    heldout = [
        triple
        for triple in sample.triples
        if split.withholds(sample, triple)
        and sample.schema[triple.relation].functional
        and is_unlike_others(triple.head)
        and is_unlike_others(triple.tail)
    ]
    assert len(heldout) > 50
    assert [
        triple.key for triple in heldout if any(triple.head in text and triple.tail in text for text in texts)
    ] == []
