from __future__ import annotations

from pathlib import Path

import pytest

from builders.errors import UserError
from builders.graph.phrases import Phrases
from builders.graph.schema import Relation, read_schema
from builders.graph.tasks.say import Say


def schema_of(tmp_path: Path, entry: str) -> dict[str, Relation]:
    path = tmp_path / "relations.yaml"
    path.write_text(f"归经: {{zh: 归经, en: meridian tropism, {entry}}}", encoding="utf-8")
    return read_schema(path, [])


def test_phrases_are_optional_keys(tmp_path: Path) -> None:
    entry = 'complete: true, zh_statement: "{head}归{tail}", en_condition: "enter {tail}", en_kind: herbs'
    relation = schema_of(tmp_path, entry)["归经"]
    phrases = Phrases(zh_statement="{head}归{tail}", en_condition="enter {tail}", en_kind="herbs")
    assert relation == Relation("归经", zh="归经", en="meridian tropism", complete=True, phrases=phrases)
    assert schema_of(tmp_path, "")["归经"] == Relation("归经", zh="归经", en="meridian tropism")
    zh, en = Say({"归经": relation}, "zh"), Say({"归经": relation}, "en")
    assert zh.statement("归经", "当归", ["肝经", "心经"]) == "当归归肝经、心经"
    assert en.what("归经", True, "肝经") == "the herbs that enter 肝经"


def test_complete_changes_no_other_dataset() -> None:
    """`closed` rules the older questions and pairs; `complete` only what the tasks may call false."""
    assert not Relation("r", complete=True).closed


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('zh_statement: "{head}归"', r"归经\.zh_statement: '{head}归'; it must hold {head} and {tail}, each once"),
        ('en_kind: "herbs of {tail}"', "must hold no placeholder"),
        ('en_question: "Where does {head} {head} go"', "must hold {head}, each once"),
        ('zh_unit: " "', "write a phrase, or leave the key out"),
        ("complete: 7", r"归经\.complete: 7; write true or false"),
        ("zh_phrase: x", "unknown key zh_phrase; known are zh, en, functional"),
    ],
)
def test_a_wrong_phrase_is_the_users_error(tmp_path: Path, entry: str, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        schema_of(tmp_path, entry)
