"""`python -m builders.corpus.report recipes/<recipe>/build.yaml key=value`: what became of the papers, as a page."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from builders.config import BuildConfig
from builders.config_file import load
from builders.corpus.coverage import NAME, coverage, prepared_papers
from builders.corpus.gather import PREPARED
from builders.corpus.report.examples import contaminated, copies, dropped, leaks
from builders.corpus.report.page import Content, page, page_path
from builders.corpus.report.pairs import pairs
from builders.corpus.report.tally import tally
from builders.errors import UserError
from builders.jsonl import aside, write_rows
from builders.output import SUMMARY
from builders.progress import Steps

HELP = """python -m builders.corpus.report recipes/<recipe>/build.yaml [key=value ...]

Shows what became of a recipe's papers, from the files that the build left in data/<recipe>: how many were found, read
and kept, what was mended and left out with examples, who copies whom, what was made of every paper, and twenty random
blocks before and after cleaning, on the picture of their page where the paper is a PDF. Writes one page that needs
nothing else, runs/<recipe>/corpus.html, and data/<recipe>/coverage.jsonl, a row a paper.

    make data RECIPE=demo              first
    make corpus-report RECIPE=demo
"""
PAIRS = 20


def run(config: BuildConfig, steps: Steps) -> Path:
    """Writes the page of a finished build; returns its path.

    Raises:
        UserError: nothing is built yet.
    """
    folder = config.output
    if not (folder / SUMMARY).is_file():
        raise UserError(f"{folder / SUMMARY}: no such file; build it first with `make data RECIPE={config.recipe}`")
    summary = orjson.loads((folder / SUMMARY).read_bytes())
    papers = summary["papers"]["train"] + summary["papers"]["heldout"]
    rows = list(steps.track(coverage(folder), papers, "looking for what was made of each paper"))
    write_rows(folder / NAME, rows)
    steps.say(f"coverage: {len(rows)} papers in {folder / NAME}")
    known = prepared_papers(folder / PREPARED)
    content = Content(
        config.recipe,
        tally(rows, summary),
        dropped(folder, known, config.seed),
        copies(folder),
        contaminated(folder, {row.id: row.path for row in rows if row.id}),
        sum(1 for _ in leaks(folder)),
        list(pairs(config, PAIRS, steps)),
    )
    target = page_path(config.recipe)
    with aside(target) as partial:
        partial.write_text(page(content), encoding="utf-8")
    steps.say(f"report: {len(content.pairs)} blocks before and after, {target.stat().st_size / 1e6:.1f} MB in all")
    return target


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    try:
        print(run(load(BuildConfig, Path(arguments[0]), arguments[1:]), Steps()))
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
