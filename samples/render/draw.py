"""A paper's source in, the number of pages and the bytes of its PDF out.

pdf_of(Path("samples/papers/zh-ecs-overview.md"))  ->  (3, b"%PDF-1.4...")
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, FrameBreak
from reportlab.platypus.doctemplate import LayoutError

from samples.render.fonts import register_chinese_font
from samples.render.page import TEXT_HEIGHT, TEXT_WIDTH, page_templates
from samples.render.source import Paper, front_and_body, read_paper
from samples.render.story import columns_of, front_matter
from samples.render.styles import styles_of


def pdf_of(source: Path) -> tuple[int, bytes]:
    register_chinese_font()
    rl_config.useA85 = 0  # a quarter smaller than the printable encoding
    return balanced(read_paper(source))


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


def height_of(flowables: list[Flowable]) -> float:
    heights = [flowable.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] for flowable in flowables]
    spaces = [flowable.getSpaceBefore() + flowable.getSpaceAfter() for flowable in flowables]
    return float(sum(heights) + sum(spaces))
