from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from builders.jsonl import write_rows
from eval.measures import MEASURES, Change, Figure
from eval.report.charts import bars, curve
from eval.report.collect import LeftOut, Report
from eval.report.examples import Example, Reply, examples
from eval.report.html import html
from eval.report.losses import Losses, read_losses
from eval.report.markdown import markdown
from eval.report.wording import verdict
from eval.tasks import Outcome
from tests.conftest import ROOT

GOLDEN = ROOT / "tests/golden/eval/report.md"
LOSSES = Losses(train=[(10, 6.0), (20, 4.5)], evaluation=[(20, 4.8)])


def figure(value: float, low: float, high: float, n: int = 120) -> Figure:
    return Figure(value=value, n=n, low=low, high=high)


def moved(measure: str, value: float, low: float, high: float, p: float | None = None) -> Change:
    return Change(measure=measure, before="base", after="sft", value=value, low=low, high=high, n=120, p=p)


REPORT = Report(
    models={
        "base": {
            "bits_per_byte": figure(8.21, 8.1, 8.3, 4),
            "bits_per_byte_zh": figure(7.5, 7.4, 7.6, 2),
            "kg_choice": figure(0.25, 0.18, 0.33),
            "kg_choice_per_character": figure(0.26, 0.19, 0.34),
            "kg_choice_per_character_zh": figure(0.2, 0.1, 0.3, 60),
            "kg_recall": figure(0, 0, 0.031),
        },
        "sft": {
            "bits_per_byte": figure(3.1, 3.0, 3.25, 4),
            "bits_per_byte_zh": figure(2.5, 2.4, 2.6, 2),
            "kg_choice": figure(0.6, 0.51, 0.68),
            "kg_choice_per_character": figure(0.6, 0.51, 0.68),
            "kg_choice_per_character_zh": figure(0.5, 0.4, 0.6, 60),
            "kg_recall": figure(0.45, 0.364, 0.539, 119),
        },
    },
    baselines={"unigram_bits_per_byte": 4.9, "majority_kg": 0.0417, "majority_kg_overall": 0.025},
    differences=[
        moved("bits_per_byte", -5.11, -5.2, -5.0),
        moved("kg_choice", 0.05, -0.02, 0.12, 0.18),
        moved("kg_recall", 0.45, 0.36, 0.54, 1e-9),
    ],
    dropped=[LeftOut(model="sft", task="kg_recall", reason="too_long", count=1, example="kg_recall.jsonl r7: a | b")],
    seconds={"base": {"serve": 31.2, "kg_recall": 4.04}, "sft": {"serve": 30.0, "kg_recall": 5.0}},
)


def test_markdown_is_the_golden_one() -> None:
    assert markdown(REPORT, "demo") == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "reading"),
    [
        (moved("bits_per_byte", -5.0, -5.1, -4.9), "better"),
        (moved("bits_per_byte", 0.1, 0.05, 0.2), "worse"),
        (moved("kg_recall", 0.1, 0.0, 0.2, 0.04), "no clear change"),
        (moved("kg_recall", 0.1, 0.01, 0.2, 0.06), "no clear change"),
        (moved("kg_recall", 0.1, 0.01, 0.2, 0.04), "better"),
        (moved("kg_recall", -0.1, -0.2, -0.01, 0.04), "worse"),
    ],
)
def test_a_change_is_clear_where_interval_and_test_agree(change: Change, reading: str) -> None:
    assert verdict(change) == reading


@cache
def plain_page() -> str:
    return page()


def page(shown: dict[str, list[Example]] | None = None) -> str:
    return html(REPORT, "demo", {"cpt": LOSSES}, shown or {})


def test_the_page_needs_nothing_else() -> None:
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"|url\((?!#)|@import|<script', plain_page())
    assert page() == plain_page()


def test_the_page_has_a_drawing_for_each_measure_and_stage() -> None:
    drawn = re.findall(r'role="img" aria-label="([^"]*)"', plain_page())
    assert drawn == [
        "Held-out text, bits per byte",
        "Graph, choice of four",
        "Graph, choice of four, per character",
        "Graph, trained facts in unseen wordings",
        "cpt: loss over steps",
    ]


def test_what_a_model_says_cannot_become_markup() -> None:
    attack = "<script>alert(1)</script>"
    example = Example(attack, attack, (Reply("sft", attack, False, ""),))
    text = page({"kg_recall": [example]})
    assert attack not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def test_drawings_are_the_same_to_the_byte_and_carry_no_date() -> None:
    for draw in (
        lambda: bars(MEASURES["kg_recall"], REPORT["models"], REPORT["baselines"]),
        lambda: curve("cpt", LOSSES),
    ):
        assert draw() == draw()
        assert "dc:date" not in draw()
        assert draw().startswith("<svg role=")


def test_bars_show_figures_and_baseline() -> None:
    drawn = bars(MEASURES["kg_recall"], REPORT["models"], REPORT["baselines"])
    texts = re.findall(r">([^<>\n]+)</text>", drawn)
    assert {"base", "sft", "0.0", "45.0", "%", "majority answer"} <= set(texts)


def test_losses_are_read_from_the_training_log(tmp_path: Path) -> None:
    log = tmp_path / "trainer_log.jsonl"
    first = {"current_steps": 10, "total_steps": 20, "loss": 6.0, "lr": 0.001}
    rows = [
        first,
        {"current_steps": 20, "loss": 4.0},
        {"current_steps": 20, "eval_loss": 4.8},
        {"current_steps": 20, "loss": 4.5},
    ]
    write_rows(log, [*rows, {"current_steps": 20, "elapsed_time": "0:01:00"}])
    empty = tmp_path / "empty.jsonl"
    write_rows(empty, [{"current_steps": 1, "lr": 0.1}])
    logs = {"cpt": str(log), "sft": str(tmp_path / "absent"), "dpo": str(empty)}
    assert read_losses(logs) == {"cpt": LOSSES}


def answered(name: str, right: float, answer: str = "a") -> Outcome:
    return Outcome(name, name, {}, {"right": right}, f"{name}?", "a", answer)


def test_examples_are_five_with_right_and_wrong_ones() -> None:
    base = [answered(str(number), 0.0, "b") for number in range(20)]
    last = [answered(str(number), float(number < 10)) for number in range(20)]
    shown = examples({"base": {"kg_recall": base}, "sft": {"kg_recall": last}})["kg_recall"]
    assert [[reply.right for reply in one.replies] for one in shown] == [[False, True]] * 3 + [[False, False]] * 2
    assert shown == examples({"base": {"kg_recall": base[::-1]}, "sft": {"kg_recall": last[::-1]}})["kg_recall"]


def test_examples_fill_up_where_all_are_right_or_all_wrong() -> None:
    for right in (0.0, 1.0):
        outcomes = [answered(str(number), right) for number in range(9)]
        shown = examples({"sft": {"kg_recall": outcomes}})["kg_recall"]
        assert [one.replies[0].right for one in shown] == [bool(right)] * 5


def test_a_task_that_asks_nothing_has_no_examples() -> None:
    text = Outcome("a", "a", {}, {"bits": 8.0, "bytes": 4.0}, "", "", "")
    assert examples({"sft": {"bits_per_byte": [text]}}) == {}


OPERATIONS = Report(
    **{
        **REPORT,
        "models": {
            "base": {"dual_logic_index": figure(0.1, 0.0, 0.2), "dual_logic_index_AS": figure(0.2, 0.1, 0.3, 40)},
            "sft": {
                "dual_logic_index": figure(0.5, 0.4, 0.6),
                "dual_logic_index_AS": figure(0.6, 0.5, 0.7, 40),
                "dual_logic_f1_AS_paper": figure(0.3, 0.2, 0.4, 12),
            },
        },
    }
)


def test_dual_logic_has_a_table_by_operation() -> None:
    text = markdown(OPERATIONS, "demo")
    start = text.index("## Dual logic by operation")
    table = text[start : text.index("## Changes")].splitlines()
    assert [line for line in table if line.startswith("|")] == [
        "| pairs 语句对 | measure 指标 | n | base | sft |",
        "| --- | --- | --- | --- | --- |",
        "| all 全部 | DL index DL 指数 | 120 | 10.0 % (0.0–20.0) | 50.0 % (40.0–60.0) |",
        "| AS antonym 反义词替换 | DL index DL 指数 | 40 | 20.0 % (10.0–30.0) | 60.0 % (50.0–70.0) |",
        "| AS, paper 论文 | F1 | 12 |  | 30.0 % (20.0–40.0) |",
    ]
    page_text = html(OPERATIONS, "demo", {}, {})
    assert "Dual logic by operation" in page_text
    assert "AS antonym 反义词替换" in page_text
    assert "arXiv 2309.04198" in page_text
    assert "Dual logic by operation" not in markdown(REPORT, "demo") + plain_page()
