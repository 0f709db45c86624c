"""content_list_v2, mineru 2.6.7 to 4.x: a list of pages, each a list of typed blocks with inline spans.

    {"type": "title", "content": {"title_content": [{"type": "text", "content": "2.1 Data"}], "level": 2}}

`bbox` counts thousandths of the page. Inline maths is a span of its own, so nothing has to be unescaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from builders.papers.inline import bold_opening, from_spans
from builders.papers.mineru.content_list import bare_code, bare_latex
from builders.papers.raw import RawBlock, to_box
from builders.types import BlockKind

_TEXT: dict[str, BlockKind] = {
    "paragraph": "paragraph",
    "abstract": "paragraph",
    "page_header": "furniture",
    "page_footer": "furniture",
    "page_number": "furniture",
    "page_aside_text": "furniture",
    "index": "furniture",
    "page_footnote": "footnote",
}
_FIGURES = ("image", "chart", "table", "code", "algorithm")


def read_content_list_v2(value: list[Any], counts: Counter[str]) -> list[RawBlock]:
    """Turns a content_list_v2 into blocks; what is no block object is counted as `malformed_block`."""
    blocks: list[RawBlock] = []
    for number, page in enumerate(value, 1):
        for item in page if isinstance(page, list) else [page]:
            match item:
                case {"type": str(kind), "content": Mapping() as content}:
                    frame = RawBlock("paragraph", "", page=number, box=to_box(item.get("bbox"), 1000))
                    blocks.extend(_blocks(kind, content, frame, counts))
                case _:
                    counts["malformed_block"] += 1
    return blocks


def _blocks(kind: str, content: Mapping[str, Any], frame: RawBlock, counts: Counter[str]) -> Iterator[RawBlock]:
    if kind == "title":
        level = content.get("level")
        text = _inline(content.get("title_content"))
        yield replace(frame, kind="heading", text=text, level=level if isinstance(level, int) else None)
    elif kind in _TEXT and kind != "index":
        spans = content.get(f"{kind}_content")
        bold = bold_opening(spans) if isinstance(spans, list) else ""
        yield replace(frame, kind=_TEXT[kind], text=_inline(spans), bold=bold)
    elif kind == "equation_interline":
        yield replace(frame, kind="equation", text=bare_latex(_string(content.get("math_content"))))
    elif kind in ("list", "index"):
        references = content.get("list_type") == "reference_list"
        listed: BlockKind = "reference" if references else "furniture" if kind == "index" else "list"
        yield replace(frame, kind=listed, text="\n".join(_items(content.get("list_items"))))
    elif kind in _FIGURES:
        yield from _figure(kind, content, frame, counts)
    else:
        counts[f"unknown_block_type:{kind}"] += 1
        yield replace(frame, text=" ".join(text for value in content.values() if (text := _inline(value))))


def _figure(kind: str, content: Mapping[str, Any], frame: RawBlock, counts: Counter[str]) -> Iterator[RawBlock]:
    if caption := _inline(content.get(f"{kind}_caption")):
        yield replace(frame, kind="caption", text=caption)
    if kind == "table":
        body = _string(content.get("html"))
        if not body:
            counts["table_without_body"] += 1
        yield replace(frame, kind="table", text=body)
    elif kind in ("code", "algorithm"):
        yield replace(frame, kind="code", text=bare_code(_inline(content.get(f"{kind}_content"))))
    elif _inline(content.get("content")):
        counts["figure_text"] += 1
    if footnote := _inline(content.get(f"{kind}_footnote")):
        yield replace(frame, kind="footnote", text=footnote)


def _items(value: object) -> Iterator[str]:
    """The lines of a list; a nested list gives its own lines in place."""
    for item in value if isinstance(value, list) else ():
        match item:
            case {"item_content": content}:
                yield _inline(content)
            case {"content": {"list_items": nested}} | {"list_items": nested}:
                yield from _items(nested)
            case str() | list():
                yield _inline(item)


def _inline(value: object) -> str:
    return from_spans(value) if isinstance(value, list) else _string(value)


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
