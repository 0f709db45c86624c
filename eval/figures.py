"""Puts the figures of the demo's report into the READMEs: `make figures`, after `make demo`.

In: runs/demo/report.json. Out: docs/figures.json (the figures shown, with their intervals) and the table between the
markers in README.md and README.zh.md. A test checks that the tables are what docs/figures.json says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from builders.errors import UserError
from builders.jsonl import aside, write_json
from eval.measures import MEASURES
from eval.report.wording import baseline, shown

REPORT = Path("runs/demo/report.json")
FIGURES = Path("docs/figures.json")
SHOWN = (
    "bits_per_byte",
    "kg_recall",
    "kg_unseen",
    "kg_choice",
    "dual_logic_both_right",
    "preference_accuracy",
    "rouge_l",
)
NOTE = "In brackets 95 % intervals. `make demo` measures, `make figures` puts the table here."
NOTE_CHINESE = "括号内为 95% 区间；由 `make demo` 测得，`make figures` 写入。"
READMES = {
    Path("README.md"): ("measure", "baseline", NOTE),
    Path("README.zh.md"): ("指标", "基线", NOTE_CHINESE),
}
MARKED = re.compile(r"(<!-- figures:demo:begin -->\n).*?(<!-- figures:demo:end -->)", re.DOTALL)


def chosen(report: dict[str, Any]) -> dict[str, Any]:
    """The part of a report that the READMEs show."""
    models = {
        model: {name: figures[name] for name in SHOWN if name in figures}
        for model, figures in report["models"].items()
    }
    return {"models": models, "baselines": report["baselines"]}


def table(figures: dict[str, Any], path: Path) -> Iterator[str]:
    """The lines of a README's table."""
    measure_title, baseline_title, note = READMES[path]
    models = figures["models"]
    yield f"| {measure_title} | n | {' | '.join(models)} | {baseline_title} |"
    yield "|---|--:|" + "--:|" * (len(models) + 1)
    for name in SHOWN:
        measure = MEASURES[name]
        found = [model[name] for model in models.values() if name in model]
        cells = ["{} ({})".format(*shown(measure, figure)) for figure in found]
        title = measure.chinese if path.stem.endswith(".zh") else measure.title
        title += " ↑" if measure.higher_is_better else " ↓"
        yield f"| {title} | {found[0]['n']} | {' | '.join(cells)} | {baseline(measure, figures['baselines'])} |"
    yield ""
    yield note


def with_table(text: str, figures: dict[str, Any], path: Path) -> str:
    """A README's text with the table put between its markers."""
    if not MARKED.search(text):
        raise UserError(f"{path}: the markers <!-- figures:demo:begin/end --> are gone; put them back")
    return MARKED.sub(lambda marks: marks[1] + "\n".join(table(figures, path)) + "\n" + marks[2], text)


def main() -> int:
    try:
        if not REPORT.is_file():
            raise UserError(f"{REPORT}: no such file; run `make demo` first")
        figures = chosen(orjson.loads(REPORT.read_bytes()))
        write_json(FIGURES, figures)
        for path in READMES:
            with aside(path) as partial:
                partial.write_text(with_table(path.read_text(encoding="utf-8"), figures, path), encoding="utf-8")
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
