"""Small rows in the formats of a build, and a folder that looks like the root of the repository to a training."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builders.graph.knowledge.function import Call, tools_text
from tests.conftest import ROOT

RECIPES = ("demo", "qwen2.5-7b-lora", "qwen2.5-7b-full")
HERBS = ("黄芪", "当归", "人参", "川芎", "丹参", "甘草", "半夏", "茯苓")
TEXTS = {"cpt": "cpt.jsonl", "heldout": "eval/heldout_text.jsonl"}
BLOCK = 64

Row = dict[str, Any]


def cpt_row(n: int) -> Row:
    text = f"脑细胞外间隙第{n}段：组织液在其中流动。 Paragraph {n}: the extracellular space is wide."
    return {"id": f"c{n}", "task": "paper.text", "text": text}


def heldout_row(n: int) -> Row:
    return {"id": f"h{n}", "language": "en", "document": "sha:0", "text": f"Held-out {n}: interstitial fluid moves."}


def graph_row(n: int) -> Row:
    question = f"请问，{HERBS[n % len(HERBS)]}{n}的性味是什么？"
    return {"id": f"g{n}", "task": "graph.forward", "instruction": question, "input": "", "output": f"甘，微温（{n}）"}


def task_row(n: int) -> Row:
    answer = f"<think>\n第1步：方{n} —君药→ 黄芪\n</think>\n\n方{n}的君药的性是微温。"
    return {"id": f"t{n}", "task": "graph.path", "instruction": f"方{n}的君药的性是？", "input": "", "output": answer}


def papers_row(n: int) -> Row:
    turns = [("human", f"What did study {n} ask?"), ("gpt", f"How fast tracer {n} moves."), ("human", "结论是什么？")]
    turns.append(("gpt", f"扩散受阻，曲折度约为1.{n}。"))
    conversations = [{"from": who, "value": text} for who, text in turns]
    return {"id": f"p{n}", "task": "paper.turns", "conversations": conversations}


def paper_task_row(n: int) -> Row:
    question = f'Paper: "Study {n}"\nHow is "tortuosity {n}" defined?'
    answer = f"The square root of the ratio of two coefficients ({n})."
    return {"id": f"t{n}", "task": "paper_tasks.definition", "instruction": question, "input": "", "output": answer}


def logic_row(n: int) -> Row:
    answer = f"是，黄芪{n}补气。" if n % 2 else f"否，黄芪{n}补气。"
    return {"id": f"l{n}", "task": "logic.as", "instruction": f"黄芪{n}补气，对吗？", "input": "", "output": answer}


def imported_row(n: int) -> Row:
    """Every third calls a function; the others have no tools."""
    asked, answer = ("human", f"黄芪{n}的产地是哪里？"), ("gpt", f"黄芪{n}产于山西。")
    call = ("function_call", json.dumps({"name": "look_up", "arguments": {"herb": f"黄芪{n}"}}, ensure_ascii=False))
    turns = [asked, call, ("observation", "山西"), answer] if n % 3 == 0 else [asked, answer]
    tools = json.dumps([{"name": "look_up", "parameters": {}}]) if n % 3 == 0 else ""
    conversations = [{"from": who, "value": text} for who, text in turns]
    return {"id": f"i{n}", "task": "import.sharegpt", "conversations": conversations, "tools": tools}


def dpo_row(n: int) -> Row:
    answers = {"chosen": f"是，黄芪{n}补气。", "rejected": f"否，黄芪{n}不补气。"}
    return {"id": f"d{n}", "task": "logic.as", "instruction": f"黄芪{n}补气，对吗？", "input": "", **answers}


def tools_row(n: int) -> Row:
    """Every fourth one needs no call."""
    call = Call(f"{HERBS[n % len(HERBS)]}{n}", "性味")
    result = json.dumps({"entity": call.entity, "values": ["甘"]}, ensure_ascii=False)
    turns = [("human", f"{call.entity}的性味是什么？"), ("function_call", call.json()), ("observation", result)]
    turns.append(("gpt", f"{call.entity}的性味是甘。"))
    if n % 4 == 3:
        turns = [("human", f"你好{n}"), ("gpt", "您好！")]
    conversations = [{"from": who, "value": text} for who, text in turns]
    return {"id": f"t{n}", "task": "tools.plain", "conversations": conversations, "tools": tools_text("zh")}


def kto_row(n: int) -> Row:
    answer = {"output": f"黄芪{n}补气。", "kto_tag": n % 2 == 0}
    return {"id": f"k{n}", "task": "feedback.fact", "instruction": f"黄芪{n}有何功效？", "input": "", **answer}


MAKERS = {
    "cpt.jsonl": cpt_row,
    "eval/heldout_text.jsonl": heldout_row,
    "sft_graph.jsonl": graph_row,
    "sft_graph_tasks.jsonl": task_row,
    "sft_papers.jsonl": papers_row,
    "sft_dialogues.jsonl": papers_row,
    "sft_paper_tasks.jsonl": paper_task_row,
    "sft_logic.jsonl": logic_row,
    "sft_imported.jsonl": imported_row,
    "dpo.jsonl": dpo_row,
    "sft_logic_papers.jsonl": logic_row,
    "dpo_papers.jsonl": dpo_row,
    "kto.jsonl": kto_row,
    **dict.fromkeys(("sft_tools.jsonl", *(f"sft_tools_{count}.jsonl" for count in (100, 200, 800))), tools_row),
}


def write_rows(file: Path, rows: Iterator[Row]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_datasets(folder: Path, count: int) -> None:
    """Every file of a build that a training reads, but for the packed text, which needs a tokenizer."""
    for name, make in MAKERS.items():
        write_rows(folder / name, (make(n) for n in range(count)))


def pack(folder: Path, model: Path) -> None:
    """Writes `cpt_packed`: the texts of a folder as rows of one length, separated, train and validation."""
    from datasets import Dataset, DatasetDict
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model)
    parts = {}
    for part, name in {"train": "cpt.jsonl", "validation": "eval/heldout_text.jsonl"}.items():
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
        ids = [token for text in texts for token in [*tokenizer(text)["input_ids"], tokenizer.eos_token_id]]
        rows = [ids[start : start + BLOCK] for start in range(0, len(ids) - BLOCK + 1, BLOCK)]
        masks = [[1] * BLOCK for _ in rows]
        parts[part] = Dataset.from_dict({"input_ids": rows, "attention_mask": masks, "labels": rows})
    DatasetDict(parts).save_to_disk(folder / "cpt_packed")


def make_workspace(folder: Path, count: int = 24) -> Path:
    """Recipes, registry, datasets of every recipe, and a tiny base model in `saves/tiny/base`."""
    from plugins.train.base.config import BaseConfig, ModelShape
    from plugins.train.base.prepare import prepare

    shutil.copytree(ROOT / "recipes", folder / "recipes")
    shutil.copy(ROOT / "dataset_info.json", folder)
    first = folder / "data" / RECIPES[0]
    write_datasets(first, count)
    texts = [str(first / name) for name in MAKERS]
    shape = ModelShape(hidden_size=64, intermediate_size=128, layers=2, heads=2, key_value_heads=1)
    model = prepare(BaseConfig(out=str(folder / "saves/tiny/base"), tokenizer_texts=texts, shape=shape))
    pack(first, model)
    for recipe in RECIPES[1:]:
        shutil.copytree(first, folder / "data" / recipe)
    return folder


def run(workspace: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `python <command>` in a workspace, as a user would in the repository's root."""
    inherited = {key: value for key, value in os.environ.items() if key not in ("LOCAL_RANK", "FORCE_TORCHRUN")}
    fixed = {"PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "PASSIVE", "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
    cache = {"HF_HOME": str(workspace / "cache"), "TORCH_EXTENSIONS_DIR": str(ROOT / ".cache/torch_extensions")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=workspace,
        env={**inherited, **fixed, **cache, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def train(workspace: Path, recipe: str, *overrides: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(workspace, "-m", "plugins.train", f"recipes/{recipe}", *overrides, **environment)


def logged(folder: Path) -> list[Row]:
    """What the trainer logged."""
    return [json.loads(line) for line in (folder / "trainer_log.jsonl").read_text(encoding="utf-8").splitlines()]
