"""What LLaMA-Factory trains and what a server renders from the tokenizer's chat template are the same tokens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer, PreTrainedTokenizerBase

pytestmark = pytest.mark.slow

Messages = list[dict[str, Any]]

TURNS: Messages = [
    {"role": "user", "content": "什么是脑细胞外间隙（ECS）？"},
    {"role": "assistant", "content": "细胞之间的空间。\n\n- 约占脑体积的 20 %\n```py\nx = 1\n```"},
    {"role": "user", "content": "  And its tortuosity\n"},
    {"role": "assistant", "content": "About 1.6. "},
]
TOOL = {
    "name": "acquire_knowledge",
    "description": "查询“知识”, 'quoted' <b>",
    "parameters": {"type": "object", "properties": {"entity": {"type": "string"}}, "required": ["entity"]},
}
CALL = {"name": "acquire_knowledge", "arguments": {"entity": "黄芪", "limit": 2}}
FOUND = '{"黄芪": ["补气"]}'


@pytest.fixture(scope="module")
def tokenizer(workspace: Path) -> PreTrainedTokenizerBase:
    """The tokenizer of the tiny base model."""
    return AutoTokenizer.from_pretrained(workspace / "saves/tiny/base")


def trained(tokenizer: PreTrainedTokenizerBase, messages: Messages, system: str = "", tools: str = "") -> list[int]:
    from llamafactory.data.template import TEMPLATES

    pairs = TEMPLATES["qwen3_nothink"].encode_multiturn(tokenizer, messages, system, tools)
    return [token for pair in pairs for side in pair for token in side]


def served(tokenizer: PreTrainedTokenizerBase, messages: Messages, **options: Any) -> list[int]:
    tokens = tokenizer.apply_chat_template(messages, tokenize=True, return_dict=False, **options)
    assert isinstance(tokens, list)
    return tokens


def test_a_dialogue(tokenizer: PreTrainedTokenizerBase) -> None:
    assert served(tokenizer, TURNS) == trained(tokenizer, TURNS)


def test_a_dialogue_with_a_system_prompt(tokenizer: PreTrainedTokenizerBase) -> None:
    with_system = [{"role": "system", "content": "You answer 简短."}, *TURNS]
    assert served(tokenizer, with_system) == trained(tokenizer, TURNS, system="You answer 简短.")


def test_the_prompt_alone_is_what_stands_before_the_answer(tokenizer: PreTrainedTokenizerBase) -> None:
    from llamafactory.data.template import TEMPLATES

    prompt, answer = TEMPLATES["qwen3_nothink"].encode_oneturn(tokenizer, TURNS)
    assert served(tokenizer, TURNS[:-1], add_generation_prompt=True) == prompt
    assert tokenizer.decode(answer) == "About 1.6. <|im_end|>\n"


def test_no_system_prompt_is_added(tokenizer: PreTrainedTokenizerBase) -> None:
    text = tokenizer.decode(served(tokenizer, TURNS[:1], add_generation_prompt=True))
    assert text == "<|im_start|>user\n什么是脑细胞外间隙（ECS）？<|im_end|>\n<|im_start|>assistant\n"


@pytest.mark.parametrize("system", ["", "Use the graph."])
def test_a_tool_call(tokenizer: PreTrainedTokenizerBase, system: str) -> None:
    question, answer = {"role": "user", "content": "黄芪？"}, {"role": "assistant", "content": "补气。"}
    calls = {"role": "function", "content": json.dumps([CALL, CALL], ensure_ascii=False)}
    row = [question, calls, {"role": "observation", "content": FOUND}, answer]
    asked = {"role": "assistant", "content": None, "tool_calls": [{"type": "function", "function": CALL}] * 2}
    messages = [question, asked, {"role": "tool", "content": FOUND}, answer]
    if system:
        messages.insert(0, {"role": "system", "content": system})
    expected = trained(tokenizer, row, system=system, tools=json.dumps([TOOL], ensure_ascii=False))
    for tools in ([TOOL], [{"type": "function", "function": TOOL}]):
        assert served(tokenizer, messages, tools=tools) == expected
