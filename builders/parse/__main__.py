"""`python -m builders.parse recipes/<recipe>/build.yaml key=value`: parses the PDFs of a recipe, one at a time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from builders.config import BuildConfig
from builders.config_file import load
from builders.errors import UserError
from builders.papers.find import find_papers
from builders.papers.hashes import with_hashes
from builders.parse.drive import Outcome, parse_papers
from builders.parse.journal import Journal
from builders.parse.pace import duration, shown
from builders.parse.plan import Plan, plan
from builders.progress import Steps

HELP = """python -m builders.parse recipes/<recipe>/build.yaml [key=value ...]

Parses every PDF of the recipe into data/<recipe>/parsed, each in a process that ends at parse.timeout_s or
parse.memory_gb. What is parsed stays parsed, what failed is not tried again, so a second run does what is new; `make
data` then parses nothing. It ends with 0 where at least one PDF is parsed.

    make parse RECIPE=demo ARGS=dry_run=true          how many PDFs, pages and scans, and how long it takes
    make parse RECIPE=demo ARGS=retry_failed=true     once more what failed
    make parse RECIPE=demo ARGS=parse.scans=mineru    scans by MinerU (make setup-mineru)
    make parse RECIPE=demo ARGS="parse.tier=mineru parse.server=http://127.0.0.1:8000"

Every key with its default stands in builders/parse/config.py.
"""


@dataclass(frozen=True)
class ParseRun(BuildConfig):
    """A build's recipe, and how this run goes about it."""

    dry_run: bool = False
    """Only say what there is to do."""
    retry_failed: bool = False
    """Try again what failed before."""


def run(config: ParseRun, steps: Steps) -> Iterator[str]:
    """Parses the PDFs of a recipe and says what became of them, line by line.

    Raises:
        UserError: there is no paper, nothing could be parsed, or MinerU is wanted and not there.
    """
    config.check()
    cache = config.output / "parsed"
    papers = [file for folder in config.papers for file in find_papers(Path(folder))]
    if not papers:
        raise UserError(f"papers: {', '.join(config.papers) or 'none named'}: no paper there; put PDFs into it")
    pdfs = with_hashes([file for file in papers if file.kind == "pdf"], cache)
    steps.say(f"{len(pdfs)} PDFs; {len(papers) - len(pdfs)} papers need no parsing")
    journal = Journal(cache, retry_failed=config.retry_failed)
    if config.dry_run:
        yield from _planned(plan(pdfs, cache, config.parse, journal))
        return
    with journal:
        outcomes = list(shown(parse_papers(pdfs, cache, config.parse, journal), len(pdfs), steps))
    yield from _reported(outcomes)
    if pdfs and not any(outcome.standing.parsed for outcome in outcomes):
        raise UserError(f"{config.recipe}: none of {len(pdfs)} PDFs could be parsed; the lines above say why")


def _planned(found: Plan) -> Iterator[str]:
    yield f"  PDFs     {found.pdfs}"
    yield f"  parsed   {found.parsed}"
    if found.failed:
        failed = ", ".join(f"{count} {reason}" for reason, count in sorted(found.failed.items()))
        yield f"  failed   {failed}; retry_failed=true tries them again"
    yield f"  to parse {found.pending}, {found.pages:,} pages"
    if found.scans:
        yield f"  scans    {len(found.scans)}, such as {found.scans[0]}; parse.scans=mineru lets MinerU read them"
    yield from (f"  broken   {line}" for line in found.broken)
    time = "unknown: MinerU has parsed nothing here yet" if found.seconds is None else duration(found.seconds)
    yield f"  time     {time}"


def _reported(outcomes: Sequence[Outcome]) -> Iterator[str]:
    parsed = Counter(outcome.standing.tier for outcome in outcomes if outcome.standing.parsed)
    new = [outcome for outcome in outcomes if outcome.standing.parsed and outcome.attempts]
    pages = sum(attempt.pages for outcome in new for attempt in outcome.attempts)
    yield f"  parsed   {parsed.total()} of {len(outcomes)} PDFs, {len(new)} of them now ({pages:,} pages)"
    yield from (f"           {count} by {tier}" for tier, count in sorted(parsed.items()))
    for outcome in sorted(outcomes, key=lambda outcome: outcome.file.name):
        if outcome.fault:
            yield f"  failed   {outcome.fault}"


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    try:
        for line in run(load(ParseRun, Path(arguments[0]), arguments[1:]), Steps()):
            print(line)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; what is parsed is kept, run it again to go on", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
