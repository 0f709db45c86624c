"""Markup becomes what it stands for; a text without any is given back."""

from __future__ import annotations

import pytest

from builders.papers.repair import Repair, markup


@pytest.mark.parametrize(
    ("repair", "text", "mended"),
    [
        (markup.image, "a ![b](images/c.jpg) d <img src='e.png'> f", ("a  d  f", 2)),
        (markup.image, "a data:image/png;base64,BBB= c", ("a  c", 1)),
        (markup.image, "wow![sic] (see text)", ("wow![sic] (see text)", 0)),
        (markup.figure_text, "a <details><summary>x</summary>axis</details> b<details>c</details>", ("a  b", 2)),
        (markup.figure_text, "an open <details> stays", ("an open <details> stays", 0)),
        (markup.sub_or_superscript, "H<sub>2</sub>O, 10<sup>-5</sup> cm<sup>2</sup>", ("H₂O, 10⁻⁵ cm²", 3)),
        (markup.sub_or_superscript, "the 1<sup>st</sup> T<sub>half</sub> x<sup>q</sup>", ("the 1st T_{half} x^q", 3)),
        (markup.html_tag, "a <b>bold</b> word<br/>here", ("a  bold  word here", 3)),
        (markup.html_tag, "<few-shot example here> p < 0.05 > q", ("<few-shot example here> p < 0.05 > q", 0)),
        (markup.html_entity, "p &lt; 0.05 &amp; n &#945; R&D", ("p < 0.05 & n α R&D", 3)),
    ],
)
def test_markup(repair: Repair, text: str, mended: tuple[str, int]) -> None:
    assert repair(text) == mended
