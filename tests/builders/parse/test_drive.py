"""What is parsed stays parsed, what failed is not tried again, one tier hands on to the next, none stops the rest."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

from builders.errors import UserError
from builders.papers import PaperFile, UnreadablePaper
from builders.papers.pdf import Parsed, embedded_tier, write_parsed
from builders.parse import drive
from builders.parse.config import ParseConfig
from builders.parse.drive import Outcome, clear_leftovers, parse_papers
from builders.parse.journal import NAME, Journal

EMBEDDED = embedded_tier()
MINERU = "mineru-standard"


class FakeEngine:
    """Parses what it is not told to fail on; a reason that is an exception is raised as it is."""

    def __init__(self, **faults: str | Exception) -> None:
        self.faults = faults
        self.asked: Counter[str] = Counter()
        self.turn = threading.Lock()
        self.closed = False

    def parse(self, file: PaperFile, target: Path) -> Parsed:
        self.asked[file.name] += 1
        fault = self.faults.get(file.path.stem)
        if isinstance(fault, Exception):
            raise fault
        if fault:
            raise UnreadablePaper(fault, f"{file.name}: as told")
        write_parsed(target, {"reader": "fake"})
        return Parsed(3, "slowly" if file.path.stem == "slow" else "")

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeEngine]:
    engines = {EMBEDDED: FakeEngine(), MINERU: FakeEngine()}
    monkeypatch.setattr(drive, "_engine", lambda tier, config, cache: engines[tier])
    return engines


def _files(folder: Path, *names: str) -> list[PaperFile]:
    files = []
    for name in names:
        path = folder / f"{name}.pdf"
        path.write_text(name.removeprefix("copy_of_"), encoding="utf-8")
        files.append(PaperFile(path, path.name, "pdf"))
    return files


def _run(
    files: Sequence[PaperFile], cache: Path, config: ParseConfig | None = None, retry: bool = False
) -> dict[str, str]:
    """What became of each PDF: the tier that parsed it, or the reason; with a plus where it took an attempt."""

    def word(outcome: Outcome) -> str:
        said = outcome.standing.tier if outcome.standing.parsed else outcome.fault and outcome.fault.reason
        return f"{said}{'+' * len(outcome.attempts)}"

    with Journal(cache, retry_failed=retry) as journal:
        outcomes = list(parse_papers(files, cache, config or ParseConfig(), journal))
    assert len(outcomes) == len(files)
    return {outcome.file.path.stem: word(outcome) for outcome in outcomes}


def test_a_second_run_does_what_is_new(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    engines[EMBEDDED].faults = {"bad": "broken_pdf"}
    cache = tmp_path / "parsed"
    files = _files(tmp_path, "good", "bad")
    assert _run(files, cache) == {"good": f"{EMBEDDED}+", "bad": "broken_pdf+"}
    assert _run(files, cache) == {"good": EMBEDDED, "bad": "broken_pdf"}
    files += _files(tmp_path, "new")
    assert _run(files, cache) == {"good": EMBEDDED, "bad": "broken_pdf", "new": f"{EMBEDDED}+"}
    assert engines[EMBEDDED].asked == {"good.pdf": 1, "bad.pdf": 1, "new.pdf": 1}
    assert _run(files, cache, retry=True)["bad"] == "broken_pdf+"
    assert engines[EMBEDDED].closed


def test_the_journal_says_what_was_tried(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    engines[EMBEDDED].faults = {"bad": "broken_pdf"}
    _run(_files(tmp_path, "bad"), tmp_path / "parsed")
    _run(_files(tmp_path, "slow"), tmp_path / "parsed")
    lines = [orjson.loads(line) for line in (tmp_path / "parsed" / NAME).read_bytes().splitlines()]
    assert [(line["file"], line["tier"], line["pages"], line["state"], line["reason"]) for line in lines] == [
        ("bad.pdf", EMBEDDED, 0, "failed", "broken_pdf"),
        ("slow.pdf", EMBEDDED, 3, "done", "lesser_reader"),
    ]
    assert [line["detail"] for line in lines] == ["bad.pdf: as told", "slowly"]


def test_copies_are_parsed_once(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    files = _files(tmp_path, "good", "copy_of_good")
    assert _run(files, tmp_path / "parsed") == {"good": f"{EMBEDDED}+", "copy_of_good": EMBEDDED}
    assert engines[EMBEDDED].asked.total() == 1


def test_scans_go_to_mineru_where_the_recipe_says_so(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    engines[EMBEDDED].faults = {"scan": "scanned_pdf", "blur": "scanned_pdf", "bad": "broken_pdf"}
    engines[MINERU].faults = {"blur": "mineru_failed"}
    cache, files = tmp_path / "parsed", _files(tmp_path, "scan", "blur", "bad")
    assert _run(files, cache) == {"scan": "scanned_pdf+", "blur": "scanned_pdf+", "bad": "broken_pdf+"}
    config = ParseConfig(scans="mineru")
    assert _run(files, cache, config) == {"scan": f"{MINERU}+", "blur": "mineru_failed+", "bad": "broken_pdf"}
    assert _run(files, cache, config) == {"scan": MINERU, "blur": "mineru_failed", "bad": "broken_pdf"}
    assert engines[MINERU].asked == {"scan.pdf": 1, "blur.pdf": 1}


def test_where_mineru_fails_docvortex_reads(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    engines[MINERU].faults = dict.fromkeys(("text", "scan", "locked"), "mineru_failed")
    engines[EMBEDDED].faults = {"scan": "scanned_pdf", "locked": "encrypted_pdf"}
    cache, files = tmp_path / "parsed", _files(tmp_path, "good", "text", "scan", "locked")
    config = ParseConfig(tier="mineru")
    assert _run(files, cache, config) == {
        "good": f"{MINERU}+",
        "text": f"{EMBEDDED}++",
        "scan": "mineru_failed++",
        "locked": "encrypted_pdf++",
    }
    assert _run(files, cache, config) == {
        "good": MINERU,
        "text": EMBEDDED,
        "scan": "mineru_failed",
        "locked": "encrypted_pdf",
    }


def test_another_tier_tries_what_the_first_has_parsed(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    files, cache = _files(tmp_path, "good"), tmp_path / "parsed"
    assert _run(files, cache) == {"good": f"{EMBEDDED}+"}
    assert _run(files, cache, ParseConfig(tier="mineru")) == {"good": f"{MINERU}+"}
    assert _run(files, cache) == {"good": EMBEDDED}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    files = _files(tmp_path, "good", "gone")
    files[1].path.unlink()
    assert _run(files, tmp_path / "parsed") == {"good": f"{EMBEDDED}+", "gone": "unreadable_file"}


def test_a_server_that_is_gone_ends_the_run_and_blames_no_file(tmp_path: Path, engines: dict[str, FakeEngine]) -> None:
    engines[MINERU].faults = {"b": UserError("gone")}
    files, cache = _files(tmp_path, "a", "b", "c"), tmp_path / "parsed"
    with pytest.raises(UserError, match="gone"):
        _run(files, cache, ParseConfig(tier="mineru", workers=1))
    assert engines[MINERU].closed
    engines[MINERU].faults = {}
    found = _run(files, cache, ParseConfig(tier="mineru", workers=1))
    assert set(found) == {"a", "b", "c"}
    assert found["b"] == f"{MINERU}+"


def test_nothing_to_parse_starts_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drive, "_engine", None)
    assert _run([], tmp_path / "parsed") == {}


def test_what_a_killed_run_left_is_cleared_and_a_living_writer_is_not(tmp_path: Path) -> None:
    tier = tmp_path / EMBEDDED
    tier.mkdir()
    (tmp_path / ".work-abc" / "out").mkdir(parents=True)
    dead, alive, whole = (
        tier / ".aa.json.999999999.partial",
        tier / f".bb.json.{os.getpid()}.partial",
        tier / "cc.json",
    )
    for path in (dead, alive, whole):
        path.write_bytes(b"{")
    clear_leftovers(tmp_path)
    assert sorted(child.name for child in tmp_path.iterdir()) == [EMBEDDED]
    assert sorted(child.name for child in tier.iterdir()) == sorted([alive.name, whole.name])
