"""`report.html`: one page that needs nothing else; all that comes from data is escaped by the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.measures import MEASURES, Change, Measure
from eval.report.charts import bars, curve
from eval.report.collect import Report
from eval.report.examples import Example
from eval.report.losses import Losses
from eval.report.wording import METHOD, METHOD_CHINESE, baseline, count, interval, moved, number, probability, verdict
from eval.tasks import TASKS


class Cell(NamedTuple):
    value: str
    interval: str
    best: bool


class Line(NamedTuple):
    title: str
    chinese: str
    arrow: str
    n: str
    cells: list[Cell | None]
    baseline: str


class Move(NamedTuple):
    title: str
    steps: str
    n: int
    value: str
    interval: str
    p: str
    verdict: str


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
        # Our own drawings, with their labels escaped: the only markup that is not made by the template.
        charts=[Markup(bars(one, report["models"], report["baselines"])) for one in measured],
        titles=[(one.title, one.chinese) for one in measured],
        curves={stage: Markup(curve(stage, points)) for stage, points in losses.items()},
        moves=[_move(change) for change in report["differences"]],
        examples=examples,
        files={name: task.file for name, task in TASKS.items()},
        dropped=report["dropped"],
        seconds=report["seconds"],
    )


def _line(measure: Measure, report: Report) -> Line:
    figures = {name: found.get(measure.name) for name, found in report["models"].items()}
    values = [figure["value"] for figure in figures.values() if figure is not None]
    best = max(values) if measure.higher_is_better else min(values)
    distinct = len(set(values)) > 1
    cells = [
        None
        if figure is None
        else Cell(
            number(measure, figure["value"]),
            interval(measure, figure["low"], figure["high"]),
            distinct and figure["value"] == best,
        )
        for figure in figures.values()
    ]
    arrow = "↑" if measure.higher_is_better else "↓"
    n = count(report["models"], measure.name)
    return Line(measure.title, measure.chinese, arrow, n, cells, baseline(measure, report["baselines"]))


def _move(change: Change) -> Move:
    value, spread = moved(change)
    steps = f"{change['before']} → {change['after']}"
    title = MEASURES[change["measure"]].title
    return Move(title, steps, change["n"], value, spread, probability(change["p"]), verdict(change))
