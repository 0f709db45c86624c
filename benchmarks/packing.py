"""Packing of CPT text: is a label lost, how full are the rows, where are papers cut, how fast, in how much memory?

    python -m benchmarks.packing            # about three minutes on two cores; needs ../shared/data
    {"labels_lost": 0, "packing_fill_2048": ..., "packing_fill_4096": ..., "packing_fill_8192": ..., ...}

The corpus: 300 and 3,000 papers of about 10,000 tokens, drawn with replacement from 115 biomedical ones (Pap2Pat,
CC BY 4.0), the paragraphs of each drawn with replacement from its own. They are packed by the product's own program.
Labels are counted behind LLaMA-Factory's loader and the collator of its CPT workflow, for our rows and for its own.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from importlib.metadata import version
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.lab import ROOT, SHARED
from builders.jsonl import read_rows, write_rows
from builders.types import Block, Document

SMALL, LARGE = 300, 3000
SEED = 42
RECIPE = "papers"
LENGTHS = (2048, 4096, 8192)
BATCH = 8
IGNORED = -100
"""A label without loss."""


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on real papers that are not part of the repository")
        return 1
    with tempfile.TemporaryDirectory() as name, chdir(name):
        work = Path(name)
        write_corpus(work, SMALL)
        make_base(work)
        figures = {**fills(work), "labels_lost": labels_lost(work), **many(work)}
    print(json.dumps(figures))
    return 0


def write_corpus(work: Path, papers: int) -> None:
    """What `make data` leaves for the packing: texts and their sources, and no held-out paper."""
    data = work / "data" / RECIPE
    documents = resampled(papers)
    for name in ("documents.jsonl", "eval/heldout_text.jsonl"):
        write_rows(data / name, ())
    write_rows(data / "cpt.jsonl", ({"id": paper.id, "text": paper.text} for paper in documents))
    lines = ({"id": paper.id, "sources": list(_spans(paper))} for paper in resampled(papers))
    write_rows(data / "cpt.sources.jsonl", lines)


def resampled(count: int) -> Iterator[Document]:
    """Papers drawn with replacement, their paragraphs too; the same ones every time."""
    paths = sorted((SHARED / "biomed_papers").glob("*.json"))
    papers = [list(_paragraphs(json.loads(path.read_text(encoding="utf-8")))) for path in paths]
    draw = random.Random(SEED)
    for number in range(count):
        title, *paragraphs = draw.choice(papers)
        texts = [title, *draw.choices(paragraphs, k=len(paragraphs))]
        blocks = tuple(Block("paragraph", text, page=1 + index // 10) for index, text in enumerate(texts))
        yield Document(f"sha:{number:016x}", "", title, "en", "", "resampled", blocks)


def _paragraphs(part: dict[str, Any]) -> Iterator[str]:
    yield part["title"]
    yield from [part["abstract"]] if "abstract" in part else part["paragraphs"]
    for below in part["sections"] if "abstract" in part else part["subsections"]:
        yield from _paragraphs(below)


def _spans(paper: Document) -> Iterator[dict[str, Any]]:
    start = 0
    for block in paper.blocks:
        end = start + len(block.text)
        yield {"document": paper.id, "page": block.page, "start": start, "end": end, "maker": paper.reader}
        start = end + 2


def make_base(work: Path) -> None:
    """The tokenizer as `make base` trains it for the demo, beside a model that nobody runs."""
    from plugins.train.base.config import BaseConfig, ModelShape
    from plugins.train.base.prepare import prepare

    shape = ModelShape(hidden_size=64, intermediate_size=64, layers=1, heads=1, key_value_heads=1)
    prepare(BaseConfig(out="base", tokenizer_texts=[str(work / "data" / RECIPE / "cpt.jsonl")], shape=shape))


# ---- our packing ----------------------------------------------------------------------------------------------------


# The peak that the kernel tells a parent begins with the parent's own size, so the child reads its own.
CHILD = """
import sys
from builders.pack.__main__ import main
status = main(sys.argv[1:])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.exit(status)
"""


def pack(work: Path, length: int) -> dict[str, Any]:
    """Runs `python -m builders.pack`; returns its counts with its seconds and its peak of memory."""
    (work / "build.yaml").write_text(f"recipe: {RECIPE}\nseed: {SEED}\npack: {{tokenizer: ./base}}\n")
    command = [sys.executable, "-c", CHILD, "build.yaml", f"pack.context_tokens={length}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    counts: dict[str, Any] = json.loads((work / "data" / RECIPE / "cpt_packed.json").read_bytes())["train"]
    cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**counts, "seconds": seconds, "cpu_seconds": cpu_seconds, "mb": int(ran.stdout.split()[-1]) / 1024}


def fills(work: Path) -> dict[str, Any]:
    """Packs the small corpus for each context length, the shortest last."""
    figures: dict[str, Any] = {}
    for length in reversed(LENGTHS):
        counts = pack(work, length)
        said(f"{length} tokens a row, {SMALL} papers", counts)
        figures[f"packing_fill_{length}"] = round(counts["tokens"] / (counts["rows"] * length), 5)
        figures[f"cuts_at_sentence_{length}"] = round(counts["cuts_at_sentence"] / counts["cuts"], 4)
        figures[f"cut_though_they_fit_{length}"] = counts["cut_though_they_fit"]
    exact, rows = exact_sources(work)
    print(f"rows whose text is what their sources say: {exact} of {rows}")
    return {**figures, "rows_unlike_their_sources": rows - exact}


def said(what: str, counts: dict[str, Any]) -> None:
    print(
        f"{what}: {counts['tokens']:,} tokens in {counts['rows']:,} rows, {counts['fill']:.2%} full;"
        f" {counts['cuts']:,} cuts, {counts['cuts_at_sentence'] / counts['cuts']:.1%} between sentences,"
        f" {counts['cut_though_they_fit']} papers cut though they fit a row;"
        f" {counts['seconds']:.1f} s ({counts['cpu_seconds']:.1f} s of CPU),"
        f" {counts['tokens'] / counts['seconds']:,.0f} tokens/s, peak {counts['mb']:.0f} MB",
        flush=True,
    )


def exact_sources(work: Path) -> tuple[int, int]:
    """How many packed rows decode, but for white space, to what their sources quote; and of how many."""
    from datasets import load_from_disk
    from tokenizers import Tokenizer

    data = work / "data" / RECIPE
    texts = {row["id"]: row["text"] for row in read_rows(data / "cpt.jsonl")}
    tokenizer = Tokenizer.from_file("base/tokenizer.json")
    rows = load_from_disk(str(data / "cpt_packed"))["train"]["input_ids"]
    exact = 0
    for ids, line in zip(rows, read_rows(data / "cpt_packed.sources.jsonl"), strict=True):
        quoted = "".join(texts[source["document"]][source["start"] : source["end"]] for source in line["sources"])
        decoded = tokenizer.decode(ids, skip_special_tokens=True)
        exact += _plain(decoded) == _plain(quoted)
    return exact, len(rows)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def many(work: Path) -> dict[str, Any]:
    """Packs the large corpus."""
    small = pack(work, LENGTHS[0] + 1)  # one token more, so that it has something to do
    write_corpus(work, LARGE)
    large = pack(work, LENGTHS[0])
    said(f"{LENGTHS[0]} tokens a row, {LARGE} papers", large)
    return {
        "packing_fill_2048_3000": round(large["tokens"] / (large["rows"] * LENGTHS[0]), 5),
        "seconds_pack_3000": round(large["seconds"], 1),
        "cpu_seconds_pack_3000": round(large["cpu_seconds"], 1),
        "tokens_per_second": round(large["tokens"] / large["seconds"]),
        "peak_mb_300": round(small["mb"]),
        "peak_mb_3000": round(large["mb"]),
        "rss_ratio_10x": round(large["mb"] / small["mb"], 2),
    }


# ---- what the collator trains ---------------------------------------------------------------------------------------


def trained_labels(**settings: Any) -> Counter[int]:
    """Counts by id the labels that carry loss behind LLaMA-Factory's loader and the collator of its CPT workflow."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import get_train_args
    from llamafactory.model import load_tokenizer
    from transformers import DataCollatorForLanguageModeling

    fixed = {"stage": "pt", "do_train": True, "finetuning_type": "full", "template": "empty", "dataset_dir": "."}
    unread = {"output_dir": "unread", "overwrite_cache": True, "report_to": "none", "bf16": False}
    model_args, data_args, training_args, _, _ = get_train_args({**fixed, **unread, **settings})
    module = load_tokenizer(model_args)
    template = get_template_and_fix_tokenizer(module["tokenizer"], data_args)
    with redirect_stdout(StringIO()):  # the loader prints its first row
        rows = get_dataset(template, model_args, data_args, training_args, stage="pt", **module)["train_dataset"]
    collate = DataCollatorForLanguageModeling(tokenizer=module["tokenizer"], mlm=False)
    features = ({"input_ids": row["input_ids"], "attention_mask": row["attention_mask"]} for row in rows)
    labels: Counter[int] = Counter()
    while batch := list(islice(features, BATCH)):
        labels.update(collate(batch)["labels"].flatten().tolist())
    del labels[IGNORED]
    return labels


def expected_labels(model: str, texts: Path) -> int:
    """The tokens of every text, and a separator for each."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model)
    return sum(len(tokenizer(row["text"], add_special_tokens=False)["input_ids"]) + 1 for row in read_rows(texts))


def labels_lost(work: Path) -> int:
    """The labels without loss in our rows; what LLaMA-Factory's own packing loses of the same text is printed."""
    (work / "dataset_info.json").write_text(
        json.dumps({"papers": {"file_name": f"data/{RECIPE}/cpt.jsonl", "columns": {"prompt": "text"}}})
    )
    settings = {"model_name_or_path": "base", "dataset": "papers", "cutoff_len": LENGTHS[0]}
    expected = expected_labels("base", work / "data" / RECIPE / "cpt.jsonl")
    ours = trained_labels(**settings, tokenized_path=f"data/{RECIPE}/cpt_packed").total()
    print(f"labels that carry loss, of {expected:,} tokens (separators included): {ours:,}")
    for own in ({"packing": True}, {"packing": True, "preprocessing_num_workers": 16}, {"packing": False}):
        labels = trained_labels(**settings, **own).total()
        print(f"  LLaMA-Factory {version('llamafactory')} alone, {own}: {labels:,}, {1 - labels / expected:.3%} lost")
    return expected - ours


if __name__ == "__main__":
    sys.exit(main())
