"""What is missing is found before torch is loaded, with the command that makes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders.errors import UserError
from plugins.train.inputs import check_inputs, dataset_files, model_folders, without_empty_datasets

RECIPE = Path("recipes/demo/sft.yaml")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one dataset and one model."""
    monkeypatch.chdir(tmp_path)
    registry = {"demo_sft": {"file_name": "data/demo/sft.jsonl"}, "hub_set": {"hf_hub_url": "somebody/set"}}
    (tmp_path / "dataset_info.json").write_text(json.dumps(registry), encoding="utf-8")
    for file in ("data/demo/sft.jsonl", "saves/demo/cpt/config.json", "recipes/deepspeed/zero3.json"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text('{"zero_optimization": {"stage": 3}}', encoding="utf-8")
    return tmp_path


def stage(**changes: Any) -> dict[str, Any]:
    settings = {"dataset_dir": ".", "dataset": "demo_sft", "output_dir": "saves/demo/sft"}
    return {**settings, "model_name_or_path": "saves/demo/cpt", **changes}


def test_a_complete_stage_passes(root: Path) -> None:
    check_inputs(stage(), RECIPE)
    check_inputs(stage(model_name_or_path="Qwen/Qwen2.5-7B", dataset="demo_sft,hub_set"), RECIPE)
    check_inputs(stage(model_name_or_path=str(root / "saves/demo/cpt")), RECIPE)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"dataset": "demo_stf"}, r"sft.yaml: dataset demo_stf: not in dataset_info.json; did you mean demo_sft\?"),
        ({"dataset_dir": "data"}, r"data/dataset_info.json: no such file; run from the repository's root"),
        ({"eval_dataset": "xyz"}, r"dataset xyz: not in dataset_info.json; add an entry for it"),
        ({"model_name_or_path": "saves/demo/base"}, r"saves/demo/base: no such model; run `make base RECIPE=demo`"),
        (
            {"adapter_name_or_path": "saves/demo/cpt,saves/x/dpo"},
            r"saves/x/dpo: no such model; run `make dpo RECIPE=x",
        ),
        ({"model_name_or_path": "/models/mine"}, r"/models/mine: no such model; correct the path"),
        ({"tokenized_path": "data/demo/cpt_packed"}, r"data/demo/cpt_packed: not built; run `make pack RECIPE=demo`"),
        ({"deepspeed": "recipes/deepspeed/zero4.json"}, r"zero4.json: no such file; recipes/deepspeed has zero2.json"),
    ],
)
def test_what_is_missing_is_named_with_its_remedy(root: Path, changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(UserError, match=complaint) as error:
        check_inputs(stage(**changes), RECIPE)
    assert len(str(error.value).splitlines()) == 1


def test_data_that_was_not_built_names_make_data(root: Path) -> None:
    (root / "data/demo/sft.jsonl").unlink()
    with pytest.raises(UserError, match=r"data/demo/sft.jsonl: not built; run `make data RECIPE=demo`"):
        check_inputs(stage(), RECIPE)


def test_an_export_recipe_is_sent_to_its_program() -> None:
    with pytest.raises(UserError, match=r"run `llamafactory-cli export recipes/demo/export\.yaml`"):
        check_inputs({"export_dir": "saves/demo/export"}, Path("recipes/demo/export.yaml"))


def test_zero_3_does_not_honour_a_new_adapter(root: Path) -> None:
    changes = {"adapter_name_or_path": "saves/demo/cpt", "create_new_adapter": True}
    check_inputs(stage(**changes), RECIPE)
    with pytest.raises(UserError, match="ZeRO-3 ignores create_new_adapter"):
        check_inputs(stage(**changes, deepspeed="recipes/deepspeed/zero3.json"), RECIPE)
    with pytest.raises(UserError, match="quantization_bit: adapters cannot be merged into quantized weights"):
        check_inputs(stage(**changes, quantization_bit=4), RECIPE)


def test_a_tokenized_folder_is_all_that_is_read(root: Path) -> None:
    packed = stage(tokenized_path="data/demo/cpt_packed", dataset="absent")
    assert list(dataset_files(packed, RECIPE)) == [Path("data/demo/cpt_packed")]


def test_hub_names_are_no_folders(root: Path) -> None:
    names = "Qwen/Qwen2.5-7B,saves/demo,./model,../model,a/b/c"
    found = model_folders({"model_name_or_path": "owner/model", "adapter_name_or_path": names})
    assert found == [Path("saves/demo"), Path("model"), Path("../model"), Path("a/b/c")]


def test_a_dataset_without_rows_is_left_out(root: Path) -> None:
    registry = json.loads((root / "dataset_info.json").read_text(encoding="utf-8"))
    registry["demo_empty"] = {"file_name": "data/demo/empty.jsonl"}
    (root / "dataset_info.json").write_text(json.dumps(registry), encoding="utf-8")
    (root / "data/demo/empty.jsonl").touch()
    left, empty = without_empty_datasets(stage(dataset="demo_sft,demo_empty,hub_set"), RECIPE)
    assert (left["dataset"], empty) == ("demo_sft,hub_set", ["demo_empty"])
    assert without_empty_datasets(stage(), RECIPE) == (stage(), [])
    with pytest.raises(UserError, match=r"sft.yaml: dataset: demo_empty without a single row; see dropped.jsonl"):
        without_empty_datasets(stage(dataset="demo_empty"), RECIPE)
