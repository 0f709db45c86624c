"""What a model is told of the function, and what it answers with: schemas out, calls in the text of a model in.

schema("en")  ->  {"type": "function", "function": {"name": "acquire_knowledge", ...}}
read_call('<tool_call>{"name": "acquire_knowledge", "arguments": {"entity": "人参", ...}}</tool_call>')
->  Call("人参", "归经")
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

NAME = "acquire_knowledge"
PARAMETERS = ("entity", "attribute")
OPENS, CLOSES = "<tool_call>", "</tool_call>"
# Short on purpose: the schema stands in the prompt of every row.
DESCRIPTIONS = {
    "zh": {
        NAME: "在知识图谱中查询一个实体的一项属性，返回值和依据的三元组。",
        "entity": "实体名称，照用户的写法",
        "attribute": "属性名称；两步关系写作“A的B”",
    },
    "en": {
        NAME: "Look up one attribute of an entity in the knowledge graph; returns the values and their triples.",
        "entity": "the entity, as the user writes it",
        "attribute": 'the attribute; a chain of two is written "B of the A"',
    },
}


@dataclass(frozen=True, slots=True)
class Call:
    """The two parameters, filled."""

    entity: str
    attribute: str

    def json(self) -> str:
        """What a `function_call` turn holds."""
        arguments = {"entity": self.entity, "attribute": self.attribute}
        return json.dumps({"name": NAME, "arguments": arguments}, ensure_ascii=False)


def schema(language: str) -> dict[str, Any]:
    """The function in OpenAI's form, described in Chinese or in English."""
    told = DESCRIPTIONS[language]
    properties = {name: {"type": "string", "description": told[name]} for name in PARAMETERS}
    parameters = {"type": "object", "properties": properties, "required": list(PARAMETERS)}
    return {"type": "function", "function": {"name": NAME, "description": told[NAME], "parameters": parameters}}


def tools_text(language: str) -> str:
    """The `tools` column of a row: a JSON list with the one function."""
    return json.dumps([schema(language)], ensure_ascii=False)


def read_call(text: str) -> Call | None:
    """The first call in what a model said (Qwen's form); None where there is none, or it is no call of this function.

    Strict: both parameters and no other, both of them text that is not blank.
    """
    start = text.find(OPENS)
    if start < 0:
        return None
    body = text[start + len(OPENS) :].partition(CLOSES)[0]
    try:
        said = json.loads(body)
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("name") != NAME:
        return None
    return call_of(said.get("arguments"))


def call_of(arguments: object) -> Call | None:
    """Arguments that are already parsed, as a server's `tool_calls` hold them; None where they do not fit."""
    if not isinstance(arguments, dict) or set(arguments) != set(PARAMETERS):
        return None
    entity, attribute = arguments["entity"], arguments["attribute"]
    if not (isinstance(entity, str) and isinstance(attribute, str) and entity.strip() and attribute.strip()):
        return None
    return Call(entity, attribute)
