"""How figures read, in Markdown and HTML alike: numbers in, short texts out.

shown(MEASURES["kg_recall"], {"value": 0.45, "low": 0.36, "high": 0.54, "n": 120})  ->  ("45.0 %", "36.0–54.0")
"""

from __future__ import annotations

from collections.abc import Mapping

from eval.measures import MEASURES, Change, Figure, Measure
from eval.statistics import LEVEL

BASELINES = {
    "bits_per_byte": ("unigram_bits_per_byte", "unigram model"),
    "kg_choice": ("chance_kg_choice", "chance"),
    "kg_recall": ("majority_kg", "majority answer"),
    "kg_unseen": ("majority_kg_unseen", "majority answer"),
}
"""Measure to the baseline that stands beside it, and what it is."""

METHOD = (
    "Every model is served by vLLM and asked the same questions. Intervals are at 95 %: Wilson's where a question or "
    "a pair is right or wrong, else a bootstrap over documents, facts or pairs. Changes are paired, on the same "
    "questions; p is McNemar's exact test. Bits per byte: lm_eval, rolling windows. Exact match after NFKC, case "
    "folding and without punctuation. The majority baseline gives the most frequent answer of each relation."
)
METHOD_CHINESE = (
    "所有模型均由 vLLM 提供服务并回答相同的问题。区间为 95%：对错型题目用 Wilson 区间，"
    "其余按文档、事实或成对自助抽样；变化为同题配对比较，p 为 McNemar 精确检验。"
)
DUAL_LOGIC = (
    "After arXiv 2309.04198: a true statement and its counterfactual are both asked. DL index: pairs whose two "
    "answers are opposite; accuracy: single questions answered rightly; F1: the harmonic mean of the two; both right: "
    "pairs with both answers right. The answer is whichever of Yes and No (是, 否) is likelier as the first word."
)
DUAL_LOGIC_CHINESE = (
    "依据 arXiv 2309.04198：真语句与其反事实语句都提问。DL 指数为两个回答相反的语句对所占比例；准确率按单题计；"
    "F1 为两者的调和平均；成对全对为两题皆对的比例。回答取“是”“否”中作为首词概率较高者。"
)
MINUS = "\N{MINUS SIGN}"


def number(measure: Measure, value: float) -> str:
    return f"{100 * value:.1f} %" if measure.share else f"{value:.3f}"


def interval(measure: Measure, low: float, high: float) -> str:
    return f"{100 * low:.1f}–{100 * high:.1f}" if measure.share else f"{low:.3f}–{high:.3f}"


def shown(measure: Measure, figure: Figure) -> tuple[str, str]:
    return number(measure, figure["value"]), interval(measure, figure["low"], figure["high"])


def moved(change: Change) -> tuple[str, str]:
    """The signed change and its interval; shares in percentage points."""
    scale, digits = (100.0, 1) if MEASURES[change["measure"]].share else (1.0, 3)
    value, low, high = (f"{scale * change[key]:+.{digits}f}" for key in ("value", "low", "high"))
    return value.replace("-", MINUS), f"{low} to {high}".replace("-", MINUS)


def verdict(change: Change) -> str:
    """`better` or `worse` where the interval leaves zero out and the test, if there is one, agrees."""
    if change["low"] <= 0 <= change["high"] or (change["p"] or 0) >= 1 - LEVEL:
        return "no clear change"
    return "better" if (change["value"] > 0) == MEASURES[change["measure"]].higher_is_better else "worse"


def probability(p: float | None) -> str:
    if p is None:
        return ""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def baseline(measure: Measure, baselines: Mapping[str, float]) -> str:
    key, title = BASELINES.get(measure.name, ("", ""))
    return f"{number(measure, baselines[key])} ({title})" if key in baselines else ""


def group_names(models: Mapping[str, Mapping[str, Figure]], measure: Measure) -> list[str]:
    """The figures of a measure that belong to a part of the questions, in the order they were measured."""
    found = [name for figures in models.values() for name in figures if name not in MEASURES]
    return list(dict.fromkeys(name for name in found if _measure_of(name) == measure.name))


def _measure_of(name: str) -> str:
    """The longest measure a figure's name begins with: `kg_choice_per_character_en` is not of `kg_choice`."""
    return max((measure for measure in MEASURES if name.startswith(f"{measure}_")), key=len, default="")


def count(models: Mapping[str, Mapping[str, Figure]], name: str) -> str:
    """How many were scored; a range where the models differ."""
    counts = sorted({figures[name]["n"] for figures in models.values() if name in figures})
    return str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
