"""The answers that a paper's abstract gave and its topic in, dialogues of several turns out, by shapes and wordings.

    dialogues(topic, answers, document, wordings, config, seed)
        ->  Dialogue(shape="grounds", turns=(Turn("What can be concluded about ...?", Answer(part="conclusion", ...)),
                                             Turn("What is that based on?", Answer(part="result", ...)), ...))

Each shape goes through the parts in another order; every one leads through the conclusion. Which shapes a paper gets,
and in which words, hangs on the seed and the paper alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builders.graph.chance import generator
from builders.mine.dialogues.answers import Answer
from builders.mine.dialogues.cues import ROLES
from builders.mine.dialogues.topic import Topic
from builders.mine.wordings import Wordings, fill
from builders.types import Document
from builders.verify import names, plain

SHAPES: Final[dict[str, tuple[str, ...]]] = {
    "straight": ("purpose", "method", "result", "conclusion"),
    "context": ("background", "purpose", "result", "conclusion"),
    "grounds": ("conclusion", "result", "method", "purpose"),
    "findings": ("result", "method", "conclusion"),
    "origin": ("background", "method", "result", "conclusion"),
    "reasons": ("conclusion", "result", "background"),
}
CLAIM_SHAPES: Final[dict[str, tuple[str, ...]]] = {
    "claim": ("result", "method", "conclusion"),
    "claimed": ("conclusion", "result", "method"),
    "claim_context": ("result", "background", "conclusion"),
}
"""For a title that is a statement."""
ASKED_SHAPES: Final[dict[str, tuple[str, ...]]] = {"asked": ("conclusion", "result", "method", "purpose")}
"""For a title that is a question: the conclusion answers it."""


BEGINNING: Final = 7
"""Words in which a name must be known."""
KNOWN_NAMES: Final = frozenset(
    (
        "dna",
        "rna",
        "mri",
        "ct",
        "pcr",
        "hiv",
        "aids",
        "eeg",
        "ecg",
        "mrna",
        "atp",
        "ph",
        "uv",
        "3d",
        "2d",
        "usa",
        "uk",
        "who",
        "covid",
        "co2",
        "h2o",
        "tcm",
    )
)
"""Names that nobody has to introduce."""


NAMELESS = frozenset(("findings", "reasons"))
"""Shapes whose questions ask about a subject, not about what was written on it."""


@dataclass(frozen=True)
class ShapesConfig:
    """How many dialogues a paper gets, and how long they are."""

    per_paper: int = 2
    """At most so many, each of another shape."""
    fewest_turns: int = 2
    """Where a paper has no more to say."""
    usual_turns: int = 3
    """At least so many where it has."""
    most_turns: int = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what answers it."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Questions and answers on one paper."""

    shape: str
    turns: tuple[Turn, ...]


def dialogues(
    topic: Topic,
    answers: Mapping[str, Answer],
    document: Document,
    wordings: Wordings,
    config: ShapesConfig,
    seed: int,
) -> Iterator[Dialogue]:
    """Dialogues in different orders; none where too few parts can be said.

    Args:
        topic: how the first question names the subject.
        answers: what can be said, by part; without a conclusion there is no dialogue.
        document: the paper.
        wordings: the questions, by kind of turn and language.
        config: how many dialogues of how many turns.
        seed: what the choice of shapes and wordings hangs on, besides the paper.
    """
    shapes = {name: _order(parts, answers, config) for name, parts in _shapes(topic).items()}
    least = max(config.fewest_turns, min(config.usual_turns, max(map(len, shapes.values()))))
    usable = [(name, order) for name, order in shapes.items() if len(order) >= least]
    usable = [one for one in usable if "conclusion" in one[1] and _kind(*one, 0) in wordings.data]
    usable = [one for one in usable if _introduced([answers[part].text for part in one[1]], document.title)]
    generator("dialogue", seed, document.id).shuffle(usable)
    usable = [
        one for one in usable if one[0] not in NAMELESS or not _is_named([answers[part].text for part in one[1]])
    ]
    usable.sort(key=lambda one: one[0] in SHAPES)  # what the title itself says or asks comes first
    seen: set[tuple[str, ...]] = set()
    for name, order in usable:
        if order not in seen and len(seen) < min(config.per_paper, len(answers) - 1):
            seen.add(order)
            yield Dialogue(name, tuple(_turns(name, order, topic, answers, document, wordings, seed)))


def _shapes(topic: Topic) -> dict[str, tuple[str, ...]]:
    own: dict[str, dict[str, tuple[str, ...]]] = {"topic": {}, "claim": CLAIM_SHAPES, "asked": ASKED_SHAPES}
    return {**own[topic.kind], **SHAPES}


def _order(parts: tuple[str, ...], answers: Mapping[str, Answer], config: ShapesConfig) -> tuple[str, ...]:
    """The parts of a shape that can be said; of too many, the one before last goes."""
    order = [part for part in parts if part in answers]
    while len(order) > config.most_turns:
        del order[-2]
    return tuple(order)


def _turns(
    shape: str,
    order: tuple[str, ...],
    topic: Topic,
    answers: Mapping[str, Answer],
    document: Document,
    wordings: Wordings,
    seed: int,
) -> Iterator[Turn]:
    for number, part in enumerate(order):
        kind = _kind(shape, order, number)
        template = wordings.choose(kind, document.language, seed, document.id, shape, number)
        named = topic.text if shape not in SHAPES or topic.kind == "topic" else topic.quoted
        yield Turn(_said(fill(template, {"topic": named})), answers[part])


def _introduced(texts: Sequence[str], title: str) -> bool:
    """Whether no answer begins with a short name that neither the title nor anything before has: "RI-3 is a lead."."""
    before = title
    for text in texts:
        beginning = " ".join(text.split()[:BEGINNING]) if " " in text else text[: 4 * BEGINNING]
        unknown = names(beginning) - names(before) - KNOWN_NAMES
        if any(f"({name}" not in plain(text) and f"（{name}" not in plain(text) for name in unknown):
            return False
        before += "\n" + text
    return True


def _is_named(texts: Sequence[str]) -> bool:
    """Whether an answer speaks of "the paper", though no question of the dialogue has spoken of one."""
    return any("该文" in text or "该综述" in text or "该论文" in text for text in texts)


def _kind(shape: str, order: tuple[str, ...], number: int) -> str:
    """Which wordings a turn takes: the first names the subject, a later one goes on or asks back."""
    part = order[number]
    if number == 0:
        if shape in ASKED_SHAPES:
            return "asked"
        return f"claim_{part}" if shape in CLAIM_SHAPES else f"first_{part}"
    onward = ROLES.index(part) > ROLES.index(order[number - 1])
    return f"next_{part}" if onward else f"back_{part}"


def _said(question: str) -> str:
    """With a capital at the beginning, because a topic in small letters may stand there."""
    return question[0].upper() + question[1:]
