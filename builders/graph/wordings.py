"""How a fact is asked and stated: `wordings/{train,test}.yaml` in, templates kept apart from the test's out.

A question is an opening, a core and an ending, joined as they stand.

    train, dropped = apart(load_train(), load_test())
    fill("{head}的{relation}是什么", head="人参", relation="拉丁学名")  ->  "人参的拉丁学名是什么"
    skeleton("请问，{head}的{relation}是什么？", "zh")              ->  "的是什么"
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist, extractOne

from builders.errors import UserError
from builders.graph.schema import LANGUAGES
from builders.types import Dropped

FOLDER = Path(__file__).parent.parent / "wordings"
PLACEHOLDER = re.compile(r"\{(head|relation|tail|statement)\}")
OPENED = 0.3  # share of the questions that begin with an opening: more would only make the rows longer
MINIMUM_DISTANCE = 0.4
# Longer expressions first: the first that fits is taken.
POLITENESS = {
    "zh": (
        "麻烦您",
        "打扰了",
        "辛苦啦",
        "辛苦了",
        "拜托了",
        "您好",
        "你好",
        "请问",
        "劳驾",
        "谢谢",
        "多谢",
        "拜托",
        "请",
    ),
    "en": (
        "thank you very much",
        "sorry to bother you",
        "thanks in advance",
        "good morning",
        "excuse me",
        "thank you",
        "please",
        "thanks",
        "kindly",
        "hello",
        "hi there",
        "hey",
        "hi",
    ),
}
POLITE = {"zh": re.compile("|".join(POLITENESS["zh"])), "en": re.compile(rf"\b(?:{'|'.join(POLITENESS['en'])})\b")}
NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Forms:
    """Questions for one fact: any opening, any core and any ending, joined as they stand."""

    openings: tuple[str, ...]
    cores: tuple[str, ...]
    endings: tuple[str, ...]

    def around(self, core: str) -> list[str]:
        """The core alone and every question that can be made of it."""
        return [core, *(opening + core + ending for opening, ending in product(self.openings, self.endings))]


@dataclass(frozen=True, slots=True)
class Wordings:
    """Templates by language."""

    forward: Mapping[str, Forms]
    """With {head} and {relation}: ask for the tail."""
    true_false: Mapping[str, tuple[str, ...]]
    """With {statement}: ask whether it is true."""
    statement: Mapping[str, tuple[str, ...]]
    """With {head}, {relation} and {tail}: say it, without final punctuation. None in the test's file."""
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same of a list of tails, {relation} in English in the plural."""
    note: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same of one tail or a list, not fit to stand in a question: for cards alone."""


def load_train(path: Path = FOLDER / "train.yaml") -> Wordings:
    """Reads the file of the training wordings.

    Raises:
        UserError: a part is missing, or a template lacks one of its placeholders or has it twice.
    """
    data = _read(path)
    forward = {
        language: Forms(
            _texts(data, path, "forward", language, "openings"),
            _templates(data, path, ("head", "relation"), "forward", language, "cores"),
            _texts(data, path, "forward", language, "endings"),
        )
        for language in LANGUAGES
    }
    true_false = {each: _templates(data, path, ("statement",), "true_false", each) for each in LANGUAGES}
    parts = ("head", "relation", "tail")
    said = {
        kind: {each: _templates(data, path, parts, kind, each) for each in LANGUAGES}
        for kind in ("statement", "several", "note")
    }
    return Wordings(forward, true_false, **said)


def load_test(path: Path = FOLDER / "test.yaml") -> Wordings:
    """Reads the file of the test wordings: whole questions, no statements; raises as `load_train` does."""
    data = _read(path)
    forward = {each: _templates(data, path, ("head", "relation"), "forward", each) for each in LANGUAGES}
    return Wordings(
        {language: Forms(("",), cores, ("",)) for language, cores in forward.items()},
        {language: _templates(data, path, ("statement",), "true_false", language) for language in LANGUAGES},
        dict.fromkeys(LANGUAGES, ()),
    )


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"{path}: no readable YAML: {' '.join(str(error).split())}") from error


def _texts(data: Any, path: Path, *keys: str) -> tuple[str, ...]:
    for key in keys:
        if not isinstance(data, dict) or key not in data:
            raise UserError(f"{path}: {'.'.join(keys)} is missing; write a list of texts there")
        data = data[key]
    if not isinstance(data, list) or not data or not all(isinstance(text, str) for text in data):
        raise UserError(f"{path}: {'.'.join(keys)} is no list of texts; put each in quotation marks")
    return tuple(data)


def _templates(data: Any, path: Path, placeholders: Sequence[str], *keys: str) -> tuple[str, ...]:
    templates = _texts(data, path, *keys)
    for template in templates:
        if sorted(PLACEHOLDER.findall(template)) != sorted(placeholders):
            wanted = ", ".join(f"{{{name}}}" for name in placeholders)
            raise UserError(f"{path}: {'.'.join(keys)}: {template!r} must hold {wanted}, each once, and no other")
    return templates


def fill(template: str, **values: str) -> str:
    """Puts the values in; braces within a value stay as they are."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], template)


def compose(rng: random.Random, cores: Sequence[str], forms: Forms) -> str:
    """A question's template: one of the cores, now and then after an opening, before a random ending."""
    opening = rng.choice(forms.openings) if rng.random() < OPENED else ""
    return opening + rng.choice(cores) + rng.choice(forms.endings)


def skeleton(text: str, language: str) -> str:
    """What is left of a template without placeholders, words of politeness, punctuation and letter case."""
    text = PLACEHOLDER.sub(" ", text).lower()
    words = NO_WORD.sub(" ", POLITE[language].sub(" ", text)).split()
    return "".join(words) if language == "zh" else " ".join(words)


def distance(a: str, b: str) -> float:
    """Normalised edit distance: insertions, deletions and replacements over the length of the longer."""
    return Levenshtein.normalized_distance(a, b)


def is_apart(test: Wordings, language: str, minimum: float = MINIMUM_DISTANCE) -> Callable[[str], bool]:
    """A test for templates: whether one differs by at least `minimum` from every wording of the test."""
    skeletons = _skeletons(test, language)

    def apart_from_test(template: str) -> bool:
        of_template = skeleton(template, language)
        # extractOne gives nothing where every skeleton lies beyond the cutoff.
        scorer = Levenshtein.normalized_distance
        nearest = extractOne(of_template, skeletons, scorer=scorer, score_cutoff=minimum, processor=None)
        return nearest is None or nearest[1] >= minimum

    return apart_from_test


def apart(train: Wordings, test: Wordings, minimum: float = MINIMUM_DISTANCE) -> tuple[Wordings, list[Dropped]]:
    """Drops every training wording that comes nearer than `minimum` to the skeleton of any test wording.

    A core counts alone and with each opening and each ending: it goes if any question that can be made of it is too
    near.

    Raises:
        UserError: no training wording of a kind is left.
    """
    dropped: list[Dropped] = []

    def keep(kind: str, language: str, texts: Iterable[str], around: Callable[[str], list[str]]) -> tuple[str, ...]:
        kept = []
        for template in texts:
            far, made, near = _nearest(around(template), _skeletons(test, language), language)
            if far >= minimum:
                kept.append(template)
            else:
                detail = f"{far:.2f} from {near!r} as {made!r}; reword it"
                dropped.append(Dropped("near_test_wording", f"{kind}.{language}: {template}", detail))
        if texts and not kept:
            raise UserError(f"{kind}.{language}: every training wording comes too near a test wording; add others")
        return tuple(kept)

    def alone(template: str) -> list[str]:
        return [template]

    forward = {
        language: Forms(forms.openings, keep("forward", language, forms.cores, forms.around), forms.endings)
        for language, forms in train.forward.items()
    }
    true_false = {each: keep("true_false", each, texts, alone) for each, texts in train.true_false.items()}
    stated = {"statement": train.statement, "several": train.several, "note": train.note}
    said = {
        kind: {each: keep(kind, each, texts, alone) for each, texts in of_kind.items()}
        for kind, of_kind in stated.items()
    }
    return Wordings(forward, true_false, **said), dropped


def _skeletons(wordings: Wordings, language: str) -> list[str]:
    return [skeleton(text, language) for text in (*wordings.forward[language].cores, *wordings.true_false[language])]


def _nearest(texts: Sequence[str], skeletons: Sequence[str], language: str) -> tuple[float, str, str]:
    """The smallest distance between any text and any test skeleton, and the skeletons of the two."""
    made = list(dict.fromkeys(skeleton(text, language) for text in texts))
    distances = cdist(made, skeletons, scorer=Levenshtein.normalized_distance)
    row, column = divmod(int(distances.argmin()), len(skeletons))
    return float(distances[row, column]), made[row], skeletons[column]
