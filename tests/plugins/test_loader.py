"""Every dataset of dataset_info.json through LLaMA-Factory's own loader: no row lost, ids and labels as agreed.

UPDATE_GOLDEN=1 pytest tests/plugins/test_loader.py    writes tests/golden/plugins/decoded_rows.json anew
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.plugins.rows import MAKERS, Row, write_rows

pytestmark = pytest.mark.slow

REGISTRY = json.loads((ROOT / "dataset_info.json").read_text(encoding="ascii"))
GOLDEN = ROOT / "tests/golden/plugins/decoded_rows.json"
ROWS = 24
STAGES = {"cpt": "pt", "heldout": "pt", "dpo": "dpo", "kto": "kto"}
LOADER_STAGES = {"pt": "pt", "sft": "sft", "dpo": "rm", "kto": "kto"}
COLLATORS = {"dpo": "PairwiseDataCollatorWithPadding", "kto": "KTODataCollatorWithPadding"}


def stage_of(dataset: str) -> str:
    if "ranking" in REGISTRY.get(dataset, {}):
        return "dpo"
    return STAGES.get(dataset.rsplit("_", 1)[-1], "sft")


@pytest.fixture
def inside(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace as current folder, as a recipe's `dataset_dir: .` wants it."""
    monkeypatch.chdir(workspace)
    return workspace


def load(dataset: str, tmp_path: Path, **changes: Any) -> tuple[Any, Any]:
    """Rows and first collated batch of one row, through LLaMA-Factory's own functions."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import get_train_args
    from llamafactory.model import load_tokenizer

    stage = stage_of(dataset)
    settings = {
        **{"model_name_or_path": "saves/tiny/base", "stage": stage, "do_train": True, "finetuning_type": "full"},
        **{"dataset": dataset, "dataset_dir": ".", "template": "empty" if stage == "pt" else "qwen3_nothink"},
        **{"packing": False, "cutoff_len": 1024, "output_dir": str(tmp_path / "out"), "overwrite_cache": True},
    }
    model_args, data_args, training_args, _, _ = get_train_args({**settings, **changes})
    module = load_tokenizer(model_args)
    template = get_template_and_fix_tokenizer(module["tokenizer"], data_args)
    kind = LOADER_STAGES[stage]
    rows = get_dataset(template, model_args, data_args, training_args, stage=kind, **module)["train_dataset"]
    return rows, collator(stage, template, module)([rows[0]])


def collator(stage: str, template: Any, module: Any) -> Any:
    """The collator that LLaMA-Factory's workflow of the stage uses."""
    from llamafactory import data
    from transformers import DataCollatorForLanguageModeling

    if stage == "pt":
        return DataCollatorForLanguageModeling(tokenizer=module["tokenizer"], mlm=False)
    name = COLLATORS.get(stage, "SFTDataCollatorWith4DAttentionMask")
    return getattr(data, name)(template=template, pad_to_multiple_of=8, label_pad_token_id=-100, **module)


def decoded(batch: Any, workspace: Path) -> list[dict[str, Any]]:
    """Each row of a batch: its text, the part that gets a loss, and the ids of both."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(workspace / "saves/tiny/base")
    found = []
    for ids, labels in zip(batch["input_ids"].tolist(), batch["labels"].tolist(), strict=True):
        trained = [label for label in labels if label != -100]
        texts = {"text": tokenizer.decode(ids), "trained": tokenizer.decode(trained)}
        found.append({**texts, "input_ids": str(ids), "labels": str(labels)})
    return found


@pytest.mark.parametrize("dataset", sorted(REGISTRY))
def test_no_row_is_lost(inside: Path, tmp_path: Path, dataset: str) -> None:
    rows, _ = load(dataset, tmp_path)
    assert len(rows) == ROWS
    lengths = {len(row.get("input_ids") or row["chosen_input_ids"]) for row in rows}
    assert min(lengths) > 8


def test_decoded_rows_are_as_agreed(inside: Path, tmp_path: Path) -> None:
    names = [name for name in sorted(REGISTRY) if name.startswith("demo_")]
    found = {name: decoded(load(name, tmp_path)[1], inside) for name in names}
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_30_megabytes_of_mixed_rows_load(inside: Path, tmp_path: Path) -> None:
    names = ["sft_graph.jsonl", "sft_papers.jsonl", "sft_logic.jsonl"]
    for name in names:
        write_rows(tmp_path / "data/demo" / name, of_size(name, 10_000_000))
    assert sum((tmp_path / "data/demo" / name).stat().st_size for name in names) > 30_000_000
    (tmp_path / "dataset_info.json").write_text(json.dumps(REGISTRY), encoding="ascii")
    mixed = ",".join(f"demo_{Path(name).stem}" for name in names)
    rows, _ = load(mixed, tmp_path, dataset_dir=str(tmp_path), max_samples=200)
    assert len(rows) == 600


def of_size(name: str, size: int) -> Iterator[Row]:
    """Rows of one file until it has more than `size` bytes; every thousandth is a long one."""
    written = 0
    for n in count():
        row = MAKERS[name](n)
        if "output" in row:
            row["output"] *= 200 if n % 1000 == 0 else 5
        written += len(json.dumps(row, ensure_ascii=False).encode()) + 1
        yield row
        if written > size:
            return
