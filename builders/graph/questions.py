"""Questions for the trained facts in many wordings, and the rows that measure how many of them are recalled.

Every answer says the whole fact in one form, whatever the wording of the question: a model that first repeats what
was asked, in words of its own choice, and then answers, learns from far fewer rows than one that must go from any
wording straight to the tail. Evaluation asks in wordings that training never saw.

    questions(graph, split, train, test, QuestionConfig(), fillers, seed=42)
    ->  ChatSample(task="graph.forward", messages=("人参，拉丁学名是啥来着", "人参的拉丁学名是Panax ginseng。"), ...)
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from builders.graph.augment import augment
from builders.graph.chance import fraction, generator
from builders.graph.config import QuestionConfig
from builders.graph.distractors import false_tails
from builders.graph.graph import Graph, Group, folded
from builders.graph.names import listed
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit
from builders.graph.wordings import Forms, Wordings, compose, fill, is_apart
from builders.ids import row_id
from builders.types import ChatSample, Message, Source

Row = dict[str, Any]

ANSWER = {"zh": "{head}的{relation}是{tail}。", "en": "The {relation} of {head} is {tail}."}
SEVERAL = {"zh": ANSWER["zh"], "en": "The {relation} of {head} are {tail}."}
_RAW = re.compile(r"\[\d[\d,，\s–-]*\]|^[（(].*[)）]$")
TRIES = 8  # for a question not asked yet of the same fact


def questions(
    graph: Graph,
    split: GraphSplit,
    train: Wordings,
    test: Wordings,
    config: QuestionConfig,
    fillers: Mapping[str, Sequence[str]],
    seed: int,
) -> Iterator[ChatSample]:
    """Asks every training group in each language in which its relation has a label.

    `train` was kept apart from `test` beforehand by `apart`; augmented questions are kept apart from it here.
    `fillers` are the words by language that augmentation may insert, from `safe_fillers`.
    """
    groups = asked_groups(split, config, seed)
    for language in LANGUAGES:
        apart = is_apart(test, language)
        for group in groups:
            label = graph.schema[group[1]].label(language)
            if label is None or len(graph.groups[group]) > config.list_cap or is_raw(graph, group):
                continue
            rng = generator(seed, "question", language, *group)
            templates = _templates(rng, train.forward[language], config, language, fillers[language], apart)
            answer = answered(graph, group, language, config.list_cap)
            task = "graph.forward" if len(graph.groups[group]) == 1 else "graph.list"
            sources = tuple(Source(triple=triple.key, maker=task) for triple in graph.groups[group])
            for template in templates:
                question = fill(template, head=group[0], relation=label)
                messages = (Message("user", question), Message("assistant", answer))
                name = row_id(task, question, answer, *(source.triple or "" for source in sources))
                yield ChatSample(name, task, messages, sources)


def asked_groups(split: GraphSplit, config: QuestionConfig, seed: int) -> tuple[Group, ...]:
    """The training groups that questions are made of, in the order of the file: all, or so many by hash."""
    chosen = set(sorted(split.train, key=lambda group: fraction(seed, "asked group", *group))[: config.groups])
    return tuple(group for group in split.train if group in chosen)


def is_raw(graph: Graph, group: Group) -> bool:
    """Whether a tail is no answer: it stands in brackets as a whole, or has reference marks."""
    return any(_RAW.search(tail) for tail in graph.tails(*group))


def answered(graph: Graph, group: Group, language: str, cap: int) -> str:
    """All tails of a group in a sentence; the English label in the plural where there are several."""
    known, tails = graph.schema[group[1]], graph.tails(*group)
    label, form = known.label(language) or known.name, ANSWER[language]
    if len(tails) > 1:
        form = SEVERAL[language]
        label = label if language == "zh" else known.phrases.en_plural or f"{label} entries"
    return fill(form, head=group[0], relation=label, tail=listed(tails, language, cap))


def _templates(
    rng: random.Random,
    forms: Forms,
    config: QuestionConfig,
    language: str,
    fillers: Sequence[str],
    apart: Callable[[str], bool],
) -> list[str]:
    """The wordings for one fact, all different; a core comes again only after every other core."""
    chosen: dict[str, None] = {}
    cores: list[str] = []
    for _ in range(config.exposures):
        cores = cores or rng.sample(forms.cores, len(forms.cores))
        core = cores.pop()
        for _ in range(TRIES):
            template = compose(rng, (core,), forms)
            if rng.random() < config.augmented:
                changed = augment(rng, template, language, fillers)
                template = changed if apart(changed) else template
            if template not in chosen:
                chosen[template] = None
                break
    return list(chosen)


def recall_questions(
    graph: Graph, groups: Sequence[Group], test: Wordings, per_fact: int, limit: int | None, seed: int
) -> list[Row]:
    """Evaluation rows of exact match: of `split.train` they are `kg_recall`, of `split.heldout` `kg_unseen`.

    Only facts that have one answer, given by no other group of the graph, so that guessing the frequent answer
    does not pay. Each fact is asked in `per_fact` test wordings a language, chosen by hash.
    """
    rows = []
    for group, language, label in _asked(graph, groups, limit, seed):
        (tail,) = graph.tails(*group)
        answer = fill(ANSWER[language], head=group[0], relation=label, tail=tail)
        for question in _test_questions(group, label, language, test, per_fact, seed):
            rows.append(
                {
                    "id": row_id("kg_recall", language, question, answer),
                    "language": language,
                    "question": question,
                    "answer": answer,
                    "fact": "\t".join(group),
                    "head": group[0],
                    "relation": group[1],
                    "tail": tail,
                }
            )
    return rows


def choice_questions(
    graph: Graph, groups: Sequence[Group], test: Wordings, per_fact: int, limit: int | None, seed: int
) -> list[Row]:
    """Evaluation rows with four options; a fact for which three false ones cannot be found gives none."""
    rows = []
    for group, language, label in _asked(graph, groups, limit, seed):
        rng = generator(seed, "choice", *group)
        false = false_tails(graph, group, 3, rng)
        if len(false) < 3:
            continue
        (tail,) = graph.tails(*group)
        tails = [tail, *false]
        rng.shuffle(tails)
        choices = [fill(ANSWER[language], head=group[0], relation=label, tail=each) for each in tails]
        for question in _test_questions(group, label, language, test, per_fact, seed):
            name = row_id("kg_choice", language, question, *choices)
            rows.append(
                {
                    "id": name,
                    "language": language,
                    "question": question,
                    "choices": choices,
                    "answer": tails.index(tail),
                }
            )
    return rows


def _asked(graph: Graph, groups: Sequence[Group], limit: int | None, seed: int) -> Iterator[tuple[Group, str, str]]:
    """The groups fit for measuring, at most `limit` by hash, in each language that has a label for them."""
    given = Counter(folded(tail) for group in graph.groups for tail in graph.tails(*group))
    fit = []
    for group in groups:
        tails = graph.tails(*group)
        if (
            len(tails) == 1
            and not is_raw(graph, group)
            and given[folded(tails[0])] == 1
            and graph.schema[group[1]].closed
        ):
            fit.append(group)
    ranked = sorted(fit, key=lambda group: fraction(seed, "asked", *group))
    chosen = set(ranked[:limit])
    for group in fit:
        for language in LANGUAGES:
            label = graph.schema[group[1]].label(language)
            if group in chosen and label is not None:
                yield group, language, label


def _test_questions(group: Group, label: str, language: str, test: Wordings, per_fact: int, seed: int) -> list[str]:
    cores = test.forward[language].cores
    rng = generator(seed, "test wording", language, *group)
    return [fill(core, head=group[0], relation=label) for core in rng.sample(cores, min(per_fact, len(cores)))]
