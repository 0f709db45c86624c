"""Samples in, LLaMA-Factory rows out: the only file that knows its column names (besides `dataset_info.json`).

alpaca(ChatSample(...))      ->  {"id": ..., "task": ..., "instruction": ..., "input": "", "output": ...}
sharegpt(ChatSample(...))    ->  {"id": ..., "task": ..., "conversations": [{"from": "human", "value": ...}, ...]}
tools(ChatSample(...))       ->  the same with "function_call" and "observation" turns, and {"tools": "[{...}]"}
preference(Preference...)    ->  {"id": ..., "task": ..., "instruction": ..., "chosen": ..., "rejected": ...}
feedback(Feedback...)        ->  {"id": ..., "task": ..., "instruction": ..., "output": ..., "kto_tag": true}
text(TextSample(...))        ->  {"id": ..., "task": ..., "text": ...}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from builders.types import ChatSample, FeedbackSample, PreferenceSample, Sample, TextSample

Row = dict[str, Any]

SPEAKERS = {
    "system": "system",
    "user": "human",
    "assistant": "gpt",
    "function_call": "function_call",
    "observation": "observation",
}


def text(sample: TextSample) -> Row:
    return {"id": sample.id, "task": sample.task, "text": sample.text}


def alpaca(sample: ChatSample) -> Row:
    """A dialogue of one question and one answer."""
    question, answer = sample.messages
    return {
        "id": sample.id,
        "task": sample.task,
        "instruction": question.content,
        "input": "",
        "output": answer.content,
    }


def sharegpt(sample: ChatSample) -> Row:
    """A dialogue of any number of turns."""
    turns = [{"from": SPEAKERS[message.role], "value": message.content} for message in sample.messages]
    return {"id": sample.id, "task": sample.task, "conversations": turns}


def tools(sample: ChatSample) -> Row:
    """A dialogue in which functions may be called; every row has the column, else the loader sees two types."""
    return {**sharegpt(sample), "tools": sample.tools or ""}


def preference(sample: PreferenceSample) -> Row:
    """One question with a better and a worse answer."""
    (question,) = sample.messages
    return {
        "id": sample.id,
        "task": sample.task,
        "instruction": question.content,
        "input": "",
        "chosen": sample.chosen,
        "rejected": sample.rejected,
    }


def feedback(sample: FeedbackSample) -> Row:
    """One question with an answer that is wanted or not."""
    (question,) = sample.messages
    return {
        "id": sample.id,
        "task": sample.task,
        "instruction": question.content,
        "input": "",
        "output": sample.answer,
        "kto_tag": sample.wanted,
    }


FORMATS: dict[str, Callable[[Any], Row]] = {
    "text": text,
    "alpaca": alpaca,
    "sharegpt": sharegpt,
    "tools": tools,
    "preference": preference,
    "feedback": feedback,
}


def whole(row: Callable[[Any], Row], sample: Sample) -> Row:
    """A row with its sources in one, for the way from a map to the file."""
    return {"row": row(sample), "sources": sample.sources}
