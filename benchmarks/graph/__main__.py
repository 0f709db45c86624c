"""`python -m benchmarks.graph [triples=1000000] [keep=<folder>]`: see `benchmarks/graph/__init__.py`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.graph import synthetic
from benchmarks.graph.measured import Measured, measured
from benchmarks.graph.wordings import counts
from benchmarks.lab import ROOT, SHARED, Lab

RECIPE = "kg"
COPY = "qwen2.5-7b-lora"
MILLION = 1_000_000
SEED = 1
PAPERLESS = ("papers=[]", "logic=samples/graph/logic.yaml")
TCM = (*PAPERLESS, f"triples=[{SHARED / 'kg/tcm.json'}]", "relations=null")
LARGE = (
    *PAPERLESS,
    *("triples=[kg.csv]", "relations=kg.yaml"),
    *("graph.questions.exposures=1", "graph.card_orderings=1"),  # a row a fact and language; more only take longer
)


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on a real graph that is not part of the repository")
        return 1
    settings = dict(argument.split("=", 1) for argument in sys.argv[1:])
    count = int(settings.get("triples", MILLION))
    with tempfile.TemporaryDirectory(dir=settings.get("keep")) as folder:
        figures = {"seconds_tcm": 0.0, "rss_mb_1m": 0.0, **wordings(), "dropped_rows": 0}
        lab = Lab(Path(folder) / "tcm", RECIPE, COPY)
        figures["seconds_tcm"] = program(lab, "builders", *TCM).seconds
        figures["dropped_rows"] = dropped_rows(lab)
        figures["rss_mb_1m"] = large(Lab(Path(folder) / "large", RECIPE, COPY), count)
    print(json.dumps(figures))
    return 0


def program(lab: Lab, module: str, *overrides: str) -> Measured:
    """Runs a program of the product on the lab's build.yaml, as a user would."""
    return measured(["-m", module, f"recipes/{RECIPE}/build.yaml", *overrides], lab.folder, lab.environment)


def wordings() -> dict[str, Any]:
    """The fewest training wordings of a task in a language; the fewest test wordings are printed."""
    found = counts(ROOT / "builders" / "wordings")
    for side, listed in found.items():
        fewest = min(listed, key=lambda name: listed[name])
        print(f"--- {len(listed)} {side} lists of wordings; fewest: {listed[fewest]} in {fewest}")
    return {"wordings_min": min(found["train"].values())}


def dropped_rows(lab: Lab) -> int:
    """Rows of all datasets that LLaMA-Factory's loader drops, of a tokenizer trained on their own text."""
    texts = sorted(str(path.relative_to(lab.folder)) for path in (lab.folder / "data" / RECIPE).glob("sft_*.jsonl"))
    plain = [text for text in texts if not text.endswith(".sources.jsonl")]
    small = ["source=null", f"out=saves/{RECIPE}/base", "vocab_size=4096", "shape.layers=1"]
    lab.run("plugins.train.base", "base.yaml", f"tokenizer_texts=[{','.join(plain)}]", *small)
    command = [sys.executable, "-m", "benchmarks.graph.rows", RECIPE]
    quiet = {"TQDM_DISABLE": "1", "HF_HUB_OFFLINE": "1", "HF_HOME": str(lab.folder / "cache")}
    done = subprocess.run(
        command, cwd=lab.folder, env={**lab.environment, **quiet}, stdout=subprocess.PIPE, text=True, check=True
    )
    told = done.stdout.splitlines()[-1]
    print(f"--- rows by LLaMA-Factory's loader: {told}", flush=True)
    return sum(each["dropped"] for each in json.loads(told).values())


def large(lab: Lab, count: int) -> float:
    """Lint and build of a synthetic graph; returns the higher peak."""
    synthetic.write(lab.folder / "kg.csv", lab.folder / "kg.yaml", count, SEED)
    took = [program(lab, module, *LARGE) for module in ("builders.graph.lint", "builders")]
    return max(each.rss_mb for each in took)


if __name__ == "__main__":
    sys.exit(main())
