"""A recipe's datasets in, the rows that LLaMA-Factory's own loader drops or cannot read out.

python -m benchmarks.graph.rows <recipe>        in the folder of a lab, with a base model in saves/<recipe>/base
{"kg_sft_graph": {"rows": 90814, "dropped": 0}, ...}
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LOADER_STAGES = {"pt": "pt", "sft": "sft", "dpo": "rm", "kto": "kto"}
TEMPLATE = {"pt": "empty"}
CUTOFF = 2048


def registered(recipe: str) -> Iterator[tuple[str, Mapping[str, Any], Path]]:
    """The recipe's datasets that hold rows, with their entries and files."""
    for name, entry in json.loads(Path("dataset_info.json").read_text(encoding="ascii")).items():
        path = Path(entry["file_name"])
        if name.startswith(f"{recipe}_") and path.is_file() and path.stat().st_size:
            yield name, entry, path


def stage_of(entry: Mapping[str, Any]) -> str:
    """The stage that reads a dataset, by what its entry says."""
    if entry.get("ranking"):
        return "dpo"
    columns = entry.get("columns", {})
    if "kto_tag" in columns:
        return "kto"
    return "pt" if columns.get("prompt") == "text" else "sft"


def loaded(name: str, stage: str, recipe: str, output: str) -> int:
    """How many rows LLaMA-Factory trains on."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import get_train_args
    from llamafactory.model import load_tokenizer

    settings = {
        **{"model_name_or_path": f"saves/{recipe}/base", "stage": stage, "do_train": True, "finetuning_type": "lora"},
        **{"dataset": name, "dataset_dir": ".", "template": TEMPLATE.get(stage, "qwen3_nothink"), "packing": False},
        **{"cutoff_len": CUTOFF, "output_dir": output, "overwrite_cache": True, "preprocessing_num_workers": 2},
    }
    model, data, training, _, _ = get_train_args(settings)
    module = load_tokenizer(model)
    template = get_template_and_fix_tokenizer(module["tokenizer"], data)
    found = get_dataset(template, model, data, training, stage=LOADER_STAGES[stage], **module)
    return len(found["train_dataset"])


def main(recipe: str) -> int:
    figures = {}
    with tempfile.TemporaryDirectory() as output:
        for name, entry, path in registered(recipe):
            with path.open("rb") as lines:
                rows = sum(1 for line in lines if line.strip())
            figures[name] = {"rows": rows, "dropped": rows - loaded(name, stage_of(entry), recipe, output)}
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
