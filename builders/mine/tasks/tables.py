"""Tables with their captions in, questions on their cells out.

| Cortex | Width |      ->  table_value: "Width", "rat" | "40 nm"
| --- | --- |           ->  table_extreme: largest "Width" | "rat"
| rat | 40 nm |
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.graph.chance import generator
from builders.mine.passages import blocks
from builders.mine.tasks.found import Found, uncited
from builders.mine.tasks.reading import clean
from builders.mine.tasks.say import Paper
from builders.papers.tables import parse_html
from builders.types import Block, Source

CELLS = 40
LOOKUPS = 2  # values asked of one table
CELL = 80  # characters of a cell that is asked, or asked by
_CAPTION = re.compile(r"^\W{0,4}(?:Table|TABLE|表)\s?(?:[A-Z]?\d{1,2}|[IVX]{1,5})(?![\dA-Za-z])")
_CAPTIONS = re.compile(r"(?:Table|TABLE|表)\s?(?:[A-Z]?\d{1,2}|[IVX]{1,5})\s?[:.：]")
_NUMBER = re.compile(r"[-−+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−+]?\d+(?:\.\d+)?")
_TWO = re.compile(r"\d\S* \d|#[^#]*#|[a-z] \d+\.\d|\d [A-Z][a-z]")
_ONE_KIND = re.compile(
    r"attribute|metric|parameter|quantit|propert|statistic|measure|variable|symbol|value|setting|hyper"
    r"|characteristic|item|no\.?$|#"
    r"|参数|指标|项目|量$|性质|特征|数值|变量|^$",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^(?:no\.?|#|id|rank|year|step|k|n|exp\.?|编号|序号|年份|年|文献|来源|ref.*|source)$", re.IGNORECASE
)
_REFERENCE = re.compile(r"^(?:sources?|ref(?:erence)?s?\.?|stud(?:y|ies)|来源|文献|参考文献|出处)$", re.IGNORECASE)
_EXTREMES = {"en": ("highest", "lowest"), "zh": ("最大", "最小")}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells without spans, its first row and column being heads."""

    caption: str
    sources: tuple[Source, Source]
    """Of the table and of its caption."""
    rows: tuple[tuple[str, ...], ...]
    section: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        return self.rows[0]

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        return self.rows[1:]

    @property
    def text(self) -> str:
        """The caption and the table as a Markdown pipe table."""
        lines = ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([self.caption, "", lines[0], "|" + " --- |" * len(self.heads), *lines[1:]])


def tables(paper: Paper, seed: int) -> Iterator[Found]:
    """Every question on a small, whole table with a caption; the table stands in the question."""
    for table in _tables(paper):
        rng = generator(seed, "table", paper.document.id, table.caption)
        places = [
            (row, column)
            for row in table.body
            for column in range(1, len(table.heads))
            if 0 < len(row[column]) <= CELL
            and row[column] not in "-–—"
            and not _REFERENCE.search(table.heads[column])
            and not row[0].isdecimal()
        ]
        for row, column in rng.sample(places, min(len(places), LOOKUPS)):
            values = {"row": row[0], "column": table.heads[column], "table": table.text}
            yield _asked("table_value", row[column], values, table)
        columns = [column for column in range(1, len(table.heads)) if _comparable(table, column)]
        if columns:
            yield from _extreme(table, rng.choice(columns), rng.randrange(2), paper.language)


def _asked(family: str, answer: str, values: dict[str, str], table: Table) -> Found:
    return Found(family, answer, (table.sources[0],), values, (table.sources[1],), "alone", section=table.section)


def _extreme(table: Table, column: int, lowest: int, language: str) -> Iterator[Found]:
    numbers = [_value(row[column]) for row in table.body]
    wanted = min(numbers) if lowest else max(numbers)
    if numbers.count(wanted) == 1:
        row = table.body[numbers.index(wanted)]
        values = {"head": table.heads[0], "column": table.heads[column], "table": table.text}
        yield _asked("table_extreme", row[0], values | {"extreme": _EXTREMES[language][lowest]}, table)


def _comparable(table: Table, column: int) -> bool:
    """Whether a column has plain numbers of one thing, for rows that are things of one kind."""
    cells = [row[column] for row in table.body]
    return (
        len(cells) >= 3
        and all(_NUMBER.fullmatch(cell) for cell in cells)
        and len(set(cells)) > 2
        and not _ONE_KIND.search(table.heads[0])
        and not _ONE_KIND.search(table.heads[column])
        and not _ORDER.match(table.heads[column])
        and not any(_NUMBER.fullmatch(row[0]) for row in table.body)
    )


def _value(cell: str) -> float:
    return float(cell.replace(",", "").replace("−", "-"))


# ---- reading --------------------------------------------------------------------------------------------------------


def _tables(paper: Paper) -> Iterator[Table]:
    """The tables that have a caption of their own beside them and that no parser has damaged."""
    placed = list(blocks(paper.document))
    taken: set[int] = set()
    for index, (block, source) in enumerate(placed):
        if block.kind != "table":
            continue
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(placed) and beside not in taken and _is_caption(placed[beside][0]):
                taken.add(beside)
                caption = uncited(placed[beside][0].text.replace("*", ""))
                rows = _rows(block.text)
                if _is_whole(rows) and clean(caption):
                    yield Table(caption, (source, placed[beside][1]), rows, (*block.section, caption))
                break


def _is_caption(block: Block) -> bool:
    return (
        block.kind == "caption" and _CAPTION.match(block.text) is not None and len(_CAPTIONS.findall(block.text)) < 2
    )


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a pipe table, or of an HTML table without merged cells; nothing where cells are merged."""
    if text.startswith("<table"):
        rows = parse_html(text)
        if any(cell.rowspan > 1 or cell.colspan > 1 for row in rows for cell in row):
            return ()
        return tuple(tuple(" ".join(cell.text.split()) for cell in row) for row in rows)
    lines = [line for line in text.splitlines() if line.startswith("|") and not re.fullmatch(r"[\s|:-]+", line)]
    cells = (re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in lines)
    return tuple(tuple(html.unescape(cell.strip()).replace(r"\|", "|") for cell in row) for row in cells)


def _is_whole(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is rectangular, small and full, with heads of their own, and no cell holds two."""
    if len(rows) < 3 or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return False
    heads, names = rows[0], [row[0] for row in rows[1:]]
    cells = [cell for row in rows for cell in row]
    return (
        (len(rows) - 1) * (len(heads) - 1) <= CELLS
        and len(set(heads)) == len(heads)
        and len(set(names)) == len(names)
        and all(cells[1:])
        and all(len(cell) <= 2 * CELL and clean(cell) for cell in cells)
        and all(len(name) <= CELL for name in (*heads, *names))
        and not any(_TWO.search(cell) for cell in (*heads, *names, *cells))
        and not any(_NUMBER.fullmatch(head) for head in heads[1:])
    )
