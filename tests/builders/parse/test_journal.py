"""The journal survives kills: a torn last line was never written, a failure is remembered until it is retried."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.errors import UserError
from builders.parse.journal import NAME, Entry, Journal

DONE = Entry("a.pdf", "aa", "docvortex-1", 6.0, 12, "done")
FAILED = Entry("b.pdf", "bb", "docvortex-1", 0.1, 0, "failed", "broken_pdf", "b.pdf: cut off; delete it")


def _write(cache: Path, *entries: Entry) -> bytes:
    with Journal(cache) as journal:
        for entry in entries:
            journal.write(entry)
    return (cache / NAME).read_bytes()


def test_an_attempt_is_a_line_that_is_there_at_once(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write(DONE)
        assert (tmp_path / NAME).read_bytes() == (
            b'{"file":"a.pdf","sha256":"aa","tier":"docvortex-1","seconds":6.0,"pages":12,"state":"done",'
            b'"reason":"","detail":""}\n'
        )


def test_a_failure_is_known_to_the_next_run_for_its_tier_alone(tmp_path: Path) -> None:
    _write(tmp_path, DONE, FAILED)
    journal = Journal(tmp_path)
    assert str(journal.fault("bb", "docvortex-1")) == "broken_pdf: b.pdf: cut off; delete it"
    assert journal.fault("bb", "docvortex-2") is None
    assert journal.fault("aa", "docvortex-1") is None
    assert Journal(tmp_path, retry_failed=True).fault("bb", "docvortex-1") is None


def test_a_success_after_a_failure_settles_it(tmp_path: Path) -> None:
    _write(tmp_path, FAILED, Entry("b.pdf", "bb", "docvortex-1", 1.0, 3, "done"))
    assert Journal(tmp_path).fault("bb", "docvortex-1") is None


def test_the_pace_is_that_of_what_was_done(tmp_path: Path) -> None:
    _write(tmp_path, DONE, FAILED, Entry("c.pdf", "cc", "docvortex-1", 4.0, 8, "done"))
    journal = Journal(tmp_path)
    assert journal.seconds_a_page("docvortex-1") == 0.5
    assert journal.seconds_a_page("mineru-standard") is None


def test_a_torn_last_line_goes_wherever_the_kill_came(tmp_path: Path) -> None:
    whole = _write(tmp_path, DONE, FAILED)
    first = whole.index(b"\n") + 1
    for cut in range(first, len(whole)):
        (tmp_path / NAME).write_bytes(whole[:cut])
        with Journal(tmp_path) as journal:
            assert journal.fault("bb", "docvortex-1") is None
            assert journal.seconds_a_page("docvortex-1") == 0.5
            journal.write(FAILED)
        assert (tmp_path / NAME).read_bytes() == whole


@pytest.mark.parametrize("junk", [b"oops\n", b"[]\n", b'{"file": "a.pdf"}\n'])
def test_a_whole_line_that_is_no_entry_is_the_users_business(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / NAME).write_bytes(_write(tmp_path, DONE) + junk)
    with pytest.raises(UserError, match=rf"^{tmp_path / NAME}:2: no entry .*; delete the line$"):
        Journal(tmp_path)


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    with Journal(tmp_path), pytest.raises(UserError, match="another run is parsing into it; wait"), Journal(tmp_path):
        pass
    _write(tmp_path, DONE)
