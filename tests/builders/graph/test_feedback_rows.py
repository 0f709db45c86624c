from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from builders import formats
from builders.graph.chance import generator
from builders.graph.feedback_rows import _question, feedback_samples
from builders.graph.graph import Graph
from builders.graph.logic import graph_pairs, pair_groups
from builders.graph.split import split_groups
from builders.graph.wordings import Forms, Wordings
from builders.types import FeedbackSample


@pytest.fixture(scope="module")
def rows(sample: Graph, train_wordings: Wordings) -> list[FeedbackSample]:
    split = split_groups(sample, 0.1, 3)
    pairs = graph_pairs(sample, pair_groups(sample, split, 0.2, 3)[0], train_wordings, 40, 3)
    return feedback_samples(sample, pairs, split.train, train_wordings, 60, 3)


def test_wanted_and_unwanted_answers_are_equally_many_for_every_question(rows: list[FeedbackSample]) -> None:
    for task in ("feedback.logic", "feedback.fact"):
        by_question = defaultdict(list)
        for row in rows:
            if row.task == task:
                by_question[row.messages[0].content, row.sources].append(row.wanted)
        assert len(by_question) > 100
        assert all(Counter(tags)[True] == Counter(tags)[False] for tags in by_question.values())
    assert len({row.id for row in rows}) == len(rows)


def test_kinds_take_turns_and_the_answers_to_one_question_are_never_neighbours(rows: list[FeedbackSample]) -> None:
    for row, following in pairwise(rows):
        assert row.wanted != following.wanted
        assert (row.messages, row.sources) != (following.messages, following.sources)


def test_a_wanted_fact_is_true_and_an_unwanted_one_false_in_the_whole_graph(
    rows: list[FeedbackSample], sample: Graph
) -> None:
    checked = 0
    for row in rows:
        if row.task != "feedback.fact":
            continue
        head, relation, tail = str(row.sources[0].triple).split("\t")
        if row.wanted:
            assert tail in row.answer
            continue
        label = sample.schema[relation].zh if "是" in row.answer else sample.schema[relation].en
        before = f"{head}的{label}是" if "是" in row.answer else f"The {label} of {head} is "
        false = row.answer.removeprefix(before)[:-1]
        assert row.answer.startswith(before)
        assert not sample.holds(head, relation, false)
        checked += 1
    assert checked > 80


def test_no_row_is_made_of_a_held_out_group(rows: list[FeedbackSample], sample: Graph) -> None:
    split = split_groups(sample, 0.1, 3)
    stated = {source.triple for row in rows for source in row.sources}
    assert not stated & {triple.key for group in split.heldout for triple in sample.groups[group]}


def test_how_a_row_is_written(rows: list[FeedbackSample]) -> None:
    written = formats.feedback(rows[0])
    assert list(written) == ["id", "task", "instruction", "input", "output", "kto_tag"]
    assert written["kto_tag"] is rows[0].wanted is True


def test_a_limit_takes_so_many_groups(sample: Graph, train_wordings: Wordings) -> None:
    groups = split_groups(sample, 0.0, 3).train
    rows = feedback_samples(sample, [], groups, train_wordings, 5, 3)
    assert len({row.sources for row in rows}) == 5


@pytest.mark.parametrize(
    "core",
    [
        "{relation}（{head}）＝",
        "主语：{head}，谓语：{relation}，宾语：",
        "{head} -> {relation} ->",
        "{head}: {relation} ____",
    ],
)
def test_after_a_mark_for_the_answer_nothing_more_is_said(core: str) -> None:
    forms = Forms(("",), (core, "How many answers are there for the {relation} of {head}"), ("！", "，只要答案。"))
    assert {_question(generator(seed), forms) for seed in range(9)} == {core}
