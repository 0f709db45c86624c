"""Paragraphs that a column, a page or a figure cut in two are joined; others are not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from builders.papers.paragraphs import join_paragraphs, mark_lists
from builders.papers.raw import RawBlock

CUT = "The extracellular space is narrow and continuous and it fills about one fifth of the"
LONG = f"{'The space is narrow. ' * 14}It fills the"


def _text(text: str, page: int = 1, left: float = 0.1, top: float = 0.1, continues: bool = False) -> RawBlock:
    return RawBlock("paragraph", text, page=page, box=(left, top, left + 0.38, top + 0.1), continues=continues)


def _joined(*blocks: RawBlock) -> list[str]:
    return [block.text for block in join_paragraphs(blocks, Counter())]


def test_lower_case_after_an_unfinished_paragraph_goes_on() -> None:
    counts: Counter[str] = Counter()
    joined = join_paragraphs([_text(CUT), _text("tissue of the brain.", page=2)], counts)
    assert [(block.text, block.page) for block in joined] == [(f"{CUT} tissue of the brain.", 1)]
    assert counts == {"joined_paragraph": 1}


def test_floats_and_furniture_are_passed_over_headings_and_equations_are_not() -> None:
    passed = [RawBlock(kind, "x") for kind in ("caption", "table", "footnote", "furniture")]
    assert len(_joined(_text(CUT), *passed, _text("tissue."))) == 5
    for kind in ("heading", "equation"):
        assert len(_joined(_text(CUT), RawBlock(kind, "x"), _text("tissue."))) == 3


def test_a_finished_paragraph_is_left_alone() -> None:
    for end in (".", "。", ":", '."', ".<sup>1</sup>", "?)"):
        assert len(_joined(_text(CUT + end), _text("tissue."))) == 2


def test_the_sources_word_is_taken() -> None:
    assert _joined(_text("Done."), _text("More.", continues=True)) == ["Done. More."]


def test_a_capital_goes_on_only_at_the_edge_of_the_next_column() -> None:
    body = _text(LONG + ".", left=0.52, top=0.5)
    assert len(_joined(_text(LONG, top=0.8), _text("Brain.", left=0.52), body)) == 2
    assert len(_joined(_text(LONG, top=0.8), _text("Brain.", left=0.55), body)) == 3
    assert len(_joined(_text(LONG, top=0.2), _text("Brain.", top=0.4))) == 2


def test_the_lines_of_a_box_do_not_part_a_paragraph() -> None:
    box = [
        _text("Prompt for Judges", left=0.55),
        _text("Is it true? Answer yes or no.", left=0.55),
        _text("{step}", left=0.55),
    ]
    assert _joined(_text(LONG, top=0.8), *box, _text("brain tissue.", left=0.52))[0] == f"{LONG} brain tissue."


def test_a_list_item_never_goes_on() -> None:
    assert len(_joined(_text(CUT), _text("• item"))) == 2


def test_hyphens_and_chinese_bind() -> None:
    assert _joined(_text(f"{CUT} infor-"), _text("mation.")) == [f"{CUT} infor\ufffemation."]
    zh = "细胞外间隙狭窄而连续，" * 8
    assert _joined(_text(f"{zh}约占"), _text("五分之一。", left=0.52, continues=True)) == [f"{zh}约占五分之一。"]


def test_bullets_become_lists() -> None:
    assert [(block.kind, block.text) for block in mark_lists([_text("• one • two"), _text("a • b")])] == [
        ("list", "• one\n• two"),
        ("paragraph", "a • b"),
    ]


def _part(text: str, page: int, side: str, **fields: bool) -> RawBlock:
    left = 0.1 if side == "left" else 0.52
    return RawBlock("paragraph", text, page=page, box=(left, 0.1, left + 0.38, 0.3), **fields)  # type: ignore[arg-type]


WHOLE = "It was seen in every one of the animals. " * 8


def test_a_full_last_line_goes_on_over_the_column_unless_the_next_is_set_in() -> None:
    before = _part(WHOLE.strip(), 1, "left", set_in=True, filled=True)
    plain = _part(f"Every one of them was male. {WHOLE}", 1, "right", set_in=False, filled=False)
    assert len(join_paragraphs([before, plain], Counter())) == 1
    assert len(join_paragraphs([before, replace(plain, set_in=True)], Counter())) == 2
    assert len(join_paragraphs([replace(before, filled=False), plain], Counter())) == 2


def test_a_number_that_opens_a_line_in_mid_sentence_begins_no_list() -> None:
    before = _part("The results are summarised in Table", 1, "left", set_in=True, filled=True)
    after = _part("2. The number of cells was low.", 1, "left", set_in=False, filled=False)
    joined = join_paragraphs([before, after], Counter())
    assert [block.text for block in joined] == ["The results are summarised in Table 2. The number of cells was low."]


def test_a_paragraph_goes_on_over_more_than_one_page() -> None:
    parts = [
        _part(f"{WHOLE}The list of them is", 1, "right", set_in=True, filled=True),
        _part(f"long. {WHOLE}".strip(), 2, "left", set_in=False, filled=True),
        _part(f"And it ends on the third. {WHOLE}", 3, "left", set_in=False, filled=False),
    ]
    assert len(join_paragraphs(parts, Counter())) == 1


def test_a_raised_citation_without_its_tag_ends_a_paragraph() -> None:
    before = RawBlock("paragraph", f"{'It is known to be hard. ' * 3}It is difficult to treat.5,7")
    assert len(join_paragraphs([before, RawBlock("paragraph", "however, it is.")], Counter())) == 2
