"""The figures of dual logic by operation and origin: report in, lines of one table out.

lines(report["models"])  ->  [Line("AS antonym 反义", "both right 成对全对", "dual_logic_both_right_AS"), ...]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from eval.measures import MEASURES, Figure, Measure

OPERATIONS = {"AS": "AS antonym 反义词替换", "ANW": "ANW negation 增删否定词", "SEP": "SEP swapped entities 实体互换"}
ORIGINS = {"general": "general 通用", "graph": "graph 图谱", "paper": "paper 论文"}
SHOWN = {
    "dual_logic_index": "DL index DL 指数",
    "dual_logic_accuracy": "accuracy 准确率",
    "dual_logic_f1": "F1",
    "dual_logic_both_right": "both right 成对全对",
}


class Line(NamedTuple):
    """A row of the table: what it is of, and the figure in it."""

    part: str
    measure: Measure
    title: str
    figure: str


def lines(models: Mapping[str, Mapping[str, Figure]]) -> list[Line]:
    """All pairs first, then each operation, each origin and each operation of an origin, where any were scored."""
    parts = {"": "all 全部"}
    parts |= {f"_{name}": title for name, title in (OPERATIONS | ORIGINS).items()}
    for operation in OPERATIONS:
        parts |= {f"_{operation}_{origin}": f"{operation}, {title}" for origin, title in ORIGINS.items()}
    return [
        Line(title, MEASURES[measure], shown, measure + part)
        for part, title in parts.items()
        for measure, shown in SHOWN.items()
        if any(measure + part in figures for figures in models.values())
    ]
