"""Which sentences can stand in a question or an answer by themselves.

clean("The width was $w$.")  ->  False          alone("These cells swell.", "en")  ->  False
"""

from __future__ import annotations

import functools
import re

from builders.mine.passages import leans, quotable
from builders.mine.tasks.found import tidy

_DAMAGED = re.compile(
    r"[$\\\ufffd□■●]|\.\+|https?:|www\.|</?(?!su[bp]\b)[a-z]|\b[a-z]{1,2} [a-z] [a-z] [a-z]\b|\.\.\.|…|\|"
    # A citation that lost its raised figures ("cells30, 31."), or that was lost but for its marks ("release–.").
    r"|[a-z]{3}\d{1,3}(?:, ?\d{1,3}|[–-]\d{1,3})*(?=[.,;:)\s]|$)(?!\))|[\])]\d{1,3}(?=[.,;]|$)|[,–—-]\s?[.;]|▸"
    r"|[ACGTU]{12}|[₀-₉]{3}"
    r"|\brefs?\.? ?\d|\(\s*[;,)]|,\s*,|\[\s*[;,\]]|\b(?:H|O|N|C|CO|SO|PO|NO|NH|CH|CaCl|MgCl) \d\b|\[ \d"
    r"|\d [−-]\d?[ΔA-Z]"
    r"|(?:^|[.;] )\(?[A-H][,)] [a-z]|[a-z)] \(\d{1,3}(?:, ?\d{1,3}|[–-]\d{1,3})*\) [a-z]"
)
# What a sentence points at: another place of the paper.
_POINTS = re.compile(
    r"\b(?:Figs?|Tabs?|Eqs?|Refs?)\b\.?|\b(?:Figure|Table|Equation|Scheme|Movie|Appendix|Supplementa(?:ry|l)|Algorithm"
    r"|Listing|Sections?|Chapter|[Pp]anels?|Theorem|Lemma|Definition|Proposition)\b|[图表式]\s?[（(]?\d"
    r"|[上下]表|附录|如[图表]"
)
# A citation that is a word of the sentence: "as was done in [4]".
_CITED_AS = re.compile(r"\b(?:in|by|from|of|see|to|with|and|than|as|or|e\.g\.,?) [\[(]\d{1,3}[\]),–-]", re.IGNORECASE)
# A heading that was read as part of the sentence after it: "Training details We train ...".
_RUN_IN = re.compile(
    r"[A-Z][\w-]* (?:[\w-]+ ){0,7}(?:To|We|The|This|These|For|As|It|Our|If|When|Since|While|Although|Because"
    r"|There) [a-z]"
)
_REFERS = re.compile(
    r"\b(?:these|those|latter|former|aforementioned|above|below|as (?:mentioned|described|noted|discussed|shown"
    r"|expected"
    r"|above|before)|the (?:two|three|four|same|other)|another|they|he|she|mentioned|earlier|here|second|third"
    r"|likewise"
    r"|again|instead|following|hereafter|henceforth|such an?)\b"
    r"|\b[Tt]his (?!study|paper|work|article|review|report|research|survey|manuscript|thesis)",
    re.IGNORECASE,
)
_CHINESE_REFERS = re.compile(
    r"这[些种一类个两样]|该[^死]|上述|前者|后者|以上|以下|下列|分别|同样|[它他她]们?|此[类种时处]|前述|如前"
    r"|其(?!中|他|它|实|次)"
)
_SELF = re.compile(
    r"^(?:(?:Taken|All) together, )?(?:these|our|the|this|the present) (?:findings?|results?|data|study|work"
    r"|approach|method)\b",
    re.I,
)

_CHINESE_SELF = re.compile(
    r"^(?:本研究|本文|我们的(?:研究|结果)|(?:这项|该|上述|这些|以上)(?:研究)?(?:结果|发现|研究|工作))"
)


@functools.lru_cache(maxsize=4096)
def clean(text: str) -> bool:
    """Whether a text has no trace of damage: formulas, tags, addresses, glued citations, empty brackets."""
    return _DAMAGED.search(text) is None


@functools.lru_cache(maxsize=4096)
def usable(text: str, language: str) -> bool:
    """Whether a sentence is whole and clean, and points at no figure or table."""
    if not quotable(text, language):
        return False
    plain = tidy(text)
    return clean(plain) and not _POINTS.search(plain) and not _CITED_AS.search(text) and not _RUN_IN.match(plain)


@functools.lru_cache(maxsize=4096)
def alone(text: str, language: str) -> bool:
    """Whether a usable sentence means something to a reader who knows the paper's title but not what stands before."""
    if language == "zh":
        return not leans(text, "zh") and not _CHINESE_REFERS.search(text)
    return not leans(text, "en") and not _REFERS.search(text)


def own(text: str) -> str:
    """A sentence on its paper's own findings without the words that say so: "These results suggest ..."."""
    return _SELF.sub("Findings", _CHINESE_SELF.sub("研究", text))
