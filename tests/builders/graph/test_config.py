from __future__ import annotations

from pathlib import Path

from builders.config_file import load
from builders.graph.config import GraphConfig, QuestionConfig


def test_a_recipe_sets_it(tmp_path: Path) -> None:
    path = tmp_path / "graph.yaml"
    path.write_text("questions: {exposures: 64}\npairs: 300\n", encoding="utf-8")
    config = load(GraphConfig, path, ["recall_facts=null"])
    assert config == GraphConfig(questions=QuestionConfig(exposures=64), pairs=300, recall_facts=None)
