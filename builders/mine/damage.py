"""A text of a paper in, the damage that its reading left in it out: what has any is neither shown nor said.

    damage("The relations in. We propose it.", text)   ->  "lost_word"
    damage("as in most reports. Background Ferrets ...", text)  ->  "run_in"
    damage("The width of the space is 40 nm.", text)   ->  None

It is meant to refuse too much rather than too little: a paper has more sentences than are asked about.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise

from builders.papers.lexicon.general import is_word, is_written

_UNITS = r"(?<!\b[cmkndµμ]m)(?<!\b[mslg])"
_OPENERS = r"(?:We|The|This|These|In|To|For|It|Our|As|There|An|Next|When|While|Since|Although|Here|Both|Each)"
_LABEL = r"(?:Background|Objectives?|Aims?|Purpose|Methods?|Results?|Conclusions?|Findings|Introduction|Significance)"
# By name, because the name says in the summary what was wrong.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "lost_word",  # a citation, a formula or a reference that was a word of the sentence
        re.compile(
            r"\b(?:in|by|of|from|with|at|as|to|the|and|or|than|see|where|between|an|via|into)[.;](?:\s|$)"
            r"|\band (?:is|are)[.;]"
            r"|\b(?:In|By|As|From|See|Following|Unlike|Like|Of|Since),"
            r"|\b(?:by|of|from),(?! (?:for|e\.g|however|and|or|but)\b)"
            r"|\b(?:between|the|of|from|where) (?:is|are|was|were)\b|\bbetween and (?:is|are|was|were|the)\b"
            r"|\bas where\b|\bthe of\b"
            r"|\b(?:can|could|may|might|will|would) (?:used|found|shown|seen|caused|based|observed|applied)\b"
            r"|\bgiven by (?:where|and|for)\b|\bin this listing\b|\b(?:follows|following):?$|: ?[.;]|\( ?\)| /[.,;)]"
            r"|\b(?:ing|tion|tions|ment|ments|ness|ity|ous|ized|tive|ally|ters|cally)\b(?<!-ing)(?<!-ment)"
        ),
    ),
    (
        "grammar",  # words that fell out, or an author who left them out
        re.compile(
            r"\b(?:addition|use|presence|effect|absence|loss|role|level) the\b|\b(?:was|were) (?:\w+ )?appeared\b"
            r"|\b(?:was|were) identified the\b|\bin [\w-]+ [a-z]+s underwent\b|\binvestigation are\b"
            r"|\ban? effective (?:[\w-]+ ){1,3}medicines\b"
        ),
    ),
    (
        "lost_power",
        re.compile(r"[×x·∙] ?10 ?\d{1,2}\b(?!\.\d)|\b10 [−–-] ?\d\b|(?<![\d.,–-])\d \d(?![\d.,])(?: |$)"),
    ),
    (
        "glued_mark",
        re.compile(
            rf"[a-z]{{3}}\d{{3,}}|[A-Za-z]{{2}}{_UNITS}[¹²³⁴-⁹](?![⁺⁻])|\( ?[−-]|\( \d|•"
            r"|\)\d{1,3} [a-z]|et al\.? \d{1,2}\b|\d\.\d{1,2},\d{1,2}\."
        ),
    ),
    ("glued_sentence", re.compile(r"[a-z)\]]\.[A-Z]|[A-Z]{2}\.[A-Z][a-z]|\d\.[A-Z][a-z]{2}|[a-z]{3}[;,][A-Za-z]{3}")),
    (
        "run_in",
        re.compile(
            rf"(?:^|[.!?] ){_LABEL} (?=[A-Z0-9])|\b(?!No\b|Yes\b)[A-Z][a-z]+ {_OPENERS} [a-z]|[a-z]-{_OPENERS} [a-z]"
            r"|[a-z]{3} (?:We|These|This|Our|There|Here|Substantial|Several|Many|Recent|Various|Numerous|Despite"
            r"|However|Although|While|When) [a-z]"
            r"|\b[a-z]+ [A-H]\. (?:[A-Z][a-z]+ ){2}|(?:[A-Z][a-z]+ ){2}et al"
        ),
    ),
    ("panel", re.compile(r"(?:^|[.;] )[a-h](?:, ?[a-h])* [A-Z][a-z]+ [a-z]")),
    (
        "lost_symbol",
        re.compile(r"\bNF-?B|\bIB[αβ]?\b(?=[ ,.)-])|\b(?:TNF|IFN|TGF|NF|PPAR|PKC)-(?=[\s,.;)]|[A-Z]\b|\d)"),
    ),
    (
        "glued_word",
        re.compile(
            r"\b[A-Z]{2,}s?(?:based|induced|specific|dependent|mediated|related|positive|negative|treated|derived|over"
            r"|and|with|from|were|was|the|to|of|for|in|is|are)\b"
        ),
    ),
)
_FRAGMENT = re.compile(r"[.,;:)\]]|[a-z]{2,}(?=[\s.,;])")
_TOKEN = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
_COMPOUND = re.compile(r"(?<![\w-])[A-Za-z]+(?:-[a-z]+)+")
_NUMBERED = re.compile(r"(?<![\w-])([A-Z]{2,}[a-z]?)\d{1,2}(?=[.,;](?:\s|$))")
_ENDING_NUMBER = re.compile(
    r"(?<!\bto )(?<!Table )(?<!Figure )(?<!Fig )(?<!\bday )(?<!\btype )(?<!\bstage )(?<!\bgrade )"
    r"(?<!\bphase )(?<!\bgroup )(?<!\bclass )(?<!\bof )"
    r"(?<!\bis )(?<!\bwas )(?<!\band )(?<=[A-Za-z]{2} )\d{1,2}\.(?: [A-Z]|$)"
)
_SMALL = ("the", "and", "with", "from", "was", "were", "that", "over", "into")
_JOINING = ("to", "of", "the", "and", "in", "for", "by")
RARE = 20
"""By how many times the joined form must be commoner in the paper than a part for two parts to be one broken word."""


def damage(shown: str, text: str) -> str | None:
    """What is wrong with a text that is shown; `text` is the whole paper, which says how its words are written."""
    if shown[:1] in (".", ",", ";", ":", ")"):
        return "fragment"
    for name, pattern in _PATTERNS:
        if pattern.search(shown):
            return name
    if _unopened(shown):
        return "unopened"
    if _ENDING_NUMBER.search(shown) or any(_is_mark(found, text) for found in _NUMBERED.finditer(shown)):
        return "glued_mark"
    return "broken_word" if _is_broken(shown, text) else None


def fragment(shown: str) -> bool:
    """Whether a passage starts in the middle of a sentence: with a mark or a word in small letters."""
    return _FRAGMENT.match(shown) is not None


def _unopened(shown: str) -> bool:
    """Whether a bracket closes that was never opened, or one stays open."""
    depth = 0
    for mark in re.findall(r"[()]", shown):
        depth += 1 if mark == "(" else -1
        if depth < 0:
            return True
    return depth > 0


def _is_mark(found: re.Match[str], text: str) -> bool:
    """Whether the figure behind a name is a reference: the paper writes the name often, and so but once."""
    numbered, name = _count(found.group(), text), _count(found[1], text)
    return numbered <= 1 and name >= 3


def _count(word: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w-]){re.escape(word)}(?!\w)", text))


def _is_broken(shown: str, text: str) -> bool:
    """Whether a word was parted, or two were joined, at the end of a line."""
    if any(_is_joined(word) for word in _TOKEN.findall(shown)):
        return True
    for compound in _COMPOUND.findall(shown):
        if any(
            _hides(part) for part in compound.split("-")[1:-1] + compound.split("-")[:1] + compound.split("-")[-1:]
        ):
            return True
    words = list(_TOKEN.finditer(shown))
    for one, other in pairwise(words):
        if shown[one.end() : other.start()] == " " and _is_parted(one.group(), other.group(), text):
            return True
    return False


@functools.lru_cache(maxsize=65536)
def _is_joined(word: str) -> bool:
    """Whether nobody writes the word, and a small word at one of its ends is what is too much."""
    if len(word) < 7 or is_written(word):
        return False
    return any(
        (word.startswith(small) and len(word) > len(small) + 3 and is_word(word[len(small) :]))
        or (word.endswith(small) and len(word) > len(small) + 3 and is_word(word[: -len(small)]))
        for small in _SMALL
    )


@functools.lru_cache(maxsize=65536)
def _hides(part: str) -> bool:
    """The same for a part of a compound: "state-of-theart", "sequenceto-sequence"."""
    if not part.islower() or len(part) < 5 or is_word(part):
        return False
    return any(
        (small in _SMALL[:2] and part.startswith(small) and len(part) > len(small) + 2 and is_word(part[len(small) :]))
        or (part.endswith(small) and len(part) > len(small) + 2 and is_word(part[: -len(small)]))
        for small in _JOINING
    )


def _is_parted(one: str, other: str, text: str) -> bool:
    """Whether two words are one that a line's end parted: one is no word or rare, the joined one stands elsewhere."""
    if (is_word(one) and is_word(other) and len(one) > 3 and len(other) > 3) or not is_word(one + other):
        return False
    joined = _count(one + other, text)
    if not is_word(one) or not is_word(other):
        return True
    return joined > RARE * min(_count(one, text), _count(other, text))
