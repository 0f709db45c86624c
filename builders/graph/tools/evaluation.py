"""Questions about entities that no training row of the function names: the graph in, rows of `eval/tools*.jsonl` out.

{"id": "5f…", "language": "zh", "case": "plain", "heldout": "tools", "question": "填空题：黄芪，归经为______。",
 "entity": "黄芪", "name": "黄芪", "attribute": "归经", "values": ["脾经", "肺经"], "tools": "[{...}]"}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from builders.graph.chance import fraction, generator
from builders.graph.graph import Group
from builders.graph.knowledge.function import tools_text
from builders.graph.schema import LANGUAGES
from builders.graph.split import GraphSplit
from builders.graph.tools.cases import Asked, Cases
from builders.graph.tools.config import ToolsConfig
from builders.graph.tools.sides import Sides
from builders.graph.tools.wordings import ToolWordings
from builders.graph.wordings import Wordings, fill
from builders.ids import row_id

Row = dict[str, Any]

CASES = ("plain", "alias", "misspelt", "empty", "path")


def tool_questions(cases: Cases, split: GraphSplit, test: Wordings, config: ToolsConfig, seed: int) -> Iterator[Row]:
    """Asks about each kept entity in test wordings, at most `config.asked` questions a case, chosen by hash."""
    sides = Sides(cases, split, config.heldout, seed)
    for case in CASES:
        groups = sorted(sides.kept_groups(), key=lambda group: fraction(seed, "tools asked", case, *group))
        made = (row for group in groups for row in _asked_in_all(cases, sides, case, group, test, seed))
        yield from islice(_distinct(made), config.asked)


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        if row["id"] not in seen:
            seen.add(row["id"])
            yield row


def direct_questions(wordings: ToolWordings) -> Iterator[Row]:
    """The turns that need no look-up."""
    for language in LANGUAGES:
        for question in wordings.tested[language]:
            name = row_id("tools_direct", language, question)
            yield {"id": name, "language": language, "question": question, "tools": tools_text(language)}


def _asked_in_all(cases: Cases, sides: Sides, case: str, group: Group, test: Wordings, seed: int) -> Iterator[Row]:
    for language in LANGUAGES:
        make = {
            "plain": cases.plain,
            "alias": cases.alias,
            "misspelt": cases.misspelt,
            "empty": cases.empty,
            "path": cases.path,
        }[case]
        asked = make(group, language)
        if asked and asked.case == case:
            yield _row(asked, str(sides.kept(group[0])), group, test, seed)


def _row(asked: Asked, heldout: str, group: Group, test: Wordings, seed: int) -> Row:
    rng = generator(seed, "tools question", asked.case, asked.language, *group)
    template = rng.choice(test.forward[asked.language].cores)
    question = fill(template, head=asked.call.entity, relation=asked.call.attribute)
    return {
        "id": row_id("tools", asked.language, asked.case, question),
        "language": asked.language,
        "case": asked.case,
        "heldout": heldout,
        "question": question,
        "entity": asked.call.entity,
        "name": asked.found.entity,
        "attribute": asked.call.attribute,
        "values": list(asked.found.values),
        "tools": tools_text(asked.language),
    }
