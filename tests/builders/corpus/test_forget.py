"""A paper that is forgotten leaves nothing behind but a hash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders.__main__ import main
from builders.corpus.forget import traces_of
from builders.corpus.report.__main__ import main as report

PAPER = """# {title}

doi: {doi}

## Abstract

Purpose: To describe the {thing}. Methods: Textbooks were read. Results: The {thing} is narrow.
Conclusion: The {thing} matters to every cell.

## 1 Introduction

The {thing} lies between cells of the brain, and what moves in it is described in section {number} of this paper.
"""
DOI = "10.1000/ecs.3"


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built recipe with five papers, two of which are the same work."""
    monkeypatch.chdir(tmp_path)
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(5):
        text = PAPER.format(
            title=f"A study of the widget named quux{number}",
            doi=f"10.1000/ecs.{number}",
            thing=f"quux{number}",
            number=number,
        )
        (papers / f"paper-{number}.md").write_text(text, encoding="utf-8")
    (papers / "copy.md").write_text((papers / "paper-3.md").read_text(encoding="utf-8") + "\nA late note.\n")
    (tmp_path / "build.yaml").write_text(
        "recipe: lab\npapers: [papers]\nsplit: {documents_min: 1}\nengine: {kind: local}\n", encoding="utf-8"
    )
    assert main(["build.yaml"]) == 0
    return tmp_path


def test_all_files_of_the_work_go_and_stay_away(lab: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lab / "data/lab"
    assert list(traces_of(["quux3"], folder))
    assert main(["forget", DOI, "build.yaml"]) == 0
    said = capsys.readouterr().out
    assert "forgotten: copy.md, paper-3.md; no file below data/lab names it" in said
    assert list(traces_of([DOI, "paper-3.md", "copy.md", "quux3"], folder)) == []
    assert main(["build.yaml"]) == 0
    assert list(traces_of([DOI, "paper-3.md", "copy.md", "quux3"], folder)) == []
    summary = json.loads((folder / "summary.json").read_bytes())
    assert (summary["papers"]["files"], summary["papers"]["forgotten"]) == (6, 2)
    assert summary["papers"]["train"] + summary["papers"]["heldout"] == 4


def test_a_copy_under_another_name_stays_forgotten(lab: Path) -> None:
    assert main(["forget", "paper-3.md", "build.yaml"]) == 0
    (lab / "papers/again.md").write_text(
        (lab / "papers/paper-3.md").read_text(encoding="utf-8") + "\nAnother ending.\n"
    )
    assert main(["build.yaml"]) == 0
    assert list(traces_of([DOI, "quux3"], lab / "data/lab")) == []


def test_the_report_on_the_corpus_goes_as_well(lab: Path) -> None:
    assert report(["build.yaml"]) == 0
    assert list(traces_of(["quux3"], lab / "runs"))
    assert main(["forget", DOI, "build.yaml"]) == 0
    assert not list(traces_of(["quux3", DOI], lab / "runs"))
    assert (lab / "data/lab/coverage.jsonl").is_file()


def test_a_paper_that_is_not_there_is_one_line(lab: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "10.1000/none", "build.yaml"]) == 1
    assert capsys.readouterr().err.startswith("10.1000/none: no such paper in data/lab; name it by DOI")
