"""Feeds inputs to a check, each under a limit of CPU time and watched for the files that it opens.

fuzz("markdown", markdown_texts, check)      runs check(text) on INPUTS["markdown"] texts, the same ones every time
"""

from __future__ import annotations

import functools
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from tests.conftest import ROOT

Value = TypeVar("Value")

INPUTS = {
    "content_list": 1500,
    "content_list_v2": 1500,
    "middle": 1200,
    "pages": 1500,
    "any_json": 600,
    "broken_json": 600,
    "deep_json": 200,
    "repeated_json": 400,
    "markdown": 1000,
    "plain_lines": 600,
    "tables": 600,
    "texts": 1200,
    "repetitions": 600,
    "sentences": 600,
    "papers_on_disk": 300,
    "zips": 300,
}
"""How many inputs each check is given."""
SECONDS = 2.0
"""CPU time that one input may take; most take a hundredth."""
_WRITES = (
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "shutil.",
    "os.chmod",
)
_ESCAPES = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect", "os.listdir", "os.scandir")
_CODE = (sys.prefix, sys.base_prefix, str(ROOT / "builders"))
"""Where Python and its packages lie: what is imported, or loaded, at first use is no file of a paper."""


class TooSlowError(BaseException):
    """An input took too long; no `except Exception` holds it back."""


def fuzz(name: str, inputs: SearchStrategy[Value], check: Callable[[Value], None]) -> None:
    """Runs a check on `INPUTS[name]` inputs; Phase.shrink would make one that fails small, but takes minutes."""
    seen = 0

    @settings(
        max_examples=INPUTS[name], derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(inputs)
    def one(value: Value) -> None:
        nonlocal seen
        seen += 1
        with limited():
            check(value)

    one()
    assert seen >= INPUTS[name]


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Raises TooSlowError where the block takes more CPU time, also inside a regular expression."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"more than {seconds} s of CPU time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def watched() -> Iterator[list[tuple[str, str, str]]]:
    """Lists what the block opens, writes or starts: (event, path, mode), as Python's own audit hook tells."""
    events: list[tuple[str, str, str]] = []
    listeners = _listeners()
    listeners.append(events)
    try:
        yield events
    finally:
        listeners.remove(events)


@functools.cache
def _listeners() -> list[list[tuple[str, str, str]]]:
    """An audit hook cannot be removed: one is added, and it tells whoever listens."""
    listeners: list[list[tuple[str, str, str]]] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not listeners or not (event == "open" or event.startswith((*_WRITES, *_ESCAPES))):
            return
        path = str(arguments[0]) if arguments else ""
        mode = str(arguments[1]) if event == "open" else ""
        reads = mode in ("r", "rb") or event in ("os.listdir", "os.scandir")
        if not path.startswith(_CODE) or not (reads or "__pycache__" in path):
            for events in listeners:
                events.append((event, path, mode))

    sys.addaudithook(hook)
    return listeners
