"""How far a run is, how fast it goes and how long it still takes, in one line.

12 of 40 PDFs, 1.9 pages/s, about 3 min left, 1 failed
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from rich.progress import BarColumn, Progress, TextColumn

from builders.parse.drive import Outcome
from builders.progress import LINE_EVERY_S, Steps


class Pace:
    """Counts outcomes against the clock; what was parsed before this run is no pace."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.seen = self.tried = self.failed = self.pages = 0
        self._began = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        self.seen += 1
        self.tried += bool(outcome.attempts)
        self.failed += outcome.fault is not None
        self.pages += sum(attempt.pages for attempt in outcome.attempts)

    def line(self) -> str:
        words = [f"{self.seen} of {self.total} PDFs"]
        elapsed = time.monotonic() - self._began
        if self.tried and elapsed > 0:
            words.append(f"{self.pages / elapsed:.1f} pages/s")
            words.append(f"about {duration((self.total - self.seen) * elapsed / self.tried)} left")
        if self.failed:
            words.append(f"{self.failed} failed")
        return ", ".join(words)


def duration(seconds: float) -> str:
    """A time as a person says it: `40 s`, `3 min`, `2.4 h`."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def shown(outcomes: Iterator[Outcome], total: int, steps: Steps) -> Iterator[Outcome]:
    """Passes outcomes on while a bar (or, without a terminal, a line now and then) says the pace."""
    pace = Pace(total)
    if not steps.console.is_terminal:
        said = time.monotonic()
        for outcome in outcomes:
            pace.add(outcome)
            if time.monotonic() - said > LINE_EVERY_S:
                said = time.monotonic()
                steps.say(f"parsing: {pace.line()}")
            yield outcome
        return
    with Progress(BarColumn(), TextColumn("{task.description}"), console=steps.console, transient=True) as bar:
        task = bar.add_task("parsing", total=total)
        for outcome in outcomes:
            pace.add(outcome)
            bar.update(task, advance=1, description=pace.line())
            yield outcome
