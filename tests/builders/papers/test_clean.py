"""What is no text of the paper goes, the rest is mended, and every fix is counted."""

from __future__ import annotations

import pytest

from builders.papers.clean import clean
from builders.types import Block, BlockKind, Document


def _document(*blocks: Block) -> Document:
    return Document("sha:0", "0", "The <i>in vivo</i> Space", "en", "a.json", "test", blocks)


def _mended(text: str, kind: BlockKind = "paragraph") -> tuple[str, dict[str, int]]:
    document, counts = clean(_document(Block(kind, text)))
    return document.text, counts


@pytest.mark.parametrize(
    ("text", "mended", "fix"),
    [
        (
            "H<sub>2</sub>O, Ca<sup>2+</sup>, 10<sup>-5</sup> cm<sup>2</sup>",
            "H₂O, Ca²⁺, 10⁻⁵ cm²",
            {"sub_or_superscript": 4},
        ),
        ("T<sub>half</sub>, x<sup>q</sup>, the 1<sup>st</sup>", "T_{half}, x^q, the 1st", {"sub_or_superscript": 3}),
        ("a <b>bold</b> word<br/>here", "a bold word here", {"html_tag": 3}),
        ("<few-shot example here> p < 0.05", "<few-shot example here> p < 0.05", {}),
        ("p &lt; 0.05 &amp; n", "p < 0.05 & n", {"html_entity": 2}),
        ("a\x02b\u200bc", "abc", {"control_character": 2}),
        ("infor\ufffemation and information", "information and information", {"hyphen": 1}),
        (r"$\mathrm { C a } ^ { 2 + }$ , $75 \%$", r"$\mathrm{Ca}^{2+}$, 75%", {"latex": 2}),
        ("a ![](data:image/png;base64,AAAA) b data:image/png;base64,BBB= c", "a b c", {"image": 2}),
        ("a <details><summary>x</summary>axis</details> b", "a b", {"figure_text": 1}),
        ("a ﬁne eﬀect", "a fine effect", {"unicode": 1}),
        ("目的:细胞外间隙 （ ECS ） 的 容积", "目的：细胞外间隙（ECS）的容积", {"chinese_spacing": 6}),
        ("关键词: ECS; 结果:β蛋白", "关键词：ECS; 结果：β蛋白", {"chinese_spacing": 2}),
        ("“quoted”，全角", "“quoted”，全角", {}),
    ],
)
def test_each_fix_is_made_and_counted(text: str, mended: str, fix: dict[str, int]) -> None:
    assert _mended(text) == (mended, fix)


def test_equations_tables_and_code_have_fixes_of_their_own() -> None:
    assert _mended(r"\mathrm { x } = 1", "equation") == (r"\mathrm{x}=1", {"latex": 1})
    assert _mended("for i in x:\n    y\x00", "code") == ("for i in x:\n    y", {"control_character": 1})
    table = "<table><tr><td>$7 5 \\%$</td></tr></table>"
    assert _mended(table, "table") == ("| 75% |\n| --- |", {"latex": 1, "table": 1})


def test_furniture_references_and_emptied_blocks_are_dropped_and_counted() -> None:
    document, counts = clean(
        _document(
            Block("title", "The <i>in vivo</i> Space", 1),
            Block("furniture", "Journal", 1),
            Block("heading", "2 <i>Methods</i>", 1, level=1),
            Block("paragraph", "Text.", 2, (0.1, 0.1, 0.2, 0.2), section=("2 <i>Methods</i>",)),
            Block("paragraph", "![](images/a.jpg)", 2),
            Block("reference", "[1] A. 1999.", 3),
        )
    )
    assert document.title == "The in vivo Space"
    assert document.blocks == (
        Block("title", "The in vivo Space", 1),
        Block("heading", "2 Methods", 1, level=1),
        Block("paragraph", "Text.", 2, (0.1, 0.1, 0.2, 0.2), section=("2 Methods",)),
    )
    assert document.text == "The in vivo Space\n\n2 Methods\n\nText."
    assert counts == {"dropped_furniture": 1, "dropped_reference": 1, "empty_block": 1, "html_tag": 4, "image": 1}


def test_the_version_follows_the_blocks() -> None:
    first, second = (clean(_document(Block("paragraph", text)))[0] for text in ("one", "two"))
    again, _ = clean(_document(Block("paragraph", "one")))
    assert first.version == again.version != second.version
    assert len(first.version) == 16
    assert clean(first)[0] == first
