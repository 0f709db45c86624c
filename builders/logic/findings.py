"""A paper in, its findings out that can be asked about alone: asserted, not hedged, leaning on no other sentence.

findings(document)  ->  Finding("Deletion of aquaporin-4 slowed the influx of tracer", (span,), section=("Results",))

An edited statement is taken to be false because the paper asserts the unedited one. So a sentence is left out where it
hedges, asks, plans or conditions, where it tells a method, or where it speaks of something named elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builders.logic.verbs import words
from builders.mine.passages import Paragraph, Sentence, leans, mostly_words, paragraphs, quotable
from builders.types import Document, Source

WORDS = (6, 45)
CHINESE_CHARACTERS = (10, 70)
_NO_FINDINGS = re.compile(
    r"method|material|procedure|statistic|protocol|experimental|design|participant|subjects|acquisition|recording"
    r"|surgery"
    r"|immuno|staining|reagent|software|simulation|hypothes|aims?\b|objective|purpose|limitation|outlook|future"
    r"|perspective"
    r"|方法|材料|统计|目的|局限|展望|不足|仪器|试剂|对象",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|should|must|suggest\w*|possib\w+|potential\w*|likely|unlikely|probabl\w+|perhaps"
    r"|presumabl\w+|apparent\w*|seem\w*|appear\w*|hypothes\w+|speculat\w+|assum\w+|propos\w+|believ\w+|thought"
    r"|tend(?:s|ed)?"
    r"|trend\w*|putative|imply|implies|implied|if|whether|unclear|unknown|uncertain\w*|expected?|predict(?:s|ed)?"
    r"|aim(?:s|ed)?"
    r"|consider(?:s|ed)?|attempt\w*|controvers\w+|debate\w*|conflicting|contrary|reportedly|supposed\w*|claim\w*"
    r"|argu\w+"
    r"|theor\w+|question\w*|rais\w+ the|estimated|promising|can be (?:used|considered|seen|regarded)|when|where"
    r"|until|unless)\b",
)
_LEANING = re.compile(
    r"\b(?:this|these|those|it|they|them|itself|themselves|we|our|us|i|my|he|she|him|her|his|such|former|latter"
    r"|above|here"
    r"|aforementioned|opposite|the new|another|others?|respective(?:ly)?|same|both"
    r"|one|ones|stud(?:y|ies)|trials?|cohorts?|groups?"
    r"|arms?"
    r"|participants?|respondents?|volunteers?|dataset\w*|experiments?|analys[ei]s|section|baseline|latest"
    r"|current(?:ly)?|present"
    r"|authors?|paper|articles?|literature|researchers|review|findings?|results?|data|examples?|instance|aspects?"
    r"|step|stage"
    r"|et al|vs|versus|cf|i\.e|e\.g|two|three|four|remaining|previous(?:ly)?|so|too|therefore|thus|hence|then"
    r"|there(?:by|after)?"
    r"|following|works?|sample|samples|score|scores|condition|conditions|case|cases|survey\w*)\b",
)
_PLAIN_WORD = re.compile(r"[a-z]+(?![\w/+-]*[\dA-ZΑ-ω])")
_THERE = re.compile(r"There (?:is|are|was|were|has been|have been) ")
_CHINESE_HEDGED = re.compile(
    r"可能|或许|也许|大概|似乎|推测|推断|认为|假设|假说|提示|有望|有待|尚|如果|若|假如|是否|能否|为何|怎样|如何|什么|建议|应当|应该|应(?!激|答|用|力|变|对|症)|需|拟|预计"
    r"|预期|估计|旨在|为了|试图|争议|未知|据报道|理论上|除非|只有|的话|一旦|吗|请|您|你|不妨|最好|尽量|必须|注意|千万|避免|防止|考虑|适当|定期|尽快|积极|加强|保持|帮助|配合|及时|尝试"
    r"|希望|应用时"
)
_CHINESE_LEANING = re.compile(
    r"^(?:治疗|手术|方案|方法|结果|检查|具体|药物|病因|症状|实验室|对症|并发症|辅助|相关|主要|目前|可|因为|由于|小明|经过|增加|减少|提高|促进|降低|除了|感染途径|临床表现|化疗|以及|对|是的|不是|患者|医生|另|还|也|需|要|所|其)|[它他她这该此其]|我们|我"
    r"|本[研文组例院病章]|前者|后者|上述|以上|以下|如下|两[者组种侧]|二者|三者|各组|每组|组[间内与和的]|[验照察疗药危]组|组患者|[ABC]组|另一|同样|相同|[图表式]\s?\d"
    r"|患儿|受试者|研究对象|样本|文献|作者|笔者"
    r"|女士|先生|小[李王张]|P ?值|[①②③④]|等人|因此|所以|从而|而且|并且|但是?|然而|不过|同时|此外"
)
_REPORT = re.compile(
    r"[^,;:()]{0,130}?\b(?:show(?:s|n|ed)?|found|demonstrate[sd]?|reveal(?:s|ed)?|observed|confirm(?:s|ed)?"
    r"|report(?:s|ed)?"
    r"|established|indicate[sd]?|conclude[sd]?|known) that ",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"(?:However|Moreover|Furthermore|In addition|Additionally|Interestingly|Notably|Importantly|Therefore|Thus"
    r"|Hence"
    r"|Consequently|In contrast|By contrast|Conversely|Specifically|Indeed|Similarly|Likewise|As expected|Overall"
    r"|Finally"
    r"|Meanwhile|Nevertheless|Nonetheless|Accordingly|Surprisingly|Remarkably|Strikingly|Unexpectedly"
    r"|Taken together|Together"
    r"|In summary|In conclusion|In fact|In general|Collectively|Consistently|First|Second|Third|As a result|Also"
    r"|Consistent with (?:this|these)[^,]{0,40}), "
)
_CHINESE_REPORT = re.compile(
    r"(?:(?:因此|此外|另外|同时|然而|但是|不过|总之|综上(?:所述)?|其中|而且|并且|由此可见|可见|例如)，?)?"
    r"(?:[^，。；：]{0,14}?(?:表明|显示|发现|证实|证明|得出|指出)[，：]?)?"
)
# Citations, figures, statistics: all brackets but those of an abbreviation.
_ASIDE = re.compile(
    r"\s?(?:\((?![A-Za-zΑ-ω][A-Za-z0-9Α-ω+/-]{0,11}\))[^()]{1,160}\)|\[[\d,;–\- ]{1,40}\]|（[^（）]{1,80}）)"
)
_BRACKETED = re.compile(
    r"\((?![A-Za-zΑ-ω][A-Za-z0-9Α-ω+/-]{0,11}\))"
    r"|\[\d|[=<>≤≥±~?!;:|*#†‡\"“”‘’]|[a-z]{4}\d{1,3}(?:[,–-]\d{1,3})*(?![\w-])|[,-]$|\w- |  "
)
_NO_OPENING = re.compile(
    r"(?:To|As|If|Using|By|Note|Besides|Briefly|Further|For|Unfortunately|Following|Occasionally|Sometimes"
    r"|Recently|Next"
    r"|Clearly|Because|Since|Given|Based|Compared|Once|Subsequently|Upon|Alternatively|In comparison|Similar"
    r"|An interesting|In,|Thereafter|In addition to|An additional|Another|Due to|New Journal"
    r"|The (?:drop|increase|decrease|reduction|changes?|differences?) in"
    r"|Shown|A total of|After(?:wards)?,|Though|Although|Despite|Besides|Not|And|Or|But|At first"
    r"|Until|Please)\b"
)
# "The value is": of what? "The volume of the cortex is" and "The AQP4 channel is" say it.
_BARE = re.compile(
    r"The (?:(?!(?:of|in|between|for|from|at|on|to|with)\b)[a-z]+ ){1,4}?(?:is|was|are|were|has|had|have|\w+s"
    r"|\w+ed|can|did|does|do) "
)
# "The 26 tested peptides", "a dose of 4 IU": of what, the text around it says. First, signs that were read wrongly.
_UNTOLD = re.compile(
    r"[\u2300-\u243f\u3008\u3009]|× 10 \d|\bthe \d+(?:\.\d+)? (?![%°])"
    r"|\b(?:a|an|the) (?:dose|concentration|level|value|temperature|rate|frequency|amount"
    r"|volume|ratio|dosage|quantity|speed|pressure|threshold|cutoff|size)s? of (?:about )?\d"
)
# "Elevates the plateau": a thing with no word to say which, unless there is but one in a body or everybody knows it.
_DEFINITE = re.compile(
    r"\bthe ([a-z]{3,})(?=$|,| (?:and|or|than|as|but|during|after|before|via|slightly|can|does|did|is|are|was"
    r"|were|has|have|had)\b)"
)
_ONE_ALONE = words(
    "brain cortex neocortex hippocampus striatum thalamus hypothalamus cerebellum amygdala brainstem midbrain "
    "forebrain hindbrain medulla pons retina cochlea meninges dura pia arachnoid neuropil parenchyma "
    "vasculature bloodstream blood circulation periphery plasma serum lymph liver kidney kidneys heart lung "
    "lungs spleen pancreas stomach intestine gut colon skin bone bladder uterus placenta thymus thyroid muscle "
    "eye eyes ear nose mouth skull scalp head neck body cytoplasm cytosol nucleus nucleolus membrane "
    "mitochondria mitochondrion endosome lysosome cytoskeleton genome proteome transcriptome axon soma "
    "dendrite synapse glycocalyx endothelium epithelium ependyma environment atmosphere ocean soil sun moon "
    "earth presence absence aorta atrium ventricle ventricles brains cells past future night day subarachnoid "
    "interstitium lumen extracellular intracellular literature"
)
_NAMES = re.compile(r"(?<![\w-])[A-Za-z][a-z]{3,}(?![\w-])")
MOST_CAPITALS = 0.5  # of the longer words after the first: beyond, a statement is a heading in title case
_CHINESE_BRACKETED = re.compile(r"[(（](?![A-Za-z][A-Za-z0-9 ,+/-]{0,40}[)）])|\[\d|[=<>≤≥±?？!！；;：:|*#“”\"]")


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement without final punctuation, its first letter a capital, and the spans it is put together of."""

    text: str
    sources: tuple[Source, ...]
    """More than one where a citation or a parenthesis between them was left out."""
    section: tuple[str, ...]


def findings(document: Document) -> Iterator[Finding]:
    """The findings of a paper in the order of the text."""
    if document.language == "other":
        return
    for paragraph in paragraphs(document):
        if _may_state(paragraph):
            for sentence in paragraph.sentences:
                if quotable(sentence.text, document.language):
                    yield from _finding(sentence, paragraph.section, document.language)


def _may_state(paragraph: Paragraph) -> bool:
    return not paragraph.is_back_matter and not any(_NO_FINDINGS.search(heading) for heading in paragraph.section)


def _finding(sentence: Sentence, section: tuple[str, ...], language: str) -> Iterator[Finding]:
    for first, last in _statements(sentence.text, language):
        spans = stated(sentence.text[first:last], language)
        text = "".join(sentence.text[first + start : first + end] for start, end in spans)
        if stands(text, language):
            sources = tuple(sentence.part(first + start, first + end) for start, end in spans)
            yield Finding(_capitalised(text), sources, section)


def _capitalised(text: str) -> str:
    """With a capital first letter, unless the first word is a symbol: p85β, mTOR."""
    return text[:1].upper() + text[1:] if _PLAIN_WORD.match(text) else text


def _statements(sentence: str, language: str) -> Iterator[tuple[int, int]]:
    """A sentence as a whole; in Chinese, where a semicolon joins what could be sentences, its parts."""
    first = 0
    while language == "zh" and (mark := sentence.find("；", first)) >= 0:
        yield first, mark
        first = mark + 1
    yield first, len(sentence)


def stated(sentence: str, language: str) -> list[tuple[int, int]]:
    """The spans of a sentence that make its statement: without "However, we found that", citations and figures."""
    start, end = 0, len(sentence.rstrip("。！？. "))
    for pattern in (_CHINESE_REPORT,) if language == "zh" else (_CONNECTIVE, _REPORT):
        opening = pattern.match(sentence, start)
        start = opening.end() if opening else start
    spans = []
    for aside in _ASIDE.finditer(sentence, start, end):
        spans.append((start, aside.start()))
        start = aside.end()
    spans.append((start, end))
    return [(first, last) for first, last in spans if first < last]


def stands(text: str, language: str) -> bool:
    """Whether a statement asserts something and can be read alone."""
    if language == "zh":
        patterns, bracketed = (_CHINESE_HEDGED, _CHINESE_LEANING), _CHINESE_BRACKETED
        least, most, size = *CHINESE_CHARACTERS, len(text)
    else:
        patterns, bracketed = (_HEDGED, _LEANING), _BRACKETED
        least, most, size = *WORDS, len(text.split())
        if _NO_OPENING.match(text) or _BARE.match(text) or _points_elsewhere(text) or _is_title(text):
            return False
        text = _THERE.sub("", text)
    # In lower case, where a pattern that minds no case would take four times as long.
    lower = text.lower()
    return (
        least <= size <= most
        and not any(pattern.search(lower) for pattern in patterns)
        and not bracketed.search(text)
        and not leans(text, language)
        and mostly_words(text)
    )


def _points_elsewhere(text: str) -> bool:
    """Whether a statement speaks of a thing that only the text around it tells."""
    lower = text[:1].lower() + text[1:]
    return _UNTOLD.search(lower) is not None or any(noun not in _ONE_ALONE for noun in _DEFINITE.findall(lower))


def _is_title(text: str) -> bool:
    """Whether most of the longer words are written with a capital."""
    longer = _NAMES.findall(text)[1:]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > MOST_CAPITALS * len(longer)
