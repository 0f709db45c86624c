"""A paper's Markdown in, its front matter and blocks out, and the runs of one look within a block's text.

read_paper(Path("samples/papers/zh-ecs-overview.md"))
    ->  Paper(slug="zh-ecs-overview", ..., blocks=[Block("heading", "摘要"), ...])
runs_of("TMA<sup>+</sup>")  ->  Run("TMA"), Run("+", script="sup")
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

INLINE = re.compile(r"<(su[bp])>(.+?)</su[bp]>|\*\*(.+?)\*\*|\*(.+?)\*")
LABELS = {
    "en": {"abstract": "Abstract", "keywords": "Keywords"},
    "zh": {"abstract": "摘要", "keywords": "关键词"},
}


@dataclass(frozen=True)
class Paper:
    slug: str
    title: str
    lang: str
    author: str
    running_head: str
    keywords: list[str]
    blocks: list[Block]


@dataclass(frozen=True)
class Block:
    kind: str
    text: str


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False
    script: str = ""


def read_paper(source: Path) -> Paper:
    _, front, body = source.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    blocks = [block_of(part.strip("\n")) for part in re.split(r"\n\s*\n", body) if part.strip()]
    return Paper(slug=source.stem, blocks=blocks, **fields)


def block_of(part: str) -> Block:
    """Tells a block's kind from its first characters."""
    kinds = {
        "### ": "subheading",
        "## ": "heading",
        "> ": "equation",
        "|": "table",
        "**Table ": "caption",
        "**表": "caption",
    }
    for mark, kind in kinds.items():
        if part.startswith(mark):
            text = part if kind in ("table", "caption") else part.removeprefix(mark)
            return Block(kind, text)
    if re.match(r"\[\d+\] ", part):
        return Block("reference", part)
    return Block("paragraph", " ".join(part.split("\n")))


def front_and_body(paper: Paper) -> tuple[list[Block], list[Block]]:
    """Parts the abstract, which runs across the page, from what stands in columns."""
    headings = [index for index, block in enumerate(paper.blocks) if block.kind == "heading"]
    if paper.blocks[headings[0]].text != LABELS[paper.lang]["abstract"]:
        raise SystemExit(f"{paper.slug}.md: the first heading has to be ## {LABELS[paper.lang]['abstract']}")
    return paper.blocks[1 : headings[1]], paper.blocks[headings[1] :]


def runs_of(text: str, bold: bool = False) -> Iterator[Run]:
    """Splits inline Markdown into runs of one look."""
    end = 0
    for found in INLINE.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()], bold=bold)
        script, scripted, strong, slanted = found.groups()
        inner = scripted or strong or slanted
        yield Run(inner, bold=bold or bool(strong), italic=bool(slanted), script=script or "")
        end = found.end()
    if text[end:]:
        yield Run(text[end:], bold=bold)
