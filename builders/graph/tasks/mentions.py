"""Papers in, one after the other; where they name both ends of a fact, and which entities they name together, out.

mentions = Mentions(index, finder, config, seed)
mentions.see(document)   ->  Found(triple=Triple(...), sentence=Sentence(...), one="人参", other="三七", ...), ...
mentions.together[("人参", "三七")].sentences
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from builders.graph.chance import fraction
from builders.graph.entities import EntityFinder, Mention
from builders.graph.graph import Pair
from builders.graph.tasks.index import MOST_ENDS, Index
from builders.mine.passages import Paragraph, Sentence, paragraphs, quotable
from builders.types import Document, Triple

SHORT = 5  # letters: an abbreviation may mean something else in a paper
CROWD = 6  # entities of one sentence that are joined in pairs: a longer one is a list
PAIRS = 200_000  # pairs kept in memory; beyond it half of them go, by hash
QUOTED = 3  # sentences kept of a pair, each of another paper
# What makes another word of a name before it: 川芎 is no 川芎嗪; with a hyphen, ICP is no ICP-AES.
_GOES_ON = re.compile(r"[-–/][A-Za-z0-9]|[素苷碱酸酮醇嗪酯醛酶烯肽汤散丸饮]")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that names both ends of a fact, each as the paper writes it."""

    triple: Triple
    head: str
    tail: str
    sentence: Sentence
    paragraph: Paragraph
    language: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of a paper that names a pair."""

    title: str
    language: str
    sentence: Sentence


@dataclass(slots=True)
class Together:
    """The papers that name two entities in one sentence: how many, and the first sentences."""

    papers: int = 0
    quoted: list[Quoted] = field(default_factory=list)


class Mentions:
    """Gathers what the papers say together; holds sentences, never papers."""

    def __init__(self, index: Index, finder: EntityFinder, seed: int) -> None:
        self._index, self._finder, self._seed = index, finder, seed
        self.together: dict[Pair, Together] = {}
        self._kept = 1.0

    def see(self, document: Document) -> Iterator[Found]:
        """The facts whose two ends stand in one sentence, in the order of the paper; counts pairs meanwhile."""
        if document.language == "other":
            return
        counted: set[Pair] = set()
        for paragraph in paragraphs(document):
            for sentence in () if paragraph.is_back_matter else paragraph.sentences:
                named = self._named(sentence.text) if quotable(sentence.text, document.language) else {}
                for one, other in combinations(sorted(named), 2) if len(named) <= CROWD else ():
                    if (one, other) not in counted:
                        counted.add((one, other))
                        self._count((one, other), Quoted(document.title, document.language, sentence))
                    for triple in self.facts(one, other):
                        head, tail = (named[self._index.entity(name)] for name in (triple.head, triple.tail))
                        yield Found(triple, head, tail, sentence, paragraph, document.language)

    def _named(self, text: str) -> dict[str, str]:
        """The entities that a sentence names for certain, with the first name of each as it is written."""
        named: dict[str, str] = {}
        for mention in self._finder.find(text):
            if self._index.entity_degree(mention.entity) and _is_whole(text, mention):
                named.setdefault(mention.entity, text[mention.start : mention.end])
        return named

    def facts(self, one: str, other: str) -> Sequence[Triple]:
        """The facts between two entities, whatever their side; none of a pair of hubs."""
        fewest = min((one, other), key=lambda entity: (self._index.entity_degree(entity), entity))
        if self._index.entity_degree(fewest) > MOST_ENDS:
            return ()
        return [triple for end, triple in self._index.neighbours(fewest) if end in (one, other)]

    def _count(self, pair: Pair, quoted: Quoted) -> None:
        if self._kept < 1 and self._drawn(pair) >= self._kept:
            return
        known = self.together.setdefault(pair, Together())
        known.papers += 1
        if len(known.quoted) < QUOTED:
            known.quoted.append(quoted)
        if len(self.together) > PAIRS:
            self._kept /= 2
            self.together = {pair: each for pair, each in self.together.items() if self._drawn(pair) < self._kept}

    def _drawn(self, pair: Pair) -> float:
        return fraction(self._seed, "together", *pair)


def _is_whole(text: str, mention: Mention) -> bool:
    """Whether a name is surely one: no short abbreviation, no part of a longer term."""
    name = text[mention.start : mention.end]
    if name.isascii() and len(name) <= SHORT:
        return False
    return not _GOES_ON.match(text, mention.end) and text[mention.start - 1 : mention.start] not in ("-", "–", "/")
