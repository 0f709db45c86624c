"""builders/wordings in, how many wordings each task of the graph has by language, to train and to test with, out.

counts(Path("builders/wordings"))["train"]  ->  {"train.yaml: forward.zh": 138, ...}

Counted are files that keep the two apart: those whose name, or whose keys, say `train` or `test`, and a file beside
which another of the same name with `_test` stands. Answers, openings and endings are no wordings of a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh", "en")
SIDES = ("train", "test")
NO_QUESTIONS = {"answers", "openings", "endings", "strangers"}
QUESTIONS = "cores"
"""Where a wording is put together of parts, the part that counts."""


def counts(folder: Path) -> dict[str, dict[str, int]]:
    """The number of wordings by side and by file, task and language."""
    found: dict[str, dict[str, int]] = {side: {} for side in SIDES}
    for path in sorted(folder.rglob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        name = str(path.relative_to(folder))
        for keys, count in _languages(data, ()):
            said = {*name.removesuffix(".yaml").replace("/", "_").split("_"), *keys}
            paired = path.with_name(f"{path.stem}_test.yaml").is_file()
            side = next((side for side in reversed(SIDES) if side in said), "train" if paired else None)
            if side and not NO_QUESTIONS & said:
                found[side][f"{name}: {'.'.join(keys)}"] = count
    return found


def _languages(data: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every list of wordings that stands under the name of a language, by the keys that lead to it."""
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        inner = (*keys, str(key))
        if isinstance(value, list) and set(inner) & set(LANGUAGES):
            if str(key) in LANGUAGES or keys[-1] in LANGUAGES:
                yield inner, len(value)
        elif isinstance(value, dict) and key in LANGUAGES and QUESTIONS in value:
            yield inner, len(value[QUESTIONS])
        else:
            yield from _languages(value, inner)
