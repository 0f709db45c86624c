"""Each rule gives its reason, and the prose of papers passes all of them."""

from __future__ import annotations

import pytest

from builders.errors import UserError
from builders.papers.quality import RULES, QualityConfig, fault

PROSE = (
    "The extracellular space of the brain takes up about a fifth of its volume (0.2, n = 12). Molecules move through "
    "it by diffusion, and their paths are longer than those in free medium by a factor of 1.6. Swelling of cells "
    "makes it narrower; in sleep it was found to be wider than in waking animals, which may help the removal of waste."
)
ZH = (
    "脑细胞外间隙约占脑组织容积的五分之一，小分子在其中的扩散速度明显慢于自由溶液，"
    "细胞肿胀时间隙变窄，睡眠时间隙变宽。"
)


@pytest.mark.parametrize(
    "text", [PROSE, ZH, "where D is the diffusion coefficient.", "Yes, it does.", "本研究获批准。"]
)
def test_prose_passes(text: str) -> None:
    assert fault(text, QualityConfig()) is None


CASES = {
    "too_few_words": "Medical Text",
    "placeholder_text": "Lorem ipsum dolor sit amet is what stands here.",
    "mean_word_length": "t h i s i s s p a c e d o u t",
    "too_few_alphabetic_words": "0 10 20 30 Time (s) 0.5 1.0 1.5 2.0 %",
    "too_few_chinese_characters": "对照组 - 12.5±3.1 | 13.1±2.2 | 14.6±2.0 | 实验组",
    "too_many_symbols": "first... second... third... fourth...",
    "no_stop_words": "control sham lesion treated vehicle saline " * 5,
    "no_sentence": "the cells of the cortex and other parts in adult rats that move " * 5,
    "repeated_bigram": "red blue " * 20 + "and the other words of this sentence. ",
    "repeated_trigram": "alpha beta gamma of " * 6
    + "a text with many words that were not seen before in it, each used once, so"
    " only three come back far too often for prose, which no reader wants; other parts differ and say something new.",
    "repeated_runs": f"{PROSE} {PROSE}",
}  # fmt: skip


@pytest.mark.parametrize("reason", CASES)
def test_each_rule_has_its_reason(reason: str) -> None:
    assert fault(CASES[reason], QualityConfig()) == reason


def test_every_rule_is_tested_and_can_be_switched_off() -> None:
    assert set(CASES) == set(RULES)
    assert fault("Medical Text", QualityConfig(rules_off=["too_few_words"])) is None
    assert fault("一二", QualityConfig()) == "too_few_words"
    assert fault(f"{ZH}{ZH}", QualityConfig()) == "repeated_runs"


def test_a_rule_that_there_is_not_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UserError, match=r"clean\.quality\.rules_off: too_few_word: .* did you mean too_few_words\?"):
        QualityConfig(rules_off=["too_few_word"]).check()
