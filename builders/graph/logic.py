"""Dual logic: pairs of a true statement and its counterfactual, from a general list and from the graph.

Operations: AS (antonym), ANW (added negation word), SEP (swapped entity). Every false statement of the graph is
checked against the whole of it. A statement is on one side only: training pairs and test pairs share no group of the
graph and no near-equal general statement.

    Pair("3fa...", "SEP", "graph", "zh", "人参的拉丁学名是Panax ginseng", "人参的拉丁学名是Panax notoginseng", (...))
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import networkx as nx
import numpy as np
import yaml
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from builders.errors import UserError
from builders.graph.chance import fraction, generator
from builders.graph.distractors import false_tails, is_false
from builders.graph.graph import Graph, Group
from builders.graph.names import is_whole
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit, split_groups
from builders.graph.wordings import Wordings, fill
from builders.ids import row_id
from builders.logic.antonyms import opposite_name
from builders.types import Dropped, Source, Triple

Operation = Literal["AS", "ANW", "SEP"]
Origin = Literal["general", "graph", "paper"]

OPERATIONS: dict[str, Operation] = {"AS": "AS", "ANW": "ANW", "SEP": "SEP"}
NEAR_EQUAL = 0.4  # statements nearer than this (normalised edit distance) never stand on both sides
CANDIDATES = 12  # false tails from which the one of the most similar length is taken
# Only a plain copula is negated: in 就是, 乃是 or "is known to be" the negation would land elsewhere.
COPULA = {"zh": re.compile(r"\}是(?=\{(?:head|tail)\})"), "en": re.compile(r"\} is (?=\{tail\}|the \{relation\})")}
NEGATED = {"zh": "}不是", "en": "} is not "}
MOST_SEVERAL = (
    0.1  # share of heads with several tails up to which a relation that no schema names is taken as functional
)
_SEVERAL = re.compile(r"[，；。;]|,(?!\d)")  # a value that is a sentence, or more values than one
# After 的 or before "is" these read badly: 缺血的对...的影响是减小, "the effect on ... is decrease".
_AWKWARD = {"zh": re.compile(r"对"), "en": re.compile(r"effects? ")}
_ARTICLE = re.compile(r"\b([Aa]) (?=\{relation\})")


@dataclass(frozen=True, slots=True)
class Pair:
    """A true and a false statement that differ by one operation, without final punctuation."""

    id: str
    op: Operation
    origin: Origin
    language: str
    true: str
    false: str
    sources: tuple[Source, ...]


def general_pairs(path: Path) -> tuple[list[Pair], list[Dropped]]:
    """Reads `logic.yaml`: by language a list of {op, "true", "false"} (the two keys quoted or not).

    Raises:
        UserError: the file cannot be read or is no mapping of lists.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"{path}: no readable YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict) or not all(isinstance(entries, list) for entries in data.values()):
        raise UserError(f"{path}: no mapping of lists; write zh: and en:, each with a list of pairs")
    pairs: dict[str, Pair] = {}
    dropped: list[Dropped] = []
    for language, entries in data.items():
        for number, entry in enumerate(entries, 1):
            pair = _general_pair(str(language), entry)
            if pair is None or pair.id in pairs:
                reason = "bad_pair" if pair is None else "duplicate"
                detail = f"{entry!r}; write {{op: AS|ANW|SEP, 'true': ..., 'false': ...}}"[:200]
                dropped.append(Dropped(reason, f"{path.name}: {language}[{number}]", detail))
            else:
                pairs[pair.id] = pair
    return list(pairs.values()), dropped


def _general_pair(language: str, entry: Any) -> Pair | None:
    if not isinstance(entry, dict) or language not in LANGUAGES:
        return None
    # YAML 1.1 reads bare true and false as booleans: the keys come as True and False then.
    named = {str(key).lower(): value for key, value in entry.items()}
    if set(named) != {"op", "true", "false"} or named["op"] not in OPERATIONS:
        return None
    true, false = (named[key].strip() if isinstance(named[key], str) else "" for key in ("true", "false"))
    if not true or not false or true == false:
        return None
    return _pair(OPERATIONS[named["op"]], "general", language, true, false, ())


def split_general(pairs: Sequence[Pair], share: float, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Puts about `share` of the pairs, by hash, on the test side; near-equal statements stay together."""
    cluster = _clusters(pairs)
    test = {name for name in cluster.values() if fraction(seed, "general", name) < share}
    train_side = [pair for pair in pairs if cluster[pair.id] not in test]
    return train_side, [pair for pair in pairs if cluster[pair.id] in test]


def _clusters(pairs: Sequence[Pair]) -> dict[str, str]:
    """Names the cluster of each pair by the smallest id in it."""
    near = nx.Graph()
    near.add_nodes_from(pair.id for pair in pairs)
    for language in LANGUAGES:
        spoken = [pair for pair in pairs if pair.language == language]
        texts = [text.lower() for pair in spoken for text in (pair.true, pair.false)]
        if texts:
            close = cdist(texts, texts, scorer=Levenshtein.normalized_distance) < NEAR_EQUAL
            near.add_edges_from((spoken[row // 2].id, spoken[column // 2].id) for row, column in np.argwhere(close))
    return {name: min(component) for component in nx.connected_components(near) for name in component}


def pair_groups(graph: Graph, split: GraphSplit, share: float, seed: int) -> tuple[list[Group], list[Group]]:
    """Of the training groups fit for pairs, those for training pairs and (about `share`) those for test pairs.

    Fit are relations of which a tail can be called false, where a head has one: of several, one would be stated as the
    whole. A group and its inverse fall on one side.
    """
    # Drawn anew: by the seed of the split itself the lowest hashes would be held out already.
    sides = split_groups(graph, share, generator(seed, "pair groups").getrandbits(32))
    fit = set(sole_groups(graph, split.train))
    return [group for group in sides.train if group in fit], [group for group in sides.heldout if group in fit]


def sole_groups(graph: Graph, groups: Iterable[Group]) -> list[Group]:
    """The groups of which another tail can be called false and whose one tail is the whole answer.

    Where no schema names a relation and many heads have several tails, what the graph lacks may well be true.
    """
    heads: Counter[str] = Counter(relation for _, relation in graph.groups)
    several: Counter[str] = Counter(relation for (_, relation), found in graph.groups.items() if len(found) > 1)
    return [
        group
        for group in groups
        if (known := graph.schema[group[1]]).closed
        and len(graph.groups[group]) == 1
        and is_one_value(graph.groups[group][0].tail)
        and (known.functional or several[group[1]] <= MOST_SEVERAL * heads[group[1]])
    ]


def is_one_value(tail: str) -> bool:
    """Whether a tail is one name, its brackets in pairs, and not a sentence or a list."""
    return _SEVERAL.search(tail) is None and is_whole(tail)


def is_sayable(label: str, language: str) -> bool:
    """Whether a label reads well after "the" or 的 and before its value."""
    return _AWKWARD[language].match(label) is None


def with_article(template: str, label: str) -> str:
    """The template with "an" before a label that begins with a vowel: "an English name"."""
    return _ARTICLE.sub(r"\1n ", template) if label[:1].lower() in "aeiou" else template


def graph_pairs(graph: Graph, groups: Iterable[Group], train: Wordings, limit: int | None, seed: int) -> list[Pair]:
    """One SEP and one ANW pair for each group and language, and one AS pair where an opposite is false.

    `limit` takes so many groups by hash.

    In half of the ANW pairs the true statement carries the negation, so that negation does not mean wrong.
    """
    groups = list(groups)
    chosen = set(sorted(groups, key=lambda group: fraction(seed, "pairs", *group))[:limit])
    pairs = []
    for group in groups:
        for language in LANGUAGES:
            label = graph.schema[group[1]].label(language)
            if group in chosen and label is not None and is_sayable(label, language):
                pairs += _pairs_of_group(graph, group, language, label, train, seed)
    return pairs


def _pairs_of_group(graph: Graph, group: Group, language: str, label: str, train: Wordings, seed: int) -> list[Pair]:
    rng = generator(seed, "pair", language, *group)
    triple = rng.choice(graph.groups[group])
    false = _false_tail(graph, triple, rng)
    if false is None:
        return []
    sources = (Source(triple=triple.key, maker="graph.logic"),)

    def say(wording: str, tail: str) -> str:
        return fill(with_article(wording, label), head=triple.head, relation=label, tail=tail)

    wording = rng.choice(train.statement[language])
    pairs = [_pair("SEP", "graph", language, say(wording, triple.tail), say(wording, false), sources)]
    plain = [text for text in train.statement[language] if len(COPULA[language].findall(text)) == 1]
    if plain:
        wording = rng.choice(plain)
        negated = COPULA[language].sub(NEGATED[language], wording)
        if rng.random() < 0.5:
            true, untrue = say(wording, triple.tail), say(negated, triple.tail)
        else:
            true, untrue = say(negated, false), say(wording, false)
        pairs.append(_pair("ANW", "graph", language, true, untrue, sources))
    if opposite := _opposite(graph, triple, language, label):
        wording = generator(seed, "opposite", language, *group).choice(train.statement[language])
        untrue = fill(with_article(wording, opposite[0]), head=triple.head, relation=opposite[0], tail=opposite[1])
        pairs.append(_pair("AS", "graph", language, say(wording, triple.tail), untrue, sources))
    return pairs


def _opposite(graph: Graph, triple: Triple, language: str, label: str) -> tuple[str, str] | None:
    """A label and a tail of which one is the opposite of what the triple has, if the graph makes that false.

    An opposite tail is false where the whole graph, aliases included, lets it be called so. An opposite relation is
    false where the schema knows it, what the graph does not hold of it is false, and the graph does not hold it.
    """
    tail = opposite_name(triple.tail)
    if tail is not None and is_false(graph, (triple.head, triple.relation), tail):
        return label, tail
    other = opposite_name(label) or ""
    known = [name for name, relation in graph.schema.items() if other and relation.label(language) == other]
    if len(known) == 1 and graph.schema[known[0]].closed and not graph.holds(triple.head, known[0], triple.tail):
        return other, triple.tail
    return None


def _false_tail(graph: Graph, triple: Triple, rng: random.Random) -> str | None:
    """Of a few false tails the one of the most similar length, so that length does not give the truth away."""
    candidates = false_tails(graph, (triple.head, triple.relation), CANDIDATES, rng)
    fit = [tail for tail in candidates if is_one_value(tail)]
    return min(fit, key=lambda tail: abs(len(tail) - len(triple.tail)), default=None)


def _pair(op: Operation, origin: Origin, language: str, true: str, false: str, sources: tuple[Source, ...]) -> Pair:
    name = row_id("pair", op, origin, language, true, false, *(source.triple or "" for source in sources))
    return Pair(name, op, origin, language, true, false, sources or (Source(maker="logic.general"),))
