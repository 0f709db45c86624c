"""PDFs are parsed in killable processes into a cache; a bad one is named and the others go on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest

from builders.papers import PaperFile, UnreadablePaper, clean, find_papers, parse_pdfs, read_paper
from builders.papers import pdf as pdf_module
from builders.papers.pdf import _CACHED_BY, Crew, Inspection, embedded_tier
from tests.conftest import ROOT

OUTSIDE = {"pdf.py", "pdf_process.py", "raw.py"}
"""Modules that carry what is parsed and do not decide it."""


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_a_folder_of_good_and_bad_pdfs_is_parsed_to_the_end(pdfs: Path, tmp_path: Path) -> None:
    files = find_papers(pdfs)
    outcome = {file.name: fault and fault.reason for file, fault in parse_pdfs(files, tmp_path)}
    assert outcome == {
        "cut_off.pdf": "broken_pdf",
        "encrypted.pdf": "encrypted_pdf",
        "paper.pdf": None,
        "scanned.pdf": "scanned_pdf",
    }
    first = _contents(tmp_path)
    assert sorted(Path(name).parent.name for name in first) == [embedded_tier(), "docvortex-0.6.4-unmended"]
    paper = files[2]
    # A second run finds it in the cache: no process could parse it in no time at all.
    assert list(parse_pdfs([paper], tmp_path, timeout_s=0)) == [(paper, None)]
    assert _contents(tmp_path) == first
    cleaned = clean(read_paper(paper, Counter(), tmp_path))
    document, counts = cleaned.document, cleaned.fixes
    assert (document.title, document.language, document.path) == (
        "Channels Between the Cells of the Brain",
        "en",
        "paper.pdf",
    )
    assert document.id == f"sha:{paper.sha256()[:16]}"
    assert document.reader.startswith("docvortex ")
    assert [(block.text, block.level, block.page) for block in document.blocks if block.kind == "heading"] == [
        ("Abstract", 1, 1),
        ("1 Introduction", 1, 1),
        ("2 Methods", 1, 1),
        ("2.1 Measuring diffusion", 2, 1),
    ]
    assert all(block.box and block.page for block in document.blocks)
    assert "Nobody" not in document.text
    assert "example.org" not in document.text
    assert counts == {"dropped_furniture": 6, "dropped_reference": 3}
    assert list(parse_pdfs([paper], tmp_path / "again")) == [(paper, None)]
    assert list(_contents(tmp_path / "again").values()) == list(first.values())


def test_a_parse_that_takes_too_long_is_killed_and_named(pdfs: Path, tmp_path: Path) -> None:
    paper = PaperFile(pdfs / "paper.pdf", "paper.pdf", "pdf")
    [(_, fault)] = parse_pdfs([paper], tmp_path, timeout_s=0)
    assert fault is not None
    assert fault.reason == "timeout"
    assert fault.detail == (
        "paper.pdf: docvortex: not done after 0 s; pypdfium2: not done after 0 s; "
        "raise parse.timeout_s or parse.memory_gb, or run MinerU on it"
    )
    assert _contents(tmp_path) == {}
    with pytest.raises(UnreadablePaper) as raised:
        read_paper(PaperFile(pdfs / "cut_off.pdf", "cut_off.pdf", "pdf"), Counter(), tmp_path)
    assert raised.value.reason == "broken_pdf"


def test_a_parse_that_takes_too_much_memory_is_killed_and_named(pdfs: Path, tmp_path: Path) -> None:
    paper = PaperFile(pdfs / "paper.pdf", "paper.pdf", "pdf")
    [(_, fault)] = parse_pdfs([paper], tmp_path, memory_gb=0.001)
    assert fault is not None
    assert fault.reason == "out_of_memory"
    assert "GB, more than 0.001 GB" in fault.detail
    assert _contents(tmp_path) == {}


def test_inspection_counts_pages_and_knows_a_scan(pdfs: Path) -> None:
    with Crew(1, 60, 4) as crew:
        found = {name: crew.inspect(PaperFile(pdfs / name, name, "pdf")) for name in ("paper.pdf", "scanned.pdf")}
        with pytest.raises(UnreadablePaper) as raised:
            crew.inspect(PaperFile(pdfs / "encrypted.pdf", "encrypted.pdf", "pdf"))
    assert found == {"paper.pdf": Inspection(pages=2, scan=False), "scanned.pdf": Inspection(pages=1, scan=True)}
    assert raised.value.reason == "encrypted_pdf"


def test_a_parser_process_ends_with_the_one_that_it_works_for(pdfs: Path) -> None:
    script = (
        "import os, sys, time\n"
        "from builders.papers.pdf import Crew, PaperFile\n"
        "from pathlib import Path\n"
        "crew = Crew(1, 60, 4)\n"
        "crew.inspect(PaperFile(Path(sys.argv[1]), 'paper.pdf', 'pdf'))\n"
        "print(crew._crew[0]._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(pdfs / "paper.pdf")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert psutil.pid_exists(worker)
        parent.kill()
    deadline = time.monotonic() + 10
    while psutil.pid_exists(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(worker)


@pytest.mark.slow
def test_better_mending_does_not_parse_again(pdfs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = PaperFile(pdfs / "paper.pdf", "paper.pdf", "pdf")
    assert list(parse_pdfs([paper], tmp_path)) == [(paper, None)]
    [unmended] = tmp_path.glob("*-unmended/*.json")
    parsed = json.loads(unmended.read_bytes())
    parsed["pages"] = parsed["pages"][:1]
    unmended.write_text(json.dumps(parsed), encoding="utf-8")
    monkeypatch.setattr(pdf_module, "_code_version", lambda: "0better0")
    assert list(parse_pdfs([paper], tmp_path)) == [(paper, None)]
    [again] = tmp_path.glob("*-0better0/*.json")
    assert len(json.loads(again.read_bytes())["middle"]["pages"]) == 1


def test_every_module_that_parses_is_in_the_name_of_the_cache() -> None:
    room = ROOT / "builders" / "papers"
    seen, waiting = set[str](), ["pdf_worker.py"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        imported = re.findall(r"^from builders\.papers\.(\w+) import", (room / name).read_text("utf-8"), re.MULTILINE)
        waiting += [f"{module}.py" for module in imported if f"{module}.py" not in {*seen, *OUTSIDE}]
    assert seen == set(_CACHED_BY)


def test_a_file_that_the_system_refuses_is_named(tmp_path: Path) -> None:
    folder = PaperFile(tmp_path, "folder.pdf", "pdf")
    [(_, fault)] = parse_pdfs([folder], tmp_path / "cache")
    assert str(fault) == "unreadable_file: folder.pdf: Is a directory; check that the file can be read"
    with pytest.raises(UnreadablePaper, match=r"gone\.md: No such file or directory"):
        read_paper(PaperFile(tmp_path / "gone.md", "gone.md", "markdown"), Counter(), tmp_path)


def test_no_files_start_no_process(tmp_path: Path) -> None:
    assert list(parse_pdfs([], tmp_path)) == []
