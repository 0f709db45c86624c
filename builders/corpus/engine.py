"""Where the map steps run: here, in a pool of processes, or on a Ray cluster. The same items in, the same results out.

    list(run(count_words, papers, EngineConfig(kind="pool", workers=2)))       # in the order of `papers`

A map step is a pure function of one item that can be pickled. Only so many items are under way at a time, so the
memory of a run does not grow with the number of papers.
"""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from builders.errors import UserError

Item = TypeVar("Item")
Result = TypeVar("Result")

ROOT = Path(__file__).resolve().parents[2]
CONNECT_S = 10.0
REMEDY = "start the cluster with `ray start --head`, or leave engine.ray_address out"
AHEAD = 4
"""Items under way for each worker."""


class EngineKind(Enum):
    """Where map steps run."""

    local = "local"
    pool = "pool"
    ray = "ray"


@dataclass(frozen=True)
class EngineConfig:
    """Where map steps run, and on how many processes."""

    kind: EngineKind = EngineKind.pool
    workers: int = 0
    """Processes of a pool, or CPUs of a Ray that is started here; 0 for all cores of this machine."""
    ray_address: str | None = None
    """A running Ray cluster, such as `auto` or `ray://host:10001`; None starts one on this machine. Every node needs
    the repository, the environment and the papers under the same paths."""

    @property
    def processes(self) -> int:
        return self.workers or len(os.sched_getaffinity(0))


def run(function: Callable[[Item], Result], items: Iterable[Item], config: EngineConfig) -> Iterator[Result]:
    """Maps a pure function over items and yields the results in their order, wherever they were computed."""
    if config.kind is EngineKind.local or (config.kind is EngineKind.pool and config.processes == 1):
        return map(function, items)
    return _pool(function, items, config) if config.kind is EngineKind.pool else _ray(function, items, config)


def _pool(function: Callable[[Item], Result], items: Iterable[Item], config: EngineConfig) -> Iterator[Result]:
    waiting = iter(items)
    under_way: deque[Future[Result]] = deque()
    # Not forked: threads of a library in the parent would leave its locks held in the child.
    with ProcessPoolExecutor(config.processes, get_context("forkserver")) as pool:
        try:
            for item in islice(waiting, AHEAD * config.processes):
                under_way.append(pool.submit(function, item))
            while under_way:
                yield under_way.popleft().result()
                for item in islice(waiting, 1):
                    under_way.append(pool.submit(function, item))
        finally:
            for future in under_way:
                future.cancel()


def _ray(function: Callable[[Item], Result], items: Iterable[Item], config: EngineConfig) -> Iterator[Result]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no reports home, and no waiting for them
    import ray  # seconds to import, and only this engine needs it

    started = not ray.is_initialized()
    if started:
        _start_ray(ray, config)
    try:
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        rows = ray.data.from_items([{"item": item} for item in items])
        for row in rows.map(lambda row: {"done": function(row["item"])}).iter_rows():
            yield row["done"]
    finally:
        if started:
            ray.shutdown()


def _start_ray(ray: Any, config: EngineConfig) -> None:
    if config.ray_address is not None:
        _check_answers(config.ray_address)
    settings: dict[str, Any] = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}
    if config.ray_address is None:
        settings["num_cpus"] = config.processes
    # Workers import our modules from the repository, wherever the command was started.
    settings["runtime_env"] = {"env_vars": {"PYTHONPATH": str(ROOT), "RAY_DATA_DISABLE_PROGRESS_BARS": "1"}}
    try:
        ray.init(address=config.ray_address or "local", **settings)
    except (ConnectionError, RuntimeError) as error:
        raise UserError(f"engine.ray_address={config.ray_address}: no Ray there ({error}); {REMEDY}") from error


def _check_answers(address: str) -> None:
    """Ray itself knocks for a quarter of an hour where nobody is."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not port.isdecimal():
        return  # `auto`: Ray looks for itself
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_S).close()
    except OSError as error:
        raise UserError(f"engine.ray_address={address}: no Ray there ({error}); {REMEDY}") from error
