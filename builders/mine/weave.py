"""A paper and the graph in, text that joins the two out: what the graph says of an entity, where the paper names it.

After EntiGraph (Yang et al., "Synthetic continued pretraining", 2024), without a language model: what it asks a model
to write about the entities of a paper, one and two at a time, is here said by the graph. Only training groups are
said, and no row names both ends of a held-out fact, whatever else of the paper it quotes.

    Weaver(graph, split, train, Wordings.load("weave"), WeaveConfig(), seed=42).woven(document)
    ->  TextSample(task="paper.woven", text="... 人参 ... 据知识图谱，人参的拉丁学名是Panax ginseng。 ...", ...)
        TextSample(task="paper.pair", text="《...》同时提到人参和当归：“...”据知识图谱，...", ...)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from builders.graph import wordings as graph_wordings
from builders.graph.cards import Statement, clauses, said
from builders.graph.chance import fraction, generator
from builders.graph.entities import EntityFinder, Mention
from builders.graph.graph import Graph, Group
from builders.graph.split import GraphSplit
from builders.ids import row_id
from builders.mine.comprehension.definitions import abbreviations
from builders.mine.passages import Paragraph, Sentence, paragraphs, quotable
from builders.mine.wordings import Wordings, fill
from builders.types import Document, Source, TextSample, Triple

WOVEN = "paper.woven"
PAIR = "paper.pair"
TAILS = 8  # most tails in one statement
CASED = 5  # a Latin name of so few letters is one only in its own letter case: AD is not "ad"
_THEN = {"en": ". ", "zh": "；"}
_SPACE = {"en": " ", "zh": ""}
_LEFT_OUT = {"en": " ... ", "zh": "……"}
# What makes another word of a name before it: 川芎 is no 川芎嗪; with a hyphen, ICP is no ICP-AES.
_GOES_ON = re.compile(r"[-–/][A-Za-z0-9]|[素苷碱酸酮醇嗪酯醛酶烯肽]")


@dataclass(frozen=True)
class WeaveConfig:
    """How much of the graph goes into the text of a paper."""

    entities: int = 8
    """Most entities that are explained in a paper, each once."""
    statements: int = 3
    """Most statements an entity."""
    pairs: int = 4
    """Most pairs of entities a paper."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A sentence that names an entity, under one of the entity's names."""

    entity: str
    name: str
    sentence: Sentence
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class _Said:
    """What the graph says of an entity, and by which facts."""

    text: str
    triples: tuple[Triple, ...]


class Weaver:
    """Weaves the training part of one graph into papers; built once, used for every paper."""

    def __init__(
        self,
        graph: Graph,
        split: GraphSplit,
        train: graph_wordings.Wordings,
        wordings: Wordings,
        config: WeaveConfig,
        seed: int,
    ) -> None:
        self._graph, self._split, self._train = graph, split, train
        self._wordings, self._config, self._seed = wordings, config, seed
        self._finder = EntityFinder(graph)
        self._groups: dict[str, list[Group]] = defaultdict(list)
        self._spelt: dict[str, set[str]] = defaultdict(set)
        for group in split.train:
            self._groups[graph.representative(group[0])].append(group)
        for triple in graph.triples:
            for name in (triple.head, triple.tail):
                self._spelt[name.casefold()].add(name)

    def woven(self, document: Document) -> Iterator[TextSample]:
        """The paragraphs of a paper that name entities, each with what the graph says of them; then the pairs."""
        if document.language == "other" or not self._groups:
            return
        found = [paragraph for paragraph in paragraphs(document) if not paragraph.is_back_matter]
        foreign = self._foreign(document, found)
        named = [
            each
            for paragraph in found
            for each in self._named(paragraph, document.language)
            if each.name not in foreign
        ]
        yield from self._paragraphs(document, named)
        yield from self._pairs(document, named)

    def _named(self, paragraph: Paragraph, language: str) -> Iterator[_Named]:
        for sentence in paragraph.sentences:
            if quotable(sentence.text, language):
                for mention in self._finder.find(sentence.text):
                    if self._says_something(sentence.text, mention, language):
                        name = sentence.text[mention.start : mention.end]
                        yield _Named(mention.entity, name, sentence, paragraph)

    def _says_something(self, text: str, mention: Mention, language: str) -> bool:
        name = text[mention.start : mention.end]
        known = len(name) > CASED or not name.isascii() or name in self._spelt[name.casefold()]
        part = _GOES_ON.match(text, mention.end) or text[mention.start - 1 : mention.start] in ("-", "–", "/")
        return known and not part and bool(self._labelled(mention.entity, language))

    def _foreign(self, document: Document, found: Sequence[Paragraph]) -> set[str]:
        """The abbreviations to which the paper gives another long form than the graph."""
        text, foreign = document.text, set()
        for candidate in (each for paragraph in found for each in abbreviations(paragraph)):
            if candidate.miner == "abbreviation":
                short, long_form = candidate.quoted["short"][0], candidate.answers[0]
                name = text[short.start : short.end]
                if not self._graph.linked(name, text[long_form.start : long_form.end]):
                    foreign.add(name)
        return foreign

    def _labelled(self, entity: str, language: str) -> list[Group]:
        """The training groups of an entity that have a name in this language, aliases left out."""
        schema = self._graph.schema
        return [
            group
            for group in self._groups.get(entity, ())
            if schema[group[1]].label(language) is not None and not schema[group[1]].alias
        ]

    # ---- one entity ---------------------------------------------------------------------------------------------

    def _paragraphs(self, document: Document, named: Sequence[_Named]) -> Iterator[TextSample]:
        """Explains each entity where it is first named in a sentence of its own choice, at most so many a paper."""
        first: dict[str, _Named] = {}
        for each in named:
            first.setdefault(each.entity, each)
        ordered = sorted(first, key=lambda entity: fraction(self._seed, WOVEN, document.id, entity))
        chosen = set(ordered[: self._config.entities])
        places: dict[int, list[_Named]] = defaultdict(list)
        for each in first.values():
            if each.entity in chosen:
                places[each.paragraph.source.start or 0].append(each)
        for in_paragraph in places.values():
            yield from self._paragraph(document, in_paragraph)

    def _paragraph(self, document: Document, named: Sequence[_Named]) -> Iterator[TextSample]:
        """The paragraph with its insertions; an insertion that would complete a held-out pair is left out."""
        paragraph = named[0].paragraph
        insertions: dict[int, str] = {}
        triples: list[Triple] = []
        for each in named:
            said = self._said(each.entity, each.name, document)
            end = (each.sentence.source.end or 0) - (paragraph.source.start or 0)
            addition = said and self._addition(each, said, document)
            if said and addition:
                tried = insertions | {end: insertions.get(end, "") + addition}
                if self._allowed(_inserted(paragraph.text, tried)):
                    insertions = tried
                    triples += said.triples
        if triples:
            text = _inserted(paragraph.text, insertions)
            yield _sample(WOVEN, document, text, (paragraph.source,), triples)

    def _addition(self, named: _Named, said: _Said, document: Document) -> str:
        wording = self._wordings.choose("said", document.language, self._seed, document.id, named.entity)
        return _SPACE[document.language] + fill(wording, {"statement": said.text})

    def _said(self, entity: str, name: str, document: Document) -> _Said | None:
        """Some statements on an entity under the name that the paper uses, joined; None where none is allowed."""
        language = document.language
        rng = generator(self._seed, "said", language, document.id, entity)
        groups = self._labelled(entity, language)
        texts: list[str] = []
        triples: list[Triple] = []
        for group in rng.sample(groups, min(len(groups), self._config.statements)):
            facts = self._graph.groups[group][:TAILS]
            statement = Statement(tuple(facts), len(facts) == len(self._graph.groups[group]))
            text = said(self._graph, statement, name, language, (clauses(statement, self._train),), rng)
            if self._allowed(_THEN[language].join([*texts, text])):
                texts.append(text)
                triples += facts
        return _Said(_THEN[language].join(texts), tuple(triples)) if texts else None

    def _allowed(self, text: str) -> bool:
        """Whether no two of the entities that a text names are the ends of a held-out fact."""
        return self._split.allows({mention.entity for mention in self._finder.find(text)})

    # ---- two entities -------------------------------------------------------------------------------------------

    def _pairs(self, document: Document, named: Sequence[_Named]) -> Iterator[TextSample]:
        """Two entities of one paragraph, the sentences that name them, and what the graph says of each."""
        together: dict[tuple[str, str], tuple[_Named, _Named]] = {}
        in_paragraph: dict[int, dict[str, list[_Named]]] = defaultdict(lambda: defaultdict(list))
        for each in named:
            in_paragraph[each.paragraph.source.start or 0][each.entity].append(each)
        for members in in_paragraph.values():
            for of_one, of_other in combinations(members.values(), 2):
                one, other = _nearest(of_one, of_other)
                key = (min(one.entity, other.entity), max(one.entity, other.entity))
                if self._split.allows(set(key)) and not self._translated(one, other):
                    together.setdefault(key, (one, other))
        count = 0
        for _, pair in sorted(together.items(), key=lambda item: self._order(document, *item)):
            if count < self._config.pairs and (sample := self._pair(document, *pair)):
                count += 1
                yield sample

    def _translated(self, one: _Named, other: _Named) -> bool:
        """Whether the two are one thing in two languages: 细胞外间隙 and, behind it, extracellular space."""
        return one.name.isascii() != other.name.isascii() and self._graph.linked(one.entity, other.entity)

    def _order(
        self, document: Document, key: tuple[str, str], pair: tuple[_Named, _Named]
    ) -> tuple[bool, bool, float]:
        """First what the graph links, then what one sentence names, then by hash."""
        one, other = pair
        apart = one.sentence != other.sentence
        return not self._graph.linked(*key), apart, fraction(self._seed, PAIR, document.id, *key)

    def _pair(self, document: Document, one: _Named, other: _Named) -> TextSample | None:
        said = [self._said(each.entity, each.name, document) for each in (one, other)]
        both = [each for each in said if each]
        if len(both) < 2 or not document.title:
            return None
        sentences = sorted({one.sentence, other.sentence}, key=lambda sentence: sentence.source.start or 0)
        language = document.language
        values = {
            "one": one.name,
            "other": other.name,
            "title": document.title,
            "sentence": _quoted(sentences, language),
            "statement": _THEN[language].join(each.text for each in both),
        }
        text = fill(self._wordings.choose("pair", language, self._seed, document.id, one.entity, other.entity), values)
        text = text[0].upper() + text[1:]
        triples = [triple for each in both for triple in each.triples]
        spans = [sentence.source for sentence in sentences]
        return _sample(PAIR, document, text, spans, triples) if self._allowed(text) else None


def _nearest(of_one: Sequence[_Named], of_other: Sequence[_Named]) -> tuple[_Named, _Named]:
    """The first sentence that names both, where there is one, else the first that names each."""
    by_sentence = {other.sentence: other for other in reversed(of_other)}
    for one in of_one:
        if one.sentence in by_sentence:
            return one, by_sentence[one.sentence]
    return of_one[0], of_other[0]


def _quoted(sentences: Sequence[Sentence], language: str) -> str:
    """One sentence, or two with a mark between them where the paper has something between."""
    first, last = sentences[0], sentences[-1]
    if first == last:
        return first.text
    together = (last.source.start or 0) - (first.source.end or 0) <= 1
    return first.text + (_SPACE if together else _LEFT_OUT)[language] + last.text


def _inserted(text: str, insertions: dict[int, str]) -> str:
    """The text with each insertion at its place."""
    parts, start = [], 0
    for place, insertion in sorted(insertions.items()):
        parts += [text[start:place], insertion]
        start = place
    return "".join([*parts, text[start:]])


def _sample(
    task: str, document: Document, text: str, spans: Sequence[Source], triples: Sequence[Triple]
) -> TextSample:
    sources = [replace(span, maker=task) for span in spans]
    sources += [Source(triple=triple.key, maker=task) for triple in dict.fromkeys(triples)]
    return TextSample(row_id(task, document.id, text), task, text, tuple(sources))
