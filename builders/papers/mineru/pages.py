"""MinerU 4.x and docvortex: `middle_json` (typed spans) and `structured_content` (Markdown strings), one tree.

    {"pages": [{"page_idx": 0, "blocks": [{"type": "paragraph_title", "bbox": [0.12, 0.08, 0.37, 0.1],
     "level": 2, "content": [{"type": "text", "content": "2.1 Data"}]}]}], "schema": "docvortex.middle"}

`bbox` counts in shares of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from builders.papers.inline import bold_opening, from_markdown, from_spans
from builders.papers.mineru.content_list import bare_code, bare_latex
from builders.papers.raw import RawBlock, Style, page_number, to_box
from builders.types import BlockKind

_TEXT: dict[str, BlockKind] = {
    "text": "paragraph",
    "doc_title": "title",
    "paragraph_title": "heading",
    "ref_text": "reference",
    "header": "furniture",
    "footer": "furniture",
    "page_number": "furniture",
    "aside_text": "furniture",
    "page_footnote": "footnote",
}
_LISTING = re.compile(r"Algorithm \d+\b")


def read_pages(value: Mapping[str, Any], counts: Counter[str]) -> list[RawBlock]:
    """Turns the pages of a 4.x document into blocks; what is no block object is counted as `malformed_block`."""
    blocks: list[RawBlock] = []
    for position, page in enumerate(value["pages"]):
        items = page.get("blocks") if isinstance(page, Mapping) else [page]
        number = page_number(page.get("page_idx") if isinstance(page, Mapping) else None, position)
        for item in items if isinstance(items, list) else [items]:
            if not isinstance(item, Mapping) or not isinstance(item.get("type"), str):
                counts["malformed_block"] += 1
                continue
            frame = RawBlock("paragraph", "", page=number, box=to_box(item.get("bbox")))
            blocks.extend(_blocks(item, frame, counts))
    return blocks


def _blocks(item: Mapping[str, Any], frame: RawBlock, counts: Counter[str]) -> Iterator[RawBlock]:
    kind, content = item["type"], item.get("content")
    if kind in _TEXT:
        level = item.get("level")
        yield replace(
            frame,
            kind=_TEXT[kind],
            text=_inline(content),
            level=level if isinstance(level, int) else None,
            bold=_bold(content),
            continues=item.get("continues_prev") is True,
            style=_style(item.get("style")),
            set_in=_flag(item.get("set_in")),
            filled=_flag(item.get("filled")),
        )
    elif kind == "equation":
        latex = bare_latex(content) if isinstance(content, str) else ""
        recovered = item.get("recovered_text")
        if not latex and isinstance(recovered, str):
            yield replace(frame, text=recovered)
        else:
            yield replace(frame, kind="equation", text=latex)
    elif kind in ("list", "index"):
        references = item.get("sub_type") == "ref_text"
        listed: BlockKind = "reference" if references else "furniture" if kind == "index" else "list"
        yield replace(frame, kind=listed, text="\n".join(_items(content)))
    elif kind in ("image", "chart", "table", "code"):
        yield from _figure(item, frame, counts)
    else:
        counts[f"unknown_block_type:{kind}"] += 1
        yield replace(frame, text=_inline(content))


def _figure(item: Mapping[str, Any], frame: RawBlock, counts: Counter[str]) -> Iterator[RawBlock]:
    kind = item["type"]
    body, captions, footnotes = _children(item)
    listing = kind == "image" and _LISTING.match(body)
    if captions:
        yield replace(frame, kind="caption", text=" ".join(captions))
    if kind == "table":
        if not body:
            counts["table_without_body"] += 1
        yield replace(frame, kind="table", text=body)
    elif kind == "code" or listing:
        yield replace(frame, kind="code", text=bare_code(body))
    elif body:
        counts["figure_text"] += 1
    if footnotes:
        yield replace(frame, kind="footnote", text=" ".join(footnotes))


def _children(item: Mapping[str, Any]) -> tuple[str, list[str], list[str]]:
    """The body, captions and footnotes of a figure: children of `content` in middle, keys in structured_content."""
    content = item.get("content")
    if not isinstance(content, list):
        captions, footnotes = (_annotations(item.get(key)) for key in ("captions", "footnotes"))
        return content.strip("\n") if isinstance(content, str) else "", captions, footnotes
    bodies, notes = [], {"caption": [], "footnote": []}  # type: tuple[list[str], dict[str, list[str]]]
    for child in content:
        match child:
            case {"type": str(kind), "content": inner} if kind.endswith(("_caption", "_footnote")):
                notes[kind.rpartition("_")[2]].append(_inline(inner))
            case {"content": str(inner)}:
                bodies.append(inner.strip("\n"))
            case {"content": list(inner)}:
                bodies.append(from_spans(inner))
    return "\n".join(bodies), notes["caption"], notes["footnote"]


def _annotations(value: object) -> list[str]:
    entries = value if isinstance(value, list) else []
    return [_inline(entry.get("content")) for entry in entries if isinstance(entry, Mapping)]


def _items(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from_markdown(value)
    for child in value if isinstance(value, list) else ():
        if not isinstance(child, Mapping):
            continue
        if child.get("type") in ("list", "index"):
            yield from _items(child.get("content"))
        else:
            yield _inline(child.get("content"))


def _inline(value: object) -> str:
    if isinstance(value, str):
        return from_markdown(value)
    return from_spans(value) if isinstance(value, list) else ""


def _style(value: object) -> Style | None:
    """What `pdf_reline.py` saw of a heading's type."""
    match value:
        case {"size": int(size) | float(size), "bold": bool(bold), "italic": bool(italic)}:
            return Style(float(size), bold, italic)
    return None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _bold(value: object) -> str:
    if isinstance(value, str):
        opening = re.match(r"\*\*(.{1,500}?)\*\*", value)
        return from_markdown(opening.group(1)) if opening else ""
    return bold_opening(value) if isinstance(value, list) else ""
