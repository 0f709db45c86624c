"""Both 7B recipes from build to a served answer: the sample's papers and triples, two steps a stage, a tiny Qwen2."""

from __future__ import annotations

import asyncio
import json
import math
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.config_file import load
from builders.jsonl import read_rows
from eval.client import Endpoint, connect
from eval.config import EvalConfig
from eval.server import serve
from tests.conftest import ROOT
from tests.plugins.rows import run, train
from tests.plugins.stages import COMMAND, SHORT, TINY, assert_exported, first_loss, passed

pytestmark = pytest.mark.slow

LORA, FULL = "qwen2.5-7b-lora", "qwen2.5-7b-full"
SMALL = ("parse.workers=2", "graph.questions.exposures=2", "graph.pairs=20")
ON_CPU = ("bf16=false", "report_to=none", "plot_loss=false", "preprocessing_num_workers=1")
QUICK = ("learning_rate=1e-2", "eval_steps=2")
VLLM = ROOT / ".venv-vllm/bin/python"
ANSWER = 16

# Runs stages and the export one after the other in one process: loading the libraries costs more than two steps.
SEVERAL = """
import json, sys
from omegaconf import OmegaConf
from plugins.train.__main__ import main
*stages, export = json.loads(sys.argv[1])
for stage in stages:
    assert main(stage) == 0, stage
from llamafactory.train.tuner import export_model
export_model(OmegaConf.to_container(OmegaConf.merge(OmegaConf.load(export[0]), OmegaConf.from_cli(export[1:]))))
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the root after `make data base pack` of both recipes; the PDFs are parsed once."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("recipes", "samples"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "dataset_info.json", folder)
    build(folder, LORA)
    shutil.copytree(folder / "data" / LORA / "parsed", folder / "data" / FULL / "parsed")
    build(folder, FULL)
    make_base(folder)
    for recipe in (LORA, FULL):
        passed(run(folder, "-m", "builders.pack", f"recipes/{recipe}/build.yaml", "pack.tokenizer=saves/tiny/base"))
    return folder


def build(lab: Path, recipe: str) -> None:
    passed(run(lab, "-m", "builders", f"recipes/{recipe}/build.yaml", *SMALL))


def make_base(lab: Path) -> None:
    """A Qwen2 whose heads are the smallest that vLLM serves and whose context is the recipes' own."""
    from plugins.train.base.config import BaseConfig, ModelShape
    from plugins.train.base.prepare import prepare

    names = (
        *("cpt.jsonl", "sft_graph.jsonl", "sft_papers.jsonl", "sft_paper_tasks.jsonl", "sft_logic.jsonl"),
        "dpo.jsonl",
    )
    texts = [str(lab / "data" / LORA / name) for name in names]
    shape = ModelShape(
        hidden_size=64, intermediate_size=128, layers=2, heads=2, key_value_heads=1, max_position_embeddings=4096
    )
    prepare(BaseConfig(out=str(lab / "saves/tiny/base"), tokenizer_texts=texts, shape=shape))


@pytest.fixture(scope="module")
def lora(lab: Path) -> Path:
    """Three adapters, each trained on the merged ones before, and what they were merged into."""
    short = [TINY, *SHORT, *ON_CPU, *QUICK]
    stages = [[f"recipes/{LORA}/{stage}.yaml", *short] for stage in ("cpt", "sft", "dpo")]
    export = [f"recipes/{LORA}/export.yaml", TINY, "infer_dtype=float32"]
    passed(run(lab, "-c", SEVERAL, json.dumps([*stages, export])))
    return lab / "saves" / LORA


@pytest.fixture(scope="module")
def full(lab: Path) -> Path:
    """Three trainings of all parameters under ZeRO-3, each from the one before, and the export of the last."""
    saves = lab / "saves" / FULL
    for stage in ("cpt", "sft", "dpo"):
        start = (TINY,) if stage == "cpt" else ()
        # Two ranks, DeepSpeed and the same loss as one process are shown by test_zero3.py; one rank is quicker here.
        passed(train(lab, f"{FULL}/{stage}.yaml", *start, *SHORT, *ON_CPU, *QUICK, NPROC_PER_NODE="1"))
        assert (saves / stage / "partition_rank0.json").is_file()
    passed(run(lab, COMMAND, "export", f"recipes/{FULL}/export.yaml", "infer_dtype=float32"))
    return saves


def test_the_build_has_rows_for_every_stage(lab: Path) -> None:
    for recipe in (LORA, FULL):
        data = lab / "data" / recipe
        assert {row["task"].split(".")[0] for row in read_rows(data / "sft_graph.jsonl")} == {"graph"}
        for name in ("sft_papers", "sft_paper_tasks", "sft_logic", "dpo"):
            assert len(list(read_rows(data / f"{name}.jsonl"))) > 10
        packed = json.loads((data / "cpt_packed.json").read_bytes())
        assert packed["train"]["rows"] > 2
        assert packed["validation"]["rows"] > 0


def test_the_lora_recipe_runs_to_an_exported_model(lab: Path, lora: Path) -> None:
    assert first_loss(lora / "dpo") == pytest.approx(math.log(2), rel=0.01)
    assert_exported(lora / "export")
    assert_sum_of_adapters(lab / "saves/tiny/base", [lora / stage for stage in ("cpt", "sft", "dpo")], lora)


def assert_sum_of_adapters(base: Path, adapters: list[Path], saves: Path) -> None:
    """The exported weights are those of the base and of every adapter, each with its own scale."""
    import torch
    from safetensors.torch import load_file

    exported, expected = load_file(saves / "export/model.safetensors"), load_file(base / "model.safetensors")
    name = "model.layers.0.mlp.up_proj"
    for adapter in adapters:
        config = json.loads((adapter / "adapter_config.json").read_bytes())
        weights = load_file(adapter / "adapter_model.safetensors")
        down, up = (weights[f"base_model.model.{name}.lora_{side}.weight"] for side in "AB")
        scale = config["lora_alpha"] / (math.sqrt(config["r"]) if config["use_rslora"] else config["r"])
        change = scale * up @ down
        assert change.abs().max() > 1e-4
        expected[f"{name}.weight"] += change
    torch.testing.assert_close(exported[f"{name}.weight"], expected[f"{name}.weight"], rtol=0, atol=1e-6)


def test_the_full_recipe_runs_under_zero_3_to_an_exported_model(lab: Path, full: Path) -> None:
    assert first_loss(full / "dpo") == pytest.approx(math.log(2), rel=0.01)
    assert_exported(full / "export")
    folders = (lab / "saves/tiny/base", full / "cpt", full / "sft", full / "dpo", full / "export")
    *trained, exported = (up_projection(folder) for folder in folders)
    assert all(float((after - before).abs().max()) > 1e-4 for before, after in pairwise(trained))
    assert exported.equal(trained[-1])


def up_projection(folder: Path) -> Any:
    from safetensors.torch import load_file

    return load_file(folder / "model.safetensors")["model.layers.0.mlp.up_proj.weight"].float()


@pytest.mark.parametrize(("recipe", "saves"), [(LORA, "lora"), (FULL, "full")])
def test_the_exported_model_answers(recipe: str, saves: str, lab: Path, request: pytest.FixtureRequest) -> None:
    """vLLM cuts a trained question as the training did; answer and numbers are those of the exported weights."""
    if not VLLM.is_file():
        pytest.skip("vLLM is absent: no .venv-vllm, run `make setup-vllm`")
    exported = request.getfixturevalue(saves) / "export"
    places = [f"out={lab / 'runs' / recipe}", f"vllm_python={VLLM}"]
    config = load(EvalConfig, lab / "recipes" / recipe / "eval.yaml", places)
    assert lab / config.models["dpo"] == exported
    row = next(iter(read_rows(lab / "data" / recipe / "sft_graph.jsonl")))
    prompt, answer = trained_tokens(exported, lab / "recipes" / recipe / "sft.yaml", row)
    with_call = next(
        one for one in read_rows(lab / "data" / recipe / "sft_tools.jsonl") if len(one["conversations"]) == 4
    )
    with serve(exported, "dpo", config, lambda _: None) as endpoint:
        assert endpoint.max_model_len == 4096
        asked_as, said, logprobs = asyncio.run(served(endpoint, row["instruction"], prompt, answer))
        asked_with_call = asyncio.run(served_call(endpoint, with_call))
    assert asked_as == prompt
    assert asked_with_call == trained_call(exported, with_call)
    expected, expected_logprobs = by_transformers(exported, prompt, answer)
    assert said == expected != ""
    assert logprobs == pytest.approx(expected_logprobs, abs=1e-3)


def trained_tokens(folder: Path, recipe: Path, row: dict[str, Any]) -> tuple[list[int], list[int]]:
    """A row's prompt and answer, by LLaMA-Factory with the template of the recipe."""
    from llamafactory.data.template import TEMPLATES
    from transformers import AutoTokenizer

    template = TEMPLATES[yaml.safe_load(recipe.read_text(encoding="utf-8"))["template"]]
    turns = [{"role": "user", "content": row["instruction"]}, {"role": "assistant", "content": row["output"]}]
    prompt, answer = template.encode_oneturn(AutoTokenizer.from_pretrained(folder), turns)
    return prompt, answer


async def served(
    endpoint: Endpoint, question: str, prompt: list[int], answer: list[int]
) -> tuple[list[int], str, list[float]]:
    """By the server: the tokens of a question, what it answers, and how likely it holds another answer."""
    async with connect(endpoint, concurrency=1) as client:
        said = await client.chat(question, ANSWER)
        return await client.chat_ids(question), said, await client.logprobs(prompt, answer)


def trained_call(folder: Path, row: dict[str, Any]) -> list[int]:
    """A row with a call and its result, up to where the answer begins, as LLaMA-Factory trains it."""
    from llamafactory.data.template import TEMPLATES
    from transformers import AutoTokenizer

    roles = {"human": "user", "function_call": "function", "observation": "observation", "gpt": "assistant"}
    turns = [{"role": roles[turn["from"]], "content": turn["value"]} for turn in row["conversations"]]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    (asked, call), (result, _) = TEMPLATES["qwen3_nothink"].encode_multiturn(tokenizer, turns, "", row["tools"])
    return [*asked, *call, *result]


async def served_call(endpoint: Endpoint, row: dict[str, Any]) -> list[int]:
    """The same as the evaluation puts it to the server."""
    question, call, result, _ = (turn["value"] for turn in row["conversations"])
    function = json.loads(call)
    function["arguments"] = json.dumps(function["arguments"])
    calls = [{"id": "call_0", "type": "function", "function": function}]
    messages: list[dict[str, Any]] = [{"role": "user", "content": question}]
    messages.append({"role": "assistant", "content": None, "tool_calls": calls})
    messages.append({"role": "tool", "tool_call_id": "call_0", "content": result})
    async with connect(endpoint, concurrency=1) as client:
        return await client.dialogue_ids(messages, json.loads(row["tools"]))


def by_transformers(folder: Path, prompt: list[int], answer: list[int]) -> tuple[str, list[float]]:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folder)
    said = model.generate(torch.tensor([prompt]), max_new_tokens=ANSWER, do_sample=False)[0, len(prompt) :]
    with torch.no_grad():
        found = model(torch.tensor([prompt + answer])).logits[0].log_softmax(-1)
    logprobs = [float(found[len(prompt) - 1 + place, token]) for place, token in enumerate(answer)]
    return str(AutoTokenizer.from_pretrained(folder).decode(said, skip_special_tokens=True)), logprobs
