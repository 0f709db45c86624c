"""The short form of the demo: `make new` and every arrow after it, a few steps a stage, with all the real parts.

It runs in a copy of the repository, so that what the real demo left behind stays as it is.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

TREE = ("builders", "plugins", "eval", "recipes", "samples", "constraints", "dataset_info.json", "Makefile")
SHORT = {
    "data": "papers=[samples/papers] triples=[samples/graph/triples.csv] graph.questions.exposures=2 graph.pairs=20",
    "base": "shape.layers=2",
    "pack": "",
    "cpt": "max_steps=4 save_steps=4 eval_strategy=no",
    "sft": "max_steps=4 save_steps=4",
    "dpo": "max_steps=4 save_steps=4",
    "export": "",
    "eval": "limit=4",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository that shares its environments."""
    folder = tmp_path_factory.mktemp("demo")
    for name in TREE:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    for name in (".venv", ".venv-vllm"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def make(lab: Path, target: str, *arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    done = subprocess.run(
        ["make", target, *arguments], cwd=lab, env=environment, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def report(lab: Path) -> dict[str, dict[str, dict[str, float]]]:
    """The report of a recipe that `make new` started and every stage went through."""
    make(lab, "new", "RECIPE=short", "FROM=demo")
    for target, arguments in SHORT.items():
        make(lab, target, "RECIPE=short", f"ARGS={arguments}")
    return json.loads((lab / "runs/short/report.json").read_text(encoding="utf-8"))


def test_every_stage_is_scored_with_intervals(report: dict[str, dict[str, dict[str, float]]]) -> None:
    assert list(report["models"]) == ["base", "cpt", "sft", "dpo"]
    for figures in report["models"].values():
        for name in ("bits_per_byte", "kg_recall", "kg_unseen", "dual_logic_both_right", "preference_accuracy"):
            figure = figures[name]
            assert figure["n"] >= 4
            assert figure["low"] <= figure["value"] <= figure["high"]
    assert {"unigram_bits_per_byte", "majority_kg"} <= set(report["baselines"])


def test_training_changed_the_model(report: dict[str, dict[str, dict[str, float]]]) -> None:
    values = [figures["bits_per_byte"]["value"] for figures in report["models"].values()]
    assert values[1] < values[0]
    assert len(set(values)) == 4


def test_the_report_is_one_page_without_links_outwards(lab: Path, report: object) -> None:
    page = (lab / "runs/short/report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_the_first_preference_step_is_ln_2(lab: Path, report: object) -> None:
    log = (lab / "saves/short/dpo/trainer_log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(log[0])["loss"] == pytest.approx(0.6931, rel=0.01)


def datasets(folder: Path) -> dict[Path, bytes]:
    """What a build wrote, but for the journal and the hashes that parsing keeps for itself."""
    files = (path for path in sorted(folder.glob("**/*.jsonl")) if path.parent.name != "parsed")
    return {path: path.read_bytes() for path in files}


def test_the_datasets_are_the_same_bytes_again(lab: Path, report: object) -> None:
    before = datasets(lab / "data/short")
    make(lab, "data", "RECIPE=short", f"ARGS={SHORT['data']}")
    assert datasets(lab / "data/short") == before
    assert len(before) > 15
