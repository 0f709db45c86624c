r"""Texts in; a byte-level BPE `Qwen2Tokenizer` trained on them out.

    train_tokenizer(["脑细胞外间隙 ... ", "The extracellular space ..."], TokenizerShape(vocab_size=4096))

Ids: 256 bytes, then Chinese characters, then learnt merges, then the special tokens. `Qwen2Tokenizer` fixes its own
pre-tokenizer (runs of letters, Chinese or not, stay together), so that Chinese characters are kept apart by the merges
alone: those that build a character come first, and no learnt merge ever saw a Chinese character.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import Qwen2Tokenizer
from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX

from builders.errors import UserError
from builders.jsonl import read_rows

SEPARATOR = "<|endoftext|>"
TURN_START = "<|im_start|>"
TURN_END = "<|im_end|>"
PAD = "<|pad|>"
SPECIAL = (SEPARATOR, TURN_START, TURN_END, PAD)

CJK = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
TEXT_KEYS = ("text", "instruction", "input", "output", "value", "chosen", "rejected")

Merge = tuple[str, str]


def read_texts(files: Iterable[Path]) -> Iterator[str]:
    """Yields every text a model will see in dataset files (JSON lines) or plain text files."""
    for file in files:
        if file.suffix == ".jsonl":
            for row in read_rows(file):
                yield from _texts_in(row)
        elif file.is_file():
            yield file.read_text(encoding="utf-8")
        else:
            raise UserError(f"{file}: no such file to train the tokenizer on; build it first with `make data`")


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                if key in TEXT_KEYS:
                    yield item
            else:
                yield from _texts_in(item)


def train_tokenizer(texts: Iterable[str], vocab_size: int, split_cjk: bool, chat_template: str) -> Qwen2Tokenizer:
    """Trains the tokenizer; `vocab_size` counts everything, the four special tokens included."""
    normalized = [normalizers.NFC().normalize_str(text) for text in texts]
    cjk_merges = _character_merges(normalized) if split_cjk else []
    room = vocab_size - len(SPECIAL) - len(cjk_merges)
    if room < len(pre_tokenizers.ByteLevel.alphabet()):
        raise UserError(
            f"vocab_size={vocab_size}: {len(cjk_merges)} tokens go to Chinese characters, which leaves no room for the"
            " 256 bytes; raise vocab_size or set split_cjk=false"
        )
    learnt_vocab, learnt_merges = _learn(normalized, room, split_cjk)
    tokens = learnt_vocab[:256] + ["".join(merge) for merge in cjk_merges] + learnt_vocab[256:]
    return Qwen2Tokenizer(
        vocab={token: index for index, token in enumerate(tokens)},
        merges=cjk_merges + learnt_merges,
        unk_token=None,
        eos_token=SEPARATOR,
        pad_token=PAD,
        extra_special_tokens=[TURN_START, TURN_END],
        chat_template=chat_template,
    )


def _character_merges(texts: Iterable[str]) -> list[Merge]:
    """The merges that build each Chinese character of the texts from its bytes, in code point order."""
    is_cjk = pre_tokenizers.Split(Regex(CJK), behavior="isolated")
    to_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    found = {piece for text in set(texts) for piece, _ in is_cjk.pre_tokenize_str(text) if len(piece) == 1}
    merges: dict[Merge, None] = {}
    for character in sorted(found):
        if not is_cjk_character(character):
            continue
        symbols = to_bytes.pre_tokenize_str(character)[0][0]
        for end in range(1, len(symbols)):
            merges[(symbols[:end], symbols[end])] = None
    return list(merges)
