"""A file is hashed once, and again whenever anything about it changed."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import orjson
import pytest

from builders.papers import find_papers
from builders.papers.hashes import STORE, with_hashes
from tests.builders.papers.test_archive import make_zip


def _old(path: Path, content: bytes, seconds: float = 60) -> None:
    """Writes a file as if it had been changed a while ago."""
    path.write_bytes(content)
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file's entry, whose time cannot be set, were old."""
    monkeypatch.setattr("builders.papers.hashes._SETTLED_NS", 0)


def _digests(folder: Path, cache: Path) -> dict[str, str | None]:
    return {file.name: file.digest for file in with_hashes(find_papers(folder), cache)}


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.usefixtures("settled")
def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers, cache = tmp_path / "papers", tmp_path / "parsed"
    papers.mkdir()
    _old(papers / "a.md", b"one")
    make_zip(papers / "b.zip", {"middle_json.json": b"{}"})
    expected = {"a.md": _sha(b"one"), "b.zip/middle_json.json": _sha(b"{}")}
    assert _digests(papers, cache) == expected
    stored = (cache / STORE).read_bytes()
    monkeypatch.setattr("builders.papers.find.PaperFile.sha256", lambda _: "read again")
    assert _digests(papers, cache) == expected
    assert (cache / STORE).read_bytes() == stored


@pytest.mark.usefixtures("settled")
def test_a_change_of_size_time_or_entry_is_seen(tmp_path: Path) -> None:
    papers, cache = tmp_path / "papers", tmp_path / "parsed"
    papers.mkdir()
    paper = papers / "a.md"
    _old(paper, b"one")
    assert _digests(papers, cache) == {"a.md": _sha(b"one")}
    status = paper.stat()
    # Same size, same time of change: only the entry's own time tells.
    paper.write_bytes(b"two")
    os.utime(paper, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert _digests(papers, cache) == {"a.md": _sha(b"two")}
    paper.unlink()
    assert _digests(papers, cache) == {}
    assert (cache / STORE).read_bytes() == b""


def test_a_file_changed_a_moment_ago_is_hashed_again_the_next_time(tmp_path: Path) -> None:
    papers, cache = tmp_path / "papers", tmp_path / "parsed"
    papers.mkdir()
    (papers / "a.md").write_bytes(b"one")
    assert _digests(papers, cache) == {"a.md": _sha(b"one")}
    assert not (cache / STORE).exists()


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("junk", [b"oops\n", b"[]\n", b'{"path": "a"}\n', b'{"path": [], "sha256": 7}\n'])
def test_a_damaged_store_is_as_good_as_none(tmp_path: Path, junk: bytes) -> None:
    papers, cache = tmp_path / "papers", tmp_path / "parsed"
    papers.mkdir()
    cache.mkdir()
    _old(papers / "a.md", b"one")
    (cache / STORE).write_bytes(junk)
    assert _digests(papers, cache) == {"a.md": _sha(b"one")}
    [row] = [orjson.loads(line) for line in (cache / STORE).read_bytes().splitlines()]
    assert row["sha256"] == _sha(b"one")


@pytest.mark.usefixtures("settled")
def test_a_hash_that_is_none_is_not_believed(tmp_path: Path) -> None:
    papers, cache = tmp_path / "papers", tmp_path / "parsed"
    papers.mkdir()
    _old(papers / "a.md", b"one")
    _digests(papers, cache)
    row = orjson.loads((cache / STORE).read_bytes())
    (cache / STORE).write_bytes(orjson.dumps({**row, "sha256": "../../../etc/passwd"}) + b"\n")
    assert _digests(papers, cache) == {"a.md": _sha(b"one")}


def test_what_cannot_be_read_is_passed_on(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.zip").write_bytes(b"no zip")
    (papers / "b.md").write_bytes(b"one")
    files = find_papers(papers)
    (papers / "b.md").unlink()
    assert [(file.name, file.digest) for file in with_hashes(files, tmp_path / "parsed")] == [
        ("a.zip", _sha(b"no zip")),
        ("b.md", None),
    ]
