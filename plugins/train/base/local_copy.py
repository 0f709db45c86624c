"""A model folder or hub name in; a folder out whose padding is not its separator and whose weights are hard links.

Why a copy: in Qwen2.5 the document separator `<|endoftext|>` is also the padding, and what equals the padding gets no
loss, so that continued pretraining would never teach where a document ends.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from huggingface_hub import snapshot_download
from transformers import AutoTokenizer, GenerationConfig

from builders.errors import UserError
from plugins.train.base.config import BaseConfig
from plugins.train.base.tokenizer import SEPARATOR, TURN_END, TURN_START, set_stop_tokens

WEIGHTS = "*.safetensors"
MODEL_FILES = (WEIGHTS, "*.safetensors.index.json", "config.json", "generation_config.json", "LICENSE*")
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt", "special_tokens_map.json")


def write_local_copy(config: BaseConfig, out: Path, chat_template: str) -> None:
    """Links the weights, copies the small files, writes tokenizer and generation config anew."""
    assert config.source is not None
    source = _locate(config.source, config.revision)
    tokenizer = AutoTokenizer.from_pretrained(source)
    absent = {SEPARATOR, TURN_START, TURN_END, config.pad_token} - tokenizer.get_vocab().keys()
    if absent:
        names = ", ".join(sorted(absent))
        raise UserError(f"{source}: the vocabulary lacks {names}; name another pad_token or source")
    if config.pad_token == SEPARATOR:
        raise UserError(f"pad_token={SEPARATOR}: this is the separator, and padding gets no loss; name another token")
    for pattern in MODEL_FILES:
        for file in sorted(source.glob(pattern)):
            _link_or_copy(file.resolve(), out / file.name)
    tokenizer.pad_token = config.pad_token
    tokenizer.chat_template = chat_template
    tokenizer.save_pretrained(out)
    has_generation_config = (out / "generation_config.json").is_file()
    generation = GenerationConfig.from_pretrained(out) if has_generation_config else GenerationConfig()
    set_stop_tokens(generation, tokenizer).save_pretrained(out)


def _locate(source: str, revision: str | None) -> Path:
    """The model's folder: the one named, or the hub's snapshot of it. Pickled weights are never fetched or read."""
    folder = Path(source)
    if not folder.is_dir():
        try:
            files = [*MODEL_FILES, *TOKENIZER_FILES]
            folder = Path(snapshot_download(source, revision=revision, allow_patterns=files))
        except (OSError, ValueError) as error:  # what the hub's client raises for no network, no such name, no leave
            raise UserError(
                f"source={source}: no folder here, and the hub does not give it ({_first_line(error)});"
                " fetch the model where there is a network and pass source=<its folder>"
            ) from error
    if not any(folder.glob(WEIGHTS)):
        raise UserError(f"{folder}: holds no {WEIGHTS}; convert the weights first (pickled ones are not read)")
    return folder


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _link_or_copy(file: Path, target: Path) -> None:
    if not file.match(WEIGHTS):
        shutil.copyfile(file, target)
        return
    try:
        os.link(file, target)
    except OSError:  # another file system: a symbolic link costs no space either
        target.symlink_to(file)
