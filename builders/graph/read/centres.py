"""Records of one head with all that is said of it, as Huatuo's makers keep their graph; in, one record a fact out.

{"中心词": "偏头痛", "相关疾病": ["妊娠合并偏头痛"], "相关症状": ["头痛", "恶心"]}
->  Record(1, {"head": "偏头痛", "relation": "相关疾病", "tail": "妊娠合并偏头痛"}), ...
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builders.graph.read.record import Record, plain, text_of
from builders.types import Dropped

HEAD_KEYS = ("中心词", "中心实体", "实体", "词条", "名称", "center", "central_word", "entity", "name", "title")
TYPE_KEYS = ("类型", "实体类型", "type", "entity_type")


def head_of(item: dict[str, Any], head_key: str | None) -> str | None:
    """The key of the head: the one that the recipe names, a usual one, or the only one that holds no list."""
    if head_key is not None:
        return head_key if head_key in item else None
    lists = [key for key, value in item.items() if isinstance(value, list)]
    if not lists:
        # Without a list it could be anything; only a key that is used for nothing else tells.
        return next((key for key in item if plain(key) == HEAD_KEYS[0]), None)
    known = {plain(key): key for key, value in item.items() if text_of(value) is not None}
    usual = next((known[key] for key in HEAD_KEYS if key in known), None)
    return usual or (next(iter(known.values())) if len(known) == 1 else None)


def records(line: int, item: dict[str, Any], head: str, file: str) -> Iterator[Record | Dropped]:
    """One record a value; keys that begin with an underscore are the database's own."""
    known = {plain(key): key for key in item}
    kind_key = next((known[key] for key in TYPE_KEYS if key in known), None)
    kind = text_of(item[kind_key]) if kind_key else None
    fixed = {"head": text_of(item[head]) or ""} | ({"head_type": kind} if kind else {})
    for relation, value in item.items():
        if relation in (head, kind_key) or relation.startswith("_") or value is None:
            continue
        for tail in value if isinstance(value, list) else [value]:
            text = text_of(tail)
            if text is None:
                detail = f"{relation}: {str(tail)[:60]!r} is neither text nor number; write names there"
                yield Dropped("not_an_object", f"{file}:{line}", detail)
            else:
                yield Record(line, {**fixed, "relation": relation, "tail": text})
