"""content_list (v1), magic-pdf 1.x to mineru 4.x: one flat list of blocks in reading order.

    {"type": "text", "text": "2.1 Data", "text_level": 2, "bbox": [114, 549, 260, 564], "page_idx": 3}

`bbox` counts thousandths of the page (from 2.2.0); `img_caption` became `image_caption` in 2.1.0; lists, code and page
furniture are typed from 2.5.0 (VLM) and 3.0.0 (pipeline) on. Strings are Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from builders.papers.inline import from_markdown
from builders.papers.raw import RawBlock, is_page_index, to_box
from builders.types import BlockKind

_TEXT: dict[str, BlockKind] = {
    "text": "paragraph",
    "abstract": "paragraph",
    "title": "heading",
    "ref_text": "reference",
    "index": "furniture",
    "header": "furniture",
    "footer": "furniture",
    "page_number": "furniture",
    "aside_text": "furniture",
    "discarded": "furniture",
    "page_footnote": "footnote",
}
_FENCE = re.compile(r"^```[^\n]*\n(.*?)\n?```$", re.DOTALL)


def read_content_list(value: list[Any], counts: Counter[str]) -> list[RawBlock]:
    """Turns a content_list into blocks; an item that is no object is counted as `malformed_block`."""
    blocks: list[RawBlock] = []
    for item in value:
        if isinstance(item, Mapping) and isinstance(item.get("type"), str):
            blocks.extend(_blocks(item, counts))
        else:
            counts["malformed_block"] += 1
    return blocks


def _blocks(item: Mapping[str, Any], counts: Counter[str]) -> Iterator[RawBlock]:
    kind = item["type"]
    frame = RawBlock("paragraph", "", page=_page(item), box=to_box(item.get("bbox"), 1000))
    if kind in _TEXT:
        yield _text(item, frame, _TEXT[kind])
    elif kind == "equation":
        yield replace(frame, kind="equation", text=bare_latex(_string(item, "text", "latex")))
    elif kind in ("image", "chart", "seal"):
        yield from _figure(item, frame, counts)
    elif kind == "table":
        yield from _table(item, frame, counts)
    elif kind in ("code", "algorithm"):
        yield from _annotations(item, frame, "code_caption", "caption")
        yield replace(frame, kind="code", text=bare_code(_string(item, "code_body", "text")))
        yield from _annotations(item, frame, "code_footnote", "footnote")
    elif kind == "list":
        references = item.get("sub_type") == "ref_text"
        yield replace(frame, kind="reference" if references else "list", text=_lines(item, "list_items"))
    else:
        counts[f"unknown_block_type:{kind}"] += 1
        yield replace(frame, text=from_markdown(_string(item, "text", "content", "text_content")))


def _text(item: Mapping[str, Any], frame: RawBlock, kind: BlockKind) -> RawBlock:
    level = item.get("text_level")
    if kind == "paragraph" and isinstance(level, int) and level > 0:
        return replace(frame, kind="heading", level=level, text=from_markdown(_string(item, "text")))
    return replace(frame, kind=kind, text=from_markdown(_string(item, "text")))


def _figure(item: Mapping[str, Any], frame: RawBlock, counts: Counter[str]) -> Iterator[RawBlock]:
    if _string(item, "content"):
        counts["figure_text"] += 1
    for prefix in ("img", "image", "chart"):
        yield from _annotations(item, frame, f"{prefix}_caption", "caption")
    for prefix in ("img", "image", "chart"):
        yield from _annotations(item, frame, f"{prefix}_footnote", "footnote")


def _table(item: Mapping[str, Any], frame: RawBlock, counts: Counter[str]) -> Iterator[RawBlock]:
    yield from _annotations(item, frame, "table_caption", "caption")
    body = _string(item, "table_body")
    if not body:
        counts["table_without_body"] += 1
    yield replace(frame, kind="table", text=body)
    yield from _annotations(item, frame, "table_footnote", "footnote")


def _annotations(item: Mapping[str, Any], frame: RawBlock, key: str, kind: BlockKind) -> Iterator[RawBlock]:
    if text := _lines(item, key).replace("\n", " "):
        yield replace(frame, kind=kind, text=text)


def _lines(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    entries = value if isinstance(value, list) else [value]
    return "\n".join(from_markdown(entry) for entry in entries if isinstance(entry, str) and entry.strip())


def _string(item: Mapping[str, Any], *keys: str) -> str:
    return next((item[key].strip() for key in keys if isinstance(item.get(key), str)), "")


def _page(item: Mapping[str, Any]) -> int | None:
    index = item.get("page_idx")
    return index + 1 if is_page_index(index) else None


def bare_latex(text: str) -> str:
    """Display maths without its delimiters."""
    text = text.strip()
    for opening, closing in (("$$", "$$"), (r"\[", r"\]"), ("$", "$")):
        if len(text) >= 2 * len(opening) and text.startswith(opening) and text.endswith(closing):
            return text[len(opening) : -len(closing)].strip()
    return text


def bare_code(text: str) -> str:
    """Code without its Markdown fence."""
    fenced = _FENCE.match(text.strip())
    return fenced.group(1) if fenced else text.strip("\n")
