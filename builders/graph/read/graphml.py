"""A GraphML file in, a record for each edge out.

<node id="a"><data key="name">人参</data></node> ... <edge source="a" target="b"><data key="label">归经</data></edge>
->  Record(1, {"head": "人参", "relation": "归经", "tail": "脾经", ...}, "edge")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import networkx as nx
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from networkx.readwrite.graphml import GraphMLReader

from builders.errors import UserError
from builders.graph.read.record import Record, field_of, plain, text_of
from builders.types import Dropped

NAME_KEYS = ("name", "名称", "label", "title", "value")
TYPE_KEYS = ("type", "类型", "labels", "kind", "category")
RELATION_KEYS = ("relation", "label", "type", "name", "predicate", "关系")
GRAPH = f"{{{GraphMLReader.NS_GRAPHML}}}graph"
EDGE = f"{{{GraphMLReader.NS_GRAPHML}}}edge"


def records(raw: bytes, path: Path) -> Iterator[Record | Dropped]:
    """The edges as records, in the order of the file, numbered from 1.

    Raises:
        UserError: no XML, no GraphML, or it declares a document type or entities, which GraphML never needs.
    """
    for graph in _graphs(raw, path):
        edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: int(edge[2]))
        for head, tail, number, values in edges:
            yield Record(int(number), _cells(graph.nodes, head, tail, values), "edge")


def _graphs(raw: bytes, path: Path) -> list[Any]:
    try:
        root = ElementTree.fromstring(raw, forbid_dtd=True)
        reader = GraphMLReader(force_multigraph=True)
        keys, defaults = reader.find_graphml_keys(root)
        _prepare(root)
        return [reader.make_graph(element, keys, defaults) for element in root.findall(GRAPH)]
    except DefusedXmlException as error:
        raise UserError(
            f"{path}: declares a document type or XML entities, which are not read; take them out"
        ) from error
    except (ParseError, nx.NetworkXError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        told = " ".join(str(error).split())[:120] or type(error).__name__
        raise UserError(f"{path}: no readable GraphML ({told}); export the graph anew") from error


def _prepare(root: Element) -> None:
    """Numbers the edges; source and target are meant, also where a careless export calls the graph undirected."""
    for graph in root.iter(GRAPH):
        graph.set("edgedefault", "directed")
    for number, edge in enumerate(root.iter(EDGE), 1):
        edge.set("id", str(number))
        edge.attrib.pop("directed", None)


def _cells(nodes: Mapping[str, Mapping[str, Any]], head: str, tail: str, values: Mapping[str, Any]) -> dict[str, str]:
    cells = {"head": _first(nodes[head], NAME_KEYS) or head, "tail": _first(nodes[tail], NAME_KEYS) or tail}
    found = {
        "head_type": _type(nodes[head]),
        "tail_type": _type(nodes[tail]),
        "relation": _first(values, RELATION_KEYS),
        "source": next((text_of(value) for key, value in values.items() if field_of(key) == "source"), None),
    }
    return cells | {field: text for field, text in found.items() if text}


def _type(node: Mapping[str, Any]) -> str | None:
    """Its type; Neo4j's export writes the labels of a node as `:Herb:Entity`."""
    kind = _first(node, TYPE_KEYS)
    return kind.strip(":").split(":")[0] if kind else None


def _first(values: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    known = {plain(str(key)): value for key, value in values.items()}
    texts = (text_of(known[key]) for key in keys if key in known)
    return next((text for text in texts if text), None)
