"""Draws the bundled sample papers as two-column PDF pages, so that the parsing step has real pages to read.

Input: ``samples/papers/<slug>.md``: YAML front matter (title, lang, author, running_head, keywords) and a
Markdown body of headings, paragraphs, ``> equations``, pipe tables (the dashes below the header give the
relative column widths) and ``[n]`` references.
Output: ``samples/papers/<slug>.pdf`` beside each source, the same bytes from the same sources and packages.
Command: ``python samples/render.py`` (``pip install reportlab pyphen pyyaml``; the Chinese papers also need
``apt-get install fonts-droid-fallback``). Slugs as arguments draw only those papers.
"""

from __future__ import annotations

import argparse
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

try:
    import pyphen  # noqa: F401  reportlab hyphenates with it, and silently does not where it is absent
    import yaml
    from reportlab import rl_config
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import (
        BaseDocTemplate,
        CondPageBreak,
        Flowable,
        Frame,
        FrameBreak,
        KeepTogether,
        PageTemplate,
        Paragraph,
        Table,
    )
    from reportlab.platypus.doctemplate import LayoutError
except ImportError as error:
    raise SystemExit(f"render.py needs the package {error.name}: pip install reportlab pyphen pyyaml") from error

PAPERS = Path(__file__).resolve().parent / "papers"
CHINESE_FONT_FILE = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
CHINESE_FONT = "DroidSansFallback"

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM, GUTTER = 18 * mm, 22 * mm, 20 * mm, 7 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
COLUMN_WIDTH = (TEXT_WIDTH - GUTTER) / 2
NO_PADDING = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
ROOM_FROM_HEADING = {"heading": 36 * mm, "subheading": 21 * mm}  # a heading needs some text below it

SYMBOL_CHARACTERS = set("αβγδκλπφψωΔΣΦΩ∂∇−√≈≤≥′→∞")
NOT_AT_LINE_START = set("，。、；：？！）》】」』”’％·,.;:?!)]}%")
NOT_AT_LINE_END = set("（《【「『“‘([{")
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


@dataclass(frozen=True)
class Glyph:
    character: str
    font: str
    size: float
    rise: float
    bold: bool

    @property
    def width(self) -> float:
        return float(pdfmetrics.stringWidth(self.character, self.font, self.size))

    @property
    def chinese(self) -> bool:
        return self.font == CHINESE_FONT


# --- reading the sources -------------------------------------------------------------------------------------


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


# --- fonts ---------------------------------------------------------------------------------------------------


def register_chinese_font() -> None:
    if not CHINESE_FONT_FILE.is_file():
        raise SystemExit(f"render.py needs {CHINESE_FONT_FILE}: apt-get install fonts-droid-fallback")
    pdfmetrics.registerFont(TTFont(CHINESE_FONT, str(CHINESE_FONT_FILE)))


def font_of(character: str, bold: bool, italic: bool) -> str:
    if ord(character) >= 0x2E80:
        return CHINESE_FONT
    if character in SYMBOL_CHARACTERS:
        return "Symbol"
    style = ("Bold" if bold else "") + ("Italic" if italic else "")
    return f"Times-{style or 'Roman'}"


def has_glyph(character: str) -> bool:
    if font_of(character, bold=False, italic=False) == CHINESE_FONT:
        return ord(character) in pdfmetrics.getFont(CHINESE_FONT).face.charToGlyph
    return character in SYMBOL_CHARACTERS or bool(character.encode("cp1252", errors="ignore"))


def drawable(text: str) -> str:
    """Takes marks off letters that the base-14 Times has no glyph for (ě becomes e)."""
    letters = []
    for character in text:
        if not has_glyph(character):
            bare = unicodedata.normalize("NFKD", character).encode("ascii", errors="ignore").decode()
            if not bare:
                raise SystemExit(f"render.py has no glyph for {character!r} in {text!r}")
            character = bare
        letters.append(character)
    return "".join(letters)


def pieces_of(run: Run) -> Iterator[tuple[str, str]]:
    """Yields (font, text) pairs, one for each stretch of the run that a single font can draw."""
    by_font = itertools.groupby(drawable(run.text), key=lambda character: font_of(character, run.bold, run.italic))
    for font, characters in by_font:
        yield font, "".join(characters)


# --- text in two languages -----------------------------------------------------------------------------------


def markup_of(text: str, style: ParagraphStyle) -> str:
    """Turns inline Markdown into reportlab's paragraph mark-up."""
    parts = []
    for run in runs_of(text, style.bold):
        inner = "".join(f'<font name="{font}">{escape(piece)}</font>' for font, piece in pieces_of(run))
        if run.script:  # reportlab counts the depth of <sub> downwards, hence both rises are positive
            tag, rise = {"sup": ("super", 0.35), "sub": ("sub", 0.15)}[run.script]
            size = style.fontSize
            inner = f'<{tag} size="{0.7 * size:.1f}" rise="{rise * size:.1f}">{inner}</{tag}>'
        parts.append(inner)
    return "".join(parts)


def glyphs_of(text: str, style: ParagraphStyle) -> list[Glyph]:
    glyphs = []
    for run in runs_of(text, style.bold):
        size = style.fontSize * (0.7 if run.script else 1)
        rise = {"sup": 0.35, "sub": -0.15}.get(run.script, 0) * style.fontSize
        for font, piece in pieces_of(run):
            glyphs += [Glyph(character, font, size, rise, run.bold) for character in piece]
    return glyphs


def may_break(before: Glyph, after: Glyph) -> bool:
    """Keeps Latin words and [n] markers whole and punctuation off the wrong end of a line."""
    if after.character in NOT_AT_LINE_START or before.character in NOT_AT_LINE_END:
        return False
    if after.character == "[":  # a citation marker stays with what it supports
        return False
    return before.chinese or after.chinese or before.character in " -"


def stretches(before: Glyph, after: Glyph) -> bool:
    """Tells whether a justified line is widened between the two: not in a Latin word nor beside its bracket."""
    if (before.chinese and after.chinese) or before.character == " ":
        return True
    bracket = after.character in NOT_AT_LINE_START or before.character in NOT_AT_LINE_END
    return (before.chinese or after.chinese) and not bracket


def broken_lines(glyphs: Sequence[Glyph], first_width: float, width: float) -> list[list[Glyph]]:
    """Fills lines character by character; a line too long goes back to the last place where it may break."""
    lines: list[list[Glyph]] = []
    start, room = 0, first_width
    while start < len(glyphs):
        end, used = start, 0.0
        while end < len(glyphs) and (used + glyphs[end].width <= room or glyphs[end].character == " "):
            used += glyphs[end].width
            end += 1
        fitting = end
        while start < end < len(glyphs) and not may_break(glyphs[end - 1], glyphs[end]):
            end -= 1
        end = end if end > start else max(fitting, start + 1)
        lines.append(list(glyphs[start:end]))
        start, room = end, width
    return lines


class ChineseText(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """A paragraph wrapped by character and set flush on both sides.

    reportlab's own ``wordWrap="CJK"`` leaves the right edge ragged and adds a blank at each line end of a
    paragraph that runs over two columns.
    """

    def __init__(self, glyphs: Sequence[Glyph], style: ParagraphStyle, indented: bool = True, ends: bool = True):
        super().__init__()
        self.glyphs, self.style, self.indented, self.ends = glyphs, style, indented, ends

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width - self.style.rightIndent
        self.lines = broken_lines(self.glyphs, self.width - self.indent(0), self.width - self.indent(1))
        self.height = len(self.lines) * self.style.leading
        return available_width, self.height

    def indent(self, line: int) -> float:
        first = self.style.firstLineIndent if line == 0 and self.indented else 0
        return float(self.style.leftIndent + first)

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        fitting = int(available_height // self.style.leading)
        if fitting == len(self.lines) - 1:  # no single line at the top of the next column
            fitting -= 1
        if fitting < 2:
            return []
        head = [glyph for line in self.lines[:fitting] for glyph in line]
        tail = [glyph for line in self.lines[fitting:] for glyph in line]
        return [
            ChineseText(head, self.style, self.indented, ends=False),
            ChineseText(tail, without_space(self.style), indented=False, ends=self.ends),
        ]

    def draw(self) -> None:
        self.canv.setLineWidth(self.style.fontSize * 0.025)
        for number, line in enumerate(self.lines):
            top = self.height - number * self.style.leading
            last = self.ends and number == len(self.lines) - 1
            self.draw_line(line, self.indent(number), top - 0.86 * self.style.fontSize, last)

    def draw_line(self, line: list[Glyph], left: float, baseline: float, last: bool) -> None:
        line = line[:-1] if line[-1].character == " " else line
        slack = self.width - left - sum(glyph.width for glyph in line)
        left += slack / 2 if self.style.alignment == TA_CENTER else 0
        gaps = [stretches(before, after) for before, after in itertools.pairwise(line)]
        justified = self.style.alignment == TA_JUSTIFY and not last and any(gaps)
        extra = slack / sum(gaps) if justified else 0.0
        text = self.canv.beginText()
        start = 0
        for (font, size, rise, bold), glyphs in itertools.groupby(line, lambda g: (g.font, g.size, g.rise, g.bold)):
            piece = list(glyphs)
            text.setFont(font, size)
            text.setTextOrigin(left, baseline + rise)
            text.setCharSpace(extra if font == CHINESE_FONT else 0)
            text.setWordSpace(0 if font == CHINESE_FONT else extra)
            # The font has one weight: a thin outline stands in for bold.
            text.setTextRenderMode(2 if bold and font == CHINESE_FONT else 0)
            text.textOut("".join(glyph.character for glyph in piece))
            left += sum(glyph.width for glyph in piece) + extra * sum(gaps[start : start + len(piece)])
            start += len(piece)
        self.canv.drawText(text)


def without_space(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-rest", parent=style, spaceBefore=0)


def paragraph(text: str, style: ParagraphStyle, lang: str) -> Flowable:
    """Chooses the typesetter: English references keep English rules inside a Chinese paper."""
    if lang == "zh" and any(ord(character) >= 0x2E80 for character in text):
        return ChineseText(glyphs_of(text, style), style)
    return Paragraph(markup_of(text, style), style)


# --- the look of a page --------------------------------------------------------------------------------------


def styles_of(lang: str) -> dict[str, ParagraphStyle]:
    chinese = lang == "zh"
    body = ParagraphStyle(
        "body",
        fontName="Times-Roman",
        fontSize=10,
        leading=15 if chinese else 12.2,
        alignment=TA_JUSTIFY,
        firstLineIndent=20 if chinese else 10,
        hyphenationLang="en_GB",
        hyphenationMinWordLength=6,
        embeddedHyphenation=1,
        allowWidows=0,
        allowOrphans=0,
        bold=False,
    )
    line_height = 1.45 if chinese else 1.22

    def variant(name: str, size: float, **changes: Any) -> ParagraphStyle:
        plain: dict[str, Any] = {"fontSize": size, "leading": size * line_height, "firstLineIndent": 0}
        return ParagraphStyle(name, parent=body, **(plain | changes))

    left: dict[str, Any] = {"alignment": TA_LEFT, "hyphenationLang": ""}
    centred: dict[str, Any] = {"alignment": TA_CENTER, "hyphenationLang": ""}
    heading: dict[str, Any] = left | {"bold": True}
    return {
        "paragraph": body,
        "first": variant("first", 10, leading=body.leading, firstLineIndent=20 if chinese else 0),
        "title": variant("title", 18, bold=True, spaceAfter=9, leftIndent=36, rightIndent=36, **centred),
        "author": variant("author", 11, spaceAfter=12, **centred),
        "abstract": variant("abstract", 9.5, leading=9.5 * (1.5 if chinese else 1.24), spaceAfter=2),
        "abstract heading": variant("abstract heading", 11.5, bold=True, spaceAfter=3, **centred),
        "keywords": variant("keywords", 9.5, spaceBefore=3, **left),
        "heading": variant("heading", 12.5, spaceBefore=11, spaceAfter=4, **heading),
        "subheading": variant("subheading", 10.8, spaceBefore=7, spaceAfter=3, **heading),
        "caption": variant("caption", 9, spaceBefore=8, spaceAfter=3, **left),
        "cell": variant("cell", 8.5, **left),
        "header cell": variant("header cell", 8.5, **left, bold=True),
        "equation": variant("equation", 10.5, **centred),
        "equation number": variant("equation number", 10, alignment=TA_RIGHT),
        "reference": variant(
            "reference", 8, leading=10, leftIndent=15, firstLineIndent=-15, spaceAfter=1.5, alignment=TA_LEFT
        ),
    }


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


# --- from blocks to pages ------------------------------------------------------------------------------------


def front_and_body(paper: Paper) -> tuple[list[Block], list[Block]]:
    """Parts the abstract, which runs across the page, from what stands in columns."""
    headings = [index for index, block in enumerate(paper.blocks) if block.kind == "heading"]
    if paper.blocks[headings[0]].text != LABELS[paper.lang]["abstract"]:
        raise SystemExit(f"{paper.slug}.md: the first heading has to be ## {LABELS[paper.lang]['abstract']}")
    return paper.blocks[1 : headings[1]], paper.blocks[headings[1] :]


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


def height_of(flowables: list[Flowable]) -> float:
    heights = [flowable.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] for flowable in flowables]
    spaces = [flowable.getSpaceBefore() + flowable.getSpaceAfter() for flowable in flowables]
    return float(sum(heights) + sum(spaces))


def two_columns(height: float, top: float) -> list[Frame]:
    lefts = [MARGIN_SIDE, MARGIN_SIDE + COLUMN_WIDTH + GUTTER]
    return [Frame(left, top - height, COLUMN_WIDTH, height, **NO_PADDING) for left in lefts]


def page_templates(paper: Paper, front_height: float, last_page: int, last_height: float) -> list[PageTemplate]:
    top = PAGE_HEIGHT - MARGIN_TOP
    across = Frame(MARGIN_SIDE, top - front_height, TEXT_WIDTH, front_height, **NO_PADDING)
    below = front_height + 6 * mm

    def decorate(canvas: Any, document: BaseDocTemplate) -> None:
        draw_running_head(canvas, paper, document.page)
        if document.page == 1:
            canvas.setLineWidth(0.6)
            canvas.line(MARGIN_SIDE, top - below + 3 * mm, PAGE_WIDTH - MARGIN_SIDE, top - below + 3 * mm)

    def choose_next(canvas: Any, document: BaseDocTemplate) -> None:
        document.handle_nextPageTemplate("last" if document.page + 1 == last_page else "later")

    hooks = {"onPage": decorate, "onPageEnd": choose_next}
    return [
        PageTemplate("first", [across, *two_columns(TEXT_HEIGHT - below, top - below)], **hooks),
        PageTemplate("later", two_columns(TEXT_HEIGHT, top), **hooks),
        PageTemplate("last", two_columns(last_height, top), **hooks),
    ]


def draw_running_head(canvas: Any, paper: Paper, page: int) -> None:
    """Draws the line above the text, its sides swapped on even pages as in a bound volume, and the page number."""
    left, right = (paper.author, paper.running_head) if page % 2 else (paper.running_head, paper.author)
    style = ParagraphStyle("running head", fontSize=8.5, bold=False)
    baseline = PAGE_HEIGHT - MARGIN_TOP + 6 * mm
    draw_plain(canvas, left, MARGIN_SIDE, baseline, style)
    width = sum(glyph.width for glyph in glyphs_of(right, style))
    draw_plain(canvas, right, PAGE_WIDTH - MARGIN_SIDE - width, baseline, style)
    canvas.setLineWidth(0.4)
    canvas.line(MARGIN_SIDE, baseline - 2 * mm, PAGE_WIDTH - MARGIN_SIDE, baseline - 2 * mm)
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(PAGE_WIDTH / 2, MARGIN_BOTTOM - 9 * mm, str(page))


def draw_plain(canvas: Any, text: str, left: float, baseline: float, style: ParagraphStyle) -> None:
    line = canvas.beginText(left, baseline)
    for font, glyphs in itertools.groupby(glyphs_of(text, style), key=lambda glyph: glyph.font):
        line.setFont(font, style.fontSize)
        line.textOut("".join(glyph.character for glyph in glyphs))
    canvas.drawText(line)


def drawn(paper: Paper, last_page: int, last_height: float) -> tuple[int, bytes]:
    """Lays the paper out once; its last page has columns of the height given."""
    styles = styles_of(paper.lang)
    abstract, body = front_and_body(paper)
    front = front_matter(paper, abstract, styles)
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        invariant=1,
        title=paper.title,
        author=paper.author,
        keywords=", ".join(paper.keywords),
        lang=paper.lang,
    )
    document.addPageTemplates(page_templates(paper, height_of(front) + 1, last_page, last_height))
    document.build([*front, FrameBreak(), *columns_of(paper, body, styles)])
    return document.page, target.getvalue()


def balanced(paper: Paper) -> tuple[int, bytes]:
    """Finds the lowest last page that still holds the rest, so that its two columns end together."""
    pages, best = drawn(paper, 0, TEXT_HEIGHT)
    low, high = 60.0, TEXT_HEIGHT
    while high - low > 6:
        middle = (low + high) / 2
        try:
            count, content = drawn(paper, pages, middle)
        except LayoutError:  # a table is taller than such a column
            count = pages + 1
        if count == pages:
            best, high = content, middle
        else:
            low = middle
    return pages, best


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw samples/papers/*.md as PDF pages.")
    parser.add_argument("slugs", nargs="*", help="only these papers")
    chosen = parser.parse_args().slugs
    register_chinese_font()
    rl_config.useA85 = 0  # a quarter smaller than the printable encoding
    sources = {source.stem: source for source in sorted(PAPERS.glob("*.md"))}
    if unknown := set(chosen) - set(sources):
        raise SystemExit(f"no such paper in {PAPERS}: {', '.join(sorted(unknown))}")
    for source in [sources[slug] for slug in chosen or sources]:
        pages, content = balanced(read_paper(source))
        source.with_suffix(".pdf").write_bytes(content)
        print(f"{source.stem}.pdf: {pages} pages, {len(content) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
