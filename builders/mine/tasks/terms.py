"""Sentences in, questions on what terms mean out.

"Remission was defined as a score below seven."     ->  definition: "Remission" | "A score below seven."
                                                        term: "a score below seven" | "Remission"
"Aquaporin-4 is a water channel that ..."           ->  explanation: "aquaporin-4" | the sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.mine.comprehension.candidates import Candidate
from builders.mine.comprehension.clauses import left_phrase
from builders.mine.passages import common_words
from builders.mine.tasks.found import Found, inside, polished, tidy
from builders.mine.tasks.reading import alone
from builders.mine.tasks.spot import Spot

TERM_WORDS = 6
_IS_A = re.compile(
    r"^(?:An? |The )?(?P<term>[^,;:()]{2,60}?)(?: \((?P<short>[^()]{2,20})\))? (?:is|are) "
    r"(?:an? |one of the |the (?:main|major|primary|most (?:abundant|common)|process|study|ability|science|branch) )"
    r"(?P<genus>[^,;:()]{3,80}?)(?:,? (?:that|which|in which|where|whose|used|involved|consisting|composed|made|of|for"
    r"|responsible|found|expressed|produced|belonging|capable|characteri[sz]ed|caused|with|by|from)\b)"
)
_IS = re.compile(r" (?:is|are) (?:an? |one |the )")
_NO_TERM = re.compile(
    r"\b(?:aims?|goals?|purpose|results?|advantages?|disadvantages?|limitations?|problems?|questions?|reasons?"
    r"|challenges?"
    r"|steps?|keys?|study|studies|papers?|work|findings?|hypothes[ie]s|increase|decrease|differences?|use|presence"
    r"|absence|lack|effects?|examples?|method|approach|model|one|there|fact|most|many|some|all|both|two|three"
    r"|four|main"
    r"|authors?|it|first|second|next|last|other|another|only|our|we|data|addition|number|majority|importance|idea"
    r"|alternative|option|solution|case|it|what|how|why|present|current|proposed|same|figure|table|usage"
    r"|features?|prediction|group|cells?|patients?|mice|samples?)\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\b(?:indicators?|measures?|index|indices|marker|average|sign|estimate|proxy|key|crucial|critical|major|important|promising|good|better|best|useful|suitable|ideal|new|novel|possible"
    r"|potential|likely|matter|result|consequence|function|need|way|step|limitation|problem|challenge|candidate"
    r"|prerequisite"
    r"|reason|must|concern|topic|question|issue|factor|bit|lot|few|number|variety|range|part|example|increase"
    r"|reduction"
    r"|first|cause|alternative|option|feature|one|unique|cardinal|substitute|reminder|strength|good|valuable"
    r"|powerful|attractive|viable|effective|significant|hallmark|priority|goal|advantage)\b"
)
_CHINESE_IS_A = re.compile(
    r"^(?P<term>[^，。；：、（）()“”\s]{2,18}?)(?:（[^（）]{1,60}）)?(?:\[\d{1,3}\])?是"
    r"(?:(?:最|较)?[^，。；]{0,14}?(?:之一|的一种)|一[种类个项门组套][^，。；]{3,})"
)
_NO_CHINESE_TERM = re.compile(
    r"[的了在这该此其本我它他两各每但而且因所若如可能会就都也还则即又并不未没有什怎]|确实|虽然|目前|通常|一般"
    r"|主要|同样|往往|已经?$|不仅|既|目的|关键|问题|原因|结果|研究|方法$|作者|意义|重点|难点|优点|缺点"
)
_CHINESE_JUDGED = re.compile(
    r"是一[种项个类](?:[^，。]{0,12})?(?:非常|十分|较为|比较|很|严重|有效|新型|重要|挑战|特殊|值得|可行|良好"
    r"|理想)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# What goes on about a term after its meaning.
_CHINESE_MORE = re.compile(
    r"，(?:它|其(?!中)|也|并且|而且|同时|通常|主要|具有|可以|可|能|在[^，]{2,20}(?:中|方面|里)|对)"
)
_CAPITAL = re.compile(r"\b[A-Z]")
_QUOTED = re.compile(r"[\"“”‘]|\b(?:sentence|case|class|group|step|type|phase) \d", re.IGNORECASE)
_VERBAL = re.compile(r" \w+[^e\W]ed\b|[<>=≥≤]|\bvalues?\b")
_OWNED = re.compile(r"(?:[\w-]+ ){0,4}(?:its|their|our|his|her)\b", re.IGNORECASE)
_LOOSE = frozenset(
    "signal task index score error loss cost input output state action query item unit node edge weight label".split()  # noqa: SIM905
)


def defined(spot: Spot, candidates: Sequence[Candidate]) -> Iterator[Found]:
    """What `comprehension` found defined in this sentence."""
    for candidate in candidates:
        if candidate.miner in ("definition", "term") and candidate.uses[0] == spot.sentence.source:
            yield from _defined(candidate, spot)


def _defined(candidate: Candidate, spot: Spot) -> Iterator[Found]:
    """The meaning of a term, without what goes on about it, or the term of a meaning."""
    ((placeholder, quoted),) = candidate.quoted.items()
    source, text = candidate.answers[0], spot.paper.text
    answer, value = spot.paper.quoted((source,)), spot.paper.quoted(quoted)
    if _is_loose(value if placeholder == "term" else answer, spot.language):
        return
    if placeholder == "meaning":
        yield spot.found("term", inside(answer, text), source, {"meaning": value.rstrip(".")}, quoted)
        return
    if more := _CHINESE_MORE.search(text, source.start or 0, source.end or 0):
        source = replace(source, end=more.start())
    answer = polished(spot.paper.quoted((source,)), spot.language)
    if _OWNED.match(answer):
        return
    yield spot.found("definition", answer, source, {"term": inside(value, text)}, quoted)


def _is_loose(term: str, language: str) -> bool:
    """Whether a term is one for a page or two: "the task", "the index", or what is quoted there."""
    word = term.casefold()
    common = " " not in word and (word in common_words("en") or word in _LOOSE)
    return _QUOTED.search(term) is not None or (language == "en" and (common or _VERBAL.search(term) is not None))


def explained(spot: Spot) -> Iterator[Found]:
    """A sentence that says what kind of thing a term is."""
    if spot.role == "methods":
        return
    text = spot.text
    if spot.language == "zh":
        found = _CHINESE_IS_A.match(text)
    else:
        found = _IS_A.match(text) if _IS.search(text, 0, 100) else None
    if found is None or not _is_term(found, spot) or not alone(text, spot.language):
        return
    article = found.group()[: found.start("term")].lower()
    values = {"term": article + inside(found["term"], spot.paper.text)}
    values["be"] = "are" if " are " in found.group() else "is"
    yield spot.found("explanation", tidy(text), spot.sentence.source, values, (spot.span(*found.span("term")),))


def _is_term(found: re.Match[str], spot: Spot) -> bool:
    """Whether the subject is a term, and what it is said to be is a kind of thing, not a judgement."""
    term = found["term"]
    if spot.language == "zh":
        judged = _CHINESE_JUDGED.search(found.string, found.end("term"), found.end("term") + 40)
        return not judged and not _NO_CHINESE_TERM.search(term) and (len(term) > 2 or not _HAN.search(term))
    words = len(term.split())
    definite = found.group().startswith("The ") and words < 2
    headed = spot.sentence == spot.paragraph.sentences[0] and len(_CAPITAL.findall(term)) > 3
    whole = left_phrase(term) == 0 and words <= TERM_WORDS and not definite and not headed
    return whole and not _NO_TERM.search(term) and not _JUDGED.search(found["genus"])
