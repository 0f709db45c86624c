"""Texts in; a byte-level BPE `Qwen2Tokenizer` trained on them out.

    train_tokenizer(["脑细胞外间隙 ...", "The extracellular space"], vocab_size=4096, split_cjk=True, chat_template="")

Ids: 256 bytes, then the Chinese characters, then the learnt merges, then the special tokens. `Qwen2Tokenizer` brings
its own pre-tokenizer, in which Chinese characters stay together with their neighbours; so the merges alone keep them
apart: those that build the characters come first, and the learning never sees a Chinese character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import GenerationConfig, PreTrainedTokenizerBase, Qwen2Tokenizer
from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX

from builders.errors import UserError
from builders.jsonl import read_rows

SEPARATOR = "<|endoftext|>"
"""Stands between documents and ends a text; never the padding, which gets no loss."""
TURN_START = "<|im_start|>"
TURN_END = "<|im_end|>"
PAD = "<|pad|>"
SPECIAL = (SEPARATOR, TURN_START, TURN_END, PAD)

CJK = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
ROLES = "user\nassistant\n"
"""What the chat template adds to every dialogue; counted with the texts, so that a role is one token."""
TEXT_KEYS = ("text", "instruction", "input", "output", "value", "chosen", "rejected")

Merge = tuple[str, str]


def read_texts(files: Iterable[Path]) -> Iterator[str]:
    """Yields every text that a model will see in dataset files (JSON lines) or plain text files."""
    for file in files:
        if file.suffix == ".jsonl":
            for row in read_rows(file):
                yield from _texts_in(row)
        elif file.is_file():
            yield file.read_text(encoding="utf-8")
        else:
            raise UserError(f"{file}: no such text to train the tokenizer on; build it first with `make data`")


def _texts_in(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if key in TEXT_KEYS:
            yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts_in(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(item, key)


def train_tokenizer(texts: Iterable[str], vocab_size: int, split_cjk: bool, chat_template: str) -> Qwen2Tokenizer:
    """Trains the tokenizer; `vocab_size` is the most tokens it may have, the four special ones included."""
    nfc = normalizers.NFC()
    texts = [nfc.normalize_str(text) for text in texts]
    characters = _character_merges(texts) if split_cjk else []
    room = vocab_size - len(SPECIAL) - len(characters)
    if room < 256:
        raise UserError(
            f"vocab_size={vocab_size}: Chinese characters take {len(characters)} tokens and bytes 256;"
            " raise vocab_size or set split_cjk=false"
        )
    learnt, merges = _learn([*texts, *[ROLES] * len(texts)], room, split_cjk)
    tokens = [*learnt[:256], *("".join(merge) for merge in characters), *learnt[256:]]
    return Qwen2Tokenizer(
        vocab={token: index for index, token in enumerate(tokens)},
        merges=[*characters, *merges],
        unk_token=None,
        eos_token=SEPARATOR,
        pad_token=PAD,
        extra_special_tokens=[TURN_START, TURN_END],
        chat_template=chat_template,
    )


def set_stop_tokens(generation: GenerationConfig, tokenizer: PreTrainedTokenizerBase) -> GenerationConfig:
    """A turn of a chat ends with `<|im_end|>`, a text with `<|endoftext|>`: generation stops at either."""
    generation.eos_token_id = tokenizer.convert_tokens_to_ids([TURN_END, SEPARATOR])
    generation.pad_token_id = tokenizer.pad_token_id
    return generation


def _character_merges(texts: Iterable[str]) -> list[Merge]:
    """The merges that build each Chinese character of the texts out of its bytes, in code point order."""
    in_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    characters = sorted({character for text in texts for character in re.findall(CJK, text)})
    merges: dict[Merge, None] = {}
    for character in characters:
        symbols = in_bytes.pre_tokenize_str(character)[0][0]
        for end in range(1, len(symbols)):
            merges[symbols[:end], symbols[end]] = None
    return list(merges)


def _learn(texts: Iterable[str], vocab_size: int, split_cjk: bool) -> tuple[list[str], list[Merge]]:
    """Byte-pair encoding (Sennrich et al. 2016) over the texts, Chinese characters cut out where they are split."""
    cut_out = [pre_tokenizers.Split(Regex(CJK), behavior="removed")] if split_cjk else []
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            *cut_out,
            pre_tokenizers.Split(Regex(PRETOKENIZE_REGEX), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(
        texts, BpeTrainer(vocab_size=vocab_size, initial_alphabet=alphabet, show_progress=False)
    )
    model = json.loads(tokenizer.to_str())["model"]
    return sorted(model["vocab"], key=model["vocab"].__getitem__), [(left, right) for left, right in model["merges"]]
