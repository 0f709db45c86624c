"""A real vLLM server for as long as a `with` block lasts: a model folder in, an address that answers out.

with serve(Path("saves/demo/sft"), "sft", config, tell) as endpoint:
    ...                                                     # log in runs/demo/logs/sft.log
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import aiohttp

from builders.errors import UserError
from eval.client import Endpoint, probe
from eval.config import EvalConfig

SHIM = Path(__file__).with_name("serve_vllm.py")
BYTE_CODE = Path(".cache/pycache")
ERROR = re.compile(r"\b\w*(Error|Exception)\b.*:|\berror[:,]", re.IGNORECASE)
STOP_GRACE_S = 15.0
POLL_S = 0.5
PR_SET_PDEATHSIG = 1

Tell = Callable[[str], None]


@contextmanager
def serve(folder: Path, name: str, config: EvalConfig, tell: Tell) -> Iterator[Endpoint]:
    """Starts a server on a free loopback port, waits until it really answers, stops its process group at the end.

    `tell` is told the newest line of the log while the server starts.

    Raises:
        UserError: vLLM is not installed, or the server stopped; the message ends with the log's last complaint.
    """
    if not Path(config.vllm_python).is_file():
        raise UserError(f"vllm_python: no {config.vllm_python}; install vLLM with `make setup-vllm`")
    log = Path(config.out, "logs", f"{name}.log")
    log.parent.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with log.open("wb") as out, running(command(folder, name, port, config), out) as process:
        try:
            asyncio.run(_until_listening(process, port, config, log, tell))
            yield asyncio.run(probe(f"http://127.0.0.1:{port}", name, str(folder)))
        except Exception as error:
            if process.poll() is not None:
                why = f"{last_complaint(log)} (exit code {process.returncode}, whole log: {log})"
                raise UserError(f"vLLM stopped while serving {folder}: {why}") from error
            raise


def command(folder: Path, name: str, port: int, config: EvalConfig) -> list[str]:
    """The command line; `--generation-config vllm` keeps a model's own sampling defaults out of greedy answers."""
    length = [] if config.max_model_len is None else ["--max-model-len", str(config.max_model_len)]
    words = [config.vllm_python, str(SHIM), "serve", str(folder), "--served-model-name", name]
    words += ["--host", "127.0.0.1", "--port", str(port), "--generation-config", "vllm", *length]
    return words + config.serve_args


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def last_complaint(log: Path) -> str:
    """The last line of a log that names an error, else its last line."""
    lines = _lines(log)
    return ([line for line in lines if ERROR.search(line)] or lines)[-1][:300]


def _lines(log: Path) -> list[str]:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    return [line for line in lines if line] or ["nothing said yet"]


@contextmanager
def running(words: list[str], out: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a group of its own, which Ctrl-C does not reach; at the end the whole group is stopped."""
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        env=_environment(),
        start_new_session=True,
        preexec_fn=_stop_with_parent(),
    )
    try:
        yield process
    finally:
        _stop(process)


def _environment() -> dict[str, str]:
    """Ours, but with compiled modules kept: without them each start compiles thousands of files."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(BYTE_CODE.resolve()), **inherited}


def _stop_with_parent() -> Callable[[], None] | None:
    """Lets the kernel stop the server when we are killed outright and cannot do it ourselves (Linux only)."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_GRACE_S)
    with suppress(ProcessLookupError):  # engine processes can outlive the server
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def _until_listening(
    process: subprocess.Popen[bytes], port: int, config: EvalConfig, log: Path, tell: Tell
) -> None:
    deadline = time.monotonic() + config.start_timeout_s
    while not await _listening(port):
        if process.poll() is not None:
            raise UserError(f"exit code {process.returncode}")
        if time.monotonic() > deadline:
            waited = f"{config.start_timeout_s:.0f} s (start_timeout_s)"
            raise UserError(f"vLLM did not answer within {waited}: {last_complaint(log)} (whole log: {log})")
        tell(_lines(log)[-1])
        await asyncio.sleep(POLL_S)


async def _listening(port: int) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
            session.get(f"http://127.0.0.1:{port}/v1/models") as response,
        ):
            return response.status == 200
    except (aiohttp.ClientConnectionError, TimeoutError):
        return False
