"""A paper and the graph in, text that joins the two out: what the graph says of an entity, where the paper names it.

After EntiGraph (Yang et al., "Synthetic continued pretraining", 2024), without a language model: what it asks a model
to write about the entities of a paper, one and two at a time, is here said by the graph. Only training groups are
said, and no row names both ends of a held-out fact, whatever else of the paper it quotes.

    Weaver(graph, split, train, Wordings.load("weave"), WeaveConfig(), seed=42).woven(document)
    ->  TextSample(task="paper.woven", text="... 人参 ... 据知识图谱，人参的拉丁学名是Panax ginseng。 ...", ...)
        TextSample(task="paper.pair", text="《...》同时提到人参和当归：“...”据知识图谱，...", ...)
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from builders.graph import wordings as graph_wordings
from builders.graph.cards import Statement, clauses, said, sentence_case
from builders.graph.chance import fraction, generator
from builders.graph.entities import EntityFinder, Mention
from builders.graph.graph import Graph, Group
from builders.graph.logic import is_sayable
from builders.graph.split import GraphSplit
from builders.graph.tasks.say import Say
from builders.ids import row_id
from builders.mine.comprehension.definitions import abbreviations
from builders.mine.marks import ENDED, goes_on, stands_alone, unmarked, whole_sentences
from builders.mine.passages import Paragraph, Sentence, common_words, paragraphs, quotable
from builders.mine.wordings import Wordings, fill
from builders.types import Document, Source, TextSample, Triple

WOVEN = "paper.woven"
PAIR = "paper.pair"
CASED = 5  # a Latin name of so few letters is one only in its own letter case: AD is not "ad"
_WORD = re.compile(r"[a-z]{2,}(?![A-Za-z0-9])")
_THEN = {"en": ". ", "zh": "；"}
_SPACE = {"en": " ", "zh": ""}
_LEFT_OUT = {"en": " ... ", "zh": "……"}
# What makes another word of a name before it: 川芎 is no 川芎嗪; with a hyphen, ICP is no ICP-AES.
TAILS = 8  # most tails in one statement: a longer list is not said
_NAMING = re.compile(
    r"\b(?:name|form|abbreviation|acronym|symbol|alias|synonym|code)s?\b|[名称写]$|缩写|符号|代码", re.IGNORECASE
)
_METHODS = re.compile(
    r"method|material|procedure|protocol|reagent|staining|experimental|animals|surgery|statistic|方法|材料|试剂|动物",
    re.IGNORECASE,
)
_CHINESE_LETTER = re.compile(r"[\u4e00-\u9fff]")
SHORT = 3  # Chinese characters: a name of so few may be a part of another word, 白质 of 蛋白质
_LINKING = frozenset("的是和与及或在对为被从由向以把将使而并也都有这该各其于至到")
# Before a name, an adjective or a function word; a noun makes another thing of it: "cell volume fraction".
_BEFORE = re.compile(
    r"(?:^|[^\w\s-]|\b(?:the|an?|and|or|of|in|on|by|with|to|for|from|as|is|are|was|were|that|which|both|between|via"
    r"|through|into|than|than|its|their|at|all|some|most|each|other|like|including|during|within|when|where|if|called"
    r"|\w+(?:al|ic|ive|ous|ar|ary|ed|ing|ly|ent|ant|es|human|adult|mouse|rat)))\s?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ -](?:residues?|receptors?|transporters?|synthases?|synthetases?|dehydrogenases?|transferases?|decarboxylases?"
    r"|carriers?|channels?|antibod\w+|inhibitors?|agonists?|antagonists?|genes?|mrna|promoters?|analog\w+|derivatives?"
    r"|buffers?|solution|medium|kits?|assays?|scans?|scanners?|software|reporters?|sensors?|like|deficient|positive"
    r"|negative|binding|containing|labell?ed|treated|induced|mediated|dependent|knock\w+|null)\b",
    re.IGNORECASE,
)
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
    mentions: int = 2
    """By so many an entity is a subject of a paper; others are not explained."""
    company: int = 2
    """So many entities a paragraph names beside the one that is explained, else it may mean another thing."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A sentence that names an entity, under one of the entity's names."""

    entity: str
    name: str
    sentence: Sentence
    paragraph: Paragraph
    text: str
    """The sentence without marks of citations."""


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
        self._same: dict[str, set[str]] = defaultdict(set)
        for triple in graph.triples:
            for name in (triple.head, triple.tail):
                self._spelt[name.casefold()].add(name)
            if self._names(triple.relation):
                one, other = graph.pair(triple.head, triple.tail)
                self._same[one].add(other)
                self._same[other].add(one)

    def woven(self, document: Document) -> Iterator[TextSample]:
        """The paragraphs of a paper that name entities, each with what the graph says of them; then the pairs."""
        if document.language == "other" or not self._groups:
            return
        found = [paragraph for paragraph in paragraphs(document) if not paragraph.is_back_matter]
        foreign = self._foreign(document, found)
        mentioned = [self._mentioned(paragraph.text, document, foreign) for paragraph in found]
        times = Counter(mention.entity for mentions in mentioned for mention in mentions)
        named = [
            each
            for paragraph in found
            if not any(_METHODS.search(heading) for heading in paragraph.section)
            for each in self._named(paragraph, document, foreign)
        ]
        central = [
            each
            for each in named
            if sum(times[same] for same in (each.entity, *self._same[each.entity])) >= self._config.mentions
        ]
        yield from self._paragraphs(document, central)
        yield from self._pairs(document, named)

    def _names(self, relation: str) -> bool:
        """Whether a relation says what a thing is called: an alias, a full form, an English name."""
        known = self._graph.schema[relation]
        return known.alias or any(_NAMING.search(label) for label in (known.en, known.zh) if label)

    def _mentioned(self, text: str, document: Document, foreign: Set[str]) -> list[Mention]:
        """The entities that a text names in the sense of the graph, by names that are no generic words."""
        return [
            mention
            for mention in self._finder.find(text)
            if text[mention.start : mention.end] not in foreign and self._is_meant(text, mention, document)
        ]

    def _named(self, paragraph: Paragraph, document: Document, foreign: Set[str]) -> Iterator[_Named]:
        for sentence in paragraph.sentences:
            text = unmarked(sentence.text) if quotable(sentence.text, document.language) else None
            for mention in self._mentioned(text, document, foreign) if text else ():
                if text and self._labelled(mention.entity, document.language):
                    name = text[mention.start : mention.end]
                    yield _Named(mention.entity, name, sentence, paragraph, text)

    def _is_meant(self, text: str, mention: Mention, document: Document) -> bool:
        name = text[mention.start : mention.end]
        known = len(name) > CASED or not name.isascii() or name in self._spelt[name.casefold()]
        part = _GOES_ON.match(text, mention.end) or text[mention.start - 1 : mention.start] in ("-", "–", "/")
        if part or not known or name.casefold() in common_words("en"):
            return False
        if name.isascii():
            before = text[max(0, mention.start - 30) : mention.start]
            return _BEFORE.search(before) is not None and not _AFTER.match(text, mention.end)
        return not _inside_word(text, mention, document.text)

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
        texts = whole_sentences(paragraph, document.language)
        insertions: dict[int, str] = {}
        triples: list[Triple] = []
        for each in named if texts else ():
            said = self._said(each, document, " ".join(texts))
            addition = said and self._addition(each, said, document)
            if said and addition and self._has_company(each, said, document):
                place = _place(paragraph.sentences.index(each.sentence), texts, document.language)
                tried = insertions | {place: insertions.get(place, "") + addition}
                if self._allowed(_inserted(texts, tried, document.language)):
                    insertions = tried
                    triples += said.triples
        if triples:
            text = _inserted(texts, insertions, document.language)
            yield _sample(WOVEN, document, text, (paragraph.source,), triples)

    def _has_company(self, named: _Named, said: _Said, document: Document) -> bool:
        """Whether the paragraph names others beside the entity that is explained, its synonyms and what is said.

        The extracellular space of a text on antibodies is not that of the brain.
        """
        known = {named.entity, *self._same[named.entity]}
        known |= {self._graph.representative(triple.tail) for triple in said.triples}
        found = self._mentioned(named.paragraph.text, document, frozenset())
        return len({mention.entity for mention in found} - known) >= self._config.company

    def _addition(self, named: _Named, said: _Said, document: Document) -> str:
        wording = self._wordings.choose("said", document.language, self._seed, document.id, named.entity)
        return _SPACE[document.language] + fill(wording, {"statement": said.text})

    def _said(self, named: _Named, document: Document, context: str) -> _Said | None:
        """Some statements on an entity under the name that the paper uses, joined; None where none is allowed.

        What the context names already is not said again.
        """
        language = document.language
        rng = generator(self._seed, "said", language, document.id, named.entity)
        groups = self._labelled(named.entity, language)
        texts: list[str] = []
        triples: list[Triple] = []
        for group in rng.sample(groups, len(groups)):
            facts = self._graph.groups[group]
            told = any(triple.tail.casefold() in context.casefold() for triple in facts)
            text = None if told or len(facts) > TAILS else self._statement(group, facts, named.name, language, rng)
            if text and len(texts) < self._config.statements and self._allowed(_THEN[language].join([*texts, text])):
                texts.append(text)
                triples += facts
        return _Said(_THEN[language].join(texts), tuple(triples)) if texts else None

    def _statement(
        self, group: Group, facts: Sequence[Triple], name: str, language: str, rng: random.Random
    ) -> str | None:
        """What a group says, in the wordings of a card; None where its label reads badly in a sentence."""
        known = self._graph.schema[group[1]]
        own = known.phrases.statement(language)
        if own and not known.functional:  # "the part of a neuron is the cell body" would be one of many as the whole
            tails = [triple.tail for triple in facts]
            return sentence_case(Say(self._graph.schema, language).statement(group[1], name, tails), language)
        if not own and not is_sayable(known.label(language) or group[1], language):
            return None
        if not own and len(facts) > 1 and language == "en" and not known.phrases.en_plural:
            return None
        statement = Statement(tuple(facts), whole=True)
        text = said(self._graph, statement, name, language, (clauses(statement, self._train),), rng)
        return sentence_case(text, language)

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
                synonyms = other.entity in self._same[one.entity]
                apart = one.sentence != other.sentence
                if (
                    self._split.allows(set(key))
                    and not synonyms
                    and not apart
                    and stands_alone(one.text, document.language)
                ):
                    together.setdefault(key, (one, other))
        count = 0
        for _, pair in sorted(together.items(), key=lambda item: self._order(document, *item)):
            if count < self._config.pairs and (sample := self._pair(document, *pair)):
                count += 1
                yield sample

    def _order(self, document: Document, key: tuple[str, str], pair: tuple[_Named, _Named]) -> tuple[bool, float]:
        """First what the graph links, then by hash."""
        return not self._graph.linked(*key), fraction(self._seed, PAIR, document.id, *key)

    def _pair(self, document: Document, one: _Named, other: _Named) -> TextSample | None:
        said = [self._said(each, document, one.text) for each in (one, other)]
        both = [each for each in said if each]
        if len(both) < 2 or not document.title or ENDED.search(document.title):
            return None
        language = document.language
        values = {
            "one": one.name,
            "other": other.name,
            "title": document.title,
            "sentence": one.text,
            "statement": _THEN[language].join(each.text for each in both),
        }
        text = fill(self._wordings.choose("pair", language, self._seed, document.id, one.entity, other.entity), values)
        text = text[0].upper() + text[1:]
        triples = [triple for each in both for triple in each.triples]
        return _sample(PAIR, document, text, (one.sentence.source,), triples) if self._allowed(text) else None


def _nearest(of_one: Sequence[_Named], of_other: Sequence[_Named]) -> tuple[_Named, _Named]:
    """The first sentence that names both, where there is one, else the first that names each."""
    by_sentence = {other.sentence: other for other in reversed(of_other)}
    for one in of_one:
        if one.sentence in by_sentence:
            return one, by_sentence[one.sentence]
    return of_one[0], of_other[0]


def _inside_word(text: str, mention: Mention, whole: str) -> bool:
    """Whether a short Chinese name is the end of a longer word, as 白质 of 蛋白质.

    It is taken so where the text has the character before it and its first ones together as often as the name.
    """
    name, before = text[mention.start : mention.end], text[mention.start - 1 : mention.start] if mention.start else ""
    if len(name) > SHORT or not _CHINESE_LETTER.match(before) or before in _LINKING:
        return False
    return whole.count(before + name[0]) >= whole.count(name)


def _place(index: int, texts: Sequence[str], language: str) -> int:
    """After which sentence something is said: after this one, or after the last where the next goes on from it."""
    following = texts[index + 1 : index + 2]
    return len(texts) - 1 if any(goes_on(text, language) for text in following) else index


def _inserted(texts: Sequence[str], insertions: Mapping[int, str], language: str) -> str:
    """The sentences with each insertion after its own."""
    return _SPACE[language].join(text + insertions.get(place, "") for place, text in enumerate(texts))


def _sample(
    task: str, document: Document, text: str, spans: Sequence[Source], triples: Sequence[Triple]
) -> TextSample:
    sources = [replace(span, maker=task) for span in spans]
    sources += [Source(triple=triple.key, maker=task) for triple in dict.fromkeys(triples)]
    return TextSample(row_id(task, document.id, text), task, text, tuple(sources))
