"""Sentences in, questions on what a paper says, finds, compares and does out: every miner of single sentences.

for found in statements(paper, within_paragraphs(document)): ...
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builders.mine.comprehension.candidates import Candidate
from builders.mine.tasks.causes import causes
from builders.mine.tasks.comparisons import chinese_comparison, english_comparison
from builders.mine.tasks.findings import chinese_finding, english_finding, hypothesis
from builders.mine.tasks.found import Found
from builders.mine.tasks.purposes import chinese_purpose, english_purpose, used_for
from builders.mine.tasks.reading import usable
from builders.mine.tasks.say import Paper
from builders.mine.tasks.spot import Spot, Within
from builders.mine.tasks.terms import defined, explained
from builders.mine.tasks.translations import translations

MINERS = {
    "en": (english_comparison, english_finding, hypothesis, english_purpose, used_for),
    "zh": (chinese_comparison, chinese_finding, hypothesis, chinese_purpose),
}


def statements(paper: Paper, within: Within) -> Iterator[Found]:
    """Every question on a statement of the body."""
    for paragraph, candidates in within:
        if paragraph.is_abstract:
            continue
        for spot in Spot.within(paragraph, paper):
            for found in _found(spot, candidates):
                if usable(spot.text, paper.language):  # last, because it costs more than any pattern
                    yield found
        if paper.language == "zh":
            yield from translations(paragraph, paper)


def _found(spot: Spot, candidates: Sequence[Candidate]) -> Iterator[Found]:
    if candidates:
        yield from causes(spot, candidates)
        yield from defined(spot, candidates)
    yield from explained(spot)
    for miner in MINERS[spot.language]:
        yield from miner(spot)
