from __future__ import annotations

from typing import Any

import pytest

from builders.importers.shapes import ShapeError, shape
from builders.types import Message

CALL = '{"name":"look_up","arguments":{"herb":"人参"}}'


def said(*turns: tuple[str, str]) -> tuple[Message, ...]:
    return tuple(Message(role, text) for role, text in turns)  # type: ignore[arg-type]


GOLDEN: list[tuple[str, Any, str, tuple[Message, ...]]] = [
    (
        "Alpaca",
        {"instruction": "翻译", "input": "water", "output": "水", "system": "", "history": []},
        "alpaca",
        said(("user", "翻译\nwater"), ("assistant", "水")),
    ),
    (
        "Alpaca with system and history",
        {"instruction": "And?", "input": "", "output": "c", "system": "Be short.", "history": [["a?", "b"]]},
        "alpaca",
        said(("system", "Be short."), ("user", "a?"), ("assistant", "b"), ("user", "And?"), ("assistant", "c")),
    ),
    (
        "Easy Dataset, Alpaca with the question as input and thoughts",
        {"instruction": "", "input": "什么是AQP4？", "output": "<think>先想。</think>\n水通道。", "system": ""},
        "alpaca",
        said(("user", "什么是AQP4？"), ("assistant", "<think>\n先想。\n</think>\n\n水通道。")),
    ),
    (
        "Easy Dataset, ShareGPT",
        {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"},
                      {"role": "assistant", "content": "a"}]},
        "messages",
        said(("system", "s"), ("user", "q"), ("assistant", "a")),
    ),
    (
        "Easy Dataset, multilingual thinking",
        {"reasoning_language": "English", "developer": "", "user": "q", "analysis": "c", "final": "a",
         "messages": [{"content": "", "role": "system", "thinking": None},
                      {"content": "q", "role": "user", "thinking": None},
                      {"content": "a", "role": "assistant", "thinking": "c"}]},
        "messages",
        said(("user", "q"), ("assistant", "<think>\nc\n</think>\n\na")),
    ),
    (
        "Easy Dataset, its own fields",
        {"question": "q", "answer": "a", "cot": "c", "label": "1.1", "chunk": "text"},
        "qa",
        said(("user", "q"), ("assistant", "<think>\nc\n</think>\n\na")),
    ),
    (
        "Easy Dataset, a dataset as its database has it",
        {"id": "x", "question": "q", "answer": "a", "cot": "", "questionLabel": "1", "chunkName": "n"},
        "qa",
        said(("user", "q"), ("assistant", "a")),
    ),
    (
        "medical-o1-reasoning",
        {"Question": "q", "Complex_CoT": "c", "Response": "a"},
        "cot",
        said(("user", "q"), ("assistant", "<think>\nc\n</think>\n\na")),
    ),
    (
        "user and bot",
        {"instruction": " <user>: 一？ <bot>: 甲。 <user>: 二？", "output": "乙。", "id": 3, "input": ""},
        "user_bot",
        said(("user", "一？ "), ("assistant", "甲。 "), ("user", "二？"), ("assistant", "乙。")),
    ),
    (
        "ShareGPT",
        {"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]},
        "sharegpt",
        said(("user", "q"), ("assistant", "a")),
    ),
    (
        "ShareGPT in a cell of a table",
        {"messages": '[{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]'},
        "messages",
        said(("user", "q"), ("assistant", "a")),
    ),
    (
        "OpenAI with a list of parts and a function call",
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "q"}]},
                      {"role": "assistant", "content": None, "tool_calls": [
                          {"id": "1", "type": "function",
                           "function": {"name": "look_up", "arguments": '{"herb": "人参"}'}}]},
                      {"role": "tool", "tool_call_id": "1", "content": "补气"},
                      {"role": "assistant", "content": "a"}],
         "tools": [{"type": "function", "function": {"name": "look_up"}}]},
        "messages",
        said(("user", "q"), ("function_call", CALL), ("observation", "补气"), ("assistant", "a")),
    ),
    ("A list of turns", [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}], "messages",
     said(("user", "q"), ("assistant", "a"))),
    ("prompt and completion", {"prompt": "q", "completion": "a"}, "qa", said(("user", "q"), ("assistant", "a"))),
    ("Chinese keys", {"问题": "q", "答案": "a", "思维链": "c"}, "qa",
     said(("user", "q"), ("assistant", "<think>\nc\n</think>\n\na"))),
    ("renamed keys", {"frage": "q", "antwort": "a"}, "qa", said(("user", "q"), ("assistant", "a"))),
    ("a question", {"question": "q"}, "question", said(("user", "q"))),
    ("a text", "q", "question", said(("user", "q"))),
]  # fmt: skip


@pytest.mark.parametrize(("value", "kind", "messages"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN])
def test_every_format_is_recognised_by_its_keys(value: Any, kind: str, messages: tuple[Message, ...]) -> None:
    found = shape(value, {"frage": "question", "antwort": "answer"})
    assert (found.format, found.messages) == (kind, messages)


def test_tools_are_kept_as_a_json_list() -> None:
    turns = [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]
    for tools in ('[{"name": "f"}]', [{"name": "f"}]):
        assert shape({"conversations": turns, "tools": tools}, {}).tools == '[{"name":"f"}]'
    assert shape({"conversations": turns, "tools": ""}, {}).tools == ""


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (7, "not_an_object"),
        ({"text": "only a text"}, "unknown_format"),
        ({"instruction": "q", "chosen": "a", "rejected": "b"}, "preference_row"),
        ({"instruction": {"deep": 1}, "output": "a"}, "not_text"),
        ({"question": "q", "answer": ["a"]}, "not_text"),
        ({"instruction": "q", "output": "a", "history": [["only a question"]]}, "broken_history"),
        ({"instruction": "q", "output": "a", "history": "text"}, "broken_history"),
        ({"conversations": "no JSON"}, "broken_turns"),
        ({"conversations": {"from": "human"}}, "broken_turns"),
        ({"conversations": ["text"]}, "broken_turns"),
        ({"conversations": [{"from": "narrator", "value": "q"}]}, "unknown_role"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]}, "not_text"),
        ({"messages": [{"role": "assistant", "tool_calls": [{"id": 1}]}]}, "broken_tool_turn"),
        ({"messages": [{"role": "user", "content": "q"}], "tools": "{}"}, "broken_tool_turn"),
    ],
)
def test_what_gives_no_dialogue_says_why(value: Any, reason: str) -> None:
    with pytest.raises(ShapeError) as error:
        shape(value, {})
    assert error.value.reason == reason
    assert error.value.detail
    assert "\n" not in error.value.detail
