"""`python -m builders.pack recipes/<recipe>/build.yaml key=value`: packs the CPT text of a build."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from builders.config import BuildConfig
from builders.config_file import load
from builders.errors import UserError
from builders.jsonl import read_rows, write_json, write_rows
from builders.pack import fingerprint, load_tokenizer, pack, packed_sources, read_sources, write_packed
from builders.progress import Steps

HELP = """python -m builders.pack recipes/<recipe>/build.yaml [key=value ...]

Packs data/<recipe>/cpt.jsonl into rows of pack.context_tokens token ids, no token lost, and the held-out papers as
the validation split; LLaMA-Factory reads the folder as `tokenized_path`. Nothing is done where nothing changed.

    make pack RECIPE=demo
    python -m builders.pack recipes/demo/build.yaml pack.context_tokens=512 pack.tokenizer=saves/demo/base
"""


def run(config: BuildConfig, steps: Steps) -> dict[str, Any]:
    """Packs both sides, unless the inputs are those of the packing that is there; returns its counts."""
    texts, heldout = config.output / "cpt.jsonl", config.output / "eval" / "heldout_text.jsonl"
    target, stated = config.output / "cpt_packed", config.output / "cpt_packed.json"
    if not texts.is_file():
        raise UserError(f"{texts}: no such file; build it first with `make data RECIPE={config.recipe}`")
    tokenizer = load_tokenizer(config.pack.tokenizer)
    inputs = fingerprint(tokenizer, config.pack, config.seed, [texts, heldout])
    if target.is_dir() and stated.is_file() and orjson.loads(stated.read_bytes())["inputs"] == inputs:
        steps.say(f"{target} is up to date")
        counts: dict[str, Any] = orjson.loads(stated.read_bytes())
        return counts
    steps.say(f"packing {texts} with the tokenizer of {config.pack.tokenizer}")
    splits = {
        "train": pack(read_rows(texts), tokenizer, config.pack, config.seed),
        "validation": pack(read_rows(heldout), tokenizer, config.pack, config.seed),
    }
    splits = {name: rows for name, rows in splits.items() if rows}
    counts = {"inputs": inputs, **_replace(target, splits)}
    sources = read_sources(config.output / "cpt.sources.jsonl") | _heldout_sources(heldout)
    listed = (line for name, rows in splits.items() for line in packed_sources(name, rows, sources))
    write_rows(config.output / "cpt_packed.sources.jsonl", listed)
    write_json(stated, counts)
    return counts


def _heldout_sources(path: Path) -> dict[str, list[dict[str, Any]]]:
    return {row["id"]: [{"document": row["document"], "start": 0, "end": len(row["text"])}] for row in read_rows(path)}


def _replace(target: Path, splits: dict[str, Any]) -> dict[str, Any]:
    """Writes the folder aside and puts it in the place of the old one."""
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    counts = write_packed(partial, splits)
    shutil.rmtree(target, ignore_errors=True)
    os.replace(partial, target)
    return counts


def lines(counts: dict[str, Any]) -> Iterator[str]:
    for name in ("train", "validation"):
        if name in counts:
            yield "  {0:<11} {rows:>8,} rows {tokens:>12,} tokens  {1:.1%} full".format(
                name, counts[name]["fill"], **counts[name]
            )


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    try:
        print("\n".join(lines(run(load(BuildConfig, Path(arguments[0]), arguments[1:]), Steps()))))
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
