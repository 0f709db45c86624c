"""Knowledge tuning put to a served model: a question and a function in, the call, its result and the answer scored.

The model fills the parameters, the function is really called with what it filled, and the model answers from what came
back. Scored are the three steps (entity, attribute, retrieval) and whether the answer tells what should be found.

    score(row, "<tool_call>...</tool_call>", knowledge)
    ->  {"called": 1.0, "entity": 1.0, "attribute": 1.0, "retrieval": 1.0, "right": 1.0}
"""

from __future__ import annotations

import json

from builders.graph.knowledge.function import NAME, OPENS, Call, read_call
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.knowledge.store import load
from eval.ask import Asker
from eval.client import Client
from eval.config import EvalConfig
from eval.scorers import exact_match, normalise
from eval.tasks import Outcome, Row, Task, outcome

TOOL_TASKS = ("tools", "tools_direct")


def tool_asker(config: EvalConfig) -> Asker:
    """The asker of both tasks, with the graph of the build to ask.

    Raises:
        UserError: the build left no graph.
    """
    knowledge = load(config.graph)

    async def ask_with_tools(task: Task, row: Row, client: Client, max_tokens: int) -> Outcome:
        messages = [{"role": "user", "content": row["question"]}]
        said = await client.complete(await client.dialogue_ids(messages, json.loads(row["tools"])), max_tokens)
        if task.name == "tools_direct":
            return outcome(task, row, {"right": float(OPENS not in said)}, expected="", answer=said)
        values = score(row, said, knowledge)
        call = read_call(said)
        if call is not None and row["values"]:
            said = await _answered(row, call, knowledge, client, max_tokens)
        if row["values"]:
            values["answer"] = float(call is not None and tells(row["values"], said))
        shown = said if call is None else f"{call.json()} {said}"
        return outcome(task, row, values, expected=Call(row["entity"], row["attribute"]).json(), answer=shown)

    return ask_with_tools


def score(row: Row, said: str, knowledge: Knowledge) -> dict[str, float]:
    """What a call is worth. Without a readable call all is wrong.

    The entity is right by the name that the question uses or by the graph's own; retrieval, if the call gives the
    same entity and values as the right one, however it was written.
    """
    call = read_call(said)
    names = ("called", "entity", "attribute", "retrieval", "right")
    if call is None:
        return dict.fromkeys(names, 0.0)
    found = knowledge.acquire_knowledge(call.entity, call.attribute)
    entity = any(exact_match(name, call.entity) for name in (row["entity"], row["name"]))
    attribute = exact_match(row["attribute"], call.attribute)
    retrieved = found.entity == row["name"] and set(found.values) == set(row["values"])
    # An empty result says nothing of the attribute: a wrong one is as empty.
    retrieved = retrieved and (bool(row["values"]) or attribute)
    return dict(zip(names, map(float, (True, entity, attribute, retrieved, retrieved)), strict=True))


def tells(values: list[str], answer: str) -> bool:
    """Whether an answer names every value."""
    said = normalise(answer)
    return all(normalise(value) in said for value in values)


async def _answered(row: Row, call: Call, knowledge: Knowledge, client: Client, max_tokens: int) -> str:
    """What the model says when it has got the result of its own call."""
    function = {"name": NAME, "arguments": json.dumps({"entity": call.entity, "attribute": call.attribute})}
    calls = [{"id": "call_0", "type": "function", "function": function}]
    messages = [
        {"role": "user", "content": row["question"]},
        {"role": "assistant", "content": None, "tool_calls": calls},
        {
            "role": "tool",
            "tool_call_id": "call_0",
            "content": knowledge.acquire_knowledge(call.entity, call.attribute).json(),
        },
    ]
    return await client.complete(await client.dialogue_ids(messages, json.loads(row["tools"])), max_tokens)
