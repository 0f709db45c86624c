"""What an answer is worth: the expected and the given text in, numbers out.

exact_match("脾、肺、心", " 脾肺心。")  ->  True
rouge_l("the cat sat", "the cat")      ->  0.8
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from rapidfuzz.distance import LCSseq

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
HAS_HAN = re.compile(f"[{HAN}]")
WORD_OR_CHARACTER = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
BLEU_COLUMNS = (
    *(f"correct_{order}" for order in range(1, 5)),
    *(f"total_{order}" for order in range(1, 5)),
    "sys_len",
    "ref_len",
)


def normalise(text: str) -> str:
    """NFKC, case folded, without spaces and punctuation; a point or comma between two digits stays."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = [
        character
        for place, character in enumerate(folded)
        if not _is_gap(character) or (character in ".," and _between_digits(folded, place))
    ]
    return "".join(kept)


def exact_match(expected: str, answer: str) -> bool:
    return normalise(expected) == normalise(answer)


def rouge_l(expected: str, answer: str) -> float:
    """F1 of the longest common subsequence (Lin 2004) over words, Chinese over characters."""
    reference, candidate = words(expected), words(answer)
    total = len(reference) + len(candidate)
    return 2 * LCSseq.similarity(reference, candidate) / total if total else 0.0


def words(text: str) -> list[str]:
    """What ROUGE counts: case-folded words, every Chinese character a word."""
    return WORD_OR_CHARACTER.findall(text.casefold())


def bleu_counts(expected: str, answer: str) -> dict[str, float]:
    """The sums behind BLEU (Papineni et al. 2002) of one pair: they add up to the corpus score by `bleu`."""
    score = _bleu(bool(HAS_HAN.search(expected))).corpus_score([answer], [[expected]])
    counts = [*score.counts, *score.totals, score.sys_len, score.ref_len]
    return {name: float(count) for name, count in zip(BLEU_COLUMNS, counts, strict=True)}


def bleu(sums: list[float]) -> float:
    """Corpus BLEU, 0 to 1, of added-up `bleu_counts`, smoothed as sacrebleu does by default."""
    from sacrebleu.metrics import BLEU

    counts = [round(value) for value in sums]
    score = BLEU.compute_bleu(counts[:4], counts[4:8], counts[8], counts[9], smooth_method="exp")
    return float(score.score) / 100


def _is_gap(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC"


def _between_digits(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and text[place - 1].isdigit() and text[place + 1].isdigit()


@cache
def _bleu(chinese: bool) -> Any:
    from sacrebleu.metrics import BLEU

    return BLEU(tokenize="zh" if chinese else "13a")
