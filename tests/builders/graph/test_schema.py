from __future__ import annotations

from pathlib import Path

import pytest

from builders.errors import UserError
from builders.graph.schema import Relation, read_schema
from builders.types import Triple

TRIPLES = [Triple("人参", "归经", "脾经"), Triple("a", "part_of", "b")]


def test_without_a_schema_the_names_are_the_labels() -> None:
    assert read_schema(None, TRIPLES) == {
        "归经": Relation("归经", zh="归经", guessed=True),
        "part_of": Relation("part_of", en="part of", guessed=True),
    }


def test_a_schema_is_read_and_completed(tmp_path: Path) -> None:
    path = tmp_path / "relations.yaml"
    path.write_text("归经: {zh: 归经, en: meridian, functional: true, inverse: 主药}\n", encoding="utf-8")
    assert read_schema(path, TRIPLES) == {
        "归经": Relation("归经", zh="归经", en="meridian", functional=True, inverse="主药"),
        "part_of": Relation("part_of", en="part of", guessed=True),
        "主药": Relation("主药", zh="主药", guessed=True, inverse="归经"),
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- 归经\n", "no mapping"),
        ("归经: 1\n", "归经: no mapping"),
        ("归经: {functionel: true}\n", "unknown key functionel"),
        ("归经: {functional: maybe}\n", "'maybe'; write true or false"),
        ("归经: {zh: [a]}\n", "write a text or null"),
        ("归经: [\n", "not YAML"),
    ],
)
def test_a_wrong_schema_is_the_users_error(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "relations.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=complaint):
        read_schema(path, TRIPLES)


def test_a_missing_schema_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_schema(tmp_path / "none.yaml", TRIPLES)
