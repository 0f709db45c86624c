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
            shorter, count = leak.pattern.subn(_in_place(leak.by), text)
            if count and not shorter.strip():
                return Checked(text, tuple(mended), leak.name)
            text = shorter
            mended += [leak.name] * count
        for language in ("zh", "en"):
            text, count = self.objective(text, language)
            mended += [f"{language}.{OBJECTIVE}"] * count
        return Checked(text, tuple(mended), None)


def _leak(name: str, entry: dict[str, str]) -> Leak:
    if "drop" in entry:
        return Leak(name, entry["side"], re.compile(entry["drop"]), None)
    return Leak(name, entry["side"], _with_next(entry["mend"]), entry.get("by", ""))


def _with_next(pattern: str) -> re.Pattern[str]:
    """The pattern and the Latin letter after it, which becomes a capital where the match began with one."""
    return re.compile(rf"(?:{pattern})(?P<next>[a-z](?![A-Z0-9]))?")


def _in_place(by: str) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        put = by + (match["next"] or "")
        return put[:1].upper() + put[1:] if "A" <= match[0][0] <= "Z" else put

    return replaced


# Few rules: in a dialogue on anything, unlike in a paper's abstract, "we compute" is no claim of one study.
_PAPER = "(?:(?<![样标基成日版资文剧课])本文|(?<![样标基成日版资文剧课])本研究|我们的研究)"
RULES: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "zh": (
        (_with_next(rf"(?:^|(?<=[。！？；，：\n]))在{_PAPER}(?:的研究)?中[，,]\s?"), ""),
        (_with_next(rf"{_PAPER}中?的?(?:研究)?结果"), "研究结果"),
        (_with_next(rf"(?<=[在从]){_PAPER}(?:的研究)?中"), "相关研究中"),
        (_with_next(rf"{_PAPER}中?的?(?:研究)?中?"), "相关研究"),
    ),
    "en": (
        (_with_next(r"\b[Tt]his study (?:shows|showed|demonstrates|demonstrated)\b"), "studies show"),
        (_with_next(r"\b(?:[Ii]n this (?:study|paper|work|article)), (?:we (?:show|found|find) that )?"), ""),
        (_with_next(r"\b[Oo]ur (?:results|findings|data) (?=show|suggest|indicate|demonstrate)"), "results "),
    ),
}


def few_rules(text: str, language: str) -> tuple[str, int]:
    """Subjective wording of papers made objective, by the most frequent phrases alone."""
    changes = 0
    for pattern, by in RULES[language]:
        text, count = pattern.subn(_in_place(by), text)
        changes += count
    return text, changes
