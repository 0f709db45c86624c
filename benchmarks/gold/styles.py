"""A layout in, the paragraph styles of its parts out, by name: `body`, `heading 1` to `heading 5`, `caption`, ...

styles_of(layout)["heading 1"].fontSize  ->  13.3
"""

from __future__ import annotations

from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle

from benchmarks.gold.fonts import family
from benchmarks.gold.layout import Layout, Look
from benchmarks.gold.typeset import hyphenate


def styles_of(layout: Layout) -> dict[str, ParagraphStyle]:
    """The styles of one paper."""
    fonts, heads = family(layout.family), family(layout.heading_family)
    size, step = layout.size, layout.leading / layout.size
    body = ParagraphStyle(
        "body",
        fontName=fonts.regular,
        fontSize=size,
        leading=layout.leading,
        alignment=TA_JUSTIFY,
        firstLineIndent=1.2 * size if layout.indent else 0,
        spaceAfter=0 if layout.indent else 0.55 * size,
        hyphenationLang=hyphenate,
        hyphenationMinWordLength=6,
        embeddedHyphenation=1,
        allowWidows=0,
        allowOrphans=0,
    )

    def variant(name: str, share: float, **changes: Any) -> ParagraphStyle:
        plain: dict[str, Any] = {"fontSize": share * size, "leading": share * size * step, "firstLineIndent": 0}
        return ParagraphStyle(name, parent=body, **(plain | changes))

    def heading(depth: int, look: Look) -> ParagraphStyle:
        return variant(
            f"heading {depth}",
            look.size,
            fontName=heads.cut(look.bold, look.italic),
            leading=look.size * size * 1.2,
            alignment=TA_CENTER if look.centred else TA_LEFT,
            hyphenationLang="",
            spaceBefore=max(0.5, 1.2 - 0.2 * depth) * size,
            spaceAfter=0.35 * size,
        )

    left: dict[str, Any] = {"alignment": TA_LEFT, "hyphenationLang": ""}
    front: dict[str, Any] = left | {"alignment": TA_CENTER if layout.looks[0].centred else TA_LEFT}
    return {
        "body": body,
        "first": variant("first", 1.0, leading=layout.leading),
        **{f"heading {depth}": heading(depth, look) for depth, look in enumerate(layout.looks, 1)},
        "title": variant("title", 1.8, fontName=heads.bold, leading=2.1 * size, spaceAfter=size, **front),
        "authors": variant("authors", 1.1, spaceAfter=0.6 * size, **front),
        "affiliation": variant("affiliation", 0.85, fontName=fonts.italic, **front),
        "abstract": variant("abstract", 0.95, spaceAfter=0.5 * size),
        "keywords": variant("keywords", 0.9, spaceAfter=0.5 * size, **left),
        "caption": variant("caption", 0.85, spaceBefore=3, spaceAfter=3, hyphenationLang=""),
        "equation": variant("equation", 1.0, fontName=fonts.italic, alignment=TA_CENTER, hyphenationLang=""),
        "cell": variant("cell", 0.8, **left),
        "footnote": variant("footnote", 0.8, hyphenationLang=""),
        "reference": variant(
            "reference", 0.85, leftIndent=1.5 * size, firstLineIndent=-1.5 * size, spaceAfter=1.5, spaceBefore=0
        ),
        "head": variant("head", 0.82, **left),
    }
