"""A process that works for us and can be killed: with its children, when it takes too long or too much memory.

process = Process([sys.executable, "-m", "builders.papers.pdf_worker"], timeout_s=300, memory_gb=4)
reply = process.ask({"reader": "docvortex", "pdf": "in.pdf", "out": "out.json"})     # raises ProcessFailure
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Literal

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
_LOOK_EVERY_S = 0.5
_GB = 1024**3

Fault = Literal["timeout", "out_of_memory", "parser_crash"]


class ProcessFailure(Exception):
    """The process died on its work, took too long or too much memory."""

    def __init__(self, reason: Fault, words: str) -> None:
        """Takes the fault's name and what is known of it."""
        super().__init__(reason, words)
        self.reason = reason
        self.words = words


class Process:
    """One process, started at the first request and again after each failure; one request at a time."""

    def __init__(self, command: Sequence[str], timeout_s: float, memory_gb: float) -> None:
        self._command = command
        self._timeout_s = timeout_s
        self._memory_gb = memory_gb
        self._closed = False
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._log: IO[bytes] | None = None

    def ask(self, request: dict[str, str]) -> dict[str, Any]:
        """Sends one request line and waits for its reply line; raises ProcessFailure where none comes in time."""
        if self._process is not None and self._process.poll() is not None:
            self._kill()
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            fault = wait(process, self._timeout_s, self._memory_gb, process.stdout)
            line = "" if fault else process.stdout.readline()
        except OSError:
            fault, line = None, ""  # it died while it was asked; its log says of what
        if line:
            reply: dict[str, Any] = json.loads(line)
            return reply
        last_words = self._kill()
        raise fault or ProcessFailure("parser_crash", last_words)

    def close(self) -> None:
        """Ends the process, for good."""
        self._closed = True
        self._kill()

    def _start(self) -> subprocess.Popen[str]:
        if self._closed:
            raise ProcessFailure("parser_crash", "stopped")
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 -- lives as long as the process
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            cwd=ROOT,
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
        end(process)
        with log:
            log.seek(0)
            words = log.read().decode("utf-8", "replace").strip().splitlines()
        return words[-1] if words else "ended without a word"


def wait(
    process: subprocess.Popen[Any], timeout_s: float, memory_gb: float, reply: IO[str] | None = None
) -> ProcessFailure | None:
    """Waits until the process has ended, or has something to read on `reply`; says what limit it went over first."""
    deadline = time.monotonic() + timeout_s
    while True:
        left = max(0.0, min(_LOOK_EVERY_S, deadline - time.monotonic()))
        if _ready(process, left, reply):
            return None
        if (used := resident_bytes(process.pid)) > memory_gb * _GB:
            return ProcessFailure("out_of_memory", f"it held {used / _GB:.1f} GB, more than {memory_gb:g} GB")
        if time.monotonic() >= deadline:
            return ProcessFailure("timeout", f"not done after {timeout_s:g} s")


def _ready(process: subprocess.Popen[Any], seconds: float, reply: IO[str] | None) -> bool:
    if reply is not None:
        return bool(select.select([reply], [], [], seconds)[0])
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def resident_bytes(pid: int) -> int:
    """The memory that a process and its children hold."""
    total = 0
    try:
        process = psutil.Process(pid)
        for member in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):  # it has just ended
                total += member.memory_info().rss
    except psutil.NoSuchProcess:
        return 0
    return total


def end(process: subprocess.Popen[Any]) -> None:
    """Kills a process that leads a session, and all that it started, which outlive it otherwise."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def end_with(parent: int) -> None:
    """Waits until the process that we work for is gone, then ends this one and its children, if it leads a session."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_S)
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
