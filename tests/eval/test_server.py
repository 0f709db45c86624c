from __future__ import annotations

import os
import select
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from builders.errors import UserError
from eval.config import EvalConfig
from eval.server import command, free_port, last_complaint, running, serve


@pytest.fixture
def config(tmp_path: Path) -> EvalConfig:
    return EvalConfig(
        recipe="demo",
        data="data/demo/eval",
        train_text="data/demo/cpt.jsonl",
        models={"sft": "saves/demo/sft"},
        out=str(tmp_path / "runs"),
        vllm_python=sys.executable,
    )


def test_the_command_line(config: EvalConfig) -> None:
    config = replace(config, vllm_python="py", max_model_len=512, serve_args=["--max-num-seqs", "4"])
    words = command(Path("saves/demo/sft"), "sft", 8001, config)
    assert (words[0], Path(words[1]).name) == ("py", "serve_vllm.py")
    assert " ".join(words[2:]) == (
        "serve saves/demo/sft --served-model-name sft --host 127.0.0.1 --port 8001 "
        "--generation-config vllm --max-model-len 512 --max-num-seqs 4"
    )


def test_a_server_that_dies_is_not_waited_for(config: EvalConfig) -> None:
    with (
        pytest.raises(
            UserError, match=r"vLLM stopped while serving m: .*no vLLM here.*exit code 1, whole log: .*sft\.log"
        ),
        serve(Path("m"), "sft", config, lambda _: None),
    ):
        pytest.fail("it was never ready")


def test_a_missing_environment_names_the_target_that_makes_it(config: EvalConfig) -> None:
    with (
        pytest.raises(UserError, match="vllm_python: no gone; install vLLM with `make setup-vllm`"),
        serve(Path("m"), "sft", replace(config, vllm_python="gone"), lambda _: None),
    ):
        pytest.fail("it was never ready")


def test_a_server_that_never_listens_is_given_up(config: EvalConfig, tmp_path: Path) -> None:
    patient = tmp_path / "patient"
    patient.write_text("#!/bin/sh\necho still loading\nexec sleep 60\n", encoding="utf-8")
    patient.chmod(0o755)
    slow = replace(config, vllm_python=str(patient), start_timeout_s=0.2)
    with (
        pytest.raises(UserError, match=r"did not answer within 0 s \(start_timeout_s\): still loading"),
        serve(Path("m"), "sft", slow, lambda _: None),
    ):
        pytest.fail("it was never ready")


def test_children_of_the_server_go_with_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = "sleep 60 & echo $!; wait"
    with log.open("wb") as out, running(["sh", "-c", script], out) as process:
        while not log.read_text(encoding="utf-8").endswith("\n"):
            assert process.poll() is None
        child = os.pidfd_open(int(log.read_text(encoding="utf-8")))
    ended, _, _ = select.select([child], [], [], 30)
    os.close(child)
    assert ended == [child]


def test_the_group_is_stopped_when_the_block_fails(tmp_path: Path) -> None:
    with (
        (tmp_path / "log").open("wb") as out,
        pytest.raises(KeyboardInterrupt),
        running(["sleep", "60"], out) as process,
    ):
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_the_last_complaint_is_the_last_error_or_the_last_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("INFO start\nValueError: no memory\nnanobind: leaked 3\n\n", encoding="utf-8")
    assert last_complaint(log) == "ValueError: no memory"
    pydantic = "ValidationError: 1 validation error\n  Value error, Model architectures ['None'] are not supported\n"
    log.write_text(f"{pydantic}    For further information visit https://errors.pydantic.dev\n", encoding="utf-8")
    assert last_complaint(log) == "Value error, Model architectures ['None'] are not supported"
    log.write_text("INFO start\nkilled\n", encoding="utf-8")
    assert last_complaint(log) == "killed"
    log.write_text("", encoding="utf-8")
    assert last_complaint(log) == "nothing said yet"


def test_free_ports_can_be_bound() -> None:
    assert 1024 <= free_port() <= 65535
