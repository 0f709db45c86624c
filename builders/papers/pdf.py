"""PDFs -> parsed JSON in a cache, several at a time, each file in a process that can be killed.

    with Crew(workers=2, timeout_s=300, memory_gb=4) as crew:
        crew.parse(file, parsed_path(file.sha256(), cache, embedded_tier()))    # Parsed(pages=13), or UnreadablePaper

The cache holds `<tier>/<sha256 of the PDF>.json`. Tiers are named by who reads (`docvortex-0.6.4-1f0c2a3b`,
`mineru-standard`); the embedded one's name ends with a hash of its code here, so a better one reads again, from what
docvortex gave (`docvortex-0.6.4-unmended`). docvortex is the embedded reader; where it is not installed, or fails on a
file, PDFium's plain lines stand in.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from queue import SimpleQueue
from threading import BoundedSemaphore
from typing import Any, TypeVar

import orjson

from builders.papers.find import PaperFile
from builders.papers.pdf_process import Process, ProcessFailure
from builders.papers.raw import UnreadablePaper

PARTIAL = ".partial"
UNMENDED = "-unmended"
"""Ends the folder of what docvortex itself gave."""
_CACHED_BY = (
    *("depth.py", "names.py", "pdf_lines.py", "pdf_mend.py", "pdf_metadata.py"),
    *("pdf_page.py", "pdf_reline.py", "pdf_spans.py", "pdf_worker.py"),
)
"""The code that decides what is in a parsed file."""
_WORKER = (sys.executable, "-m", "builders.papers.pdf_worker")

Reply = TypeVar("Reply")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A PDF that is in the cache now."""

    pages: int
    note: str = ""
    """Why a lesser reader had to do."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a PDF is, found without parsing it."""

    pages: int
    scan: bool


class Crew:
    """Parser processes, each with one file at a time; any thread may ask."""

    def __init__(self, workers: int, timeout_s: float, memory_gb: float) -> None:
        self._crew = [Process(_WORKER, timeout_s, memory_gb) for _ in range(workers)]
        self._idle: SimpleQueue[Process] = SimpleQueue()
        self.turn = BoundedSemaphore(workers)
        for process in self._crew:
            self._idle.put(process)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for process in self._crew:
            process.close()

    def parse(self, file: PaperFile, target: Path) -> Parsed:
        """Parses one PDF into `target`; raises UnreadablePaper where no reader can."""
        failures: list[ProcessFailure] = []
        notes: list[str] = []
        request = {"pdf": str(file.path.resolve()), "out": str(target.resolve())}
        for reader, number in _readers():
            try:
                kept = target.parents[1] / f"{reader}-{number}{UNMENDED}" / target.name
                reply = self._ask(file, {"do": reader, "kept": str(kept.resolve()), **request})
                return Parsed(int(reply["pages"]), "; ".join(notes))
            except ProcessFailure as failure:
                failures.append(failure)
                notes.append(f"{reader}: {failure.words}")
        detail = f"{file.path.name}: {'; '.join(notes)}; raise parse.timeout_s or parse.memory_gb, or run MinerU on it"
        raise UnreadablePaper(failures[0].reason, detail)

    def inspect(self, file: PaperFile) -> Inspection:
        """Counts the pages of a PDF and says whether it is a scan; raises UnreadablePaper where it does not open."""
        try:
            reply = self._ask(file, {"do": "inspect", "pdf": str(file.path.resolve())})
        except ProcessFailure as failure:
            raise UnreadablePaper(failure.reason, f"{file.path.name}: {failure.words}; delete it") from failure
        return Inspection(reply["pages"], reply["scan"])

    def _ask(self, file: PaperFile, request: dict[str, str]) -> dict[str, Any]:
        process = self._idle.get()
        try:
            reply = process.ask(request)
        except OSError as error:
            raise unreadable(file, error) from error
        finally:
            self._idle.put(process)
        if "reason" in reply:
            raise UnreadablePaper(reply["reason"], reply["detail"])
        return reply


def parse_pdfs(
    files: Sequence[PaperFile], cache: Path, *, workers: int = 2, timeout_s: float = 600, memory_gb: float = 4
) -> Iterator[tuple[PaperFile, UnreadablePaper | None]]:
    """Parses PDFs into the cache with the embedded reader; yields each in the order given, with its fault if any."""

    def parse(file: PaperFile) -> UnreadablePaper | None:
        try:
            target = parsed_path(file.sha256(), cache, embedded_tier())
            if not target.is_file():
                crew.parse(file, target)
        except UnreadablePaper as fault:
            return fault
        except OSError as error:
            return unreadable(file, error)
        return None

    with Crew(workers, timeout_s, memory_gb) as crew, threads(workers, crew.close) as pool:
        yield from zip(files, pool.map(parse, files), strict=True)


@contextmanager
def threads(count: int, stop: Callable[[], None]) -> Iterator[ThreadPoolExecutor]:
    """A pool of threads that wait for processes; whoever leaves it early stops those first."""
    pool = ThreadPoolExecutor(count)
    try:
        yield pool
    finally:
        stop()
        pool.shutdown(cancel_futures=True)


def read_parsed(file: PaperFile, cache: Path, tiers: Sequence[str] = ()) -> dict[str, Any]:
    """Gives the parsed form of a PDF by the first tier that has it; the embedded reader parses it now where none does.

    Raises:
        UnreadablePaper: it is in no tier, and the embedded reader fails on it.
    """
    digest = file.sha256()
    found = (parsed_path(digest, cache, tier) for tier in tiers or (embedded_tier(),))
    path = next((path for path in found if path.is_file()), None)
    if path is None:
        path = parsed_path(digest, cache, embedded_tier())
        for _, fault in parse_pdfs([file], cache, workers=1):
            if fault:
                raise fault
    parsed: dict[str, Any] = orjson.loads(path.read_bytes())
    return parsed


def parsed_path(digest: str, cache: Path, tier: str) -> Path:
    """Where a tier keeps the parsed form of a PDF with this hash."""
    return cache / tier / f"{digest}.json"


def write_parsed(target: Path, parsed: dict[str, Any]) -> None:
    """Writes a parsed form aside and renames it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # Named by process: two may be given copies of one PDF.
    partial = target.with_name(f".{target.name}.{os.getpid()}{PARTIAL}")
    partial.write_bytes(orjson.dumps(parsed, option=orjson.OPT_SORT_KEYS))
    os.replace(partial, target)


def unreadable(file: PaperFile, error: OSError) -> UnreadablePaper:
    """The fault of a file that the system does not let us read."""
    return UnreadablePaper("unreadable_file", f"{file.name}: {error.strerror}; check that the file can be read")


def embedded_tier() -> str:
    """The name of the reader that needs nothing but this environment, with versions and a hash of its code."""
    return f"{'-'.join(_readers()[0])}-{_code_version()}"


@functools.cache
def _code_version() -> str:
    """8 hex digits over the modules whose change changes what is in the cache."""
    modules = (Path(__file__).with_name(name).read_bytes() for name in _CACHED_BY)
    return hashlib.sha256(b"".join(modules)).hexdigest()[:8]


@functools.cache
def _readers() -> list[tuple[str, str]]:
    """The readers at hand with their versions, the preferred one first."""
    try:
        return [("docvortex", version("docvortex")), ("pypdfium2", version("pypdfium2"))]
    except PackageNotFoundError:
        return [("pypdfium2", version("pypdfium2"))]
