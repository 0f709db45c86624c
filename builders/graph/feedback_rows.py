"""Answers that are wanted or not, for KTO: dual-logic pairs and facts with a false tail in, balanced rows out.

KTO (Ethayarajh et al. 2024, arXiv 2402.01306) needs no pairs: each row is one answer and whether it is wanted. Every
question here comes with a true and a false answer of the same form, so that the two kinds are equally many and neither
length nor wording gives them away.

    feedback_samples(graph, pairs, groups, train, limit=2000, seed=42)
    ->  FeedbackSample(task="feedback.fact", messages=(...,), answer="人参的拉丁学名是白术。", wanted=False, ...)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builders.graph.chance import fraction, generator
from builders.graph.distractors import false_tails
from builders.graph.graph import Graph, Group
from builders.graph.logic import Pair
from builders.graph.logic_rows import preference_samples
from builders.graph.questions import ANSWER
from builders.graph.schema import LANGUAGES
from builders.graph.wordings import Wordings, compose, fill
from builders.ids import row_id
from builders.types import FeedbackSample, Message, Source

CANDIDATES = 12  # false tails from which the one of the most similar length is taken


def feedback_samples(
    graph: Graph, pairs: Sequence[Pair], groups: Sequence[Group], train: Wordings, limit: int | None, seed: int
) -> Iterator[FeedbackSample]:
    """Both answers to one question a pair and statement, then to one a group and language that has a false tail.

    `groups` are training groups; those whose false tails cannot be told for sure give nothing.
    """
    for sample in preference_samples(pairs, train, 1, generator(seed, "feedback").getrandbits(32)):
        yield from _both(
            "feedback.logic", sample.messages[0].content, (sample.chosen, sample.rejected), sample.sources
        )
    fit = [group for group in groups if graph.schema[group[1]].closed and len(graph.tails(*group)) == 1]
    chosen = set(sorted(fit, key=lambda group: fraction(seed, "feedback group", *group))[:limit])
    for group in fit:
        if group in chosen:
            yield from _of_group(graph, group, train, seed)


def _of_group(graph: Graph, group: Group, train: Wordings, seed: int) -> Iterator[FeedbackSample]:
    (triple,) = graph.groups[group]
    for language in LANGUAGES:
        label = graph.schema[group[1]].label(language)
        rng = generator(seed, "feedback", language, *group)
        false = false_tails(graph, group, CANDIDATES, rng)
        if label is None or not false:
            continue
        nearest = min(false, key=lambda tail: abs(len(tail) - len(triple.tail)))
        forms = train.forward[language]
        question = fill(compose(rng, forms.cores, forms), head=group[0], relation=label)
        answers = [fill(ANSWER[language], head=group[0], relation=label, tail=tail) for tail in (triple.tail, nearest)]
        sources = (Source(triple=triple.key, maker="feedback.fact"),)
        yield from _both("feedback.fact", question, (answers[0], answers[1]), sources)


def _both(task: str, question: str, answers: tuple[str, str], sources: tuple[Source, ...]) -> Iterator[FeedbackSample]:
    """The true answer and the false one."""
    for answer, wanted in zip(answers, (True, False), strict=True):
        name = row_id(task, question, answer, str(wanted), *(source.triple or "" for source in sources))
        yield FeedbackSample(name, task, (Message("user", question),), answer, wanted, sources)
