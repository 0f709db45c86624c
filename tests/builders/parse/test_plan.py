"""What a dry run says: counted from the PDFs themselves, without parsing any."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders.papers import PaperFile
from builders.papers.pdf import embedded_tier, parsed_path, write_parsed
from builders.parse.config import ParseConfig
from builders.parse.journal import Entry, Journal
from builders.parse.plan import SECONDS_A_PAGE, plan


def _file(path: Path) -> PaperFile:
    return PaperFile(path, path.name, "pdf")


def test_a_plan_counts_what_there_is(pdfs: Path, tmp_path: Path) -> None:
    cache = tmp_path / "parsed"
    names = ("paper.pdf", "copy.pdf", "scanned.pdf", "cut_off.pdf", "parsed.pdf", "failed.pdf", "gone.pdf")
    for name in names[:4]:
        shutil.copyfile(pdfs / name.replace("copy", "paper"), tmp_path / name)
    for name in names[4:6]:
        (tmp_path / name).write_text(name, encoding="utf-8")
    files = [_file(tmp_path / name) for name in names]
    write_parsed(parsed_path(files[4].sha256(), cache, embedded_tier()), {})
    with Journal(cache) as journal:
        journal.write(Entry("failed.pdf", files[5].sha256(), embedded_tier(), 1.0, 0, "failed", "timeout", "slow"))
        found = plan(files, cache, ParseConfig(), journal)
    assert (found.pdfs, found.parsed, found.failed) == (7, 1, {"timeout": 1, "unreadable_file": 1})
    assert (found.pending, found.pages, found.scans) == (3, 3, ("scanned.pdf",))
    [broken] = found.broken
    assert broken.startswith("broken_pdf: cut_off.pdf: ")
    assert found.seconds == pytest.approx(2 * SECONDS_A_PAGE / 2, rel=0.6)
    assert sorted(path.name for path in cache.rglob("*.json")) == [f"{files[4].sha256()}.json"]


def test_the_time_is_measured_by_the_journal(pdfs: Path, tmp_path: Path) -> None:
    files = [_file(pdfs / "paper.pdf"), _file(pdfs / "scanned.pdf")]
    with Journal(tmp_path) as journal:
        one = ParseConfig(workers=1)
        assert plan(files, tmp_path, one, journal).seconds == 2 * SECONDS_A_PAGE
        journal.write(Entry("a.pdf", "aa", embedded_tier(), 30.0, 10, "done"))
        assert plan(files, tmp_path, one, journal).seconds == 6.0
        mixed = ParseConfig(workers=1, scans="mineru")
        assert plan(files, tmp_path, mixed, journal).seconds is None
        journal.write(Entry("a.pdf", "aa", "mineru-standard", 100.0, 10, "done"))
        assert plan(files, tmp_path, mixed, journal).seconds == 16.0
        assert plan(files, tmp_path, ParseConfig(tier="mineru"), journal).seconds == 30.0
