"""Sentences in, blanks for a number with its unit out.

"The width of the space is about 40 nm."  ->  number: "The width of the space is about ____." | "40 nm"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from builders.graph.chance import fraction
from builders.mine.passages import Paragraph, Sentence
from builders.mine.tasks.found import Found, tidy
from builders.mine.tasks.reading import alone, usable
from builders.mine.tasks.say import Paper
from builders.mine.tasks.sections import role

BLANK = "____"
ENOUGH = 4  # of a paper, of which a few are asked
# Longer ones are tried first; "?" makes a plural's ending optional.
_UNITS = """
    µm²/s μm²/s µm2/s cm²/s cm2/s m²/s mm²/s mg/kg mg/mL mg/ml µg/mL μg/mL µg/ml μg/ml ng/mL ng/ml g/L mg/L mmol/L
    µmol/L μmol/L nmol/L mL/min ml/min L/min mm/s µm/s μm/s m/s km/h mW/cm2 mW/cm² mA/cm2 mA/cm² W/m2
    nm µm μm mm cm km mM µM μM nM pM mV kV mA µA μA kDa Da ms µs μs kHz MHz GHz Hz °C °F mmHg kPa MPa GPa Pa
    mL ml µL μL mg µg μg ng kg GB MB TB kcal kJ nN pN bp kb rpm dB fps % ‰ h g V
    percent days? weeks? months? years? hours? minutes? seconds? min
    微米 纳米 毫米 厘米 千米 微克 毫克 千克 毫升 微升 毫摩尔/升 微摩尔/升 毫伏 毫秒
    小时 分钟 秒 天 周 个月 年 倍 摄氏度 千道尔顿 道尔顿
"""
_UNIT = "|".join(
    unit if unit.endswith("?") else re.escape(unit) for unit in sorted(_UNITS.split(), key=len, reverse=True)
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MEASURED = re.compile(
    rf"(?<![A-Za-z0-9µμ_.,/^+−%°)～~≥≤<>=-])(?<![±×~≈<>=≤≥–～-] )(?<![\d%] )(?<![±×–])[-−]?{_NUMBER}(?:\s?(?:±"
    rf"|\+/-)\s?{_NUMBER})?"
    rf"(?:\s?(?:–|-|—|to|～|~|至|到)\s?{_NUMBER})?\s?(?:{_UNIT})(?![A-Za-z0-9/%²³⁻·^然龄轻围期体度]|<sup>| ?[×x] ?\d"
    rf"| ?(?:m?[A-Z]{{1,2}}|mol|kg|cm|m|s|h|min|ac|ha|day) ?[−⁻-] ?\d|\s?(?:±|/|[–～~—]|-\d|to \d|\d|CI\b|conf))"
)
_DIGIT = re.compile(r"\d\s?[%A-Za-zµμ°微纳毫厘千小分秒天周个年倍摄道]")
_INTERVAL = re.compile(
    r"\bCI\b|confidence|\bIQR\b|\bSD\b|p\s?[<=>]|P\s?[<=>]|置信|n\s?=\s?\d|x̄|v/v|w/v|wt", re.IGNORECASE
)
# What was done at the bench, hour by hour, is nothing to be learnt by heart.
_PROCEDURE = re.compile(
    r"注射|注入|麻醉|离心|孵育|培养|禁食|体重|复查|\b(?:incubat|block|spray|sow|centrifug|wash|rins|supplement|inoculat|resuspend|lys(?:ed|is)|stain|cultur|grown|prepar"
    r"|dilut|dissolv|anesthe|anaesthe"
    r"|heated|harvest|purchas|fixed|seeded|plated|pelleted|inject|administ|sacrific|euthan|film|exposure|loaded"
    r"|mixed|stored|dried|kept"
    r"|maintain|pulsed|transfect|cell suspension|buffer|medium|thermal(?:ly)?|annealed|deposited|measured (?:in"
    r"|with|at|for)|collected|recorded)",
    re.IGNORECASE,
)
_ORDINARY = re.compile(r"(?:19|20)\d\d(?:\s?[-–—～至]\s?(?:19|20)\d\d)? ?年|[-−]?(?:0|1|100)(?:\.0)?\s?(?:%|[a-z]\b)")


def numbers(paper: Paper, paragraphs: Sequence[Paragraph], seed: int) -> Iterator[Found]:
    """Some sentences outside the methods, chosen by hash, that have measured values, with one of them left out."""
    sought = [
        (sentence, paragraph)
        for paragraph in paragraphs
        if not paragraph.is_abstract and role(paragraph.section) not in ("methods", "limitations", "future")
        for sentence in paragraph.sentences
        if _DIGIT.search(sentence.text)
    ]
    sought.sort(key=lambda each: fraction(seed, "number", each[0].text))
    found = (blank for sentence, paragraph in sought for blank in _number(sentence, paragraph, paper))
    yield from islice(found, ENOUGH)


def _number(sentence: Sentence, paragraph: Paragraph, paper: Paper) -> Iterator[Found]:
    text, language = sentence.text, paper.language
    found = next((each for each in _MEASURED.finditer(text) if _plain(text, each)), None)
    if (
        found is None
        or _INTERVAL.search(text)
        or _PROCEDURE.search(text)
        or not usable(text, language)
        or not alone(text, language)
    ):
        return
    value = found.group()
    digits = re.findall(r"\d+(?:\.\d+)?", value)
    rest = text[: found.start()] + BLANK + text[found.end() :]
    if any(re.search(rf"(?<![\d.]){re.escape(digit)}(?![\d.])", tidy(rest)) for digit in digits):
        return
    before, after = sentence.part(0, found.start()), sentence.part(found.end(), len(text))
    answer = sentence.part(*found.span())
    yield Found(
        "number",
        value,
        (answer,),
        {"statement": tidy(rest)},
        tuple(span for span in (before, after) if span.start != span.end),
        "named",
        (),
        (sentence.source,),
        paragraph.section,
    )


def _plain(text: str, found: re.Match[str]) -> bool:
    """Whether a value stands in the sentence itself, not in brackets, and is not one that anybody would guess."""
    before = text[: found.start()]
    bracketed = sum(map(before.count, "([（")) > sum(map(before.count, ")]）"))
    # "sensitivity -81 %": a dash before a value is no sign of it.
    return not bracketed and found.group()[0] not in "-−–" and not _ORDINARY.fullmatch(found.group())
