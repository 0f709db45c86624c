"""PDFs -> parsed JSON in a cache, two at a time, each file in a process that can be killed.

    for file, fault in parse_pdfs(papers, Path(".cache/papers"), workers=2, timeout_s=600):
        print(file.name, fault or "parsed")

The cache holds `<reader>/<sha256 of the PDF>.json`, so a second run parses only what is new; the reader's name there
ends with a hash of its code here, so a better one reads again. docvortex is the reader; where it is not installed, or
fails on a file, PDFium's plain lines stand in.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

import orjson

from builders.papers.find import PaperFile
from builders.papers.raw import UnreadablePaper

_ROOT = Path(__file__).resolve().parents[2]
_CACHED_BY = ("pdf_lines.py", "pdf_mend.py", "pdf_worker.py")


def parse_pdfs(
    files: Sequence[PaperFile], cache: Path, *, workers: int = 2, timeout_s: float = 600
) -> Iterator[tuple[PaperFile, UnreadablePaper | None]]:
    """Parses PDFs into the cache, in the order given; yields each file as it is done, with its fault if it has one.

    Args:
        files: The PDFs.
        cache: Folder of parsed files, made where missing.
        workers: How many are parsed at a time, each in a process of its own.
        timeout_s: Seconds after which a parse is given up and its process killed.
    """
    idle: SimpleQueue[_Worker] = SimpleQueue()
    crew = [_Worker(timeout_s) for _ in range(workers)]
    for worker in crew:
        idle.put(worker)

    def parse(file: PaperFile) -> UnreadablePaper | None:
        worker = idle.get()
        try:
            return _parse(file, cache, worker)
        except OSError as error:
            return unreadable(file, error)
        finally:
            idle.put(worker)

    pool = ThreadPoolExecutor(workers)
    try:
        yield from zip(files, pool.map(parse, files), strict=True)
    finally:
        for worker in crew:
            worker.close()
        pool.shutdown(cancel_futures=True)


def read_parsed(file: PaperFile, cache: Path) -> dict[str, Any]:
    """Gives the parsed form of a PDF, from the cache or by parsing it now; raises UnreadablePaper where it fails."""
    target = _target(file, cache)
    if not target.is_file():
        for _, fault in parse_pdfs([file], cache, workers=1):
            if fault:
                raise fault
    parsed: dict[str, Any] = orjson.loads(target.read_bytes())
    return parsed


def unreadable(file: PaperFile, error: OSError) -> UnreadablePaper:
    """The fault of a file that the system does not let us read."""
    return UnreadablePaper("unreadable_file", f"{file.name}: {error.strerror}; check that the file can be read")


def _target(file: PaperFile, cache: Path) -> Path:
    return cache / f"{'-'.join(_readers()[0])}-{_code_version()}" / f"{file.sha256()}.json"


@functools.cache
def _code_version() -> str:
    """8 hex digits over the modules whose change changes what is in the cache."""
    modules = (Path(__file__).with_name(name).read_bytes() for name in _CACHED_BY)
    return hashlib.sha256(b"".join(modules)).hexdigest()[:8]


def _readers() -> list[tuple[str, str]]:
    """The readers at hand with their versions, the preferred one first."""
    try:
        return [("docvortex", version("docvortex")), ("pypdfium2", version("pypdfium2"))]
    except PackageNotFoundError:
        return [("pypdfium2", version("pypdfium2"))]


def _parse(file: PaperFile, cache: Path, worker: _Worker) -> UnreadablePaper | None:
    target = _target(file, cache)
    if target.is_file():
        return None
    failures = []
    for reader, _ in _readers():
        try:
            reply = worker.ask({"reader": reader, "pdf": str(file.path.resolve()), "out": str(target.resolve())})
        except _ParserFailure as failure:
            failures.append(f"{reader}: {failure}")
            continue
        return UnreadablePaper(reply["reason"], reply["detail"]) if reply else None
    detail = f"{file.path.name}: {'; '.join(failures)}; raise the time limit, or run MinerU on it"
    return UnreadablePaper("broken_pdf", detail)


class _ParserFailure(Exception):
    """The parser died on a file or took too long."""


class _Worker:
    """One parser process, started at the first request and again after each failure."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._closed = False
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._log: IO[bytes] | None = None

    def ask(self, request: dict[str, str]) -> dict[str, str]:
        """Sends one request and waits for its reply; raises `_ParserFailure` where none comes in time."""
        if self._process is not None and self._process.poll() is not None:
            self._kill()
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self._timeout_s)
        line = process.stdout.readline() if ready else ""
        if line:
            reply: dict[str, str] = json.loads(line)
            return reply
        last_words = self._kill()
        raise _ParserFailure(last_words if ready else f"not done after {self._timeout_s:g} s")

    def close(self) -> None:
        """Ends the process, for good."""
        self._closed = True
        self._kill()

    def _start(self) -> subprocess.Popen[str]:
        if self._closed:
            raise _ParserFailure("stopped")
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 -- lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", "builders.papers.pdf_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            cwd=_ROOT,
            start_new_session=True,
        )
        return self._process

    def _kill(self) -> str:
        """Ends the process with its children; returns the last line that it wrote to its log."""
        with self._lock:
            process, log = self._process, self._log
            self._process = self._log = None
        if process is None or log is None:
            return "stopped"
        with contextlib.suppress(ProcessLookupError):
            # Its whole group: docvortex has children, which outlive it.
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        with log:
            log.seek(0)
            words = log.read().decode("utf-8", "replace").strip().splitlines()
        return words[-1] if words else "ended without a word"
