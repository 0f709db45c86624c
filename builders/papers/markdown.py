"""A paper in Markdown, MinerU's or anyone's -> blocks with line numbers instead of pages.

    RawBlock(kind="heading", text="2.1 Data", line=48, level=2)

Blocks are found by markdown-it (CommonMark and tables); display maths is taken out first, because a line of it that
begins with `=` or `-` would make headings and lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from builders.papers.inline import from_markdown
from builders.papers.raw import RawBlock, UnreadablePaper

_FRONT_MATTER = re.compile(r"\A---\n.{0,20000}?\n---\n", re.DOTALL)
_MATHS = re.compile(r"^\$\$\n(.*?)\n\$\$[ \t]*$", re.DOTALL | re.MULTILINE)
_MATHS_INFO = "display-maths"
_ONE_LINE_MATHS = re.compile(r"\$\$(.+)\$\$", re.DOTALL)
_IMAGE_LINE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]*\)")
_TAG = re.compile(r"<[^<>]{1,2000}>")


def read_markdown(path: Path, counts: Counter[str]) -> list[RawBlock]:
    """Reads a Markdown file; figure-internal `<details>` are left out and counted as `figure_text`.

    Raises:
        UnreadablePaper: `not_utf8`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        detail = f"{path.name}: not UTF-8 at byte {error.start}; convert it (`iconv -f GB18030 -t UTF-8`)"
        raise UnreadablePaper("not_utf8", detail) from error
    return list(blocks_of(text.replace("\r\n", "\n"), counts))


def blocks_of(text: str, counts: Counter[str]) -> Iterator[RawBlock]:
    """Yields the blocks of a Markdown text."""
    text = _FRONT_MATTER.sub(lambda match: "\n" * match.group().count("\n"), text)
    text = _MATHS.sub(rf"~~~{_MATHS_INFO}\n\1\n~~~", text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    lines = text.split("\n")
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _closing(tokens, position)
        yield from _blocks(tokens[position : end + 1], lines, counts)
        position = end + 1 if token.nesting == 1 and token.type != "blockquote_open" else position + 1


def _closing(tokens: Sequence[Token], opening: int) -> int:
    """The index of the token that closes the one at `opening`, which may be itself."""
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return opening


def _blocks(tokens: Sequence[Token], lines: Sequence[str], counts: Counter[str]) -> Iterator[RawBlock]:
    token = tokens[0]
    first, last = token.map or (0, 0)
    frame = RawBlock("paragraph", "", line=first + 1)
    match token.type:
        case "heading_open":
            yield replace(frame, kind="heading", level=int(token.tag[1]), text=from_markdown(tokens[1].content))
        case "paragraph_open":
            yield from _paragraph(tokens[1].content, frame)
        case "bullet_list_open" | "ordered_list_open":
            yield replace(frame, kind="list", text="\n".join(_items(tokens)))
        case "table_open":
            yield replace(frame, kind="table", text="\n".join(line.strip() for line in lines[first:last]).strip())
        case "fence" | "code_block":
            maths = token.info.strip() == _MATHS_INFO
            yield replace(frame, kind="equation" if maths else "code", text=token.content.strip("\n"))
        case "html_block":
            yield from _html(token.content.strip(), frame, counts)


def _paragraph(content: str, frame: RawBlock) -> Iterator[RawBlock]:
    """MinerU writes a picture and its caption as two lines of one paragraph."""
    if maths := _ONE_LINE_MATHS.fullmatch(content.strip()):
        yield replace(frame, kind="equation", text=maths.group(1).strip())
        return
    lines = content.split("\n")
    pictures = sum(1 for line in lines if _IMAGE_LINE.fullmatch(line.strip()))
    if pictures and pictures < len(lines):
        rest = "\n".join(line for line in lines if not _IMAGE_LINE.fullmatch(line.strip()))
        yield replace(frame, kind="caption", text=from_markdown(rest))
    elif text := from_markdown(content):
        strong = re.match(r"\*\*([^*\n]{1,500})\*\*", content)
        yield replace(frame, text=text, bold=strong.group(1) if strong else "")


def _items(tokens: Sequence[Token]) -> Iterator[str]:
    numbers: list[int | None] = []
    marker = ""
    for token in tokens:
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrs.get("start", 1)))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            marker = "- " if number is None else f"{number}. "
            numbers[-1] = None if number is None else number + 1
        elif token.type == "inline":
            yield marker + " ".join(from_markdown(token.content).split("\n"))
            marker = ""


def _html(content: str, frame: RawBlock, counts: Counter[str]) -> Iterator[RawBlock]:
    lowered = content.lower()
    if "<table" in lowered:
        yield replace(frame, kind="table", text=content)
    elif lowered.startswith("<details"):
        counts["figure_text"] += 1
    elif "page-footnote" in lowered:
        yield replace(frame, kind="footnote", text=from_markdown(_TAG.sub("", content)))
    elif text := from_markdown(_TAG.sub("", content)):
        yield replace(frame, text=text)
