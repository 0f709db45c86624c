"""What is known already: outcomes kept a task and model, with a fingerprint of all they depend on.

runs/demo/answers/sft/kg_recall.jsonl      one Outcome a line, to be read by a person
runs/demo/results/sft.json                 {"model": "saves/demo/sft", "tasks": {"kg_recall": {...}}, ...}
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builders.errors import UserError
from builders.jsonl import read_rows, write_json, write_rows
from builders.types import Dropped
from eval.config import EvalConfig, is_endpoint
from eval.tasks import TASKS, Outcome

MODEL_FILES = (
    "*.safetensors",
    "config.json",
    "generation_config.json",
    "tokenizer*",
    "vocab.json",
    "merges.txt",
    "chat_template*",
    "special_tokens_map.json",
    "added_tokens.json",
)
CODE = ("ask.py", "client.py", "harness.py", "scorers.py", "tasks.py", "tools.py", "lm_eval_tasks/*.yaml")


@dataclass(frozen=True, slots=True)
class Record:
    """What `results/<model>.json` says of one task."""

    fingerprint: str
    seconds: float
    answered: int
    dropped: list[dict[str, Any]]


class Store:
    """The results of one model on disk."""

    def __init__(self, name: str, config: EvalConfig) -> None:
        self._file = Path(config.out, "results", f"{name}.json")
        self._answers = Path(config.out, "answers", name)
        self._place = config.models[name]
        self.seconds_to_serve = 0.0
        self.records: dict[str, Record] = {}
        if self._file.is_file() and not config.fresh and not is_endpoint(self._place):
            self._load()

    def _load(self) -> None:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self.seconds_to_serve = float(kept["seconds_to_serve"])
            self.records = {task: Record(**record) for task, record in kept["tasks"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"{self._file}: not a result of ours ({error}); delete it or pass fresh=true") from error

    def has(self, task: str, fingerprint: str) -> bool:
        record = self.records.get(task)
        return record is not None and record.fingerprint == fingerprint and self._path(task).is_file()

    def put(self, task: str, record: Record, outcomes: list[Outcome]) -> None:
        """Answers first, the record after: a run killed between the two asks again."""
        write_rows(self._path(task), outcomes)
        self.records[task] = record
        self.save()

    def save(self) -> None:
        tasks = {task: asdict(record) for task, record in self.records.items()}
        write_json(self._file, {"model": self._place, "seconds_to_serve": self.seconds_to_serve, "tasks": tasks})

    def outcomes(self, task: str) -> list[Outcome]:
        return [Outcome(**row) for row in read_rows(self._path(task))]

    def _path(self, task: str) -> Path:
        return self._answers / f"{task}.jsonl"


def record(fingerprint: str, seconds: float, outcomes: list[Outcome], dropped: list[Dropped]) -> Record:
    return Record(fingerprint, round(seconds, 2), len(outcomes), [asdict(one) for one in dropped])


def fingerprint(name: str, task: str, model_hash: str, config: EvalConfig) -> str:
    """Of the model, the evaluation set, the settings that reach the scores, and the code that makes them."""
    tokens = [config.max_model_len, config.max_tokens, config.fact_max_tokens, config.text_prefix_token]
    parts = [
        name,
        task,
        model_hash,
        file_hash([Path(config.data, TASKS[task].file), *([config.graph / "graph.jsonl"] if task == "tools" else [])]),
        json.dumps([*tokens, config.limit, config.seed, *config.serve_args]),
        file_hash(_code()),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def model_hash(place: str) -> str:
    """Of weights, configuration and tokenizer; an endpoint has none that we can see."""
    if is_endpoint(place):
        return place
    folder = Path(place)
    return file_hash(sorted({path for pattern in MODEL_FILES for path in folder.glob(pattern)}))


def file_hash(paths: list[Path]) -> str:
    """SHA-256 over names and contents, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        with path.open("rb") as content:
            total.update(f"{path.name}\t{hashlib.file_digest(content, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()


def _code() -> list[Path]:
    here = Path(__file__).parent
    return sorted(path for pattern in CODE for path in here.glob(pattern))
