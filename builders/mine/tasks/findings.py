"""Sentences that say what was found or supposed in, questions for the finding and the hypothesis out.

"We found that the tracer spread along vessels."      ->  finding: "the tracer" | "The tracer spread along vessels."
"We hypothesised that the channel drives the flow."   ->  hypothesis | "The channel drives the flow."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builders.mine.comprehension.clauses import left_phrase, trimmed
from builders.mine.passages import leans
from builders.mine.tasks.found import Context, Found, around, polished, tidy
from builders.mine.tasks.reading import alone
from builders.mine.tasks.spot import Spot

MOST_WORDS = 12  # of what a finding is about
CHINESE_TOPIC = 5  # characters of a topic that may be that of the whole paper
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_FOUND = re.compile(
    r"^(?:(?:Here|In this (?:study|paper|work)|Thus|Therefore|Moreover|Furthermore|In addition|Interestingly|Notably"
    r"|Importantly|Surprisingly|Finally|Overall|Taken together|Together|Additionally|However|First|Second|Next"
    r"|Indeed),? )?"
    r"(?P<who>[Ww]e|[Oo]ur (?:results?|data|findings?|experiments?|analys[ie]s|study|observations?)"
    r"|[Tt]hese (?:results?|data"
    r"|findings?|observations?|experiments?)|[Tt]he (?:results?|data|findings?))"
    r"(?: (?:also|further|have|clearly|now|here|thus|therefore|strongly|then|first|previously))* "
    r"(?P<verb>show(?:ed|n|s)?|f(?:ou|i)nd|demonstrate[ds]?|observed?|reveal(?:ed|s)?|confirm(?:ed|s)?|report(?:ed)?"
    r"|suggest(?:ed|s)?|indicate[ds]?|conclude[ds]?|established|noted|discovered) that (?P<what>.{20,})$"
)
_POINTS_BACK = re.compile(r"(?:These|The) (?:results?|data|findings?|observations?|experiments?)\b")
_EMPTY = re.compile(
    r"\b(?:is|are|was|were) (?:very |highly |also )?(?:important|crucial|critical|essential|possible|feasible"
    r"|different|similar|significant|useful|necessary)\.$"
)
_HEDGED = re.compile(r"suggest|indicate|conclude")
_MORE_CLAUSES = re.compile(
    r"\band that\b|\band (?:also |further )?(?:show|demonstrate|suggest|indicate|confirm|report|found|find"
    r"|propose|observed|identified)"
)
_FINITE = re.compile(
    r" (?:(?:also|only|not|significantly|strongly|often|specifically|directly|can|could|may|might|will|would"
    r"|does|did|do) )*"
    r"(?:is|are|was|were|has|have|had|can|could|may|might|does|did|do|will|would|increase[sd]?|decrease[sd]?"
    r"|reduce[sd]?"
    r"|inhibit(?:s|ed)?|promote[sd]?|induce[sd]?|affect(?:s|ed)?|lead|leads|led|result(?:s|ed)|cause[sd]?"
    r"|play(?:s|ed)?"
    r"|require[sd]?|regulate[sd]?|bind|binds|bound|form|forms|formed|remain(?:s|ed)?|depend(?:s|ed)?|show(?:s|ed)?"
    r"|exhibit(?:s|ed)?|contain(?:s|ed)?|provide[sd]?|improve[sd]?|enhance[sd]?|activate[sd]?|contribute[sd]?"
    r"|occur(?:s|red)?"
    r"|outperform(?:s|ed)?|achieve[sd]?|correlate[sd]?|interact(?:s|ed)?|prevent(?:s|ed)?|suppress(?:es|ed)?"
    r"|express(?:es|ed)?) "
)
_CHINESE_FOUND = re.compile(
    r"^(?:进一步|此外，?|同时，?|因此，?|综上所述，?)?(?:本研究|我们|研究|结果|实验|数据|分析|本文|研究者"
    r"|观察)(?:的)?(?:结果|分析|数据)?(?:还|也|进一步|均|首次)?"
    r"(?P<verb>表明|显示|发现|提示|证实|证明|观察到)，?(?P<what>[^。；]{10,110})。"
)
_CHINESE_TOPIC = re.compile(
    r"(?P<topic>[^，。；：（）有被和及约为的随从将不未会要]{2,14}?)(?=可以|可|能够|(?<!功)(?<!性)能|(?<!参)与|在|是|显著|明显|具有|通过"
    r"|对|会|主要|不|未|没有|约为|约占|随)"
)
_FINDING_PARTS = frozenset(("results", "discussion", "other", "introduction"))
_NO_TOPIC = re.compile(
    r"^(?:there|both|all|each|most|many|some|no|only|even|although|when|while|despite|in|for|at|with|after|under|by)\b"
    r"|^(?:different|various|several|certain|other|such)\b|\b(?:this|these|those|such|it|they|our|we|latter"
    r"|former|their|its|above|other|same)\b|^(?:the|a|an) \w+$",
    re.IGNORECASE,
)
_HYPOTHESIS = re.compile(
    r"\b[Ww]e (?:therefore |thus |then |further |have |also |now )?(?:hypothesi[sz]ed?"
    r"|postulated?) that (?P<what>.{20,260})\.$"
)
_CHINESE_HYPOTHESIS = re.compile(
    r"(?:我们|本研究|作者|本文)(?:因此|由此|进一步)?(?:假设|推测|假定)，?(?P<what>[^。；]{10,110})。"
)
_NO_CHINESE_TOPIC = re.compile(r"[这该此其两各]")


def english_finding(spot: Spot) -> Iterator[Found]:
    """What a paper says that it found, asked by the subject of the finding; a hedge stays in the answer."""
    found = _FOUND.match(spot.text) if " that " in spot.text and spot.role in _FINDING_PARTS else None
    verb = _FINITE.search(found["what"]) if found else None
    if found is None or verb is None:
        return
    what, topic, start = found["what"], found["what"][: verb.start()], found.start("what")
    if not _is_topic(topic) or not alone(what, "en"):
        return
    if _HEDGED.search(found["verb"]) or _MORE_CLAUSES.search(what):
        source = spot.span(found.start("who"), len(spot.text))
        answer = tidy(spot.text[found.start("who") :])
        answer = answer[0].upper() + answer[1:]
    else:
        answer, source = polished(what, "en"), spot.span(start, start + trimmed(what))
    quoted, context = (spot.span(start, start + len(topic)),), _context(len(_ARTICLE.sub("", topic).split()) > 1)
    if _POINTS_BACK.match(answer):
        context = "shown"  # only what stands before it says which results these are
    if _EMPTY.search(answer) or (context == "shown" and not _is_plain(answer, topic, spot)):
        return
    yield spot.found("finding", answer, source, {"topic": topic}, quoted, context)


def _is_plain(answer: str, topic: str, spot: Spot) -> bool:
    """Whether a shown passage does not begin with the finding that points back, nor say more of its topic after it."""
    passage = spot.paper.quoted(around(spot.paragraph, spot.sentence, spot.language))
    before, _, after = passage.partition(tidy(spot.text))
    starts = _POINTS_BACK.match(answer) is not None and not before.strip()
    return not starts and _ARTICLE.sub("", topic) not in after


def _context(is_specific: bool) -> Context:
    """A paper on HMGB1 has many findings about HMGB1: only its passage says which is meant."""
    return "either" if is_specific else "shown"


def _is_topic(topic: str) -> bool:
    return len(topic.split()) <= MOST_WORDS and left_phrase(topic) == 0 and not _NO_TOPIC.search(topic)


def chinese_finding(spot: Spot) -> Iterator[Found]:
    found = _CHINESE_FOUND.match(spot.text) if spot.role != "methods" else None
    topic = _CHINESE_TOPIC.match(found["what"]) if found else None
    if found is None or topic is None or leans(found["what"], "zh") or _NO_CHINESE_TOPIC.search(topic["topic"]):
        return
    start = found.start("what")
    quoted = (spot.span(start, start + topic.end("topic")),)
    source = spot.span(start, found.end("what"))
    values, context = {"topic": topic["topic"]}, _context(len(topic["topic"]) > CHINESE_TOPIC)
    yield spot.found("finding", polished(found["what"], "zh"), source, values, quoted, context)


def hypothesis(spot: Spot) -> Iterator[Found]:
    """What the introduction supposes; elsewhere a hypothesis is on one result, not on the work."""
    pattern = _CHINESE_HYPOTHESIS if spot.language == "zh" else _HYPOTHESIS
    found = pattern.search(spot.text) if spot.role == "introduction" else None
    if found and not leans(found["what"], spot.language) and alone(found["what"], spot.language):
        answer = polished(found["what"], spot.language)
        yield spot.found("hypothesis", answer, spot.span(*found.span("what")), {}, (), "named")
