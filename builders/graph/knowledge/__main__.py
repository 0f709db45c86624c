"""Asks a recipe's graph what it holds: `acquire_knowledge` by hand.

    python -m builders.graph.knowledge recipes/demo/build.yaml 人参 归经
    python -m builders.graph.knowledge recipes/demo/build.yaml 元参 "Latin name"       # by another name
    python -m builders.graph.knowledge recipes/demo/build.yaml astrocite "full form"   # misspelt
    python -m builders.graph.knowledge recipes/demo/build.yaml 四君子汤 君药的拉丁学名    # two steps
    make ask-graph RECIPE=demo ENTITY=人参 ATTRIBUTE=归经

Prints the JSON that a model reads, then the triples with where each was found. Needs `make data`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from builders.config import BuildConfig
from builders.config_file import load as load_config
from builders.errors import UserError
from builders.graph.knowledge.lookup import Found
from builders.graph.knowledge.store import load


def lines(found: Found) -> Iterator[str]:
    yield found.json()
    for triple in found.triples:
        yield f"  {triple.head} | {triple.relation} | {triple.tail}   {triple.source or ''}".rstrip()


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    if len(arguments) != 3 or not all(argument.strip() for argument in arguments):
        print("usage: python -m builders.graph.knowledge <build.yaml> <entity> <attribute>", file=sys.stderr)
        return 2
    recipe, entity, attribute = arguments
    try:
        knowledge = load(load_config(BuildConfig, Path(recipe)).output)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(lines(knowledge.acquire_knowledge(entity, attribute))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
