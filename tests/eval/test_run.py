from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from builders.jsonl import write_rows
from eval.__main__ import main
from eval.config import EvalConfig
from eval.progress import Steps
from eval.report.write import write_report
from eval.results import Store, fingerprint, model_hash, record
from eval.run import evaluate, known_baselines
from eval.tasks import Outcome
from tests.eval.fake import Fake, fake_server

TASKS = ["kg_recall", "dual_logic"]
LEARNT = Fake(answers={"0?": "a0", "1?": "A1.", "2?": "no idea"}, liked=["0?|Yes", "1?|No"])


def logic(pair: int, question: str, answer: str, other: str) -> dict[str, str]:
    own = {"id": question, "pair": f"p{pair}", "op": "AS", "origin": "graph", "language": "en", "question": question}
    return own | {"answer": answer, "other": other}


@pytest.fixture
def config(tmp_path: Path) -> EvalConfig:
    data = tmp_path / "eval"
    own = {"language": "en", "relation": "r"}
    facts = [
        own | {"id": f"f{n}", "question": f"{n}?", "answer": f"a{n}", "tail": f"a{n}", "fact": f"h{n}"}
        for n in range(3)
    ]
    facts.append(facts[0] | {"id": "long", "question": "x" * 99})
    write_rows(data / "kg_recall.jsonl", facts)
    write_rows(data / "dual_logic.jsonl", [logic(1, "0?", "Yes", "No"), logic(1, "1?", "No", "Yes")])
    places = {"data": str(data), "train_text": str(tmp_path / "cpt.jsonl"), "out": str(tmp_path / "runs")}
    return EvalConfig(recipe="demo", models={}, tasks=TASKS, resamples=50, **places)


def run(config: EvalConfig) -> tuple[Any, str]:
    said = io.StringIO()
    steps = Steps(Console(file=said, width=120))
    write_report(config, evaluate(config, steps), known_baselines(config, steps), steps)
    return json.loads((Path(config.out) / "report.json").read_text(encoding="utf-8")), said.getvalue()


def test_two_running_endpoints_are_scored_and_compared(config: EvalConfig) -> None:
    with fake_server(Fake()) as base, fake_server(LEARNT) as sft:
        report, said = run(replace(config, models={"base": f"{base}/v1", "sft": f"{sft}#fake"}))
    base_figures, sft_figures = report["models"].values()
    assert base_figures["kg_recall"] == {"value": 0.0, "n": 3, "low": 0.0, "high": pytest.approx(0.5615, abs=1e-4)}
    assert sft_figures["kg_recall"]["value"] == pytest.approx(2 / 3)
    assert sft_figures["dual_logic_both_right"]["value"] == 1.0
    assert report["baselines"]["majority_kg"] == 0.5
    change = next(one for one in report["differences"] if one["measure"] == "kg_recall")
    assert (change["before"], change["after"], change["n"], change["p"]) == ("base", "sft", 3, None)
    assert [(one["model"], one["reason"], one["count"]) for one in report["dropped"]] == [
        ("base", "too_long", 1),
        ("sft", "too_long", 1),
    ]
    assert set(report["seconds"]["sft"]) == {"serve", *TASKS}
    assert "sft: kg_recall, 4 rows ..." in said


def test_every_answer_is_kept_to_be_read(config: EvalConfig) -> None:
    with fake_server(LEARNT) as sft:
        run(replace(config, models={"sft": sft}))
    lines = (Path(config.out) / "answers/sft/kg_recall.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["answer"] for line in lines] == ["a0", "A1.", "no idea"]


def test_what_has_not_changed_is_not_asked_again(config: EvalConfig, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    known = replace(config, models={"sft": str(tmp_path)}, tasks=["kg_recall"], vllm_python="no such python")
    outcome = Outcome("f0", "f0", {"language": "en"}, {"right": 1.0}, "0?", "a0", "a0")
    print_ = fingerprint("sft", "kg_recall", model_hash(str(tmp_path)), known)
    Store("sft", known).put("kg_recall", record(print_, 1.0, [outcome], []), [outcome])
    report, said = run(known)
    assert report["models"]["sft"]["kg_recall"]["value"] == 1.0
    assert "sft: nothing changed, 1 tasks reused" in said


def test_the_program_prints_the_table_and_the_path(
    config: EvalConfig, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_server(LEARNT) as sft:
        recipe = tmp_path / "eval.yaml"
        fields = {name: getattr(config, name) for name in ("recipe", "data", "train_text", "out", "tasks")}
        recipe.write_text(json.dumps(fields | {"models": {"sft": sft}}), encoding="utf-8")
        assert main([str(recipe), "resamples=50"]) == 0
    printed = capsys.readouterr()
    assert "dual_logic_both_right" in printed.out
    assert f"report: {config.out}/report.html" in printed.out
    assert printed.err == ""


def test_a_users_mistake_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "absent.yaml")]) == 1
    assert main([]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines] == [str(tmp_path / "absent.yaml"), "usage"]
