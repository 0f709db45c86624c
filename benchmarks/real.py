"""Every real input at once: four generations of MinerU, PDFs, 5,954 triples; built, trained a few steps, scored.

python -m benchmarks.real               # about ten minutes on two cores; needs ../shared/data
{"papers": 15, "triples": 5669, "rows": {...}, "dropped": {...}, "seconds": {...}}
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.lab import ROOT, SHARED, Lab

INPUTS = (
    f"papers=[{SHARED / 'mineru'},{SHARED / 'pdf'}]",
    f"triples=[{SHARED / 'kg/tcm.json'}]",
    "relations=null",
    "graph.questions.exposures=4",
)
STAGES = (
    ("builders", "build.yaml", INPUTS),
    ("plugins.train.base", "base.yaml", ()),
    ("builders.pack", "build.yaml", INPUTS),
    ("plugins.train", "cpt.yaml", ("max_steps=10",)),
    ("plugins.train", "sft.yaml", ("max_steps=10",)),
    ("plugins.train", "dpo.yaml", ("max_steps=10",)),
    ("llamafactory.cli export", "export.yaml", ()),
    ("eval", "eval.yaml", ("limit=20", f"vllm_python={ROOT / '.venv-vllm/bin/python'}")),
)


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on real inputs that are not part of the repository")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(Path(folder), "real")
        seconds = {}
        for program, stage, overrides in STAGES:
            started = time.monotonic()
            lab.run(program, stage, *overrides)
            seconds[f"{program} {stage}"] = round(time.monotonic() - started, 1)
        print(json.dumps({**counts(lab), "seconds": seconds}))
    return 0


def counts(lab: Lab) -> dict[str, Any]:
    """What the build counted, and what the evaluation measured of the last model."""
    summary = json.loads((lab.folder / "data" / lab.recipe / "summary.json").read_bytes())
    datasets = summary["datasets"]
    figures = lab.report()["models"]["dpo"]
    return {
        "papers": summary["papers"]["train"] + summary["papers"]["heldout"],
        "triples": summary["graph"]["triples"],
        "rows": {name: counts["rows"] for name, counts in datasets.items() if name != "dropped"},
        "dropped": datasets["dropped"],
        "scored": {name: figure["n"] for name, figure in figures.items() if "_" in name},
    }


if __name__ == "__main__":
    sys.exit(main())
