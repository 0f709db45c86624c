"""Starts a recipe of your own from one that is there: its folder, its datasets' entries, and where your input goes.

python -m builders.new recipe=liver copy=qwen2.5-7b-lora
recipes/liver/*.yaml      the copied stages, with the names of folders and datasets changed
input/liver/papers/       put PDFs, MinerU output and Markdown here
input/liver/triples/      put triples here: CSV, JSON, Excel, Turtle, GraphML, ...
dataset_info.json         gains liver_cpt, liver_sft_graph, ...
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from builders.errors import UserError
from builders.jsonl import aside

RECIPES = Path("recipes")
REGISTRY = Path("dataset_info.json")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
INPUTS = ("papers", "triples")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for."""

    recipe: str
    copy: str

    @staticmethod
    def parse(arguments: Sequence[str]) -> Request:
        """Reads `recipe=<name> copy=<recipe>`; raises UserError where one is missing or no plain name."""
        given = dict(argument.partition("=")[::2] for argument in arguments)
        if set(given) != {"recipe", "copy"}:
            raise UserError(f"{' '.join(arguments) or 'nothing'}: write `make new RECIPE=<name> FROM=<recipe>`")
        for key, name in given.items():
            if not NAME.fullmatch(name):
                raise UserError(f"{key}={name}: a recipe's name is lower-case letters, digits, dots and dashes")
        return Request(given["recipe"], given["copy"])


def start(request: Request) -> list[str]:
    """Makes the recipe; returns one line for each thing that was made."""
    model, folder = RECIPES / request.copy, RECIPES / request.recipe
    if not (model / "build.yaml").is_file():
        known = ", ".join(sorted(path.parent.name for path in RECIPES.glob("*/build.yaml")))
        raise UserError(f"FROM={request.copy}: no such recipe; there are: {known}")
    if folder.exists():
        raise UserError(f"RECIPE={request.recipe}: {folder} is there already; choose another name or delete it")
    inputs = [Path("input") / request.recipe / kind for kind in INPUTS]
    for path in (folder, *inputs):
        path.mkdir(parents=True, exist_ok=True)
    for source in sorted(model.glob("*.yaml")):
        text = renamed(source.read_text(encoding="utf-8"), request)
        if source.name == "build.yaml":
            text = with_inputs(text, inputs)
        (folder / source.name).write_text(text, encoding="utf-8")
    entries = register(request)
    stages = ", ".join(path.name for path in sorted(folder.iterdir()))
    return [f"{folder}/: {stages}", *(f"{path}/" for path in inputs), f"{REGISTRY}: {', '.join(entries)}"]


def renamed(text: str, request: Request) -> str:
    """Replaces the old recipe's name where it names a folder or a dataset, and as the value of `recipe:`."""
    old = re.escape(request.copy)
    text = re.sub(rf"\b(recipes|data|saves|runs)/{old}(?=[/\s\"',]|$)", rf"\1/{request.recipe}", text)
    text = re.sub(rf"(?<![\w.-]){old}_(?=[a-z])", f"{request.recipe}_", text)
    return re.sub(rf"^recipe: {old}$", f"recipe: {request.recipe}", text, flags=re.MULTILINE)


def with_inputs(text: str, inputs: Sequence[Path]) -> str:
    """Points `papers` and `triples` of a build.yaml to the new input folders."""
    for kind, path in zip(INPUTS, inputs, strict=True):
        text = re.sub(rf"^{kind}: .*$", f"{kind}: [{path}]", text, flags=re.MULTILINE)
    stated = yaml.safe_load(text)
    if [stated[kind] for kind in INPUTS] != [[str(path)] for path in inputs]:
        raise UserError("build.yaml: `papers` and `triples` must each stand on one line; mend it and try again")
    return text


def register(request: Request) -> list[str]:
    """Adds the new recipe's entries to dataset_info.json; returns their names."""
    registry = json.loads(REGISTRY.read_text(encoding="utf-8"))
    added = {}
    for name, entry in registry.items():
        if name.startswith(f"{request.copy}_"):
            file_name = entry["file_name"].replace(f"data/{request.copy}/", f"data/{request.recipe}/")
            added[request.recipe + name.removeprefix(request.copy)] = {**entry, "file_name": file_name}
    with aside(REGISTRY) as partial:
        partial.write_text(json.dumps(registry | added, indent=2) + "\n", encoding="ascii")
    return list(added)


def main() -> int:
    try:
        made = start(Request.parse(sys.argv[1:]))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("\n".join(made) + "\nNext: put papers and triples there, then `make data RECIPE=...`.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
