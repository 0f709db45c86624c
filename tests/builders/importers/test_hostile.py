"""Any JSON value as a row: a dialogue that LLaMA-Factory takes, or a reason; never another exception."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.importers.leaks import Leaks
from builders.importers.shapes import READERS, Dialogue, ShapeError, shape
from builders.importers.turns import ASKS, Messages, in_order

LEAKS = Leaks.load()
KEYS = [
    *sorted({key for needed, _ in READERS for key in needed}),
    *("role", "from", "content", "value", "tool_calls", "function", "name", "arguments", "tools", "system"),
    *("history", "input", "cot", "thinking"),
]
TEXTS = st.text(max_size=20) | st.sampled_from(
    [
        "user",
        "gpt",
        "function_call",
        "tool",
        "system",
        "<user>: a <bot>: b <user>: c",
        "<think>x</think>y",
        "[]",
        "[{}]",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | TEXTS
NAMES = st.sampled_from(KEYS) | st.text(max_size=4)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)


def read(value: Any) -> tuple[Dialogue | ShapeError, Messages]:
    try:
        found = shape(value, {})
        return found, in_order(found, longest=1000)[0]
    except ShapeError as error:
        return error, ()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(VALUES)
def test_any_value_is_a_dialogue_or_a_reason(value: Any) -> None:
    found, messages = read(value)
    if isinstance(found, ShapeError):
        assert found.reason.isidentifier()
        assert "\n" not in found.detail
        return
    turns = [message for message in messages if message.role != "system"]
    assert all(message.content for message in messages)
    if found.format != "question":
        assert [turn.role in ASKS for turn in turns] == [True, False] * (len(turns) // 2)
    for turn in turns:
        LEAKS.mend(turn.content, "answer")
