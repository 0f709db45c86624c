"""What every reader gives: records by field name with their place, and the names by which fields are known.

{"subject": "人参", "predicate": "归经", "object": "脾"}
->  Record(3, {"head": "人参", "relation": "归经", "tail": "脾"})
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builders.types import Dropped

NAMES = {
    "head": "head node_1 subject head_entity entity1 h from start 头实体 实体1 主语 主体 头节点",
    "relation": "relation predicate rel r edge relation_type property 关系 关系类型 谓语 谓词 属性",
    "tail": "tail node_2 object tail_entity entity2 t to end 尾实体 实体2 宾语 客体 尾节点",
    "head_type": "head_type subject_type node_1_type 头实体类型 头类型 主语类型",
    "tail_type": "tail_type object_type node_2_type 尾实体类型 尾类型 宾语类型",
    "source": "source reference 来源 出处",
}
FIELD_OF_NAME = {name: field for field, names in NAMES.items() for name in names.split()}
REQUIRED = ("head", "relation", "tail")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]+")  # all but tab and line end
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Record:
    """One line, object, row or edge of a file: its number from 1 and its values by field, as written."""

    line: int
    cells: dict[str, str]
    part: str = ""
    """The sheet of a workbook, or `edge` where a format has no lines to count."""

    def place(self, file: str) -> str:
        """Where a person finds it."""
        return f"{file}:{self.part}:{self.line}" if self.part else f"{file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Reading:
    """An open file: what it was taken for, and its records one by one, between them what is no record."""

    kind: str
    """`table`, `json`, `excel`, `turtle`, `n-triples` or `graphml`."""
    encoding: str | None
    """As it was decoded; None where the format says it itself."""
    items: Iterator[Record | Dropped]


def field_of(name: str) -> str:
    """The field that a column or key stands for; empty where it stands for none."""
    return FIELD_OF_NAME.get(plain(name), "")


def plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def text_of(value: Any) -> str | None:
    """A cell or value as text; None for what is neither text nor number."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def texts(values: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The values that are text or numbers, by field."""
    found = ((field, text_of(value)) for field, value in values if field)
    return {field: text for field, text in found if text is not None}


def clean(text: str) -> str:
    """A name without control characters and with single blanks."""
    if text.isprintable():
        return " ".join(text.split())
    return BLANKS.sub(" ", CONTROL.sub(" ", text)).strip()
