"""Papers shown to the tasks: which facts they name, what is quoted, and the cards of pairs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from builders.graph.entities import EntityFinder
from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.read import read_triples
from builders.graph.schema import Relation, read_schema
from builders.graph.split import split_groups
from builders.graph.tasks.config import TaskConfig
from builders.graph.tasks.index import Index
from builders.graph.tasks.mentions import Mentions
from builders.graph.tasks.program import GraphTasks
from builders.types import Block, ChatSample, Document, Triple
from tests.builders.graph.tasks.conftest import SAMPLE

SCHEMA = {
    "channel": Relation("channel", en="channel", zh="通道", functional=True),
    "family": Relation("family", en="family", zh="科"),
    "别名": Relation("别名", en="alias", zh="别名", alias=True),
}
FACTS = [
    Triple("aquaporin-4", "channel", "water channel"),
    Triple("connexin 43", "channel", "gap junction"),
    Triple("connexin 43", "family", "connexin family"),
    Triple("connexin 30", "family", "connexin family"),
    Triple("川芎", "family", "伞形科"),
    Triple("aquaporin-4", "别名", "AQP4"),
]
TEXT = (
    "The membrane is thin and the cells swell slowly. "
    "We found that Aquaporin-4 is the main water channel of the brain. "
    "It was studied in many mice over several weeks."
)


def paper(*texts: str, number: int = 0, language: str = "en") -> Document:
    blocks = tuple(Block("paragraph", text, page=1) for text in texts)
    return Document(f"sha:{number}", "v", f"Paper {number}", language, "a.md", "markdown", blocks)  # type: ignore[arg-type]


def tasks_of(config: TaskConfig, heldout: tuple[str, ...] = ()) -> GraphTasks:
    graph = Graph(FACTS, SCHEMA)
    known = split_groups(graph, 0.0, 1).assigned
    split = split_groups(graph, 0.5, 1, {**known, **dict.fromkeys(heldout, "heldout")})
    return GraphTasks(graph, split, config, 1)


def rows_on(tasks: GraphTasks) -> list[ChatSample]:
    return [row for row in tasks.samples() if row.task == "graph.evidence"]


def test_a_sentence_with_both_ends_is_quoted_exactly() -> None:
    tasks, document = tasks_of(TaskConfig(rows=2)), paper(TEXT)
    (listed,) = tasks.see(document)
    sentence = "We found that Aquaporin-4 is the main water channel of the brain."
    assert listed == {
        "triple": "aquaporin-4\tchannel\twater channel",
        "document": "sha:0",
        "page": 1,
        "start": TEXT.index(sentence),
        "end": TEXT.index(sentence) + len(sentence),
        "sentence": sentence,
        "label_in_sentence": True,
    }
    (row,) = rows_on(tasks)
    span, fact = row.sources
    assert document.text[span.start : span.end] == sentence
    assert (fact.triple, fact.maker) == ("aquaporin-4\tchannel\twater channel", "graph.evidence")
    question, answer = (message.content for message in row.messages)
    assert "Aquaporin-4" in question
    assert "water channel" in question
    assert sentence in question + answer
    assert "the channel of Aquaporin-4 is water channel" in answer


@pytest.mark.parametrize(
    "text",
    [
        "The channel AQP4 is a water channel of the brain in many mice.",  # short: it may mean another thing
        "The aquaporin-4-like protein was no water channel in these many mice.",
        "We looked for aquaporin-4 in the cortex. The water channel was then counted in many mice.",
    ],
)
def test_what_is_no_certain_name_or_not_in_one_sentence_is_no_evidence(text: str) -> None:
    assert list(tasks_of(TaskConfig()).see(paper(text))) == []


def test_a_name_within_a_longer_chinese_term_is_none() -> None:
    tasks = tasks_of(TaskConfig())
    assert list(tasks.see(paper("本文所用的川芎嗪并非直接取自任何一种伞形科的植物。", language="zh"))) == []
    (found,) = tasks.see(paper("本文所用的川芎取自一种在各地都常见的伞形科的植物。", language="zh"))
    assert found["triple"] == "川芎\tfamily\t伞形科"


def test_a_held_out_fact_is_listed_but_never_trained() -> None:
    tasks = tasks_of(TaskConfig(rows=2), ("aquaporin-4\tchannel",))
    assert len(list(tasks.see(paper(TEXT)))) == 1
    assert rows_on(tasks) == []
    assert not any("ater channel" in card.text for card in tasks.pair_cards())


def test_a_passage_that_names_a_held_out_fact_elsewhere_is_not_shown() -> None:
    more = "In contrast, connexin 43 belongs to the well known connexin family."
    tasks = tasks_of(TaskConfig(rows=2), ("aquaporin-4\tchannel",))
    for number in range(8):  # the choice between sentence and passage is by hash
        list(tasks.see(paper(f"{TEXT} {more}", number=number)))
    rows = rows_on(tasks)
    assert 0 < len(rows) < 8
    assert not any("quaporin" in message.content for row in rows for message in row.messages)


def test_no_more_rows_a_paper_than_asked() -> None:
    texts = ["We found that connexin 43 is part of the gap junction.", TEXT]
    tasks = tasks_of(TaskConfig(rows=2, evidence_paper=1))
    assert len(list(tasks.see(paper(*texts)))) == 2
    assert len(rows_on(tasks)) == 1


def test_a_pair_card_tells_the_way_and_quotes_the_papers() -> None:
    tasks = tasks_of(TaskConfig())
    sentence = "Both connexin 43 and connexin 30 couple the astrocytes of the brain."
    for number in range(2):
        list(tasks.see(paper(sentence, number=number)))
    (card,) = [card for card in tasks.pair_cards() if "couple" in card.text]
    assert (
        'the "family" entries of connexin 30 include connexin family; the "family" entries of connexin 43' in card.text
    )
    assert card.text.count(sentence) == 2
    assert [source.document for source in card.sources] == [None, None, "sha:0", "sha:1"]
    assert {source.maker for source in card.sources} == {"graph.pair"}


def test_a_pair_card_quotes_no_marks_of_references() -> None:
    tasks = tasks_of(TaskConfig())
    for number in range(2):
        sentence = "Both connexin 43 and connexin 30 couple the astrocytes of the brain [3, 4]."
        list(tasks.see(paper(sentence, number=number)))
    assert not any("couple" in card.text for card in tasks.pair_cards())


@pytest.mark.parametrize(("other", "number"), [("《景岳全书》", 0), ("《医贯》", 1)])
def test_a_book_is_not_joined_with_itself(other: str, number: int) -> None:
    triples = [Triple("左归丸", "出处", "景岳全书"), Triple("左归丸", "来源", other)]
    graph = Graph(triples, {name: Relation(name, zh=name) for name in ("出处", "来源")})
    tasks = GraphTasks(graph, split_groups(graph, 0.0, 1), TaskConfig(), 1)
    assert len(list(tasks.pair_cards())) == number


def test_a_pair_without_a_way_needs_two_papers() -> None:
    sentence = "Both connexin 43 and aquaporin-4 are found in the astrocytes of the brain."
    tasks = tasks_of(TaskConfig())
    list(tasks.see(paper(sentence)))
    assert not any("are found in" in card.text for card in tasks.pair_cards())
    list(tasks.see(paper(sentence, number=1)))
    (card,) = [card for card in tasks.pair_cards() if "are found in" in card.text]
    assert {source.triple for source in card.sources} == {None}


def test_no_cards_and_no_rows_where_the_recipe_wants_none() -> None:
    tasks = tasks_of(TaskConfig(rows=0, pair_cards=0))
    assert (list(tasks.samples()), list(tasks.pair_cards()), list(tasks.evaluation_rows())) == ([], [], [])


def test_pair_cards_of_the_sample_name_no_held_out_pair() -> None:
    triples, _ = read_triples(SAMPLE / "triples.csv")
    graph = Graph(triples, read_schema(SAMPLE / "relations.yaml", triples))
    split = split_groups(graph, 0.2, 3)
    tasks = GraphTasks(graph, split, TaskConfig(pair_cards=200), 1)
    cards = list(tasks.pair_cards())
    assert len(cards) > 200
    assert len({card.id for card in cards}) == len(cards)
    finder = HeldoutFinder(graph, split)
    assert [card.text for card in cards if finder.find(card.text)] == []
    trained = {triple.key for group in split.train for triple in graph.groups[group]}
    assert {source.triple for card in cards for source in card.sources} <= trained
    for card in cards:
        keys = [(source.triple or "").split("\t") for source in card.sources]
        for one, other in pairwise(keys):  # each fact shares an entity with the next
            assert {graph.representative(one[0]), graph.representative(one[2])} & {
                graph.representative(other[0]),
                graph.representative(other[2]),
            }


def test_a_crowd_of_pairs_is_thinned_by_hash_not_by_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builders.graph.tasks.mentions.PAIRS", 10)
    names = [f"entity number {number:02d}" for number in range(40)]
    graph = Graph([Triple(name, "family", "a family of all") for name in names], SCHEMA)
    index = Index(graph, split_groups(graph, 0.0, 1), 1)
    kept = []
    for order in (names, names[::-1]):
        mentions = Mentions(index, EntityFinder(graph), 1)
        text = " ".join(f"Here {one} was seen with {other} in many mice." for one, other in pairwise(order))
        list(mentions.see(paper(text)))
        assert len(mentions.together) <= 10
        kept.append(set(mentions.together))
    assert kept[0] == kept[1]
