"""Real trainings, two steps a stage, from the starting model to the exported one: the demo and both 7B recipes."""

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

pytestmark = pytest.mark.slow

TINY = "model_name_or_path=saves/tiny/base"
SHORT = ("max_steps=2", "logging_steps=1", "per_device_train_batch_size=2", "gradient_accumulation_steps=1")
ON_CPU = ("bf16=false", "report_to=none", "plot_loss=false", "preprocessing_num_workers=1")
SFT = ("max_steps=60", "save_steps=5", "logging_steps=5")
COMMAND = str(Path(sys.executable).with_name("llamafactory-cli"))

# Runs stages and the export one after the other in one process: loading the libraries costs more than two steps.
SEVERAL = """
import json, sys
from omegaconf import OmegaConf
from plugins.train.__main__ import main
*stages, export = json.loads(sys.argv[1])
for stage in stages:
    assert main(stage) == 0, stage
from llamafactory.train.tuner import export_model
export_model(OmegaConf.to_container(OmegaConf.merge(OmegaConf.load(export[0]), OmegaConf.from_cli(export[1:]))))
"""


def in_one_process(workspace: Path, *stages: list[str]) -> None:
    done = run(workspace, "-c", SEVERAL, json.dumps(stages))
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


def passed(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


def first_loss(folder: Path) -> float:
    first = logged(folder)[0]
    assert first["current_steps"] == 1
    return float(first["loss"])


def assert_exported(folder: Path) -> None:
    """The exported folder loads, is no adapter, and stops at the end of a turn."""
    from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

    model = AutoModelForCausalLM.from_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    assert type(tokenizer).__name__ == "Qwen2Tokenizer"
    assert (tokenizer.eos_token, tokenizer.pad_token) == ("<|im_end|>", "<|pad|>")
    assert set(GenerationConfig.from_pretrained(folder).eos_token_id) >= set(
        tokenizer.convert_tokens_to_ids(["<|im_end|>", "<|endoftext|>"])
    )
    assert tokenizer.chat_template == (ROOT / "plugins/train/base/chatml.jinja").read_text(encoding="utf-8")
    assert not list(folder.glob("adapter*"))
    assert model.get_input_embeddings().num_embeddings == len(tokenizer)


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


def test_the_lora_recipe_runs_to_an_exported_model(workspace: Path) -> None:
    recipe = "recipes/qwen2.5-7b-lora"
    short = [TINY, *SHORT, *ON_CPU, "learning_rate=1e-2", "eval_steps=2"]
    stages = [[f"{recipe}/{stage}.yaml", *short] for stage in ("cpt", "sft", "dpo")]
    in_one_process(workspace, *stages, [f"{recipe}/export.yaml", TINY, "infer_dtype=float32"])
    saves = workspace / "saves/qwen2.5-7b-lora"
    assert first_loss(saves / "dpo") == pytest.approx(math.log(2), rel=0.01)
    assert_exported(saves / "export")
    assert_sum_of_adapters(workspace / "saves/tiny/base", [saves / stage for stage in ("cpt", "sft", "dpo")], saves)


def assert_sum_of_adapters(base: Path, adapters: list[Path], saves: Path) -> None:
    """The exported weights are those of the base and of every adapter, each with its own scale."""
    import torch
    from safetensors.torch import load_file

    exported, expected = load_file(saves / "export/model.safetensors"), load_file(base / "model.safetensors")
    name = "model.layers.0.mlp.up_proj"
    for adapter in adapters:
        config = json.loads((adapter / "adapter_config.json").read_bytes())
        weights = load_file(adapter / "adapter_model.safetensors")
        down, up = (weights[f"base_model.model.{name}.lora_{side}.weight"] for side in "AB")
        scale = config["lora_alpha"] / (math.sqrt(config["r"]) if config["use_rslora"] else config["r"])
        change = scale * up @ down
        assert change.abs().max() > 1e-4
        expected[f"{name}.weight"] += change
    torch.testing.assert_close(exported[f"{name}.weight"], expected[f"{name}.weight"], rtol=0, atol=1e-6)


def test_the_full_recipe_runs_under_zero_3_to_an_exported_model(workspace: Path) -> None:
    recipe, saves = "qwen2.5-7b-full", workspace / "saves/qwen2.5-7b-full"
    for stage in ("cpt", "sft", "dpo"):
        start = TINY if stage == "cpt" else f"model_name_or_path=saves/{recipe}/{'cpt' if stage == 'sft' else 'sft'}"
        # Two ranks, DeepSpeed and the same loss as one process are shown by test_zero3.py; one rank is quicker here.
        passed(train(workspace, f"{recipe}/{stage}.yaml", start, *SHORT, *ON_CPU, "eval_steps=2", NPROC_PER_NODE="1"))
        assert (saves / stage / "partition_rank0.json").is_file()
    assert first_loss(saves / "dpo") == pytest.approx(math.log(2), rel=0.01)
    passed(run(workspace, COMMAND, "export", f"recipes/{recipe}/export.yaml", "infer_dtype=float32"))
    assert_exported(saves / "export")
