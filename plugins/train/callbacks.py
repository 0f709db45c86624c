"""What the launcher adds to LLaMA-Factory's trainer: visible progress, and two checks on the first step."""

from __future__ import annotations

import math
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from builders.jsonl import write_json
from plugins.train.recipe import Stage

LN_2 = math.log(2)
TOLERANCE = 0.01


def callbacks(stage: Stage) -> list[TrainerCallback]:
    """The callbacks that a stage needs."""
    wanted: list[TrainerCallback] = [PartitionReport()]
    if not sys.stdout.isatty():
        wanted.append(ProgressLine())
    if starts_at_ln_2(stage):
        wanted.append(FirstPreferenceLoss())
    return wanted


def starts_at_ln_2(stage: Stage) -> bool:
    """Whether the first loss of this stage is known: plain DPO, whose policy starts as its own reference."""
    sigmoid = stage.get("pref_loss", "sigmoid") == "sigmoid"
    return stage.get("stage") == "dpo" and sigmoid and not stage.get("pref_ftx") and not stage.get("pref_bco_weight")


class ProgressLine(TrainerCallback):
    """One line every few seconds where no progress bar can be drawn (a log file, a pipe, CI)."""

    def __init__(self, interval_s: float = 10.0) -> None:
        self.interval_s = interval_s
        self.started_at = 0.0
        self.started_step = 0
        self.printed_at = 0.0

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self.started_at = self.printed_at = time.monotonic()
        self.started_step = state.global_step

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        now = time.monotonic()
        last = state.global_step >= state.max_steps
        if state.is_world_process_zero and (last or now - self.printed_at >= self.interval_s):
            self.printed_at = now
            _say(self.describe(state, now - self.started_at))

    def describe(self, state: TrainerState, seconds: float) -> str:
        steps_per_second = (state.global_step - self.started_step) / max(seconds, 1e-9)
        left = timedelta(seconds=round((state.max_steps - state.global_step) / max(steps_per_second, 1e-9)))
        losses = [entry["loss"] for entry in state.log_history if "loss" in entry]
        loss = f"loss {losses[-1]:.4f}, " if losses else ""
        where = f"step {state.global_step}/{state.max_steps} ({state.global_step / state.max_steps:.0%})"
        return f"{where}: {loss}{steps_per_second:.2f} steps/s, {left} left"


class FirstPreferenceLoss(TrainerCallback):
    """Warns when DPO does not start at ln 2: then its reference is not the model that training starts from."""

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if state.global_step == 1:
            control.should_log = True

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **_: Any,
    ) -> None:
        if state.global_step != 1 or not logs or "loss" not in logs or not state.is_world_process_zero:
            return
        loss = float(logs["loss"])
        if abs(loss - LN_2) <= TOLERANCE * LN_2:
            _say(f"first DPO step: loss {loss:.4f} (ln 2 = {LN_2:.4f}): the reference is the starting model")
        else:
            _say(
                f"WARNING: first DPO step: loss {loss:.4f} is more than 1 % from ln 2 = {LN_2:.4f}: the reference is"
                " not the starting model; set create_new_adapter: true, or start from the exported SFT model"
            )


class PartitionReport(TrainerCallback):
    """Under ZeRO-3, writes what this process holds after the first step to `partition_rank<n>.json`."""

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        model: Any = None,
        optimizer: Any = None,
        **_: Any,
    ) -> None:
        if state.global_step != 1 or not any(hasattr(parameter, "ds_numel") for parameter in model.parameters()):
            return
        held = sum(parameter.ds_tensor.numel() for parameter in model.parameters())
        states = optimizer.optimizer.optimizer.state.values()
        report = {
            "rank": args.process_index,
            "parameters": sum(parameter.ds_numel for parameter in model.parameters()),
            "parameters_held": held,
            "optimizer_values_held": sum(_numel(value) for entry in states for value in entry.values()),
        }
        write_json(Path(args.output_dir) / f"partition_rank{args.process_index}.json", report)


def _numel(value: Any) -> int:
    """How many values a state of the optimiser has; its step counter is a single one and does not count."""
    return value.numel() if hasattr(value, "numel") and value.numel() > 1 else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
