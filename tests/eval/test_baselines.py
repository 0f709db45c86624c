from __future__ import annotations

import math
from typing import Any

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from eval.baselines import majority, unigram_bits_per_byte


def fact(relation: str, tail: str) -> dict[str, Any]:
    return {"relation": relation, "tail": tail, "answer": f"It is {tail}."}


def test_unigram_counts_tokens_of_the_training_text_with_one_added() -> None:
    tokenizer = Tokenizer(models.WordLevel({"a": 0, "b": 1, "c": 2, "[UNK]": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    held_out = [{"language": "en", "text": "a b"}, {"language": "zh", "text": "c"}]
    found = unigram_bits_per_byte(tokenizer, ["a a a", "b"], held_out)
    a, b, c = (-math.log2(count / (4 + 4)) for count in (3 + 1, 1 + 1, 0 + 1))
    assert found == {
        "unigram_bits_per_byte": pytest.approx((a + b + c) / 4),
        "unigram_bits_per_byte_en": pytest.approx((a + b) / 3),
        "unigram_bits_per_byte_zh": pytest.approx(c),
    }


def test_majority_takes_the_better_of_one_answer_and_one_a_relation() -> None:
    rows = [fact("归经", "心。"), fact("归经", "心"), fact("归经", "肺"), fact("性味", "甘"), fact("性味", "苦")]
    assert majority(rows, "majority_kg") == {
        "majority_kg": 3 / 5,
        "majority_kg_overall": 2 / 5,
        "majority_kg_per_relation": 3 / 5,
    }
