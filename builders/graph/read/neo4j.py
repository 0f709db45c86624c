"""A Neo4j export (`apoc.export.json`, lines or array) in, a record for each relationship out.

{"type": "node", "id": "1", "labels": ["Herb"], "properties": {"name": "人参"}}
{"type": "relationship", "id": "0", "label": "归经", "start": {"id": "1"}, "end": {"id": "2"}}
->  Record(2, {"head": "人参", "relation": "归经", "tail": "脾经", "head_type": "Herb", ...})
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from builders.graph.read.record import Record, field_of, text_of
from builders.types import Dropped

NAME_KEYS = ("name", "名称", "title", "label", "preflabel", "value", "id")
"""The properties that may hold the name of a node, the first that is there."""
WHOLE = ("rels", "relationships")
"""Where an export as one object keeps its relationships, beside `nodes`."""


class _Node(NamedTuple):
    name: str | None
    kind: str | None


def is_export(item: Mapping[str, Any]) -> bool:
    """Whether an object is a node or a relationship of an export."""
    kind = item.get("type")
    return (kind == "node" and "id" in item) or (kind == "relationship" and "start" in item and "end" in item)


def lists_of(whole: Mapping[str, Any]) -> list[str]:
    """The keys of the nodes and of the relationships, where an object is an export as a whole; else nothing."""
    relationships = [key for key in WHOLE if isinstance(whole.get(key), list)][:1]
    return ["nodes", *relationships] if relationships and isinstance(whole.get("nodes"), list) else []


def typed(key: str, item: Any) -> Any:
    """An item of such a list as a line of an export would have it."""
    kind = {"nodes": "node", **dict.fromkeys(WHOLE, "relationship")}.get(key)
    return {"type": kind, **item} if kind and isinstance(item, dict) else item


def records(items: Iterable[tuple[int, Any]], path: Path) -> Iterator[Record | Dropped]:
    """The relationships as records; one that comes before its nodes waits for them until the end."""
    nodes: dict[str, _Node] = {}
    waiting: list[tuple[int, dict[str, Any]]] = []
    for line, item in items:
        if not isinstance(item, dict) or not is_export(item):
            detail = f"{str(item)[:60]!r} is neither a node nor a relationship of an export"
            yield Dropped("not_an_object", f"{path.name}:{line}", detail)
        elif item["type"] == "node":
            nodes[str(item["id"])] = _node(item)
        elif all(_known(item[end], nodes) for end in ("start", "end")):
            yield _relationship(line, item, nodes)
        else:
            waiting.append((line, item))
    for line, item in waiting:
        yield _relationship(line, item, nodes)


def _known(end: Any, nodes: Mapping[str, _Node]) -> bool:
    return isinstance(end, dict) and str(end.get("id")) in nodes


def _relationship(line: int, item: Mapping[str, Any], nodes: Mapping[str, _Node]) -> Record:
    """A record without the fields that the export does not tell: what is missing is found by whoever reads it."""
    cells: dict[str, str] = {}
    for field, end in (("head", item["start"]), ("tail", item["end"])):
        node = _end(end, nodes)
        if node.name is not None:
            cells[field] = node.name
        if node.kind is not None:
            cells[f"{field}_type"] = node.kind
    relation = text_of(item.get("label"))
    if relation is not None:
        cells["relation"] = relation
    for key, value in _properties(item).items():
        text = text_of(value)
        if field_of(key) == "source" and text is not None:
            cells["source"] = text
    return Record(line, cells)


def _end(end: Any, nodes: Mapping[str, _Node]) -> _Node:
    if not isinstance(end, dict):
        return _Node(None, None)
    known = nodes.get(str(end.get("id")))
    return known if known is not None else _node(end)


def _node(item: Mapping[str, Any]) -> _Node:
    properties = {key.casefold(): value for key, value in _properties(item).items()}
    names = (text_of(properties[key]) for key in NAME_KEYS if key in properties)
    labels = item.get("labels")
    kind = text_of(labels[0]) if isinstance(labels, list) and labels else None
    return _Node(next((name for name in names if name is not None), None), kind)


def _properties(item: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = item.get("properties")
    return properties if isinstance(properties, dict) else {}
