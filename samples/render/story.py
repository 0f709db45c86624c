"""A paper's blocks in, the flowables that reportlab fills the page with out: the abstract, then the columns.

front_matter(paper, abstract, styles)  ->  title, author, abstract and keywords, across the page
columns_of(paper, body, styles)  ->  headings, paragraphs, equations, tables, references
"""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table

from samples.render.page import COLUMN_WIDTH
from samples.render.source import LABELS, Block, Paper
from samples.render.text import paragraph

ROOM_FROM_HEADING = {"heading": 36 * mm, "subheading": 21 * mm}  # a heading needs some text below it


def front_matter(paper: Paper, abstract: list[Block], styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    labels = LABELS[paper.lang]
    stop = "；" if paper.lang == "zh" else "; "
    colon = "：" if paper.lang == "zh" else ":"
    head = [(paper.title, "title"), (paper.author, "author"), (labels["abstract"], "abstract heading")]
    parts = [paragraph(text, styles[name], paper.lang) for text, name in head]
    parts += [paragraph(block.text, styles["abstract"], paper.lang) for block in abstract]
    keywords = f"**{labels['keywords']}{colon}** {stop.join(paper.keywords)}"
    return [*parts, paragraph(keywords, styles["keywords"], paper.lang)]


def columns_of(paper: Paper, blocks: list[Block], styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    story: list[Flowable] = []
    caption: list[Flowable] = []
    previous = ""
    for block in blocks:
        if block.kind == "table":
            story.append(KeepTogether([*caption, table_of(block.text, styles, paper.lang)]))
            caption = []
        elif block.kind == "caption":
            caption = [paragraph(block.text, styles["caption"], paper.lang)]
        elif block.kind == "equation":
            story.append(equation_of(block.text, styles))
        else:
            if block.kind in ROOM_FROM_HEADING and previous not in ROOM_FROM_HEADING:
                story.append(CondPageBreak(ROOM_FROM_HEADING[block.kind]))
            flush = block.kind == "paragraph" and previous in (*ROOM_FROM_HEADING, "equation", "table")
            story.append(paragraph(block.text, styles["first" if flush else block.kind], paper.lang))
        previous = block.kind
    return story


def table_of(source: str, styles: dict[str, ParagraphStyle], lang: str) -> Table:
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in source.splitlines()]
    header, dashes, *rows = lines
    shares = [len(cell) for cell in dashes]
    widths = [COLUMN_WIDTH * share / sum(shares) for share in shares]
    cells = [[paragraph(cell, styles["header cell"], lang) for cell in header]]
    cells += [[paragraph(cell, styles["cell"], lang) for cell in row] for row in rows]
    rules = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, "black"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, "black"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table(cells, colWidths=widths, style=rules, spaceAfter=9, splitByRow=0)


def equation_of(source: str, styles: dict[str, ParagraphStyle]) -> Table:
    """Sets the formula in the middle of the column and its number, if it has one, at the right edge."""
    formula, _, number = source.partition("  ")
    cells = [
        paragraph(formula, styles["equation"], "en"),
        paragraph(number.strip(), styles["equation number"], "en"),
    ]
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    return Table([cells], colWidths=[COLUMN_WIDTH - 20, 20], style=look, spaceBefore=3, spaceAfter=3)
