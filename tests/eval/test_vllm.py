"""The evaluation against the real thing: a tiny random Qwen2, served by vLLM, compared with plain transformers."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.ask import ask
from eval.client import Endpoint, connect
from eval.config import EvalConfig
from eval.harness import run_harness
from eval.measures import MEASURES, Draws, figure
from eval.server import serve
from eval.tasks import TASKS, Outcome
from tests.conftest import ROOT
from tests.tiny import make_tiny_model

pytestmark = pytest.mark.slow

PYTHON = ROOT / ".venv-vllm/bin/python"
TEXTS = [
    "The extracellular space of the brain is the narrow gap between its cells, filled with fluid. ",
    "细胞外间隙是神经细胞之间的狭窄空间，充满组织液；人参归脾、肺、心经。是，否。",
]
WINDOW = 510
"""Tokens that one request scores: 512, less the one before them and the one that is always generated."""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> EvalConfig:
    if not PYTHON.is_file():
        pytest.skip("vLLM is absent: no .venv-vllm, run `make setup-vllm`")
    folder = tmp_path_factory.mktemp("vllm")
    model = make_tiny_model(folder / "model", TEXTS)
    places = {"data": "", "train_text": "", "out": str(folder / "runs"), "vllm_python": str(PYTHON)}
    return EvalConfig(recipe="demo", models={"tiny": str(model)}, text_prefix_token="<|endoftext|>", **places)


@pytest.fixture(scope="module")
def endpoint(config: EvalConfig) -> Iterator[Endpoint]:
    seen: list[str] = []
    with serve(Path(config.models["tiny"]), "tiny", config, seen.append) as served:
        assert "Starting vLLM server" in Path(config.out, "logs/tiny.log").read_text(encoding="utf-8")
        assert seen
        yield served
    assert not [process for process in Path("/proc").glob("[0-9]*") if _serves(process, config)]


def _serves(process: Path, config: EvalConfig) -> bool:
    try:
        return f"serve {config.models['tiny']}".encode() in (process / "cmdline").read_bytes().replace(b"\0", b" ")
    except FileNotFoundError:
        return False  # it ended while we looked


class Reference:
    """The same model in transformers."""

    def __init__(self, folder: str) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModelForCausalLM.from_pretrained(folder)

    def logprobs(self, context: list[int], continuation: list[int]) -> list[float]:
        import torch

        ids = torch.tensor([context + continuation])
        with torch.no_grad():
            found = self._model(ids).logits[0].log_softmax(-1)
        first = len(context) - 1
        return [float(found[first + place, token]) for place, token in enumerate(continuation)]

    def chat_ids(self, question: str) -> list[int]:
        messages = [{"role": "user", "content": question}]
        ids: list[int] = self.tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
        return ids

    def text_ids(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer(text, add_special_tokens=False).input_ids
        return ids

    def rolling_bits(self, text: str) -> float:
        """Windows follow one another; the last reaches back as far as the context allows."""
        ids = [self.tokenizer.convert_tokens_to_ids("<|endoftext|>"), *self.text_ids(text)]
        total = 0.0
        for start in range(1, len(ids), WINDOW):
            end = min(start + WINDOW, len(ids))
            total += sum(self.logprobs(ids[max(0, end - WINDOW - 1) : start], ids[start:end]))
        return -total / math.log(2)


@pytest.fixture(scope="module")
def reference(config: EvalConfig) -> Reference:
    return Reference(config.models["tiny"])


def asked(task: str, endpoint: Endpoint, *rows: dict[str, Any]) -> list[Outcome]:
    async def run() -> list[Outcome]:
        async with connect(endpoint, concurrency=4) as client:
            outcomes, dropped = await ask(TASKS[task], rows, client, 16, lambda _: None)
            assert dropped == []
            return outcomes

    return asyncio.run(run())


def test_bits_per_byte_are_those_of_transformers(endpoint: Endpoint, config: EvalConfig, reference: Reference) -> None:
    texts = {"short": TEXTS[0], "long": TEXTS[1] * 30, "mixed": (TEXTS[0] + TEXTS[1]) * 40}
    rows = [{"id": name, "document": name, "language": "en", "text": text} for name, text in texts.items()]
    assert len(reference.text_ids(texts["mixed"])) > 2 * WINDOW
    outcomes, _ = run_harness(TASKS["bits_per_byte"], rows, endpoint, config, lambda _: None)
    assert [one.values["bytes"] for one in outcomes] == [len(text.encode()) for text in texts.values()]
    for one in outcomes:
        assert one.values["bits"] == pytest.approx(reference.rolling_bits(texts[one.id]), rel=1e-4)
    bits, size = (sum(one.values[name] for one in outcomes) for name in ("bits", "bytes"))
    expected = sum(map(reference.rolling_bits, texts.values())) / size
    assert figure(MEASURES["bits_per_byte"], outcomes, Draws(50, 7))["value"] == pytest.approx(expected, abs=1e-3)
    assert bits / size == pytest.approx(expected, abs=1e-3)


def test_choices_are_those_of_transformers(endpoint: Endpoint, config: EvalConfig, reference: Reference) -> None:
    choices = ["脾", "the narrow gap", "心经", "fluid"]
    rows = [
        {"id": question, "language": "zh", "question": question, "choices": choices, "answer": 2}
        for question in ("人参归经？", "What is it?", "细胞外间隙？")
    ]
    long = rows[0] | {"id": "long", "question": "人参" * 300}
    done: list[int] = []
    outcomes, dropped = run_harness(TASKS["kg_choice"], [*rows, long], endpoint, config, done.append)
    assert [one.place for one in dropped] == ["kg_choice.jsonl long"]
    for one in outcomes:
        prompt = reference.chat_ids(one.question)
        totals = [sum(reference.logprobs(prompt, reference.text_ids(choice))) for choice in choices]
        assert one.answer == choices[totals.index(max(totals))]
        assert one.values["right"] == float(one.answer == "心经")
    assert sum(done) == len(rows) * len(choices)


def test_margins_are_those_of_transformers(endpoint: Endpoint, reference: Reference) -> None:
    own = {"language": "zh", "op": "AS", "origin": "graph", "pair": "p"}
    logic = [own | {"id": word, "question": f"{word}？", "answer": "是", "other": "否"} for word in ("人参", "间隙")]
    rejected = {"id": "a", "question": "人参？", "chosen": "是，人参归脾。", "rejected": "否，人参归心经。"}

    def total(question: str, answer: str) -> float:
        return sum(reference.logprobs(reference.chat_ids(question), reference.text_ids(answer)))

    for one in asked("dual_logic", endpoint, *logic):
        margin = total(one.question, "是") - total(one.question, "否")
        assert one.values["margin"] == pytest.approx(margin, abs=1e-3)
        assert one.values["right"] == float(margin > 0)
    (preferred,) = asked("preference", endpoint, own | rejected)
    margin = total("人参？", rejected["chosen"]) - total("人参？", rejected["rejected"])
    assert preferred.values["margin"] == pytest.approx(margin, abs=1e-3)


def test_answers_are_greedy(endpoint: Endpoint) -> None:
    row = {
        "id": "a",
        "language": "en",
        "question": "What is it?",
        "answer": "x",
        "relation": "r",
        "fact": "h\tr",
        "tail": "x",
    }
    first, second = (asked("kg_recall", endpoint, row)[0].answer for _ in range(2))
    assert first == second != ""
