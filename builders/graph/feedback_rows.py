"""Answers that are wanted or not, for KTO: dual-logic pairs and facts with a false tail in, balanced rows out.

KTO (Ethayarajh et al. 2024, arXiv 2402.01306) needs no pairs: each row is one answer and whether it is wanted. Every
question here comes with a true and a false answer of the same form, so that the two kinds are equally many and neither
length nor wording gives them away. The two never stand next to each other: LLaMA-Factory takes the answer of the row
before as the one that has nothing to do with the question (its estimate of the KL term).

    feedback_samples(graph, pairs, groups, train, limit=2000, seed=42)
    ->  [FeedbackSample(..., answer="人参的拉丁学名是白术。", wanted=False, ...), ...]
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from builders.graph.chance import fraction, generator
from builders.graph.distractors import false_tails
from builders.graph.graph import Graph, Group
from builders.graph.logic import Pair, is_one_value, is_sayable, sole_groups, with_article
from builders.graph.logic_rows import preference_samples
from builders.graph.questions import ANSWER
from builders.graph.schema import LANGUAGES
from builders.graph.wordings import Forms, Wordings, compose, fill
from builders.ids import row_id
from builders.types import FeedbackSample, Message, PreferenceSample, Source

CANDIDATES = 12  # false tails from which the one of the most similar length is taken
# Asks for several, where there is one answer.
_SEVERAL = re.compile(r"[Hh]ow many|[Ll]ist (?:every|all)|都有哪些|哪些内容|哪些说法|所有的")
_SYMBOL = re.compile(r"(?:[^\w})）”\"’'?？]|_)$")  # after a blank or a mark for the answer nothing more is said
STEP = 2  # questions between the two answers to one: with 1 they would be neighbours


def feedback_samples(
    graph: Graph, pairs: Sequence[Pair], groups: Sequence[Group], train: Wordings, limit: int | None, seed: int
) -> list[FeedbackSample]:
    """Both answers to one question a pair and statement, and to one a group and language that has a false tail.

    `groups` are training groups; those whose false tails cannot be told for sure give nothing. Wanted and unwanted
    answers take turns.
    """
    of_pairs = preference_samples(pairs, train, 1, generator(seed, "feedback").getrandbits(32))
    asked = {sample.id: sample for sample in (*of_pairs, *_of_groups(graph, groups, train, limit, seed))}
    ranked = sorted(asked.values(), key=lambda sample: fraction(seed, "feedback order", sample.id))
    rows = []
    for place, sample in enumerate(ranked):
        rows += [_row(sample, True), _row(ranked[(place + STEP) % len(ranked)], False)]
    return rows


def _of_groups(
    graph: Graph, groups: Sequence[Group], train: Wordings, limit: int | None, seed: int
) -> Iterator[PreferenceSample]:
    fit = sole_groups(graph, groups)
    chosen = set(sorted(fit, key=lambda group: fraction(seed, "feedback group", *group))[:limit])
    for group in fit:
        if group in chosen:
            yield from _of_group(graph, group, train, seed)


def _of_group(graph: Graph, group: Group, train: Wordings, seed: int) -> Iterator[PreferenceSample]:
    (triple,) = graph.groups[group]
    for language in LANGUAGES:
        label = graph.schema[group[1]].label(language)
        rng = generator(seed, "feedback", language, *group)
        false = [tail for tail in false_tails(graph, group, CANDIDATES, rng) if is_one_value(tail)]
        if label is None or not is_sayable(label, language) or not false:
            continue
        nearest = min(false, key=lambda tail: abs(len(tail) - len(triple.tail)))
        forms = train.forward[language]
        question = fill(with_article(_question(rng, forms), label), head=group[0], relation=label)
        wanted, other = (fill(ANSWER[language], head=group[0], relation=label, tail=t) for t in (triple.tail, nearest))
        name = row_id("feedback.fact", question, wanted, other, triple.key)
        sources = (Source(triple=triple.key, maker="feedback.fact"),)
        yield PreferenceSample(name, "feedback.fact", (Message("user", question),), wanted, other, sources)


def _question(rng: random.Random, forms: Forms) -> str:
    """A question for one answer; one that ends in a blank or a mark stays without an ending."""
    core = rng.choice([core for core in forms.cores if not _SEVERAL.search(core)])
    ends = ("",) if _SYMBOL.search(core) else forms.endings
    return compose(rng, (core,), Forms(forms.openings, (core,), ends))


def _row(sample: PreferenceSample, wanted: bool) -> FeedbackSample:
    answer = sample.chosen if wanted else sample.rejected
    task = sample.task.replace("logic.preference", "feedback.logic")
    return FeedbackSample(row_id(task, sample.id, str(wanted)), task, sample.messages, answer, wanted, sample.sources)
