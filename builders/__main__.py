"""`python -m builders recipes/<recipe>/build.yaml key=value`: builds every dataset of a recipe.

`python -m builders forget <paper> recipes/<recipe>/build.yaml`: builds them without a paper, for good.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from builders.build import build
from builders.config import BuildConfig
from builders.config_file import load
from builders.corpus.forget import forget
from builders.errors import UserError
from builders.progress import Steps

HELP = """python -m builders recipes/<recipe>/build.yaml [key=value ...]

Reads papers and triples, and writes data/<recipe>/: the datasets that dataset_info.json names, beside each the
sources of its rows, the evaluation sets, what was dropped and why, and a summary. PDFs are parsed once.

    make data RECIPE=demo
    python -m builders recipes/demo/build.yaml seed=7 split.triples=0.2
    python -m builders recipes/demo/build.yaml 'papers=[input/mine]' 'triples=[]'
    python -m builders recipes/demo/build.yaml engine.kind=ray       (local, pool or ray)
    python -m builders forget 10.1000/x.1 recipes/demo/build.yaml    (a DOI, or a file's name)

`forget` takes a paper and all that was made of it out of the datasets, and no later build uses it again.
Every key with its default stands in builders/config.py and beside what it configures.
"""


def lines(summary: dict[str, Any]) -> Iterator[str]:
    """The summary for a person: what there is, and what was dropped."""
    papers, graph = summary["papers"], summary["graph"]
    yield f"  papers   {papers['train']} to train, {papers['heldout']} held out, {papers['characters']:,} characters"
    yield (
        f"  graph    {graph['triples']:,} triples; groups: {graph['groups_train']} to train, "
        f"{graph['groups_heldout']} held out, {graph['groups_mixed']} set aside"
    )
    for name, counts in summary["datasets"].items():
        if name != "dropped":
            tasks = ", ".join(f"{task} {count:,}" for task, count in counts["tasks"].items())
            yield f"  {name:<13} {counts['rows']:>8,} rows   {tasks}"
    dropped = summary["datasets"]["dropped"]
    yield f"  dropped  {', '.join(f'{count} {reason}' for reason, count in dropped.items()) or 'nothing'}"


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    try:
        if arguments[0] == "forget":
            return _forget(arguments[1:])
        config = load(BuildConfig, Path(arguments[0]), arguments[1:])
        summary = build(config, Steps())
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(lines(summary)))
    if summary["datasets"]["dropped"]:
        print(f"  what was dropped, and why: {config.output / 'dropped.jsonl'}")
    return 0


def _forget(arguments: Sequence[str]) -> int:
    if len(arguments) < 2:
        raise UserError("forget: write `python -m builders forget <DOI or file> recipes/<recipe>/build.yaml`")
    name, recipe, *overrides = arguments
    for line in forget(name, load(BuildConfig, Path(recipe), overrides), Steps()):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
