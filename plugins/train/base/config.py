"""What a recipe's `base.yaml` may say; `__main__.py` explains the two kinds of source."""

from __future__ import annotations

from dataclasses import dataclass, field

from omegaconf import MISSING


@dataclass(frozen=True)
class ModelShape:
    """Size of a random model. vLLM serves heads (`hidden_size / heads`) of 32 or more, not of 16."""

    hidden_size: int = 256
    intermediate_size: int = 960
    layers: int = 4
    heads: int = 4
    key_value_heads: int = 2
    max_position_embeddings: int = 2048
    tie_word_embeddings: bool = True


@dataclass(frozen=True)
class BaseConfig:
    """One starting model."""

    out: str = MISSING
    """The folder to write; it is replaced if it was made by this program."""
    source: str | None = None
    """Hub name or local folder; null for random weights."""
    revision: str | None = None
    """Commit or tag on the hub; null takes the newest."""
    pad_token: str = "<|fim_pad|>"
    """A token of the source's vocabulary that no text holds, other than the separator."""
    tokenizer_texts: list[str] = field(default_factory=list)
    """Dataset files (JSON lines) or plain texts that a random model's tokenizer is trained on."""
    vocab_size: int = 4096
    split_cjk: bool = True
    """One token a Chinese character, so that rare names are learnt from parts that occur elsewhere."""
    shape: ModelShape = field(default_factory=ModelShape)
    seed: int = 0
