"""`<program> <file>.yaml key=value`: LLaMA-Factory's own grammar, typed.

config = load(BuildConfig, Path("recipes/demo/build.yaml"), ["seed=7", "split.triples=0.2"])
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar, cast

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError

from builders.errors import UserError

Config = TypeVar("Config")


def load(kind: type[Config], path: Path, overrides: Sequence[str] = ()) -> Config:
    """Reads a recipe file over the defaults of a dataclass, then `key=value` overrides, left to right.

    Raises:
        UserError: the file is missing or no YAML mapping, a key is unknown (the nearest known one is suggested), or
            a value has the wrong type.
    """
    if not path.is_file():
        raise UserError(f"{path}: no such recipe file; `ls recipes` shows the recipes, `make new` starts one")
    for override in overrides:
        if "=" not in override:
            raise UserError(f"{override}: overrides are written key=value, without dashes or spaces")
    try:
        merged = OmegaConf.merge(
            OmegaConf.structured(kind), OmegaConf.load(path), OmegaConf.from_dotlist(list(overrides))
        )
        return cast(Config, OmegaConf.to_object(merged))
    except YAMLError as error:
        raise UserError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    except OmegaConfBaseException as error:
        raise UserError(f"{path}: {str(error).splitlines()[0]}") from error
