"""A configuration in; the finished folder out, written aside and renamed."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

from builders.errors import UserError
from builders.jsonl import write_json
from plugins.train.base.config import BaseConfig
from plugins.train.base.local_copy import write_local_copy
from plugins.train.base.random_model import write_random_model

MANIFEST = "base.json"
"""Marks a folder as made here and says from what."""
CHAT_TEMPLATE = Path(__file__).with_name("chatml.jinja")


def prepare(config: BaseConfig) -> Path:
    """Makes the starting model; a folder of that name is replaced only if it was made here, too."""
    out = Path(config.out)
    if out.exists() and not (out / MANIFEST).is_file():
        raise UserError(f"{out}: exists and was not made by this program; delete it or pass out=<another folder>")
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        write = write_local_copy if config.source else write_random_model
        write(config, partial, CHAT_TEMPLATE.read_text(encoding="utf-8"))
        write_json(partial / MANIFEST, asdict(config))
        shutil.rmtree(out, ignore_errors=True)
        partial.rename(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return out
