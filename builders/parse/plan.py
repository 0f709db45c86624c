"""What a run would do, without doing it: how many PDFs and pages, what is parsed, what is a scan, how long it takes.

plan(files, cache, ParseConfig(), Journal(cache))
    ->  Plan(pdfs=40, parsed=12, failed={"encrypted_pdf": 1}, pending=27, pages=351, scans=("old.pdf",), ...)
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from builders.papers.find import PaperFile
from builders.papers.pdf import Crew, Inspection, embedded_tier, threads, unreadable
from builders.papers.raw import UnreadablePaper
from builders.parse.config import ParseConfig
from builders.parse.drive import standing
from builders.parse.journal import Journal
from builders.parse.tiers import mineru_tier, tiers

SECONDS_A_PAGE = 0.42
"""docvortex over 270 pages of papers on an AMD EPYC core; the journal knows better after the first file."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is there to do."""

    pdfs: int
    parsed: int
    failed: dict[str, int]
    """PDFs that are not tried again, by reason."""
    pending: int
    """Different ones: a copy takes no time."""
    pages: int
    """Of the pending ones, scans included."""
    scans: tuple[str, ...]
    broken: tuple[str, ...]
    """Pending ones that cannot even be opened: one line each."""
    seconds: float | None
    """How long it should take; None where MinerU is to parse and nothing is known of its pace here."""


def plan(files: Sequence[PaperFile], cache: Path, config: ParseConfig, journal: Journal) -> Plan:
    """Looks at every PDF that is not parsed yet."""
    pending: dict[str, PaperFile] = {}
    names = tiers(config)
    parsed, failed, broken = 0, Counter[str](), []
    for file in files:
        try:
            stands = standing(file, cache, names, journal)
        except OSError as error:
            failed[unreadable(file, error).reason] += 1
            continue
        if stands.fault:
            failed[stands.fault.reason] += 1
        elif stands.parsed:
            parsed += 1
        else:
            pending.setdefault(file.sha256(), file)
    scans: list[str] = []
    text_pages = scanned_pages = 0
    for file, found in _inspected(list(pending.values()), config):
        if isinstance(found, UnreadablePaper):
            broken.append(str(found))
        elif found.scan:
            scans.append(file.name)
            scanned_pages += found.pages
        else:
            text_pages += found.pages
    return Plan(
        pdfs=len(files),
        parsed=parsed,
        failed=dict(failed),
        pending=len(pending),
        pages=text_pages + scanned_pages,
        scans=tuple(scans),
        broken=tuple(broken),
        seconds=_seconds(text_pages, scanned_pages, config, journal),
    )


def _inspected(
    files: Sequence[PaperFile], config: ParseConfig
) -> Iterator[tuple[PaperFile, Inspection | UnreadablePaper]]:
    def inspect(file: PaperFile) -> Inspection | UnreadablePaper:
        try:
            return crew.inspect(file)
        except UnreadablePaper as fault:
            return fault

    with Crew(config.workers, config.timeout_s, config.memory_gb) as crew, threads(config.workers, crew.close) as pool:
        yield from zip(files, pool.map(inspect, files), strict=True)


def _seconds(text_pages: int, scanned_pages: int, config: ParseConfig, journal: Journal) -> float | None:
    """The time that pages should take; scans cost nothing where they are only reported."""
    embedded = journal.seconds_a_page(embedded_tier()) or SECONDS_A_PAGE
    at_a_time = min(config.workers, os.cpu_count() or 1)
    if not config.uses_mineru:
        return text_pages * embedded / at_a_time
    by_mineru = text_pages + scanned_pages if config.tier == "mineru" else scanned_pages
    mineru = journal.seconds_a_page(mineru_tier(config))
    if by_mineru and mineru is None:
        return None
    both = by_mineru * (mineru or 0.0)
    return both if config.tier == "mineru" else both + text_pages * embedded / at_a_time
