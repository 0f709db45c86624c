"""What CPT really trains: the labels behind LLaMA-Factory's own loader and collator, ours beside its own packing."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.packing import trained_labels
from builders.pack.__main__ import main
from tests.plugins.rows import cpt_row, write_rows

pytestmark = pytest.mark.slow

PAPERS, LENGTH = 40, 128
INFO = {"texts": {"file_name": "data/demo/cpt.jsonl", "columns": {"prompt": "text"}}}


@pytest.fixture(scope="module")
def base(workspace: Path) -> Path:
    """The starting model of the workspace; its padding is not the separator."""
    return workspace / "saves/tiny/base"


@pytest.fixture
def packed(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with forty papers of one to nine paragraphs, packed, and registered as text."""
    monkeypatch.chdir(tmp_path)
    texts = ["\n\n".join(cpt_row(n * 10 + part)["text"] for part in range(n % 9 + 1)) for n in range(PAPERS)]
    rows = [{"id": f"p{n}", "text": text} for n, text in enumerate(texts)]
    spans = [{"document": row["id"], "start": 0, "end": len(row["text"])} for row in rows]
    write_rows(Path("data/demo/cpt.jsonl"), iter(rows))
    write_rows(Path("data/demo/cpt.sources.jsonl"), ({"id": s["document"], "sources": [s]} for s in spans))
    for name in ("documents.jsonl", "eval/heldout_text.jsonl"):
        write_rows(Path("data/demo") / name, iter(()))
    Path("dataset_info.json").write_text(json.dumps(INFO), encoding="ascii")
    Path("build.yaml").write_text(f"recipe: demo\npack: {{tokenizer: {base}, context_tokens: {LENGTH}}}\n")
    assert main(["build.yaml"]) == 0
    return tmp_path


def expected(base: Path) -> Counter[int]:
    """Every token of every paper, and a separator behind each."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(base)
    texts = [json.loads(line)["text"] for line in Path("data/demo/cpt.jsonl").read_text("utf-8").splitlines()]
    ids = [token for text in texts for token in tokenizer(text, add_special_tokens=False)["input_ids"]]
    return Counter([*ids, *[tokenizer.eos_token_id] * len(texts)])


def ours(model: Path) -> Counter[int]:
    return trained_labels(model_name_or_path=str(model), dataset="texts", tokenized_path="data/demo/cpt_packed")


def theirs(model: Path, **settings: Any) -> Counter[int]:
    return trained_labels(model_name_or_path=str(model), dataset="texts", cutoff_len=LENGTH, **settings)


def test_every_token_carries_loss_separators_included(packed: Path, base: Path) -> None:
    wanted, found = expected(base), ours(base)
    assert (wanted - found).total() == 0
    assert found == wanted

    own, uncut = theirs(base, packing=True), theirs(base, packing=False)
    lost = {"ours": 0, "packing: true": (wanted - own).total(), "packing: false": (wanted - uncut).total()}
    sys.stdout.write(f"labels lost of {wanted.total()}: {lost}\n")
    assert 0 < lost["packing: true"] < LENGTH  # the rest of its one map batch; each further batch loses as much
    assert lost["packing: false"] > 0  # what is longer than a row


def test_every_map_batch_of_llamafactorys_own_packing_loses_its_rest(packed: Path, base: Path) -> None:
    wanted = expected(base)
    lost = [(wanted - theirs(base, packing=True, preprocessing_batch_size=size)).total() for size in (40, 5)]
    sys.stdout.write(f"labels lost of {wanted.total()}: {lost[0]} in one map batch, {lost[1]} in eight\n")
    assert lost[1] > 2 * lost[0]


def test_a_padding_that_is_the_separator_would_lose_every_separator(packed: Path, base: Path, tmp_path: Path) -> None:
    """Why the packing refuses such a tokenizer."""
    model = tmp_path / "padded"
    shutil.copytree(base, model)
    said = json.loads((model / "tokenizer_config.json").read_text("utf-8"))
    (model / "tokenizer_config.json").write_text(json.dumps({**said, "pad_token": said["eos_token"]}))
    lost = expected(base) - ours(model)
    assert list(lost.values()) == [PAPERS]
    assert main(["build.yaml", f"pack.tokenizer={model}"]) == 1
