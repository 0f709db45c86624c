"""All that the miners find in a paper in, a dozen tasks out: of every kind some, none on the same sentence as another.

tasks(document, wordings, ComprehensionConfig(tasks=12, per_section=2), seed=42)  ->  ReadingTask, ReadingTask, ...
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builders.graph.chance import fraction
from builders.mine.comprehension.candidates import MINERS, Candidate, ReadingTask
from builders.mine.comprehension.definitions import abbreviations, definitions
from builders.mine.comprehension.keywords import Keywords
from builders.mine.comprehension.relations import causes, connected
from builders.mine.comprehension.structure import structure
from builders.mine.passages import Paragraph, body
from builders.mine.wordings import Wordings, fill
from builders.types import Document, Source

_LISTED = ("options", "headings")
_COMMA = {"en": ", ", "zh": "、"}


@dataclass(frozen=True)
class ComprehensionConfig:
    """How many papers get tasks, and how many tasks a paper gets."""

    share: float = 1.0
    """Share of the papers that get a reading row, chosen by hash."""
    tasks: int = 12
    """Most tasks a paper."""
    per_section: int = 2
    """Most tasks of one miner in one section."""
    whole_paper: bool = True
    """The tasks stand in the whole paper, after their sections; false: only with the blocks that they are about."""


def candidates(document: Document, seed: int) -> Iterator[Candidate]:
    """Everything that could be asked of a paper, before any cap."""
    if document.language == "other":
        return
    language = document.language
    found = body(document)
    keywords = Keywords(found, language)
    for paragraph, within in within_paragraphs(document):
        # An abstract is asked for as a whole.
        if not paragraph.is_abstract:
            yield from within
            yield from keywords.candidates(paragraph)
    yield from structure(document, found, seed)


@functools.lru_cache(maxsize=1)  # `mine/tasks` asks for the same
def within_paragraphs(document: Document) -> tuple[tuple[Paragraph, tuple[Candidate, ...]], ...]:
    """Every paragraph of the body with what was found in it alone."""
    return tuple((paragraph, tuple(_within(paragraph, document.language))) for paragraph in body(document))


def _within(paragraph: Paragraph, language: str) -> Iterator[Candidate]:
    yield from connected(paragraph, language)
    yield from causes(paragraph, language)
    yield from definitions(paragraph, language)
    yield from abbreviations(paragraph)


def tasks(document: Document, wordings: Wordings, config: ComprehensionConfig, seed: int) -> Iterator[ReadingTask]:
    """The tasks of a paper in the order of the text; none where the share leaves the paper out."""
    if fraction(seed, "reading", document.id) >= config.share:
        return
    text = document.text
    chosen = _choose(list(candidates(document, seed)), text, config, f"{seed}\t{document.id}")
    for candidate in sorted(chosen, key=lambda each: [span.start or 0 for span in each.sources]):
        yield _asked(candidate, document, text, wordings, seed)


def _choose(found: Sequence[Candidate], text: str, config: ComprehensionConfig, key: str) -> list[Candidate]:
    """One of each miner in turn, by hash, until the cap; what shares a sentence with one chosen before is left out."""
    queues: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in sorted(found, key=lambda each: fraction(key, each.miner, _text(each.answers, text))):
        queues[candidate.miner].append(candidate)
    waiting = [iter(queues[miner]) for miner in MINERS]
    in_section: Counter[tuple[str, tuple[str, ...]]] = Counter()
    chosen: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    while waiting and len(chosen) < config.tasks:
        queue = waiting.pop(0)
        for candidate in queue:
            place = (candidate.miner, candidate.section)
            if in_section[place] < config.per_section and not _overlap(candidate, taken):
                in_section[place] += 1
                taken.extend(candidate.taken())
                chosen.append(candidate)
                waiting.append(queue)
                break
    return chosen


def _overlap(candidate: Candidate, taken: Sequence[tuple[int, int]]) -> bool:
    return any(
        start < end_taken and start_taken < end for start, end in candidate.taken() for start_taken, end_taken in taken
    )


def _asked(candidate: Candidate, document: Document, text: str, wordings: Wordings, seed: int) -> ReadingTask:
    language, maker = document.language, f"comprehension.{candidate.miner}"
    answer = _text(candidate.answers, text)
    wording = wordings.choose(candidate.miner, language, seed, document.id, answer)
    values = {name: _said(name, spans, text, language) for name, spans in candidate.quoted.items()}
    sources = tuple(dict.fromkeys(replace(source, maker=maker) for source in candidate.sources))
    return ReadingTask(fill(wording, values), answer, sources, candidate.miner)


def _said(name: str, spans: Sequence[Source], text: str, language: str) -> str:
    texts = [text[span.start : span.end] for span in spans]
    if name in _LISTED:
        return "\n".join(f"- {each}" for each in texts)
    return _COMMA[language].join(texts) if name == "words" else "\n\n".join(texts)


def _text(spans: Sequence[Source], text: str) -> str:
    return "\n\n".join(text[span.start : span.end] for span in spans)
