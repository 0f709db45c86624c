"""Paragraphs in, what joins their statements out: result, contrast and addition between sentences, causes within one.

"Cells swell. Therefore, the space shrinks."     ->  result: "Cells swell." | "Therefore, the space shrinks."
"Swelling of cells leads to a smaller space."    ->  effect: "Swelling of cells leads to" | "a smaller space"
"由于水通道缺失，示踪剂进入减慢。"                   ->  reason: "示踪剂进入减慢" | "水通道缺失"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builders.mine.comprehension.candidates import Candidate
from builders.mine.comprehension.clauses import left_phrase, right_end, trimmed
from builders.mine.passages import Paragraph, Sentence, balanced, content, leans, mostly_words, quotable, size
from builders.types import Source

SHORTEST = 6  # Chinese characters of a statement and of its reason
CONNECTIVES = {
    "en": {
        "result": r"(?:Therefore|Thus|Hence|Accordingly|Consequently|As a (?:result|consequence)|For this reason), ",
        "contrast": r"(?:However|In contrast|By contrast|On the contrary|Conversely|Nevertheless|Nonetheless), ",
        "addition": r"(?:Moreover|Furthermore|In addition|Additionally|Also|What is more), ",
    },
    "zh": {
        "result": r"(?:因此|因而|所以|故而|由此可见|正因为如此|由此)，?",
        "contrast": r"(?:然而|但是|但|不过|相反|反之|与之相反|与此相反)，?",
        "addition": r"(?:此外|另外|而且|再者|并且|同时|除此之外)，",
    },
}
_CONNECTIVES = {
    language: {miner: re.compile(pattern) for miner, pattern in patterns.items()}
    for language, patterns in CONNECTIVES.items()
}
_ADVERB = r"(?:also|often|then|further|not only|(?!supply|assembly|family|anomaly|reply|early|only)[a-z]{2,14}ly)"
_CAUSES = re.compile(
    rf" (?P<verb>(?:(?:may|can|could|might|will|would|{_ADVERB}) ){{0,3}}"
    r"(?:leads? to|led to|results? in|resulted in|causes?|caused|gives? rise to|gave rise to|contributes? to|induces?"
    r"|induced|triggers?|inhibits?|inhibited|promotes?|promoted)) "
)
_DUE = re.compile(
    rf" (?P<verb>(?:(?:may|can|could|might|would) be|is|are|was|were) "
    rf"(?:(?:{_ADVERB}|in part|at least in part) ){{0,2}}"
    r"(?:due to|caused by|attributable to|attributed to|because of|triggered by"
    r"|(?:a|the) (?:result|consequence) of)) "
)
_BECAUSE = re.compile(r",? (?=because (?!of\b)|because of |owing to )")
_CHINESE_ADVERB = r"(?:可以|可能|能够|最?容易|通常|往往|一般|主要|进一步|直接|[可能会常均都也还则多易])"
# 抑制 and 促进 are nouns as well; with a modal before them they are verbs.
_CHINESE_CAUSES = re.compile(
    r"(?:^|[，；：])(?:[^，；：。]{0,12}(?:表明|显示|发现|证实))?"
    rf"(?P<cause>[^，；：。]{{3,40}}?)(?P<verb>{_CHINESE_ADVERB}{{0,4}}"
    r"(?:导致|引起|造成|引发|诱发(?!电位)|促使)了?|(?:可以|可能|能够|[可能会])(?:促进|抑制))"
    r"(?P<effect>[^，；：。]{3,40})(?=[，；。])"
)
_CHINESE_REASON = re.compile(
    r"(?:由于|因为)(?P<cause>[^，。；]{4,60})，(?:所以|因此|因而|故)?，?(?P<effect>[^。；]{5,80})[。；]"
)
_CHINESE_BECAUSE = re.compile(r"(?P<effect>[^。；]{5,80})，(?P<cause>(?:这是)?因为[^。；]{5,80})[。；]")
_CHINESE_THEREFORE = re.compile(r"(?P<cause>[^。；]{8,80})，(?:因此|所以|因而)，?(?P<effect>[^。；]{6,80})[。；]")
# What goes on from the clause before, or advises without saying whom.
_CONTINUING = re.compile(
    r"而|并|且|也|又|还|则|就|都|虽|但|同时|不过|然而|此外|另外|因此|所以|是的|当然|需|应|建议|可|能|会|必须|有望|不[能会]|说明|[^，]*?，(?:因此|所以|因而)"
)
_CHINESE_DUE = re.compile(
    r"(?:^|[，；：])(?P<effect>[^，；：。]{2,30}?)(?:主要|往往|通常|一般|可能|[可常均则也都多还]){0,2}(?:是由|由)(?!于)(?P<cause>[^，；：。]{2,40}?)"
    r"(?:引起|导致|造成|介导|诱发)的?(?=[，；。])"
)
_NO_CHINESE_PHRASE = re.compile(
    r"^(?:[（）等着并而又还也且可能会以使均都由因的了为则就即被把将若所或及和与对在当但虽]|意味|从而|进而|如果|主要|同时|其中|半数"
    r"|另外|此外|避免|防止|停|应|需|请|建议|考虑|排除|注意|大多|严重的话|如|首先|其次)"
    r"|的(?:机制|原因|作用|过程|程度|问题|途径|因素|可能|物质|药物|食物|疾病|情况|方法)|尚|被|是|为|包括|如果|没有|不会|不能|并不|不一定|未必|怎样|如何|什么"
    r"|[对给在把将从][^的]{1,12}$|(?:的|相关|主要|病因|时|中|期间)$"
)


def connected(paragraph: Paragraph, language: str) -> Iterator[Candidate]:
    """Two sentences that follow each other, of which the second says by its first word how it relates to the first."""
    for first, second in zip(paragraph.sentences, paragraph.sentences[1:], strict=False):
        for miner, pattern in _CONNECTIVES[language].items():
            connective = pattern.match(second.text)
            if connective and _can_be_joined(first.text, second.text, connective.end(), language):
                quoted = {"sentence": (first.source,)}
                yield Candidate(miner, (second.source,), quoted, paragraph.section)


def _can_be_joined(first: str, second: str, begins: int, language: str) -> bool:
    return (
        quotable(first, language)
        and quotable(second, language)
        and not leans(first, language)
        and not leans(second[begins:], language)
        and not any(pattern.match(first) for pattern in _CONNECTIVES[language].values())
        and bool(content(first, language) & content(second, language))
    )


def causes(paragraph: Paragraph, language: str) -> Iterator[Candidate]:
    """Causes and effects within a sentence: at most one a sentence and pattern."""
    for sentence in paragraph.sentences:
        if not quotable(sentence.text, language):
            continue
        if language == "zh":
            yield from _chinese(sentence, paragraph.section)
        else:
            yield from _active(sentence, paragraph.section)
            yield from _passive(sentence, paragraph.section)
            yield from _because(sentence, paragraph.section)


def _active(sentence: Sentence, section: tuple[str, ...]) -> Iterator[Candidate]:
    """X leads to Y: asked for Y, and for X; the verb is quoted with its hedge."""
    text = sentence.text
    verb = _CAUSES.search(text)
    if verb is None:
        return
    start, length = left_phrase(text[: verb.start()]), right_end(text[verb.end() :])
    if start is None or length is None:
        return
    cause, effect = sentence.part(start, verb.start()), sentence.part(verb.end(), verb.end() + length)
    clause, rest = sentence.part(start, verb.end("verb")), sentence.part(verb.start("verb"), verb.end() + length)
    yield Candidate("effect", (effect,), {"clause": (clause,)}, section, (sentence.source,))
    yield Candidate("cause", (cause,), {"rest": (rest,)}, section, (sentence.source,))


def _passive(sentence: Sentence, section: tuple[str, ...]) -> Iterator[Candidate]:
    """Y is due to X: asked for X."""
    text = sentence.text
    verb = _DUE.search(text)
    if verb is None:
        return
    start, length = left_phrase(text[: verb.start()]), right_end(text[verb.end() :])
    if start is not None and length is not None:
        clause = sentence.part(start, verb.end("verb"))
        answer = sentence.part(verb.end(), verb.end() + length)
        yield Candidate("due", (answer,), {"clause": (clause,)}, section, (sentence.source,))


def _because(sentence: Sentence, section: tuple[str, ...]) -> Iterator[Candidate]:
    """A statement, because a reason: asked why."""
    text = sentence.text
    found = list(_BECAUSE.finditer(text))
    if len(found) != 1 or leans(text, "en"):
        return
    before, after = text[: found[0].start()], text[found[0].end() :]
    whole = len(before.split()) >= 5 and len(after.split()) >= 4 and not _PARTIAL.search(before)
    if whole and not _CONTINUED.search(after) and mostly_words(after):
        statement = sentence.part(0, len(before))
        answer = sentence.part(found[0].end(), found[0].end() + trimmed(after))
        yield Candidate("reason", (answer,), {"sentence": (statement,)}, section, (sentence.source,))


# "... not because", "is because" and the like split no statement from its reason.
_PARTIAL = re.compile(
    r"\b(?:not|is|are|was|were|only|just|simply|and|or|but|part|mainly|mostly|partly|probably|perhaps|possibly|largely|be"
    r"|primarily|[a-z]+ly|whether|if|to|that|which)$|; |\bthat\b|[:(]",
    re.IGNORECASE,
)
_CONTINUED = re.compile(
    r"[;:]|, (?:but|whereas|while|and|we|so|the|it|this|these|they|however|a|an)\b"
    r"|^because (?:this|these|it|they|of this|of these|of it)\b"
    r"|^owing to (?:this|these|its|their)\b|^because of (?:this|these|its|their|that)\b",
    re.IGNORECASE,
)


def _chinese(sentence: Sentence, section: tuple[str, ...]) -> Iterator[Candidate]:
    text = sentence.text
    if (found := _CHINESE_CAUSES.search(text)) and _phrases(found["cause"], found["effect"]):
        clause = sentence.part(found.start("cause"), found.end("verb"))
        rest = sentence.part(found.start("verb"), found.start("effect") + trimmed(found["effect"]))
        yield Candidate(
            "effect", (_part(sentence, found, "effect"),), {"clause": (clause,)}, section, (sentence.source,)
        )
        yield Candidate("cause", (_part(sentence, found, "cause"),), {"rest": (rest,)}, section, (sentence.source,))
    elif (found := _CHINESE_DUE.search(text)) and _phrases(found["cause"], found["effect"]):
        quoted = {"clause": (_part(sentence, found, "effect"),)}
        yield Candidate("due", (_part(sentence, found, "cause"),), quoted, section, (sentence.source,))
    for pattern in (_CHINESE_REASON, _CHINESE_BECAUSE, _CHINESE_THEREFORE):
        if (found := pattern.fullmatch(text)) and _statements(found["effect"], found["cause"]):
            quoted = {"sentence": (_part(sentence, found, "effect"),)}
            yield Candidate("reason", (_part(sentence, found, "cause"),), quoted, section, (sentence.source,))
            return


def _part(sentence: Sentence, found: re.Match[str], name: str) -> Source:
    start = found.start(name)
    return sentence.part(start, start + trimmed(found[name]))


def _statements(*texts: str) -> bool:
    return not any(
        size(text, "zh") < SHORTEST or leans(text, "zh") or _CONTINUING.match(text) or not balanced(text)
        for text in texts
    )


def _phrases(*texts: str) -> bool:
    return not any(_NO_CHINESE_PHRASE.search(text) or leans(text, "zh") for text in texts)
