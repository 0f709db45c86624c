"""`report.md`: the dictionary of `report.json` in, tables that a repository shows out.

| measure | n | base | sft | baseline |
|---|--:|--:|--:|--:|
| Graph, trained facts in unseen wordings 图谱：已训练事实 | 120 | 0.0 % (0.0–3.1) | 45.0 % (36.4–53.9) | 4.2 % ... |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eval.measures import MEASURES, Change, Measure
from eval.report.collect import Report
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


def markdown(report: Report, recipe: str) -> str:
    parts = [
        [f"# Evaluation of `{recipe}` 评测报告", "", METHOD, "", METHOD_CHINESE],
        ["## Results 结果", "", *_results(report)],
        *_operations(report),
        ["## Changes 变化", "", *_changes(report)],
        ["## By group 分组", "", *_groups(report)],
        ["## Baselines 基线", "", *_table(["baseline", "value"], [[k, f"{v:.4f}"] for k, v in _sorted(report)])],
        ["## Left out 未计入", "", *_left_out(report)],
        ["## Seconds 用时（秒）", "", *_seconds(report)],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _results(report: Report) -> Iterator[str]:
    rows = []
    for measure in MEASURES.values():
        if any(measure.name in figures for figures in report["models"].values()):
            title = f"{measure.title} {measure.chinese} {'↑' if measure.higher_is_better else '↓'}"
            rows.append([title, *_cells(report, measure, measure.name), baseline(measure, report["baselines"])])
    return _table(["measure 指标", "n", *report["models"], "baseline 基线"], rows)


def _operations(report: Report) -> Iterator[list[str]]:
    """Dual logic by operation and origin; nothing where it was not asked."""
    if found := lines(report["models"]):
        rows = [[line.part, line.title, *_cells(report, line.measure, line.figure)] for line in found]
        table = _table(["pairs 语句对", "measure 指标", "n", *report["models"]], rows)
        yield ["## Dual logic by operation 双重逻辑（按操作）", "", DUAL_LOGIC, "", DUAL_LOGIC_CHINESE, "", *table]


def _groups(report: Report) -> Iterator[str]:
    """Every figure that belongs to a part of the questions: a language, an operation, an origin."""
    rows = []
    for measure in MEASURES.values():
        for name in group_names(report["models"], measure):
            rows.append([measure.title, name.removeprefix(f"{measure.name}_"), *_cells(report, measure, name)])
    return _table(["measure 指标", "group 组", "n", *report["models"]], rows)


def _cells(report: Report, measure: Measure, name: str) -> list[str]:
    cells = [count(report["models"], name)]
    for figures in report["models"].values():
        cells.append("{} ({})".format(*shown(measure, figures[name])) if name in figures else "")
    return cells


def _changes(report: Report) -> Iterator[str]:
    rows = [[MEASURES[change["measure"]].title, *_change(change)] for change in report["differences"]]
    return _table(["measure 指标", "from → to", "n", "change (95 %)", "p", "reading 结论"], rows)


def _change(change: Change) -> list[str]:
    value, spread = moved(change)
    steps = f"{change['before']} → {change['after']}"
    return [steps, str(change["n"]), f"{value} ({spread})", probability(change["p"]), verdict(change)]


def _left_out(report: Report) -> Iterable[str]:
    if not report["dropped"]:
        return ["Nothing: every row was scored. 无"]
    rows = [[one["model"], one["task"], one["reason"], str(one["count"]), one["example"]] for one in report["dropped"]]
    return _table(["model", "task", "reason", "rows", "the first"], rows)


def _seconds(report: Report) -> Iterator[str]:
    tasks = list(dict.fromkeys(task for seconds in report["seconds"].values() for task in seconds))
    rows = [[name, *(f"{seconds[task]:.1f}" for task in tasks)] for name, seconds in report["seconds"].items()]
    return _table(["model", *tasks], rows)


def _sorted(report: Report) -> list[tuple[str, float]]:
    return sorted(report["baselines"].items())


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield _line(head)
    yield _line(["---"] * len(head))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
