"""Calls in, training rows out: a question, the call, what the function returned for it, and an answer from that.

Questions are asked in the training wordings of the graph (`wordings/train.yaml`), so that nothing but the tools in the
prompt tells a model to look up instead of answering from memory.

    tool_samples(cases, split, train, wordings, ToolsConfig(), seed=42)
    ->  ChatSample(task="tools.plain", messages=(user, function_call, observation, assistant), tools="[{...}]", ...)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from builders.graph.chance import fraction, generator
from builders.graph.graph import Group
from builders.graph.knowledge.function import tools_text
from builders.graph.questions import joined
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit
from builders.graph.tools.cases import Asked, Cases
from builders.graph.tools.config import ToolsConfig
from builders.graph.tools.sides import Sides
from builders.graph.tools.wordings import ToolWordings, fill
from builders.graph.wordings import Wordings, compose
from builders.graph.wordings import fill as fill_question
from builders.ids import row_id
from builders.types import ChatSample, Message, Source

Make = Callable[[Group], Asked | None]

LIST_CAP = 8  # values told in an answer; a longer list says that there are more


def tool_samples(
    cases: Cases, split: GraphSplit, train: Wordings, wordings: ToolWordings, config: ToolsConfig, seed: int
) -> list[ChatSample]:
    """All rows in an order of which every beginning is a fair sample: each case and language in proportion.

    No row names an entity that is kept for the evaluation, or both ends of a held-out fact.
    """
    sides = Sides(cases, split, config.heldout, seed)
    rows: dict[str, ChatSample] = {}
    for asked, turn in train_asked(cases, sides, wordings, config, seed):
        row = _sample(asked, turn, train, wordings, seed)
        rows.setdefault(row.id, row)
    for row in _direct(wordings, round(config.direct * len(rows)), seed):
        rows.setdefault(row.id, row)
    return fair_order(list(rows.values()), seed)


def train_asked(
    cases: Cases, sides: Sides, wordings: ToolWordings, config: ToolsConfig, seed: int
) -> Iterator[tuple[Asked, int]]:
    """The calls of the training rows, and which asking of the same it is: plain ones, then a share of the others."""
    groups = sides.train_groups(config.groups)
    for language in LANGUAGES:
        plain = [
            (asked, turn)
            for group in groups
            for turn in range(config.exposures)
            if (asked := _by_some_name(cases, group, language, config.aliased, seed, turn)) and sides.trains(asked)
        ]
        yield from plain
        for case, (make, share) in _others(cases, wordings, config, language, seed).items():
            ranked = sorted(groups, key=lambda group: fraction(seed, case, language, *group))
            fit = (asked for group in ranked if (asked := make(group)) and sides.trains(asked))
            yield from ((asked, 0) for asked in islice(fit, round(share * len(plain))))


def _others(
    cases: Cases, wordings: ToolWordings, config: ToolsConfig, language: str, seed: int
) -> dict[str, tuple[Make, float]]:
    """How each further case is made of a group, and its share."""

    def unknown(group: Group) -> Asked | None:
        rng = generator(seed, "stranger", language, *group)
        return cases.unknown(group, language, rng.choice(wordings.strangers[language]))

    return {
        "misspelt": (partial(cases.misspelt, language=language), config.misspelt),
        "unknown": (unknown, config.unknown),
        "empty": (partial(cases.empty, language=language), config.empty),
        "path": (partial(cases.path, language=language), config.path),
    }


def answer(asked: Asked, wordings: ToolWordings, pick: float) -> str:
    """What is said after the look-up; every name and value in it stands in the call or in the result.

    Args:
        asked: the call with its result.
        wordings: the forms of answers by language and case.
        pick: 0 to 1, which of the forms.
    """
    forms = wordings.answers[asked.language][asked.case]
    found, language = asked.found, asked.language
    first, second = asked.steps
    return fill(
        forms[int(pick * len(forms))],
        asked=asked.call.entity,
        entity=found.entity or "",
        attribute=found.attribute,
        values=joined(found.values, language, LIST_CAP),
        nearest=joined(found.nearest, language, LIST_CAP),
        first=first,
        middle=found.triples[0].tail if first else "",
        second=second,
    )


def _by_some_name(cases: Cases, group: Group, language: str, aliased: float, seed: int, turn: int) -> Asked | None:
    """Alias augmentation: some of the questions about an entity with several names ask by another of them."""
    if fraction(seed, "by alias", language, turn, *group) < aliased:
        by_alias = cases.alias(group, language)
        if by_alias:
            return by_alias
    return cases.plain(group, language)


def _sample(asked: Asked, turn: int, train: Wordings, wordings: ToolWordings, seed: int) -> ChatSample:
    names = (asked.case, asked.language, asked.call.entity, asked.call.attribute, turn)
    forms = train.forward[asked.language]
    template = compose(generator(seed, "tools wording", *names), forms.cores, forms)
    question = fill_question(template, head=asked.call.entity, relation=asked.call.attribute)
    task = f"tools.{asked.case}"
    messages = (
        Message("user", question),
        Message("function_call", asked.call.json()),
        Message("observation", asked.found.json()),
        Message("assistant", answer(asked, wordings, fraction(seed, "tools answer", *names))),
    )
    sources = tuple(Source(triple=triple.key, maker=task) for triple in asked.found.triples)
    name = row_id(task, *(message.content for message in messages))
    return ChatSample(name, task, messages, sources or (Source(maker=task),), tools_text(asked.language))


def _direct(wordings: ToolWordings, count: int, seed: int) -> Iterator[ChatSample]:
    """Turns without a call, half in each language; fewer where there are not so many wordings."""
    for language in LANGUAGES:
        made = [
            (question, turn.say)
            for turn in wordings.direct[language]
            for question in wordings.questions(language, turn)
        ]
        made.sort(key=lambda pair: fraction(seed, "direct", *pair))
        for question, say in made[: count // 2]:
            messages = (Message("user", question), Message("assistant", say))
            name = row_id("tools.direct", question, say)
            yield ChatSample(name, "tools.direct", messages, (Source(maker="tools.direct"),), tools_text(language))


def fair_order(rows: Sequence[ChatSample], seed: int) -> list[ChatSample]:
    """Rows in an order of which every beginning holds each task and language in its proportion.

    Each stratum is shuffled by hash and spread evenly over the whole, so that the first n rows of a smaller number
    are always among those of a larger one.
    """
    strata: dict[tuple[str, str | None], list[ChatSample]] = defaultdict(list)
    for row in rows:
        strata[row.task, row.tools].append(row)
    placed = []
    for members in strata.values():
        members.sort(key=lambda row: fraction(seed, "fair", row.id))
        placed += [((place + 0.5) / len(members), row.id, row) for place, row in enumerate(members)]
    return [row for _, _, row in sorted(placed, key=lambda one: one[:2])]
