"""What is no text of the paper goes, the rest is mended, and every fix and every drop is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders.errors import UserError
from builders.papers.clean import CleanConfig, clean
from builders.papers.lexicon import EMPTY, Lexicon
from builders.papers.mend import REPAIRS
from builders.papers.quality import RULES, QualityConfig
from builders.types import Block, BlockKind, Document, Dropped

MEND_ONLY = CleanConfig(quality=QualityConfig(rules_off=list(RULES)))


def _document(*blocks: Block) -> Document:
    return Document("sha:0", "0", "The <i>in vivo</i> Space", "en", "a.json", "test", blocks)


def _mended(text: str, kind: BlockKind = "paragraph", off: str | None = None) -> tuple[str, dict[str, int]]:
    config = replace(MEND_ONLY, repairs_off=[off] if off else [])
    cleaned = clean(_document(Block(kind, text)), EMPTY, config)
    return cleaned.document.text, cleaned.fixes


CASES = [
    (
        "H<sub>2</sub>O, Ca<sup>2+</sup>, 10<sup>-5</sup> cm<sup>2</sup>",
        "H₂O, Ca²⁺, 10⁻⁵ cm²",
        {"sub_or_superscript": 4},
    ),
    ("T<sub>half</sub>, x<sup>q</sup>, the 1<sup>st</sup>", "T_{half}, x^q, the 1st", {"sub_or_superscript": 3}),
    ("a <b>bold</b> word<br/>here", "a bold word here", {"html_tag": 3}),
    ("<few-shot example here> p < 0.05", "<few-shot example here> p < 0.05", {}),
    ("p &lt; 0.05 &amp; n", "p < 0.05 & n", {"html_entity": 2}),
    ("a\u200eb\u200bc", "abc", {"control_character": 2}),
    ("infor\ufffemation and information", "information and information", {"hyphen": 1}),
    (r"$\mathrm { C a } ^ { 2 + }$ , $75 \%$", r"$\mathrm{Ca}^{2+}$, 75%", {"latex": 2}),
    ("a ![](data:image/png;base64,AAAA) b data:image/png;base64,BBB= c", "a b c", {"image": 2}),
    ("a <details><summary>x</summary>axis</details> b", "a b", {"figure_text": 1}),
    ("a ﬁne eﬀect", "a fine effect", {"ligature": 2}),
    ("FerrÃ©", "Ferré", {"unicode": 1}),
    ("p ϭ 0.05", "p = 0.05", {"glyph": 1}),
    ("剂量为３ｍｇ", "剂量为3mg", {"full_width": 1}),
    ("目的:细胞外间隙 （ ECS ） 的 容积", "目的：细胞外间隙（ECS）的容积", {"chinese_spacing": 6}),
    ("关键词: ECS; 结果:β蛋白", "关键词：ECS; 结果：β蛋白", {"chinese_spacing": 2}),
    ("T he brain and the brain", "The brain and the brain", {"drop_cap": 1}),
    ("two\u2009\u00a0words \n  on  lines", "two words\non lines", {}),
    ("“quoted”，全角", "“quoted”，全角", {}),
]


@pytest.mark.parametrize(("text", "mended", "fix"), CASES)
def test_each_fix_is_made_and_counted(text: str, mended: str, fix: dict[str, int]) -> None:
    assert _mended(text) == (mended, fix)


@pytest.mark.parametrize(("text", "name"), [(text, *fix) for text, _, fix in CASES if fix])
def test_each_fix_can_be_switched_off(text: str, name: str) -> None:
    assert name in REPAIRS
    mended, fixes = _mended(text, off=name)
    assert name not in fixes
    assert mended != _mended(text)[0]


def test_equations_tables_and_code_have_fixes_of_their_own() -> None:
    assert _mended(r"\mathrm { x } = 1", "equation") == (r"\mathrm{x}=1", {"latex": 1})
    assert _mended("for i in x:\n    y\x00", "code") == ("for i in x:\n    y", {"control_character": 1})
    table = "<table><tr><td>$7 5 \\%$</td><td>An- notator</td></tr></table>"
    assert _mended(table, "table") == ("| 75% | An- notator |\n| --- | --- |", {"latex": 1, "table": 1})
    assert _mended(table, "table", off="table") == (table, {})


def test_the_corpus_votes_where_the_paper_is_silent() -> None:
    lexicon = Lexicon(50, {"in-text": 40, "different": 90, "of": 300, "keyframing": 9})
    document = _document(Block("paragraph", "The intext Diferent ofkeyframing is known."))
    assert clean(document).document.text == "The intext Diferent ofkeyframing is known."
    cleaned = clean(document, lexicon)
    assert cleaned.document.text == "The in-text Different of keyframing is known."
    assert cleaned.fixes == {"hyphen": 1, "lost_ligature": 1, "lost_space": 1}


def test_furniture_references_and_emptied_blocks_are_dropped_and_counted() -> None:
    cleaned = clean(
        _document(
            Block("title", "The <i>in vivo</i> Space", 1),
            Block("furniture", "Journal", 1),
            Block("heading", "2 <i>Methods</i>", 1, level=1),
            Block("paragraph", "The text is here.", 2, (0.1, 0.1, 0.2, 0.2), section=("2 <i>Methods</i>",)),
            Block("paragraph", "![](images/a.jpg)", 2),
            Block("reference", "[1] A. 1999.", 3),
        )
    )
    document = cleaned.document
    assert document.title == "The in vivo Space"
    assert document.blocks == (
        Block("title", "The in vivo Space", 1),
        Block("heading", "2 Methods", 1, level=1),
        Block("paragraph", "The text is here.", 2, (0.1, 0.1, 0.2, 0.2), section=("2 Methods",)),
    )
    assert document.text == "The in vivo Space\n\n2 Methods\n\nThe text is here."
    assert cleaned.fixes == {
        "dropped_furniture": 1,
        "dropped_reference": 1,
        "empty_block": 1,
        "html_tag": 4,
        "image": 1,
    }
    assert cleaned.dropped == ()


def test_what_is_no_prose_is_dropped_with_its_reason_place_and_opening() -> None:
    german = "Der Raum ist schmal und nicht für alle Stoffe offen, die durch das Gehirn gehen. " * 4
    kept = "The cells were counted in each field."
    cleaned = clean(
        _document(
            Block("paragraph", "0 10 20 30 Time (s) 0.5 1.0 1.5", page=3),
            Block("paragraph", german, line=7),
            Block("paragraph", "© 2020 Elsevier Ltd."),
            Block("caption", "Figure 1", page=4),
            Block("paragraph", f"{kept[:-1]} (a@b.org).", page=4),
        )
    )
    assert cleaned.dropped == (
        Dropped("too_few_alphabetic_words", "a.json page 3", "0 10 20 30 Time (s) 0.5 1.0 1.5"),
        Dropped("other_language", "a.json line 7", german.strip()[:200]),
        Dropped("licence_line", "a.json", "© 2020 Elsevier Ltd."),
    )
    assert [block.text for block in cleaned.document.blocks] == ["Figure 1", kept]
    assert cleaned.fixes == {"contact": 1}


def test_removals_languages_and_citations_follow_the_configuration() -> None:
    german = "Der Raum ist schmal und nicht für alle Stoffe offen, die durch das Gehirn gehen."
    document = _document(Block("paragraph", german), Block("paragraph", "© 2020 Elsevier, as shown before [3, 4]."))
    kept = CleanConfig(removals_off=["licence_line"], languages=["en", "other"], citations="remove")
    cleaned = clean(document, EMPTY, kept)
    assert [block.text for block in cleaned.document.blocks] == [german, "© 2020 Elsevier, as shown before."]
    assert (cleaned.fixes, cleaned.dropped) == ({"citation": 1}, ())


def test_a_damaged_paper_is_reported_and_kept_unless_configured() -> None:
    document = _document(
        Block("paragraph", "The pressure was DPZ0 at nZ12 and \ufffd with \ue001 of the \ue002 cells.")
    )
    cleaned = clean(document)
    assert [(item.reason, item.place) for item in cleaned.dropped] == [("glyph_damage", "a.json")]
    assert cleaned.dropped[0].detail.startswith("86.2 damaged glyphs in 1,000 characters (5 in all)")
    assert len(cleaned.document.blocks) == 1
    assert clean(document, EMPTY, CleanConfig(drop_damaged=True)).document.blocks == ()
    assert clean(document, EMPTY, CleanConfig(glyph_damage_max=100)).dropped == ()


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (CleanConfig(repairs_off=["ligatures"]), r"clean\.repairs_off: ligatures: .*did you mean ligature\?"),
        (CleanConfig(removals_off=["email"]), r"clean\.removals_off: email: no such name; There are: affiliation"),
        (CleanConfig(languages=["de"]), r"clean\.languages: de: no such name"),
        (CleanConfig(citations="drop"), r"clean\.citations: drop: no such name"),
        (CleanConfig(glyph_damage_max=-1), r"clean\.glyph_damage_max: -1: must not be negative"),
        (CleanConfig(quality=QualityConfig(rules_off=["x"])), r"clean\.quality\.rules_off: x"),
    ],
)
def test_a_name_that_there_is_not_is_refused_in_one_line(config: CleanConfig, message: str) -> None:
    with pytest.raises(UserError, match=message):
        clean(_document(), EMPTY, config)


def test_the_version_follows_the_blocks_and_cleaning_twice_changes_nothing() -> None:
    text = "T<sub>half</sub> of the long-term infor\ufffemation, and information (a@b.org)."
    first, second, again = (clean(_document(Block("paragraph", words))).document for words in (text, "The one.", text))
    assert first.version == again.version != second.version
    assert len(first.version) == 16
    assert clean(first).document == first
