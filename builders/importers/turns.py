r"""The turns of somebody's dialogue in; turns as LLaMA-Factory takes them, or the reason why they cannot be, out.

A system message comes first if at all; then user (or observation) and assistant (or function call) take turns, and an
answer ends it. Neighbours of one role are joined, an answer before the first question goes; each mend is counted.

    in_order(Dialogue("sharegpt", (assistant("Hi!"), user("a"), user("b"), assistant("c"))), longest=20_000)
    ->  (user("a\n\nb"), assistant("c")), Counter(opening_answer=1, neighbours_joined=1)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from builders.importers.shapes import QUESTION, Dialogue, ShapeError
from builders.types import Message

Messages = tuple[Message, ...]

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]+")  # all but tab and line end
SURROGATE = re.compile(r"[\ud800-\udfff]")
ASKS = ("user", "observation")
BETWEEN = "\n\n"


def in_order(dialogue: Dialogue, longest: int) -> tuple[Messages, Counter[str]]:
    """Cleans and orders the turns.

    Raises:
        ShapeError: a turn is empty, too long or of broken characters, or the roles make no dialogue.
    """
    mends: Counter[str] = Counter()
    messages = [Message(message.role, _clean(message.content)) for message in dialogue.messages]
    if dialogue.format == QUESTION:
        _check_turns(messages, longest)
        return tuple(messages), mends
    system, turns = _system(messages)
    while turns and turns[0].role in ("assistant", "function_call"):
        turns = turns[1:]
        mends["opening_answer"] += 1
    joined = _joined(turns, mends)
    _check_turns(joined, longest)
    _check_roles(joined)
    _check_tools(joined, dialogue.tools)
    return (*system, *joined), mends


def _clean(text: str) -> str:
    return CONTROL.sub("", text.replace("\r\n", "\n")).strip()


def _system(messages: Sequence[Message]) -> tuple[Messages, list[Message]]:
    """The system messages at the start as one, and the rest."""
    first = next((place for place, message in enumerate(messages) if message.role != "system"), len(messages))
    said = BETWEEN.join(message.content for message in messages[:first] if message.content)
    return ((Message("system", said),) if said else ()), list(messages[first:])


def _joined(turns: Iterable[Message], mends: Counter[str]) -> list[Message]:
    """Neighbours of one role as one turn; a remark before a function call goes, as in LLaMA-Factory's own reading."""
    joined: list[Message] = []
    for turn in turns:
        last = joined[-1] if joined else None
        if last and last.role == turn.role:
            joined[-1] = Message(turn.role, _together(last, turn))
            mends["neighbours_joined"] += 1
        elif last and last.role == "assistant" and turn.role == "function_call":
            joined[-1] = turn
            mends["remark_before_call"] += 1
        else:
            joined.append(turn)
    return joined


def _together(first: Message, second: Message) -> str:
    if first.role != "function_call":
        return BETWEEN.join(part for part in (first.content, second.content) if part)
    calls = [call for message in (first, second) for call in _calls(message.content)]
    return orjson.dumps(calls).decode()


def _check_turns(turns: Sequence[Message], longest: int) -> None:
    for number, turn in enumerate(turns, 1):
        if not turn.content:
            raise ShapeError("empty_turn", f"turn {number} ({turn.role}) says nothing")
        if len(turn.content) > longest:
            said = f"turn {number} has {len(turn.content):,} characters; the limit is {longest:,} (`longest`)"
            raise ShapeError("too_long_turn", said)
        if SURROGATE.search(turn.content):
            raise ShapeError("broken_characters", f"turn {number} holds half of a character")


def _check_roles(turns: Sequence[Message]) -> None:
    if not turns:
        raise ShapeError("no_turns", "nobody asks and nobody answers")
    for number, turn in enumerate(turns):
        if turn.role == "system":
            raise ShapeError("system_not_first", f"turn {number + 1} is a system message in the middle")
        if (turn.role in ASKS) == (number % 2 == 1):
            raise ShapeError("broken_tool_turn", f"turn {number + 1} ({turn.role}) follows {turns[number - 1].role}")
        called = number > 0 and turns[number - 1].role == "function_call"
        if number and (turn.role == "observation") != called and turn.role in ASKS:
            raise ShapeError("broken_tool_turn", f"turn {number + 1} ({turn.role}) follows {turns[number - 1].role}")
    if turns[0].role == "observation":
        raise ShapeError("broken_tool_turn", "turn 1 is the result of no call")
    if turns[-1].role in ASKS:
        raise ShapeError("ends_with_user", f"the last turn ({turns[-1].role}) has no answer")


def _check_tools(turns: Sequence[Message], tools: str) -> None:
    """Every called function must be among the tools: a model learns to call what it was told of."""
    called = [call for turn in turns if turn.role == "function_call" for call in _calls(turn.content)]
    known = {_name(tool) for tool in orjson.loads(tools)} if tools else set()
    for call in called:
        if not isinstance(call, dict) or not isinstance(call.get("name"), str) or "arguments" not in call:
            raise ShapeError("broken_tool_turn", "a function call needs name and arguments")
        if call["name"] not in known:
            raise ShapeError("broken_tool_turn", f"{call['name'][:40]} is called and is not among the tools")


def _calls(content: str) -> list[Any]:
    try:
        parsed = orjson.loads(content)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise ShapeError("broken_tool_turn", f"a function call is not JSON ({error})") from error
    return parsed if isinstance(parsed, list) else [parsed]


def _name(tool: Any) -> str | None:
    """The name of a tool, written plainly or in OpenAI's form."""
    if not isinstance(tool, dict):
        return None
    inner = tool.get("function", tool)
    name = inner.get("name") if isinstance(inner, dict) else None
    return name if isinstance(name, str) else None
