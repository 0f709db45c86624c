"""Papers with a structured abstract in, questions and dialogues about purpose, method, result and conclusion out.

Every answer is the paper's own words, so every answer has its span. The parts are found by their labels
("Purpose: ...", "【目的】...", a heading "Results" inside the abstract); papers without labels give nothing here.

    samples(document, rng)  ->  ChatSample(task="abstract.conclusion", messages=(question, answer), sources=(span,))
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from builders.ids import row_id
from builders.types import ChatSample, Document, Message, Source

PARTS = ("purpose", "method", "result", "conclusion")

# Labels after PubMed's map of structured-abstract labels to OBJECTIVE, METHODS, RESULTS, CONCLUSIONS, shortened to
# those that are common; BACKGROUND is left out because it holds what is known, not what the paper set out to do.
LABELS = {
    "purpose": ("purpose", "objective", "objectives", "aim", "aims", "目的"),
    "method": ("method", "methods", "materials and methods", "design", "方法", "材料与方法"),
    "result": ("result", "results", "findings", "结果"),
    "conclusion": ("conclusion", "conclusions", "interpretation", "结论"),
}
PART_OF_LABEL = {label: part for part, labels in LABELS.items() for label in labels}
_ALTERNATIVES = "|".join(sorted(map(re.escape, PART_OF_LABEL), key=len, reverse=True))
LABEL = re.compile(
    rf"(?:^|(?<=[.!?。！？；;\n\s]))[*_]{{0,2}}[\[【［]?(?P<label>{_ALTERNATIVES})(?:[\]】］][:：]?|[:：])[*_]{{0,2}}\s*",
    re.IGNORECASE,
)
ABSTRACT = re.compile(r"^(?:[\d.\s]*)(?:abstract|summary|摘\s*要)\s*$", re.IGNORECASE)
ABSTRACT_WITHIN_BLOCKS = 12  # an unheaded abstract stands at the start of a paper


@dataclass(frozen=True, slots=True)
class Part:
    """One labelled part of an abstract: its words and where they stand."""

    name: str
    text: str
    source: Source


@dataclass(frozen=True)
class Wordings:
    """Questions by part and language, with the placeholder `{title}`; `data` comes from `wordings/abstract.yaml`."""

    data: dict[str, dict[str, list[str]]]

    @staticmethod
    def load() -> Wordings:
        path = Path(__file__).parent.parent / "wordings" / "abstract.yaml"
        return Wordings(yaml.safe_load(path.read_text(encoding="utf-8")))

    def question(self, kind: str, language: str, rng: random.Random, title: str) -> str:
        return rng.choice(self.data[kind][language]).format(title=title)


def parts(document: Document) -> list[Part]:
    """Finds the labelled parts of the abstract, in order; empty unless at least purpose and conclusion are there."""
    found: list[Part] = []
    for block_start, index in _abstract_blocks(document):
        block = document.blocks[index]
        labels = list(LABEL.finditer(block.text))
        for label, following in zip(labels, [*labels[1:], None], strict=False):
            end = following.start() if following else len(block.text)
            text = block.text[label.end() : end].rstrip(" \n*_")
            start = block_start + label.end()
            source = Source(document.id, block.page, block.line, block.box, start, start + len(text))
            found.append(Part(PART_OF_LABEL[label["label"].casefold()], text, source))
    names = {part.name for part in found}
    return found if len(names) == len(found) and {"purpose", "conclusion"} <= names else []


def _abstract_blocks(document: Document) -> Iterator[tuple[int, int]]:
    """Start offset and index of each paragraph of the abstract."""
    start = 0
    for index, block in enumerate(document.blocks):
        headed = any(ABSTRACT.match(heading) for heading in block.section)
        early = index < ABSTRACT_WITHIN_BLOCKS and len(LABEL.findall(block.text)) >= len(PARTS) - 1
        if block.kind in ("paragraph", "list") and (headed or early):
            yield start, index
        start += len(block.text) + 2


def samples(document: Document, wordings: Wordings, seed: int) -> Iterator[ChatSample]:
    """Makes one question a part, the title from the abstract, and one dialogue through all parts."""
    found = parts(document)
    if not found or document.language == "other":
        return
    rng = random.Random(f"{seed}\x1f{document.id}")
    for part in found:
        question = wordings.question(part.name, document.language, rng, document.title)
        yield _sample(f"abstract.{part.name}", [(question, part)])
    yield _sample("abstract.dialogue", list(_turns(found, wordings, document, rng)))


def _turns(
    found: list[Part], wordings: Wordings, document: Document, rng: random.Random
) -> Iterator[tuple[str, Part]]:
    """The first turn names the paper, the later ones ask on."""
    for number, part in enumerate(found):
        kind = f"{part.name}_next" if number else part.name
        yield wordings.question(kind, document.language, rng, document.title), part


def _sample(task: str, turns: list[tuple[str, Part]]) -> ChatSample:
    messages = []
    for question, part in turns:
        messages += [Message("user", question), Message("assistant", part.text)]
    sources = tuple(_made_by(part.source, task) for _, part in turns)
    return ChatSample(row_id(task, *(message.content for message in messages)), task, tuple(messages), sources)


def _made_by(source: Source, maker: str) -> Source:
    return Source(source.document, source.page, source.line, source.box, source.start, source.end, maker=maker)
