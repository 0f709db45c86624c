"""Rate and time left are those of this run; what was parsed before counts for neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.papers import PaperFile, UnreadablePaper
from builders.parse.drive import Outcome, Standing
from builders.parse.journal import Entry
from builders.parse.pace import Pace, duration

FILE = PaperFile(Path("a.pdf"), "a.pdf", "pdf")
TRIED = Outcome(FILE, Standing("t", parsed=True), (Entry("a.pdf", "aa", "t", 5.0, 20, "done"),))
FAILED = Outcome(FILE, Standing(fault=UnreadablePaper("timeout", "a.pdf")), (Entry("a", "aa", "t", 5.0, 0, "failed"),))


def test_the_line_says_how_far_how_fast_and_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("builders.parse.pace.time.monotonic", lambda: now)
    pace = Pace(40)
    pace.add(Outcome(FILE, Standing("t", parsed=True)))
    assert pace.line() == "1 of 40 PDFs"
    now = 110.0
    pace.add(TRIED)
    assert pace.line() == "2 of 40 PDFs, 2.0 pages/s, about 6 min left"
    now = 120.0
    pace.add(FAILED)
    assert pace.line() == "3 of 40 PDFs, 1.0 pages/s, about 6 min left, 1 failed"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (99.0, "99 s"), (100.0, "2 min"), (5999.0, "100 min"), (8640.0, "2.4 h")]
)
def test_durations_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said
