r"""Tables as text: a Markdown pipe table, or compact HTML where cells are merged.

table_text("<table><tr><td>Dose</td><td>n</td></tr><tr><td>5 mg</td><td>12</td></tr></table>", str)
    ->  "| Dose | n |\n| --- | --- |\n| 5 mg | 12 |"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

Fix = Callable[[str], str]

_STRAY = re.compile(r"<(?!/?[A-Za-z][^<>]{0,2000}>|!--[^<>]{0,2000}-->)")
_GAP = re.compile(r"\s{2,}|\t")
_RULE = re.compile(r"\|?[\s:|-]+\|?")
_KEPT_INSIDE = ("sub", "sup")


def table_text(source: str, fix: Fix) -> str:
    """Renders a table from HTML, from a pipe table or from columns set with spaces; `fix` cleans each cell."""
    if "<table" in source.lower() or "<tr" in source.lower():
        rows = parse_html(source)
        merged = any(cell.rowspan > 1 or cell.colspan > 1 for row in rows for cell in row)
        return _html(rows, fix) if merged else _pipes([[cell.text for cell in row] for row in rows], fix)
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    if lines and all(line.startswith("|") for line in lines):
        rows_of_text = [_cells(line) for line in lines if not _RULE.fullmatch(line)]
    else:
        rows_of_text = [_GAP.split(line) for line in lines]
    return _pipes(rows_of_text, fix)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _pipes(rows: Sequence[Sequence[str]], fix: Fix) -> str:
    cleaned = [[fix(cell).replace("\n", " ").replace("|", r"\|").strip() for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    if not cleaned:
        return ""
    width = max(len(row) for row in cleaned)
    padded = [[*row, *[""] * (width - len(row))] for row in cleaned]
    lines = ["| " + " | ".join(row) + " |" for row in padded]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


@dataclass
class Cell:
    """A cell while it is read."""

    text: str = ""
    rowspan: int = 1
    colspan: int = 1


def parse_html(source: str) -> list[list[Cell]]:
    """Reads the rows of an HTML table; every tag inside a cell but `<sub>` and `<sup>` is dropped."""
    parser = _Parser()
    # The standard library's parser looks at the whole rest for every "<" that opens nothing.
    parser.feed(_STRAY.sub("&lt;", source))
    parser.close()
    return [row for row in parser.rows if row]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self._cell: Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            named = dict(attrs)
            self._cell = Cell(rowspan=_span(named.get("rowspan")), colspan=_span(named.get("colspan")))
            self.rows[-1].append(self._cell)
        elif self._cell is not None:
            self._cell.text += f"<{tag}>" if tag in _KEPT_INSIDE else " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._cell = None
        elif self._cell is not None and tag in _KEPT_INSIDE:
            self._cell.text += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.text += data


def _span(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) <= 3 and int(value) > 1 else 1


def _html(rows: Sequence[Sequence[Cell]], fix: Fix) -> str:
    lines = ("".join(_html_cell(cell, fix) for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _html_cell(cell: Cell, fix: Fix) -> str:
    rowspan = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    colspan = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return f"<td{rowspan}{colspan}>{escape(fix(cell.text).strip(), quote=False)}</td>"
