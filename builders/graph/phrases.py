"""How a relation is said and asked beyond its label: optional keys of `relations.yaml`, by language.

Without them everything is said with the label alone ("the "ingredient" entries of X"), which is right but stiff.

    组成: {zh: 组成药物, zh_statement: "{head}含有{tail}", zh_question: "{head}由哪些药组成",
          zh_condition: "含有{tail}", zh_kind: 方剂, zh_unit: 味, en: ingredient, en_plural: ingredients, ...}
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one relation; none has final punctuation, each is null where the label serves.

    A tail may be several, joined; so may, in a condition, the things of which it is said.
    """

    zh_statement: str | None = None
    """A clause that says of {head} that it has {tail}, true of one tail and of several: "{head}归{tail}"."""
    en_statement: str | None = None
    zh_question: str | None = None
    """A question for all tails of {head}: "{head}归哪些经"."""
    en_question: str | None = None
    zh_condition: str | None = None
    """What is true of whatever has {tail}, before its kind: "归{tail}" as in 归肝经的中药."""
    en_condition: str | None = None
    """The same with a verb in the plural: "enter {tail}", as in "the herbs that enter the liver meridian"."""
    zh_kind: str | None = None
    """What the heads are: 中药."""
    en_kind: str | None = None
    """The same in the plural: "herbs"."""
    zh_unit: str | None = None
    """The measure word for tails: 味."""
    en_plural: str | None = None
    """The English label in the plural: "ingredients"."""

    def statement(self, language: str) -> str | None:
        return {"zh": self.zh_statement, "en": self.en_statement}[language]

    def question(self, language: str) -> str | None:
        return {"zh": self.zh_question, "en": self.en_question}[language]

    def condition(self, language: str) -> str | None:
        return {"zh": self.zh_condition, "en": self.en_condition}[language]

    def kind(self, language: str) -> str | None:
        return {"zh": self.zh_kind, "en": self.en_kind}[language]


LABELS_ALONE = Phrases()
PHRASES = tuple(field.name for field in fields(Phrases))
_HOLDS = {"statement": ["head", "tail"], "question": ["head"], "condition": ["tail"]}
"""The placeholders of a phrase by the end of its key; the others have none."""


def wrong_phrase(key: str, text: str) -> str | None:
    """What is wrong with a value of `relations.yaml`, or None: placeholders missing, twice or unknown, blank text."""
    if key not in PHRASES:
        return None
    expected = _HOLDS.get(key.split("_", 1)[1], [])
    if not text.strip():
        return "write a phrase, or leave the key out"
    if sorted(_PLACEHOLDER.findall(text)) != expected:
        wanted = " and ".join(f"{{{name}}}" for name in expected) or "no placeholder"
        return f"it must hold {wanted}, each once, and no other"
    return None
