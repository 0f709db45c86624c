"""What a person sees while a build runs: one line a step, and a bar for what takes long.

A library says what it does through this object; only `__main__` decides where it goes. Where the output is no
terminal the bar is a line now and then.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Item = TypeVar("Item")

LINE_EVERY_S = 10.0


class Steps:
    """Says each step with the seconds since the start."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False, soft_wrap=True)
        self._start = time.monotonic()

    def say(self, text: str) -> None:
        self.console.print(f"[dim]{time.monotonic() - self._start:6.1f}s[/dim]  {text}")

    def track(self, items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
        """Passes the items on while a bar (or, without a terminal, a line every ten seconds) shows how far it is."""
        if self.console.is_terminal:
            yield from self._bar(items, total, what)
            return
        said = time.monotonic()
        for number, item in enumerate(items, 1):
            yield item
            if time.monotonic() - said > LINE_EVERY_S:
                said = time.monotonic()
                self.say(f"{what}: {number} of {total}")

    def _bar(self, items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, TimeRemainingColumn(), console=self.console, transient=True) as bar:
            task = bar.add_task(f"        {what}", total=total)
            for item in items:
                yield item
                bar.advance(task)
