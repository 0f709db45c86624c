"""A configuration in; a folder with a Qwen2 model of random weights and a tokenizer of its own out.

The embedded default: it needs no download and trains on a CPU in minutes. With the default shape it has 3.7 million
parameters beside the embeddings. Same texts, same configuration: same bytes.
"""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import GenerationConfig, Qwen2Config, Qwen2ForCausalLM

from builders.errors import UserError
from plugins.train.base.config import BaseConfig, ModelShape
from plugins.train.base.tokenizer import read_texts, set_stop_tokens, train_tokenizer


def write_random_model(config: BaseConfig, out: Path, chat_template: str) -> None:
    if not config.tokenizer_texts:
        raise UserError("tokenizer_texts: empty, but a model without source needs texts to train its tokenizer on")
    texts = read_texts(Path(file) for file in config.tokenizer_texts)
    tokenizer = train_tokenizer(texts, config.vocab_size, config.split_cjk, chat_template)
    torch.manual_seed(config.seed)
    model = Qwen2ForCausalLM(_qwen2_config(config.shape, len(tokenizer), tokenizer.eos_token_id))
    model.config.pad_token_id = tokenizer.pad_token_id
    model.generation_config = set_stop_tokens(GenerationConfig(), tokenizer)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def _qwen2_config(shape: ModelShape, vocab_size: int, eos_token_id: int) -> Qwen2Config:
    return Qwen2Config(
        vocab_size=vocab_size,
        hidden_size=shape.hidden_size,
        intermediate_size=shape.intermediate_size,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.key_value_heads,
        max_position_embeddings=shape.max_position_embeddings,
        tie_word_embeddings=shape.tie_word_embeddings,
        bos_token_id=None,
        eos_token_id=eos_token_id,
        dtype="float32",
    )
