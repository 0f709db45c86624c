"""One file in; its rows recognised, ordered and mended, and what was dropped of it and why, out (no row sees another).

for entry in entries(ImportConfig("llama_data.json", "Apache-2.0"), Leaks.load(), tally): ...
Entry(line=12, format="alpaca", language="zh", messages=(user, assistant))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from builders.importers.config import ImportConfig
from builders.importers.leaks import Leaks
from builders.importers.shapes import ShapeError, shape
from builders.importers.turns import Messages, in_order
from builders.importers.values import Value, values
from builders.papers.language import language_of
from builders.types import Dropped, Language, Message

FEW_WORDS = 8
LOOKED_AT = 2000  # characters of which the language is judged
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that may be trained on, as far as itself is concerned."""

    line: int
    format: str
    language: Language
    messages: Messages
    tools: str


@dataclass
class Tally:
    """What became of the rows of one file."""

    read: int = 0
    formats: Counter[str] = field(default_factory=Counter)
    """Of the rows that were recognised."""
    mended: Counter[str] = field(default_factory=Counter)
    """Places that were mended, by leak or kind of mend."""
    beyond: Counter[str] = field(default_factory=Counter)
    """Turns with a leak beyond repair, by leak: their row was cut before them, or dropped."""
    dropped: list[Dropped] = field(default_factory=list)


def entries(config: ImportConfig, leaks: Leaks, tally: Tally) -> Iterator[Entry]:
    """Reads one file, in its order; counts and drops go to the tally."""
    path = Path(config.path)
    for value in values(path):
        tally.read += 1
        if isinstance(value, Dropped):
            tally.dropped.append(value)
            continue
        try:
            yield _entry(value, config, leaks, tally)
        except ShapeError as error:
            tally.dropped.append(Dropped(error.reason, f"{config.path}:{value.line}", error.detail))
    if not tally.read:
        tally.dropped.append(
            Dropped("empty_file", config.path, "not a single row; fill it, or take it out of imports")
        )


def _entry(value: Value, config: ImportConfig, leaks: Leaks, tally: Tally) -> Entry:
    dialogue = shape(value.value, config.rename)
    tally.formats[dialogue.format] += 1
    messages, mends = in_order(dialogue, config.longest)
    messages, found = _without_leaks(messages, leaks, tally)
    language = _language(messages)
    if language == "other" or config.language not in (None, language):
        raise ShapeError("other_language", f"{language}: {messages[-1].content[:SHOWN]!r}")
    tally.mended += mends + found
    return Entry(value.line, dialogue.format, language, messages, dialogue.tools)


def _without_leaks(messages: Messages, leaks: Leaks, tally: Tally) -> tuple[Messages, Counter[str]]:
    """The turns mended; where one is beyond repair, what stands before its question, if that is a dialogue."""
    mended: list[Message] = []
    found: Counter[str] = Counter()
    for place, message in enumerate(messages):
        if message.role not in ("user", "assistant"):
            mended.append(message)
            continue
        checked = leaks.mend(message.content, "answer" if message.role == "assistant" else "question")
        if checked.beyond:
            tally.beyond[checked.beyond] += 1
            exchange = max(number for number in range(place + 1) if messages[number].role == "user")
            kept = tuple(mended[:exchange])
            if not kept:
                raise ShapeError("leak", f"{checked.beyond}: {message.content[:SHOWN]!r}")
            found["cut_before_leak"] += 1
            return kept, found
        found.update(checked.mended)
        mended.append(Message(message.role, checked.text))
    return tuple(mended), found


def _language(messages: Messages) -> Language:
    """Of what is asked and answered; a few words in Latin letters are taken for English."""
    said = " ".join(message.content for message in messages if message.role in ("user", "assistant"))[:LOOKED_AT]
    if said.isascii() and len(said.split()) < FEW_WORDS:
        return "en"
    return language_of(said)
