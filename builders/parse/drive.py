"""PDFs in, the parsed ones in the cache out; each attempt in the journal, whatever becomes of the others.

    with Journal(cache) as journal:
        for outcome in parse_papers(files, cache, config, journal):       # as they are done
            print(outcome.file.name, outcome.fault or "parsed")

A PDF that a tier has parsed is parsed; one that it failed on is not tried again by it. So a second run takes up what
is new, and a build after `make parse` parses nothing.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import psutil  # type: ignore[import-untyped]

from builders.papers.find import PaperFile
from builders.papers.pdf import PARTIAL, Crew, Parsed, parsed_path, threads, unreadable
from builders.papers.raw import UnreadablePaper
from builders.parse.commands import WORK, Command, find_command
from builders.parse.config import ParseConfig
from builders.parse.journal import Entry, Journal
from builders.parse.server import Server
from builders.parse.tiers import is_mineru, passes_on, telling, tiers


class Engine(Protocol):
    """What can parse a PDF."""

    @property
    def turn(self) -> AbstractContextManager[Any]:
        """To be held for a PDF: lets in as many as it takes at a time."""

    def parse(self, file: PaperFile, target: Path) -> Parsed: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a PDF stands: parsed by `tier`, to be parsed by it, or failed with `fault`."""

    tier: str = ""
    parsed: bool = False
    fault: UnreadablePaper | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one PDF in this run."""

    file: PaperFile
    standing: Standing
    attempts: tuple[Entry, ...] = ()
    """Empty where nothing had to be done."""

    @property
    def fault(self) -> UnreadablePaper | None:
        return self.standing.fault


def standing(file: PaperFile, cache: Path, names: Sequence[str], journal: Journal) -> Standing:
    """Where a PDF stands, by the cache and the journal; raises OSError where it cannot be read."""
    digest = file.sha256()
    faults: list[UnreadablePaper] = []
    for tier in names:
        if parsed_path(digest, cache, tier).is_file():
            return Standing(tier, parsed=True)
        fault = journal.fault(digest, tier)
        if fault is None:
            return Standing(tier)
        faults.append(fault)
        if not passes_on(tier, fault):
            break
    return Standing(fault=telling(faults))


def parse_papers(files: Sequence[PaperFile], cache: Path, config: ParseConfig, journal: Journal) -> Iterator[Outcome]:
    """Parses what is not parsed yet and yields every PDF once, with what became of it; the journal is held (`with`).

    Raises:
        UserError: MinerU is asked for and is not there, or its server is gone.
    """
    clear_leftovers(cache)
    names = tiers(config)
    waiting: defaultdict[str, list[PaperFile]] = defaultdict(list)
    for file in files:
        try:
            stands = standing(file, cache, names, journal)
        except OSError as error:
            yield Outcome(file, Standing(fault=unreadable(file, error)))
            continue
        if stands.parsed or stands.fault:
            yield Outcome(file, stands)
        else:
            waiting[file.sha256()].append(file)  # copies of one PDF are parsed once
    if waiting:
        yield from _parse(waiting, cache, config, journal)


def _parse(
    waiting: dict[str, list[PaperFile]], cache: Path, config: ParseConfig, journal: Journal
) -> Iterator[Outcome]:
    with ExitStack() as opened:
        run = _Run(cache, config, journal, opened)
        pool = opened.enter_context(threads(config.workers, run.stop))
        futures = {pool.submit(run.settle, copies[0]): copies for copies in waiting.values()}
        for future in as_completed(futures):
            outcome = future.result()
            yield outcome
            yield from (Outcome(copy, outcome.standing) for copy in futures[future][1:])


class _Run:
    """The engines of one run, and what they do with a PDF."""

    def __init__(self, cache: Path, config: ParseConfig, journal: Journal, opened: ExitStack) -> None:
        self._cache = cache
        self._journal = journal
        self._names = tiers(config)
        self._stopped = threading.Event()
        self._engines: dict[str, Engine] = {}
        for tier in self._names:
            self._engines[tier] = _engine(tier, config, cache)
            opened.callback(self._engines[tier].close)

    def stop(self) -> None:
        """Ends all engines; what was in hand is as if it had never begun."""
        self._stopped.set()
        for engine in self._engines.values():
            engine.close()

    def settle(self, file: PaperFile) -> Outcome:
        """Tries one tier after the other until the PDF is parsed, or none is left."""
        attempts: list[Entry] = []
        while True:
            stands = standing(file, self._cache, self._names, self._journal)
            if stands.parsed or stands.fault:
                return Outcome(file, stands, tuple(attempts))
            attempts.append(self._attempt(file, stands.tier))
            if self._stopped.is_set():
                return Outcome(file, Standing(fault=attempts[-1].fault), tuple(attempts))

    def _attempt(self, file: PaperFile, tier: str) -> Entry:
        digest = file.sha256()
        with self._engines[tier].turn:
            began = time.monotonic()
            tried = self._tried(file, digest, tier)
            entry = replace(tried, seconds=round(time.monotonic() - began, 3))
        if not self._stopped.is_set():
            self._journal.write(entry)
        return entry

    def _tried(self, file: PaperFile, digest: str, tier: str) -> Entry:
        try:
            parsed = self._engines[tier].parse(file, parsed_path(digest, self._cache, tier))
        except UnreadablePaper as fault:
            return Entry(file.name, digest, tier, 0.0, 0, "failed", fault.reason, fault.detail)
        except OSError as error:
            refused = unreadable(file, error)
            return Entry(file.name, digest, tier, 0.0, 0, "failed", refused.reason, refused.detail)
        reason = "lesser_reader" if parsed.note else ""
        return Entry(file.name, digest, tier, 0.0, parsed.pages, "done", reason, parsed.note)


def _engine(tier: str, config: ParseConfig, cache: Path) -> Engine:
    if not is_mineru(tier):
        return Crew(config.workers, config.timeout_s, config.memory_gb)
    return Server(config.server, config) if config.server else Command(find_command(), config, cache)


def clear_leftovers(cache: Path) -> None:
    """Deletes what a killed run left half-written; the journal's lock says that nobody else is at it."""
    for work in cache.glob(f"{WORK}*"):
        shutil.rmtree(work, ignore_errors=True)
    for partial in cache.glob(f"*/.*{PARTIAL}"):
        writer = partial.name.removesuffix(PARTIAL).rpartition(".")[2]
        if not (writer.isdecimal() and psutil.pid_exists(int(writer))):
            partial.unlink(missing_ok=True)
