"""The tokenizer that a packing uses, checked against the separator and the padding that its folder names.

load_vocabulary(PackConfig(tokenizer="saves/demo/base"))  ->  Vocabulary(tokenizer, separator=4092)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from tokenizers import Tokenizer

from builders.errors import UserError
from builders.pack import PackConfig

FILES = ("tokenizer.json", "tokenizer_config.json")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A tokenizer that never gives its padding or its separator for a text, and the id of the separator."""

    tokenizer: Tokenizer
    separator: int


def load_vocabulary(config: PackConfig) -> Vocabulary:
    """Loads the tokenizer; control tokens that a text spells out are read as text.

    Raises:
        UserError: there is no such tokenizer, it lacks the separator, or its padding is the separator or plain text.
    """
    folder = _folder(config.tokenizer)
    absent = [name for name in FILES if not (folder / name).is_file()]
    if absent:
        raise UserError(f"{folder}: holds no {' and no '.join(absent)}; make the starting model with `make base`")
    tokenizer = Tokenizer.from_file(str(folder / FILES[0]))
    tokenizer.encode_special_tokens = True
    separator = tokenizer.token_to_id(config.separator)
    if separator is None:
        raise UserError(f"pack.separator={config.separator}: not a token of {config.tokenizer}; name one that it has")
    pad = _pad(folder / FILES[1])
    if pad == config.separator:
        raise UserError(
            f"{folder / FILES[1]}: pads with {pad}, which is pack.separator, and what equals the padding gets no loss;"
            " make a copy that pads with another token with `make base` and name it as pack.tokenizer"
        )
    for token in filter(None, (pad, config.separator)):
        tokenizer.add_special_tokens([token])  # Qwen2.5 names some that it reads in a text as control tokens
        if tokenizer.token_to_id(token) in tokenizer.encode(f"a {token} b", add_special_tokens=False).ids:
            raise UserError(
                f"{folder}: {token} is read in ordinary text, and the padding gets no loss; name a control token"
            )
    return Vocabulary(tokenizer, separator)


def _folder(name: str) -> Path:
    if Path(name).is_dir():
        return Path(name)
    if not name or name.startswith(("saves/", "./", "/")):
        raise UserError(f"pack.tokenizer={name}: no such folder; make the starting model first with `make base`")
    from huggingface_hub import snapshot_download  # takes a second to import

    try:
        return Path(snapshot_download(name, allow_patterns=list(FILES)))
    except (OSError, ValueError) as error:  # what the hub's client raises for no network, no such name, no leave
        raise UserError(
            f"pack.tokenizer={name}: no folder here, and the hub does not give it; run `make base` and name its folder"
        ) from error


def _pad(path: Path) -> str | None:
    """The padding that LLaMA-Factory will use: the one named, else the end-of-text token."""
    try:
        said = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise UserError(f"{path}: not JSON ({error}); make the starting model anew with `make base`") from error
    return _content(said.get("pad_token")) or _content(said.get("eos_token"))


def _content(token: Any) -> str | None:
    content = token["content"] if isinstance(token, dict) else token
    return content if isinstance(content, str) else None
