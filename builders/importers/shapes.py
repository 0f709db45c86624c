"""One row of somebody's file in, its dialogue out, recognised by its keys alone.

    {"Question": q, "Complex_CoT": c, "Response": r}          cot          medical-o1-reasoning
    {"instruction": "<user>: q <bot>: a <user>: q2", "output": a2}  user_bot   dialogues of Huatuo's liver_cancer.json
    {"instruction": i, "input": x, "output": o, "system": s, "history": [[q, a], ...]}  alpaca  also Easy Dataset
    {"conversations": [{"from": "human", "value": q}, ...], "tools": "[...]"}     sharegpt
    {"messages": [{"role": "user", "content": q}, ...]}        messages     OpenAI; Easy Dataset, with `thinking`
    {"question": q, "answer": a, "cot": c}                     qa           Easy Dataset's own fields; prompt, response
    {"question": q}, "q"                                       question     without an answer

What Easy Dataset (1.7) writes was read off its export: Alpaca with the question in `instruction` or `input`, ShareGPT
under `messages`, `multilingual-thinking` with `thinking` in the turn, own fields with `label` and `chunk` beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from builders.types import Message

Row = Mapping[str, Any]

NAMES = {
    "问题": "question",
    "提问": "question",
    "答案": "answer",
    "回答": "answer",
    "思维链": "cot",
    "指令": "instruction",
    "输入": "input",
    "输出": "output",
}
THOUGHTS = ("cot", "complex_cot", "thinking", "reasoning", "think", "reasoning_content")
ROLES = {
    **dict.fromkeys(("user", "human", "prompter", "question"), "user"),
    **dict.fromkeys(("assistant", "gpt", "bot", "chatgpt", "model", "answer"), "assistant"),
    **dict.fromkeys(("system", "developer"), "system"),
    **dict.fromkeys(("function_call", "function-call", "tool_call"), "function_call"),
    **dict.fromkeys(("observation", "tool", "function", "ipython"), "observation"),
}
SPEAKER = re.compile(r"<(user|bot)>\s?[:：]\s?", re.IGNORECASE)
THOUGHT = re.compile(r"<think>(.*?)</think>", re.DOTALL)
QUESTION = "question"
LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What a row says; of the format `question` it ends with the user."""

    format: str
    messages: tuple[Message, ...]
    tools: str = ""
    """The functions that the assistant may call, as a JSON list."""


class ShapeError(Exception):
    """A row that gives no dialogue: the reason, and what is wrong in one line."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        self.detail = " ".join(detail.split())[:LONGEST_DETAIL]
        super().__init__(self.detail)


def shape(value: Any, rename: Mapping[str, str]) -> Dialogue:
    """Recognises a row; raises ShapeError where it is nothing known or its parts are no texts."""
    if isinstance(value, str):
        return Dialogue(QUESTION, (Message("user", value),))
    if isinstance(value, list):
        return _messages({"messages": value})
    if not isinstance(value, dict):
        raise ShapeError("not_an_object", f"{str(value)[:60]!r}; write an object with question and answer")
    row = {_name(str(key), rename): item for key, item in value.items()}
    for needed, read in READERS:
        if all(row.get(key) is not None for key in needed):
            return read(row)
    raise ShapeError("unknown_format", f"keys {', '.join(list(map(str, value))[:12])}; say in `rename` what they are")


def _name(key: str, rename: Mapping[str, str]) -> str:
    plain = key.strip()
    if plain in rename:
        return rename[plain]
    return NAMES[plain] if plain in NAMES else plain.casefold()


def answered(answer: str, thought: str | None) -> str:
    """An answer after its thoughts, in the one form that templates for thinking models read."""
    if thought and thought.strip():
        return f"<think>\n{thought.strip()}\n</think>\n\n{answer.strip()}"
    found = THOUGHT.match(answer.lstrip())
    return answered(answer.lstrip()[found.end() :], found[1]) if found and found[1].strip() else answer


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ShapeError("not_text", f"{key} is {type(value).__name__} instead of a text")
    return str(value)


def _thought(row: Row) -> str | None:
    return next((_text(row, key) for key in THOUGHTS if isinstance(row.get(key), str)), None)


def _preference(row: Row) -> Dialogue:
    raise ShapeError("preference_row", "chosen and rejected; preferences are not imported, keep the chosen as answer")


def _alpaca(row: Row) -> Dialogue:
    """Instruction and input as LLaMA-Factory joins them."""
    instruction = _text(row, "instruction")
    if SPEAKER.match(instruction.lstrip()):
        return _user_bot(row)
    question = "\n".join(part for part in (instruction, _text(row, "input")) if part.strip())
    asked = [*_history(row), Message("user", question)]
    answer = Message("assistant", answered(_text(row, "output"), _thought(row)))
    return Dialogue("alpaca", (*_system(row), *asked, answer))


def _history(row: Row) -> list[Message]:
    history = row.get("history") or []
    pairs = history if isinstance(history, list) else [None]
    turns: list[Message] = []
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(text, str) for text in pair):
            raise ShapeError("broken_history", f"{str(pair)[:60]!r}; write [[question, answer], ...]")
        turns += [Message("user", pair[0]), Message("assistant", answered(pair[1], None))]
    return turns


def _system(row: Row) -> tuple[Message, ...]:
    system = _text(row, "system")
    return (Message("system", system),) if system.strip() else ()


def _user_bot(row: Row) -> Dialogue:
    """`<user>: ... <bot>: ... <user>: ...` in the instruction, the last answer in the output."""
    _, *parts = SPEAKER.split(_text(row, "instruction").strip())
    names = ("user" if name.casefold() == "user" else "assistant" for name in parts[::2])
    turns = [_message(name, text) for name, text in zip(names, parts[1::2], strict=True)]
    return Dialogue("user_bot", (*_system(row), *turns, Message("assistant", _text(row, "output"))))


def _qa(question: str, answer: str, name: str) -> Callable[[Row], Dialogue]:
    def read(row: Row) -> Dialogue:
        asked = Message("user", _text(row, question))
        said = Message("assistant", answered(_text(row, answer), _thought(row)))
        return Dialogue(name, (*_system(row), asked, said))

    return read


def _question(row: Row) -> Dialogue:
    return Dialogue(QUESTION, (Message("user", _text(row, "question")),))


def _sharegpt(row: Row) -> Dialogue:
    return Dialogue("sharegpt", (*_system(row), *_turns(row["conversations"])), _tools(row))


def _messages(row: Row) -> Dialogue:
    return Dialogue("messages", (*_system(row), *_turns(row["messages"])), _tools(row))


def _turns(value: Any) -> list[Message]:
    """Turns as objects with role and content, or from and value; a cell of a table holds them as JSON."""
    turns = _parsed(value, "turns")
    if not isinstance(turns, list):
        raise ShapeError("broken_turns", f"turns are {type(turns).__name__} instead of a list")
    return [message for turn in turns for message in _turn(turn)]


def _turn(turn: Any) -> list[Message]:
    if not isinstance(turn, dict):
        raise ShapeError("broken_turns", f"a turn is {type(turn).__name__} instead of an object")
    name = turn.get("role", turn.get("from"))
    role = ROLES[name.casefold()] if isinstance(name, str) and name.casefold() in ROLES else None
    if role is None:
        raise ShapeError("unknown_role", f"role {str(name)[:40]!r}; known are {', '.join(ROLES)}")
    if calls := turn.get("tool_calls"):
        return [Message("function_call", _calls(calls))]
    text = _content(turn.get("content", turn.get("value")))
    if role == "system" and not text.strip():
        return []
    return [_message(role, answered(text, _thought(turn)) if role == "assistant" else text)]


def _message(role: str, text: str) -> Message:
    return Message(role, text)  # type: ignore[arg-type]


def _content(content: Any) -> str:
    """A text, or OpenAI's list of parts if all of them are texts."""
    if isinstance(content, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in content]
        if not all(isinstance(part, str) for part in parts):
            raise ShapeError("not_text", "a turn with a picture or another part that is no text")
        return "\n".join(map(str, parts))
    if content is None:
        return ""
    if not isinstance(content, str):
        raise ShapeError("not_text", f"a turn is {type(content).__name__} instead of a text")
    return content


def _calls(calls: Any) -> str:
    """OpenAI's tool calls as LLaMA-Factory writes them: name and arguments, several as a list."""
    made = []
    for call in calls if isinstance(calls, list) else [calls]:
        function = call.get("function") if isinstance(call, dict) else None
        if not isinstance(function, dict):
            raise ShapeError("broken_tool_turn", "a tool call without a function")
        arguments = _parsed(function.get("arguments", {}), "arguments")
        made.append({"name": function.get("name"), "arguments": arguments})
    return _written(made[0] if len(made) == 1 else made)


def _tools(row: Row) -> str:
    tools = row.get("tools")
    if not tools:
        return ""
    parsed = _parsed(tools, "tools")
    if not isinstance(parsed, list):
        raise ShapeError("broken_tool_turn", f"tools are {type(parsed).__name__} instead of a list")
    return _written(parsed)


def _written(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError as error:
        raise ShapeError("broken_tool_turn", f"cannot be written as JSON ({error})") from error


def _parsed(value: Any, what: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return orjson.loads(value)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise ShapeError("broken_turns", f"{what}: not JSON ({error})") from error


READERS: tuple[tuple[tuple[str, ...], Callable[[Row], Dialogue]], ...] = (
    (("chosen", "rejected"), _preference),
    (("question", "complex_cot", "response"), _qa("question", "response", "cot")),
    (("conversations",), _sharegpt),
    (("messages",), _messages),
    (("instruction", "output"), _alpaca),
    (("question", "answer"), _qa("question", "answer", "qa")),
    (("prompt", "response"), _qa("prompt", "response", "qa")),
    (("prompt", "completion"), _qa("prompt", "completion", "qa")),
    (("query", "response"), _qa("query", "response", "qa")),
    (("question",), _question),
)
"""The keys by which a row is recognised, the most telling first, and what reads it."""
