"""Chinese paragraphs in, terms with the English that stands in brackets after them out.

"第一道关口是血脑屏障（blood-brain barrier，BBB）。"
    ->  english_term: "血脑屏障" | "blood-brain barrier"          chinese_term: the other way
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builders.mine.comprehension.keywords import words
from builders.mine.passages import Paragraph, Sentence, common_words, leans
from builders.mine.tasks.found import Found
from builders.mine.tasks.reading import clean
from builders.mine.tasks.say import Paper

TERM = range(2, 15)  # characters of a Chinese term
_PAIR = re.compile(
    r"(?P<chinese>[\u4e00-\u9fffA-Za-z0-9α-ωΑ-Ω-]{2,30})[（(](?P<english>[A-Za-z][A-Za-z0-9 ,'’/-]{3,70}?)"
    r"(?:[,，;；、]\s?[A-Za-z][\w+-]{1,9})?[)）]"
)
_WORD = re.compile(r"[a-z]{3,}")
_NAME = re.compile(r"[A-Z][\w-]*")  # a maker, a brand
_HAN = re.compile(r"[\u4e00-\u9fff]")
# What a paper on one organ or animal says with the term, and the English term does not have.
_QUALIFIERS = (
    *(
        ("脑", r"(?i)brain|cereb|enceph|neuro|cran"),
        ("人", r"(?i)human|person|man"),
        ("小鼠", r"(?i)mouse|mice|murine"),
    ),
    *(("大鼠", r"(?i)\brats?\b"), ("细胞", r"(?i)cell|cyt"), ("血", r"(?i)blood|h[a]?em|vas|serum|sangu")),
    *(("肝", r"(?i)liver|hepat"), ("肺", r"(?i)lung|pulmo|pneumo"), ("肾", r"(?i)kidney|renal|nephr|adren")),
    *(("心", r"(?i)heart|card|psych|ment"), ("肿瘤", r"(?i)tumou?r|cancer|onco|neopl")),
)
_BORDERS = ("", "，", "、", "。", "；", "：", "“", "（")
_NO_BEGINNING = "等性化"
# Common words that are parts of terms; other common words, and these verbs, come before one.
_IN_TERMS = frozenset((*"性率量度值型级期组件者", "水平", "程度", "过程", "条件", "作用", "分析", "测量", "实验"))
_BEFORE_TERMS = frozenset(
    """
    注入 进入 到达 药物 缺乏 缺少 敲除 表达 抑制 研究 观察 比较 称为 称作 即 叫做 命名 选择 加入 利用 应用 检测
    测定 具有 含有 包含 属于 分为 形成 构成 激活 注射 给予 介导 参与 构建 建立 提出 引入 运用 基于 作为 及其 等
    或者 常用 所谓 成 典型 经典 选用 采集 计算 定义 引进 借助 依靠 取决于 来自 源于 位于 分泌 产生 诱发 加上 表示
    记作 记为 简称 英文 又称 也称 亦称 有时 例如 比如 尤其 特别是 以及 多种 常见 新型 某些 人们 学者 我们 他们
    """.split()  # noqa: SIM905
)


def translations(paragraph: Paragraph, paper: Paper) -> Iterator[Found]:
    """Both questions on every term whose beginning is certain."""
    for sentence in paragraph.sentences:
        for found in _PAIR.finditer(sentence.text):
            start = _term_start(found["chinese"])
            if start is None or not _is_term(found["english"]) or not clean(found.group()):
                continue
            if (start == 0 and sentence.text[: found.start()][-1:] in _BORDERS) or paper.text.count(
                found["chinese"][start:]
            ) > 1:
                yield from _both(sentence, found, start, paragraph)


def _is_term(english: str) -> bool:
    return _WORD.search(english) is not None and _NAME.fullmatch(english) is None


def _both(sentence: Sentence, found: re.Match[str], start: int, paragraph: Paragraph) -> Iterator[Found]:
    chinese = (sentence.part(found.start("chinese") + start, found.end("chinese")),)
    english = (sentence.part(*found.span("english")),)
    name, foreign = found["chinese"][start:], found["english"]
    uses, section = (sentence.source,), paragraph.section
    yield Found("english_term", foreign, english, {"chinese": name}, chinese, "alone", (), uses, section)
    if any(name.startswith(qualifier) and not re.search(said, foreign) for qualifier, said in _QUALIFIERS):
        return
    yield Found("chinese_term", name, chinese, {"english": foreign}, english, "alone", (), uses, section)


def _term_start(before: str) -> int | None:
    """Where the Chinese term that ends `before` begins: after the last word that is part of no term."""
    start, common = 0, common_words("zh")
    for _, end, word in words(before):
        if end < len(before) and (word in _BEFORE_TERMS or (word in common and word not in _IN_TERMS)):
            start = end
    term = before[start:]
    fits = len(term) in TERM and len(_HAN.findall(term)) > 1 and _HAN.match(term) is not None
    return start if fits and not leans(term, "zh") and term[0] not in _NO_BEGINNING else None
