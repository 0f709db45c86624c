"""Sentences that say what was done and what for in, questions both ways out.

"To test the model, we measured the width."              ->  purpose: "we measured the width" | "To test the model."
                                                             means: "test the model" | "We measured the width."
"Microelectrodes were used to record the potential."     ->  used_for: "microelectrodes" | "To record the potential."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builders.mine.comprehension.clauses import left_phrase
from builders.mine.passages import balanced, leans
from builders.mine.tasks.found import Found, inside, lowered, polished, tidy
from builders.mine.tasks.reading import alone
from builders.mine.tasks.spot import Spot

_TO = re.compile(
    r"^(?P<purpose>(?:To|In order to) (?P<verb>determine|investigate|test|assess|examine|evaluate|identify"
    r"|explore|understand"
    r"|confirm|verify|measure|study|analy[sz]e|improve|reduce|obtain|avoid|validate|quantify|address|overcome"
    r"|ensure|compare"
    r"|estimate|establish|characteri[sz]e|prevent|increase|demonstrate|elucidate|define|visuali[sz]e|monitor"
    r"|optimi[sz]e|facilitate"
    r"|generate|minimi[sz]e|maximi[sz]e|control|enhance|achieve|simulate|eliminate|distinguish|detect|check"
    r"|exclude|probe"
    r"|create|construct|develop|evade|gain|tackle|mitigate|alleviate|account for|correct for|rule out"
    r"|find out) [^,;:]{8,160}), "
    r"(?P<did>(?:we|the authors|an?|the|[a-z]+) .{12,250})\.$"
)
_NO_AIM = re.compile(r"\b(?:our|best of|date|this)\b|^(?:\S+ ){0,3}\S+$", re.IGNORECASE)
_DID = re.compile(
    r"^(?:we (?:first |then |next |also |further |therefore |have |thus )*[a-z]+(?:ed|t|ew|ade|an|ook|ose|ound"
    r"|ave|et|it|ut)?\b"
    r"|[^,;]{3,100} (?:was|were|is|are|has been|have been) (?:\w+ly |then |also |first )?[a-z]+(?:ed|wn|en|ade"
    r"|un|ept|et|ut|uilt|ound)\b)"
)
_IN_ORDER = re.compile(
    r"^(?P<did>We (?:then |also |first |therefore |next |further )?[a-z]+(?:ed|t|ew|ade|an|ook|ose|ound"
    r"|ave)\b [^,;:]{10,160}?),? "
    r"(?P<purpose>in order to (?P<verb>[a-z]+) [^;:]{8,160})\.$"
)
_USED = re.compile(
    r"^(?P<what>[^,;:()]{3,90}) (?P<be>was|were|is|are) (?:commonly |often |widely |routinely "
    r"|typically )?used "
    r"(?P<use>to (?P<verb>(?![a-z]+ing )[a-z]{3,}) [^;:]{6,160})\.$"
)
_NO_TOOL = re.compile(
    r"(?:[Tt]he )?(?:two|three|four|five|similar|equal|remaining|different|various|all|each|both|several|other"
    r"|some|same|resulting|these|following|latter)\b",
    re.I,
)
_NO_USE = re.compile(
    r"\bto (?:be|have|it|this|these|the|date|our|treat) "
    r"|, (?:and|but|which|while|whereas|as|so|the|it|this|we|they|an?) "
    r"|\band (?:was"
    r"|were|the)\b"
)
_CHINESE_FOR = re.compile(
    r"^(?P<purpose>为了?(?!此|例|主|止|期|一|了|什|何|\d)[^，。；]{5,50})，(?P<did>(?:我们|本研究|本文|研究者"
    r"|作者|采用|利用|通过|使用|应用|需要|应当|可以?)[^。；]{8,100})。"
)
MOST_WORDS = 40  # of what was done
_TO_BEFORE = re.compile(r"^(?:[Ii]n order to|To) ")
_CHINESE_TO_BEFORE = re.compile(r"^为了?")


def english_purpose(spot: Spot) -> Iterator[Found]:
    """Why something was done, and what was done for a purpose: one of the two, by the caps."""
    found = _done(spot.text)
    if found is None or _NO_AIM.search(found["purpose"]) or not alone(spot.text, "en"):
        return
    did, purpose = tidy(found["did"]), tidy(found["purpose"])
    if re.search(r"\bour\b|\bas (?:follows?|indicated)\b", did):
        return
    if len(did.split()) <= MOST_WORDS and balanced(did) and balanced(purpose):
        yield from _both_ways(found, lowered(did), _TO_BEFORE.sub("", purpose), spot)


def _done(text: str) -> re.Match[str] | None:
    if text.startswith(("To ", "In order to ")):
        found = _TO.match(text)
        return found if found and _DID.match(found["did"]) else None
    return _IN_ORDER.match(text) if text.startswith("We ") and " in order to " in text else None


def _both_ways(found: re.Match[str], did: str, aim: str, spot: Spot) -> Iterator[Found]:
    step, end = spot.span(*found.span("did")), spot.span(*found.span("purpose"))
    purpose, means = polished(found["purpose"], spot.language), polished(found["did"], spot.language)
    yield spot.found("purpose", purpose, end, {"did": did}, (step,))
    yield spot.found("means", means, step, {"aim": aim}, (end,))


def used_for(spot: Spot) -> Iterator[Found]:
    found = _USED.match(spot.text) if " used to " in spot.text else None
    if found is None or _NO_TOOL.match(found["what"]) or _NO_USE.search(found["use"]) or not alone(found["use"], "en"):
        return
    if left_phrase(found["what"]) == 0 and not leans(found["what"], "en") and balanced(tidy(found["use"])):
        values = {"be": found["be"], "what": inside(tidy(found["what"]), spot.paper.text)}
        quoted = (spot.span(*found.span("what")),)
        yield spot.found("used_for", polished(found["use"], "en"), spot.span(*found.span("use")), values, quoted)


def chinese_purpose(spot: Spot) -> Iterator[Found]:
    found = _CHINESE_FOR.match(spot.text)
    if found and not leans(found["purpose"], "zh") and alone(spot.text, "zh"):
        aim = _CHINESE_TO_BEFORE.sub("", tidy(found["purpose"]))
        yield from _both_ways(found, tidy(found["did"]), aim, spot)
