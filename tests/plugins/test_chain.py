"""Real trainings of the demo's recipe, from the starting model to the exported one, on made-up rows."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.plugins.rows import logged, run, train
from tests.plugins.stages import COMMAND, SHORT, TINY, assert_exported, first_loss, passed

pytestmark = pytest.mark.slow

SFT = ("max_steps=60", "save_steps=5", "logging_steps=5")


@pytest.fixture(scope="module")
def demo_cpt(workspace: Path) -> Path:
    """CPT by LLaMA-Factory's own command, from the folder's root."""
    passed(run(workspace, COMMAND, "train", "recipes/demo/cpt.yaml", TINY, *SHORT))
    return workspace / "saves/demo/cpt"


@pytest.fixture(scope="module")
def demo_sft(workspace: Path, demo_cpt: Path) -> Path:
    """SFT by our launcher, killed after its first checkpoint and started again."""
    kill_after_checkpoint(workspace, *SFT)
    said = passed(train(workspace, "demo/sft.yaml", *SFT))
    assert "recipes/demo/sft.yaml: resume sft in saves/demo/sft" in said
    return workspace / "saves/demo/sft"


@pytest.fixture(scope="module")
def demo_dpo(workspace: Path, demo_sft: Path) -> Path:
    """DPO by our launcher."""
    said = passed(train(workspace, "demo/dpo.yaml", *SHORT))
    assert "the reference is the starting model" in said
    assert "step 2/2 (100%): loss 0.69" in said
    return workspace / "saves/demo/dpo"


def kill_after_checkpoint(workspace: Path, *overrides: str) -> None:
    """Starts the demo's SFT and kills it, as `kill -9` would, once it has logged beyond its second checkpoint."""
    process = subprocess.Popen(
        [sys.executable, "-m", "plugins.train", "recipes/demo/sft.yaml", *overrides],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "PASSIVE", "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    logged_losses = (line for line in process.stdout if line.startswith("{'loss'"))
    assert len(list(islice(logged_losses, 3))) == 3
    process.kill()
    process.wait()


def test_cpt_runs_by_the_plain_command(demo_cpt: Path) -> None:
    losses = [row["loss"] for row in logged(demo_cpt) if "loss" in row]
    assert len(losses) == 2
    assert (demo_cpt / "model.safetensors").is_file()


def test_what_was_killed_goes_on_where_it_was(demo_sft: Path) -> None:
    steps = [row["current_steps"] for row in logged(demo_sft) if "loss" in row]
    assert steps[-1] == 60
    # Steps after the last checkpoint may have been logged before the kill; what came before it was not trained again.
    assert steps.count(5) == 1
    assert json.loads((demo_sft / "fingerprint.json").read_bytes())["finished"]


def test_what_is_finished_is_not_trained_again(workspace: Path, demo_sft: Path) -> None:
    before = (demo_sft / "model.safetensors").stat().st_mtime_ns
    said = passed(train(workspace, "demo/sft.yaml", *SFT))
    assert said.startswith("saves/demo/sft: already trained on this")
    assert (demo_sft / "model.safetensors").stat().st_mtime_ns == before


def test_other_data_is_refused_in_one_line(workspace: Path, demo_sft: Path) -> None:
    rows = workspace / "data/demo/sft_logic.jsonl"
    before = rows.read_bytes()
    rows.write_bytes(before + before.splitlines(keepends=True)[0])
    try:
        done = train(workspace, "demo/sft.yaml", *SFT)
    finally:
        rows.write_bytes(before)
    assert done.returncode == 1
    assert done.stderr.startswith("error: saves/demo/sft: holds a model trained on something else")
    assert "data/demo/sft_logic.jsonl has changed" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_demo_dpo_starts_at_ln_2(demo_dpo: Path) -> None:
    assert first_loss(demo_dpo) == pytest.approx(math.log(2), rel=0.01)


def test_the_demo_is_exported_by_the_plain_command(workspace: Path, demo_dpo: Path) -> None:
    passed(run(workspace, COMMAND, "export", "recipes/demo/export.yaml"))
    assert_exported(workspace / "saves/demo/export")
