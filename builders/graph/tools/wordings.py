"""The wordings of knowledge tuning: `wordings/tools.yaml` in, turns kept apart from the test's out.

load()  ->  ToolWordings(direct={"zh": (Turn("你好", "您好！您想查什么？"), ...)}, tested={...}, ...), []
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from builders.errors import UserError
from builders.graph.schema import LANGUAGES
from builders.graph.tools.asking import continued
from builders.graph.wordings import FOLDER, MINIMUM_DISTANCE, distance, skeleton
from builders.types import Dropped

PLACEHOLDER = re.compile(r"\{(asked|entity|attribute|is|values|nearest|first|middle|second)\}")
ASKS = {
    "zh": re.compile("[几什谁哪吗呢]|多少|真人还是|怎么"),
    "en": re.compile(r"^(?:what|which|who|how|is|are|can|could|do|does|in which)\b", re.IGNORECASE),
}
MARK = {"zh": "？", "en": "?"}
ANSWERED = ("plain", "alias", "misspelt", "unknown", "offered", "offered_one", "empty", "path")


class Turn(NamedTuple):
    """A question that needs no look-up, and its answer."""

    ask: str
    say: str


@dataclass(frozen=True, slots=True)
class ToolWordings:
    """All by language."""

    direct: Mapping[str, tuple[Turn, ...]]
    tested: Mapping[str, tuple[str, ...]]
    """Questions that need no look-up, for the test alone."""
    openings: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[str, ...]]
    strangers: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By language and case."""

    def questions(self, language: str, turn: Turn) -> list[str]:
        """Every question that can be made of a turn, the bare one first; each ends as it must, or with no mark."""
        asks = ASKS[language].search(turn.ask)
        endings = ("", MARK[language]) if asks else self.endings[language]
        openings = self.openings[language]
        made = (opening + continued(opening, turn.ask) + ending for opening, ending in product(openings, endings))
        return list(dict.fromkeys([turn.ask, *made]))


def load(path: Path = FOLDER / "tools.yaml") -> tuple[ToolWordings, list[Dropped]]:
    """Reads the wordings; a training turn that comes too near a test question is dropped.

    Raises:
        UserError: the file cannot be read, or a part is missing or empty.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        read = ToolWordings(
            direct={each: tuple(Turn(**turn) for turn in data["train"][each]) for each in LANGUAGES},
            tested=_texts(data["test"]),
            openings=_texts(data["openings"]),
            endings=_texts(data["endings"]),
            strangers=_texts(data["strangers"]),
            answers={
                each: {case: tuple(data["answers"][each][case]) for case in ANSWERED if data["answers"][each][case]}
                for each in LANGUAGES
            },
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UserError(f"{path}: not as wordings are written ({' '.join(str(error).split())}); restore it") from error
    return _apart(read)


def fill(template: str, **values: str) -> str:
    """Puts the values in; braces within a value stay as they are."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], template)


def _texts(data: Any) -> dict[str, tuple[str, ...]]:
    return {each: tuple(str(text) for text in data[each]) for each in LANGUAGES}


def _apart(read: ToolWordings) -> tuple[ToolWordings, list[Dropped]]:
    kept: dict[str, tuple[Turn, ...]] = {}
    dropped = []
    for language in LANGUAGES:
        tested = [skeleton(text, language) for text in read.tested[language]]
        far = {turn: _distance(read.questions(language, turn), tested, language) for turn in read.direct[language]}
        kept[language] = tuple(turn for turn, least in far.items() if least >= MINIMUM_DISTANCE)
        dropped += [
            Dropped("near_test_wording", f"tools.direct.{language}: {turn.ask}", f"{least:.2f} from a test question")
            for turn, least in far.items()
            if least < MINIMUM_DISTANCE
        ]
    parts = {name: getattr(read, name) for name in ("tested", "openings", "endings", "strangers", "answers")}
    return ToolWordings(direct=kept, **parts), dropped


def _distance(questions: Sequence[str], tested: Sequence[str], language: str) -> float:
    made = {skeleton(question, language) for question in questions}
    return min(distance(one, other) for one in made for other in tested)
