from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from builders.errors import UserError
from builders.graph.distractors import is_false
from builders.graph.graph import Graph
from builders.graph.logic import (
    NEAR_EQUAL,
    Pair,
    general_pairs,
    graph_pairs,
    is_sayable,
    pair_groups,
    sole_groups,
    split_general,
    with_article,
)
from builders.graph.schema import Relation
from builders.graph.split import split_groups
from builders.graph.wordings import Wordings
from builders.types import Source, Triple

PLAIN = Wordings({}, {}, {"zh": ("{head}的{relation}是{tail}",), "en": ("The {relation} of {head} is {tail}",)})


def test_keys_may_be_booleans(tmp_path: Path) -> None:
    path = tmp_path / "logic.yaml"
    path.write_text('en:\n- {op: AS, true: It is hot, false: It is cold}\n- {op: SEP, "true": a, "false": b}\n')
    pairs, dropped = general_pairs(path)
    assert [(pair.op, pair.language, pair.true, pair.false) for pair in pairs] == [
        ("AS", "en", "It is hot", "It is cold"),
        ("SEP", "en", "a", "b"),
    ]
    assert pairs[0].sources == (Source(maker="logic.general"),)
    assert dropped == []


def test_bad_entries_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "logic.yaml"
    entries = ["{op: AS, true: a, false: a}", "{op: XX, true: a, false: b}", "{op: AS, true: a}", "text"]
    entries += ["{op: AS, true: c, false: d}", "{op: AS, true: c, false: d}", "{op: AS, true: 1, false: d}"]
    path.write_text("en:\n" + "".join(f"- {entry}\n" for entry in entries) + "fr: [{op: AS, true: a, false: b}]\n")
    pairs, dropped = general_pairs(path)
    assert [pair.true for pair in pairs] == ["c"]
    assert [(item.reason, item.place) for item in dropped] == [
        ("bad_pair", "logic.yaml: en[1]"),
        ("bad_pair", "logic.yaml: en[2]"),
        ("bad_pair", "logic.yaml: en[3]"),
        ("bad_pair", "logic.yaml: en[4]"),
        ("duplicate", "logic.yaml: en[6]"),
        ("bad_pair", "logic.yaml: en[7]"),
        ("bad_pair", "logic.yaml: fr[1]"),
    ]


@pytest.mark.parametrize("text", ["[", "- a\n", "en: {op: AS}\n"])
def test_a_wrong_file_is_the_users_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "logic.yaml"
    path.write_text(text)
    with pytest.raises(UserError, match=r"logic\.yaml"):
        general_pairs(path)


def test_near_equal_general_statements_stay_on_one_side(logic_file: Path) -> None:
    pairs, dropped = general_pairs(logic_file)
    train, test = split_general(pairs, 0.2, 1)
    assert dropped == []
    assert len(train) + len(test) == len(pairs)
    assert 0.1 < len(test) / len(pairs) < 0.3
    for one in train:
        for other in (pair for pair in test if pair.language == one.language):
            for text in (one.true, one.false):
                near = min(Levenshtein.normalized_distance(text.lower(), o.lower()) for o in (other.true, other.false))
                assert near >= NEAR_EQUAL


def test_the_pairs_of_a_group(toy: Graph) -> None:
    pairs = graph_pairs(toy, [("人参", "拉丁名")], PLAIN, None, 1)
    assert [(pair.op, pair.origin, pair.language) for pair in pairs] == [
        ("SEP", "graph", "zh"),
        ("ANW", "graph", "zh"),
        ("SEP", "graph", "en"),
        ("ANW", "graph", "en"),
    ]
    assert pairs[0].true == "人参的拉丁名是Herba ginseng"
    assert pairs[2].true == "The Latin name of 人参 is Herba ginseng"
    assert pairs[0].sources == (Source(triple="人参\t拉丁名\tHerba ginseng", maker="graph.logic"),)


def test_a_relation_of_open_world_gives_no_pairs(toy: Graph) -> None:
    train, test = pair_groups(toy, split_groups(toy, 0.0, 1), 0.3, 1)
    assert {relation for _, relation in train + test} <= {"拉丁名", "part of"}
    assert len(train) + len(test) > 9


def affirmed(pair: Pair) -> tuple[str, bool]:
    """The statement of a pair without negation, and whether it is the true one."""
    negation = "}不是" if pair.language == "zh" else " is not "
    without = negation.replace("不", "").replace(" not", "").strip("}")
    negation = negation.strip("}")
    if negation in pair.true:
        assert pair.true.replace(negation, without) == pair.false
        return pair.false, False
    assert pair.false.replace(negation, without) == pair.true
    return pair.true, True


def test_half_of_the_negated_pairs_are_true(sample: Graph, train_wordings: Wordings) -> None:
    pairs = graph_pairs(sample, pair_groups(sample, split_groups(sample, 0.0, 1), 0.0, 1)[0], train_wordings, None, 1)
    negated = [affirmed(pair) for pair in pairs if pair.op == "ANW"]
    counts = Counter(plain_is_true for _, plain_is_true in negated)
    assert len(negated) > 500
    assert 0.45 < counts[True] / len(negated) < 0.55


def test_no_false_statement_of_the_sample_holds(sample: Graph) -> None:
    split = split_groups(sample, 0.1, 1)
    train, test = pair_groups(sample, split, 0.2, 1)
    pairs = graph_pairs(sample, train + test, PLAIN, None, 1)
    checked = 0
    for pair in pairs:
        head, relation, tail = (pair.sources[0].triple or "").split("\t")
        label = sample.schema[relation].label(pair.language) or ""
        start = f"{head}的{label}是" if pair.language == "zh" else f"The {label} of {head} is "
        plain, plain_is_true = affirmed(pair) if pair.op == "ANW" else (pair.true, True)
        assert (
            plain.removeprefix(start) == tail
            if plain_is_true
            else is_false(sample, (head, relation), plain.removeprefix(start))
        )
        if pair.op != "ANW":
            assert is_false(sample, (head, relation), pair.false.removeprefix(start))
        checked += 1
    assert checked > 500


def test_no_group_is_on_both_sides(sample: Graph) -> None:
    split = split_groups(sample, 0.1, 1)
    train, test = pair_groups(sample, split, 0.2, 1)
    assert not set(train) & set(test)
    assert set(train) | set(test) <= set(split.train)
    assert 0.1 < len(test) / (len(train) + len(test)) < 0.3


def test_length_does_not_give_the_truth_away(sample: Graph, train_wordings: Wordings) -> None:
    pairs = graph_pairs(sample, pair_groups(sample, split_groups(sample, 0.0, 1), 0.0, 1)[0], train_wordings, None, 1)
    swaps = [pair for pair in pairs if pair.op == "SEP"]
    alike = [pair for pair in swaps if abs(len(pair.true) - len(pair.false)) <= 0.1 * len(pair.true)]
    assert len(alike) > 0.95 * len(swaps)


def test_a_limit_takes_so_many_groups(sample: Graph) -> None:
    groups = pair_groups(sample, split_groups(sample, 0.0, 1), 0.0, 1)[0]
    pairs = graph_pairs(sample, groups, PLAIN, 20, 1)
    assert 15 <= len({pair.sources for pair in pairs}) <= 20


def test_an_opposite_that_the_graph_makes_false_gives_a_pair(schema: dict[str, Relation]) -> None:
    schema |= {
        "性": Relation("性", zh="药性", en="nature", functional=True),
        "味": Relation("味", zh="药味"),
        "激活": Relation("激活", en="upregulated gene", guessed=True),
        "抑制": Relation("抑制", en="downregulated gene", guessed=True),
    }
    triples = [
        Triple("黄连", "性", "寒"),
        Triple("当归", "性", "温"),
        Triple("当归", "味", "温"),
        Triple("TP53", "激活", "CDKN1A"),
        Triple("MYC", "激活", "CDK4"),
        Triple("MYC", "抑制", "CDK4"),
    ]
    graph = Graph(triples, schema)
    groups = [("黄连", "性"), ("当归", "性"), ("TP53", "激活"), ("MYC", "激活")]
    found = [pair for pair in graph_pairs(graph, groups, PLAIN, None, 1) if pair.op == "AS"]
    assert [(pair.true, pair.false) for pair in found] == [
        ("黄连的药性是寒", "黄连的药性是热"),
        ("The nature of 黄连 is 寒", "The nature of 黄连 is 热"),
        # 凉 is false of 当归, but 温 is linked to it by another relation, which says nothing of 凉
        ("当归的药性是温", "当归的药性是凉"),
        ("The nature of 当归 is 温", "The nature of 当归 is 凉"),
        ("The upregulated gene of TP53 is CDKN1A", "The downregulated gene of TP53 is CDKN1A"),
    ]


def test_an_opposite_that_the_graph_holds_gives_none(schema: dict[str, Relation]) -> None:
    schema |= {"性": Relation("性", zh="药性", guessed=True), "别称": Relation("别称", alias=True)}
    triples = [
        Triple("麻黄", "性", "寒"),
        Triple("麻黄", "性", "热"),
        Triple("黄连", "性", "寒"),
        Triple("黄连", "相反", "热"),
    ]
    graph = Graph(
        [*triples, Triple("石膏", "性", "寒"), Triple("石膏", "别称", "石羔"), Triple("石羔", "性", "热")], schema
    )
    groups = [("麻黄", "性"), ("黄连", "性"), ("石膏", "性")]
    assert [pair for pair in graph_pairs(graph, groups, PLAIN, None, 1) if pair.op == "AS"] == []


def test_one_of_several_tails_is_never_stated_as_the_whole() -> None:
    schema = {
        "出处": Relation("出处", zh="出处", functional=True),
        "书": Relation("书", zh="书", guessed=True),
        "组成": Relation("组成", zh="组成", guessed=True),
    }
    triples = [Triple("a", "组成", "甘草"), Triple("a", "组成", "桂枝"), Triple("b", "组成", "人参")]
    triples += [Triple("a", "出处", "伤寒论"), Triple("b", "出处", "舌淡，苔白"), Triple("a", "书", "伤寒论")]
    graph = Graph(triples, schema)
    assert sole_groups(graph, graph.groups) == [("a", "出处"), ("a", "书")]


def test_labels_with_their_article() -> None:
    assert with_article("{head} has {tail} for a {relation}", "English name") == "{head} has {tail} for an {relation}"
    assert with_article("A {relation} of a {head}: {tail}", "nature") == "A {relation} of a {head}: {tail}"
    assert not is_sayable("对细胞外间隙体积的影响", "zh")
    assert is_sayable("影响", "zh")
