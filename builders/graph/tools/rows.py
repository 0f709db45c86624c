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
from builders.graph.graph import Graph, Group
from builders.graph.knowledge.function import tools_text
from builders.graph.schema import LANGUAGES, Relation
from builders.graph.split import GraphSplit
from builders.graph.tools.asking import Asking, Kind, kind_of
from builders.graph.tools.cases import Asked, Cases
from builders.graph.tools.config import ToolsConfig
from builders.graph.tools.names import joins, stutters
from builders.graph.tools.sides import Sides
from builders.graph.tools.wordings import ToolWordings, fill
from builders.graph.wordings import Wordings
from builders.ids import row_id
from builders.types import ChatSample, Message, Source

Make = Callable[[Group], Asked | None]

IS = {"zh": "是", "en": "is"}
ARE = {"zh": "包括：", "en": "are"}
COMMA = {"zh": ("、", "；"), "en": (", ", "; ")}
AND = {"zh": "、", "en": " and "}
OR = {"zh": "还是", "en": " or "}


def tool_samples(
    cases: Cases, split: GraphSplit, train: Wordings, wordings: ToolWordings, config: ToolsConfig, seed: int
) -> list[ChatSample]:
    """All rows in an order of which every beginning is a fair sample: each case and language in proportion.

    No row names an entity that is kept for the evaluation, or both ends of a held-out fact.
    """
    sides = Sides(cases, split, config.heldout, seed)
    rows: dict[str, ChatSample] = {}
    asking = {language: Asking(forms, language) for language, forms in train.forward.items()}
    for asked, turn in train_asked(cases, sides, wordings, config, seed):
        row = _sample(asked, turn, cases.graph, asking[asked.language], wordings, seed)
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


def answer(asked: Asked, graph: Graph, wordings: ToolWordings, pick: float, brief: bool = False) -> str:
    """What is said after the look-up; every name and value in it stands in the call or in the result.

    Args:
        asked: the call with its result.
        graph: what the relations mean.
        wordings: the forms of answers by language and case.
        pick: 0 to 1, which of the forms.
        brief: the shortest form is wanted.
    """
    found, language = asked.found, asked.language
    case = "offered_one" if asked.case == "offered" and len(found.nearest) == 1 else asked.case
    forms = wordings.answers[language][case]
    first, second = asked.steps
    several = len(found.values) > 1
    label = second or found.attribute
    told = _told_label(label, graph.schema[asked.relation], language) if several else label
    whole = (several and language == "en") or _is_list(found.values, label, language)
    return fill(
        min(forms, key=len) if brief else forms[int(pick * len(forms))],
        asked=asked.call.entity,
        entity=found.entity or "",
        attribute=found.attribute if second else told,
        **{"is": (ARE if whole else IS)[language]},
        values=listed(found.values, language, AND[language]),
        nearest=listed(found.nearest, language, OR[language]),
        first=first,
        middle=found.triples[0].tail if first else "",
        second=told,
    )


def listed(values: Sequence[str], language: str, last: str) -> str:
    """All values, the last after a word of its own; semicolons between values that have commas."""
    comma, semicolon = COMMA[language]
    values = [value.rstrip("。") for value in values]
    if len(values) > 1 and any(joins(value) for value in values):
        return semicolon.join(values)
    return last.join([comma.join(values[:-1]), values[-1]] if len(values) > 1 else values)


def _is_list(values: Sequence[str], label: str, language: str) -> bool:
    """Whether "是" would read badly: values with commas, or one that repeats the label's end."""
    inner = len(values) > 1 and any(joins(value) for value in values)
    return language == "zh" and (inner or any(stutters(label, value) for value in values))


def _told_label(label: str, relation: Relation, language: str) -> str:
    """The label of several values: in English in the plural."""
    if language == "zh":
        return label
    return relation.phrases.en_plural or f"{label} entries"


def _by_some_name(cases: Cases, group: Group, language: str, aliased: float, seed: int, turn: int) -> Asked | None:
    """Alias augmentation: some of the questions about an entity with several names ask by another of them."""
    if fraction(seed, "by alias", language, turn, *group) < aliased:
        by_alias = cases.alias(group, language)
        if by_alias:
            return by_alias
    return cases.plain(group, language)


def _sample(asked: Asked, turn: int, graph: Graph, asking: Asking, wordings: ToolWordings, seed: int) -> ChatSample:
    names = (asked.case, asked.language, asked.call.entity, asked.call.attribute, turn)
    relation = graph.schema[asked.relation]
    kind = Kind.CHAIN if asked.steps[0] else kind_of(relation, graph, asked.language)
    several = len(asked.found.values) > 1 or not (asked.found.values or relation.functional)
    template = asking.template(generator(seed, "tools wording", *names), kind, several)
    question = asking.filled(template, asked.call.entity, asked.call.attribute)
    said = answer(asked, graph, wordings, fraction(seed, "tools answer", *names), asking.is_brief(template))
    task = f"tools.{asked.case}"
    messages = (
        Message("user", question),
        Message("function_call", asked.call.json()),
        Message("observation", asked.found.json()),
        Message("assistant", said),
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
