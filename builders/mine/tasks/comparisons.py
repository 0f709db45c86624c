"""Sentences that compare two things in, questions which of the two out.

"The fraction was higher in mice than in rats."  ->  "Was the fraction higher in mice or in rats?" | the sentence
"实验组的血糖水平高于对照组。"                       ->  "实验组的血糖水平和对照组相比，哪一个更高？" | the sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builders.mine.comprehension.clauses import left_phrase
from builders.mine.passages import balanced, leans
from builders.mine.tasks.found import Found, inside, lowered, polished, tidy
from builders.mine.tasks.spot import Spot

MOST_WORDS = 12  # of a phrase that is compared or that a finding is about
_COMPARATIVE = (
    r"(?:(?:significantly|markedly|substantially|slightly|considerably|much|consistently|generally|clearly|notably"
    r"|somewhat|also|far|dramatically|only|even|about [\d.]+[ -](?:fold|times)|[\d.]+[ -](?:fold|times)) ){0,2}"
    r"(?:higher|lower|greater|larger|smaller|faster|slower|longer|shorter|better|worse|stronger|weaker|thicker|thinner"
    r"|older|younger|wider|narrower|deeper|earlier|later|heavier|lighter|easier|harder|denser"
    r"|(?:more|less) (?:abundant|common|frequent|prevalent|pronounced|severe|stable|sensitive|accurate|robust|potent))"
)
_IN = r"(?:in|for|with|among|at|on|under|during|after)"
_PREPOSITION = re.compile(rf"^{_IN} ")
_STOP = r"(?= \(| \[|\.|$)"
_COMPARED_IN = re.compile(
    rf"^(?P<what>[^,;:]{{3,120}}?) (?P<be>was|were|is"
    rf"|are) (?P<how>{_COMPARATIVE}) (?P<prep>{_IN}) (?P<one>[^,;:()]{{2,80}}?)"
    rf" (?:than|compared (?:with|to)) (?:(?:that|those) )?(?P<other>(?:{_IN} )?[^,;:()]{{2,80}}?){_STOP}"
)
_COMPARED_THAT = re.compile(
    rf"^(?P<what>[^,;:]{{3,100}}?) (?P<prep>in|of|for|with|after) (?P<one>[^,;:()]{{2,80}}?) (?P<be>was|were|is|are)"
    rf" (?P<how>{_COMPARATIVE}) than (?:that |those )?(?P=prep) (?P<other>[^,;:()]{{2,80}}?){_STOP}"
)
_COMPARED = re.compile(
    rf"^(?P<one>[^,;:]{{3,100}}?) (?P<verb>was|were|is"
    rf"|are) (?P<how>{_COMPARATIVE}) than (?P<other>[^,;:()]{{3,100}}?){_STOP}"
)
_HAD = re.compile(
    rf"^(?P<one>[^,;:]{{3,100}}?) (?P<verb>showed|had|exhibited|displayed|has|have|reached|accumulated"
    rf"|displays?|demonstrated|exhibits?|shows?|achieves?|achieved|yielded"
    rf"|produced) (?P<how>(?:an? )?{_COMPARATIVE} [^,;:()]{{3,80}}?)"
    rf" (?:than|(?:when )?compared (?:with|to)) (?P<other>[^,;:()]{{3,100}}?){_STOP}"
)
_NO_SIDE = re.compile(
    r"[+±]|\b(?:thresholds?|cut-?offs?|cut-off|limits?|standard deviations?|positive response"
    r"|that|which|when|if|whereas|but|while|would|could|than|expected|previous(?:ly)?|before|those|this"
    r"|these|it|its|their"
    r"|ours?|we|other|others|reported|baseline|any|all|chance|usual|thought|each|observed|zero|one)\b|^(?:not"
    r"|no)\b|(?<![\w-])\d[\d.,]*%?(?![\w-])",
    re.IGNORECASE,
)
_NO_TAIL = re.compile(r"\b(?:at|to|by|via|because|as|on|after|from|over|for|when|under|with|during|in)\b")
_CHINESE_COMPARED = re.compile(
    r"^(?:(?:结果|研究|数据|分析)(?:表明|显示|发现)，?)?(?P<one>[^，。；：]{2,24}?)(?P<how>(?:显著|明显|均|略"
    r"|远|稍|也|大大|普遍|通常|一般){0,2}"
    r"(?P<verb>高于|低于|大于|小于|多于|少于|长于|短于|快于|慢于|优于|强于"
    r"|弱于))(?P<other>[^，。；：]{2,24}?)(?=[，。（(])"
)
_MORE = {
    "高于": "更高",
    "低于": "更低",
    "大于": "更大",
    "小于": "更小",
    "多于": "更多",
    "少于": "更少",
    "长于": "更长",
    "短于": "更短",
    "快于": "更快",
    "慢于": "更慢",
    "优于": "更优",
    "强于": "更强",
    "弱于": "更弱",
}
_NO_CHINESE_SIDE = re.compile(
    r"^[的而并但且均则其该此这那]|如果|当|若|预期|以前|既往|\d|P|难以|可以|能|会|是|被|有|将|所|[的和与或、]$"
    r"|不"
)


def english_comparison(spot: Spot) -> Iterator[Found]:
    """One question a sentence, by the first form that fits."""
    if " than " not in spot.text and " compared " not in spot.text:
        return
    for pattern, asks in (
        (_COMPARED_IN, _asks_where),
        (_COMPARED_THAT, _asks_where),
        (_COMPARED, _asks),
        (_HAD, _asks),
    ):
        found = pattern.match(spot.text)
        if found and _sides(found) and (asks is _asks_where or not _NO_TAIL.search(found["other"])):
            spans = tuple(
                spot.span(*found.span(name)) for name in ("what", "how", "one", "other") if name in found.re.groupindex
            )
            asked = tidy(asks(found, spot))
            yield spot.found("comparison", tidy(spot.text), spot.sentence.source, {"asked": asked}, spans)
            return


def _asks_where(found: re.Match[str], spot: Spot) -> str:
    """Was the fraction higher in mice or in rats?"""
    prep = "for" if found["prep"] == "of" else found["prep"]
    other = found["other"] if _PREPOSITION.match(found["other"]) else f"{prep} {found['other']}"
    what = inside(found["what"], spot.paper.text)
    return f"{found['be'].capitalize()} {what} {found['how']} {prep} {found['one']} or {other}?"


def _asks(found: re.Match[str], spot: Spot) -> str:
    """Which is larger, the cortex or the thalamus?"""
    one, other = inside(found["one"], spot.paper.text), lowered(found["other"])
    return f"Which {found['verb']} {found['how']}, {one} or {other}?"


def _sides(found: re.Match[str]) -> bool:
    """Whether both sides of a comparison, and what is compared, are phrases that name a thing."""
    sides = (found[name] for name in found.re.groupindex if name in ("what", "one", "other"))
    names = [_PREPOSITION.sub("", side) for side in sides]
    return all(
        len(name.split()) <= MOST_WORDS
        and not leans(name, "en")
        and not _NO_SIDE.search(name)
        and balanced(name)
        and left_phrase(name) == 0
        for name in names
    )


def chinese_comparison(spot: Spot) -> Iterator[Found]:
    found = _CHINESE_COMPARED.match(spot.text)
    sides = (found["one"], found["other"]) if found else ()
    if found is None or any(_NO_CHINESE_SIDE.search(side) or leans(side, "zh") for side in sides):
        return
    asked = f"{found['one']}和{found['other']}相比，哪一个{_MORE[found['verb']]}？"
    spans = (spot.span(*found.span("one")), spot.span(*found.span("other")))
    answer = spot.span(found.start("one"), found.end("other"))
    yield spot.found("comparison", polished(spot.paper.quoted((answer,)), "zh"), answer, {"asked": asked}, spans)
