"""Text for continued pretraining: what the trained part of the graph says of an entity, in several orders.

Of held-out and mixed groups it says nothing. One sentence a group, in the wordings of `train.yaml: statement, several,
note` or the relation's own; a group too long for one sentence is said to include what each sentence lists.

    TextSample(task="graph.card", text="人参的拉丁学名是Panax ginseng。人参以脾经、肺经为归经。...", sources=(...))
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builders.graph.chance import generator
from builders.graph.graph import Graph, Group
from builders.graph.names import is_whole
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit
from builders.graph.tasks.say import Say
from builders.graph.wordings import Wordings, fill
from builders.ids import row_id
from builders.types import Source, TextSample, Triple

TASK = "graph.card"
STATEMENTS = 12  # most statements in one card: an entity of degree 10,000 gives many cards, not one endless
TAILS = 24  # most tails in one statement
STOP = {"zh": "。", "en": ". "}
PART = {"zh": "{head}的{relation}包括{tail}等", "en": "The {relation} of {head} include {tail}"}
MORE = {"zh": "{head}的{relation}还包括{tail}", "en": "The {relation} of {head} also include {tail}"}

_REMARK = re.compile(r"原[书方][未末无没].{0,2}[剂用]量|^(?:各?等分|适量|(?:剂|用)量不[详拘])$|^(?:亦治|又[有治])|。")
# p53, mRNA and pH keep their small letter.
_WORD = re.compile(r"[a-z]{2,}(?![A-Za-z0-9])")
# quantum dots, not hippocampus or pons; a singular taken for a plural only loses a wording.
_PLURAL = re.compile(r"[a-hj-np-rtv-z]s$")


@dataclass(frozen=True, slots=True)
class Statement:
    """Triples of one group, said in one sentence: all of the group, or a part."""

    triples: tuple[Triple, ...]
    whole: bool


def cards(graph: Graph, split: GraphSplit, train: Wordings, orderings: int, seed: int) -> Iterator[TextSample]:
    """States the training groups of every entity `orderings` times; held-out and mixed groups never."""
    groups: dict[str, list[Group]] = defaultdict(list)
    for group in split.train:
        groups[group[0]].append(group)
    for head, of_head in groups.items():
        for language in LANGUAGES:
            labelled = [group for group in of_head if graph.schema[group[1]].label(language) is not None]
            seen: set[str] = set()
            for ordering in range(orderings):
                rng = generator(seed, "card", language, head, ordering)
                for part in _parts(graph, split, labelled, rng):
                    card = _card(graph, part, language, train, rng)
                    if card.text not in seen:
                        seen.add(card.text)
                        yield card


def _parts(graph: Graph, split: GraphSplit, groups: Sequence[Group], rng: random.Random) -> Iterator[list[Statement]]:
    """The statements of an entity in random order, cut where a card grows long or would name a held-out pair."""
    statements = [statement for group in groups for statement in _statements(graph, split, group)]
    rng.shuffle(statements)
    part: list[Statement] = []
    named: set[str] = set()
    for statement in statements:
        names = {graph.representative(name) for triple in statement.triples for name in (triple.head, triple.tail)}
        if part and (len(part) == STATEMENTS or not split.allows(named | names)):
            yield part
            part, named = [], set()
        part.append(statement)
        named |= names
    if part:
        yield part


def _statements(graph: Graph, split: GraphSplit, group: Group) -> list[Statement]:
    """A group cut where a sentence grows long or would name a held-out pair; without what is no name."""
    sound = [triple for triple in graph.groups[group] if is_sound(triple.head) and is_sound(triple.tail)]
    size = -(-len(sound) // (-(-len(sound) // TAILS) or 1))  # even parts
    chunks: list[list[Triple]] = []
    named: set[str] = set()
    for triple in sound:
        names = {graph.representative(triple.head), graph.representative(triple.tail)}
        if not chunks or len(chunks[-1]) == size or not split.allows(named | names):
            chunks.append([])
            named = set()
        chunks[-1].append(triple)
        named |= names
    return [Statement(tuple(chunk), len(chunks) == 1) for chunk in chunks]


def is_sound(name: str) -> bool:
    """Whether a name has its marks in pairs and is no remark, on a dose or otherwise."""
    return is_whole(name) and not _REMARK.search(name)


def _card(graph: Graph, part: Sequence[Statement], language: str, train: Wordings, rng: random.Random) -> TextSample:
    relations: set[str] = set()
    sentences = []
    for statement in part:
        first = statement.triples[0]
        wordings = (clauses(statement, train), train.note)
        sentences.append(said(graph, statement, first.head, language, wordings, rng, first.relation in relations))
        relations.add(first.relation)
    text = "".join(sentence_case(sentence, language) + STOP[language] for sentence in sentences).strip()
    sources = tuple(Source(triple=triple.key, maker=TASK) for statement in part for triple in statement.triples)
    return TextSample(row_id(TASK, text, *(source.triple or "" for source in sources)), TASK, text, sources)


def clauses(statement: Statement, train: Wordings) -> Mapping[str, tuple[str, ...]]:
    """The wordings by language that fit one tail, or several."""
    return train.several if len(statement.triples) > 1 and train.several else train.statement


def said(
    graph: Graph,
    statement: Statement,
    head: str,
    language: str,
    wordings: Sequence[Mapping[str, tuple[str, ...]]],
    rng: random.Random,
    again: bool = False,
) -> str:
    """A statement under a name of its head: one of the wordings or the relation's own, or what says that it is a part.

    `again`: a part of the same group has been said already.
    """
    tails = [triple.tail for triple in statement.triples]
    known = graph.schema[statement.triples[0].relation]
    label = known.label(language) or known.name
    if language == "en" and (len(tails) > 1 or not statement.whole):
        label = known.phrases.en_plural or f'"{label}" entries'
    if not statement.whole:
        wording = (MORE if again else PART)[language]
    else:
        own = known.phrases.statement(language)
        choice = [*(each for kind in wordings for each in kind.get(language, ())), *([own] if own else [])]
        wording = rng.choice([each for each in choice if language == "zh" or _agrees(each, head, tails)] or choice)
    return fill(wording, head=head, relation=label, tail=Say(graph.schema, language).joined(tails))


def _agrees(wording: str, head: str, tails: Sequence[str]) -> bool:
    """Whether the verb and the pronoun of an English wording fit names in the plural."""
    if _PLURAL.search(head) and (wording.startswith(("{head} ", "{head}'s")) or " its " in wording):
        return False
    return len(tails) > 1 or not (_PLURAL.search(tails[0]) and wording.startswith("{tail} "))


def sentence_case(text: str, language: str) -> str:
    """An English sentence with a capital, where it begins with a word and not with a symbol such as mRNA."""
    return text[:1].upper() + text[1:] if language == "en" and _WORD.match(text) else text
