"""The three reports on disk and the table on the terminal: stored results in, `runs/<recipe>/report.*` out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from builders.jsonl import aside, write_json
from eval.config import EvalConfig
from eval.measures import MEASURES
from eval.progress import Steps
from eval.report.collect import Report, collect, read_answers
from eval.report.examples import examples
from eval.report.html import html
from eval.report.losses import read_losses
from eval.report.markdown import markdown
from eval.report.wording import baseline, count, shown
from eval.results import Store


def write_report(
    config: EvalConfig, stores: Mapping[str, Store], baselines: dict[str, float], steps: Steps
) -> tuple[Report, Path]:
    """Returns the figures and the page that shows them."""
    out = Path(config.out)
    with steps.step("report"):
        answers = read_answers(config, stores)
        report = collect(config, stores, answers, baselines)
        write_json(out / "report.json", report)
        _write_text(out / "report.md", markdown(report, config.recipe))
        page = html(report, config.recipe, read_losses(config.training_logs), examples(answers))
        _write_text(out / "report.html", page)
    return report, out / "report.html"


def print_results(report: Report, page: Path, console: Console) -> None:
    table = Table(title="Results, with 95 % intervals")
    for title in ("measure", "n", *report["models"], "baseline"):
        table.add_column(title, justify="left" if title == "measure" else "right", no_wrap=title == "measure")
    for measure in MEASURES.values():
        figures = [found.get(measure.name) for found in report["models"].values()]
        if any(figures):
            cells = ["" if figure is None else "{}\n{}".format(*shown(measure, figure)) for figure in figures]
            n = count(report["models"], measure.name)
            table.add_row(measure.name, n, *cells, baseline(measure, report["baselines"]).replace(" (", "\n("))
    console.print(table)
    console.print(f"report: {page}  (figures: {page.with_suffix('.json')})", highlight=False, soft_wrap=True)


def _write_text(path: Path, text: str) -> None:
    with aside(path) as partial:
        partial.write_text(text, encoding="utf-8")
