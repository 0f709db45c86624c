from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders.errors import UserError
from builders.types import Dropped
from eval.config import EvalConfig
from eval.results import Store, fingerprint, model_hash, record
from eval.tasks import Outcome

OUTCOME = Outcome("a", "a", {"language": "en"}, {"right": 1.0}, "q?", "e", "e")


@pytest.fixture
def config(tmp_path: Path) -> EvalConfig:
    model, data = tmp_path / "model", tmp_path / "eval"
    for folder, name in ((model, "model.safetensors"), (model, "config.json"), (data, "kg_recall.jsonl")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    places = {"data": str(data), "train_text": "cpt.jsonl", "out": str(tmp_path / "runs")}
    return EvalConfig(recipe="demo", models={"sft": str(model)}, tasks=["kg_recall"], **places)


def printed(config: EvalConfig) -> str:
    return fingerprint("sft", "kg_recall", model_hash(config.models["sft"]), config)


def test_what_was_scored_is_known_again(config: EvalConfig) -> None:
    print_ = printed(config)
    Store("sft", config).put("kg_recall", record(print_, 1.5, [OUTCOME], [Dropped("too_long", "x", "y")]), [OUTCOME])
    again = Store("sft", config)
    assert again.has("kg_recall", print_)
    assert again.outcomes("kg_recall") == [OUTCOME]
    assert again.records["kg_recall"].dropped == [{"reason": "too_long", "place": "x", "detail": "y"}]
    assert not again.has("kg_recall", "another fingerprint")
    assert not Store("sft", replace(config, fresh=True)).has("kg_recall", print_)


def test_answers_that_were_deleted_are_asked_again(config: EvalConfig) -> None:
    Store("sft", config).put("kg_recall", record("print", 1.0, [OUTCOME], []), [OUTCOME])
    (Path(config.out) / "answers/sft/kg_recall.jsonl").unlink()
    assert not Store("sft", config).has("kg_recall", "print")


@pytest.mark.parametrize("changed", ["model/model.safetensors", "model/config.json", "eval/kg_recall.jsonl"])
def test_another_file_is_another_fingerprint(config: EvalConfig, tmp_path: Path, changed: str) -> None:
    before = printed(config)
    assert printed(config) == before
    (tmp_path / changed).write_text("other", encoding="utf-8")
    assert printed(config) != before


@pytest.mark.parametrize(
    "setting", [{"max_tokens": 9}, {"limit": 3}, {"seed": 8}, {"serve_args": ["--dtype", "half"]}]
)
def test_another_setting_is_another_fingerprint(config: EvalConfig, setting: dict[str, object]) -> None:
    assert printed(replace(config, **setting)) != printed(config)  # type: ignore[arg-type]


def test_what_does_not_reach_the_scores_is_not_in_the_fingerprint(config: EvalConfig, tmp_path: Path) -> None:
    before = printed(config)
    (tmp_path / "model/trainer_log.jsonl").write_text("{}", encoding="utf-8")
    assert printed(replace(config, concurrency=1, resamples=9)) == before


def test_a_running_endpoint_is_never_taken_as_known(config: EvalConfig) -> None:
    running = replace(config, models={"live": "http://127.0.0.1:8000"})
    Store("live", running).put("kg_recall", record("print", 1.0, [OUTCOME], []), [OUTCOME])
    assert not Store("live", running).has("kg_recall", "print")


def test_a_broken_result_file_is_named(config: EvalConfig) -> None:
    file = Path(config.out) / "results/sft.json"
    file.parent.mkdir(parents=True)
    for content in ("{", "[]", '{"seconds_to_serve": 1, "tasks": {"kg_recall": {"x": 1}}}'):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(UserError, match=r"sft\.json: not a result of ours .*delete it or pass fresh=true"):
            Store("sft", config)
