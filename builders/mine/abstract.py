"""Papers with a structured abstract in, questions and dialogues about purpose, method, result and conclusion out.

Every answer is the paper's own words, so every answer has its span. The parts are found by their labels
("Purpose: ...", "【目的】...", a heading "Results" inside the abstract); papers without labels give nothing here.

    samples(document, rng)  ->  ChatSample(task="abstract.conclusion", messages=(question, answer), sources=(span,))
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from builders.ids import row_id
from builders.mine.damage import damage
from builders.sentences import spans
from builders.types import ChatSample, Document, Message, Source

PARTS = ("purpose", "method", "result", "conclusion")

# Labels after PubMed's map of structured-abstract labels to BACKGROUND, OBJECTIVE, METHODS, RESULTS, CONCLUSIONS. What
# is known (BACKGROUND), and what is no part or two at once, end the part before them, and are asked for by nobody.
LABELS = {
    "background": (
        *("background", "backgrounds", "introduction", "context", "rationale", "importance"),
        *("背景", "研究背景", "引言", "前言"),
    ),
    "purpose": (
        *("purpose", "purposes", "objective", "objectives", "aim", "aims", "goal", "goals", "study objective"),
        *("study objectives", "aims and objectives", "aim of the study", "purpose of the study", "research question"),
        *(
            "background and aim",
            "background and aims",
            "background & aims",
            "background/aims",
            "background and purpose",
        ),
        *("background and objective", "background and objectives", "background/objective", "background/objectives"),
        *("目的", "研究目的", "目标", "背景与目的", "背景和目的", "目的与背景"),
    ),
    "method": (
        *(
            "method",
            "methods",
            "materials and methods",
            "material and methods",
            "methods and materials",
            "methodology",
        ),
        *("patients and methods", "subjects and methods", "participants and methods"),
        *(
            "design",
            "study design",
            "design and methods",
            "experimental design",
            "setting",
            "settings",
            "participants",
        ),
        *("patients", "intervention", "interventions", "exposures", "measurements", "main outcome measures"),
        *("main outcomes and measures", "main outcome measure", "data sources", "study selection", "data extraction"),
        *("approach", "experimental approach", "方法", "材料与方法", "材料和方法", "对象与方法", "对象和方法"),
        *("资料与方法", "资料和方法", "研究方法", "研究设计"),
    ),
    "result": (
        *("result", "results", "findings", "main results", "key results", "principal findings", "main findings"),
        *("main outcomes", "observations", "outcomes", "结果", "研究结果", "主要结果"),
    ),
    "conclusion": (
        *("conclusion", "conclusions", "interpretation", "discussion", "significance", "implications"),
        *("conclusions and implications", "conclusions and relevance", "conclusion and significance"),
        *(
            "conclusions and significance",
            "conclusion and relevance",
            "结论",
            "研究结论",
            "结论与意义",
            "讨论",
            "意义",
        ),
    ),
    "other": (
        *("methods and results", "trial registration", "registration", "funding", "keywords", "key words"),
        *("方法与结果", "方法和结果", "关键词", "关键字"),
    ),
}
PART_OF_LABEL = {label: part for part, labels in LABELS.items() for label in labels}
_ALTERNATIVES = "|".join(sorted(map(re.escape, PART_OF_LABEL), key=len, reverse=True))
LABEL = re.compile(
    r"(?:^|(?<=[.!?。！？；;\n])|(?<=[.!?;。]\s)|(?<=[.!?;]\s\s)|(?=[\[【［「]))"
    rf"[*_]{{0,2}}[\[【［「]?(?P<label>{_ALTERNATIVES})(?:[\]】］」]\s?[:：]?|\s?[:：]|[ \t]*(?=\n))[*_]{{0,2}}\s*",
    re.IGNORECASE,
)
_CITED = re.compile(r" ?\[\d[\d,，、;–— -]{0,40}\]| ?<sup>\[?[\d,–-]{1,20}\]?</sup>")
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
    stated = [aimed(part, document.language) for part in labelled(document) if part.name in PARTS]
    found = [part for part in stated if part]
    return found if {"purpose", "conclusion"} <= {part.name for part in found} else []


@functools.lru_cache(maxsize=1)  # two miners ask for them, one after the other
def labelled(document: Document) -> tuple[Part, ...]:
    """Every labelled part with the background; those of one name that follow each other are one part of one block."""
    found: list[Part] = []
    for block_start, index in _abstract_blocks(document):
        block = document.blocks[index]
        labels = [label for label in LABEL.finditer(block.text) if not label["label"][0].islower()]
        first = len(found)
        for label, following in zip(labels, [*labels[1:], None], strict=False):
            end = following.start() if following else len(block.text)
            start, name = label.end(), PART_OF_LABEL[label["label"].casefold()]
            if len(found) > first and found[-1].name == name:
                start = (found.pop().source.start or 0) - block_start  # "Design: ... Setting: ..."
            text = block.text[start:end].rstrip(" \n*_")
            place = block_start + start
            source = Source(document.id, block.page, block.line, block.box, place, place + len(text))
            found.append(Part(name, text, source))
    names = {part.name for part in found}
    return tuple(found) if len(names) == len(found) and all(part.text for part in found) else ()


_AIMED = re.compile(
    r"^To [a-z]|\b(?:aim|purpose|objective|goal)(?:s|ed)?\b|\b(?:we|study|work|paper|article|review|trial|report)"
    r" (?:\w+ ){0,3}(?:investigat|examin|evaluat|assess|explor|determin|test|describ|compar|sought|develop|identif"
    r"|analy[sz]|propos|present|address|hypothesi)",
)


def aimed(part: Part, language: str) -> Part | None:
    """A part that states a purpose without the background before it; None where no sentence says what was sought."""
    if language != "en" or part.name != "purpose":
        return part
    found = spans(part.text)
    first = next((number for number, (start, end) in enumerate(found) if _AIMED.search(part.text[start:end])), None)
    if first is None:
        return part if len(found) == 1 else None
    start, end = found[first][0], len(part.text)
    at, source = part.source.start or 0, part.source
    place = Source(source.document, source.page, source.line, source.box, at + start, at + end)
    return Part(part.name, part.text[start:end], place)


def _abstract_blocks(document: Document) -> Iterator[tuple[int, int]]:
    """Start offset and index of each paragraph of the abstract."""
    start = 0
    for index, block in enumerate(document.blocks):
        headed = any(ABSTRACT.match(heading) for heading in block.section)
        if block.kind in ("paragraph", "list") and (
            headed or (index < ABSTRACT_WITHIN_BLOCKS and _is_labelled(block.text))
        ):
            yield start, index
        start += len(block.text) + 2


def _is_labelled(text: str) -> bool:
    """Whether most of the parts have a label in one paragraph; the marks are counted first, which is cheaper."""
    least = len(PARTS) - 1
    return sum(map(text.count, ":：]】］」")) >= least and len(LABEL.findall(text)) >= least


def samples(document: Document, wordings: Wordings, seed: int) -> Iterator[ChatSample]:
    """Makes one question a part, the title from the abstract, and one dialogue through all parts."""
    found = parts(document)
    if not found or document.language == "other":
        return
    rng = random.Random(f"{seed}\x1f{document.id}")
    whole = [part for part in found if not damage(_CITED.sub("", part.text), document.text)]
    for part in found:
        question = wordings.question(part.name, document.language, rng, document.title)
        if part in whole:
            yield _sample(f"abstract.{part.name}", [(question, part)])
    if whole == found:
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
        messages += [Message("user", question), Message("assistant", _CITED.sub("", part.text))]
    sources = tuple(_made_by(part.source, task) for _, part in turns)
    return ChatSample(row_id(task, *(message.content for message in messages)), task, tuple(messages), sources)


def _made_by(source: Source, maker: str) -> Source:
    return Source(source.document, source.page, source.line, source.box, source.start, source.end, maker=maker)
