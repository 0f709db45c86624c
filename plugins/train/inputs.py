"""A checked stage in; nothing out, or the first input that is missing with the command that makes it.

Everything here is looked up in small files before torch is loaded: the datasets, the model or the output of the stage
before, the adapters, the DeepSpeed file, and combinations that LLaMA-Factory accepts but does not honour.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import orjson

from builders.errors import UserError
from plugins.train.recipe import Stage

DATASET_INFO = "dataset_info.json"
MADE_BY_MAKE = ("base", "cpt", "sft", "dpo", "export")


def check_inputs(stage: Stage, path: Path) -> None:
    """`path` is the stage's file, `recipes/<recipe>/<stage>.yaml`: complaints and remedies name it."""
    if "output_dir" not in stage:
        remedy = f"run `llamafactory-cli export {path}`" if "export_dir" in stage else "name the folder to write"
        raise UserError(f"{path}: output_dir: missing; {remedy}")
    _check_combinations(stage, path)
    recipe = path.resolve().parent.name
    target = "pack" if stage.get("tokenized_path") else "data"
    for dataset in dataset_files(stage, path):
        if not dataset.exists():
            raise UserError(f"{dataset}: not built; run `make {target} RECIPE={recipe}`")
    for folder in model_folders(stage):
        if not folder.is_dir():
            raise UserError(f"{folder}: no such model; {_how_to_make(folder)}")
    deepspeed = stage.get("deepspeed")
    if isinstance(deepspeed, str) and not Path(deepspeed).is_file():
        raise UserError(f"{path}: deepspeed: {deepspeed}: no such file; recipes/deepspeed has zero2.json, zero3.json")


def without_empty_datasets(stage: Stage, path: Path) -> tuple[Stage, list[str]]:
    """Leaves out datasets whose file has no row (papers without a labelled abstract give none), and names them.

    LLaMA-Factory cannot load an empty file; a stage of which nothing is left is refused.
    """
    names = [] if stage.get("tokenized_path") else as_list(stage.get("dataset"))
    sizes = {name: [file.stat().st_size for file in _files_of(stage, name) if file.is_file()] for name in names}
    empty = [name for name, found in sizes.items() if found == [0]]
    if empty and len(empty) == len(names):
        raise UserError(f"{path}: dataset: {', '.join(empty)} without a single row; see dropped.jsonl beside the file")
    left = [name for name in names if name not in empty]
    return ({**stage, "dataset": ",".join(left)} if empty else stage), empty


def _files_of(stage: Stage, name: str) -> Iterator[Path]:
    folder = Path(stage.get("dataset_dir", "data"))
    entry = _read_json(folder / DATASET_INFO).get(name, {})
    if "file_name" in entry:
        yield folder / entry["file_name"]


def dataset_files(stage: Stage, path: Path) -> Iterator[Path]:
    """What the stage reads: the tokenized folder where one is named (all else is then ignored), else dataset files."""
    if stage.get("tokenized_path"):
        yield Path(stage["tokenized_path"])
        return
    folder = Path(stage.get("dataset_dir", "data"))
    names = [*as_list(stage.get("dataset")), *as_list(stage.get("eval_dataset"))]
    known = _read_json(folder / DATASET_INFO)
    for name in names:
        if name not in known:
            close = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {close[0]}?" if close else "add an entry for it"
            raise UserError(f"{path}: dataset {name}: not in {folder / DATASET_INFO}; {hint}")
        if "file_name" in known[name]:
            yield folder / known[name]["file_name"]


def model_folders(stage: Stage) -> list[Path]:
    """The local folders of the model, the adapters and the reference model; hub names are left out."""
    keys = ("model_name_or_path", "adapter_name_or_path", "ref_model", "ref_model_adapters")
    return [Path(name) for key in keys for name in as_list(stage.get(key)) if not _is_hub_name(name)]


def as_list(value: Any) -> list[str]:
    """LLaMA-Factory takes lists as comma-separated strings, too."""
    if value is None:
        return []
    return [item.strip() for item in value.split(",")] if isinstance(value, str) else list(value)


def _is_hub_name(name: str) -> bool:
    """`owner/model`: one slash, and no folder of that owner lies here."""
    owner, _, model = name.partition("/")
    return bool(model) and "/" not in model and owner not in ("", ".", "..", "saves") and not Path(owner).is_dir()


def _how_to_make(folder: Path) -> str:
    stage, recipe = folder.name, folder.parent.name
    if stage in MADE_BY_MAKE and folder.parent.parent.name == "saves":
        return f"run `make {stage} RECIPE={recipe}`"
    return "correct the path, or train that stage first"


def _check_combinations(stage: Stage, path: Path) -> None:
    if not stage.get("create_new_adapter") or not stage.get("adapter_name_or_path"):
        return
    if stage.get("quantization_bit"):
        raise UserError(
            f"{path}: quantization_bit: adapters cannot be merged into quantized weights;"
            " export the stage before and pass model_name_or_path=<export_dir> adapter_name_or_path=null"
        )
    if zero_stage(stage) == 3:
        raise UserError(
            f"{path}: deepspeed: ZeRO-3 ignores create_new_adapter, so that the reference of DPO would be the wrong"
            " model; use recipes/deepspeed/zero2.json, or export the stage before"
        )


def zero_stage(stage: Stage) -> int:
    """The ZeRO stage that the DeepSpeed file asks for; 0 without one."""
    settings = stage.get("deepspeed")
    if isinstance(settings, str) and Path(settings).is_file():
        settings = _read_json(Path(settings))
    return int(settings.get("zero_optimization", {}).get("stage", 0)) if isinstance(settings, dict) else 0


def _read_json(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise UserError(f"{file}: no such file; run from the repository's root, or pass dataset_dir=<its folder>")
    try:
        content = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise UserError(f"{file}: not JSON ({error})") from error
    if not isinstance(content, dict):
        raise UserError(f"{file}: {type(content).__name__} instead of an object")
    return content
