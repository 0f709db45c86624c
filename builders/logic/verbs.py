"""English verbs of findings: `wordings/verbs.yaml` in, their forms and the finite ones of a sentence out.

verbs().base["rose"]  ->  "rise"        verbs().forms["rise"].past  ->  "rose"
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

WORDINGS = Path(__file__).parents[1] / "wordings"


def words(text: str) -> frozenset[str]:
    """The words of a list written in one line."""
    return frozenset(text.split())


AUXILIARIES = words("is are was were has have had can could will do does did")
WORD = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ0-9]+(?:[-'’/.][A-Za-z0-9Ͱ-Ͽ]+)*")
_VOWEL_BEFORE_Y = re.compile(r"[aeiou]y$")
# After these a form in -ed is a participle and a form in -s a noun: "with increased", "the increases".
_NO_VERB_AFTER = words(
    "a an the of in on at by with without for from to into as than and or but via per under after before "
    "during between among is are was were be been being has have had not no their its more less most "
    "least that which who both either each if when while whereas including show shows showed exhibit "
    "exhibits exhibited display displayed remain"
)
# Forms in -ed that more often stand before a noun: finite only where an article or the like follows.
_ATTRIBUTIVE = words(
    "mediated induced controlled evoked encoded triggered elicited expressed damaged supported recruited "
    "projected localized delayed isolated enriched contained stimulated activated inhibited generated "
    "required produced secreted released transported regulated modified"
)
# "the genes significantly upregulated in" tells no more than which genes.
_RELATIVE = words("upregulated downregulated up-regulated down-regulated activated inhibited expressed")
_ARTICLE = words("a an the its their this that in by to with both")
_NOUN_BEFORE = words("in of and or with were are was is on at for , that which")


class Forms(NamedTuple):
    base: str
    third: str
    past: str
    participle: str
    ing: str


@dataclass(frozen=True, slots=True)
class Verbs:
    """The forms of each verb by its base, and the base of each finite form."""

    forms: Mapping[str, Forms]
    third: Mapping[str, str]
    past: Mapping[str, str]


@functools.cache
def verbs() -> Verbs:
    data = yaml.safe_load((WORDINGS / "verbs.yaml").read_text(encoding="utf-8"))
    forms = {base: conjugated(base) for base in data["regular"].split()}
    forms |= {base: Forms(base, *others) for base, others in data["irregular"].items()}
    third = {each.third: base for base, each in forms.items()}
    return Verbs(forms, third, {each.past: base for base, each in forms.items()})


def conjugated(base: str) -> Forms:
    """The forms of a regular verb that does not double its last letter."""
    if base.endswith("e"):
        return Forms(base, base + "s", base + "d", base + "d", base[:-1] + "ing")
    if base.endswith("y") and not _VOWEL_BEFORE_Y.search(base):
        return Forms(base, base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing")
    third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return Forms(base, third, base + "ed", base + "ed", base + "ing")


class Finite(NamedTuple):
    """A finite verb: its place in the text, and the base where it is no auxiliary."""

    start: int
    end: int
    base: str | None
    tense: str


def finite(text: str) -> list[Finite]:
    """The finite verbs of an English sentence that can be told: auxiliaries, and known verbs after a noun."""
    found: list[Finite] = []
    words = list(WORD.finditer(text))
    for index, match in enumerate(words):
        word = match.group().lower()
        before = words[index - 1].group().lower() if index else ""
        after = words[index + 1].group().lower() if index + 1 < len(words) else ""
        if word in AUXILIARIES:
            found.append(Finite(match.start(), match.end(), None, "auxiliary"))
        elif index and before not in _NO_VERB_AFTER and not _after_adverb_alone(words, index):
            attributive = word in _RELATIVE and after in ("in", "by", "with", "on", "at")
            attributive |= word in _ATTRIBUTIVE and after not in _ARTICLE and not before.endswith("ly")
            if word in verbs().past and after != "by" and not attributive:
                found.append(Finite(match.start(), match.end(), verbs().past[word], "past"))
            elif word in verbs().third and after not in _NOUN_BEFORE:
                found.append(Finite(match.start(), match.end(), verbs().third[word], "third"))
    return found


def _after_adverb_alone(words: list[re.Match[str]], index: int) -> bool:
    """Whether only an adverb stands between the form and what makes it no verb: "with significantly increased"."""
    before = words[index - 1].group().lower()
    return before.endswith("ly") and (index == 1 or words[index - 2].group().lower() in _NO_VERB_AFTER)
