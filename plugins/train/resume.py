"""A stage and its output folder in; whether to start, resume or skip it, or the reason to refuse.

LLaMA-Factory resumes from any checkpoint that lies in `output_dir`, also when the data, the model or the recipe are no
longer those that the checkpoint has seen. So the launcher keeps `fingerprint.json` there and compares:

    {"recipe": {"learning_rate": 0.001, ...}, "files": {"data/demo/dpo.jsonl": "9f86d0...", ...}, "finished": true}
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import orjson

from builders.errors import UserError
from builders.jsonl import write_json
from plugins.train.inputs import dataset_files, model_folders
from plugins.train.recipe import Stage

FINGERPRINT = "fingerprint.json"
MODEL_FILES = ("*.safetensors", "tokenizer.json", "chat_template.jinja")
WHOLE_BYTES = 64 << 20
"""Larger files (weights) are told apart by their size and their first and last MiB."""
END_BYTES = 1 << 20
HARMLESS = (
    *("output_dir", "overwrite_output_dir", "overwrite_cache", "resume_from_checkpoint", "do_train", "disable_tqdm"),
    *("logging_steps", "logging_first_step", "save_steps", "save_strategy", "save_total_limit", "save_only_model"),
    *("report_to", "run_name", "plot_loss", "dataloader_num_workers", "preprocessing_num_workers", "ddp_timeout"),
)
"""Arguments that change nothing in what is learnt."""


class Plan(Enum):
    """What is to be done with the output folder."""

    START = "start"
    RESUME = "resume"
    SKIP = "skip"


@dataclass(frozen=True)
class Fingerprint:
    """All that a checkpoint depends on."""

    recipe: dict[str, Any]
    files: dict[str, str]
    finished: bool = False


def take_fingerprint(stage: Stage, path: Path) -> Fingerprint:
    recipe = {key: stage[key] for key in sorted(stage) if key not in HARMLESS}
    files = [file for root in dataset_files(stage, path) for file in _data_in(root)]
    files += [file for folder in model_folders(stage) for glob in MODEL_FILES for file in sorted(folder.glob(glob))]
    return Fingerprint(recipe, {str(file): _digest(file) for file in files})


def plan(stage: Stage, now: Fingerprint) -> Plan:
    """Decides, and clears what an interrupted or overwritten run has left behind.

    Raises:
        UserError: there is a model or checkpoint that was trained on something else.
    """
    out = Path(stage["output_dir"])
    if stage.get("overwrite_output_dir"):
        _clear(out)
        return Plan.START
    if stage.get("resume_from_checkpoint"):
        return Plan.RESUME
    _drop_incomplete_checkpoints(out)
    checkpoints = sorted(out.glob("checkpoint-*"))
    if not checkpoints and not any(out.glob("*.safetensors")):
        return Plan.START
    before = _read(out / FINGERPRINT)
    changes = _changes(before, now) if before else [f"no {FINGERPRINT} tells on what"]
    if before is None or changes:
        more = f" and {len(changes) - 3} more" if len(changes) > 3 else ""
        raise UserError(
            f"{out}: holds a model trained on something else ({'; '.join(changes[:3])}{more});"
            " pass overwrite_output_dir=true to train anew, or output_dir=<another folder> to keep both"
        )
    if before.finished:
        return Plan.SKIP
    if not checkpoints:  # killed between its last save and its end: nothing to resume from
        _clear(out)
        return Plan.START
    return Plan.RESUME


def record(stage: Stage, fingerprint: Fingerprint, finished: bool) -> None:
    write_json(Path(stage["output_dir"]) / FINGERPRINT, asdict(replace(fingerprint, finished=finished)))


def _read(file: Path) -> Fingerprint | None:
    return Fingerprint(**orjson.loads(file.read_bytes())) if file.is_file() else None


def _changes(before: Fingerprint, now: Fingerprint) -> list[str]:
    """What differs, as a person would say it; files first."""
    found = []
    for file in sorted(before.files.keys() | now.files.keys()):
        if before.files.get(file) != now.files.get(file):
            both = file in before.files and file in now.files
            found.append(f"{file} has changed" if both else f"{file} is new or gone")
    # through JSON, as the values before have been
    recipe = orjson.loads(orjson.dumps(now.recipe))
    for key in sorted(before.recipe.keys() | recipe.keys()):
        if before.recipe.get(key) != recipe.get(key):
            found.append(f"{key} was {before.recipe.get(key)}, is {recipe.get(key)}")
    return found


def _drop_incomplete_checkpoints(out: Path) -> None:
    """The trainer's state is written last: without it, a checkpoint was cut off and could not be resumed from."""
    for checkpoint in out.glob("checkpoint-*"):
        state = checkpoint / "trainer_state.json"
        try:
            orjson.loads(state.read_bytes())
        except (FileNotFoundError, orjson.JSONDecodeError):
            shutil.rmtree(checkpoint)


def _clear(out: Path) -> None:
    """Removes what would be resumed from or appended to; only names that the trainer gives."""
    for checkpoint in out.glob("checkpoint-*"):
        shutil.rmtree(checkpoint)
    for name in ("*.safetensors", "trainer_log.jsonl", FINGERPRINT):
        for file in out.glob(name):
            file.unlink()


def _data_in(root: Path) -> Iterator[Path]:
    """A dataset file itself; of a tokenized folder the tables, whose neighbours hold random names."""
    if root.is_file():
        yield root
    else:
        yield from sorted(root.rglob("*.arrow")) or sorted(file for file in root.rglob("*") if file.is_file())


def _digest(file: Path) -> str:
    size = file.stat().st_size
    with file.open("rb") as content:
        if size <= WHOLE_BYTES or file.suffix != ".safetensors":
            return hashlib.file_digest(content, "sha256").hexdigest()
        first = content.read(END_BYTES)
        content.seek(-END_BYTES, 2)
        return hashlib.sha256(f"{size}".encode() + first + content.read()).hexdigest()
