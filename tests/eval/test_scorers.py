from __future__ import annotations

import pytest

from eval.scorers import BLEU_COLUMNS, bleu, bleu_counts, exact_match, normalise, rouge_l


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("脾、肺、心。", "脾肺心"),
        (" Spleen and Lung. ", "spleenandlung"),
        ("ＡＱＰ４", "aqp4"),
        ("AQP-4", "aqp4"),
        ("0.2", "0.2"),
        ("0.2.", "0.2"),
        ("1,000", "1,000"),
        ("3, 4", "34"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("“人参”\n", "人参"),
        ("ﬁbre", "fibre"),
        ("<0.5", "<0.5"),
        ("α-synuclein", "αsynuclein"),
        ("。", ""),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert normalise(text) == normal


@pytest.mark.parametrize(
    ("expected", "answer", "right"),
    [
        ("脾、肺、心", "脾肺心。", True),
        ("脾、肺、心", "肺、脾、心", False),
        ("Spleen", "spleen.", True),
        ("1.5", "15", False),
        ("心经", "归心经", False),
    ],
)
def test_exact_match(expected: str, answer: str, right: bool) -> None:
    assert exact_match(expected, answer) is right


@pytest.mark.parametrize(
    ("expected", "answer", "score"),
    [
        ("the cat sat", "the cat", 0.8),  # precision 1, recall 2/3
        ("细胞外间隙", "细胞间隙", 8 / 9),  # 4 of 5 characters, 4 of 4
        ("细胞外AQP4", "AQP4", 0.4),  # a Latin word is one token beside characters
        ("the cat sat", "", 0.0),
        ("The cat", "the CAT.", 1.0),
    ],
)
def test_rouge_l(expected: str, answer: str, score: float) -> None:
    assert rouge_l(expected, answer) == pytest.approx(score)


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["a small gap between cells", "cells gap narrow", "The narrow, dark gap!"])
def test_rouge_l_agrees_with_the_package_that_defines_it(answer: str) -> None:
    from rouge_score.rouge_scorer import RougeScorer  # importing it takes seconds

    expected = "the narrow gap between brain cells"
    official = RougeScorer(["rougeL"]).score(expected, answer)["rougeL"].fmeasure
    assert rouge_l(expected, answer) == pytest.approx(official)


def test_bleu_of_the_same_text_is_one() -> None:
    counts = bleu_counts("the cat sat on the mat", "the cat sat on the mat")
    assert [counts[name] for name in BLEU_COLUMNS] == [6, 5, 4, 3, 6, 5, 4, 3, 6, 6]
    assert bleu(list(counts.values())) == pytest.approx(1.0)


def test_bleu_counts_chinese_by_character_and_add_up_to_the_corpus_score() -> None:
    from sacrebleu.metrics import BLEU

    expected, answers = ["细胞外间隙很窄。", "它充满组织液。"], ["细胞外间隙窄。", "它充满液。"]
    rows = [bleu_counts(*pair) for pair in zip(expected, answers, strict=True)]
    sums = [sum(row[name] for row in rows) for name in BLEU_COLUMNS]
    assert sums[0] == 12  # 7 and 5 characters, all of which stand in the reference
    assert bleu(sums) == pytest.approx(BLEU(tokenize="zh").corpus_score(answers, [expected]).score / 100)
