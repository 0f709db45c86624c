"""Text on two entities for continued pretraining: what joins them in the graph, and where papers name both.

After EntiGraph (Yang et al., "Synthetic continued pretraining", 2024), without a language model: the pairs are those
that papers name together, or that a path of at most three facts joins. Trained facts only.

    pair_cards(given, guard, mentions, "zh")
    ->  TextSample(task="graph.pair", text="桂枝汤与Cinnamomum cassia：桂枝汤的君药是桂枝；桂枝的拉丁学名是...。", ...)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from builders.graph.cards import is_sound, sentence_case
from builders.graph.chance import fraction
from builders.graph.graph import Pair
from builders.graph.tasks.index import MOST_ENDS, is_name
from builders.graph.tasks.item import Given
from builders.graph.tasks.mentions import Mentions, Quoted, Together
from builders.graph.tasks.paths import Path, Walker
from builders.graph.tasks.rows import Guard
from builders.graph.tasks.say import inside
from builders.graph.tasks.wordings import fill
from builders.ids import row_id
from builders.types import Source, TextSample, Triple

TASK = "graph.pair"
PAPERS = 2  # that name a pair which no path joins
NEIGHBOURS = 200  # facts of an entity that are looked through for a path
THEN = {"zh": "；", "en": "; "}
STOP = {"zh": "。", "en": ". "}
SPACE = {"zh": "", "en": " "}
_REFERENCE = re.compile(r"\[\d{1,3}(?:\s?[-–—,，、]\s?\d{1,3}){0,20}\]")
_BOOK = re.compile(r"[《》\s]")

Links = Sequence[Triple]
"""Facts that lead from one entity to another."""


def pair_cards(given: Given, guard: Guard, mentions: Mentions, language: str) -> Iterator[TextSample]:
    """Cards of the pairs that papers name together, then of pairs at the two ends of a path; each pair once."""
    cards = (
        _card(given, guard, language, names, links, mentions.together.get(pair))
        for pair, names, links in _once(chain(_named(given, mentions, language), _joined(given, language)))
    )
    yield from islice((card for card in cards if card is not None), given.config.pair_cards)


def _once(
    pairs: Iterator[tuple[Pair, tuple[str, str], Links]],
) -> Iterator[tuple[Pair, tuple[str, str], Links]]:
    seen: set[Pair] = set()
    for pair, names, links in pairs:
        if pair not in seen:
            seen.add(pair)
            yield pair, names, links


def _named(given: Given, mentions: Mentions, language: str) -> Iterator[tuple[Pair, tuple[str, str], Links]]:
    """The pairs that several papers name, or one paper and the graph joins; the most papers first."""
    fit = {
        pair: each
        for pair, each in mentions.together.items()
        if any(quoted.language == language for quoted in each.quoted)
    }
    ranked = sorted(fit, key=lambda pair: (-fit[pair].papers, fraction(given.seed, TASK, *pair)))
    for pair in ranked:
        links = links_between(given, pair, language)
        if links or fit[pair].papers >= PAPERS:
            names = given.index.name(pair[0]), given.index.name(pair[1])
            yield pair, names, links


def _joined(given: Given, language: str) -> Iterator[tuple[Pair, tuple[str, str], Links]]:
    """The two ends of drawn paths, with the facts between them."""
    for path in Walker(given, language).paths(False):
        for entity, name in islice(path.ends.items(), 1):
            start = path.levels[0][0].entity
            yield (min(start, entity), max(start, entity)), (path.start, name), links_of(path, entity)


def links_of(path: Path, entity: str) -> Links:
    """The facts of a path that lead to one of its ends, from the start."""
    links: list[Triple] = []
    for level in reversed(path.levels):
        slot, end = next((slot, end) for slot in level for end in slot.ends if end.entity == entity)
        links.append(end.triple)
        entity = slot.entity
    return links[::-1]


def links_between(given: Given, pair: Pair, language: str) -> Links:
    """A shortest way of at most three trained facts from one entity to the other, round entities of endless degree."""
    one, other = pair
    of_one, of_other = (_around(given, entity, language) for entity in pair)
    if other in of_one:
        return [of_one[other]]
    middles = [middle for middle in of_one if middle in of_other]
    if middles:
        return [of_one[middles[0]], of_other[middles[0]]]
    for first, link in of_one.items():
        beyond = _around(given, first, language)
        for second, further in beyond.items() if first != one else ():
            if second in of_other and second not in pair:
                return [link, further, of_other[second]]
    return []


def _around(given: Given, entity: str, language: str) -> dict[str, Triple]:
    """The entities next to one by trained facts, with the fact."""
    if given.index.entity_degree(entity) > MOST_ENDS:
        return {}
    around: dict[str, Triple] = {}
    for end, triple in islice(given.index.neighbours(entity), NEIGHBOURS):
        if given.index.is_trained(triple) and given.graph.schema[triple.relation].label(language) is not None:
            around.setdefault(end, triple)
    return around


def _card(
    given: Given, guard: Guard, language: str, names: tuple[str, str], links: Links, together: Together | None
) -> TextSample | None:
    """A card, or None where its names or its text may not stand together."""
    said = [given.say[language].statement(link.relation, link.head, [link.tail]) for link in links]
    quoted = _quotable(together, language)
    all_names = [*names, *(name for link in links for name in (link.head, link.tail))]
    if not (said or quoted) or not all(is_name(name) and is_sound(name) for name in all_names):
        return None
    if len({_BOOK.sub("", name) for name in all_names}) < len(set(all_names)):  # a book and its own name in 《》
        return None
    statement = THEN[language].join(map(inside, said))
    kind = "pair" if said else "together"
    template = given.wordings.answer(kind, language, given.seed, *names)
    sentences = [fill(template, one=names[0], other=names[1], statement=statement)]
    for each in quoted:
        wording = given.wordings.answer("evidence", language, given.seed, *names, each.title)
        sentences.append(fill(wording, title=each.title, sentence=each.sentence.text))
    text = sentence_case(SPACE[language].join(sentences), language)
    if not guard.allows(text, all_names):
        return None
    sources = [Source(triple=link.key, maker=TASK) for link in links]
    sources += [replace(each.sentence.source, maker=TASK) for each in quoted]
    return TextSample(row_id(TASK, text, *(link.key for link in links)), TASK, text, tuple(sources))


def _quotable(together: Together | None, language: str) -> list[Quoted]:
    """The sentences of titled papers, without those that carry marks of references."""
    if together is None:
        return []
    fit = [each for each in together.quoted if each.language == language and each.title]
    return [each for each in fit if not _REFERENCE.search(each.sentence.text)]
