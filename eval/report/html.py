"""`report.html`: one page that needs nothing else; all that comes from data is escaped by the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.measures import MEASURES, Change, Figure, Measure
from eval.report.charts import bars, curve
from eval.report.collect import Report
from eval.report.examples import Example
from eval.report.losses import Losses
from eval.report.operations import Line as OperationLine
from eval.report.operations import lines
from eval.report.wording import (
    DUAL_LOGIC,
    DUAL_LOGIC_CHINESE,
    METHOD,
    METHOD_CHINESE,
    baseline,
    count,
    group_names,
    moved,
    probability,
    shown,
    verdict,
)
from eval.tasks import TASKS


class Cell(NamedTuple):
    value: str
    interval: str
    best: bool


class Line(NamedTuple):
    """A row of a table of figures, one cell a model."""

    title: str
    note: str
    n: str
    cells: list[Cell | None]
    baseline: str


class Move(NamedTuple):
    value: str
    interval: str
    p: str
    verdict: str


class MoveLine(NamedTuple):
    """A row of the table of changes, one cell a step."""

    title: str
    n: int
    cells: list[Move | None]


def html(report: Report, recipe: str, losses: Mapping[str, Losses], examples: Mapping[str, Sequence[Example]]) -> str:
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    measured = [one for one in MEASURES.values() if any(one.name in found for found in report["models"].values())]
    return environment.get_template("page.html.jinja").render(
        recipe=recipe,
        method=METHOD,
        method_chinese=METHOD_CHINESE,
        models=list(report["models"]),
        lines=[_line(measure, report) for measure in measured],
        groups=[_group(one, name, report) for one in measured for name in group_names(report["models"], one)],
        # Our own drawings, with their labels escaped: the only markup that is not made by the template.
        charts=[
            (one.title, one.chinese, Markup(bars(one, report["models"], report["baselines"]))) for one in measured
        ],
        curves={stage: Markup(curve(stage, points)) for stage, points in losses.items()},
        operations=[_operation(line, report) for line in lines(report["models"])],
        dual_logic=DUAL_LOGIC,
        dual_logic_chinese=DUAL_LOGIC_CHINESE,
        steps=_steps(report),
        moves=[_move_line(one, report) for one in measured if len(report["models"]) > 1],
        examples=examples,
        files={name: task.file for name, task in TASKS.items()},
        dropped=report["dropped"],
        seconds=report["seconds"],
    )


def _line(measure: Measure, report: Report) -> Line:
    arrow = "↑" if measure.higher_is_better else "↓"
    n = count(report["models"], measure.name)
    cells = _cells(measure, measure.name, report)
    return Line(f"{measure.title} {arrow}", measure.chinese, n, cells, baseline(measure, report["baselines"]))


def _group(measure: Measure, name: str, report: Report) -> Line:
    part = name.removeprefix(f"{measure.name}_")
    return Line(measure.title, part, count(report["models"], name), _cells(measure, name, report), "")


def _operation(line: OperationLine, report: Report) -> Line:
    n = count(report["models"], line.figure)
    return Line(line.part, line.title, n, _cells(line.measure, line.figure, report), "")


def _cells(measure: Measure, name: str, report: Report) -> list[Cell | None]:
    """The best value is marked where there is one."""
    figures = [found.get(name) for found in report["models"].values()]
    values = [figure["value"] for figure in figures if figure is not None]
    best = max(values) if measure.higher_is_better else min(values)
    marked = len(set(values)) > 1
    return [
        None if figure is None else _cell(measure, figure, marked and figure["value"] == best) for figure in figures
    ]


def _cell(measure: Measure, figure: Figure, best: bool) -> Cell:
    return Cell(*shown(measure, figure), best)


def _steps(report: Report) -> list[str]:
    return list(dict.fromkeys(_step(change) for change in report["differences"]))


def _step(change: Change) -> str:
    return f"{change['before']} → {change['after']}"


def _move_line(measure: Measure, report: Report) -> MoveLine:
    own = {_step(change): change for change in report["differences"] if change["measure"] == measure.name}
    cells = [_move(own[step]) if step in own else None for step in _steps(report)]
    return MoveLine(measure.title, max((change["n"] for change in own.values()), default=0), cells)


def _move(change: Change) -> Move:
    return Move(*moved(change), probability(change["p"]), verdict(change))
