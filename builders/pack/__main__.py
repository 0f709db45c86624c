"""`python -m builders.pack recipes/<recipe>/build.yaml key=value`: packs the CPT text of a build."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from builders.config import BuildConfig
from builders.config_file import load
from builders.errors import UserError
from builders.jsonl import write_json
from builders.pack.packing import Packing
from builders.pack.vocabulary import Vocabulary, load_vocabulary
from builders.progress import Steps

HELP = """python -m builders.pack recipes/<recipe>/build.yaml [key=value ...]

Packs data/<recipe>/cpt.jsonl into rows of pack.context_tokens token ids, no token lost, and the held-out papers as
the validation split; LLaMA-Factory reads the folder as `tokenized_path`. Nothing is done where nothing changed.

    make pack RECIPE=demo
    python -m builders.pack recipes/demo/build.yaml pack.context_tokens=512 pack.tokenizer=saves/demo/base
    python -m builders.pack recipes/demo/build.yaml pack.replay=[input/general.jsonl] pack.replay_share=0.05
"""

LAYOUT = "rows 2"
"""Changed with what is written, so that a packing of an older program is made anew."""


def run(config: BuildConfig, steps: Steps) -> dict[str, Any]:
    """Packs both sides, unless the inputs are those of the packing that is there; returns its counts.

    Raises:
        UserError: the build is not there, or the tokenizer or the replay cannot be used.
    """
    config.pack.check()
    texts, heldout = config.output / "cpt.jsonl", config.output / "eval" / "heldout_text.jsonl"
    stated = config.output / "cpt_packed.json"
    if not texts.is_file():
        raise UserError(f"{texts}: no such file; build it first with `make data RECIPE={config.recipe}`")
    vocabulary = load_vocabulary(config.pack)
    sources = [config.output / "cpt.sources.jsonl", config.output / "documents.jsonl"]
    inputs = fingerprint(vocabulary, config, [texts, heldout, *sources, *map(Path, config.pack.replay)])
    if (config.output / "cpt_packed").is_dir() and stated.is_file():
        counts: dict[str, Any] = orjson.loads(stated.read_bytes())
        if counts["inputs"] == inputs:
            steps.say(f"{config.output / 'cpt_packed'} is up to date")
            return counts
    steps.say(f"packing {texts} with the tokenizer of {config.pack.tokenizer}")
    with Packing(config, vocabulary, steps) as packing:
        packing.validation(heldout, sources[1])
        packing.train(texts, *sources)
        counts = {"inputs": inputs, **packing.counts}
        stated.unlink(missing_ok=True)  # from here on until it is there again, the folder is known to be incomplete
        packing.publish()
    write_json(stated, counts)
    return counts


def fingerprint(vocabulary: Vocabulary, config: BuildConfig, files: Sequence[Path]) -> str:
    """Names the inputs of a packing, so that a second run with the same inputs has nothing to do."""
    settings = (LAYOUT, config.pack, config.seed, vocabulary.tokenizer.to_str())
    digest = hashlib.sha256(repr(settings).encode())
    for path in files:
        if path.is_file():
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def lines(counts: dict[str, Any]) -> Iterator[str]:
    for name in ("train", "validation"):
        if name in counts:
            yield (
                "  {0:<11} {rows:>8,} rows {tokens:>12,} tokens  {fill:.2%} full, {cuts:,} cuts,"
                " {cuts_at_sentence:,} of them between sentences"
            ).format(name, **counts[name])
    if counts["replay"]["documents"]:
        yield "  {0:<11} {documents:>8,} documents {tokens:>7,} tokens".format("replay", **counts["replay"])


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    # The Makefile turns this off for programs that fork after the tokenizer ran; this one does not.
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    try:
        print("\n".join(lines(run(load(BuildConfig, Path(arguments[0]), arguments[1:]), Steps()))))
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
