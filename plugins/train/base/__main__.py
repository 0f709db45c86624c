"""`python -m plugins.train.base recipes/demo/base.yaml key=value`: makes the folder that the first stage starts from.

    source: null               a tiny Qwen2 of random weights, its tokenizer trained on `tokenizer_texts`
    source: Qwen/Qwen2.5-7B    a hub name or a local folder: linked, with a padding that is not the separator

Both get the same chat template (ChatML without a system prompt of its own) and the same stop tokens, so that what
LLaMA-Factory trains with template `qwen3_nothink` and what vLLM serves are the same tokens.
"""

from __future__ import annotations

import sys
from pathlib import Path

from builders.config_file import load
from builders.errors import UserError
from plugins.train.base.config import BaseConfig


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    try:
        config = load(BaseConfig, Path(arguments[0]), arguments[1:])
        from plugins.train.base.prepare import prepare  # here, because it takes seconds to load torch

        print(f"starting model: {prepare(config)}")
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
