"""How a stage is started: the command for torchrun, and what differs without a GPU."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plugins.train.__main__ import main
from plugins.train.launch import on_cpu, torchrun_command, torchrun_environment
from tests.conftest import ROOT

ZERO_3 = str(ROOT / "recipes/deepspeed/zero3.json")
ZERO_2 = str(ROOT / "recipes/deepspeed/zero2.json")


def test_one_machine() -> None:
    command = torchrun_command({"MASTER_PORT": "29500"}, 4, ["sft.yaml", "max_steps=2"])
    assert command == [
        *(sys.executable, "-m", "torch.distributed.run", "--nnodes", "1", "--nproc-per-node", "4"),
        *("--node-rank", "0", "--master-addr", "127.0.0.1", "--master-port", "29500"),
        *("-m", "plugins.train", "sft.yaml", "max_steps=2"),
    ]


def test_several_machines() -> None:
    where = {"NNODES": "2", "NODE_RANK": "1", "MASTER_ADDR": "node0", "MASTER_PORT": "29500"}
    command = " ".join(torchrun_command(where, 8, ["sft.yaml"]))
    assert "--nnodes 2 --nproc-per-node 8 --node-rank 1 --master-addr node0 --master-port 29500" in command


def test_machines_that_come_and_go() -> None:
    where = {"RDZV_ID": "7", "MIN_NNODES": "1", "MAX_NNODES": "3", "MASTER_ADDR": "node0", "MASTER_PORT": "1"}
    command = " ".join(torchrun_command({**where, "MAX_RESTARTS": "2"}, 8, ["sft.yaml"]))
    assert "--nnodes 1:3 --nproc-per-node 8 --rdzv-id 7 --rdzv-backend c10d --rdzv-endpoint node0:1" in command
    assert "--max-restarts 2" in command


def test_ninja_beside_the_interpreter_is_found() -> None:
    path = torchrun_environment({"PATH": "/usr/bin", "HOME": "/root"})
    assert path == {"PATH": f"{Path(sys.executable).parent}:/usr/bin", "HOME": "/root"}


def test_without_a_gpu_deepspeed_gathers_in_order() -> None:
    stage = on_cpu({"deepspeed": ZERO_3, "stage": "sft"})
    assert stage["ddp_backend"] == "gloo"
    zero = stage["deepspeed"]["zero_optimization"]
    assert (zero["stage"], zero["stage3_allgather_sequential"], zero["overlap_comm"]) == (3, True, False)
    assert on_cpu({"deepspeed": ZERO_2})["deepspeed"]["zero_optimization"]["stage"] == 2
    assert on_cpu({"ddp_backend": "ccl"}) == {"ddp_backend": "ccl", "deepspeed": None}


def test_a_misspelt_key_is_one_line_and_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = tmp_path / "sft.yaml"
    recipe.write_text("stage: sft\nlearning_rat: 1\n", encoding="utf-8")
    assert main([str(recipe)]) == 1
    complaint = "learning_rat: LLaMA-Factory has no such argument; did you mean learning_rate?"
    assert capsys.readouterr().err == f"error: {recipe}: {complaint}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_shows_examples(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "python -m plugins.train recipes/demo/sft.yaml max_steps=2" in capsys.readouterr().out
