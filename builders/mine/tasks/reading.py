"""Which sentences can stand in a question or an answer by themselves.

clean("The width was $w$.")  ->  False          alone("These cells swell.", "en")  ->  False
"""

from __future__ import annotations

import functools
import re

from builders.mine.passages import leans, quotable
from builders.mine.tasks.found import tidy

# Marks that prose does not have, then what only some texts can have: each pattern runs where its first mark is.
_STRANGE = re.compile(
    r"[$\\\ufffd□■●…|▸]|\.[.+]|,,|https?:|www\.|</?(?!su[bp]\b)[a-z]| [a-z] [a-z] [a-z]\b|[ACGTU]{12}"
)
_LOST = re.compile(r"[,–—-] ?[.;]|, ,|\( ?[;,)]|\[ ?[;,\]\d]|[₀-₉]{3}|[.;] \(?[A-H][,)] [a-z]|^[A-H][,)] [a-z]")
_DIGIT = re.compile(r"\d")
# A citation that lost its raised figures ("cells30, 31."), a formula that was read letter by letter ("H 2 O").
_GLUED = re.compile(
    r"[a-z]{3}\d{1,3}(?:, ?\d{1,3}|[–-]\d{1,3})*(?=[.,;:)\s]|$)(?!\))|[\])]\d{1,3}(?=[.,;]|$)|\d [−-]\d?[ΔA-Z]"
    r"|(?<![A-Za-z])(?:H|O|N|C|CO|SO|PO|NO|NH|CH|CaCl|MgCl) \d\b|(?<![a-z])refs?\.? ?\d|al\.\d|[a-z]{4} \d{1,2}\.$"
    r"|[a-z)] \(\d{1,3}(?:, ?\d{1,3}|[–-]\d{1,3})*\) [a-z]"
)
# What a sentence points at: another place of the paper. Without a border before it the search skips to the capitals.
_POINTS = re.compile(
    r"(?:Figs?|Tabs?|Eqs?|Refs?|Figures?|Tables?|Equations?|Schemes?|Movies?|Appendix|Appendices|Supplementa(?:ry|l)"
    r"|Algorithms?|Listings?|Sections?|Chapters?|[Pp]anels?|Theorems?|Lemmas?|Definitions?|Propositions?)\b"
    r"|[图表式]\s?[（(]?\d|[上下]表|附录|如[图表]"
)
# A citation that is a word of the sentence: "as was done in [4]".
_CITED_AS = re.compile(
    r"(?<=\b(?:in|by|of|to|as|or)) [\[(]\d{1,3}[\]),–-]|(?<=\b(?:see|and)) [\[(]\d{1,3}[\]),–-]"
    r"|(?<=\b(?:from|with|than)) [\[(]\d{1,3}[\]),–-]"
)
# A heading that was read as part of the sentence after it: "Training details We train ...".
_RUN_IN = re.compile(
    r"[A-Z][\w-]* (?:[\w-]+ ){0,7}"
    r"(?:To|We|The|This|These|For|As|It|Our|If|When|Since|While|Although|Because|There) [a-z]"
)
_WORD = re.compile(r"[a-z]+")
_REFERRING = frozenset(
    "these those latter former aforementioned above below another they he she mentioned earlier here second third"  # noqa: SIM905
    " likewise again instead following hereafter henceforth".split()
)
_REFERS = re.compile(
    r"\bas (?:indicated|reported|stated|outlined|detailed"
    r"|mentioned|described|noted|discussed|shown|expected|before)\b|\bthe (?:two|three|four|same|other)\b"
    r"|\bsuch an?\b"
    r"|\bthis (?!study|paper|work|article|review|report|research|survey|manuscript|thesis)"
)
_CHINESE_REFERS = re.compile(
    r"这[些种一类个两样]|该[^死]|上述|前者|后者|以上|以下|下列|分别|同样|[它他她]们?|此[类种时处]|前述|如前"
    r"|其(?!中|他|它|实|次)"
)
_SELF = re.compile(
    r"^(?:we|our)\b|^(?:an?|one|another) (?:\w+ ){0,2}(?:limitation|shortcoming|drawback|weakness)\b"
    r"|^(?:(?:Taken|All) together, )?(?:these|our|the|this|the present) (?:findings?|results?|data|study|work"
    r"|approach|method)\b",
    re.I,
)

_CHINESE_SELF = re.compile(
    r"^(?:本研究|本文|我们|作者|我们的(?:研究|结果)|(?:这项|该|上述|这些|以上)(?:研究)?(?:结果|发现|研究|工作))"
)


@functools.lru_cache(maxsize=4096)
def clean(text: str) -> bool:
    """Whether a text has no trace of damage: formulas, tags, addresses, glued citations, empty brackets."""
    if _STRANGE.search(text) or _LOST.search(text):
        return False
    return _DIGIT.search(text) is None or _GLUED.search(text) is None


@functools.lru_cache(maxsize=4096)
def usable(text: str, language: str) -> bool:
    """Whether a sentence is whole and clean, and points at no figure or table."""
    if not quotable(text, language):
        return False
    plain = tidy(text)
    cited = (" [" in text or " (" in text) and _CITED_AS.search(text)
    return clean(plain) and not (cited or _POINTS.search(plain) or _RUN_IN.match(plain))


@functools.lru_cache(maxsize=4096)
def alone(text: str, language: str) -> bool:
    """Whether a usable sentence means something to a reader who knows the paper's title but not what stands before."""
    if language == "zh":
        return not leans(text, "zh") and not _CHINESE_REFERS.search(text)
    lower = text.lower()
    return not leans(text, "en") and _REFERRING.isdisjoint(_WORD.findall(lower)) and not _REFERS.search(lower)


def own(text: str) -> str:
    """A sentence on its paper's own work without the words that say so: "These results suggest ...", "we saw ..."."""
    return _SELF.sub("Findings", _CHINESE_SELF.sub("研究", text))
