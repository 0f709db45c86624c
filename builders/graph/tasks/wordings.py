"""How the tasks are asked and answered: `wordings/graph_tasks.yaml` (and `_test.yaml`) in, templates out.

load_train().question("inverse", "zh", 42, "甘草")  ->  "{what}有哪些？"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from builders.errors import UserError
from builders.graph import wordings
from builders.graph.chance import generator
from builders.graph.schema import LANGUAGES, Schema
from builders.types import Dropped

FOLDER = Path(__file__).parents[2] / "wordings"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
SEVERAL = re.compile(r"哪些|都|全部|清单|完整|分别|\b(?:list|everything|in full|complete)\b", re.IGNORECASE)
QUESTIONS: Mapping[str, frozenset[str]] = {
    "inverse": frozenset({"what"}),
    "list": frozenset({"what"}),
    "count": frozenset({"what", "unit"}),
    "true_false": frozenset({"statement"}),
    "choice": frozenset({"what"}),
    "choices": frozenset({"what"}),
    "intersection": frozenset({"what"}),
    "comparison": frozenset({"what"}),
    "path": frozenset({"what"}),
    "relation": frozenset({"one", "other"}),
    "quote": frozenset({"one", "other"}),
}
"""What a question of each kind may name; it need not name a unit."""

Templates = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By kind and language."""


@dataclass(frozen=True, slots=True)
class TaskWordings:
    """Questions, and answers (none in the test's file)."""

    questions: Templates
    answers: Templates

    def ask(self, kind: str, language: str, count: int, *parts: object, single: bool = False) -> list[str]:
        """Up to `count` different questions, by a hash of the parts; `single`: none that supposes several answers."""
        templates = self.questions[kind][language]
        if single:
            templates = tuple(template for template in templates if not SEVERAL.search(template))
        return generator("asked", kind, language, *parts).sample(templates, min(count, len(templates)))

    def answer(self, kind: str, language: str, *parts: object) -> str:
        """One of the answers, by a hash of the parts."""
        return generator("answered", kind, language, *parts).choice(self.answers[kind][language])


def load_train(path: Path = FOLDER / "graph_tasks.yaml") -> TaskWordings:
    """Reads the training wordings.

    Raises:
        UserError: a kind is missing, or a question names what it may not.
    """
    data = _read(path)
    return TaskWordings(_questions(data["questions"], path), _templates(data["answers"]))


def load_test(path: Path = FOLDER / "graph_tasks_test.yaml") -> TaskWordings:
    """Reads the test wordings; raises as `load_train` does."""
    return TaskWordings(_questions(_read(path), path), {})


def fill(template: str, **values: str) -> str:
    """Puts the values in; braces within a value stay as they are."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], template)


def skeleton(template: str, language: str) -> str:
    """What is left of a template without placeholders, politeness and punctuation."""
    return wordings.skeleton(PLACEHOLDER.sub("{head}", template), language)


def apart(
    schema: Schema, test: TaskWordings, recall: wordings.Wordings
) -> tuple[frozenset[tuple[str, str]], list[Dropped]]:
    """The questions of the relations' own, by relation and language, that come too near a test wording.

    `recall` are the wordings in which single facts are tested.
    """
    near: set[tuple[str, str]] = set()
    dropped: list[Dropped] = []
    for language in LANGUAGES:
        texts = (*test.questions["list"][language], *recall.forward[language].cores)
        tested = [skeleton(text, language) for text in texts]
        for name, relation in schema.items():
            own = relation.phrases.question(language)
            distances = [wordings.distance(skeleton(own, language), other) for other in tested] if own else []
            if distances and min(distances) < wordings.MINIMUM_DISTANCE:
                near.add((name, language))
                detail = f"{min(distances):.2f} from a test wording; reword {language}_question"
                dropped.append(Dropped("near_test_wording", f"{name}: {own}", detail))
    return frozenset(near), dropped


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"{path}: no readable YAML: {' '.join(str(error).split())}") from error


def _questions(data: Any, path: Path) -> Templates:
    for kind, known in QUESTIONS.items():
        if kind not in data:
            raise UserError(f"{path}: {kind} is missing; write its questions by language")
        for language in LANGUAGES:
            for template in data[kind][language]:
                named = PLACEHOLDER.findall(template)
                if len(named) != len(set(named)) or not known - {"unit"} <= set(named) <= known:
                    wanted = ", ".join(f"{{{name}}}" for name in sorted(known - {"unit"}))
                    raise UserError(f"{path}: {kind}.{language}: {template!r} must hold {wanted}, once, and no other")
    return _templates(data)


def _templates(data: Any) -> Templates:
    return {kind: {language: tuple(texts) for language, texts in by.items()} for kind, by in data.items()}
