"""The end of a paper in, questions on its limits, its meaning and what should come next out.

"A limitation of this study is that ..."        ->  limitation | the sentence       limitation_section | the section
"Future work should measure ..."                ->  future | the sentence
"These findings provide a basis for ..."        ->  significance | the sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builders.mine.passages import Paragraph, Sentence, quotable, size
from builders.mine.tasks.found import Found, tidy
from builders.mine.tasks.reading import alone, clean, own, usable
from builders.mine.tasks.say import Paper
from builders.mine.tasks.sections import role

SECTION = {"en": (25, 220), "zh": (40, 450)}
# Words that only join a sentence to the one before: the answer begins after them.
_STARTS = re.compile(
    r"(?:However|Finally|Moreover|Furthermore|In addition|Additionally|Nevertheless|Thus|Therefore|Hence"
    r"|Overall|Ultimately"
    r"|Taken together|Together|Collectively|Altogether|In conclusion|In summary|Importantly|Clearly|First"
    r"|Second|Third|Lastly"
    r"|Despite [^,]{5,60}),? (?=[a-z])"
)
_LIMITATION = {
    "en": re.compile(
        r"(?:(?:A|One|Another|The) (?:\w+ ){0,2}?(?:limitation|shortcoming"
        r"|drawback|weakness) (?:of|in|to|with) (?:this|our|the present|the current"
        r"|the proposed) [^,;]{3,60}? (?:is|was)\b"
        r"|(?:This|Our|The (?:present|current)) (?:study|work|approach|method|analysis|research|model) (?:is"
        r"|was) limited (?:by|to|in)"
        r"|(?:An?|One|Another) (?:\w+ ){0,2}limitation (?:of [A-Z]{3,8} )?is (?:that|the))"
    ),
    "zh": re.compile(
        r"(?:(?:本研究|本文|本方法|该研究|本实验)的?(?:主要)?(?:局限性?|不足(?:之处)?)(?:主要)?(?:在于|是|为)"
        r"|(?:本研究|本文)(?:也|仍|还|尚)?(?:存在|有)(?:一定|一些|以下|若干)?的?(?:局限|不足)[^。]{0,6}[：:，])"
    ),
}
_FUTURE = {
    "en": re.compile(
        r"(?:(?:Future|Further|Additional|More) (?:[\w-]+ ){0,3}?(?:work|studies|research"
        r"|investigations?|experiments?|efforts?|development|improvements?|trials?|analys[ie]s"
        r"|directions?) (?:\w+ly )?(?:will|should|could|may|is|are|might"
        r"|would|needs?|must|can|includes?|aims?)\b|(?:In (?:the )?(?:near )?future(?: work| studies| research)?"
        r"|For future (?:work|research)|As future work),"
        r" |(?:Our|The) future work )"
    ),
    "zh": re.compile(
        r"^(?:未来|今后|后续|下一步|将来)的?(?:研究|工作|实验|探索)?(?:中)?[^。]{0,6}?(?:应|需|有必要|拟|计划|建议)"
        r"|^[^，]{4,40}(?:有待|尚待|需要?)(?:于)?(?:今后|未来|后续|更多|进一步)[^。]{0,12}(?:研究|验证|证实|阐明"
        r"|探讨|探索|明确|实验)"
    ),
}
_SIGNIFICANCE = {
    "en": re.compile(
        r"(?:(?:the|our|these|this|the present|the current|this present) (?:(?!future|further)\w+ ){0,2}?"
        r"(?:findings?|results?|study|work|data|(?<=our )approach|(?<=our )method|insights?"
        r"|discovery|technique|platform|system|framework|strategy|technology)) (?:(?:may|could|can|will|should"
        r"|might|thus|therefore|also|now|would|has|have) ){0,3}"
        r"(?:provides?(?! (?:\w+ )?evidence)|offers?|opens?|opened|paves?|paved|help|have (?:\w+ )?implications"
        r"|has (?:\w+ )?implications|highlights?|represents?|contributes?|enables?"
        r"|facilitates?|is the first|are the first|lays?|advances?|be (?:\w+ )?(?:useful|valuable|applied|extended"
        r"|used|important|helpful)|lead to|pose"
        r"|sheds?|deepens?|broaden|serve|allow|support the)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"^(?:综上所述，|总之，|因此，)?(?:本研究|本文|这项研究|该研究|研究结果|上述(?:结果|发现)|这些(?:结果|发现)"
        r"|我们的(?:研究|结果))[^。，]{0,30}(?:，[^。，]{0,20})?(?:为[^。]{4,50}提供(?:了|新的|一定的?|重要的?|理论"
        r"|科学|实验|客观)?[^。]{0,14}(?:依据|思路|基础|参考|方向|支持|途径|线索|证据|工具|手段)"
        r"|具有[^。]{0,24}(?:意义|价值)|有助于[^。]{4,})"
    ),
}
_ENDS = ("discussion", "abstract", "limitations", "future", "other", "results")
_CHINESE_LOOSE = re.compile(r"具体|前景|其|相关|是的|您|你")
_CHINESE_STARTS = re.compile(r"^(?:但是|但|然而|不过|因此|所以|同时|此外|另外|而且|总之|综上所述|当然)，?")
_NO_SELF = re.compile(
    r"\bthe observed\b|\bfuture studies\b.*\bresults\b|\badditional targets\b|^The results will"
    r"|[,;] (?:but|however) |\?$"
)


def outlook(paper: Paper, paragraphs: Sequence[Paragraph]) -> Iterator[Found]:
    """Every sentence of the second half that says what is missing, what it means, or what comes next."""
    half = len(paper.text) / 2
    seen: set[tuple[str, ...]] = set()
    for paragraph in paragraphs:
        part = role(paragraph.section)
        if part == "limitations" and paragraph.section not in seen:
            seen.add(paragraph.section)
            yield from _section(paragraph, paragraphs, paper)
        if part in _ENDS and (paragraph.source.start or 0) > half and not paragraph.is_abstract:
            for sentence in paragraph.sentences:
                yield from _sentence(sentence, paragraph, paper)


def _section(first: Paragraph, paragraphs: Sequence[Paragraph], paper: Paper) -> Iterator[Found]:
    """The whole section on limitations, where it is short."""
    under = [paragraph for paragraph in paragraphs if paragraph.section == first.section]
    text = "\n".join(tidy(paragraph.text) for paragraph in under)
    least, most = SECTION[paper.language]
    whole = all(quotable(sentence.text, paper.language) for paragraph in under for sentence in paragraph.sentences)
    if whole and clean(text) and least <= size(text, paper.language) <= most:
        spans = tuple(paragraph.source for paragraph in under)
        yield Found("limitation_section", text, spans, {}, (), "named", (), spans, first.section)


def _sentence(sentence: Sentence, paragraph: Paragraph, paper: Paper) -> Iterator[Found]:
    language = paper.language
    joined = (_CHINESE_STARTS if language == "zh" else _STARTS).match(sentence.text)
    start = joined.end() if joined else 0
    text = sentence.text[start:]
    text = text[0].upper() + text[1:]
    for family, patterns in (("limitation", _LIMITATION), ("future", _FUTURE), ("significance", _SIGNIFICANCE)):
        pattern = patterns[language]
        found = pattern.match(text) if language == "en" else pattern.search(text)
        if not found or not usable(sentence.text, language) or _NO_SELF.search(text):
            continue
        if alone(own(text), language) and not (language == "zh" and _CHINESE_LOOSE.match(text)):
            span = sentence.part(start, len(sentence.text))
            yield Found(family, tidy(text), (span,), {}, (), "named", (), (sentence.source,), paragraph.section)
        return
