"""A stage's YAML and `key=value` overrides in; a checked dict of LLaMA-Factory's own arguments out.

    read_stage(Path("recipes/demo/sft.yaml"), ["max_steps=2"])  ->  {"stage": "sft", "max_steps": 2, ...}

The known keys are read from the sources of the installed packages without importing them, so that a misspelt key is
answered in a second and not after torch has loaded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from omegaconf import OmegaConf
from yaml import YAMLError

from builders.errors import UserError

Stage = dict[str, Any]

STRATEGIES = ("eval_strategy", "save_strategy", "logging_strategy")
TRAINING_ARGUMENTS = {
    "llamafactory": [
        "hparams/model_args.py",
        "hparams/data_args.py",
        "hparams/training_args.py",
        "hparams/finetuning_args.py",
        "hparams/generating_args.py",
    ],
    "transformers": ["training_args.py", "training_args_seq2seq.py"],
}


def read_stage(path: Path, overrides: Sequence[str]) -> Stage:
    """Reads the file as LLaMA-Factory does, then checks that every key is known."""
    if not path.is_file():
        raise UserError(f"{path}: no such recipe file; `ls recipes` shows the recipes, `make new` starts one")
    for override in overrides:
        if "=" not in override or override.startswith("-"):
            raise UserError(f"{override}: overrides are written key=value, without dashes or spaces")
    try:
        loaded = OmegaConf.load(path)
    except YAMLError as error:
        raise UserError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not OmegaConf.is_dict(loaded):
        raise UserError(f"{path}: a list instead of `key: value` lines")
    stage = cast(Stage, OmegaConf.to_container(OmegaConf.merge(loaded, OmegaConf.from_cli(list(overrides)))))
    check_keys({str(key) for key in stage}, path)
    # YAML reads `no` as false, which LLaMA-Factory then refuses as "not a valid IntervalStrategy"
    return stage | {key: "no" for key in STRATEGIES if stage.get(key) is False}


def check_keys(keys: set[str], path: Path) -> None:
    known = known_keys()
    for key in sorted(keys - known):
        close = get_close_matches(key, known, n=1, cutoff=0.6)
        hint = f"did you mean {close[0]}?" if close else "delete the line"
        raise UserError(f"{path}: {key}: LLaMA-Factory has no such argument; {hint}")


@cache
def known_keys() -> frozenset[str]:
    """Every argument that a training recipe may name."""
    names: set[str] = set()
    for package, files in TRAINING_ARGUMENTS.items():
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise UserError(f"{package} is not installed in this environment; run `make setup`")
        for file in files:
            names.update(_dataclass_fields(Path(spec.origin).parent / file))
    return frozenset(names)


def _dataclass_fields(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(mark) for mark in node.decorator_list):
            for line in node.body:
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and not _is_internal(line):
                    yield line.target.id


def _is_internal(line: ast.AnnAssign) -> bool:
    return line.value is not None and "init=False" in ast.unparse(line.value)
