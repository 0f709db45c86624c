from __future__ import annotations

from builders.graph.cards import STATEMENTS, cards
from builders.graph.graph import Graph
from builders.graph.phrases import Phrases
from builders.graph.schema import Relation
from builders.graph.split import split_groups
from builders.graph.wordings import Wordings
from builders.types import Source, TextSample, Triple

SAY = Wordings({}, {}, {"zh": ("{head}的{relation}是{tail}",), "en": ("The {relation} of {head} is {tail}",)})


def test_an_entity_has_cards_in_several_orders(toy: Graph) -> None:
    made = list(cards(toy, split_groups(toy, 0.0, 1), SAY, 8, 1))
    chinese = [card.text for card in made if card.text.startswith("人参")]
    sentences = ["人参的拉丁名是Herba ginseng。", "人参的功效是补气、安神。", "人参的相反药是藜芦。"]
    assert 1 < len(chinese) == len(set(chinese)) <= 6
    assert {tuple(sorted(text.split("。"))) for text in chinese} == {tuple(sorted("".join(sentences).split("。")))}


def test_a_card_names_its_triples(toy: Graph) -> None:
    made = list(cards(toy, split_groups(toy, 0.0, 1), SAY, 1, 1))
    source = Source(triple="endfoot\tpart of\tastrocyte", maker="graph.card")
    (card,) = [card for card in made if source in card.sources]
    expected = "The parent structure of endfoot is astrocyte."
    assert card == TextSample(card.id, "graph.card", expected, (source,))


def test_held_out_facts_are_in_no_card(sample: Graph, train_wordings: Wordings) -> None:
    split = split_groups(sample, 0.2, 2)
    made = list(cards(sample, split, train_wordings, 2, 1))
    used = {source.triple for card in made for source in card.sources}
    assert used == {triple.key for group in split.train for triple in sample.groups[group]}
    assert len({card.id for card in made}) == len(made)


def test_two_true_sentences_that_name_a_held_out_pair_are_parted() -> None:
    schema = {name: Relation(name, en=name, functional=True) for name in ("class", "precursor")}
    triples = [Triple("norepinephrine", "class", "catecholamine"), Triple("norepinephrine", "precursor", "dopamine")]
    triples.append(Triple("dopamine", "class", "catecholamine"))
    graph = Graph(triples, schema)
    known = split_groups(graph, 0.0, 1).assigned
    split = split_groups(graph, 0.5, 1, {**known, "dopamine\tclass": "heldout"})
    made = sorted(card.text for card in cards(graph, split, SAY, 1, 1))
    assert made == ["The class of norepinephrine is catecholamine.", "The precursor of norepinephrine is dopamine."]


def test_an_entity_of_high_degree_gives_short_cards() -> None:
    triples = [Triple("hub", "contains", f"part {number}") for number in range(1000)]
    graph = Graph(triples, {"contains": Relation("contains", en="content")})
    made = list(cards(graph, split_groups(graph, 0.0, 1), SAY, 1, 1))
    each = [card.text.count('The "content" entries of hub') for card in made]
    assert each == [STATEMENTS, STATEMENTS, STATEMENTS, 6]  # 42 sentences of at most 24 tails
    assert sum(len(card.sources) for card in made) == 1000
    for card in made:  # the first sentence says that it is not all, the others that there is more
        first, *others = card.text.split(". ")
        assert " include part" in first
        assert all(" also include part" in sentence for sentence in others)


def test_a_list_is_said_in_the_plural_and_in_one_sentence(train_wordings: Wordings) -> None:
    schema = {"组成": Relation("组成", zh="组成药物", en="ingredient", phrases=Phrases(en_plural="ingredients"))}
    herbs = [f"药{number}" for number in range(20)]
    graph = Graph([Triple("某汤", "组成", herb) for herb in herbs], schema)
    made = [card.text for card in cards(graph, split_groups(graph, 0.0, 1), train_wordings, 40, 1)]
    english = [text for text in made if "ingredient" in text]
    assert len(english) > 12
    assert len(made) - len(english) > 12
    assert all(text.count("药19") == 1 and text.count("某汤") == 1 for text in made)
    assert all("ingredients" in text and "药18 and 药19" in text and " is " not in text for text in english)


def test_an_english_sentence_begins_with_a_capital_where_it_begins_with_a_word(train_wordings: Wordings) -> None:
    schema = {"expressed in": Relation("expressed in", en="site of expression")}
    heads = ("aquaporin-4", "mRNA", "p53")
    graph = Graph([Triple(head, "expressed in", "quantum dots") for head in heads], schema)
    made = [card.text for card in cards(graph, split_groups(graph, 0.0, 1), train_wordings, 40, 1)]
    firsts = {text.split()[0].rstrip("',s:") for text in made}
    assert {"Aquaporin-4", "mRNA", "p53"} <= firsts
    assert not {"aquaporin-4", "quantum", "Quantum", "MRNA", "P53"} & firsts


def test_names_with_single_marks_and_remarks_on_doses_are_in_no_card() -> None:
    tails = ["紫苏子", "原书末着剂量", "医宗说约》卷六", "《伤寒论》。", "《伤寒论》"]
    graph = Graph([Triple("某汤", "组成", tail) for tail in tails], {"组成": Relation("组成", zh="组成药物")})
    (card,) = cards(graph, split_groups(graph, 0.0, 1), SAY, 1, 1)
    assert card.text == "某汤的组成药物是紫苏子、《伤寒论》。"
    assert len(card.sources) == 2
