"""What `recipes/<recipe>/eval.yaml` may say.

python -m eval recipes/demo/eval.yaml limit=20 models.sft=saves/demo/sft
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from builders.errors import UserError
from eval.tasks import TASKS

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class EvalConfig:
    """All paths are relative to the repository's root."""

    recipe: str
    data: str
    """The folder of evaluation sets, `data/<recipe>/eval`."""
    train_text: str
    """The text that the models were trained on (`cpt.jsonl`), for the unigram baseline."""
    models: dict[str, str]
    """Name to model folder, or to `http://host:port` (`#model` where it serves several), in order of training."""
    out: str
    """Where answers, results, logs and the report go, `runs/<recipe>`."""
    tasks: list[str] = field(default_factory=lambda: list(TASKS))
    training_logs: dict[str, str] = field(default_factory=dict)
    """Stage to LLaMA-Factory's `trainer_log.jsonl`, for the loss curves."""
    vllm_python: str = ".venv-vllm/bin/python"
    knowledge: str | None = None
    """The folder of the build whose graph `acquire_knowledge` asks; null: the one above `data`."""
    serve_args: list[str] = field(default_factory=list)
    """More arguments for `vllm serve`."""
    max_model_len: int | None = None
    """Tokens of prompt and answer together; null takes the model's own limit."""
    max_tokens: int = 128
    """Tokens an answer about a paper may have."""
    fact_max_tokens: int = 32
    """Tokens an answer that names one fact may have."""
    text_prefix_token: str | None = None
    """What stands before the first token of a held-out text; null takes the tokenizer's BOS, else its EOS, which
    differs between a base and a chat model."""
    concurrency: int = 32
    """Requests under way at once."""
    limit: int | None = None
    """At most so many documents, questions or pairs a task: the short form."""
    start_timeout_s: float = 900.0
    resamples: int = 2000
    """Bootstrap resamples behind an interval."""
    seed: int = 7
    fresh: bool = False
    """Score everything again, even what has not changed."""

    @property
    def graph(self) -> Path:
        """The folder that holds `graph.jsonl`."""
        return Path(self.knowledge) if self.knowledge else Path(self.data).parent


def check(config: EvalConfig) -> None:
    """Raises UserError for what can be seen to be wrong before anything is started."""
    if not config.models:
        raise UserError("models: none given; name at least one, as in models.base=saves/demo/base")
    for name, place in config.models.items():
        if not NAME.fullmatch(name):
            raise UserError(f"models.{name}: a name becomes a file name; use letters, digits, dot, dash, underscore")
        if not is_endpoint(place):
            _check_folder(name, Path(place), config.recipe)
    if unknown := [name for name in config.tasks if name not in TASKS]:
        raise UserError(f"tasks: unknown {', '.join(unknown)}; known are {', '.join(TASKS)}")
    for name in config.tasks:
        file = Path(config.data, TASKS[name].file)
        if not file.is_file():
            raise UserError(f"{file}: no such evaluation set; build it with `make data RECIPE={config.recipe}`")
    if "tools" in config.tasks and not (config.graph / "graph.jsonl").is_file():
        raise UserError(
            f"{config.graph}/graph.jsonl: no graph to ask; build it with `make data RECIPE={config.recipe}`"
        )


def is_endpoint(place: str) -> bool:
    """Whether a model is a server that is already running, not a folder."""
    return place.startswith(("http://", "https://"))


def _check_folder(name: str, folder: Path, recipe: str) -> None:
    if (folder / "adapter_config.json").is_file() and not (folder / "config.json").is_file():
        raise UserError(f"models.{name}: {folder} is a LoRA adapter; merge it with `make export RECIPE={recipe}`")
    if not (folder / "config.json").is_file():
        raise UserError(f"models.{name}: no model in {folder}; train it with `make cpt sft dpo RECIPE={recipe}`")
