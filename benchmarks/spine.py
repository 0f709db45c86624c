"""The spine on real papers: does continued pretraining help, is PDF text read right, does ZeRO-3 train the same?

    python -m benchmarks.spine              # about 20 minutes on two cores; needs ../shared/data
    {"bpb_base": ..., "bpb_cpt": ..., "bpb_unigram": ..., "pdf_recall": ..., "pdf_headings": ..., "zero3_gap": ...}

The corpus is 115 biomedical papers (Pap2Pat, CC BY 4.0) as Markdown, about 20 of them held out by paper. Everything
runs through the product's own programs, in a folder of its own that starts with `make new`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import reading, zero3
from benchmarks.lab import ROOT, SHARED, Lab

RECIPE = "papers"

BUILD = ("triples=[]", "relations=null", "logic=null", "split.documents=0.17", "pack.context_tokens=512")
BASE = (f"tokenizer_texts=[data/{RECIPE}/cpt.jsonl]", "vocab_size=4096")
# One pass over about a million tokens: at most ten minutes on two cores.
CPT = ("num_train_epochs=1", "per_device_train_batch_size=8", "learning_rate=2e-3", "eval_strategy=no")
EVAL = f"""recipe: {RECIPE}
data: data/{RECIPE}/eval
train_text: data/{RECIPE}/cpt.jsonl
models: {{base: saves/{RECIPE}/base, cpt: saves/{RECIPE}/cpt}}
tasks: [bits_per_byte]
out: runs/{RECIPE}
vllm_python: {ROOT / ".venv-vllm/bin/python"}
text_prefix_token: <|endoftext|>
"""


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on real papers that are not part of the repository")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        figures = bits_per_byte(work)
        read = reading.measure(SHARED, work / "parsed")
        figures |= {"pdf_recall": read["pdf_recall"], "pdf_headings": read["pdf_headings"]}
        figures |= {"zero3_gap": zero3.measure(work / "zero3")["zero3_gap"]}
    below_base = 1 - figures["bpb_cpt"] / figures["bpb_base"]
    below_unigram = 1 - figures["bpb_cpt"] / figures["bpb_unigram"]
    print(f"CPT is {below_base:.1%} below the untrained model and {below_unigram:.1%} below the unigram model")
    print(json.dumps(figures))
    return 0


def bits_per_byte(work: Path) -> dict[str, float]:
    """Builds, trains and scores in `work`; bits per byte of the held-out papers."""
    lab = Lab(work, RECIPE)
    for path in sorted((SHARED / "biomed_papers").glob("*.json")):
        paper = json.loads(path.read_text(encoding="utf-8"))
        (lab.papers / f"{path.stem}.md").write_text("\n\n".join(markdown(paper)), encoding="utf-8")
    lab.run("builders", "build.yaml", *BUILD)
    lab.run("plugins.train.base", "base.yaml", *BASE)
    lab.run("builders.pack", "build.yaml", *BUILD)
    lab.run("plugins.train", "cpt.yaml", *CPT)
    lab.write("eval.yaml", EVAL)
    lab.run("eval", "eval.yaml")
    report = lab.report()
    models, baselines = report["models"], report["baselines"]
    return {
        "bpb_base": round(models["base"]["bits_per_byte"]["value"], 4),
        "bpb_cpt": round(models["cpt"]["bits_per_byte"]["value"], 4),
        "bpb_unigram": round(baselines["unigram_bits_per_byte"], 4),
    }


def markdown(paper: dict[str, Any]) -> Iterator[str]:
    """A structured paper as blocks of Markdown, every section in its depth."""
    yield f"# {paper['title']}"
    yield "## Abstract"
    yield paper["abstract"]
    yield from _sections(paper["sections"], 2)


def _sections(sections: list[dict[str, Any]], depth: int) -> Iterator[str]:
    for section in sections:
        yield f"{'#' * min(depth, 6)} {section['title']}"
        yield from section["paragraphs"]
        yield from _sections(section["subsections"], depth + 1)


if __name__ == "__main__":
    sys.exit(main())
