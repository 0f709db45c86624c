from __future__ import annotations

from typing import Any

import pytest

from builders.importers.shapes import Dialogue, ShapeError
from builders.importers.turns import in_order
from builders.types import Message

TOOLS = '[{"name":"f"},{"type":"function","function":{"name":"g"}}]'
CALL = '{"name":"f","arguments":{}}'


def dialogue(*turns: str, tools: str = "", kind: str = "sharegpt") -> Dialogue:
    """Turns as `u:text`, `a:`, `s:`, `c:` (function call), `o:` (observation)."""
    roles: dict[str, Any] = {"u": "user", "a": "assistant", "s": "system", "c": "function_call", "o": "observation"}
    return Dialogue(kind, tuple(Message(roles[turn[0]], turn[2:]) for turn in turns), tools)


@pytest.mark.parametrize(
    ("turns", "expected", "mends"),
    [
        (("u:q", "a:a"), ("u:q", "a:a"), {}),
        (("u: q\r\n\x00 ", "a:a\u200b"), ("u:q", "a:a"), {}),
        (("s:one", "s:two", "u:q", "a:a"), ("s:one\n\ntwo", "u:q", "a:a"), {}),
        (("a:Hello!", "u:q", "a:a"), ("u:q", "a:a"), {"opening_answer": 1}),
        (
            ("u:q", "u:and?", "a:a", "a:b", "a:c"),
            ("u:q\n\nand?", "a:a\n\nb\n\nc"),
            {"neighbours_joined": 3},
        ),
        (
            ("u:q", "a:one moment", f"c:{CALL}", "o:1", "a:a"),
            ("u:q", f"c:{CALL}", "o:1", "a:a"),
            {"remark_before_call": 1},
        ),
        (
            ("u:q", f"c:{CALL}", 'c:{"name":"g","arguments":{}}', "o:1", "o:2", "a:a"),
            ("u:q", f'c:[{CALL},{{"name":"g","arguments":{{}}}}]', "o:1\n\n2", "a:a"),
            {"neighbours_joined": 2},
        ),
        (("u:q", f"c:{CALL}"), ("u:q", f"c:{CALL}"), {}),
    ],
)
def test_turns_are_put_in_order(turns: tuple[str, ...], expected: tuple[str, ...], mends: dict[str, int]) -> None:
    messages, counted = in_order(dialogue(*turns, tools=TOOLS), longest=100)
    assert messages == dialogue(*expected).messages
    assert counted == mends


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ((), "no_turns"),
        (("a:alone",), "no_turns"),
        (("u:q", "a:a", "u:and?"), "ends_with_user"),
        (("u:q", "a: "), "empty_turn"),
        (("u:", "a:a"), "empty_turn"),
        (("u:q", "a:" + "x" * 101), "too_long_turn"),
        (("u:q", "a:\ud800"), "broken_characters"),
        (("u:q", "s:now be short", "a:a"), "system_not_first"),
        (("u:q", f"c:{CALL}", "o:1"), "ends_with_user"),
        (("u:q", f"c:{CALL}", "u:next", "a:a"), "broken_tool_turn"),
        (("u:q", f"c:{CALL}", "a:a"), "broken_tool_turn"),
        (("u:q", "a:a", "o:1", "a:b"), "broken_tool_turn"),
        (("o:1", "a:a"), "broken_tool_turn"),
        (("u:q", "c:f()"), "broken_tool_turn"),
        (("u:q", 'c:{"name":"f"}'), "broken_tool_turn"),
        (("u:q", 'c:{"name":"unknown","arguments":{}}'), "broken_tool_turn"),
    ],
)
def test_what_is_no_dialogue_says_why(turns: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ShapeError) as error:
        in_order(dialogue(*turns, tools=TOOLS), longest=100)
    assert error.value.reason == reason


def test_a_question_alone_stays_alone() -> None:
    assert in_order(dialogue("u: q ", kind="question"), 100)[0] == (Message("user", "q"),)
    with pytest.raises(ShapeError, match="turn 1"):
        in_order(dialogue("u: ", kind="question"), 100)
