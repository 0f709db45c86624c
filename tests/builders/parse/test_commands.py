"""MinerU as a command: real processes that do what a script says, well-behaved and not."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import orjson
import psutil
import pytest

from builders.errors import UserError
from builders.papers import PaperFile, UnreadablePaper
from builders.parse import commands
from builders.parse.commands import Command, Program, find_command
from builders.parse.config import ParseConfig
from tests.conftest import ROOT

KIT = """
import sys, zipfile
from pathlib import Path
verb, pdf, _, out, _, form, _, tier = sys.argv[1:]
assert (verb, form, Path(pdf).read_bytes()) == ("parse", "zip", b"%PDF li")
Path(out).mkdir()
middle = '{"pages": [{"blocks": [{"type": "text", "content": "Read at %s."}]}, {"blocks": []}]}' % tier
with zipfile.ZipFile(Path(out) / "paper.zip", "w") as target:
    target.writestr("markdown.md", "x")
    target.writestr("middle_json.json", middle)
"""
MAGIC = """
import sys
from pathlib import Path
flags = dict(zip(sys.argv[1::2], sys.argv[2::2]))
assert flags["-m"] == "auto"
folder = Path(flags["-o"]) / "paper" / "auto"
folder.mkdir(parents=True)
(folder / "paper_content_list.json").write_text('[{"type": "text", "text": "Read by 1.x.", "page_idx": 4}]')
"""


@pytest.fixture
def paper(tmp_path: Path) -> PaperFile:
    path = tmp_path / "--li.pdf"
    path.write_bytes(b"%PDF li")
    return PaperFile(path, path.name, "pdf")


def _program(folder: Path, script: str, name: str = "mineru-kit") -> Program:
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return Program(name, str(path))


def _parse(paper: PaperFile, program: Program, config: ParseConfig | None = None) -> dict[str, object]:
    cache = paper.path.parent / "parsed"
    cache.mkdir(exist_ok=True)
    command = Command(program, config or ParseConfig(timeout_s=20), cache)
    try:
        command.parse(paper, cache / "li.json")
        parsed: dict[str, object] = orjson.loads((cache / "li.json").read_bytes())
        return parsed
    finally:
        command.close()
        assert [child.name for child in cache.iterdir() if child.name != "li.json"] == []


def _fault(paper: PaperFile, script: str, config: ParseConfig | None = None) -> UnreadablePaper:
    with pytest.raises(UnreadablePaper) as raised:
        _parse(paper, _program(paper.path.parent, script), config)
    assert raised.value.detail.startswith("--li.pdf: MinerU")
    assert "\n" not in raised.value.detail
    return raised.value


def test_mineru_kit_gives_a_zip(paper: PaperFile, tmp_path: Path) -> None:
    parsed = _parse(paper, _program(tmp_path, KIT), ParseConfig(quality="basic"))
    assert parsed["reader"] == "mineru structured_content"
    assert parsed["mineru"] == {"pages": [{"blocks": [{"type": "text", "content": "Read at basic."}]}, {"blocks": []}]}


def test_magic_pdf_gives_a_folder(paper: PaperFile, tmp_path: Path) -> None:
    assert _parse(paper, _program(tmp_path, MAGIC, "magic-pdf")) == {
        "reader": "mineru content_list",
        "metadata": {},
        "mineru": [{"type": "text", "text": "Read by 1.x.", "page_idx": 4}],
    }


@pytest.mark.parametrize(
    ("script", "reason", "words"),
    [
        ("raise SystemExit('Error: Data format error')", "mineru_failed", "MinerU failed (Error: Data format error)"),
        ("import os; os.kill(os.getpid(), 9)", "mineru_failed", "MinerU failed (without a word)"),
        ("print('nothing to do')", "mineru_failed", "MinerU failed (nothing to do)"),
        ("import os, sys; os.mkdir(sys.argv[4])", "mineru_bad_output", "MinerU ended well but left 0 outputs"),
    ],
)
def test_a_failure_is_told_in_the_commands_last_words(paper: PaperFile, script: str, reason: str, words: str) -> None:
    fault = _fault(paper, script)
    assert fault.reason == reason
    assert words in fault.detail


def test_a_command_that_takes_too_long_is_killed_with_its_children(paper: PaperFile, tmp_path: Path) -> None:
    script = f"import subprocess; subprocess.call(['sleep', '47']); open({str(tmp_path / 'lived')!r}, 'w')"
    fault = _fault(paper, script, ParseConfig(timeout_s=1.5))
    assert fault.reason == "timeout"
    assert "MinerU: not done after 1.5 s; raise parse.timeout_s" in fault.detail
    assert not any(process.info["cmdline"] == ["sleep", "47"] for process in psutil.process_iter(["cmdline"]))
    assert not (tmp_path / "lived").exists()


def test_a_command_that_takes_too_much_memory_is_killed(paper: PaperFile) -> None:
    script = "import time; held = b'x' * 200_000_000; time.sleep(30)"
    assert _fault(paper, script, ParseConfig(timeout_s=25, memory_gb=0.1)).reason == "out_of_memory"


def test_missing_models_are_no_fault_of_the_pdf(paper: PaperFile, tmp_path: Path) -> None:
    program = _program(tmp_path, "raise SystemExit('Error: [E1020] Connection failed: modelscope.cn')")
    with pytest.raises(UserError, match=r"its models are not there .*mineru-kit models download --tier standard"):
        _parse(paper, program)


def test_the_newest_command_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_OWN", "no/such/mineru-kit")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(UserError, match=r"no MinerU here .*make setup-mineru.*parse\.server=http://127\.0\.0\.1:8000"):
        find_command()
    for name in ("magic-pdf", "mineru", "mineru-kit"):
        program = _program(tmp_path, "", name)
        assert find_command() == program


def test_a_command_ends_with_the_run_that_is_killed() -> None:
    parent = f"import subprocess, sys; subprocess.Popen({[*commands._LEASH, 'sleep', '48']!r}, start_new_session=True)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{parent}; sys.stdin.read()"], stdin=subprocess.PIPE, cwd=ROOT
    ) as run:
        _until(lambda: _sleeping())
        run.kill()
    _until(lambda: not _sleeping())


def _sleeping() -> bool:
    return any(process.info["cmdline"] == ["sleep", "48"] for process in psutil.process_iter(["cmdline"]))


def _until(holds: object) -> None:
    assert callable(holds)
    deadline = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
