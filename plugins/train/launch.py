"""A checked stage in; a trained model in `output_dir` out, by one process or by torchrun with several.

LLaMA-Factory's own command starts torchrun on LLaMA-Factory's own file, which would lose our callbacks; this one
starts torchrun on `plugins.train` and honours the same variables: FORCE_TORCHRUN, NPROC_PER_NODE, NNODES, NODE_RANK,
MASTER_ADDR, MASTER_PORT, RDZV_ID, MIN_NNODES, MAX_NNODES, MAX_RESTARTS, USE_RAY.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson

from plugins.train.recipe import Stage

YES = ("true", "y", "1")
"""What LLaMA-Factory takes for an enabled variable."""


def train(stage: Stage, arguments: Sequence[str]) -> int:
    """Runs one stage; returns the exit status."""
    processes = _processes(os.environ)
    if not _enabled(os.environ, "USE_RAY") and _needs_torchrun(stage, processes, os.environ):
        command = torchrun_command(os.environ, processes, arguments)
        return subprocess.run(command, env=torchrun_environment(os.environ), check=False).returncode
    train_here(stage)
    return 0


def train_here(stage: Stage) -> None:
    """Trains in this process: alone, or as one of torchrun's workers."""
    from llamafactory.extras.misc import get_device_count  # here, because it takes many seconds to load torch
    from llamafactory.train.tuner import run_exp

    from plugins.train.callbacks import callbacks

    if is_worker(os.environ) and get_device_count() == 0:
        stage = on_cpu(stage)
    if not sys.stdout.isatty():  # the progress line takes the bar's place
        stage = {"disable_tqdm": True, **stage}
    run_exp(dict(stage), callbacks=callbacks(stage))


def on_cpu(stage: Stage) -> Stage:
    """Several processes without a GPU talk through gloo, whose operations may end in another order than they began.

    Where DeepSpeed 0.18 gathers parameters (`_allgather_params_coalesced`) it waits for the last operation only. On a
    GPU that is enough; here it now and then trained on half-read weights. One operation at a time is slow and right.
    """
    settings = stage.get("deepspeed")
    if isinstance(settings, str):
        settings = orjson.loads(Path(settings).read_bytes())
    if settings and settings["zero_optimization"]["stage"] == 3:
        in_order = {"stage3_allgather_sequential": True, "overlap_comm": False}
        settings = {**settings, "zero_optimization": {**settings["zero_optimization"], **in_order}}
    return {"ddp_backend": "gloo", **stage, "deepspeed": settings}


def is_worker(environment: Mapping[str, str]) -> bool:
    return "LOCAL_RANK" in environment


def torchrun_command(environment: Mapping[str, str], processes: int, arguments: Sequence[str]) -> list[str]:
    nodes = environment.get("NNODES", "1")
    address = environment.get("MASTER_ADDR", "127.0.0.1")
    port = environment.get("MASTER_PORT") or str(_free_port())
    if "RDZV_ID" in environment:  # elastic: nodes may come and go
        if "MIN_NNODES" in environment and "MAX_NNODES" in environment:
            nodes = f"{environment['MIN_NNODES']}:{environment['MAX_NNODES']}"
        meeting = ["--rdzv-id", environment["RDZV_ID"], "--rdzv-backend", "c10d"]
        meeting += ["--rdzv-endpoint", f"{address}:{port}", "--max-restarts", environment.get("MAX_RESTARTS", "0")]
    else:
        rank = environment.get("NODE_RANK", "0")
        meeting = ["--node-rank", rank, "--master-addr", address, "--master-port", port]
    sizes = ["--nnodes", nodes, "--nproc-per-node", str(processes)]
    return [sys.executable, "-m", "torch.distributed.run", *sizes, *meeting, "-m", "plugins.train", *arguments]


def torchrun_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """DeepSpeed compiles at start and looks for `ninja`, which lies beside the interpreter, on PATH."""
    here = str(Path(sys.executable).parent)
    return {**environment, "PATH": os.pathsep.join([here, environment.get("PATH", "")])}


def _needs_torchrun(stage: Stage, processes: int, environment: Mapping[str, str]) -> bool:
    return processes > 1 or _enabled(environment, "FORCE_TORCHRUN") or bool(stage.get("deepspeed"))


def _processes(environment: Mapping[str, str]) -> int:
    if "NPROC_PER_NODE" in environment:
        return int(environment["NPROC_PER_NODE"])
    from llamafactory.extras.misc import get_device_count

    return max(1, get_device_count())


def _enabled(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "0").lower() in YES


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
