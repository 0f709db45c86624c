"""An answer and the texts it was drawn from in, how much of it they support out: no model, fast enough for every row.

    evidence = Evidence.of(["AQP4 was absent in 5 of 12 mice."], "en")
    verify("AQP4 was absent in 7 mice.", evidence, VerifyConfig())
        ->  Support(longest=0.69, covered=0.69, recall=0.8, numbers=("7",), names=(), entities=(), negation=True,
                    altered=("7",), omitted=("5", "of", "12"), failures=("numbers", "longest", "covered", "altered"))

A number or a name that no source has is an invention and always fails. The rest has thresholds: the longest common
substring as a share of the answer (the measure by which Huatuo's dialogues from literature were checked, Wang et al.,
arXiv 2304.06975), the share of the answer in any common substring, the share of its content words that a source has,
and whether each sentence negates as often, even or odd, as the source sentence next to it. With `verbatim`, nothing
may be altered within a sentence but for `free` words: that catches two names that changed places.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from builders import sentences

Entities = Callable[[str], Iterable[str]]
"""Finds the entities that a text names, as their stable names."""


@dataclass(frozen=True)
class VerifyConfig:
    """How much of an answer its sources must hold."""

    longest: float = 0.25
    """Least share of the answer in the longest common substring."""
    covered: float = 0.75
    """Least share of the answer in common substrings of at least `GRAM` characters."""
    recall: float = 0.85
    """Least share of the answer's content words that stand in a source."""
    verbatim: bool = True
    """Whether a word that is altered within a sentence fails the answer; false for a teacher that may rephrase."""


@dataclass(frozen=True, slots=True)
class Support:
    """How much of an answer its sources hold, part by part; shares from 0 to 1."""

    longest: float
    covered: float
    recall: float
    numbers: tuple[str, ...]
    """Numbers, with their units, that no source has."""
    names: tuple[str, ...]
    """Acronyms and names with digits that no source has."""
    entities: tuple[str, ...]
    """Entities that no source names; empty without a finder."""
    negation: bool
    """Whether every sentence negates as its nearest source sentence does: both an even or both an odd number."""
    altered: tuple[str, ...]
    """Words of an answer's sentence that are not, in that order, in its nearest source sentence; `free` apart."""
    omitted: tuple[str, ...]
    """Words of the nearest source sentences that are missing in between; `free` and bracketed ones apart."""
    failures: tuple[str, ...]
    """The names of the parts that fail, hard ones first."""

    @property
    def passed(self) -> bool:
        return not self.failures


# ---- marks: numbers, names, negations, words ------------------------------------------------------------------------

GRAM: Final = {"en": 12, "zh": 5}
"""Characters below which two texts share a string by chance."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—―−－", "-"), **dict.fromkeys("‘’′＇", "'"), **dict.fromkeys("“”″", '"'),
                         "*": None, "\u00ad": None, "\u200b": None})  # fmt: skip
_BRACKETED = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,80}\]|（[^（）]{0,100}）")
_TOKEN = re.compile(r"[\u4e00-\u9fff]|\d+(?:[.,]\d+)*%?|[^\W\d_\u4e00-\u9fff]+(?:\d+[^\W_\u4e00-\u9fff]*)?")
_UNIT = (
    r"%|‰|°c|nm|μm|mm2|mm3|mm|cm2|cm3|cm|km|μm2|m2|m3|ng|μg|mg|kg|pg|g|nl|μl|ml|dl|l|nm|μm|mm|pm|mmol|μmol|nmol|mol|"
    r"kda|da|ms|min|hz|khz|mhz|ghz|kv|mv|μv|v|μa|ma|na|pa|kpa|mpa|w|mw|iu|u|bp|kb|mb|t|k|h|s|d|fold|"
    r"毫[米克升摩秒伏安]|微[米克升摩安伏秒]|纳[米克摩]|厘米|千米|千克|公斤|克|升|米|摩尔|秒|分钟|小时|天|周|个月|月|年|岁|例|只|次|倍|种|组|个"
)
_RATE = rf"(?:{_UNIT})(?:[/·](?:{_UNIT}))*"
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    rf"(?<![^\W\u4e00-\u9fff])(?<!\d[.,])[+-]?(?<![^\W\d_\u4e00-\u9fff]-)\d+(?:,\d{{3}})*(?:\.\d+)?"
    rf"(?:[ -]?(?P<unit>{_RATE})(?![a-zμ°]))?(?![.,]?\d|-[a-z])"
)
# With a capital or a digit after another character: "AQP4", "mRNA", "5xFAD"; Chinese writing around it is no part.
_NAME = re.compile(
    r"(?<![A-Za-z0-9\u0370-\u03ff])(?:[a-z\u0370-\u03ff]++[A-Z0-9]|[A-Z][a-z\u0370-\u03ff]*+[A-Z0-9]|\d++[A-Za-z])"
    r"[A-Za-z0-9\u0370-\u03ff]*+"
)
_SPELT = _words(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million "
    "half halves third thirds quarter quarters fifth fifths tenth tenths twice threefold twofold double triple"
)
_SPELT_CHINESE = re.compile(
    r"[一二两三四五六七八九十百千万半]+分之[一二两三四五六七八九十百千万半]+"
    r"|[二两三四五六七八九十百千万]+(?=[倍例种个项次组天周年月岁只名条类期层章])"
)
_NEGATION = _words(
    "not no never neither nor none without cannot hardly scarcely nobody nothing lack lacks lacked lacking fail fails "
    "failed absence absent unable unlikely except"
)
_NEGATION_CHINESE = re.compile(
    r"不(?![仅但同断良久过管论少妨止如足])|未(?!来)|没有?|无(?![论关菌创机])|非(?![常洲典甾])|否|缺乏|缺失|难以|并非|禁"
)
_COMMON = _words(
    "about after also although among and another any are been before being between both but can could did does done "
    "during each either even for from further had has have having hence here how however into its itself less may "
    "might more most much must nor not only onto other our over own per same shall should since some such than that "
    "the their them then there therefore these they this those through thus too under until upon very was were what "
    "when where whereas whether which while who whose why will with within would yet your"
)


@functools.lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text as it is compared: compatibility forms, letter case, dashes, quotes and white space made one."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).casefold().split())


def numbers(text: str, tokens: Iterable[str] | None = None) -> set[str]:
    """The numbers of a plain text, each with the unit behind it, and those spelt out."""
    found = {_joined(match) for match in _NUMBER.finditer(text)} if _DIGIT.search(text) else set()
    if not text.isascii():
        found.update(match.group() for match in _SPELT_CHINESE.finditer(text))
    return found.union(_SPELT.intersection(words(text) if tokens is None else tokens))


def _joined(match: re.Match[str]) -> str:
    digits = match.group()[: -len(match["unit"])] if match["unit"] else match.group()
    return digits.rstrip(" -").replace(",", "").lstrip("+") + (match["unit"] or "")


def names(text: str) -> set[str]:
    """Acronyms, names with digits and with inner capitals of a text as it was written, in letters of one case."""
    return set(plain(" ".join(_NAME.findall(text))).split())


def negations(text: str, language: str, tokens: Sequence[str] | None = None) -> int:
    """How often a plain text negates."""
    if language == "zh":
        return len(_NEGATION_CHINESE.findall(text))
    return sum(token in _NEGATION for token in tokens or words(text)) + text.count("n't")


def words(text: str) -> list[str]:
    """Words, numbers and Chinese characters of a plain text."""
    return _TOKEN.findall(text)


def _content(text: str, language: str, tokens: Iterable[str]) -> set[str]:
    """Longer words by their beginnings, or pairs of Chinese characters."""
    if language == "zh":
        return {text[at : at + 2] for at in range(len(text) - 1) if "一" <= text[at] <= "鿿" >= text[at + 1] >= "一"}
    return {word[:6] for word in set(tokens).difference(_COMMON) if len(word) > 3}


# ---- common substrings ----------------------------------------------------------------------------------------------


def grams(text: str, length: int) -> set[str]:
    """All strings of a length that a text holds."""
    return {text[at : at + length] for at in range(len(text) - length + 1)}


def covered(text: str, source: str, known: Set[str], length: int) -> list[tuple[int, int]]:
    """The parts of a text that stand in common substrings of at least a length: from, to, in order, none touching.

    Args:
        text: what is looked for.
        source: where it is looked for.
        known: `grams(source, length)`.
        length: characters below which a common substring is chance.
    """
    found: list[tuple[int, int]] = []
    at, last = 0, len(text) - length
    while at <= last:
        if text[at : at + length] not in known:
            at += 1
            continue
        end = at + _extended(text, at, length, source)
        if found and at <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((at, end))
        at = end - length + 1
    return found


def longest_common(text: str, source: str, known: Set[str], length: int, parts: Sequence[tuple[int, int]]) -> int:
    """The length of the longest substring that two texts share, if it is at least a length, else 0.

    Args:
        text: what is looked for.
        source: where it is looked for.
        known: `grams(source, length)`.
        length: the shortest that counts.
        parts: where in the text it can lie, from `covered`.
    """
    best = 0
    for start, end in sorted(parts, key=lambda part: part[0] - part[1]):
        at = start
        while at + max(best, length - 1) < end:
            # A longer one from here would hold the string that ends it; where that is unknown, none can reach over it.
            over = at + max(best + 1, length) - length
            if text[over : over + length] not in known:
                at = over + 1
            elif text[at : over + length] not in source:
                at += 1
            else:
                best = _extended(text, at, over + length - at, source)
                at += 1
    return best


def _extended(text: str, at: int, length: int, source: str) -> int:
    """How long the common substring at a place is, that is at least `length` long: steps double, then halve."""
    step = 64  # most answers are long quotations
    while at + length + step <= len(text) and text[at : at + length + step] in source:
        length += step
        step *= 2
    while step:
        if at + length + step <= len(text) and text[at : at + length + step] in source:
            length += step
        step //= 2
    return length


# ---- the verdict ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    """Sources made ready to be compared with many answers."""

    language: str
    texts: tuple[str, ...]
    joined: str
    grams: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    content: frozenset[str]
    sentences: Mapping[str, list[str]]
    """The words of each sentence, by the sentence."""

    @staticmethod
    def of(texts: Sequence[str], language: str) -> Evidence:
        """Sources in English or Chinese, each a text of its own."""
        joined = "\n".join(map(plain, texts))
        tokens = words(joined)
        parts = (plain(text[start:end]) for text in texts for start, end in sentences.spans(text))
        return Evidence(
            language,
            tuple(texts),
            joined,
            frozenset(grams(joined, GRAM[language])),
            frozenset(numbers(joined, tokens)),
            frozenset().union(*map(names, texts), tokens),
            frozenset(_content(joined, language, tokens)),
            {part: words(part) for part in parts},
        )


def verify(
    answer: str,
    evidence: Evidence,
    config: VerifyConfig,
    free: frozenset[str] = frozenset(),
    entities: Entities | None = None,
) -> Support:
    """Compares an answer with its sources.

    Args:
        answer: what is said.
        evidence: the sources it should come from.
        config: how much they must hold.
        free: words that may be put in or left out, such as those of a known rewriting.
        entities: finds what is known by name; an entity of the answer that no source names fails it.
    """
    said, language = plain(answer), evidence.language
    tokens, length = words(said), GRAM[language]
    common = covered(said, evidence.joined, evidence.grams, length)
    longest = longest_common(said, evidence.joined, evidence.grams, length, common)
    content = _content(said, language, tokens)
    negation, altered, omitted = _compared(answer, evidence, free)
    known: set[str] = set().union(*map(entities, evidence.texts)) if entities else set()
    parts = {
        "numbers": tuple(sorted(numbers(said, tokens) - evidence.numbers)),
        "names": tuple(sorted(names(answer) - evidence.names)),
        "entities": tuple(sorted(set(entities(answer)) - known)) if entities else (),
        "negation": negation,
        "longest": round(longest / max(1, len(said)), 3),
        "covered": round(sum(end - start for start, end in common) / max(1, len(said)), 3),
        "recall": round(1 - len(_strange(content, evidence, free)) / max(1, len(content)), 3),
        "altered": altered,
        "omitted": omitted,
    }
    return Support(**parts, failures=_failures(parts, config))  # type: ignore[arg-type]


def _failures(parts: dict[str, object], config: VerifyConfig) -> tuple[str, ...]:
    failed = [name for name in ("numbers", "names", "entities") if parts[name]]
    failed += ["negation"] if not parts["negation"] else []
    shares = {"longest": config.longest, "covered": config.covered, "recall": config.recall}
    failed += [name for name, least in shares.items() if float(str(parts[name])) < least]
    return (*failed, *(name for name in ("altered", "omitted") if config.verbatim and parts[name]))


def _strange(content: Set[str], evidence: Evidence, free: frozenset[str]) -> list[str]:
    if evidence.language == "zh":
        return [pair for pair in content - evidence.content if not set(pair) <= free]
    return list(content - evidence.content - _beginnings(free))


@functools.lru_cache(maxsize=64)
def _beginnings(free: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:6] for word in free)


def _compared(answer: str, evidence: Evidence, free: frozenset[str]) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    """Each sentence beside the source sentence next to it: negation, words put in, words left out."""
    agrees, altered, omitted = True, [], []
    for start, end in sentences.spans(answer):
        sentence = plain(answer[start:end])
        if sentence in evidence.sentences:
            continue
        nearest = process.extractOne(sentence, evidence.sentences.keys(), scorer=fuzz.ratio, processor=None)
        source = nearest[0] if nearest else ""
        said, known = words(sentence), evidence.sentences[source] if source else []
        language = evidence.language
        agrees &= negations(sentence, language, said) % 2 == negations(source, language, known) % 2
        put_in, left_out = _differences(said, known)
        altered += [word for word in put_in if word not in free]
        if left_out:
            bracketed = set(words(" ".join(_BRACKETED.findall(source))))
            omitted += [word for word in left_out if word not in free and word not in bracketed]
    return agrees, tuple(altered), tuple(omitted)


def _differences(said: list[str], known: list[str]) -> tuple[list[str], list[str]]:
    """The words of a sentence that its source lacks there, and the other way round."""
    if said == known:
        return [], []
    put_in: list[str] = []
    left_out: list[str] = []
    for step in LCSseq.opcodes(known, said):
        if step.tag != "equal":
            left_out += known[step.src_start : step.src_end]
            put_in += said[step.dest_start : step.dest_end]
    return put_in, left_out
