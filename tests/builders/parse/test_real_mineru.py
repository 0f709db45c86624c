"""Real MinerU 4, flash tier, without weights: as a command and as a server, on real papers, through the program."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from builders.papers import find_papers
from builders.papers.read import read_paper
from builders.parse.__main__ import main
from tests.conftest import ROOT

KIT = ROOT / ".venv-mineru" / "bin" / "mineru-kit"
PAPERS = ("ARES-An-Automated-Evaluation", "BeLLM-Backward-Dependency-Enhanced")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(not KIT.is_file(), reason="MinerU is absent: `make setup-mineru` makes .venv-mineru"),
]


@pytest.fixture
def recipe(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    for name in PAPERS:
        shutil.copyfile(shared / "pdf" / f"{name}.pdf", tmp_path / "papers" / f"{name}.pdf")
    path = tmp_path / "build.yaml"
    path.write_text("recipe: try\npapers: [papers]\nparse: {tier: mineru, quality: flash}\n", encoding="utf-8")
    return path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [str(KIT), "api-server", "--tier", "flash", "--port", str(port), "--upload-dir", str(tmp_path / "up")]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait(f"{url}/v1/health")
            yield url
        finally:
            process.kill()


def _wait(url: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            assert time.monotonic() < deadline
            time.sleep(0.5)


def _read_back() -> None:
    lines = Path("data/try/parsed/journal.jsonl").read_bytes().splitlines()
    entries = [orjson.loads(line) for line in lines]
    assert sorted((entry["file"], entry["tier"], entry["pages"], entry["state"]) for entry in entries) == [
        (f"{PAPERS[0]}.pdf", "mineru-flash", 17, "done"),
        (f"{PAPERS[1]}.pdf", "mineru-flash", 13, "done"),
    ]
    for file in find_papers(Path("papers")):
        document = read_paper(file, Counter(), Path("data/try/parsed"), ("mineru-flash",))
        assert document.reader == "mineru middle 4.0.12"
        assert len(document.text) > 30_000
        assert sum(block.kind == "heading" for block in document.blocks) > 10
        assert {block.page for block in document.blocks} >= set(range(1, 9))


def test_the_flash_tier_of_mineru_kit_is_driven_and_read_back(recipe: Path) -> None:
    assert main([str(recipe)]) == 0
    _read_back()
    assert main([str(recipe), "parse.timeout_s=0.001"]) == 0
    _read_back()


def test_the_api_server_is_driven_and_read_back(recipe: Path, server: str) -> None:
    assert main([str(recipe), f"parse.server={server}"]) == 0
    _read_back()


def test_a_zip_of_mineru_kit_is_a_paper(shared: Path, tmp_path: Path) -> None:
    pdf = shared / "pdf" / f"{PAPERS[1]}.pdf"
    subprocess.run([KIT, "parse", pdf, "-o", tmp_path, "-f", "zip", "--tier", "flash"], check=True)
    [file] = find_papers(tmp_path)
    assert file.name == f"{PAPERS[1]}.zip/middle_json.json"
    document = read_paper(file, Counter(), tmp_path)
    assert document.title.startswith("BeLLM: Backward Dependency Enhanced")
    assert document.blocks[-1].page == 13
