from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.corpus.contamination import Contamination, ContaminationConfig, EvaluationText
from builders.corpus.decontaminate import DecontaminateConfig, Overlap, decontaminate, evaluation_texts, sets
from builders.errors import UserError
from builders.jsonl import write_rows
from builders.types import Block, Document, Dropped

QUESTION = (
    "Why does the concentration of potassium in the extracellular space rise when the oxygen of the brain runs out?"
)
HALVES = " ".join(QUESTION.split()[:9]), " ".join(QUESTION.split()[9:])
PARAGRAPH = (
    "Thirty slices were cut from six animals, kept in artificial fluid at thirty-two degrees, and weighed before and "
    "after the iontophoresis of tetramethylammonium, whose concentration was read every two seconds."
)


def document(*blocks: Block) -> Document:
    return Document("doi:10.1/a", "0", "A title", "en", "a.pdf", "markdown", blocks)


def contamination(folder: Path) -> Contamination:
    return Contamination(evaluation_texts(sets(folder, DecontaminateConfig())), ContaminationConfig())


def test_every_field_of_every_registered_set_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "eval"
    write_rows(
        folder / "b.jsonl", [{"id": "b1", "question": "q?", "choices": ["one", "two"], "answer": 1, "other": "x"}]
    )
    write_rows(folder / "a.jsonl", [{"id": "a1", "text": "t"}, {"question": "no id?", "answer": "yes"}])
    extra = tmp_path / "named.jsonl"
    write_rows(extra, [{"id": 7, "answer": "n"}])
    found = evaluation_texts(sets(folder, DecontaminateConfig(sets=[str(extra)])))
    assert list(found) == [
        EvaluationText("a", "a1", "text", "t"),
        EvaluationText("a", "2", "question", "no id?"),
        EvaluationText("a", "2", "answer", "yes"),
        EvaluationText("b", "b1", "question", "q?"),
        EvaluationText("b", "b1", "choices", "one"),
        EvaluationText("b", "b1", "choices", "two"),
        EvaluationText("named", "7", "answer", "n"),
    ]


def test_a_set_that_is_missing_or_unreadable_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"decontaminate.sets: absent.jsonl: no such file; mend the path"):
        sets(tmp_path, DecontaminateConfig(sets=["absent.jsonl"]))
    write_rows(tmp_path / "odd.jsonl", [{"question": "q"}, {"prompt": "p"}])
    with pytest.raises(UserError, match=r"odd.jsonl: row 2 has none of question, answer, text, choices; rename"):
        list(evaluation_texts([tmp_path / "odd.jsonl"]))


def test_a_block_with_a_question_goes_and_is_reported(tmp_path: Path) -> None:
    write_rows(tmp_path / "papers.jsonl", [{"id": "p1", "question": QUESTION, "answer": "yes"}])
    paper = document(
        Block("heading", "1 Introduction", page=1),
        Block("paragraph", f"We ask a question. {QUESTION} Here is an answer.", page=2),
        Block("paragraph", PARAGRAPH, page=2),
    )
    found = decontaminate(paper, contamination(tmp_path))
    shown = (
        "papers p1: Why does the concentration of potassium in the extracellular space rise when the oxygen of the "
    )
    assert found.dropped == {1: Dropped("in_evaluation_set", "a.pdf: block 1", f"{shown}brain runs out")}
    assert found.overlaps == (Overlap("papers", "p1", "copy", "doi:10.1/a", 1, 2, QUESTION[:-1]),)


def test_a_paragraph_of_a_heldout_paper_goes_even_if_it_was_edited(tmp_path: Path) -> None:
    write_rows(tmp_path / "heldout_text.jsonl", [{"id": "doi:10.1/h", "text": f"Another title\n\n{PARAGRAPH}"}])
    edited = (
        PARAGRAPH.replace("Thirty", "Forty")
        .replace("artificial", "synthetic")
        .replace("before", "first")
        .replace("read", "measured")
    )
    found = decontaminate(document(Block("paragraph", edited), Block("paragraph", QUESTION)), contamination(tmp_path))
    assert [(overlap.set, overlap.id, overlap.kind, overlap.block) for overlap in found.overlaps] == [
        ("heldout_text", "doi:10.1/h", "near_copy", 0)
    ]
    assert list(found.dropped) == [0]


def test_a_copy_that_runs_over_two_blocks_takes_both() -> None:
    texts = Contamination([EvaluationText("set", "1", "text", QUESTION)], ContaminationConfig())
    first, second = HALVES
    found = decontaminate(
        document(Block("paragraph", first), Block("paragraph", second), Block("paragraph", "x")), texts
    )
    assert list(found.dropped) == [0, 1]


def test_blocks_that_become_neighbours_are_looked_at_again() -> None:
    texts = Contamination(
        [EvaluationText("set", "1", "text", QUESTION), EvaluationText("set", "2", "text", PARAGRAPH)],
        ContaminationConfig(),
    )
    first, second = HALVES
    blocks = (Block("paragraph", first), Block("paragraph", PARAGRAPH), Block("paragraph", second))
    found = decontaminate(document(*blocks, Block("paragraph", "The end.")), texts)
    assert list(found.dropped) == [0, 1, 2]
    kept = [block.text for index, block in enumerate(document(*blocks).blocks) if index not in found.dropped]
    assert texts.find("\n\n".join(kept)) == []


def test_a_clean_paper_stays_whole(tmp_path: Path) -> None:
    write_rows(tmp_path / "papers.jsonl", [{"id": "p1", "question": QUESTION}])
    found = decontaminate(document(Block("paragraph", PARAGRAPH)), contamination(tmp_path))
    assert (found.dropped, found.overlaps) == ({}, ())


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=60), max_size=6), st.integers(0, 5))
def test_what_is_left_of_any_paper_has_nothing_in_common(texts: list[str], copied: int) -> None:
    evaluation = [EvaluationText("set", str(n), "text", text) for n, text in enumerate(texts[copied:])]
    found = Contamination(evaluation, ContaminationConfig(words=2, characters=3))
    blocks = [Block("paragraph", text) for text in texts]
    dropped = decontaminate(document(*blocks), found).dropped
    kept = [text for index, text in enumerate(texts) if index not in dropped]
    assert found.find("\n\n".join(kept)) == []
    assert len(kept) + len(dropped) == len(texts)
