"""How a paper looks, drawn by seed: page, type, headings, abstract, citations, references.

draw(Random("7:W2024502892"))  ->  Layout(page=A4, family="times", size=9.5, numbering="none", ...)
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm


@dataclass(frozen=True, slots=True)
class Look:
    """How the headings of one depth are set; `size` in steps of the body's."""

    size: float
    bold: bool = True
    italic: bool = False
    capitals: bool = False
    centred: bool = False


_LADDERS = (
    # Three sizes of bold, the fourth italic.
    (Look(1.4), Look(1.2), Look(1.08), Look(1.0, italic=True), Look(1.0, bold=False, italic=True)),
    # Capitals, bold, bold italic.
    (Look(1.15, capitals=True), Look(1.1), Look(1.0, italic=True), Look(1.0, bold=False, italic=True), Look(1.0)),
    # Centred capitals above bold of the body's size.
    (Look(1.1, capitals=True, centred=True), Look(1.1), Look(1.0), Look(1.0, italic=True), Look(1.0, bold=False)),
    # Bold above italic, as many publishers set numbered sections.
    (Look(1.15), Look(1.0, bold=False, italic=True), Look(1.0, bold=False, italic=True), Look(1.0, bold=False),
     Look(1.0, bold=False)),
    # Large light type above bold.
    (Look(1.6, bold=False), Look(1.25), Look(1.1), Look(1.0, italic=True), Look(1.0, bold=False, italic=True)),
)  # fmt: skip
_TABLES = ("wide_table", "column_table")
_FIGURES = ("wide_figure", "column_figure")
_NUMBERED_ONLY = 3
"""The ladder whose second and third depth look alike: only numbers tell them apart."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that a journal's style decides. Lengths in points."""

    page: tuple[float, float]
    margin: tuple[float, float, float]
    """Side, top, bottom."""
    gutter: float
    family: str
    heading_family: str
    size: float
    leading: float
    indent: bool
    """Paragraphs open with an indent; else a gap parts them."""
    ligatures: bool
    numbering: str
    """`arabic`, `arabic_dot`, `roman` or `none`."""
    looks: tuple[Look, ...]
    abstract: str
    """`across` the page, in the first `column`, or `run_in` after its bold name."""
    head: str
    """Where the page number stands: `foot_centre`, `foot_outer` or `head_outer`."""
    citations: str
    """`brackets`, `superscript` or `none`."""
    references: str
    """`brackets`, `numbers` or `authors`."""
    reference_heading: str
    caption: str
    """`Figure 1.`, `Fig. 1.` or `FIGURE 1 |`."""
    floats: tuple[str, ...]
    """What stands on page 2, 3, ...: a figure or table, wide or in a column, and at which end."""


def draw(random: Random) -> Layout:
    """Draws a layout; the same generator state gives the same one."""
    numbering = random.choice(("arabic", "arabic_dot", "roman", "none", "none", "none"))
    ladders = [ladder for index, ladder in enumerate(_LADDERS) if numbering != "none" or index != _NUMBERED_ONLY]
    family = random.choice(("times", "times", "stix", "stix", "helvetica", "dejavu"))
    size = random.choice((8.0, 8.5)) if family == "dejavu" else random.choice((8.5, 9.0, 9.5, 10.0, 10.5))
    floats = [random.choice(_TABLES), random.choice(_FIGURES), random.choice((*_TABLES, *_FIGURES))]
    random.shuffle(floats)
    return Layout(
        page=random.choice((A4, LETTER)),
        margin=(random.uniform(14, 21) * mm, random.uniform(20, 26) * mm, random.uniform(18, 24) * mm),
        gutter=random.uniform(5, 9) * mm,
        family=family,
        heading_family=random.choice((family, family, "helvetica")),
        size=size,
        leading=round(size * random.uniform(1.14, 1.28), 2),
        indent=random.random() < 0.7,
        ligatures=family in ("stix", "dejavu") and random.random() < 0.6,
        numbering=numbering,
        looks=random.choice(ladders),
        abstract=random.choice(("across", "across", "column", "run_in")),
        head=random.choice(("foot_centre", "foot_outer", "head_outer")),
        citations=random.choice(("brackets", "superscript", "none")),
        references=random.choice(("brackets", "numbers", "authors")),
        reference_heading=random.choice(
            ("References", "References", "REFERENCES", "Bibliography", "Literature Cited")
        ),
        caption=random.choice(("Figure {}.", "Fig. {}.", "Figure {}:", "FIGURE {} |")),
        floats=tuple(floats),
    )
