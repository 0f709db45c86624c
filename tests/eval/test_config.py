from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders.config_file import load
from builders.errors import UserError
from eval.config import EvalConfig, check
from eval.tasks import TASKS
from tests.conftest import ROOT


@pytest.fixture
def config(tmp_path: Path) -> EvalConfig:
    """Everything is there: one model folder and one evaluation set."""
    model, data = tmp_path / "model", tmp_path / "eval"
    for file in (model / "config.json", data / "kg_recall.jsonl"):
        file.parent.mkdir()
        file.write_text("{}", encoding="utf-8")
    places = {"data": str(data), "train_text": "cpt.jsonl", "out": str(tmp_path / "runs")}
    return EvalConfig(recipe="demo", models={"base": str(model)}, tasks=["kg_recall"], **places)


def test_what_is_there_passes(config: EvalConfig) -> None:
    check(config)


def test_a_missing_model_names_the_target_that_trains_it(config: EvalConfig, tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"models\.sft: no model in .*gone; train it with `make cpt sft dpo RECIPE=demo`"
    ):
        check(replace(config, models={"sft": str(tmp_path / "gone")}))


def test_an_adapter_names_the_target_that_merges_it(config: EvalConfig, tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="is a LoRA adapter; merge it with `make export RECIPE=demo`"):
        check(replace(config, models={"sft": str(tmp_path)}))


def test_a_missing_evaluation_set_names_the_target_that_builds_it(config: EvalConfig) -> None:
    with pytest.raises(
        UserError, match=r"papers\.jsonl: no such evaluation set; build it with `make data RECIPE=demo`"
    ):
        check(replace(config, tasks=["kg_recall", "papers"]))


def test_an_unknown_task_lists_the_known_ones(config: EvalConfig) -> None:
    with pytest.raises(UserError, match="tasks: unknown mmlu; known are bits_per_byte, kg_choice"):
        check(replace(config, tasks=["mmlu"]))


def test_a_model_name_cannot_leave_the_folder_of_results(config: EvalConfig) -> None:
    with pytest.raises(UserError, match=r"models\.\.\./x: a name becomes a file name"):
        check(replace(config, models={"../x": "http://127.0.0.1:1"}))


def test_no_models_is_said(config: EvalConfig) -> None:
    with pytest.raises(UserError, match="models: none given"):
        check(replace(config, models={}))


def test_the_demo_recipe_loads_with_overrides() -> None:
    config = load(EvalConfig, ROOT / "recipes/demo/eval.yaml", ["limit=5", "models.sft=other", "max_model_len=256"])
    assert list(config.models) == ["base", "cpt", "sft", "dpo"]
    assert (config.models["sft"], config.limit, config.max_model_len) == ("other", 5, 256)
    assert config.tasks == [name for name in TASKS if not name.startswith("tools")]
    assert config.text_prefix_token == "<|endoftext|>"


def test_a_misspelt_key_is_named() -> None:
    with pytest.raises(UserError, match="Did you mean: 'limit'"):
        load(EvalConfig, ROOT / "recipes/demo/eval.yaml", ["limt=5"])
