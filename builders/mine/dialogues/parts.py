"""A paper in, the parts of its abstract out: by labels where it has them, else by rules on its sentences.

    parts_of(document, split_by_rules, config)
        ->  Parts(parts={"result": Part("result", (Sentence("The space grew by 60%.", ...), ...), 0.97, False), ...})
        ->  Refusal("no_abstract", "...")

What the rules are not sure of is no part: its sentences are left alone, or the whole abstract is refused, with a
reason. A labelled part is one that the paper itself names, "Methods: ..." or "【方法】...".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builders.mine import abstract
from builders.mine.dialogues.cues import ROLES
from builders.mine.dialogues.split import Role
from builders.mine.passages import Sentence, blocks, within
from builders.sentences import spans
from builders.types import Document

Split = Callable[[Sequence[str], str], list[Role]]
"""Sentences of an abstract and their language in, the part of each out: `split.roles`, or a teacher."""


@dataclass(frozen=True)
class PartsConfig:
    """When the rules are sure enough."""

    sure_sentence: float = 0.6
    """A sentence at the border of a part that is less sure does not belong to it."""
    sure_part: float = 0.75
    """A part whose sentences are less sure on average is none."""
    fewest_sentences: int = 4
    """An abstract without labels that is shorter has no four parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an abstract: its sentences, in order and next to each other, and how sure that is."""

    name: str
    sentences: tuple[Sentence, ...]
    confidence: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What an abstract was split into, and all of its sentences."""

    parts: Mapping[str, Part]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a paper gave nothing."""

    reason: str
    detail: str


# "Background Ferrets have ...": a label that lost its colon, before a word that begins a sentence.
_BARE = {
    "background": "background and (?:objectives?|aims?|purpose)|background|introduction|context|rationale|motivation|"
    "significance|importance",
    "purpose": "objectives?|aims?|purpose",
    "method": "methods?|materials? and methods?|patients and methods?|design|methodology|experimental design|"
    "study design",
    "result": "results?|findings|main results",
    "conclusion": "conclusions?|interpretation|conclusions? and (?:significance|implications)|"
    "conclusions? ?/ ?significance",
    # What cannot be told apart, and what follows an abstract and is none of it.
    "mixed": "(?:methods|methodology) ?/ ?(?:principal|main|results|findings)(?: findings)?|methods and results",
    "none": "availability(?: and implementation)?|contact|supplementary (?:information|data)|trial registration|"
    "key ?words|funding|graphical abstract|关键词|中图分类号",
}
_CHINESE_LABELS = {
    "background": "背景|研究背景",
    "purpose": "目的|研究目的|背景与目的",
    "method": "方法|材料与方法|资料与方法|对象与方法|研究方法",
    "result": "结果|研究结果",
    "conclusion": "结论|研究结论|结语",
}
_LABELS = {
    "background": "背景|研究背景", "purpose": "目的|研究目的|背景与目的", "method": "方法|材料与方法|资料与方法|"
                                                                                    "对象与方法|研究方法",
    "result": "结果|研究结果", "conclusion": "结论|研究结论|结语",
}  # fmt: skip
_LABELS = {
    name: f"{bare}|{_CHINESE_LABELS[name]}" if name in _CHINESE_LABELS else bare for name, bare in _BARE.items()
}
_LABEL = re.compile(
    r"[*_]{0,2}(?:"
    + "|".join(rf"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")[*_]{0,2}(?:\s?[:：.—–-][*_]{0,2}\s*|[\]】］][:：]?\s*|\s+(?=(?-i:[A-Z0-9])))",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[*_]{0,2}[\[【［]?")
_LEAD = re.compile(
    r"(?:\*{0,2})(?:abstract|summary|摘\s*要)(?:\*{0,2})(?:\s*[:：.—–-]+\s*|\s+(?=[A-Z]))", re.IGNORECASE
)
_EARLY = 12
"""An abstract without a heading stands among the first blocks of a paper."""
_SHORT = 1500
"""Characters of an abstract of several paragraphs without labels."""


def parts_of(document: Document, split: Split, config: PartsConfig) -> Parts | Refusal:
    """The parts of the paper's abstract by name, each with its sentences, or why there are none."""
    if document.language not in ("en", "zh"):
        return Refusal("language", document.language)
    found = tuple(_sentences(document))
    if not found:
        return Refusal("no_abstract", "no heading or label says where it is")
    bare, labelled = _labelled(found)
    if labelled:
        return Parts(labelled, bare)
    found = tuple(map(_unlabelled, found))
    if len(found) < config.fewest_sentences:
        return Refusal("short_abstract", f"{len(found)} sentences")
    named = split([sentence.text for sentence in found], document.language)
    sure = {part.name: part for part in sure_parts(found, named, config)}
    if "conclusion" not in sure:
        return Refusal("unsure_conclusion", f"last sentence: {named[-1].name} {named[-1].confidence:.2f}")
    if len(sure) < 2:
        return Refusal("unsure_parts", f"only {' and '.join(sure)}")
    return Parts(sure, found)


def _sentences(document: Document) -> Iterator[Sentence]:
    """The sentences of the abstract, without the word "Abstract" before them.

    A paragraph after the first belongs to it where it is labelled, or where the first is too short to be all: the body
    of a paper whose first section has no heading stands below "Abstract" as well.
    """
    headed = any(abstract.ABSTRACT.match(heading) for block in document.blocks for heading in block.section)
    length = 0
    for index, (block, source) in enumerate(blocks(document)):
        lead = _LEAD.match(block.text) if index < _EARLY else None
        inside = any(abstract.ABSTRACT.match(heading) for heading in block.section)
        if block.kind != "paragraph" or not (inside if headed else lead):
            continue
        begin = lead.end() if lead else 0
        if length and not _label_at(block.text, begin) and length + len(block.text) > _SHORT:
            return
        length += len(block.text)
        for start, end in spans(block.text[begin:]):
            label = _label_at(block.text, begin + start)
            if label and label.lastgroup == "none":
                return
            yield Sentence(block.text[begin + start : begin + end], within(source, begin + start, begin + end))


def _label_at(text: str, begin: int) -> re.Match[str] | None:
    opening = _OPENING.match(text, begin)
    return _LABEL.match(text, opening.end() if opening else begin)


def _labelled(found: Sequence[Sentence]) -> tuple[tuple[Sentence, ...], dict[str, Part]]:
    """The sentences without labels, and the parts as the paper labels them.

    There are no parts unless three are labelled, the conclusion among them, and none twice.
    """
    parts: dict[str, list[Sentence]] = {}
    bare: list[Sentence] = []
    name, repeated = "", False
    for sentence in found:
        if label := _label_at(sentence.text, 0):
            name = label.lastgroup or ""
            repeated |= name in parts
            sentence = _from(sentence, label.end())
        if name and sentence.text:
            parts.setdefault(name, []).append(sentence)
        bare.append(sentence)
    known = {name: part for name, part in parts.items() if name in ROLES}
    if repeated or len(known) < 3 or "conclusion" not in known:
        return (), {}
    return tuple(bare), {name: Part(name, tuple(part), 1.0, True) for name, part in known.items()}


def _unlabelled(sentence: Sentence) -> Sentence:
    label = _label_at(sentence.text, 0)
    return _from(sentence, label.end()) if label else sentence


def _from(sentence: Sentence, start: int) -> Sentence:
    return Sentence(sentence.text[start:], sentence.part(start, len(sentence.text)))


def sure_parts(found: Sequence[Sentence], named: Sequence[Role], config: PartsConfig) -> Iterator[Part]:
    """The longest run of each part that is sure, its unsure ends cut off; the last run of the conclusion."""
    runs: dict[str, list[tuple[int, int]]] = {}
    for index, role in enumerate(named):
        known = runs.setdefault(role.name, [])
        if known and known[-1][1] == index and _together(found[index - 1], found[index]):
            known[-1] = (known[-1][0], index + 1)
        else:
            known.append((index, index + 1))
    for name, stretches in runs.items():
        start, end = (
            stretches[-1] if name == "conclusion" else max(stretches, key=lambda run: (run[1] - run[0], -run[0]))
        )
        while start < end and named[start].confidence < config.sure_sentence:
            start += 1
        while start < end and named[end - 1].confidence < config.sure_sentence:
            end -= 1
        if start < end:
            confidence = sum(role.confidence for role in named[start:end]) / (end - start)
            if confidence >= config.sure_part:
                yield Part(name, tuple(found[start:end]), confidence, False)


def _together(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences stand in one paragraph, so that one span holds both."""
    return one.source.box == other.source.box and 0 <= (other.source.start or 0) - (one.source.end or 0) <= 1
