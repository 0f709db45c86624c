"""A language in, the paragraph styles of a paper in it out, by name.

styles_of("zh")["heading"].fontSize  ->  12.5
"""

from __future__ import annotations

from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle


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
