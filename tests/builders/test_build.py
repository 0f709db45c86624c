"""Whole builds on small inputs: what comes out, what is said of wrong input, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import ROOT

PAPER = """# {title}

## Abstract

Purpose: To describe the {thing}. Methods: Textbooks were read. Results: The {thing} is narrow.
Conclusion: The {thing} matters to every cell.

## 1 Introduction

The {thing} lies between cells. {filler}

## References

[1] Nicholson C, Phillips JM. Ion diffusion modified by tortuosity and volume fraction. J Physiol 1981.
"""
TRIPLES = "head,relation,tail,head_type,tail_type,source\n" + "".join(
    f"entity{number},code,X{number:02d},thing,code,textbook knowledge\n" for number in range(40)
)


NOUNS = (
    "cell",
    "water",
    "ion",
    "vessel",
    "matrix",
    "space",
    "fluid",
    "membrane",
    "neuron",
    "channel",
    "brain",
    "tissue",
)
VERBS = ("surrounds", "crosses", "fills", "leaves", "enters", "holds", "moves", "changes", "meets", "needs")


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A folder with a recipe, six Markdown papers and forty triples; programs run in it as in the repository."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(6):
        rng = random.Random(number)
        filler = " ".join(f"The {rng.choice(NOUNS)} {rng.choice(VERBS)} the {rng.choice(NOUNS)}." for _ in range(30))
        meaning = f"the {rng.choice(NOUNS)} that {rng.choice(VERBS)} {rng.choice(NOUNS)}"
        filler += f" The path width is defined as {meaning}."
        text = PAPER.format(title=f"Paper number {number}", thing=f"space{number}", filler=filler)
        (papers / f"p{number}.md").write_text(text, encoding="utf-8")
    (tmp_path / "triples.csv").write_text(TRIPLES, encoding="utf-8")
    (tmp_path / "build.yaml").write_text(
        "recipe: lab\npapers: [papers]\ntriples: [triples.csv]\nsplit: {triples: 0.1}\n"
        "graph: {questions: {exposures: 3}}\n",
        encoding="utf-8",
    )
    return tmp_path


def run(lab: Path, *overrides: str, program: str = "builders") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", program, "build.yaml", *overrides]
    return subprocess.run(command, cwd=lab, env=environment(), capture_output=True, text=True, timeout=300)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def rows(lab: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (lab / "data/lab" / name).read_text(encoding="utf-8").splitlines()]


def datasets(lab: Path) -> list[str]:
    """Every dataset of the build: what has its sources beside it."""
    names = [path.name.removesuffix(".sources.jsonl") for path in sorted((lab / "data/lab").glob("*.sources.jsonl"))]
    assert {"cpt", "dpo", "sft_graph", "sft_logic", "sft_paper_tasks", "sft_papers"} <= set(names)
    return names


def written(lab: Path) -> dict[str, bytes]:
    folder = lab / "data/lab"
    kept = {"parsed", "prepared", "derived"}
    files = [path for path in folder.rglob("*") if path.is_file() and not kept & set(path.relative_to(folder).parts)]
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(files)}


def test_a_build_is_whole_traced_and_reproducible(lab: Path) -> None:
    done = run(lab)
    assert done.returncode == 0, done.stderr
    assert "4 to train, 2 held out" in done.stdout
    first = written(lab)
    for name in datasets(lab):
        assert [row["id"] for row in rows(lab, f"{name}.jsonl")] == [
            row["id"] for row in rows(lab, f"{name}.sources.jsonl")
        ]
    documents = {row["id"]: row for row in rows(lab, "documents.jsonl")}
    assert len(rows(lab, "sft_paper_tasks.jsonl")) == 4
    for row in [*rows(lab, "sft_papers.sources.jsonl"), *rows(lab, "sft_paper_tasks.sources.jsonl")]:
        for source in row["sources"]:
            text = "\n\n".join(block["text"] for block in documents[source["document"]]["blocks"])
            assert text[source["start"] : source["end"]].strip()
    assert not [name for name in first if "partial" in name or "building" in name]
    run(lab)
    assert written(lab) == first


def test_no_row_is_made_of_a_held_out_paper_and_no_reference_is_kept(lab: Path) -> None:
    run(lab)
    splits = json.loads((lab / "data/lab/splits.json").read_text())
    heldout = {key for key, side in splits["documents"].items() if side == "heldout"}
    assert len(heldout) == 2
    for name in ("cpt", "sft_papers", "sft_dialogues", "sft_paper_tasks"):
        used = {source["document"] for row in rows(lab, f"{name}.sources.jsonl") for source in row["sources"]}
        assert not used & heldout
    assert {row["id"] for row in rows(lab, "eval/heldout_text.jsonl")} == heldout
    assert not [name for name, content in written(lab).items() if b"J Physiol" in content]


FINDINGS = (
    "Sodium slowed the flow of water in rats",
    "Deletion of channels reduced the uptake of tracer",
    "Cold suppressed the release of potassium in slices",
    "Anoxia increased tortuosity in the striatum of mice",
    "Old age impaired clearance of solutes from nerves",
    "Mannitol accelerated the entry of dextran into nerves",
)


def test_findings_of_held_out_papers_are_asked_and_those_of_others_have_sets_of_their_own(lab: Path) -> None:
    for path, finding in zip(sorted((lab / "papers").glob("*.md")), FINDINGS, strict=True):
        said = f"{finding}. Potassium did not affect {path.stem} or the flow of fluid."
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("## References", f"## 2 Findings\n\n{said}\n\n## References"), encoding="utf-8")
    done = run(lab)
    assert done.returncode == 0, done.stderr
    splits = json.loads((lab / "data/lab/splits.json").read_text())["documents"]
    asked = [row for row in rows(lab, "eval/dual_logic.jsonl") if row["origin"] == "paper"]
    assert {row["op"] for row in asked} == {"AS"}  # denials that nothing balances are left out
    assert len(asked) == 2 * 2
    sources = [source for row in rows(lab, "dpo_papers.sources.jsonl") for source in row["sources"]]
    assert {splits[source["document"]] for source in sources} == {"train"}
    assert (len(rows(lab, "sft_logic_papers.jsonl")), len(rows(lab, "dpo_papers.jsonl"))) == (4 * 2 * 2, 4 * 2)
    assert not [row for row in rows(lab, "sft_logic.jsonl") if any(finding in str(row) for finding in FINDINGS)]
    documents = {row["id"]: "\n\n".join(b["text"] for b in row["blocks"]) for row in rows(lab, "documents.jsonl")}
    for source in sources:
        assert documents[source["document"]][source["start"] : source["end"]] in FINDINGS


def test_splits_do_not_move_when_papers_come(lab: Path) -> None:
    run(lab)
    before = json.loads((lab / "data/lab/splits.json").read_text())
    more = PAPER.format(title="A new one", thing="membrane", filler="Nothing else is said here at all.")
    (lab / "papers" / "new.md").write_text(more, encoding="utf-8")
    (lab / "triples.csv").write_text(TRIPLES + "new,code,Y1,thing,code,textbook knowledge\n", encoding="utf-8")
    run(lab)
    after = json.loads((lab / "data/lab/splits.json").read_text())
    assert len(after["documents"]) == 7
    assert {key: after["documents"][key] for key in before["documents"]} == before["documents"]
    assert {key: after["groups"][key] for key in before["groups"]} == before["groups"]


def test_papers_that_come_later_give_what_all_at_once_do(lab: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    run(lab)
    more = PAPER.format(title="A new one", thing="membrane", filler="The membrane parts what is inside from the rest.")
    (lab / "papers" / "new.md").write_text(more, encoding="utf-8")
    done = run(lab)
    assert "7 files, 1 of them new or changed" in done.stderr
    fresh = tmp_path_factory.mktemp("fresh")
    for name in ("papers", "triples.csv", "build.yaml"):
        copy = shutil.copytree if (lab / name).is_dir() else shutil.copy
        copy(lab / name, fresh / name)
    (fresh / "data/lab").mkdir(parents=True)
    for name in ("lexicon.json", "splits.json"):  # inputs of a later build
        shutil.copy(lab / "data/lab" / name, fresh / "data/lab")
    run(fresh)
    assert written(fresh) == written(lab)


def test_bad_papers_are_named_and_the_good_rest_is_built(lab: Path) -> None:
    papers = lab / "papers"
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 this is not a PDF")
    canvas = Canvas(str(papers / "locked.pdf"), encrypt="secret")
    canvas.drawString(72, 720, "You cannot read this.")
    canvas.save()
    (papers / "x_content_list.json").write_text("{not json", encoding="utf-8")
    (papers / "y_content_list.json").write_text(
        '[{"type": "hologram", "text": "kept", "page_idx": 0}]', encoding="utf-8"
    )
    with (lab / "triples.csv").open("a", encoding="utf-8") as triples:
        triples.write("only a head,,,,,\n")
    (lab / "logic.yaml").write_text("en: [{op: XXX, 'true': a, 'false': b}]", encoding="utf-8")
    done = run(lab, "logic=logic.yaml")
    assert done.returncode == 0, done.stderr
    dropped = {(row["reason"], row["place"]) for row in rows(lab, "dropped.jsonl")}
    assert {("broken_pdf", "broken.pdf"), ("encrypted_pdf", "locked.pdf")} <= dropped
    assert any(place == "x_content_list.json" for _, place in dropped)
    assert ("bad_pair", "logic.yaml: en[1]") in dropped
    assert any(reason == "missing_field" and place.endswith("triples.csv:42") for reason, place in dropped)
    assert all(row["detail"] and "\n" not in str(row["detail"]) for row in rows(lab, "dropped.jsonl"))
    summary = json.loads((lab / "data/lab/summary.json").read_text())
    assert summary["papers"]["fixes"]["unknown_block_type:hologram"] == 1


@pytest.mark.parametrize(
    ("overrides", "complaint"),
    [
        (["papers=[nowhere]"], "papers: nowhere: no such file or folder; put your papers there or mend build.yaml"),
        (["papers=[empty]", "triples=[]"], "lab: nothing could be built (the folders are empty)"),
        (["papers=[]", "triples=[]"], "lab: neither papers nor triples; name at least one of them in build.yaml"),
        (["sed=7"], "build.yaml: Key 'sed' not in 'BuildConfig'. Did you mean: 'seed'?"),
        (["seed=x"], "build.yaml: Value 'x' of type 'str' could not be converted to Integer"),
        (["--seed", "7"], "--seed: overrides are written key=value, without dashes or spaces"),
    ],
)
def test_a_wrong_recipe_is_one_line_and_a_failure(lab: Path, overrides: list[str], complaint: str) -> None:
    (lab / "empty").mkdir()
    done = run(lab, *overrides)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith(complaint)
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_killed_build_leaves_whole_files_and_goes_on(lab: Path) -> None:
    for number, name in enumerate(sorted((ROOT / "samples/papers").glob("*.pdf"))[:4]):
        (lab / "papers" / f"pdf{number}.pdf").write_bytes(name.read_bytes())
    started = time.monotonic()
    assert run(lab).returncode == 0
    duration = time.monotonic() - started
    expected = written(lab)
    for name in written(lab):
        (lab / "data/lab" / name).unlink()
    rng = random.Random(1)
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-m", "builders", "build.yaml"],
            cwd=lab, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(rng.uniform(0, duration))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        left = {name: content for name, content in written(lab).items() if not name.startswith(".building")}
        assert {name: expected[name] for name in left} == left
    assert run(lab).returncode == 0
    assert written(lab) == expected


def test_a_row_is_shown_with_its_source(lab: Path) -> None:
    run(lab)
    first = rows(lab, "sft_papers.jsonl")[0]
    shown = subprocess.run(
        [sys.executable, "-m", "builders.show", "recipe=lab", f"row={first['id']}"],
        cwd=lab, env=environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    answer = first["conversations"][1]["value"]  # type: ignore[index]
    lines = shown.stdout.splitlines()
    assert lines[0] == f"sft_papers: {first['id']}"
    assert sum(line.startswith("source: Paper number") and ", line " in line for line in lines) == 1
    assert lines[-1].strip() == answer


def test_an_unknown_row_is_one_line(lab: Path) -> None:
    run(lab)
    shown = subprocess.run(
        [sys.executable, "-m", "builders.show", "recipe=lab", "row=nothing"],
        cwd=lab, env=environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (shown.returncode, shown.stderr) == (
        1,
        "row=nothing: not in data/lab; take an id from one of its .jsonl files\n",
    )
