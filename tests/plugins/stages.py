"""What the tests of whole chains share: overrides that make a stage short, and what an exported model must show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.plugins.rows import logged

TINY = "model_name_or_path=saves/tiny/base"
SHORT = ("max_steps=2", "logging_steps=1", "per_device_train_batch_size=2", "gradient_accumulation_steps=1")
COMMAND = str(Path(sys.executable).with_name("llamafactory-cli"))


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
