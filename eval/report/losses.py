"""LLaMA-Factory's training log in, the points of the loss curves out.

{"current_steps": 10, "total_steps": 900, "loss": 6.1, "lr": 0.001, ...}
{"current_steps": 100, "total_steps": 900, "eval_loss": 5.2, ...}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builders.jsonl import read_rows

Points = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Losses:
    """Step and loss (nats a token; for DPO the preference loss), in order of steps."""

    train: Points
    evaluation: Points


def read_losses(logs: Mapping[str, str]) -> dict[str, Losses]:
    """The curves of the stages whose log is there and holds any loss."""
    found = {stage: _read(Path(path)) for stage, path in logs.items() if Path(path).is_file()}
    return {stage: losses for stage, losses in found.items() if losses.train or losses.evaluation}


def _read(path: Path) -> Losses:
    rows = list(read_rows(path))
    return Losses(_points(rows, "loss"), _points(rows, "eval_loss"))


def _points(rows: list[dict[str, object]], key: str) -> Points:
    """A resumed run logs a step again; the later line holds."""
    found = {}
    for row in rows:
        step, loss = row.get("current_steps"), row.get(key)
        if isinstance(step, int) and isinstance(loss, int | float):
            found[step] = float(loss)
    return sorted(found.items())
