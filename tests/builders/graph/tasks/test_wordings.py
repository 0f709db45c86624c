from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from builders.errors import UserError
from builders.graph import wordings
from builders.graph.graph import Graph
from builders.graph.phrases import Phrases
from builders.graph.schema import Relation
from builders.graph.tasks.wordings import QUESTIONS, apart, load_test, load_train, skeleton
from tests.builders.graph.tasks.conftest import TCM_RELATIONS
from tests.conftest import ROOT


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_every_kind_has_wordings_enough_and_those_of_the_test_apart(kind: str, language: str) -> None:
    trained, tested = load_train().questions[kind][language], load_test().questions[kind][language]
    assert len(set(trained)) >= 12
    assert len(set(tested)) >= 4
    recall = wordings.load_test()
    skeletons = [skeleton(text, language) for text in (*tested, *recall.forward[language].cores)]
    skeletons += [wordings.skeleton(text, language) for text in recall.true_false[language]]
    distances = cdist(
        [skeleton(text, language) for text in trained], skeletons, scorer=Levenshtein.normalized_distance
    )
    assert distances.min() >= 0.4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_single_facts_are_trained_apart_from_the_tests_of_the_tasks(language: str) -> None:
    known = wordings.load_train()
    forms = known.forward[language]
    trained = {text for core in forms.cores for text in forms.around(core)} | set(known.true_false[language])
    tested = load_test().questions
    skeletons = [skeleton(text, language) for kind in ("list", "true_false") for text in tested[kind][language]]
    made = sorted({skeleton(text, language) for text in trained})
    assert cdist(made, skeletons, scorer=Levenshtein.normalized_distance).min() >= 0.4


def test_no_answer_lacks_a_language() -> None:
    answers = load_train().answers
    assert {"only", "affirmed", "denied", "silent", "unknown", "think", "together"} <= set(answers)
    for kind in answers:
        assert all(len(answers[kind][language]) >= 2 for language in ("zh", "en")), kind


@pytest.mark.parametrize("path", [ROOT / "samples/graph/relations.yaml", TCM_RELATIONS])
def test_no_relations_own_question_comes_near_a_test_wording(path: Path) -> None:
    from builders.graph.schema import read_schema

    schema = read_schema(path, [])
    assert sum(relation.phrases.question("zh") is not None for relation in schema.values()) >= 2
    assert apart(schema, load_test(), wordings.load_test()) == (frozenset(), [])


def test_a_question_near_a_test_wording_is_named_and_not_asked() -> None:
    phrases = Phrases(en_question="Leave nothing out: write down {head}, one after another")
    schema = {"part": Relation("part", en="part", phrases=phrases)}
    near, (dropped,) = apart(schema, load_test(), wordings.load_test())
    assert near == {("part", "en")}
    assert (dropped.reason, dropped.place) == ("near_test_wording", f"part: {phrases.en_question}")
    assert dropped.detail.endswith("from a test wording; reword en_question")
    assert Graph([], schema).groups == {}


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("How many?", r"count\.en: 'How many\?' must hold {what}, once, and no other"),
        ("{what} {what}", "once"),
        ("{what} {statement}", "no other"),
    ],
)
def test_a_wrong_question_is_the_users_error(tmp_path: Path, template: str, complaint: str) -> None:
    data = {kind: {"zh": [], "en": []} for kind in QUESTIONS}
    data["count"]["en"] = [template]
    path = tmp_path / "test.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(UserError, match=complaint):
        load_test(path)


def test_a_kind_that_is_missing_is_the_users_error(tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_text("inverse: {zh: [], en: []}", encoding="utf-8")
    with pytest.raises(UserError, match="list is missing"):
        load_test(path)
