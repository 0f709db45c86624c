"""One rendered paper's gold and our cleaned Document in, what came back of it out.

    score(gold, document)  ->  Score(words=5210, matched=5194, paragraphs=33, intact=32, headings=26, deep=26, ...)

- `matched`: words of the gold's paragraphs that stand in our text in the same order (as `benchmarks.reading` counts)
- `intact`: paragraphs that come back as one block, with at least 98 % of the words the same
- `deep`: headings that are ours at the right depth below the paper's top level
- `joins`: words wrongly joined, split or hyphened; a form that the paper itself prints elsewhere is no fault (the
  sources write both "time-dependent" and "timedependent"), nor is one that the source has and the print lost
- `leaked`: reference entries of which half the word triples stand in our text; `furniture` the same for running heads,
  footers and footnotes about the authors
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

from benchmarks.gold.joins import plain, wrong_joins
from benchmarks.reading import fold, matches, words_of
from builders.types import Document

_INTACT = 0.98
_LEAKED = 0.5
_PROSE = ("paragraph", "list")


@dataclass(frozen=True, slots=True)
class Score:
    """What came back of one paper; the lists say what did not."""

    id: str
    words: int
    matched: int
    paragraphs: int
    broken: tuple[str, ...]
    """Each paragraph that did not come back whole: its beginning and the best block's likeness."""
    headings: int
    deep: int
    misplaced: tuple[str, ...]
    """Headings not found, or at another depth (`2>1`)."""
    extra: tuple[str, ...]
    """Headings of ours that the gold has not."""
    joins: tuple[str, ...]
    leaked: int
    furniture: tuple[str, ...]

    @property
    def intact(self) -> int:
        return self.paragraphs - len(self.broken)


def score(gold: Mapping[str, Any], document: Document) -> Score:
    """Compares one paper."""
    texts = [words_of(text) for text in gold["paragraphs"]]
    stream = [word for block in document.blocks for word in words_of(block.text)]
    deep, misplaced, extra = _headings(gold["headings"], document)
    grams = {tuple(stream[at : at + 3]) for at in range(len(stream) - 2)}
    return Score(
        id=gold["id"],
        words=sum(map(len, texts)),
        matched=sum(matched for matched, _ in matches(texts, stream)),
        paragraphs=len(texts),
        broken=tuple(_broken(gold["paragraphs"], texts, document)),
        headings=len(gold["headings"]),
        deep=deep,
        misplaced=misplaced,
        extra=extra,
        joins=tuple(_joins(gold["paragraphs"], texts, document, {plain(word) for word in gold["lost_hyphens"]})),
        leaked=sum(_stands_in(entry, grams) for entry in gold["references"]),
        furniture=tuple(text for text in gold["furniture"] if _kept(text, gold["title"], grams)),
    )


def _broken(paragraphs: Sequence[str], texts: Sequence[list[str]], document: Document) -> Iterator[str]:
    blocks = [words_of(block.text) for block in document.blocks if block.kind in _PROSE]
    for paragraph, words in zip(paragraphs, texts, strict=True):
        best = max((Indel.normalized_similarity(words, block) for block in blocks), default=0.0)
        if best < _INTACT:
            yield f"{best:.2f} {paragraph[:50]!r} ... {paragraph[-30:]!r}"


def _headings(gold: Sequence[Sequence[Any]], document: Document) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    ours = [(block.level or 1, block.text) for block in document.blocks if block.kind == "heading"]
    top, our_top = (min((level for level, _ in found), default=1) for found in (gold, ours))
    names, our_names = ([fold(text) for _, text in found] for found in (gold, ours))
    matcher = difflib.SequenceMatcher(None, names, our_names, autojunk=False)
    pairs = {at + index: to + index for at, to, size in matcher.get_matching_blocks() for index in range(size)}
    deep, misplaced = 0, []
    for index, (level, text) in enumerate(gold):
        found = ours[pairs[index]][0] - our_top if index in pairs else None
        deep += found == level - top
        if found is None:
            misplaced.append(f"missing {text!r}")
        elif found != level - top:
            misplaced.append(f"{level - top + 1}>{found + 1} {text!r}")
    extra = tuple(text for index, (_, text) in enumerate(ours) if index not in pairs.values())
    return deep, tuple(misplaced), extra


def _joins(
    paragraphs: Sequence[str], texts: Sequence[list[str]], document: Document, known: set[str]
) -> Iterator[str]:
    """Each wrong join, in the stretch of our text that fits its paragraph best."""
    printed = known | {plain(word) for paragraph in paragraphs for word in paragraph.split()}
    words = [
        (word, piece) for block in document.blocks for piece in block.text.split() for word in words_of(piece)[:1]
    ]
    for paragraph, text, (_, window) in zip(
        paragraphs, texts, matches(texts, [word for word, _ in words]), strict=True
    ):
        if text:
            ours = " ".join(piece for _, piece in words[window.start : window.stop])
            for theirs, mine in wrong_joins(paragraph, ours):
                if " " in mine or plain(mine) not in printed:
                    yield f"{theirs} > {mine}"


def _stands_in(text: str, grams: set[tuple[str, ...]]) -> bool:
    words = words_of(text)
    own = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    return bool(own) and sum(gram in grams for gram in own) >= _LEAKED * len(own)


def _kept(text: str, title: str, grams: set[tuple[str, ...]]) -> bool:
    """Whether a running head or foot is in our text; the title, which it may shorten, is there by right."""
    return not title.startswith(text[:12]) and _stands_in(text, grams)


def pooled(scores: Sequence[Score]) -> dict[str, float]:
    """The five figures over all papers."""
    return {
        "parse_recall": round(sum(one.matched for one in scores) / sum(one.words for one in scores), 4),
        "paragraphs_intact": round(sum(one.intact for one in scores) / sum(one.paragraphs for one in scores), 4),
        "heading_depth": round(sum(one.deep for one in scores) / sum(one.headings for one in scores), 4),
        "wrong_joins": round(sum(len(one.joins) for one in scores) / len(scores), 3),
        "reference_leak": sum(one.leaked for one in scores),
    }
