"""Sentences in, questions on what a paper says, finds, compares and does out.

"Swelling of cells may lead to a smaller space."      ->  effect: "Swelling of cells may lead to" | "A smaller space."
"The fraction was higher in mice than in rats."       ->  comparison: "in mice" or "in rats" | the sentence
"We found that the tracer spread along vessels."      ->  finding: "the tracer" | "The tracer spread along vessels."
"To test the model, we measured the width."           ->  purpose: "we measured the width" | "To test the model."
"Microelectrodes were used to record the potential."  ->  used_for: "Microelectrodes" | "To record the potential."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.mine.comprehension.candidates import Candidate
from builders.mine.comprehension.clauses import left_phrase, trimmed
from builders.mine.passages import Paragraph, Sentence, balanced, leans
from builders.mine.tasks.found import Found, around, inside, lowered, polished, tidy
from builders.mine.tasks.reading import alone, usable
from builders.mine.tasks.say import Paper
from builders.mine.tasks.sections import role
from builders.mine.tasks.terms import Within
from builders.types import Source

MOST_WORDS = 12  # of a phrase that is compared or that a finding is about
_PLURAL = re.compile(
    r"^(?P<before>(?:(?:also|often|then|further|usually|generally|[a-z]{2,14}ly) ){0,2})"
    r"(?P<verb>lead|result|cause|give|contribute|induce|trigger|inhibit|promote)(?= )"
)
_JOINED = re.compile(
    r"(?:First|Second|Third|Fourth|Finally|However|Moreover|Furthermore|In addition|Additionally|Thus|Therefore|Hence|Also"
    r"|Interestingly|Notably|Importantly|Similarly|Nevertheless|Nonetheless|Instead|Conversely|Unfortunately|For example"
    r"|For instance|Indeed|In fact|In general|Generally), "
)
_VAGUE = re.compile(r"[Tt]he (?:first |second |third |last |latter |former )?[\w-]+\.?(?: (?:leads?|results?|causes?d?|can|may|is|was|were|are)\b|$)")
_CLAUSE = re.compile(r"\band (?:the |an? |its |their )?(?:[\w-]+ ){1,3}(?:was|were|is|are|has|had|can|[a-z]+ed) (?:with|in|by|to|from|at|as|when|not)\b")
_NO_STATEMENT = re.compile(
    r"(?:Even|Although|While|Despite|Since|As|Because|With|Using|Compared)\b(?!.{3,80}, )|.*(?:, however|, therefore| but)$|.*\bnot (?:only|just|merely)\b"
    r"|.*\bcompared with [^,]{2,40}, considered"
)
_CHINESE_NO_CAUSE = re.compile(r"研究|显示|表明|发现|证实|文献|(?:未|没有|不|无|难以|虽然|尽管)$|^(?:及时|积极|一些|某些|不同|各种|多种|过多|什么|任何)")
_CHINESE_ADVERB = re.compile(r"(?:还|也|均|都|不仅|则|既|同时|甚至|往往|一般|主要|直接|明显|显著|进一步|并|会|可|能)+$")
_CHINESE_VAGUE = re.compile(r"^(?:某些|一些|一定|各种|多种|很多|这|不良反应$)|一定的?(?:影响|作用|副作用)$|^.{0,4}(?:影响|作用|问题|后果)$")
_CHINESE_NO_CLAUSE = re.compile(r"并?未|没有|不[^同足良可仅]|^(?:表达|水平|含量|活性|数量|浓度|经过|根据|通过|虽然|从而|进而)|[您你]|虽然")
_CHINESE_NO_REASON = re.compile(r"^(?:例如|比如|根据|经过|据|目前|实验|研究|结果|文章|此外|同时|在[^，]{2,12}(?:方面|中)，|预后)|[您你]")
_CHINESE_NO_EFFECT = re.compile(
    r"^(?:通常|有助|对|在|从而|具体|也|术后|使用|治疗|相关|确诊|需要|应当?|可以|能够|而|并|会|可|能|具有|被|让|使|为|将|与|比|针对)|[您你]"
)
_NO_SUBJECT = re.compile(r"只|才|仍|往往|常|更|较|一般|难以|容易|没有|无法|便|于是|多为|总是|一定|不(?!同)|尤其|最好|至少|其实|很")
_COMPARATIVE = (
    r"(?:(?:significantly|markedly|substantially|slightly|considerably|much|consistently|generally|clearly|notably"
    r"|somewhat|also|far|dramatically|only|even|about [\d.]+[ -](?:fold|times)|[\d.]+[ -](?:fold|times)) ){0,2}"
    r"(?:higher|lower|greater|larger|smaller|faster|slower|longer|shorter|better|worse|stronger|weaker|thicker|thinner"
    r"|older|younger|wider|narrower|deeper|earlier|later|heavier|lighter|easier|harder|denser"
    r"|(?:more|less) (?:abundant|common|frequent|prevalent|pronounced|severe|stable|sensitive|accurate|robust|potent))"
)
_IN = r"(?:in|for|with|among|at|on|under|during|after)"
_STOP = r"(?= \(| \[|\.|$)"
_COMPARED_IN = re.compile(
    rf"^(?P<what>[^,;:]{{3,120}}?) (?P<be>was|were|is|are) (?P<how>{_COMPARATIVE}) (?P<prep>{_IN}) (?P<one>[^,;:()]{{2,80}}?)"
    rf" (?:than|compared (?:with|to)) (?:(?:that|those) )?(?P<other>(?:{_IN} )?[^,;:()]{{2,80}}?){_STOP}"
)
_COMPARED_THAT = re.compile(
    rf"^(?P<what>[^,;:]{{3,100}}?) (?P<prep>in|of|for|with|after) (?P<one>[^,;:()]{{2,80}}?) (?P<be>was|were|is|are)"
    rf" (?P<how>{_COMPARATIVE}) than (?:that |those )?(?P=prep) (?P<other>[^,;:()]{{2,80}}?){_STOP}"
)
_NO_TAIL = re.compile(r"\b(?:at|to|by|via|because|as|on|after|from|over|for|when|under|with|during|in)\b")
_COMPARED = re.compile(
    rf"^(?P<one>[^,;:]{{3,100}}?) (?P<be>was|were|is|are) (?P<how>{_COMPARATIVE}) than (?P<other>[^,;:()]{{3,100}}?){_STOP}"
)
_HAD = re.compile(
    rf"^(?P<one>[^,;:]{{3,100}}?) (?P<had>showed|had|exhibited|displayed|has|have|reached|accumulated|displays?|demonstrated|exhibits?|shows?|achieves?|achieved|yielded"
    rf"|produced) (?P<how>(?:an? )?{_COMPARATIVE} [^,;:()]{{3,80}}?)"
    rf" (?:than|(?:when )?compared (?:with|to)) (?P<other>[^,;:()]{{3,100}}?){_STOP}"
)
_NO_SIDE = re.compile(
    r"\b(?:that|which|when|if|whereas|but|while|would|could|than|expected|previous(?:ly)?|before|those|this|these|it|its|their"
    r"|ours?|we|other|others|reported|baseline|any|all|chance|usual|thought|each|observed|zero|one)\b|^(?:not|no)\b|(?<![\w-])\d[\d.,]*%?(?![\w-])",
    re.IGNORECASE,
)
_CHINESE_COMPARED = re.compile(
    r"^(?:(?:结果|研究|数据|分析)(?:表明|显示|发现)，?)?(?P<one>[^，。；：]{2,24}?)(?P<how>(?:显著|明显|均|略|远|稍|也|大大|普遍|通常|一般){0,2}"
    r"(?P<verb>高于|低于|大于|小于|多于|少于|长于|短于|快于|慢于|优于|强于|弱于))(?P<other>[^，。；：]{2,24}?)(?=[，。（(])"
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
_NO_CHINESE_SIDE = re.compile(r"^[的而并但且均则其该此这那]|如果|当|若|预期|以前|既往|\d|P|难以|可以|能|会|是|被|有|将|所|[的和与或、]$|不")
_FOUND = re.compile(
    r"^(?:(?:Here|In this (?:study|paper|work)|Thus|Therefore|Moreover|Furthermore|In addition|Interestingly|Notably"
    r"|Importantly|Surprisingly|Finally|Overall|Taken together|Together|Additionally|However|First|Second|Next|Indeed),? )?"
    r"(?P<who>[Ww]e|[Oo]ur (?:results?|data|findings?|experiments?|analys[ie]s|study|observations?)|[Tt]hese (?:results?|data"
    r"|findings?|observations?|experiments?)|[Tt]he (?:results?|data|findings?))"
    r"(?: (?:also|further|have|clearly|now|here|thus|therefore|strongly|then|first|previously))* "
    r"(?P<verb>show(?:ed|n|s)?|f(?:ou|i)nd|demonstrate[ds]?|observed?|reveal(?:ed|s)?|confirm(?:ed|s)?|report(?:ed)?"
    r"|suggest(?:ed|s)?|indicate[ds]?|conclude[ds]?|established|noted|discovered) that (?P<what>.{20,})$"
)
_HEDGED = re.compile(r"suggest|indicate|conclude")
_MORE_CLAUSES = re.compile(
    r"\band that\b|\band (?:also |further )?(?:show|demonstrate|suggest|indicate|confirm|report|found|find|propose|observed|identified)"
)
_FINITE = re.compile(
    r" (?:(?:also|only|not|significantly|strongly|often|specifically|directly|can|could|may|might|will|would|does|did|do) )*"
    r"(?:is|are|was|were|has|have|had|can|could|may|might|does|did|do|will|would|increase[sd]?|decrease[sd]?|reduce[sd]?"
    r"|inhibit(?:s|ed)?|promote[sd]?|induce[sd]?|affect(?:s|ed)?|lead|leads|led|result(?:s|ed)|cause[sd]?|play(?:s|ed)?"
    r"|require[sd]?|regulate[sd]?|bind|binds|bound|form|forms|formed|remain(?:s|ed)?|depend(?:s|ed)?|show(?:s|ed)?"
    r"|exhibit(?:s|ed)?|contain(?:s|ed)?|provide[sd]?|improve[sd]?|enhance[sd]?|activate[sd]?|contribute[sd]?|occur(?:s|red)?"
    r"|outperform(?:s|ed)?|achieve[sd]?|correlate[sd]?|interact(?:s|ed)?|prevent(?:s|ed)?|suppress(?:es|ed)?|express(?:es|ed)?) "
)
_CHINESE_FOUND = re.compile(
    r"^(?:进一步|此外，?|同时，?|因此，?|综上所述，?)?(?:本研究|我们|研究|结果|实验|数据|分析|本文|研究者|观察)(?:的)?(?:结果|分析|数据)?(?:还|也|进一步|均|首次)?"
    r"(?P<verb>表明|显示|发现|提示|证实|证明|观察到)，?(?P<what>[^。；]{10,110})。"
)
_CHINESE_TOPIC = re.compile(
    r"(?P<topic>[^，。；：（）可能与在是显具通对有被和及约为的随从将不未会要]{2,14})(?=可以|可|能够|能|与|在|是|显著|明显|具有|通过|对|会|主要|不|未|没有|约为|约占|随)"
)
_TO = re.compile(
    r"^(?P<purpose>(?:To|In order to) (?P<verb>determine|investigate|test|assess|examine|evaluate|identify|explore|understand"
    r"|confirm|verify|measure|study|analy[sz]e|improve|reduce|obtain|avoid|validate|quantify|address|overcome|ensure|compare"
    r"|estimate|establish|characteri[sz]e|prevent|increase|demonstrate|elucidate|define|visuali[sz]e|monitor|optimi[sz]e|facilitate"
    r"|generate|minimi[sz]e|maximi[sz]e|control|enhance|achieve|simulate|eliminate|distinguish|detect|check|exclude|probe"
    r"|create|construct|develop|evade|gain|tackle|mitigate|alleviate|account for|correct for|rule out|find out) [^,;:]{8,160}), "
    r"(?P<did>(?:we|the authors|an?|the|[a-z]+) .{12,250})\.$"
)
_NO_AIM = re.compile(r"\b(?:our (?:hypothesis|claim|goal|aim|question)|best of|date|this)\b|^(?:\S+ ){0,3}\S+$", re.IGNORECASE)
_DID = re.compile(
    r"^(?:we (?:first |then |next |also |further |therefore |have |thus )*[a-z]+(?:ed|t|ew|ade|an|ook|ose|ound|ave|et|it|ut)?\b"
    r"|[^,;]{3,100} (?:was|were|is|are|has been|have been) (?:\w+ly |then |also |first )?[a-z]+(?:ed|wn|en|ade|un|ept|et|ut|uilt|ound)\b)"
)
_IN_ORDER = re.compile(
    r"^(?P<did>We (?:then |also |first |therefore |next |further )?[a-z]+(?:ed|t|ew|ade|an|ook|ose|ound|ave)\b [^,;:]{10,160}?),? "
    r"(?P<purpose>in order to (?P<verb>[a-z]+) [^;:]{8,160})\.$"
)
_USED = re.compile(
    r"^(?P<what>[^,;:()]{3,90}) (?P<be>was|were|is|are) (?:then |also |commonly |often |widely |routinely |typically )?used "
    r"(?P<use>to (?P<verb>[a-z]{3,}) [^;:]{6,160})\.$"
)
_NO_TOOL = re.compile(r"(?:[Tt]he )?(?:two|three|four|five|similar|equal|remaining|different|various|all|each|both|several|other|some|same|resulting|these|following|latter)\b", re.I)
_NO_USE = re.compile(r"\bto (?:be|have|it|this|these|the|date|our|treat) |, (?:and|but|which|while|whereas|as|so) |\band (?:was|were|the)\b")
_CHINESE_FOR = re.compile(
    r"^(?P<purpose>为了?(?!此|例|主|止|期|一|了|什|何|\d)[^，。；]{5,50})，(?P<did>(?:我们|本研究|本文|研究者|作者|采用|利用|通过|使用|应用|需要|应当|可以?)[^。；]{8,100})。"
)
_HYPOTHESIS = re.compile(
    r"\b[Ww]e (?:therefore |thus |then |further |have |also |now )?(?:hypothesi[sz]ed?|postulated?) that (?P<what>.{20,260})\.$"
)
_CHINESE_HYPOTHESIS = re.compile(r"(?:我们|本研究|作者|本文)(?:因此|由此|进一步)?(?:假设|推测|假定)，?(?P<what>[^。；]{10,110})。")


def statements(paper: Paper, within: Within) -> Iterator[Found]:
    """Every question on a statement of the body."""
    miners = _CHINESE if paper.language == "zh" else _ENGLISH
    for paragraph, candidates in within:
        if paragraph.is_abstract:
            continue
        part = role(paragraph.section)
        if part != "methods":
            yield from _causes(paragraph, candidates, paper)
        for sentence in paragraph.sentences:
            for miner in miners:
                for found in miner(sentence, paragraph, paper, part):
                    if usable(sentence.text, paper.language):  # last, because it costs more than any pattern
                        yield found


def _found(
    family: str,
    answer: str,
    answers: Source,
    values: dict[str, str],
    quoted: tuple[Source, ...],
    sentence: Sentence,
    paragraph: Paragraph,
    paper: Paper,
) -> Found:
    return Found(
        family,
        answer,
        (answers,),
        values,
        quoted,
        "either",
        around(paragraph, sentence, paper.language),
        (sentence.source,),
        paragraph.section,
    )


# ---- causes ---------------------------------------------------------------------------------------------------------


def _causes(paragraph: Paragraph, candidates: Sequence[Candidate], paper: Paper) -> Iterator[Found]:
    for candidate in (each for each in candidates if each.miner in _CAUSES):
        sentence = next(each for each in paragraph.sentences if each.source == candidate.uses[0])
        if usable(sentence.text, paper.language):
            yield from _cause(candidate, sentence, paragraph, paper)


_CAUSES = frozenset(("cause", "effect", "due", "reason"))


def _joins_clause(miner: str, said: str, value: str) -> bool:
    """Whether a phrase runs into the next clause, or a statement is only half of one."""
    return miner in ("effect", "due", "cause") and bool(_CLAUSE.search(said)) or bool(_NO_STATEMENT.match(value))


def _cause(candidate: Candidate, sentence: Sentence, paragraph: Paragraph, paper: Paper) -> Iterator[Found]:
    (name, quoted), *_ = candidate.quoted.items()
    joined = _JOINED.match(paper.text, quoted[0].start or 0)
    if joined and candidate.miner == "reason":
        quoted = (replace(quoted[0], start=joined.end()),)
    value = paper.quoted(quoted)
    said = paper.quoted(candidate.answers)
    if _VAGUE.match(said) or _VAGUE.match(value) or _NO_SUBJECT.match(value) or _joins_clause(candidate.miner, said, value):
        return
    if not alone(said, paper.language):
        return
    source = candidate.answers[0]
    if paper.language == "zh":
        if _is_loose(candidate.miner, said, value, sentence):
            return
        if candidate.miner in ("cause", "due"):
            end = _CHINESE_ADVERB.sub("", paper.text[source.start : source.end])
            source = replace(source, end=(source.start or 0) + len(end))
            said = paper.quoted((source,))
            if len(said) < 3 and not said.isascii():
                return
    answer = polished(said, paper.language)
    if candidate.miner == "cause":
        value = _PLURAL.sub(r"\g<before>\g<verb>s", re.sub(r"^(?:also|further|then) ", "", value))
    elif name == "clause" and candidate.miner == "due":
        value = value.rstrip(" ")
    elif candidate.miner == "reason" and paper.language == "en":
        value = value.rstrip(" ,")
    yield _found(candidate.miner, answer, source, {name: value}, quoted, sentence, paragraph, paper)


def _is_loose(miner: str, said: str, value: str, sentence: Sentence) -> bool:
    """Whether a Chinese cause or effect is a phrase that says nothing, runs on, or has no subject."""
    if miner in ("cause", "due"):
        return _CHINESE_NO_CAUSE.search(said) is not None
    if miner == "effect":
        after = sentence.text.partition(said)[2]
        cut = after.startswith("，") and "等" in after[:16]
        return cut or _CHINESE_VAGUE.search(said) is not None or _CHINESE_NO_CLAUSE.search(value) is not None
    return _CHINESE_NO_REASON.search(said) is not None or _CHINESE_NO_EFFECT.search(value) is not None


# ---- comparisons ----------------------------------------------------------------------------------------------------


def _comparison(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    text = sentence.text
    if " than " not in text and " compared " not in text:
        return
    if (found := _COMPARED_IN.match(text)) and found["what"] and _sides(found):
        prep, other = found["prep"], found["other"]
        one = f"{prep} {found['one']}"
        other = other if re.match(rf"{_IN} ", other) else f"{prep} {other}"
        be = found["be"].capitalize()
        asked = f"{be} {inside(found['what'], paper.text)} {found['how']} {one} or {other}?"
        spans = tuple(sentence.part(*found.span(name)) for name in ("what", "how", "one", "other"))
        yield _compared(asked, spans, sentence, paragraph, paper)
    elif (found := _COMPARED_THAT.match(text)) and _sides(found):
        prep = "for" if found["prep"] == "of" else found["prep"]
        be, what = found["be"].capitalize(), inside(found["what"], paper.text)
        asked = f"{be} {what} {found['how']} {prep} {found['one']} or {prep} {found['other']}?"
        spans = tuple(sentence.part(*found.span(name)) for name in ("what", "how", "one", "other"))
        yield _compared(asked, spans, sentence, paragraph, paper)
    elif (found := _COMPARED.match(text)) and _sides(found) and not _NO_TAIL.search(found["other"]):
        asked = f"Which {found['be']} {found['how']}, {inside(found['one'], paper.text)} or {lowered(found['other'])}?"
        spans = tuple(sentence.part(*found.span(name)) for name in ("how", "one", "other"))
        yield _compared(asked, spans, sentence, paragraph, paper)
    elif (found := _HAD.match(text)) and _sides(found) and not _NO_TAIL.search(found["other"]):
        asked = f"Which {found['had']} {found['how']}, {inside(found['one'], paper.text)} or {lowered(found['other'])}?"
        spans = tuple(sentence.part(*found.span(name)) for name in ("how", "one", "other"))
        yield _compared(asked, spans, sentence, paragraph, paper)


def _sides(found: re.Match[str]) -> bool:
    """Whether both sides of a comparison are phrases that name a thing."""
    sides = (found[name] for name in found.groupdict() if name in ("what", "one", "other"))
    names = [re.sub(rf"^{_IN} ", "", side) for side in sides]
    return all(
        len(name.split()) <= MOST_WORDS
        and not leans(name, "en")
        and not _NO_SIDE.search(name)
        and balanced(name)
        and left_phrase(name) == 0
        for name in names
    )


def _compared(
    asked: str, spans: tuple[Source, ...], sentence: Sentence, paragraph: Paragraph, paper: Paper
) -> Found:
    answer = tidy(sentence.text)
    return _found("comparison", answer, sentence.source, {"asked": tidy(asked)}, spans, sentence, paragraph, paper)


def _chinese_comparison(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    found = _CHINESE_COMPARED.match(sentence.text)
    if found is None or any(_NO_CHINESE_SIDE.search(found[side]) or leans(found[side], "zh") for side in ("one", "other")):
        return
    asked = f"{found['one']}和{found['other']}相比，哪一个{_MORE[found['verb']]}？"
    spans = (sentence.part(*found.span("one")), sentence.part(*found.span("other")))
    answer = sentence.part(found.start("one"), found.end("other"))
    yield _found(
        "comparison",
        polished(paper.quoted((answer,)), "zh"),
        answer,
        {"asked": asked},
        spans,
        sentence,
        paragraph,
        paper,
    )


# ---- findings and hypotheses ----------------------------------------------------------------------------------------


def _finding(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    """What a paper says that it found, asked by the subject of the finding."""
    found = _FOUND.match(sentence.text) if " that " in sentence.text and part in _FINDING_PARTS else None
    verb = _FINITE.search(found["what"]) if found else None
    if found is None or verb is None:
        return
    topic = found["what"][: verb.start()]
    if not _is_topic(topic) or not alone(found["what"], "en"):
        return
    start = found.start("what")
    span = sentence.part(start, start + len(topic))
    if _HEDGED.search(found["verb"]) or _MORE_CLAUSES.search(found["what"]):
        answer, source = tidy(sentence.text[found.start("who") :]), sentence.part(found.start("who"), len(sentence.text))
        answer = answer[0].upper() + answer[1:]
    else:
        answer, source = polished(found["what"], "en"), sentence.part(start, start + trimmed(found["what"]))
    yield _found("finding", answer, source, {"topic": topic}, (span,), sentence, paragraph, paper)


_FINDING_PARTS = frozenset(("results", "discussion", "other", "introduction"))


def _is_topic(topic: str) -> bool:
    return len(topic.split()) <= MOST_WORDS and left_phrase(topic) == 0 and not _NO_TOPIC.search(topic)


_NO_TOPIC = re.compile(
    r"^(?:there|both|all|each|most|many|some|no|only|even|although|when|while|despite|in|for|at|with|after|under|by)\b"
    r"|^(?:different|various|several|certain|other|such)\b|\b(?:this|these|those|such|it|they|our|we|latter|former|their|its|above|other|same)\b|^(?:the|a|an) \w+$",
    re.IGNORECASE,
)


def _chinese_finding(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    found = _CHINESE_FOUND.match(sentence.text)
    topic = _CHINESE_TOPIC.match(found["what"]) if found and part != "methods" else None
    if found is None or topic is None or leans(found["what"], "zh") or re.search(r"[这该此其两各]", topic["topic"]):
        return
    start = found.start("what")
    span = sentence.part(start, start + topic.end("topic"))
    answer = sentence.part(start, found.end("what"))
    said = polished(found["what"], "zh")
    yield _found("finding", said, answer, {"topic": topic["topic"]}, (span,), sentence, paragraph, paper)


def _hypothesis(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    pattern = _CHINESE_HYPOTHESIS if paper.language == "zh" else _HYPOTHESIS
    found = pattern.search(sentence.text) if part == "introduction" else None
    if found and not leans(found["what"], paper.language) and alone(found["what"], paper.language):
        source = sentence.part(*found.span("what"))
        answer = polished(found["what"], paper.language)
        yield Found(
            "hypothesis", answer, (source,), {}, (), "named", (), (sentence.source,), paragraph.section
        )


# ---- purposes -------------------------------------------------------------------------------------------------------


def _purpose(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    """Why something was done, and what was done for a purpose: one of the two, by the caps."""
    text = sentence.text
    if text.startswith(("To ", "In order to ")):
        found = _TO.match(text)
    else:
        found = _IN_ORDER.match(text) if text.startswith("We ") and " in order to " in text else None
    if found is None or (text.startswith(("To ", "In ")) and not _DID.match(found["did"])):
        return
    if not alone(text, paper.language) or _NO_AIM.search(found["purpose"]):
        return
    if len(found["did"].split()) > 40 or not balanced(tidy(found["did"])) or not balanced(tidy(found["purpose"])):
        return
    did, purpose = sentence.part(*found.span("did")), sentence.part(*found.span("purpose"))
    values = {"did": lowered(tidy(found["did"]))}
    yield _found("purpose", polished(found["purpose"], "en"), purpose, values, (did,), sentence, paragraph, paper)
    aim = re.sub(r"^(?:In order to|in order to|To) ", "", tidy(found["purpose"]))
    answer = polished(found["did"], "en")
    yield _found("means", answer, did, {"aim": aim}, (purpose,), sentence, paragraph, paper)


def _used_for(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    found = _USED.match(sentence.text) if " used to " in sentence.text else None
    if found is None or _NO_TOOL.match(found["what"]) or not alone(found["use"], "en"):
        return
    if left_phrase(found["what"]) != 0 or _NO_USE.search(found["use"]) or leans(found["what"], "en"):
        return
    what, use = sentence.part(*found.span("what")), sentence.part(*found.span("use"))
    values = {"be": found["be"], "what": inside(tidy(found["what"]), paper.text)}
    if balanced(tidy(found["use"])):
        yield _found("used_for", polished(found["use"], "en"), use, values, (what,), sentence, paragraph, paper)


def _chinese_purpose(sentence: Sentence, paragraph: Paragraph, paper: Paper, part: str) -> Iterator[Found]:
    found = _CHINESE_FOR.match(sentence.text)
    if found is None or leans(found["purpose"], "zh") or not alone(sentence.text, "zh"):
        return
    did, purpose = sentence.part(*found.span("did")), sentence.part(*found.span("purpose"))
    values = {"did": tidy(found["did"])}
    yield _found("purpose", polished(found["purpose"], "zh"), purpose, values, (did,), sentence, paragraph, paper)
    aim = re.sub(r"^为了?", "", tidy(found["purpose"]))
    yield _found("means", polished(found["did"], "zh"), did, {"aim": aim}, (purpose,), sentence, paragraph, paper)


_ENGLISH = (_comparison, _finding, _hypothesis, _purpose, _used_for)
_CHINESE = (_chinese_comparison, _chinese_finding, _hypothesis, _chinese_purpose)
