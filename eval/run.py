"""The whole evaluation: a configuration in, answers and results a model on disk, a report out.

report = evaluate(config, Steps(Console()))      # runs/demo/report.json, report.md, report.html
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urldefrag

from builders.types import Dropped
from eval.ask import Advance, ask
from eval.baselines import baselines
from eval.client import Endpoint, connect, probe
from eval.config import EvalConfig, is_endpoint
from eval.harness import HARNESS_NAMES, run_harness
from eval.progress import Steps
from eval.results import Store, fingerprint, model_hash, record
from eval.server import serve
from eval.tasks import TASKS, Outcome, Row, Task, read
from eval.tools import TOOL_TASKS, tool_asker

LONG_ANSWERS = ("papers", "tools")


def evaluate(config: EvalConfig, steps: Steps) -> dict[str, Store]:
    """Scores what has not been scored yet; returns what is known of each model."""
    started = time.monotonic()
    stores = {}
    for name in config.models:
        stores[name] = Store(name, config)
        _score_model(name, stores[name], config, steps)
    steps.say(f"scored {len(stores)} models in {time.monotonic() - started:.0f} s")
    return stores


def known_baselines(config: EvalConfig, steps: Steps) -> dict[str, float]:
    with steps.step("baselines"):
        return baselines(config)


def _score_model(name: str, store: Store, config: EvalConfig, steps: Steps) -> None:
    weights = model_hash(config.models[name])
    prints = {task: fingerprint(name, task, weights, config) for task in config.tasks}
    stale = [task for task in config.tasks if not store.has(task, prints[task])]
    if not stale:
        steps.say(f"{name}: nothing changed, {len(prints)} tasks reused (fresh=true scores them again)")
        return
    started = time.monotonic()
    with _endpoint(name, config, steps) as endpoint:
        store.seconds_to_serve = round(time.monotonic() - started, 2)
        steps.say(f"{name}: served after {store.seconds_to_serve:.1f} s")
        for task in stale:
            begun = time.monotonic()
            outcomes, dropped = _score_task(TASKS[task], endpoint, name, config, steps)
            store.put(task, record(prints[task], time.monotonic() - begun, outcomes, dropped), outcomes)


@contextmanager
def _endpoint(name: str, config: EvalConfig, steps: Steps) -> Iterator[Endpoint]:
    place = config.models[name]
    if not is_endpoint(place):
        title = f"{name}: starting vLLM on {place}"
        with steps.waiting(title) as tell, serve(Path(place), name, config, tell) as found:
            yield found
        return
    url, model = urldefrag(place)
    yield asyncio.run(probe(url.rstrip("/").removesuffix("/v1"), model or None))


def _score_task(
    task: Task, endpoint: Endpoint, name: str, config: EvalConfig, steps: Steps
) -> tuple[list[Outcome], list[Dropped]]:
    rows, dropped = read(task, Path(config.data), config.limit, config.seed)
    if not rows:
        steps.say(f"{name}: {task.name}: no rows in {config.data}/{task.file}, nothing to score")
        return [], dropped
    title = f"{name}: {task.name}, {len(rows)} rows"
    if task.name in HARNESS_NAMES:
        with steps.step(title, unit="requests") as advance:
            outcomes, left_out = run_harness(task, rows, endpoint, config, advance)
        return outcomes, dropped + left_out
    with steps.step(title, total=len(rows)) as advance:
        outcomes, left_out = asyncio.run(_ask(task, rows, endpoint, config, advance))
    return outcomes, dropped + left_out


async def _ask(
    task: Task, rows: Sequence[Row], endpoint: Endpoint, config: EvalConfig, advance: Advance
) -> tuple[list[Outcome], list[Dropped]]:
    async with connect(endpoint, config.concurrency) as client:
        max_tokens = config.max_tokens if task.name in LONG_ANSWERS else config.fact_max_tokens
        asker = tool_asker(config) if task.name in TOOL_TASKS else None
        return await ask(task, rows, client, max_tokens, advance, asker)
