"""How things are asked and said: `builders/wordings/<name>.yaml` in, templates by kind and language out.

Wordings.load("comprehension").choose("definition", "en", 42, "sha:1", 512)  ->  'How is "{term}" defined in the text?'
fill('How is "{term}" defined in the text?', {"term": "volume fraction"})
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from builders.graph.chance import generator

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Wordings:
    """Templates by kind and language."""

    data: Mapping[str, Mapping[str, tuple[str, ...]]]

    @staticmethod
    def load(name: str) -> Wordings:
        path = Path(__file__).parents[1] / "wordings" / f"{name}.yaml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Wordings(
            {kind: {language: tuple(texts) for language, texts in by.items()} for kind, by in data.items()}
        )

    def choose(self, kind: str, language: str, *parts: object) -> str:
        """One of the templates, by a hash of the parts."""
        return generator("wording", kind, language, *parts).choice(self.data[kind][language])


def fill(template: str, values: Mapping[str, str]) -> str:
    """Puts the values in; braces within a value stay as they are."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], template)
