"""Sentences of papers that name both ends of a fact, out as rows: what the graph says of the two, and the sentence.

A sentence that names both does not always state the fact, so no answer claims that it does: it says that the sentence
names both, quotes it exactly, and says what the graph records. The list for curators marks where a label stands, too.

    items(given, found)  ->  Item("关系抽取：人参、五加科。", text="“人参是五加科植物。”", ...)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from builders.graph.chance import fraction
from builders.graph.tasks.index import is_name
from builders.graph.tasks.item import Given, Item
from builders.graph.tasks.mentions import Found
from builders.graph.tasks.say import inside
from builders.graph.tasks.wordings import fill

PASSAGE = (2, 1200)  # sentences at least, characters at most, of a passage that is searched
_REFERENCE = re.compile(r"\[\d[\d,，;\s–-]*\]")  # a quotation is exact, and an answer has no list of references
MARKS = {"zh": "“{text}”", "en": '"{text}"'}


def items(given: Given, found: Iterable[Found]) -> list[Item]:
    """The rows of one paper, at most so many, by hash; trained facts only."""
    fit: dict[str, Found] = {}
    for each in found:
        if _is_fit(given, each):
            fit.setdefault(each.triple.key, each)
    ranked = sorted(fit.values(), key=lambda each: fraction(given.seed, "evidence", *_key(each)))
    return [_item(given, each) for each in ranked[: given.config.evidence_paper]]


def _key(found: Found) -> tuple[object, ...]:
    return found.sentence.source.document, found.sentence.source.start, found.triple.key


def _is_fit(given: Given, found: Found) -> bool:
    relation = given.graph.schema[found.triple.relation]
    said = relation.label(found.language) is not None and not relation.alias and not relation.naming
    return (
        not _REFERENCE.search(found.sentence.text)
        and said
        and given.index.is_trained(found.triple)
        and all(map(is_name, (found.head, found.tail)))
    )


def _item(given: Given, found: Found) -> Item:
    """Half of them ask for the relation in the sentence, half for the sentence in its paragraph."""
    quoted = _searchable(found) and fraction(given.seed, "quoted", *_key(found)) < 0.5
    kind = "quote" if quoted else "relation"
    language, triple, sentence = found.language, found.triple, found.sentence
    statement = inside(given.say[language].statement(triple.relation, found.head, [found.tail]))
    one, other = _in_order(found)
    template = given.wordings.answer(kind, language, given.seed, *_key(found))
    answer = fill(template, one=one, other=other, sentence=sentence.text, statement=statement)
    return Item(
        "evidence",
        language,
        kind,
        {"one": one, "other": other},
        answer,
        (statement,),
        (triple,),
        (found.head, found.tail),
        text=found.paragraph.text if quoted else fill(MARKS[language], text=sentence.text),
        spans=(replace(sentence.source),),
    )


def _searchable(found: Found) -> bool:
    """Whether there is something to search: a short paragraph of several sentences, one of which names both."""
    least, most = PASSAGE
    both = [each for each in found.paragraph.sentences if found.head in each.text and found.tail in each.text]
    return len(found.paragraph.sentences) >= least and len(found.paragraph.text) <= most and both == [found.sentence]


def _in_order(found: Found) -> tuple[str, str]:
    """The two names as they follow in the sentence."""
    names = sorted((found.head, found.tail), key=lambda name: found.sentence.text.find(name))
    return names[0], names[1]


def listed(given: Given, found: Iterable[Found]) -> Iterator[dict[str, Any]]:
    """What curators look through: each fact with a sentence that may confirm it."""
    for each in found:
        relation, source = given.graph.schema[each.triple.relation], each.sentence.source
        labels = [label.casefold() for label in (relation.zh, relation.en) if label]
        yield {
            "triple": each.triple.key,
            "document": source.document,
            "page": source.page,
            "start": source.start,
            "end": source.end,
            "sentence": each.sentence.text,
            "label_in_sentence": any(label in each.sentence.text.casefold() for label in labels),
        }
