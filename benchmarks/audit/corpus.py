"""The build that the audit draws from: our sample, 115 papers, real MinerU output and two graphs, in `.cache/audit`.

    folder = build(ROOT / ".cache" / "audit")     ->  .cache/audit/data/audit/{sft_graph,sft_papers,dpo,cpt,...}.jsonl

It runs through the product's own program, from nothing but what was parsed and derived before: an earlier build leaves
no split and no lexicon behind, so that the same code gives the same rows on any machine.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.lab import ROOT, SHARED, Lab
from benchmarks.spine import markdown

CACHE = ROOT / ".cache" / "audit"
RECIPE = "audit"
RELATIONS = "samples/graph/relations.yaml"
TRIPLES = ("samples/graph/triples.csv", str(SHARED / "kg" / "tcm.json"))
BUILD = f"""recipe: {RECIPE}
papers: [samples/papers, input/{RECIPE}/papers, {SHARED / "mineru"}]
triples: [{", ".join(TRIPLES)}]
relations: {RELATIONS}
logic: samples/graph/logic.yaml
graph:
  questions: {{exposures: 2}}     # further wordings of a fact are no further facts
  card_orderings: 1
"""


def build(folder: Path = CACHE) -> Path:
    """Builds the recipe; returns the folder of its datasets."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("recipes", "samples", "input"):
        shutil.rmtree(folder / name, ignore_errors=True)
    lab = Lab(folder, RECIPE)
    for path in sorted((SHARED / "biomed_papers").glob("*.json")):
        paper = json.loads(path.read_text(encoding="utf-8"))
        (lab.papers / f"{path.stem}.md").write_text("\n\n".join(markdown(paper)), encoding="utf-8")
    lab.write("build.yaml", BUILD)
    data = folder / "data" / RECIPE
    for name in ("splits.json", "lexicon.json"):
        (data / name).unlink(missing_ok=True)
    lab.run("builders", "build.yaml")
    return data


def graphs() -> list[Path]:
    """The files of triples."""
    return [ROOT / name for name in TRIPLES]


def built(folder: Path = CACHE) -> Path:
    """The folder of the datasets of the last build, which may not be there."""
    return folder / "data" / RECIPE
