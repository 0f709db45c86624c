"""`python -m builders.parse`: what a person sees, what is on disk after it, and how it ends."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from builders.papers.pdf import embedded_tier
from builders.parse.__main__ import main
from tests.conftest import ROOT


@pytest.fixture
def recipe(pdfs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recipe in a folder of its own, with one good PDF and three bad ones."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(pdfs, tmp_path / "papers")
    path = tmp_path / "build.yaml"
    path.write_text("recipe: try\npapers: [papers]\n", encoding="utf-8")
    return path


def _as_from_a_terminal() -> None:
    """A suite that a shell runs in the background is deaf to an interrupt, and so would be what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _journal() -> list[tuple[str, str, str]]:
    lines = Path("data/try/parsed/journal.jsonl").read_bytes().splitlines()
    return sorted((row["file"], row["state"], row["reason"]) for row in map(orjson.loads, lines))


def _parsed() -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(Path("data/try/parsed").glob("*/*.json"))
        if not path.match("*-unmended/*")
    }


@pytest.mark.slow
def test_one_good_pdf_among_bad_ones_is_a_success(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(recipe)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "  parsed   1 of 4 PDFs, 1 of them now (2 pages)"
    assert out[1] == f"           1 by {embedded_tier()}"
    assert [line.split(":")[0] for line in out[2:]] == [
        "  failed   broken_pdf",
        "  failed   encrypted_pdf",
        "  failed   scanned_pdf",
    ]
    assert "make parse ARGS=parse.scans=mineru" in out[4]
    assert _journal() == [
        ("cut_off.pdf", "failed", "broken_pdf"),
        ("encrypted.pdf", "failed", "encrypted_pdf"),
        ("paper.pdf", "done", ""),
        ("scanned.pdf", "failed", "scanned_pdf"),
    ]
    first = _parsed()
    assert main([str(recipe), "parse.timeout_s=0.001"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "  parsed   1 of 4 PDFs, 0 of them now (0 pages)"
    assert len(_journal()) == 4
    assert main([str(recipe), "dry_run=true"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  PDFs     4",
        "  parsed   1",
        "  failed   1 broken_pdf, 1 encrypted_pdf, 1 scanned_pdf; retry_failed=true tries them again",
        "  to parse 0, 0 pages",
        "  time     0 s",
    ]
    assert main([str(recipe), "retry_failed=true"]) == 0
    assert len(_journal()) == 7
    assert _parsed() == first


def test_nothing_but_bad_pdfs_is_a_failure(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("papers/paper.pdf").unlink()
    assert main([str(recipe)]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith(
        "  parsed   0 of 3 PDFs, 0 of them now (0 pages)\n  failed   broken_pdf: cut_off.pdf: "
    )
    assert shown.err.splitlines()[-1] == "try: none of 3 PDFs could be parsed; the lines above say why"


def test_a_dry_run_parses_nothing(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(recipe), "dry_run=true"]) == 0
    out = capsys.readouterr().out
    assert "  to parse 4, 3 pages\n" in out
    assert "  scans    1, such as scanned.pdf; parse.scans=mineru lets MinerU read them\n" in out
    assert out.count("  broken   ") == 2
    assert _parsed() == {}
    assert not Path("data/try/parsed/journal.jsonl").exists()


def test_papers_that_need_no_parsing_are_a_success(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree("papers")
    Path("papers").mkdir()
    assert main([str(recipe)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "papers: papers: no paper there; put PDFs into it"
    Path("papers/li.md").write_text("# Li\n", encoding="utf-8")
    assert main([str(recipe)]) == 0
    assert capsys.readouterr().out == "  parsed   0 of 0 PDFs, 0 of them now (0 pages)\n"


@pytest.mark.parametrize(
    ("override", "words"),
    [("parse.tier=best", "parse.tier: best: unknown"), ("dryrun=true", "dryrun"), ("parse.quality=x", "quality: x")],
)
def test_a_wrong_word_is_one_line(recipe: Path, capsys: pytest.CaptureFixture[str], override: str, words: str) -> None:
    assert main([str(recipe), override]) == 1
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_help_is_given() -> None:
    assert main([]) == 2
    assert main(["--help"]) == 0


@pytest.mark.slow
def test_a_run_that_is_stopped_by_hand_keeps_what_is_done(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = Path("papers/paper.pdf").read_bytes()
    for number in range(30):
        Path(f"papers/{number}.pdf").write_bytes(data + b"\n%" + str(number).encode())
    command = [sys.executable, "-m", "builders.parse", str(recipe)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=_as_from_a_terminal
    ) as run:
        while not _parsed() and run.poll() is None:
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=60)
    assert run.returncode == 130
    assert errors.splitlines()[-1] == "stopped; what is parsed is kept, run it again to go on"
    done = len(_parsed())
    assert 0 < done < 31
    assert not any(state == "failed" and reason == "parser_crash" for _, state, reason in _journal())
    assert main([str(recipe), "dry_run=true"]) == 0
    assert f"  parsed   {done}\n" in capsys.readouterr().out
