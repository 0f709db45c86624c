"""What a person sees while it runs: steps in, a live bar on a terminal, plain lines elsewhere.

with steps.step("sft: kg_recall", total=120) as advance:
    advance(1)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

LINE_EVERY_S = 10.0


class Steps:
    """Names each step when it begins, how far it is, and how long it took."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, line: str) -> None:
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)

    @contextmanager
    def step(self, title: str, total: int | None = None, unit: str = "") -> Iterator[Callable[[int], None]]:
        """Yields what is to be called with the number of items just done."""
        started = time.monotonic()
        with self._bar(title, total) if self._console.is_terminal else self._lines(title, total, unit) as advance:
            yield advance
        self.say(f"{title}: done in {time.monotonic() - started:.1f} s")

    @contextmanager
    def waiting(self, title: str) -> Iterator[Callable[[str], None]]:
        """Yields what is to be called with the newest sign of life."""
        started = shown = time.monotonic()
        self.say(f"{title} ...")

        def tell(sign: str) -> None:
            nonlocal shown
            if time.monotonic() - shown >= LINE_EVERY_S:
                shown = time.monotonic()
                self.say(f"{title}: {shown - started:.0f} s, last said: {sign[:100]}")

        yield tell

    @contextmanager
    def _bar(self, title: str, total: int | None) -> Iterator[Callable[[int], None]]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(title, total=total)
            yield lambda count: progress.advance(task, count)

    @contextmanager
    def _lines(self, title: str, total: int | None, unit: str) -> Iterator[Callable[[int], None]]:
        done, shown = 0, time.monotonic()
        self.say(f"{title} ...")

        def advance(count: int) -> None:
            nonlocal done, shown
            done += count
            if time.monotonic() - shown >= LINE_EVERY_S:
                shown = time.monotonic()
                self.say(f"{title}: {done}{'' if total is None else f' of {total}'} {unit}".rstrip())

        yield advance
