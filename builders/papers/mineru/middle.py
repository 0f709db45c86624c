"""middle.json (layout.json in the API's zip), magic-pdf 1.x to mineru 3.x.

    {"pdf_info": [{"page_idx": 0, "page_size": [612, 792], "discarded_blocks": [],
     "para_blocks": [{"type": "title", "bbox": [54, 60, 500, 80], "lines": [{"spans": [{"content": "2.1 Data"}]}]}]}]}

`bbox` counts in points. A paragraph that goes on over a page break lies on its first page, whole, and leaves an empty
block on the next. Used where a content_list is not there: content_list is MinerU's own rendering of this file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from builders.papers.raw import RawBlock, page_number, scaled_box
from builders.types import BlockKind

_KINDS: dict[str, BlockKind] = {
    "text": "paragraph",
    "abstract": "paragraph",
    "title": "heading",
    "interline_equation": "equation",
    "list": "list",
    "index": "furniture",
    "ref_text": "reference",
    "code_body": "code",
    "algorithm_body": "code",
    "table_body": "table",
    "image_caption": "caption",
    "table_caption": "caption",
    "chart_caption": "caption",
    "code_caption": "caption",
    "image_footnote": "footnote",
    "table_footnote": "footnote",
    "chart_footnote": "footnote",
    "code_footnote": "footnote",
    "page_footnote": "footnote",
}
_FIGURES = ("image", "table", "chart", "code", "algorithm")
_PICTURES = ("image_body", "chart_body")


def read_middle(value: Mapping[str, Any], counts: Counter[str]) -> list[RawBlock]:
    """Turns the pages of a middle.json into blocks; what is no block object is counted as `malformed_block`."""
    blocks: list[RawBlock] = []
    for position, page in enumerate(value["pdf_info"]):
        if not isinstance(page, Mapping):
            counts["malformed_block"] += 1
            continue
        size = page.get("page_size")
        frame = RawBlock("paragraph", "", page=page_number(page.get("page_idx"), position))
        for item in _list(page.get("para_blocks")):
            blocks.extend(_blocks(item, frame, size, counts))
        for item in _list(page.get("discarded_blocks")):
            blocks.extend(_discarded(block) for block in _blocks(item, frame, size, Counter()))
    return blocks


def _discarded(block: RawBlock) -> RawBlock:
    """MinerU discards running heads and page numbers, and footnotes with them."""
    return block if block.kind == "footnote" else replace(block, kind="furniture")


def _blocks(item: object, frame: RawBlock, size: object, counts: Counter[str]) -> Iterator[RawBlock]:
    if not isinstance(item, Mapping) or not isinstance(item.get("type"), str):
        counts["malformed_block"] += 1
        return
    kind = item["type"]
    if kind in _FIGURES and isinstance(item.get("blocks"), list):
        for child in item["blocks"]:
            yield from _blocks(child, frame, size, counts)
        return
    if kind in _PICTURES:
        return
    if kind not in _KINDS:
        counts[f"unknown_block_type:{kind}"] += 1
    level = item.get("level")
    references = kind == "list" and item.get("sub_type") == "ref_text"
    yield replace(
        frame,
        kind="reference" if references else _KINDS.get(kind, "paragraph"),
        text=_text(item),
        box=scaled_box(item.get("bbox"), size),
        level=level if isinstance(level, int) else None,
    )


def _text(item: Mapping[str, Any]) -> str:
    if isinstance(item.get("blocks"), list):
        return "\n".join(_text(child) for child in item["blocks"] if isinstance(child, Mapping))
    lines = [line for line in _list(item.get("lines")) if isinstance(line, Mapping)]
    if str(item.get("type")).endswith("_body"):
        return "\n".join(text for line in lines if (text := _line(line)))
    return "\n".join(_join([text for line in entry if (text := _line(line))]) for entry in _entries(item, lines))


def _entries(item: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The lines of a list by entry, all lines of any other block; a list without marks has an entry a line."""
    if item.get("type") != "list":
        return [lines]
    marked = any(line.get("is_list_start_line") is True for line in lines)
    entries: list[list[Mapping[str, Any]]] = []
    for line in lines:
        if not entries or not marked or line.get("is_list_start_line") is True:
            entries.append([])
        entries[-1].append(line)
    return entries


def _line(line: Mapping[str, Any]) -> str:
    text = ""
    for span in _list(line.get("spans")):
        if isinstance(span, Mapping) and (content := _span(span)):
            text += _space(text, content) + content
    return text


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _span(span: Mapping[str, Any]) -> str:
    content = next((span[key] for key in ("content", "html", "latex") if isinstance(span.get(key), str)), "")
    return f"${content}$" if span.get("type") == "inline_equation" and content else content


def _join(lines: list[str]) -> str:
    """Joins the lines of running text; U+FFFE stands for a hyphen at a line's end, for `clean.py` to weigh."""
    text = ""
    for line in lines:
        if text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
            text = f"{text[:-1]}\ufffe{line}"
        else:
            text += _space(text, line) + line
    return text


def _space(before: str, after: str) -> str:
    """What stands between two pieces of text: nothing before the first, and nothing inside Chinese."""
    chinese = "\u2e80" <= before[-1:] <= "\uffef" and "\u2e80" <= after[:1] <= "\uffef"
    return "" if not before or chinese else " "
