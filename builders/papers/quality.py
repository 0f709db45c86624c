"""Whether a paragraph is prose worth learning from; if not, the reason.

fault("0 10 20 30 40 Time (s) 0.5 1.0 1.5 2.0", QualityConfig())   ->  "too_few_alphabetic_words"
fault("The volume fraction of the space is about 0.2.", QualityConfig())  ->  None

The rules are those of Gopher (Rae et al. 2021, arXiv 2112.11446, appendix A1) for quality and repetition, and of C4
(Raffel et al. 2020, arXiv 1910.10683, section 2.2), written for web pages. Their values are set anew here for single
paragraphs of papers, which may be a line long, full of numbers, symbols and abbreviations, or Chinese.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from builders.papers.choices import check_names


@dataclass(frozen=True)
class QualityConfig:
    """The limits of the rules; a paragraph on a limit stays."""

    rules_off: list[str] = field(default_factory=list)
    """Rules that do not apply, by their reason."""
    words_min: int = 3
    """Gopher has 50 a page; "where D is constant." is a paragraph of a paper."""
    characters_min_zh: int = 5
    mean_word_length_min: float = 2.0
    mean_word_length_max: float = 14.0
    """Gopher has 3 to 10; single letters come from spaced-out type, long words from lost spaces."""
    mean_word_length_from: int = 8
    """Words from which their mean length says something: "Forward primer: AATGATACGGCG" is fine."""
    alphabetic_words_min: float = 0.45
    """Share of the words with a letter in them; Gopher has 0.8."""
    han_min: float = 0.25
    """Share of Chinese characters in a Chinese paragraph."""
    symbols_max: float = 0.2
    """Ellipses and "#" a word; Gopher has 0.1."""
    stop_words_from: int = 30
    """Words from which a paragraph must have one of the most frequent words of its language; Gopher asks for two."""
    sentence_from: int = 60
    """Words (in Chinese, characters) from which a paragraph must have a sentence's end; C4 asks it of each line."""
    repetition_from: int = 40
    """Words (in Chinese, characters) from which repetition is looked for."""
    top_bigram_max: float = 0.3
    top_trigram_max: float = 0.3
    """Share of the characters in the most frequent two and three words; Gopher has 0.20 and 0.18 a page."""
    repeated_max: float = 0.4
    """Share of the words in runs of five (in Chinese, of ten characters) that came before; Gopher has 0.15."""

    def check(self) -> None:
        """Raises UserError where `rules_off` names no rule."""
        check_names("clean.quality.rules_off", self.rules_off, RULES)


RULES = (
    "too_few_words",
    "placeholder_text",
    "mean_word_length",
    "too_few_alphabetic_words",
    "too_few_chinese_characters",
    "too_many_symbols",
    "no_stop_words",
    "no_sentence",
    "repeated_bigram",
    "repeated_trigram",
    "repeated_runs",
)
_MATHS = re.compile(r"\$[^$\n]{1,2000}\$")
_MOST_FREQUENT = "the be to of and that have with in is are was were a an for by as on at from or this we"
_STOP_WORDS = frozenset(_MOST_FREQUENT.split())
_STOP_CHARACTERS = frozenset("的是在和了与为有中对不及或可由以从上于其")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_NO_LETTER = re.compile(r"[^\w\s]|[\d_]")
_SYMBOL = re.compile(r"#(?!\w)|\.\.\.|…")
_SENTENCE_END = re.compile(r"[.!?;:](?:\s|$|[\d⁰¹²³⁴-⁹\"”’)\]])|[。！？；：]")
_RUN = {"en": 5, "zh": 10}


def fault(text: str, config: QualityConfig) -> str | None:
    """The first rule that a paragraph breaks."""
    han = 0 if text.isascii() else len(_HAN.findall(text))
    # As in language.py: a Chinese character stands for about three Latin letters.
    is_chinese = han and 3 * han >= len(_LATIN.findall(text))
    faults = _chinese(text, han, config) if is_chinese else _spaced(text, han, config)
    return next((reason for reason in faults if reason not in config.rules_off), None)


def _spaced(text: str, han: int, config: QualityConfig) -> Iterator[str]:
    words = text.split()
    count = len(words)
    if count + han < config.words_min:
        yield "too_few_words"
    lowered = text.lower()
    if "lorem ipsum" in lowered or "enable javascript" in lowered or "accept cookies" in lowered:
        yield "placeholder_text"
    if count >= config.mean_word_length_from:
        prose = len(_MATHS.sub("x", text)) if "$" in text else len(text)
        if not config.mean_word_length_min <= (prose - count + 1) / count <= config.mean_word_length_max:
            yield "mean_word_length"
    alphabetic = len(_NO_LETTER.sub("", text).split())
    if alphabetic < config.alphabetic_words_min * count:
        yield "too_few_alphabetic_words"
    if ("#" in text or ".." in text or "…" in text) and len(_SYMBOL.findall(text)) > config.symbols_max * count:
        yield "too_many_symbols"
    words = lowered.split()
    if count >= config.stop_words_from and _STOP_WORDS.isdisjoint(words):
        yield "no_stop_words"
    if count >= config.sentence_from and not _SENTENCE_END.search(text):
        yield "no_sentence"
    if count >= config.repetition_from:
        yield from _repetition(words, _RUN["en"], config)


def _chinese(text: str, han: int, config: QualityConfig) -> Iterator[str]:
    if han < config.characters_min_zh:
        yield "too_few_words"
    bare = "".join(text.split())
    if han < config.han_min * len(bare):
        yield "too_few_chinese_characters"
    if len(_SYMBOL.findall(text)) > config.symbols_max * han:
        yield "too_many_symbols"
    if han >= config.stop_words_from and _STOP_CHARACTERS.isdisjoint(text):
        yield "no_stop_words"
    if han >= config.sentence_from and not _SENTENCE_END.search(text):
        yield "no_sentence"
    if han >= config.repetition_from:
        yield from _repetition(bare, _RUN["zh"], config)


def _repetition(units: Sequence[str], run: int, config: QualityConfig) -> Iterator[str]:
    """Repetition by words, or in Chinese by characters, of which two make about one word."""
    total = sum(map(len, units))
    counts = Counter(units)
    shares = [len(unit) * times for unit, times in counts.items()]
    shares.sort(reverse=True)
    for size, limit, reason in (
        (2, config.top_bigram_max, "repeated_bigram"),
        (3, config.top_trigram_max, "repeated_trigram"),
    ):
        gram = size if run == _RUN["en"] else 2 * size
        # A run of words takes no more of the text than its words do.
        if sum(shares[:gram]) > limit * total:
            top, times = _most_frequent(units, gram)
            if times > 2 and times * sum(map(len, top)) > limit * total:
                yield reason
    # What came before is not new: many different words leave no room for repeated runs.
    if len(counts) < (1 - config.repeated_max) * len(units) or run == _RUN["zh"]:
        runs = list(zip(*(units[at:] for at in range(run)), strict=False))
        if len(set(runs)) < len(runs) and _in_repeated_runs(runs, run) > config.repeated_max * len(units):
            yield "repeated_runs"


def _most_frequent(units: Sequence[str], size: int) -> tuple[Collection[str], int]:
    grams = Counter(zip(*(units[at:] for at in range(size)), strict=False))
    gram = max(grams, key=grams.__getitem__, default=())
    return gram, grams[gram] if gram else 0


def _in_repeated_runs(runs: Sequence[tuple[str, ...]], run: int) -> int:
    """How many units stand in a run that came before."""
    seen: set[tuple[str, ...]] = set()
    covered = end = 0
    for start, units in enumerate(runs):
        if units in seen:
            covered += start + run - max(start, end)
            end = start + run
        seen.add(units)
    return covered
