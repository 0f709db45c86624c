"""Relations and spellings that are one thing under two names."""

from __future__ import annotations

from builders.graph.graph import Graph
from builders.graph.schema import guess
from builders.graph.twins import of_graph, variants
from builders.types import Triple


def test_relations_whose_tails_agree_are_twins_and_a_part_of_them_is_not() -> None:
    triples = [Triple("甲", "出处", "伤寒论"), Triple("甲", "来源", "《伤寒论》"), Triple("乙", "来源", "《金匮》")]
    triples += [Triple("丙", "出处", "《金匮》"), Triple("丙", "来源", "金匮"), Triple("甲", "君药", "人参")]
    triples += [Triple("甲", "组成", name) for name in ("人参", "白术", "茯苓", "甘草")]
    schema = {name: guess(name) for name in ("出处", "来源", "组成", "君药")}
    assert of_graph(Graph(triples, schema)) == {"出处": frozenset({"来源"}), "来源": frozenset({"出处"})}


def test_agreement_on_one_head_alone_is_chance() -> None:
    triples = [Triple("甲", "出处", "伤寒论"), Triple("甲", "来源", "《伤寒论》")]
    assert of_graph(Graph(triples, {name: guess(name) for name in ("出处", "来源")})) == {}


def test_variants_differ_in_marks_or_in_one_character() -> None:
    assert variants(["《金匮要略》", "《金匱要略》", "《医便》"]) == {"《金匮要略》", "《金匱要略》"}
