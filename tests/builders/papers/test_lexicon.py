"""The corpus votes: counted a paper at a time, cut to what votes need, written to the same bytes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builders.corpus.votes import HELP, main
from builders.errors import UserError
from builders.papers.lexicon import Lexicon, load
from builders.papers.lexicon.count import merge, tokens, words_of
from builders.types import Block, Document


def _document(*blocks: Block) -> Document:
    return Document("sha:0", "0", "T", "en", "a.md", "markdown", blocks)


def test_tokens_leave_broken_words_and_chinese_out() -> None:
    assert tokens("The in-text Größe of infor\ufffemation, 脑 H2O β-actin gene\x02\nrally") == [
        "the", "in-text", "größe", "of", "h", "o", "β-actin",
    ]  # fmt: skip


def test_words_of_a_paper_are_those_of_its_repaired_text() -> None:
    document = _document(
        Block("paragraph", "a ﬁne in-text effect"),
        Block("furniture", "Journal"),
        Block("reference", "Smith"),
        Block("code", "x-y"),
        Block("table", "<table><tr><td>n</td></tr></table>"),
    )
    assert words_of(document) == Counter({"a": 1, "fine": 1, "in-text": 1, "effect": 1})


def test_merge_keeps_what_votes_need_and_caps_each_paper() -> None:
    lexicon = merge([Counter({"in-text": 50, "the": 9, "rare": 1, "once-only": 1}), Counter({"intext": 1, "the": 2})])
    assert lexicon.papers == 2
    assert lexicon.words == {"in-text": 3, "intext": 1, "the": 5}
    assert lexicon.families == {"intext": {"in-text": 3, "intext": 1}}
    assert merge([]).words == {}


def test_a_form_that_two_words_could_have_lost_their_ligature_to_is_in_no_table() -> None:
    words = {"coffin": 20, "coin": 3, "affected": 20, "defected": 20, "flavor": 9, "fixavor": 9}
    assert Lexicon(1, words).damaged["aected"] == "affected"
    assert "avor" in Lexicon(1, {"flavor": 9}).damaged
    assert "avor" not in Lexicon(1, {"flavor": 9, "fiavor": 9}).damaged


def test_the_same_words_give_the_same_bytes_and_are_read_again(tmp_path: Path) -> None:
    Lexicon(3, {"the": 9, "in-text": 2}).save(tmp_path / "a.json")
    Lexicon(3, {"in-text": 2, "the": 9}).save(tmp_path / "b.json")
    written = (tmp_path / "a.json").read_bytes()
    assert written == (tmp_path / "b.json").read_bytes()
    assert written.decode() == '{\n  "papers": 3,\n  "words": {\n    "in-text": 2,\n    "the": 9\n  }\n}\n'
    assert load(tmp_path / "a.json").words == {"in-text": 2, "the": 9}


@pytest.mark.parametrize("content", ["{", "[]", '{"papers": 1}', '{"papers": 1, "words": {"a": "b"}}'])
def test_what_is_no_lexicon_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lexicon.json"
    with pytest.raises(UserError, match="no such lexicon"):
        load(path)
    path.write_text(content)
    with pytest.raises(UserError, match=r"lexicon\.json: not .*make lexicon"):
        load(path)


def test_the_command_counts_the_papers_of_a_recipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in "abc":
        (papers / f"{name}.md").write_text(
            f"# Title\n\n## 1 Introduction\n\nThe in-text marks of the state-of-the-art.\n\nNo {name}."
        )
    (papers / "broken.md").write_bytes(b"\xff\xfe")
    recipe = tmp_path / "build.yaml"
    recipe.write_text("recipe: test\npapers: [papers]\nengine: {kind: local}\n")
    assert main([str(recipe)]) == 0
    written = Path("data/test/lexicon.json")
    assert capsys.readouterr().out == f"{written}: 3 of 4 papers, 8 words, 2 of them with a hyphen\n"
    words = {"in-text": 3, "state-of-the-art": 3, "the": 6}
    assert load(written).words == words | dict.fromkeys(("introduction", "marks", "no", "of", "title"), 3)


def test_help_and_a_missing_recipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-h"]) == 0
    assert capsys.readouterr().out == f"{HELP}\n"
    assert main([str(tmp_path / "none.yaml")]) == 1
    assert "no such recipe file" in capsys.readouterr().err
