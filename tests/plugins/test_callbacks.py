"""What a person reads while a training runs."""

from __future__ import annotations

import math
from typing import Any

import pytest
from transformers import TrainerControl, TrainerState

from plugins.train.callbacks import FirstPreferenceLoss, ProgressLine, callbacks, starts_at_ln_2


def state(step: int, **changes: Any) -> TrainerState:
    return TrainerState(global_step=step, max_steps=200, is_world_process_zero=True, **changes)


def first_step(loss: float, capsys: pytest.CaptureFixture[str]) -> str:
    FirstPreferenceLoss().on_log(None, state(1), TrainerControl(), logs={"loss": loss})  # type: ignore[arg-type]
    return capsys.readouterr().out


def test_progress_says_step_loss_rate_and_time_left() -> None:
    line = ProgressLine()
    line.started_step = 20
    text = line.describe(state(60, log_history=[{"loss": 2.5}, {"loss": 1.25}, {"eval_loss": 3.0}]), seconds=20.0)
    assert text == "step 60/200 (30%): loss 1.2500, 2.00 steps/s, 0:01:10 left"


def test_progress_is_printed_at_intervals_and_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(interval_s=3600.0)
    line.on_train_begin(None, state(0), TrainerControl())  # type: ignore[arg-type]
    for step in (1, 2, 200):
        line.on_step_end(None, state(step), TrainerControl())  # type: ignore[arg-type]
    assert capsys.readouterr().out.startswith("step 200/200 (100%): ")


def test_a_first_loss_near_ln_2_is_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "the reference is the starting model" in first_step(math.log(2) * 1.009, capsys)


@pytest.mark.parametrize("loss", [0.7316, math.log(2) * 0.989])
def test_a_first_loss_off_ln_2_is_a_warning_with_a_remedy(loss: float, capsys: pytest.CaptureFixture[str]) -> None:
    said = first_step(loss, capsys)
    assert said.startswith(f"WARNING: first DPO step: loss {loss:.4f} is more than 1 % from ln 2 = 0.6931")
    assert "set create_new_adapter: true" in said


def test_later_losses_are_not_judged(capsys: pytest.CaptureFixture[str]) -> None:
    FirstPreferenceLoss().on_log(None, state(2), TrainerControl(), logs={"loss": 0.1})  # type: ignore[arg-type]
    assert capsys.readouterr().out == ""


def test_the_first_step_is_always_logged() -> None:
    control = TrainerControl()
    FirstPreferenceLoss().on_step_end(None, state(1), control)  # type: ignore[arg-type]
    assert control.should_log


@pytest.mark.parametrize(
    ("settings", "known"),
    [
        ({"stage": "dpo"}, True),
        ({"stage": "dpo", "pref_loss": "sigmoid", "pref_beta": 0.5}, True),
        ({"stage": "dpo", "pref_loss": "orpo"}, False),
        ({"stage": "dpo", "pref_ftx": 0.1}, False),
        ({"stage": "sft"}, False),
    ],
)
def test_only_plain_dpo_starts_at_ln_2(settings: dict[str, Any], known: bool) -> None:
    assert starts_at_ln_2(settings) is known
    assert any(isinstance(callback, FirstPreferenceLoss) for callback in callbacks(settings)) is known
