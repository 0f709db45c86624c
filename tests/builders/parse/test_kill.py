"""`kill -9` at random moments: journal and cache stay usable, the next run completes, the bytes are the same."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import orjson
import psutil
import pytest

from tests.builders.papers.make_pdf import paper
from tests.conftest import ROOT

PDFS = 8


def _start(folder: Path, workers: int = 2) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "builders.parse", "build.yaml", f"parse.workers={workers}"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)


def _recipe(folder: Path, source: Path) -> Path:
    (folder / "papers").mkdir(parents=True)
    (folder / "build.yaml").write_text("recipe: try\npapers: [papers]\n", encoding="utf-8")
    data = source.read_bytes()
    for number in range(PDFS):
        # What follows the end mark is ignored, so each is a PDF of its own.
        (folder / "papers" / f"{number}.pdf").write_bytes(data + b"\n%" + str(number).encode())
    return folder


def _parsed(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted((folder / "data/try/parsed").glob("*/*.json"))
        if not path.match("*-unmended/*")
    }


@pytest.mark.slow
def test_a_run_killed_anywhere_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    source = paper(tmp_path / "source.pdf")
    whole = _recipe(tmp_path / "whole", source)
    assert _start(whole).wait() == 0
    expected = _parsed(whole)
    assert len(expected) == PDFS
    moments = random.Random(7)
    killed = _recipe(tmp_path / "killed", source)
    interrupted = 0
    for done in range(PDFS - 1):
        run = _start(killed)
        while len(_parsed(killed)) < done and run.poll() is None:
            time.sleep(0.01)
        time.sleep(moments.uniform(0.0, 0.8))
        interrupted += run.poll() is None
        run.kill()
        run.wait()
        assert _parsed(killed).items() <= expected.items()
    assert interrupted >= PDFS // 2
    assert _start(killed).wait() == 0
    assert _parsed(killed) == expected
    lines = (killed / "data/try/parsed/journal.jsonl").read_bytes().splitlines()
    assert all(orjson.loads(line)["state"] == "done" for line in lines)
    left = [path for path in (killed / "data").rglob(".*") if path.name != ".lock"]
    assert [path for path in left if psutil.pid_exists(int(path.name.split(".")[-2]))] == []
    assert left == []
