"""Reading a stage: LLaMA-Factory's grammar, its keys, and one line for each mistake."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from builders.errors import UserError
from plugins.train.recipe import known_keys, read_stage


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """A short stage."""
    file = tmp_path / "sft.yaml"
    file.write_text("stage: sft\nlearning_rate: 1.0e-3\nadapter_name_or_path: a,b\n", encoding="utf-8")
    return file


def test_overrides_win_and_are_typed_as_yaml(recipe: Path) -> None:
    stage = read_stage(recipe, ["learning_rate=2e-4", "max_steps=3", "bf16=false", "deepspeed=null"])
    assert stage == {
        **{"stage": "sft", "learning_rate": 2e-4, "adapter_name_or_path": "a,b"},
        **{"max_steps": 3, "bf16": False, "deepspeed": None},
    }


def test_no_stays_a_strategy(recipe: Path) -> None:
    assert read_stage(recipe, ["eval_strategy=no", "save_strategy=steps"])["eval_strategy"] == "no"


@pytest.mark.parametrize(
    ("override", "complaint"),
    [
        ("learning_rat=1", r"yaml: learning_rat: LLaMA-Factory has no such argument; did you mean learning_rate\?"),
        ("lora_rnak=8", r"did you mean lora_rank\?"),
        ("qqqq=8", r"qqqq: LLaMA-Factory has no such argument; delete the line"),
        ("--max_steps=3", r"--max_steps=3: overrides are written key=value, without dashes"),
        ("max_steps", r"max_steps: overrides are written key=value"),
    ],
)
def test_a_mistaken_override_is_named(recipe: Path, override: str, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        read_stage(recipe, [override])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("stage: [sft\n", "sft.yaml: not YAML"),
        ("- stage\n- sft\n", "sft.yaml: a list instead of `key: value` lines"),
        ("stage: sft\nmodel_name: x\n", "sft.yaml: model_name: .* did you mean"),
    ],
)
def test_a_mistaken_file_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "sft.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=complaint):
        read_stage(tmp_path / "sft.yaml", [])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such recipe file"):
        read_stage(tmp_path / "sft.yaml", [])


@pytest.mark.slow
def test_the_keys_read_from_the_sources_are_those_of_the_parser() -> None:
    from llamafactory.hparams.parser import _TRAIN_ARGS

    real = {field.name for kind in _TRAIN_ARGS for field in dataclasses.fields(kind) if field.init}
    assert known_keys() == real
    assert len(real) > 300
