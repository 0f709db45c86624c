"""What `comprehension` found of causes in, questions for cause, effect and reason out, judged more strictly.

"Swelling of cells may lead to a smaller space."     ->  effect: "Swelling of cells may lead to" | "A smaller space."
"由于水通道缺失，示踪剂进入减慢。"                       ->  reason: "示踪剂进入减慢" | "水通道缺失。"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.mine.comprehension.candidates import Candidate
from builders.mine.tasks.found import Context, Found, polished
from builders.mine.tasks.reading import alone
from builders.mine.tasks.spot import Spot
from builders.types import Source

_PLURAL = re.compile(
    r"^(?P<before>(?:(?:also|often|then|further|usually|generally|[a-z]{2,14}ly) ){0,2})"
    r"(?P<verb>lead|result|cause|give|contribute|induce|trigger|inhibit|promote)(?= )"
)
_JOINED = re.compile(
    r"(?:First|Second|Third|Fourth|Finally|However|Moreover|Furthermore|In addition|Additionally|Thus|Therefore"
    r"|Hence|Also"
    r"|Interestingly|Notably|Importantly|Similarly|Nevertheless|Nonetheless|Instead|Conversely|Unfortunately"
    r"|For example"
    r"|For instance|Indeed|In fact|In general|Generally), "
)
_VAGUE = re.compile(
    r"[Tt]he (?:first |second |third |last |latter |former )?[\w-]+\.?(?: (?:leads?|results?|causes?d?|can|may"
    r"|is|was|were|are)\b|$)"
)
_CLAUSE = re.compile(
    r"\band (?:the |an? |its |their )?(?:[\w-]+ ){1,3}(?:was|were|is|are|has|had|can|[a-z]+ed) (?:with|in|by|to"
    r"|from|at|as|when|not)\b"
)
# What cannot be asked without what stands before it, or would be asked the wrong way round.
_UNCLEAR = re.compile(
    r"\b(?:also|not|no|never|neither|nor|cannot|without|our|ours|we|us|resulting|in this (?:manner|way)|this|these"
    r"|such|here|system|respectively)\b|n[’']t\b|\((?:shown|see|as|data)\b",
    re.IGNORECASE,
)
_NO_CAUSE = re.compile(
    r"(?:Under|In|With|When|At|For|By|During|On|If|Upon|Among|After|Before|Within)\b", re.IGNORECASE
)
_TWO_CLAUSES = re.compile(
    r"\band (?:the |an? |its |their )?(?:[\w-]+ ){1,3}(?:was|were|is|are|has|had|can|increased|decreased|changed"
    r"|showed)\b"
)
_EMPTY_EFFECT = re.compile(
    r"\b(?:changes?|effects?|responses?|differences?|results?|alterations?|improvements?|problems?|issues?|impacts?"
    r"|conditions?|outcomes?|performance)$"
)
# Words that take an object, not a result: what is inhibited does not follow from it.
_HINDERS = re.compile(
    r"\b(?:inhibit|block|reduc|suppress|prevent|decreas|attenuat|abolish|lower|limit|impair|disrupt)(?:s|es|e|ed|ing)?$"
)
_VERBS = re.compile(
    r"\b(?:induc|caus|result|le(?:a)?d|trigger|promot|inhibit|reduc|suppress|increas|stimulat|produc|contribut|elicit)"
)
_SCOPE = re.compile(r"(?:In|Among|For|Under|At|During|After|With|Within) [^,;:]{2,60}, ")
_GIVEN_THING = re.compile(
    r"[Tt]he (?!.{0,60} (?:of|in|between|for|from|with|by) )|(?:[Tt]he )?(?:lower|higher|greater|smaller|less|more"
    r"|fewer|larger|reduced|increased|decreased)\b",
    re.IGNORECASE,
)
_NO_STATEMENT = re.compile(
    r"(?:Even|Although|While|Despite|Since|As|Because|With|Using|Compared)\b(?!.{3,80}, )|.*(?:, however"
    r"|, therefore| but)$|.*\bnot (?:only|just|merely)\b"
    r"|.*\bcompared with [^,]{2,40}, considered"
)
_CHINESE_NO_CAUSE = re.compile(
    r"研究|显示|表明|发现|证实|文献|(?:未|没有|不|无|难以|虽然|尽管)$|^(?:及时|积极|一些|某些|不同|各种|多种"
    r"|过多|什么|任何)"
)
_CHINESE_ADVERB = re.compile(
    r"(?:还|也|均|都|不仅|则|既|同时|甚至|往往|一般|主要|直接|明显|显著|进一步|并|会|可|能)+$"
)
_CHINESE_VAGUE = re.compile(
    r"^(?:某些|一些|一定|各种|多种|很多|这|不良反应$)|一定的?(?:影响|作用|副作用)$|^.{0,4}(?:影响|作用|问题"
    r"|后果)$"
)
_CHINESE_NO_CLAUSE = re.compile(
    r"并?未|没有|不[^同足良可仅]|^(?:表达|水平|含量|活性|数量|浓度|经过|根据|通过|虽然|从而|进而)|[您你]|虽然"
)
_CHINESE_NO_REASON = re.compile(
    r"^(?:例如|比如|根据|经过|据|目前|实验|研究|结果|文章|此外|同时|在[^，]{2,12}(?:方面|中)，|预后)|[您你]"
)
_CHINESE_NO_EFFECT = re.compile(
    r"^(?:通常|有助|对|在|从而|具体|也|术后|使用|治疗|相关|确诊|需要|应当?|可以|能够|而|并|会|可|能|具有|被|让"
    r"|使|为|将|与|比|针对)|[您你]"
)
_NO_SUBJECT = re.compile(
    r"只|才|仍|往往|常|更|较|一般|难以|容易|没有|无法|便|于是|多为|总是|一定|不(?!同)|尤其|最好|至少|其实|很"
)
_CAUSES = frozenset(("cause", "effect", "due", "reason"))
SHORTEST = 3  # characters of a Chinese cause


def causes(spot: Spot, candidates: Sequence[Candidate]) -> Iterator[Found]:
    """The candidates of this sentence whose cause and effect are whole phrases that mean something by themselves."""
    for candidate in candidates if spot.role != "methods" else ():
        if candidate.miner in _CAUSES and candidate.uses[0] == spot.sentence.source:
            found = _chinese(candidate, spot) if spot.language == "zh" else _english(candidate, spot)
            if found:
                yield found


def _english(candidate: Candidate, spot: Spot) -> Found | None:
    ((name, quoted),) = candidate.quoted.items()
    if candidate.miner == "reason" and (joined := _JOINED.match(spot.paper.text, quoted[0].start or 0)):
        quoted = (replace(quoted[0], start=joined.end()),)
    value, said = spot.paper.quoted(quoted).rstrip(" ,"), spot.paper.quoted(candidate.answers)
    runs_on = candidate.miner != "reason" and _CLAUSE.search(said)
    if runs_on or _NO_STATEMENT.match(value) or _VAGUE.match(said) or _VAGUE.match(value) or not alone(said, "en"):
        return None
    if candidate.miner != "reason" and _is_unclear(candidate.miner, said, value, spot):
        return None
    quoted = _with_scope(quoted, spot) if candidate.miner in ("effect", "due") else quoted
    value = spot.paper.quoted(quoted).rstrip(" ,")
    subject = said if candidate.miner == "cause" else value
    scoped = candidate.miner == "cause" and _SCOPE.match(spot.text) is not None
    context: Context = "shown" if scoped or _GIVEN_THING.match(subject) else "either"
    if candidate.miner == "cause":
        value = _PLURAL.sub(r"\g<before>\g<verb>s", re.sub(r"^(?:also|further|then) ", "", value))
    return spot.found(candidate.miner, polished(said, "en"), candidate.answers[0], {name: value}, quoted, context)


def _is_unclear(miner: str, said: str, value: str, spot: Spot) -> bool:
    """Whether a cause or an effect says less than its sentence, or the paper gives more than one."""
    both = f"{value} {said}"
    if _UNCLEAR.search(both) or _TWO_CLAUSES.search(both):
        return True
    if miner == "cause":
        plain = value.rstrip(" .")
        return bool(_NO_CAUSE.match(said) or _EMPTY_EFFECT.search(plain) or _has_more_causes(plain, spot))
    after = spot.text.partition(said)[2]
    goes_on = miner == "effect" and re.match(r"[^.]{0,40}\band (?:to|in|of|the|an?|subsequent\w*) ", after)
    return bool(goes_on or _HINDERS.search(value) or _EMPTY_EFFECT.search(said.rstrip(" .")))


def _has_more_causes(value: str, spot: Spot) -> bool:
    """Whether another sentence of the paper names a cause of the same: of what the question ends with."""
    end = " ".join(value.split()[-2:])
    saying = [part for part in spot.paper.text.split(". ") if end in part and _VERBS.search(part)]
    return len(saying) > 1


def _with_scope(quoted: tuple[Source, ...], spot: Spot) -> tuple[Source, ...]:
    """What is asked with the place or condition before it: "In Malaysia, infections were due to"."""
    scope, start = _SCOPE.match(spot.text), spot.sentence.source.start or 0
    if scope and quoted[0].start == start + scope.end():
        return (replace(quoted[0], start=start), *quoted[1:])
    return quoted


def _chinese(candidate: Candidate, spot: Spot) -> Found | None:
    ((name, quoted),) = candidate.quoted.items()
    source, value = candidate.answers[0], spot.paper.quoted(quoted)
    if candidate.miner in ("cause", "due"):
        source = _without_adverb(source, spot)
    said = spot.paper.quoted((source,))
    if _NO_SUBJECT.match(value) or not alone(said, "zh") or _is_loose(candidate.miner, said, value, spot.text):
        return None
    return spot.found(candidate.miner, polished(said, "zh"), source, {name: value}, quoted)


def _without_adverb(source: Source, spot: Spot) -> Source:
    """A cause without the adverbs and modals that belong to the verb after it."""
    phrase = _CHINESE_ADVERB.sub("", spot.paper.text[source.start : source.end])
    return replace(source, end=(source.start or 0) + len(phrase))


def _is_loose(miner: str, said: str, value: str, sentence: str) -> bool:
    """Whether a Chinese cause or effect is a phrase that says nothing, runs on, or has no subject."""
    if miner in ("cause", "due"):
        return _CHINESE_NO_CAUSE.search(said) is not None or (len(said) < SHORTEST and not said.isascii())
    if miner == "effect":
        after = sentence.partition(said)[2]
        cut = after.startswith("，") and "等" in after[:16]
        return cut or _CHINESE_VAGUE.search(said) is not None or _CHINESE_NO_CLAUSE.search(value) is not None
    return _CHINESE_NO_REASON.search(said) is not None or _CHINESE_NO_EFFECT.search(value) is not None
