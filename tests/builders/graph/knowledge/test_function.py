from __future__ import annotations

import json

import pytest

from builders.graph.knowledge.function import Call, call_of, read_call, schema, tools_text


def test_the_schema_is_openais_and_asks_for_both_parameters() -> None:
    for language in ("zh", "en"):
        function = schema(language)["function"]
        assert schema(language)["type"] == "function"
        assert function["name"] == "acquire_knowledge"
        assert (
            function["parameters"]["required"] == ["entity", "attribute"] == list(function["parameters"]["properties"])
        )
        assert json.loads(tools_text(language)) == [schema(language)]
    assert schema("zh")["function"]["description"].startswith("在知识图谱中查询")
    assert schema("en")["function"]["description"].startswith("Look up one attribute")


def test_a_call_is_read_back_from_what_a_model_says() -> None:
    call = Call('细胞"外"间隙', "English abbreviation")
    assert read_call(f"<tool_call>\n{call.json()}\n</tool_call>") == call
    assert read_call(f"Let me look.\n<tool_call>{call.json()}</tool_call><tool_call>x</tool_call>") == call
    assert read_call(f"<tool_call>{call.json()}") == call


@pytest.mark.parametrize(
    "said",
    [
        "人参归脾经。",
        "<tool_call></tool_call>",
        "<tool_call>{}</tool_call>",
        "<tool_call>[1]</tool_call>",
        '<tool_call>{"name": "other", "arguments": {"entity": "a", "attribute": "b"}}</tool_call>',
        '<tool_call>{"name": "acquire_knowledge"}</tool_call>',
        '<tool_call>{"name": "acquire_knowledge", "arguments": {"entity": "a"}}</tool_call>',
        '<tool_call>{"name": "acquire_knowledge", "arguments": {"entity": "a", "attribute": 1}}</tool_call>',
        '<tool_call>{"name": "acquire_knowledge", "arguments": {"entity": " ", "attribute": "b"}}</tool_call>',
        '<tool_call>{"name": "acquire_knowledge", "arguments": {"entity": "a", "attribute": "b", "c": 1}}</tool_call>',
        "<tool_call>" + "[" * 100_000,
    ],
)
def test_what_is_no_call_of_this_function_is_none(said: str) -> None:
    assert read_call(said) is None


def test_arguments_that_a_server_has_parsed() -> None:
    assert call_of({"entity": "a", "attribute": "b"}) == Call("a", "b")
    assert call_of("a") is None
