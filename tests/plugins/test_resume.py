"""The output folder: started, resumed, skipped, or refused with what has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders.errors import UserError
from plugins.train.resume import Plan, plan, record, take_fingerprint

RECIPE = Path("recipes/demo/sft.yaml")
STAGE: dict[str, Any] = {
    **{"stage": "sft", "dataset": "demo_sft", "dataset_dir": ".", "learning_rate": 1e-3},
    **{"model_name_or_path": "saves/demo/cpt", "output_dir": "saves/demo/sft"},
}


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder of a stage whose inputs are there."""
    monkeypatch.chdir(tmp_path)
    registry = {"demo_sft": {"file_name": "sft.jsonl"}}
    (tmp_path / "dataset_info.json").write_text(json.dumps(registry), encoding="utf-8")
    (tmp_path / "sft.jsonl").write_text('{"instruction": "a", "output": "b"}\n', encoding="utf-8")
    model = tmp_path / "saves/demo/cpt"
    model.mkdir(parents=True)
    (model / "model.safetensors").write_bytes(b"weights")
    return tmp_path / "saves/demo/sft"


def decide(**changes: Any) -> Plan:
    stage = {**STAGE, **changes}
    return plan(stage, take_fingerprint(stage, RECIPE))


def leave_behind(out: Path, *steps: int, finished: bool = False) -> None:
    """What a training of STAGE leaves: a fingerprint, checkpoints, and its model where it came to its end."""
    record(STAGE, take_fingerprint(STAGE, RECIPE), finished)
    for step in steps:
        (out / f"checkpoint-{step}").mkdir(parents=True)
        (out / f"checkpoint-{step}" / "trainer_state.json").write_text("{}", encoding="utf-8")
    if finished:
        (out / "model.safetensors").write_bytes(b"trained")


def test_an_empty_folder_starts(out: Path) -> None:
    assert decide() is Plan.START


def test_what_was_killed_before_its_first_checkpoint_starts(out: Path) -> None:
    leave_behind(out)
    assert decide() is Plan.START


def test_what_was_killed_later_resumes(out: Path) -> None:
    leave_behind(out, 10, 20)
    assert decide() is Plan.RESUME


def test_what_is_finished_is_skipped(out: Path) -> None:
    leave_behind(out, 20, finished=True)
    assert decide() is Plan.SKIP


def test_a_checkpoint_that_was_cut_off_is_dropped(out: Path) -> None:
    leave_behind(out, 10, 20)
    (out / "checkpoint-20" / "trainer_state.json").write_text('{"global_st', encoding="utf-8")
    assert decide() is Plan.RESUME
    assert [folder.name for folder in out.glob("checkpoint-*")] == ["checkpoint-10"]


@pytest.mark.parametrize("finished", [True, False])
def test_other_data_is_refused(out: Path, finished: bool) -> None:
    leave_behind(out, 10, finished=finished)
    Path("sft.jsonl").write_text('{"instruction": "a", "output": "c"}\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"holds a model trained on something else \(sft.jsonl has changed\)") as error:
        decide()
    assert "pass overwrite_output_dir=true to train anew" in str(error.value)
    assert (out / "checkpoint-10").is_dir()


def test_another_model_is_refused(out: Path) -> None:
    leave_behind(out, 10)
    Path("saves/demo/cpt/model.safetensors").write_bytes(b"others!")
    with pytest.raises(UserError, match=r"saves/demo/cpt/model\.safetensors has changed"):
        decide()


def test_another_recipe_is_refused(out: Path) -> None:
    leave_behind(out, 10)
    with pytest.raises(UserError, match=r"learning_rate was 0.001, is 0.002; max_steps was None, is 3"):
        decide(learning_rate=2e-3, max_steps=3)


def test_what_changes_nothing_learnt_is_not_asked_after(out: Path) -> None:
    leave_behind(out, 10)
    assert decide(logging_steps=1, save_steps=7, report_to="none", plot_loss=True) is Plan.RESUME


def test_a_checkpoint_of_unknown_origin_is_refused(out: Path) -> None:
    leave_behind(out, 10)
    (out / "fingerprint.json").unlink()
    with pytest.raises(UserError, match=r"no fingerprint\.json tells on what"):
        decide()


def test_overwriting_clears_what_would_be_resumed(out: Path) -> None:
    leave_behind(out, 10, 20, finished=True)
    (out / "trainer_log.jsonl").write_text("{}\n", encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert decide(overwrite_output_dir=True, learning_rate=5) is Plan.START
    assert sorted(path.name for path in out.iterdir()) == ["notes.txt"]


def test_an_explicit_checkpoint_is_taken_at_its_word(out: Path) -> None:
    leave_behind(out, 10)
    assert decide(resume_from_checkpoint="saves/demo/sft/checkpoint-10", learning_rate=5) is Plan.RESUME


def test_large_weights_are_told_apart_by_their_ends(out: Path, tmp_path: Path) -> None:
    weights = tmp_path / "saves/demo/cpt/model.safetensors"
    with weights.open("wb") as file:
        file.truncate(65 << 20)
    before = take_fingerprint(STAGE, RECIPE).files
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"x")
    after = take_fingerprint(STAGE, RECIPE).files
    assert [name for name in before if before[name] != after[name]] == ["saves/demo/cpt/model.safetensors"]


def test_a_tokenized_folder_is_known_by_its_tables(out: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed"
    (packed / "train").mkdir(parents=True)
    (packed / "train" / "data-0.arrow").write_bytes(b"ids")
    (packed / "train" / "state.json").write_text('{"_fingerprint": "random"}', encoding="utf-8")
    files = take_fingerprint({**STAGE, "tokenized_path": "packed"}, RECIPE).files
    assert list(files) == ["packed/train/data-0.arrow", "saves/demo/cpt/model.safetensors"]
