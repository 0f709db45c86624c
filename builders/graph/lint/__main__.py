"""`python -m builders.graph.lint recipes/<recipe>/build.yaml key=value`: what is wrong with a recipe's triples."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from builders.config import BuildConfig
from builders.config_file import load
from builders.errors import UserError
from builders.graph.lint.check import check
from builders.graph.lint.finding import Finding
from builders.graph.lint.gather import gather
from builders.graph.lint.page import SHOWN, Content, page
from builders.graph.lint.table import write_table
from builders.jsonl import aside
from builders.progress import Steps

HELP = """python -m builders.graph.lint recipes/<recipe>/build.yaml [key=value ...]

Reads the triples of a recipe as a build does, and says what is wrong with them, or may be: what reading mended and
left out, what contradicts relations.yaml, names and relations that may be one, types, parts without a link, hubs.
Writes runs/<recipe>/graph_lint.csv, a row a finding, and graph_lint.html, to look at. Changes nothing.

    make lint-graph RECIPE=demo
    python -m builders.graph.lint recipes/demo/build.yaml 'triples=[input/kg.xlsx]' relations=null
"""


def run(config: BuildConfig, steps: Steps) -> Content:
    """Writes the page and the table; returns what the page shows.

    Raises:
        UserError: there are no triples to read, or relations.yaml is wrong.
    """
    config.check()
    if not config.triples:
        raise UserError(f"{config.recipe}: no triples; name a file of them in build.yaml")
    gathered = gather(config.triples, config.graph.head_key)
    steps.say(f"read {len(gathered.triples):,} facts from {len(gathered.read)} files")
    findings, figures = check(gathered, Path(config.relations) if config.relations else None)
    folder = Path("runs") / config.recipe
    counts: Counter[tuple[str, str]] = Counter()
    shown: dict[str, list[Finding]] = defaultdict(list)
    for finding in write_table(folder / "graph_lint.csv", findings):
        counts[finding.finding, finding.done] += 1
        if len(shown[finding.finding]) < SHOWN:
            shown[finding.finding].append(finding)
    content = Content(config.recipe, figures, gathered.read, counts, shown)
    with aside(folder / "graph_lint.html") as partial:
        partial.write_text(page(content), encoding="utf-8")
    steps.say(f"{counts.total():,} findings in {folder / 'graph_lint.csv'} and {folder / 'graph_lint.html'}")
    return content


def lines(content: Content) -> Iterator[str]:
    """The counts for a person."""
    figures = content.figures
    yield (
        f"  {figures.triples:,} facts, {figures.entities:,} names, {figures.relations:,} relations, "
        f"{figures.types:,} types; {figures.components:,} parts, {figures.largest:,} entities in the largest"
    )
    for (finding, done), count in sorted(content.counts.items()):
        yield f"  {finding:<19} {count:>9,}  {done}"
    if not content.counts:
        yield "  nothing found"


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    try:
        content = run(load(BuildConfig, Path(arguments[0]), arguments[1:]), Steps())
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(lines(content)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
