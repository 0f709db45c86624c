"""Every recipe file is what LLaMA-Factory and our programs take: keys, datasets, chain, no near-copies."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from typing import Any

import pytest
import yaml

from builders.config import BuildConfig
from builders.config_file import load
from eval.config import EvalConfig
from plugins.train.base.config import BaseConfig
from plugins.train.inputs import as_list
from plugins.train.recipe import known_keys, read_stage
from tests.conftest import ROOT

RECIPES = sorted(path.parent.name for path in (ROOT / "recipes").glob("*/cpt.yaml"))
STAGES = ("cpt", "sft", "dpo", "export")
TRAINING = [(recipe, stage) for recipe in RECIPES for stage in STAGES]
REGISTRY: dict[str, Any] = json.loads((ROOT / "dataset_info.json").read_text(encoding="ascii"))
# What a user changes on the command line rather than in a file of its own.
OVERRIDABLE = {
    "model_name_or_path", "adapter_name_or_path", "ref_model", "template", "dataset", "eval_dataset", "tokenized_path",
    "output_dir", "export_dir", "learning_rate", "num_train_epochs", "cutoff_len", "per_device_train_batch_size",
    "gradient_accumulation_steps", "per_device_eval_batch_size", "save_steps", "save_total_limit", "warmup_steps",
    "seed", "lora_rank", "lora_alpha",
}  # fmt: skip
# One value in all recipes; a line that has another says why in a comment.
HOUSE_KEYS = (
    *("dataset_dir", "seed", "logging_steps", "lr_scheduler_type", "warmup_steps", "bf16", "report_to"),
    *("preprocessing_num_workers", "ddp_timeout", "do_train", "export_device", "export_size", "infer_dtype"),
)


def stage(recipe: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "recipes" / recipe / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def test_there_are_the_three_recipes() -> None:
    assert RECIPES == ["demo", "qwen2.5-7b-full", "qwen2.5-7b-lora"]


@pytest.mark.parametrize(("recipe", "name"), TRAINING)
def test_every_key_is_an_argument_of_llamafactory(recipe: str, name: str) -> None:
    assert read_stage(ROOT / "recipes" / recipe / f"{name}.yaml", []).keys() <= known_keys()


@pytest.mark.parametrize("recipe", RECIPES)
def test_base_build_and_eval_files_load(recipe: str) -> None:
    base = load(BaseConfig, ROOT / "recipes" / recipe / "base.yaml")
    assert base.out == f"saves/{recipe}/base"
    build = load(BuildConfig, ROOT / "recipes" / recipe / "build.yaml")
    scored = load(EvalConfig, ROOT / "recipes" / recipe / "eval.yaml")
    assert (build.recipe, scored.recipe) == (recipe, recipe)
    assert scored.data == f"data/{recipe}/eval"
    assert next(iter(scored.models)) == "base"


@pytest.mark.parametrize(("recipe", "name"), TRAINING)
def test_every_dataset_is_registered_and_the_recipes_own(recipe: str, name: str) -> None:
    settings = stage(recipe, name)
    named = [*as_list(settings.get("dataset")), *as_list(settings.get("eval_dataset"))]
    assert all(dataset in REGISTRY for dataset in named)
    assert all(dataset.startswith(f"{recipe}_") for dataset in named)
    if name != "export":
        assert named
        assert settings["dataset_dir"] == "."


def test_every_recipe_has_the_same_set_of_entries() -> None:
    sets = {
        recipe: {name.removeprefix(f"{recipe}_") for name in REGISTRY if name.startswith(f"{recipe}_")}
        for recipe in RECIPES
    }
    assert all(found == sets["demo"] for found in sets.values())
    assert {"cpt", "sft_graph", "sft_papers", "sft_paper_tasks", "sft_logic", "dpo"} <= sets["demo"]
    for recipe in RECIPES:
        for name in sets[recipe]:
            assert REGISTRY[f"{recipe}_{name}"]["file_name"].startswith(f"data/{recipe}/")


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_stage_starts_where_the_one_before_ended(recipe: str) -> None:
    ended = [stage(recipe, name)["output_dir"] for name in ("cpt", "sft", "dpo")]
    assert ended == [f"saves/{recipe}/{name}" for name in ("cpt", "sft", "dpo")]
    for number, name in enumerate(STAGES):
        settings = stage(recipe, name)
        used = [*as_list(settings["model_name_or_path"]), *as_list(settings.get("adapter_name_or_path"))]
        before = f"saves/{recipe}/base" if number == 0 else ended[number - 1]
        assert used[-1] == before, name


@pytest.mark.parametrize("recipe", RECIPES)
def test_what_is_trained_is_what_is_served(recipe: str) -> None:
    """CPT has no chat template; SFT, DPO and export have the one that the starting model's tokenizer renders."""
    assert [stage(recipe, name)["template"] for name in STAGES] == ["empty", *["qwen3_nothink"] * 3]
    assert stage(recipe, "cpt")["tokenized_path"] == f"data/{recipe}/cpt_packed"


@pytest.mark.parametrize("name", STAGES[:3])
def test_no_file_differs_from_another_only_in_what_can_be_overridden(name: str) -> None:
    for one, other in combinations(RECIPES, 2):
        first, second = stage(one, name), stage(other, name)
        differing = {key for key in first | second if first.get(key) != second.get(key)}
        assert differing - OVERRIDABLE, (
            f"{one} and {other}: {name}.yaml differ only in {sorted(differing)}; delete one"
        )


@pytest.mark.parametrize("key", HOUSE_KEYS)
def test_house_keys_agree_or_say_why_not(key: str) -> None:
    lines = []
    for recipe, name in TRAINING:
        text = (ROOT / "recipes" / recipe / f"{name}.yaml").read_text(encoding="utf-8")
        lines += [(f"{recipe}/{name}.yaml", line) for line in text.splitlines() if line.startswith(f"{key}:")]
    assert lines
    usual, _ = Counter(line.split("#")[0].strip() for _, line in lines).most_common(1)[0]
    silent = [(file, line) for file, line in lines if line.split("#")[0].strip() != usual and "#" not in line]
    assert silent == [], f"the others have `{usual}`"


def test_recipes_hold_no_code() -> None:
    assert {path.suffix for path in (ROOT / "recipes").rglob("*") if path.is_file()} <= {".yaml", ".json", ".md"}
