"""Does ZeRO-3 train the same as one process? Twenty steps of the full recipe's SFT, both ways, on a tiny model.

    python -m benchmarks.zero3              # about two minutes on two cores, once DeepSpeed has compiled its one op
    {"zero3_gap": 1.2e-07, "parameters": 369280, "parameters_held": [184640, 184640], ...

`zero3_gap` is the largest relative difference of the logged loss over the steps; same rows, seed and batch.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from plugins.train.base.config import BaseConfig, ModelShape
from plugins.train.base.prepare import prepare

ROOT = Path(__file__).resolve().parent.parent
RECIPE = "recipes/qwen2.5-7b-full/sft.yaml"
DATASET = "qwen2.5-7b-full_sft_graph"
STEPS = 20
BATCH = 4
ONE_PROCESS = {"deepspeed": "null", "per_device_train_batch_size": str(BATCH)}
TWO_RANKS = {"per_device_train_batch_size": str(BATCH // 2)}
SHAPE = ModelShape(hidden_size=128, intermediate_size=256, layers=2, tie_word_embeddings=False)


def measure(work: Path) -> dict[str, Any]:
    """Trains both ways in `work` and compares."""
    _write_rows(work)
    model = work / "base"
    prepare(BaseConfig(out=str(model), tokenizer_texts=[str(work / "rows.jsonl")], shape=SHAPE))
    alone = _losses(_train(work, model, "one", {}, ONE_PROCESS))
    apart = _losses(_train(work, model, "two", {"NPROC_PER_NODE": "2"}, TWO_RANKS))
    assert len(alone) == len(apart) == STEPS
    parts = [json.loads((work / "two" / f"partition_rank{rank}.json").read_bytes()) for rank in range(2)]
    return {
        "zero3_gap": round(max(abs(one - two) / one for one, two in zip(alone, apart, strict=True)), 9),
        "first_loss": alone[0],
        "last_loss": alone[-1],
        "parameters": parts[0]["parameters"],
        "parameters_held": [part["parameters_held"] for part in parts],
        "optimizer_values_held": [part["optimizer_values_held"] for part in parts],
    }


def _write_rows(work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    rows = [
        {"instruction": f"What is {n} plus {n + 1}?", "input": "", "output": f"{n} 加 {n + 1} 等于 {2 * n + 1}。"}
        for n in range(STEPS * BATCH * 2)
    ]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (work / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
    columns = {"prompt": "instruction", "query": "input", "response": "output"}
    entry = {DATASET: {"file_name": "rows.jsonl", "columns": columns}}
    (work / "dataset_info.json").write_text(json.dumps(entry), encoding="utf-8")


def _train(work: Path, model: Path, name: str, environment: dict[str, str], overrides: dict[str, str]) -> Path:
    out = work / name
    settings = {
        **{"model_name_or_path": str(model), "dataset": DATASET, "dataset_dir": str(work), "output_dir": str(out)},
        **{"max_steps": str(STEPS), "logging_steps": "1", "save_strategy": "no", "learning_rate": "1e-3"},
        **{"gradient_accumulation_steps": "1", "bf16": "false", "report_to": "none", "plot_loss": "false"},
        **{"preprocessing_num_workers": "1", **overrides},
    }
    command = [sys.executable, "-m", "plugins.train", RECIPE, *(f"{key}={value}" for key, value in settings.items())]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
    return out


def _losses(out: Path) -> list[float]:
    log = (out / "trainer_log.jsonl").read_text(encoding="utf-8").splitlines()
    return [row["loss"] for row in map(json.loads, log) if "loss" in row]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder))
    print(json.dumps(figures))
