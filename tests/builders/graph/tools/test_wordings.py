from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rapidfuzz.distance import Levenshtein

from builders.errors import UserError
from builders.graph.tools.wordings import ANSWERED, PLACEHOLDER, fill, load
from builders.graph.wordings import FOLDER, Wordings, skeleton

NEEDED = {
    "plain": {"entity", "attribute", "is", "values"},
    "alias": {"asked", "entity", "attribute", "is", "values"},
    "misspelt": {"asked", "entity", "attribute", "is", "values"},
    "unknown": {"asked", "attribute"},
    "offered": {"asked", "nearest"},
    "offered_one": {"asked", "nearest"},
    "empty": {"entity", "attribute"},
    "path": {"entity", "first", "middle", "second", "is", "values"},
}


def test_turns_stay_apart_from_the_test_whatever_stands_around_them() -> None:
    wordings, dropped = load()
    assert dropped == []
    for language in ("zh", "en"):
        assert len(wordings.direct[language]) >= 12
        assert len(wordings.tested[language]) >= 4
        tested = [skeleton(text, language) for text in wordings.tested[language]]
        for turn in wordings.direct[language]:
            for question in wordings.questions(language, turn):
                made = skeleton(question, language)
                assert min(Levenshtein.normalized_distance(made, text) for text in tested) >= 0.4, question


def test_questions_for_calls_have_wordings_enough(train_wordings: Wordings, test_wordings: Wordings) -> None:
    for language in ("zh", "en"):
        assert len(train_wordings.forward[language].cores) >= 12
        assert len(test_wordings.forward[language].cores) >= 4


def test_every_answer_holds_what_it_needs() -> None:
    wordings, _ = load()
    assert set(ANSWERED) == set(NEEDED)
    for language in ("zh", "en"):
        for case, needed in NEEDED.items():
            assert len(wordings.answers[language][case]) >= 3
            for form in wordings.answers[language][case]:
                assert set(PLACEHOLDER.findall(form)) == needed, form


def test_values_with_braces_stay_as_they_are() -> None:
    assert fill("{entity}: {values}", entity="{values}", values="{x}") == "{values}: {x}"


def test_a_turn_that_comes_too_near_is_dropped(tmp_path: Path) -> None:
    data = yaml.safe_load((FOLDER / "tools.yaml").read_text(encoding="utf-8"))
    data["train"]["zh"].append({"ask": "一周共有几天", "say": "七天。"})
    (tmp_path / "tools.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    wordings, (dropped,) = load(tmp_path / "tools.yaml")
    assert (dropped.reason, dropped.place) == ("near_test_wording", "tools.direct.zh: 一周共有几天")
    assert "一周共有几天" not in {turn.ask for turn in wordings.direct["zh"]}


def test_a_broken_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tools.yaml").write_text("train: {zh: []}", encoding="utf-8")
    with pytest.raises(UserError, match="not as wordings are written"):
        load(tmp_path / "tools.yaml")
