"""What a teacher's prompt left in a turn: found by the patterns of `wordings/leaks.yaml`, mended, or beyond repair.

    Leaks.load().mend("根据知识，胆囊癌不属于传染性疾病。", "answer")
    ->  Checked("胆囊癌不属于传染性疾病。", ("zh.given_knowledge_phrase",), beyond=None)

Subjective wording of papers (本研究发现, this study shows) is made objective by a callable that is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

Side = Literal["question", "answer"]
Objective = Callable[[str, str], tuple[str, int]]
"""A text and its language in, the text in objective wording and how many places were changed out."""

TABLE = Path(__file__).parents[1] / "wordings" / "leaks.yaml"
OBJECTIVE = "objective"
"""How changes of subjective wording are counted."""
SENTENCE_START = re.compile(r"(?:^|[.!?]\s|\n)[a-z]")


@dataclass(frozen=True, slots=True)
class Leak:
    """One kind of leak."""

    name: str
    side: str
    pattern: re.Pattern[str]
    by: str | None
    """What takes the place of the match; None: nothing can."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A turn after the patterns."""

    text: str
    mended: tuple[str, ...]
    """The names of the leaks that were mended, one a place."""
    beyond: str | None
    """The name of a leak that cannot be mended."""


@dataclass(frozen=True, slots=True)
class Leaks:
    """The table, and what makes wording objective."""

    table: tuple[Leak, ...]
    objective: Objective

    @staticmethod
    def load(objective: Objective | None = None) -> Leaks:
        """Reads the table; without an `objective` the few rules of this module are used."""
        data = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
        table = (_leak(f"{lang}.{name}", entry) for lang, entries in data.items() for name, entry in entries.items())
        return Leaks(tuple(table), objective or few_rules)

    def mend(self, text: str, side: Side) -> Checked:
        """Mends what can be mended; the first that cannot ends the search."""
        mended: list[str] = []
        for leak in self.table:
            if leak.side not in (side, "both"):
                continue
            if leak.by is None:
                if leak.pattern.search(text):
                    return Checked(text, tuple(mended), leak.name)
                continue
            shorter, count = leak.pattern.subn(leak.by, text)
            if count and not shorter.strip():
                return Checked(text, tuple(mended), leak.name)
            if count:
                text = _capitalised(shorter) if leak.name.startswith("en.") else shorter
                mended += [leak.name] * count
        for language in ("zh", "en"):
            text, count = self.objective(text, language)
            mended += [f"{language}.{OBJECTIVE}"] * count
        return Checked(text, tuple(mended), None)


def _leak(name: str, entry: dict[str, str]) -> Leak:
    by = entry.get("by", "") if "mend" in entry else None
    return Leak(name, entry["side"], re.compile(entry["mend"] if "mend" in entry else entry["drop"]), by)


def _capitalised(text: str) -> str:
    return SENTENCE_START.sub(lambda match: match[0][:-1] + match[0][-1].upper(), text)


# The few rules that stand in until a fuller `objective` is passed.
_PAPER = "(?:(?<![样标基成日版资文剧课])本文|(?<![样标基成日版资文剧课])本研究|我们的研究)"
RULES: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "zh": (
        (re.compile(rf"(?:^|(?<=[。！？；，：\n]))在{_PAPER}(?:的研究)?中[，,]\s?"), ""),
        (re.compile(rf"{_PAPER}中?的?(?:研究)?结果"), "研究结果"),
        (re.compile(rf"(?<=[在从]){_PAPER}(?:的研究)?中"), "相关研究中"),
        (re.compile(rf"{_PAPER}中?的?(?:研究)?中?"), "相关研究"),
    ),
    "en": (
        (re.compile(r"\b[Tt]his study (?:shows|showed|demonstrates|demonstrated)\b"), "studies show"),
        (re.compile(r"\b(?:[Ii]n this (?:study|paper|work|article)), (?:we (?:show|found|find) that )?"), ""),
        (re.compile(r"\b[Oo]ur (?:results|findings|data) (?=show|suggest|indicate|demonstrate)"), "results "),
    ),
}


def few_rules(text: str, language: str) -> tuple[str, int]:
    """Subjective wording of papers made objective, by the most frequent phrases alone."""
    changes = 0
    for pattern, by in RULES[language]:
        text, count = pattern.subn(by, text)
        changes += count
    return (_capitalised(text) if changes and language == "en" else text), changes
