"""A cleaned paper in, dialogues of several turns on its abstract out, each answer verified against it: by rule.

The way of Huatuo's literature dialogues (SCIR-HI; Wang et al., arXiv 2304.06975) without a language model: the
abstract is split into its parts (`parts`), what each part says is made objective and clean (`answers`, `objective`),
questions lead through it (`topic`, `compose`), and every answer is compared with the abstract (`builders/verify.py`).

    converse(document, DialoguesConfig(), seed=42)
        ->  Conversed(samples=(ChatSample(task="dialogue.grounds", messages=(user, assistant, user, ...), ...), ...),
                      verified=({"id": ..., "answers": [{"part": "conclusion", "longest": 1.0, ...}, ...], ...}, ...),
                      dropped=())

The splitter, the rewriting and the verification are plain callables (`Tools`): a teacher can take the place of each.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from builders.ids import row_id
from builders.mine.dialogues.answers import Answer, AnswersConfig, Rewrite, answer_of
from builders.mine.dialogues.compose import Dialogue, ShapesConfig, dialogues
from builders.mine.dialogues.objective import FREE, objective
from builders.mine.dialogues.parts import Parts, PartsConfig, Refusal, Split, parts_of
from builders.mine.dialogues.split import roles
from builders.mine.dialogues.topic import topic_of
from builders.mine.passages import blocks
from builders.mine.wordings import Wordings
from builders.types import ChatSample, Document, Dropped, Message, Source
from builders.verify import GRAM, Evidence, Support, VerifyConfig, covered, grams, plain, verify

TASK = "dialogue"


@dataclass(frozen=True)
class DialoguesConfig:
    """Dialogues of several turns from abstracts."""

    enabled: bool = True
    parts: PartsConfig = field(default_factory=PartsConfig)
    answers: AnswersConfig = field(default_factory=AnswersConfig)
    shapes: ShapesConfig = field(default_factory=ShapesConfig)
    verify: VerifyConfig = field(default_factory=VerifyConfig)


class Verify(Protocol):
    """Compares an answer with its evidence; words of `free` may differ."""

    def __call__(self, answer: str, evidence: Evidence, config: VerifyConfig, free: frozenset[str], /) -> Support: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The three steps that a teacher can take over."""

    split: Split = roles
    rewrite: Rewrite = objective
    verify: Verify = verify


RULES = Tools()


@dataclass(frozen=True, slots=True)
class Conversed:
    """What one paper gave: rows, what their verification found by row id, and what was left out."""

    samples: tuple[ChatSample, ...] = ()
    verified: tuple[dict[str, Any], ...] = ()
    dropped: tuple[Dropped, ...] = ()


def converse(document: Document, config: DialoguesConfig, seed: int, tools: Tools = RULES) -> Conversed:
    """The dialogues on a paper that its abstract supports; pure."""
    if not config.enabled:
        return Conversed()
    found = parts_of(document, tools.split, config.parts)
    if isinstance(found, Refusal):
        return _without(document, found)
    topic = topic_of(document)
    if topic is None:
        return _without(document, Refusal("no_topic", document.title[:80]))
    said = {name: answer_of(part, document, tools.rewrite, config.answers) for name, part in found.parts.items()}
    refused = [_dropped(document, refusal) for refusal in said.values() if isinstance(refusal, Refusal)]
    answers = {name: answer for name, answer in said.items() if isinstance(answer, Answer)}
    made = list(dialogues(topic, answers, document, _wordings(), config.shapes, seed))
    if not made:
        kept = " and ".join(answers) or "nothing"
        return _without(document, Refusal("few_parts", f"{kept} can be said"), refused)
    checked = [_checked(dialogue, document, found, config.verify, tools) for dialogue in made]
    failed = [
        _dropped(document, Refusal("unsupported", _faults(report))) for _, report in checked if not report["passed"]
    ]
    return Conversed(
        tuple(sample for sample, report in checked if report["passed"]),
        tuple(report for _, report in checked),
        (*refused, *failed),
    )


def _checked(
    dialogue: Dialogue, document: Document, parts: Parts, config: VerifyConfig, tools: Tools
) -> tuple[ChatSample, dict[str, Any]]:
    """The row, and what its verification found."""
    sample = _sample(dialogue, document)
    language = document.language
    evidence = _evidence(parts, language)
    answers = [turn.answer for turn in dialogue.turns]
    supports = [tools.verify(answer.text, evidence, config, FREE[language]) for answer in answers]
    report = {
        "id": sample.id,
        "document": document.id,
        "language": language,
        "task": sample.task,
        "passed": all(support.passed for support in supports),
        "labelled": all(part.labelled for part in parts.parts.values()),
        "abstract_covered": _coverage([one.text for one in parts.sentences], answers, language),
        "conclusion_covered": _coverage([one.text for one in parts.parts["conclusion"].sentences], answers, language),
        "answers": [_report(answer, support) for answer, support in zip(answers, supports, strict=True)],
    }
    return sample, report


def _evidence(parts: Parts, language: str) -> Evidence:
    return Evidence.of([" ".join(sentence.text for sentence in parts.sentences)], language)


def _report(answer: Answer, support: Support) -> dict[str, Any]:
    made = {
        "part": answer.part,
        "confidence": round(answer.confidence, 3),
        "rewritten": answer.rewritten,
        "cleaned": answer.cleaned,
    }
    return {**made, **asdict(support)}


def _coverage(sentences: Sequence[str], answers: Sequence[Answer], language: str) -> float:
    """The share of the characters of a text that stand in the dialogue, in strings long enough to be no chance."""
    length, said = GRAM[language], "\n".join(plain(answer.text) for answer in answers)
    known = grams(said, length)
    texts = [plain(sentence) for sentence in sentences]
    found = sum(end - start for text in texts for start, end in covered(text, said, known, length))
    return round(found / max(1, sum(map(len, texts))), 3)


def _sample(dialogue: Dialogue, document: Document) -> ChatSample:
    task = f"{TASK}.{dialogue.shape}"
    messages: list[Message] = []
    sources = _title_source(document, task)
    for turn in dialogue.turns:
        messages += [Message("user", turn.question), Message("assistant", turn.answer.text)]
        sources.append(replace(turn.answer.source, maker=task))
    identity = row_id(task, document.id, *(message.content for message in messages))
    return ChatSample(identity, task, tuple(messages), tuple(sources))


def _title_source(document: Document, task: str) -> list[Source]:
    """Where the title stands, from which the first question is made."""
    for block, source in blocks(document):
        if block.kind in ("title", "heading") and block.text == document.title:
            return [replace(source, maker=task)]
    return []


def _faults(report: dict[str, Any]) -> str:
    return "; ".join(f"{one['part']}: {', '.join(one['failures'])}" for one in report["answers"] if one["failures"])


def _without(document: Document, refusal: Refusal, others: Sequence[Dropped] = ()) -> Conversed:
    return Conversed(dropped=(*others, _dropped(document, refusal)))


def _dropped(document: Document, refusal: Refusal) -> Dropped:
    return Dropped(f"{TASK}_{refusal.reason}", document.path, refusal.detail)


@functools.cache
def _wordings() -> Wordings:
    return Wordings.load("dialogues")
