"""The reference list is found four ways; what follows it stays."""

from __future__ import annotations

import pytest

from builders.papers.raw import RawBlock
from builders.papers.references import looks_like_entry, mark_references

ENTRY = "Nicholson C, Phillips JM. 1981. Ion diffusion. J. Physiol. 321:225-257."


def _text(text: str) -> RawBlock:
    return RawBlock("paragraph", text)


def _kinds(*blocks: RawBlock) -> list[str]:
    return [block.kind for block in mark_references(blocks)]


@pytest.mark.parametrize(
    "heading", ["References", "7. REFERENCES", "VI. Bibliography", "参考文献", "参 考 文 献：", "References and Notes"]
)
def test_all_under_its_heading_until_the_next_section(heading: str) -> None:
    blocks = (
        RawBlock("heading", heading),
        _text("A line that is hardly an entry"),
        RawBlock("list", ENTRY),
        RawBlock("caption", "Table 3: A float."),
        RawBlock("heading", "A Appendix"),
        _text("Text of the appendix."),
    )
    assert _kinds(*blocks) == ["reference", "reference", "reference", "caption", "heading", "paragraph"]


def test_an_untyped_heading_is_enough() -> None:
    assert _kinds(_text("Text."), _text("References"), _text(ENTRY)) == ["paragraph", "reference", "reference"]


def test_a_heading_glued_to_the_first_entry_is_split() -> None:
    marked = mark_references(
        [
            _text("References Bodenreider, O. 2004. The UMLS. Nucleic acids research, 32: D267–D270."),
            _text("Liang, S. 2025."),
        ]
    )
    assert [(block.kind, block.text[:10]) for block in marked] == [
        ("reference", "References"),
        ("reference", "Bodenreide"),
        ("reference", "Liang, S. "),
    ]


def test_a_sentence_that_begins_with_the_word_stays() -> None:
    assert _kinds(_text("References to earlier work are given where they are due in every one of the sections.")) == [
        "paragraph"
    ]


def test_the_last_entry_of_a_page_taken_for_a_footnote_is_in_the_list() -> None:
    entries = [_text(ENTRY), RawBlock("footnote", ENTRY), RawBlock("footnote", "9. O’Neill PM, Li A. On a")]
    note = RawBlock("footnote", "1. Values are means of three runs.")
    assert _kinds(RawBlock("heading", "References"), *entries, note) == ["reference"] * 4 + ["footnote"]


def test_entries_in_a_row_need_no_heading() -> None:
    entries = [
        _text(f"[{number}] A. Author, A title, Phys. Rev. {number}, pp. 10-12 (1999).") for number in range(1, 6)
    ]
    assert _kinds(_text("The end."), *entries) == ["paragraph"] + ["reference"] * 5
    assert _kinds(*entries[:3]) == ["paragraph"] * 3


def test_a_false_heading_inside_the_list_does_not_end_it() -> None:
    false = RawBlock("heading", "Li X, Wu Y. 2019. On it. Proceedings of X, pages 1-9.")
    assert _kinds(RawBlock("heading", "References"), false, _text(ENTRY)) == ["reference"] * 3


@pytest.mark.parametrize(
    "text",
    [
        ENTRY,
        "[3] 韩鸿宾. 脑细胞外间隙[J]. 中国医学, 2012, 33(5): 1-9.",
        "12. Xie L, Kang H. Sleep drives clearance. Science. 2013;342(6156):373-377.",
        "Danial Alihosseini, Ehsan Montahaei. 2019. Jointly measuring. In Proceedings of X, pages 90–98.",
    ],
)
def test_entries_look_like_entries(text: str) -> None:
    assert looks_like_entry(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 2013 the volume fraction was measured again.",
        "Zhang et al. (1999, 2001) developed simple models.",
        "1. We propose a method that was published in 2019 at a conference of great renown.",
    ],
)
def test_sentences_do_not(text: str) -> None:
    assert not looks_like_entry(text)
