"""Small things to pack: a tokenizer with a folder of its own, and documents of which only the lengths count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from builders.pack.tokens import Encoded, Tokens
from builders.pack.vocabulary import Vocabulary

SEPARATOR, PAD = "<|endoftext|>", "<|pad|>"
ENGLISH = "The extracellular space is narrow. Fluid moves in it! Does it also carry waste? Yes (Fig. 2). "
CHINESE = "脑细胞外间隙很窄。组织液在其中流动！它也清除废物吗？"


def train(folder: Path, pad: str | None = PAD) -> Path:
    """A folder with a byte-level tokenizer, as a starting model has it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(
        [ENGLISH, CHINESE], trainers.BpeTrainer(vocab_size=340, initial_alphabet=alphabet, show_progress=False)
    )
    tokenizer.add_special_tokens([SEPARATOR])
    tokenizer.add_tokens([AddedToken(PAD, special=False)])  # as Qwen2.5 has <|fim_pad|>
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    said = {"eos_token": SEPARATOR, "pad_token": pad}
    (folder / "tokenizer_config.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


def text_of(vocabulary: Vocabulary, ids: Sequence[int]) -> str:
    text: str = vocabulary.tokenizer.decode(list(ids), skip_special_tokens=False)
    return text


def documents(folder: Path, *lengths: int, sentence: int = 0, ends: Sequence[int] | None = None) -> Tokens:
    """Documents of these lengths, every token one character; a sentence ends after every so many tokens."""
    tokens = Tokens(folder)
    for number, length in enumerate(lengths):
        cuts = np.arange(sentence, length - 1, sentence, dtype=np.uint32) if sentence else np.array([], np.uint32)
        last = np.arange(1, length + 1, dtype=np.uint32) if ends is None else np.array(ends, np.uint32)
        ids = np.arange(length, dtype=np.uint32) + 1000 * number
        tokens.add(Encoded(f"d{number}", ids, int(last[-1]), last, cuts))
    tokens.flush()
    return tokens
