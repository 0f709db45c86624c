from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from builders.graph.config import QuestionConfig
from builders.graph.graph import Graph
from builders.graph.names import listed
from builders.graph.questions import choice_questions, questions, recall_questions
from builders.graph.schema import Relation
from builders.graph.split import split_groups
from builders.graph.wordings import Forms, Wordings, skeleton
from builders.types import ChatSample, Message, Source, Triple

FILLERS = {"zh": ["研究", "时候"], "en": ["often", "because"]}
PLAIN = QuestionConfig(exposures=3, augmented=0.0)


def two_cores() -> Wordings:
    zh = Forms(("", "你好，"), ("{head}的{relation}", "{relation}？{head}"), ("",))
    en = Forms(("",), ("{head} {relation}",), ("", "?"))
    return Wordings({"zh": zh, "en": en}, {"zh": (), "en": ()}, {"zh": (), "en": ()})


def asked(
    graph: Graph, train: Wordings, test: Wordings, config: QuestionConfig, share: float = 0.0
) -> list[ChatSample]:
    return list(questions(graph, split_groups(graph, share, 1), train, test, config, FILLERS, 1))


def test_a_row(toy: Graph, test_wordings: Wordings) -> None:
    rows = asked(toy, two_cores(), test_wordings, PLAIN)
    (row, *_) = [row for row in rows if row.sources[0].triple == "endfoot\tpart of\tastrocyte"]
    assert row.task == "graph.forward"
    assert row.messages[0].content in ("endfoot parent structure", "endfoot parent structure?")
    assert row.messages[1] == Message("assistant", "The parent structure of endfoot is astrocyte.")
    assert row.sources == (Source(triple="endfoot\tpart of\tastrocyte", maker="graph.forward"),)
    assert len(row.id) == 16


def test_a_list_answer_names_all_tails_and_their_triples(toy: Graph, test_wordings: Wordings) -> None:
    rows = [row for row in asked(toy, two_cores(), test_wordings, PLAIN) if row.task == "graph.list"]
    answers = {row.messages[1].content: [source.triple for source in row.sources] for row in rows}
    assert answers["当归的功效是补血、活血止痛、润肠。"] == [
        "当归\t功效\t补血",
        "当归\t功效\t活血止痛",
        "当归\t功效\t润肠",
    ]
    assert answers["The part entries of neuron are axon and soma."] == [
        "neuron\thas part\taxon",
        "neuron\thas part\tsoma",
    ]


def test_a_relation_is_asked_in_the_languages_of_its_labels(toy: Graph, test_wordings: Wordings) -> None:
    rows = asked(toy, two_cores(), test_wordings, PLAIN)
    labels = {row.sources[0].triple: set() for row in rows}
    for row in rows:
        labels[row.sources[0].triple].add("拉丁名" in row.messages[0].content)
    assert labels["人参\t拉丁名\tHerba ginseng"] == {True, False}
    assert labels["人参\t功效\t补气"] == {False}


def test_a_core_comes_again_only_after_all_others(
    sample: Graph, train_wordings: Wordings, test_wordings: Wordings
) -> None:
    graph = Graph([Triple("青蒿", "拉丁学名", "Artemisia annua")], {"拉丁学名": Relation("拉丁学名", zh="拉丁学名")})
    cores = train_wordings.forward["zh"].cores
    rows = asked(graph, train_wordings, test_wordings, QuestionConfig(exposures=2 * len(cores), augmented=0.0))
    texts = [row.messages[0].content for row in rows]
    assert len(texts) == len(set(texts)) == 2 * len(cores)

    def used(part: list[str]) -> int:
        filled = {core: core.replace("{head}", "青蒿").replace("{relation}", "拉丁学名") for core in cores}
        return sum(any(filled[core] in text for text in part) for core in cores)

    assert used(texts[: len(cores)]) == used(texts[len(cores) :]) == len(cores)


def test_fewer_rows_where_no_new_wording_is_left(toy: Graph, test_wordings: Wordings) -> None:
    rows = asked(toy, two_cores(), test_wordings, QuestionConfig(exposures=50, augmented=0.0))
    english = [row.messages[0].content for row in rows if row.messages[0].content.startswith("人参 Latin name")]
    assert sorted(english) == ["人参 Latin name", "人参 Latin name?"]


@pytest.mark.parametrize(
    ("count", "language", "expected"),
    [(2, "zh", "t0、t1"), (3, "zh", "t0、t1等"), (3, "en", "t0, t1, among others")],
)
def test_a_long_list_says_that_there_is_more(count: int, language: str, expected: str) -> None:
    assert listed([f"t{number}" for number in range(count)], language, 2) == expected


def test_augmented_questions_stay_apart_from_the_test(
    sample: Graph, train_wordings: Wordings, test_wordings: Wordings
) -> None:
    head, relation = "远志", "拉丁学名"
    triples = [Triple(f"{head}{number}号", relation, f"Polygala {number}") for number in range(60)]
    graph = Graph(triples, {relation: Relation(relation, zh=relation)})
    rows = asked(graph, train_wordings, test_wordings, QuestionConfig(exposures=40, augmented=1.0))
    heads = [source.triple.split("\t")[0] for row in rows for source in row.sources if source.triple]
    trained = {
        skeleton(row.messages[0].content.replace(head, "{head}").replace(relation, "{relation}"), "zh")
        for head, row in zip(heads, rows, strict=True)
    }
    tested = [skeleton(text, "zh") for text in test_wordings.forward["zh"].cores]
    assert len(trained) > 1500
    assert cdist(sorted(trained), tested, scorer=Levenshtein.normalized_distance).min() >= 0.4


def test_an_augmentation_that_ends_in_a_test_wording_is_not_taken(toy: Graph) -> None:
    forms = Forms(("", "那么，"), ("{head}的{relation}",), ("",))
    train = Wordings({"zh": forms, "en": forms}, {}, {})
    bare = Forms(("",), ("{head}，{relation}？",), ("",))  # what is left of the core without 的
    test = Wordings({"zh": bare, "en": bare}, {"zh": (), "en": ()}, {})
    rows = asked(toy, train, test, QuestionConfig(exposures=20, augmented=1.0))
    questions = [row.messages[0].content for row in rows if "人参" in row.messages[0].content]
    assert "那么，人参拉丁名" in questions
    assert "人参拉丁名" not in questions


def test_held_out_and_mixed_groups_are_not_asked(
    sample: Graph, train_wordings: Wordings, test_wordings: Wordings
) -> None:
    split = split_groups(sample, 0.2, 5)
    rows = list(questions(sample, split, train_wordings, test_wordings, PLAIN, FILLERS, 1))
    used = {source.triple for row in rows for source in row.sources}
    expected = {triple.key for group in split.train for triple in sample.groups[group]}
    assert used == expected
    assert len({row.id for row in rows}) == len(rows)


def test_recall_asks_facts_of_distinct_answers_in_test_wordings(sample: Graph, test_wordings: Wordings) -> None:
    split = split_groups(sample, 0.1, 1)
    rows = recall_questions(sample, split.train, test_wordings, 4, None, 1)
    facts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        facts[row["language"], row["head"], row["relation"]].append(row["answer"])
        assert row["head"] in row["question"]
    assert {len(answers) for answers in facts.values()} == {4}
    answers = [facts[key][0] for key in facts if key[0] == "zh"]
    assert len(answers) == len(set(answers)) >= 100
    assert all(sample.schema[relation].functional for _, _, relation in facts)
    assert len({row["id"] for row in rows}) == len(rows)
    assert list(rows[0]) == ["id", "language", "question", "answer", "fact", "head", "relation", "tail"]
    assert all(row["tail"] in row["answer"] for row in rows)


def test_unseen_asks_held_out_facts_only(sample: Graph, test_wordings: Wordings) -> None:
    split = split_groups(sample, 0.1, 1)
    rows = recall_questions(sample, split.heldout, test_wordings, 1, None, 1)
    assert len(rows) > 20
    assert {(row["head"], row["relation"]) for row in rows} <= set(split.heldout)


def test_a_limit_takes_the_same_facts_again(sample: Graph, test_wordings: Wordings) -> None:
    groups = tuple(sample.groups)
    rows = recall_questions(sample, groups, test_wordings, 2, 30, 1)
    assert len({(row["head"], row["relation"]) for row in rows}) == 30
    assert rows == recall_questions(sample, groups, test_wordings, 2, 30, 1)
    assert rows != recall_questions(sample, groups, test_wordings, 2, 30, 2)


def test_choices_hold_one_truth(sample: Graph, test_wordings: Wordings) -> None:
    rows = choice_questions(sample, tuple(sample.groups), test_wordings, 1, None, 1)
    by_question = {}
    for row in recall_questions(sample, tuple(sample.groups), test_wordings, 1, None, 1):
        by_question[row["question"]] = row
    assert len(rows) > 100
    for row in rows:
        fact = by_question[row["question"]]
        assert len(set(row["choices"])) == 4
        before, after = fact["answer"].rsplit(fact["tail"], 1)
        tails = [choice.removeprefix(before).removesuffix(after) for choice in row["choices"]]
        truths = [sample.holds(fact["head"], fact["relation"], tail) for tail in tails]
        assert truths.index(True) == row["answer"]
        assert truths.count(True) == 1
    assert max(Counter(row["answer"] for row in rows).values()) < 0.35 * len(rows)


def test_a_list_too_long_and_a_raw_tail_are_not_asked(test_wordings: Wordings) -> None:
    facts = [Triple("甲", "功效", f"t{number}") for number in range(3)]
    facts += [
        Triple("乙", "功效", "《伤寒论》 [1-3]"),
        Triple("丙", "功效", "（见卷下。）"),
        Triple("丁", "功效", "补气"),
    ]
    graph = Graph(facts, {"功效": Relation("功效", zh="功效")})
    rows = asked(graph, two_cores(), test_wordings, QuestionConfig(exposures=1, augmented=0.0, list_cap=2))
    assert {row.messages[1].content for row in rows} == {"丁的功效是补气。"}


def test_names_that_hold_the_mark_are_parted_by_another() -> None:
    assert listed(["a，b", "c"], "zh", 9) == "a，b；c"
    assert listed(["a, b", "c", "d"], "en", 9) == "a, b; c and d"
    assert listed(["a", "b", "c"], "en", 9) == "a, b and c"
