"""The tasks that lm-evaluation-harness scores: rows in, outcomes out, over its client for a served model.

    run_harness(TASKS["bits_per_byte"], rows, endpoint, config, advance=bar)

The tasks are the YAML files of `eval/lm_eval_tasks`; here they get the rows of the recipe and a client that counts.
"""

from __future__ import annotations

import asyncio
import logging
import math
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp
from yaml import safe_load

from builders.errors import UserError
from builders.jsonl import write_rows
from builders.types import Dropped
from eval.ask import Advance
from eval.client import Endpoint, connect
from eval.config import EvalConfig
from eval.tasks import Outcome, Row, Task, outcome

YAMLS = Path(__file__).with_name("lm_eval_tasks")
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TQDM_DISABLE": "1"}
HARNESS_NAMES = {"bits_per_byte": "heldout_text", "kg_choice": "kg_choice"}


def run_harness(
    task: Task, rows: Sequence[Row], endpoint: Endpoint, config: EvalConfig, advance: Advance
) -> tuple[list[Outcome], list[Dropped]]:
    """Scores the rows of one task; `advance` counts requests, of which a row needs one or several."""
    for name, value in OFFLINE.items():
        os.environ.setdefault(name, value)
    logging.getLogger("lm_eval").setLevel(logging.ERROR)
    try:
        model = _served_model(endpoint, config, advance)
    except RuntimeError as error:
        remedy = "start it with --enable-tokenizer-info-endpoint"
        raise UserError(f"{endpoint.base_url}: keeps its tokenizer to itself ({error}); {remedy}") from error
    texts = [str(row["text" if "text" in row else "question"]) for row in rows[:3]]
    asyncio.run(_check_tokenizer(model, endpoint, texts))
    chat = "choices" in task.fields  # running text is cut into windows, a question must fit
    dropped = {row["id"]: fault for row in rows if chat and (fault := _too_long(model, task, row))}
    asked = [row for row in rows if row["id"] not in dropped]
    try:
        with tempfile.TemporaryDirectory() as folder:
            samples = _evaluate(model, HARNESS_NAMES[task.name], asked, Path(folder), chat) if asked else []
    except aiohttp.ClientError as error:
        raise UserError(f"{endpoint.base_url}: lm_eval got no answer for {task.name} ({error})") from error
    by_id = {sample["doc"]["id"]: sample for sample in samples}
    return [READERS[task.name](task, row, by_id[row["id"]]) for row in asked], list(dropped.values())


def _evaluate(model: Any, name: str, rows: Sequence[Row], folder: Path, chat: bool) -> list[dict[str, Any]]:
    from lm_eval.evaluator import simple_evaluate
    from lm_eval.tasks import TaskManager

    file = folder / "rows.jsonl"
    write_rows(file, rows)
    yaml = (YAMLS / f"{name}.yaml").read_text(encoding="utf-8")
    source = {"data_files": {"test": str(file)}, "cache_dir": str(folder / "cache")}
    results = simple_evaluate(
        model,
        tasks=[safe_load(yaml) | {"dataset_kwargs": source}],
        task_manager=TaskManager(include_defaults=False),
        apply_chat_template=chat,
        bootstrap_iters=0,
    )
    samples: list[dict[str, Any]] = results["samples"][name]
    return samples


def _served_model(endpoint: Endpoint, config: EvalConfig, advance: Advance) -> Any:
    from lm_eval.models.openai_completions import LocalCompletionsAPI

    class Counted(LocalCompletionsAPI):  # type: ignore[misc]
        """lm_eval's own client, which says when a request is answered instead of drawing bars of its own."""

        async def amodel_call(self, *args: Any, **kwargs: Any) -> Any:
            answer = await super().amodel_call(*args, **kwargs)
            advance(1)
            return answer

        def loglikelihood(self, requests: Any, **_: Any) -> Any:
            return super().loglikelihood(requests, disable_tqdm=True)

        def loglikelihood_rolling(self, requests: Any, **_: Any) -> Any:
            return super().loglikelihood_rolling(requests, disable_tqdm=True)

        def apply_chat_template(self, chat_history: Any, add_generation_prompt: bool = True) -> Any:
            if endpoint.tokenizer is None:  # lm_eval 0.4.13 passes the turns on as they are, and then fails on them
                return self.tokenizer.apply_chat_template(chat_history, add_generation_prompt)
            return super().apply_chat_template(chat_history, add_generation_prompt)

    model = Counted(
        model=endpoint.model,
        base_url=f"{endpoint.base_url}/v1/completions",
        tokenizer_backend="remote" if endpoint.tokenizer is None else "huggingface",
        tokenizer=endpoint.tokenizer,
        num_concurrent=max(2, config.concurrency),  # with one it takes another path, which does not count
        max_length=endpoint.max_model_len,
    )
    if config.text_prefix_token is not None:
        model.custom_prefix_token_id = _prefix_id(model.tok_encode(config.text_prefix_token), config)
    return model


async def _check_tokenizer(model: Any, endpoint: Endpoint, texts: list[str]) -> None:
    """lm_eval cuts the text into tokens itself: with another version of the tokenizer the scores would be wrong."""
    async with connect(endpoint, concurrency=1) as client:
        for text in texts:
            if model.tok_encode(text) != await client.text_ids(text):
                raise UserError(
                    f"{endpoint.tokenizer}: the server cuts {text[:40]!r} into other tokens than transformers here; "
                    "save the tokenizer as the class its model type names (Qwen2Tokenizer for qwen2)"
                )


def _too_long(model: Any, task: Task, row: Row) -> Dropped | None:
    """lm_eval would cut the beginning of the prompt off without a word."""
    prompt = model.apply_chat_template([{"role": "user", "content": row["question"]}])
    length = len(model.tok_encode(prompt)) + max(len(model.tok_encode(choice)) for choice in row["choices"])
    if length <= model.max_length:
        return None
    detail = f"{length} tokens of prompt and answer, {model.max_length} at most; raise max_model_len"
    return Dropped("too_long", f"{task.file} {row['id']}", detail)


def _prefix_id(ids: list[int], config: EvalConfig) -> int:
    if len(ids) != 1:
        raise UserError(f"text_prefix_token: {config.text_prefix_token} is {len(ids)} tokens; name one special token")
    return ids[0]


def _read_text(task: Task, row: Row, sample: dict[str, Any]) -> Outcome:
    loglikelihood, size = sample["bits_per_byte"]
    return outcome(task, row, {"bits": -float(loglikelihood) / math.log(2), "bytes": float(size)})


def _read_choice(task: Task, row: Row, sample: dict[str, Any]) -> Outcome:
    likelihoods = [float(response[0]) for response in sample["filtered_resps"]]
    said = row["choices"][likelihoods.index(max(likelihoods))]
    values = {"right": float(sample["acc"]), "right_per_character": float(sample["acc_norm"])}
    return outcome(task, row, values, expected=row["choices"][row["answer"]], answer=said)


READERS: dict[str, Callable[[Task, Row, dict[str, Any]], Outcome]] = {
    "bits_per_byte": _read_text,
    "kg_choice": _read_choice,
}
