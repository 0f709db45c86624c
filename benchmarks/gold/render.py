"""A structured paper in, the PDF of its journal page and the gold beside it out.

    pdf, gold = render(manuscript, others, seed=7)
    gold  ->  {"paragraphs": ["Immunostimulatory ...", ...], "headings": [[1, "1. Introduction"], ...],
               "references": ["[1] ...", ...], "hyphenated": ["measured", ...], "compounds": ["long-term", ...], ...}

The same seed and paper give the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from random import Random
from typing import Any

from reportlab import rl_config
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, FrameBreak, Table

from benchmarks.gold.floats import floats_of
from benchmarks.gold.fonts import drawable, family, markup
from benchmarks.gold.layout import draw
from benchmarks.gold.numbers import printed
from benchmarks.gold.page import Geometry, Running, templates
from benchmarks.gold.references import entries
from benchmarks.gold.source import Item, Manuscript, is_ended
from benchmarks.gold.styles import styles_of
from benchmarks.gold.typeset import Log, Set, as_printed, broken_words, set_text

_OWN_MARKER = re.compile(r"\[\d{1,3}[\],–-]|\(\d{1,2}[,)]|et al\.,? \(?\d{4}")
_SENTENCE = re.compile(r"(?<=[a-z]{2})\.(?= [A-Z])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FORMULAS = ("y = a x + b", "E = k T ln(c / d)", "S = Σ p (1 − p)", "v = K x / (M + x)")
_NOTE_PAGE = 3
_NOTE = "Values below the limit of detection were set to half that limit in this and all later comparisons."


class _Paper:
    """One paper while it is laid out."""

    def __init__(self, manuscript: Manuscript, others: Sequence[Manuscript], seed: int) -> None:
        random = Random(f"{seed}:{manuscript.id}")
        self.manuscript = manuscript
        self.layout = draw(random)
        self.styles = styles_of(self.layout)
        self.references = entries(
            [other for other in others if other.id != manuscript.id], self.layout.references, random
        )
        self.abstract = manuscript.abstract
        self.body = self._printed(manuscript.body, random, appendix=False)
        self.appendix = self._printed(manuscript.appendix, random, appendix=True)
        author = manuscript.authors[0].split()[-1] if manuscript.authors else "Anonymous"
        self.contact = f"∗ Corresponding author. E-mail: {_ascii(author).lower()}@example.org"
        self.random_state = random.getrandbits(64)

    def _printed(self, items: Sequence[Item], random: Random, appendix: bool) -> list[Item]:
        headings = [item for item in items if item.depth is not None]
        titles = [self._capitals(item) for item in headings]
        named = printed([item.depth or 1 for item in headings], titles, self.layout.numbering, appendix)
        if appendix and self.layout.numbering == "none":
            named[0] = f"Appendix: {named[0]}" if not self.layout.looks[0].capitals else f"APPENDIX: {named[0]}"
        numbered = iter(named)
        cited = [item for item in items if item.depth is None]
        style = self.layout.citations if sum(len(_OWN_MARKER.findall(item.text)) for item in cited) < 5 else "none"
        return [
            Item(item.depth, next(numbered))
            if item.depth is not None
            else Item(None, self._cite(item.text, style, random))
            for item in items
        ]

    def _capitals(self, item: Item) -> str:
        capitals = self.layout.looks[min(item.depth or 1, 5) - 1].capitals
        return item.text.upper() if capitals and drawable(item.text.upper()) else item.text

    def _cite(self, text: str, style: str, random: Random) -> str:
        def marked(match: re.Match[str]) -> str:
            if style == "none" or random.random() > 0.3:
                return match.group()
            cited = ",".join(str(random.randint(1, len(self.references))) for _ in range(random.randint(1, 3)))
            return f" [{cited.replace(',', ', ')}]." if style == "brackets" else f".{cited.translate(_RAISED)}"

        return _SENTENCE.sub(marked, text)


def render(manuscript: Manuscript, others: Sequence[Manuscript], seed: int) -> tuple[bytes, dict[str, Any]]:
    """Renders one paper; its references are drawn from the others."""
    rl_config.useA85 = 0
    paper = _Paper(manuscript, others, seed)
    _, log = _lay_out(paper, {1: paper.contact})
    noted = _first_on(log, _NOTE_PAGE)
    footnotes = {1: paper.contact}
    if noted is not None:
        mark = "†" if paper.layout.citations == "superscript" else "¹"
        footnotes[_NOTE_PAGE] = f"{mark} {_NOTE}"
        paper.body = [
            Item(item.depth, _SENTENCE.sub(f".{mark}", item.text, count=1)) if index == noted - 1 else item
            for index, item in enumerate(paper.body)
        ]
    content, log = _lay_out(paper, footnotes)
    return content, _gold(paper, log, footnotes)


def _first_on(log: Log, page: int) -> int | None:
    """The first paragraph of the body that begins on a page and has a sentence to hang a note on."""
    return next((key for key, lines in sorted(log.items()) if key and lines[0].page == page and len(lines) > 5), None)


def _lay_out(paper: _Paper, footnotes: dict[int, str]) -> tuple[bytes, Log]:
    log: Log = defaultdict(list)
    layout, styles = paper.layout, paper.styles
    floats = floats_of(layout, Random(paper.random_state), footnotes)
    front = _front(paper, log)
    width = Geometry(layout).width
    height = sum(part.wrap(width, 2000)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in front) + 2
    target = BytesIO()
    document = BaseDocTemplate(target, pagesize=layout.page, invariant=1, title=paper.manuscript.title)
    document.addPageTemplates(templates(layout, styles, _running(paper), floats, height))
    document.build([*_front(paper, log), FrameBreak(), *_columns(paper, log)])
    return target.getvalue(), log


def _running(paper: _Paper) -> Running:
    title, year = paper.manuscript.title, paper.manuscript.year
    short = title if len(title) <= 48 else title[:45].rsplit(" ", 1)[0] + " ..."
    author = f"{paper.manuscript.authors[0].split()[-1]} et al." if paper.manuscript.authors else "Anonymous"
    foot = f"https://doi.org/10.1000/gold.{paper.manuscript.id.lower()}   © {year} The Authors."
    return Running(f"{author} / J. Rendered Pages 12 ({year}) 101–118", short, foot)


def _front(paper: _Paper, log: Log) -> list[Flowable]:
    manuscript, styles = paper.manuscript, paper.styles
    authors = ", ".join(f"{name}{'¹²³'[index % 3]}" for index, name in enumerate(manuscript.authors))
    places = ("Department of Pages, University of Nowhere, Exampleton", "Institute of Test Data, 12345 Sampleburg")
    parts: list[Flowable] = [set_text(manuscript.title, styles["title"])]
    if authors:
        parts.append(set_text(authors, styles["authors"]))
    parts += [set_text(f"{mark} {place}", styles["affiliation"]) for mark, place in zip("¹²", places, strict=True)]
    return parts if paper.layout.abstract == "column" else [*parts, *_abstract(paper, log)]


def _abstract(paper: _Paper, log: Log) -> list[Flowable]:
    """The abstract is paragraph 0 of the log."""
    styles, layout = paper.styles, paper.layout
    words = re.findall(r"[A-Za-z]{6,}", paper.manuscript.title)[:5]
    keywords = set_text(f"Keywords: {'; '.join(words)}", styles["keywords"])
    if layout.abstract == "run_in":
        bold = family(layout.family).bold
        text = Set(
            f'<font name="{bold}">Abstract—</font>{markup(paper.abstract, family(layout.family).regular)}',
            styles["abstract"],
        )
        text.log, text.key = log, 0
        return [text, keywords]
    name = "ABSTRACT" if layout.looks[0].capitals else "Abstract"
    body = set_text(paper.abstract, styles["abstract"], log, 0, layout.ligatures)
    return [set_text(name, styles["heading 1"]), body, keywords]


def _columns(paper: _Paper, log: Log) -> list[Flowable]:
    """Body, reference list and appendix; paragraph `n` of the log is item `n - 1` of body and appendix together."""
    styles = paper.styles
    story = _abstract(paper, log) if paper.layout.abstract == "column" else []
    story += _items(paper, paper.body, log, 1)
    story += [CondPageBreak(5 * paper.layout.leading), set_text(_reference_heading(paper), styles["heading 1"])]
    story += [set_text(entry, styles["reference"]) for entry in paper.references]
    return story + _items(paper, paper.appendix, log, 1 + len(paper.body))


def _reference_heading(paper: _Paper) -> str:
    heading = paper.layout.reference_heading
    return heading.upper() if paper.layout.looks[0].capitals else heading


def _items(paper: _Paper, items: Sequence[Item], log: Log, key: int) -> list[Flowable]:
    story: list[Flowable] = []
    after_heading = False
    equations = 0
    for index, item in enumerate(items, key):
        style = _style(paper, item, after_heading)
        if item.depth is not None and not after_heading:
            story.append(CondPageBreak(7 * paper.layout.leading))
        story.append(set_text(item.text, style, log, index, paper.layout.ligatures))
        after_heading = item.depth is not None
        follows = index - key + 1 < len(items) and items[index - key + 1].depth is None
        if item.depth is None and follows and not is_ended(item.text):
            equations += 1
            story.append(_equation(paper, equations))
    return story


def _equation(paper: _Paper, number: int) -> Table:
    """A display formula, as stood in the source where a paragraph stops in mid-sentence."""
    width = Geometry(paper.layout).column
    formula = set_text(_FORMULAS[number % len(_FORMULAS)], paper.styles["equation"])
    label = set_text(f"({number})", paper.styles["equation"])
    return Table([[formula, label]], colWidths=[0.86 * width, 0.14 * width], spaceBefore=3, spaceAfter=3)


def _style(paper: _Paper, item: Item, after_heading: bool) -> ParagraphStyle:
    if item.depth is not None:
        return paper.styles[f"heading {min(item.depth, 5)}"]
    return paper.styles["first" if after_heading and paper.layout.indent else "body"]


def _gold(paper: _Paper, log: Log, footnotes: dict[int, str]) -> dict[str, Any]:
    items = [
        Item(item.depth, as_printed(item.text, log[key]))
        for key, item in enumerate([Item(None, paper.abstract), *paper.body, *paper.appendix])
    ]
    sources = [paper.abstract, *(item.text for item in (*paper.body, *paper.appendix))]
    lost = {
        word for source, item in zip(sources, items, strict=True) for word in {*source.split()} - {*item.text.split()}
    }
    broken = [broken_words(item.text, log[key]) for key, item in enumerate(items) if item.depth is None]
    running = _running(paper)
    abstract = [] if paper.layout.abstract == "run_in" else [[1, "Abstract"]]
    return {
        "id": paper.manuscript.id,
        "title": paper.manuscript.title,
        "paragraphs": [item.text for item in items if item.depth is None],
        "headings": [*abstract, *([item.depth, item.text] for item in items if item.depth is not None)],
        "references": paper.references,
        "hyphenated": [word for added, _ in broken for word in added],
        "compounds": [word for _, own in broken for word in own],
        "lost_hyphens": sorted(lost),
        "furniture": [running.left, running.right, running.first_foot, *footnotes.values()],
        "layout": asdict(paper.layout),
    }


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()
