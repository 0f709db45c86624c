"""Text of a paper in, the same without marks of citations out, or None where it cannot be quoted whole.

unmarked("The space shrinks [5] in ischaemia (Smith et al., 2001).")  ->  "The space shrinks in ischaemia."
unmarked("The space shrinks (Table 2).")                              ->  None: the table is not there
"""

from __future__ import annotations

import re

from builders.mine.passages import Paragraph, balanced, leans

FEWEST_WORDS = 4  # a sentence of fewer is a heading that has run into the paragraph
_CITATIONS = re.compile(
    r"\s?\[\d{1,3}(?:\s?[,;，、–—-]\s?\d{1,3}){0,20}\]"
    r"|\s?\(\s?\d{1,3}(?:\s?[,;–—-]\s?\d{1,3}){0,20}\s?\)"
    r"|\s?\((?:e\.g\.,? |see |reviewed in )?[A-Z][^()\d]{1,80},? (?:19|20)\d{2}[a-z]?(?:[;,][^()]{1,300})?\)"
)
_COUNTED = re.compile(r"\(1\)|（1）|\(i\)|\(a\)")  # (1) ... (2) may count and not cite
_NAMED = re.compile(r"\b(?:see|in|from|by|of|to|with|refs?\.?|references?)\s?$|[见据如]\s?$", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:tables?|figs?\.?|figures?|eqs?\.?|equations?|supplementa\w+|additional file|panels?|scheme|movie|video"
    r"|et al|refs?\.)(?![a-z])|[如见上下][图表式]|[图表式]\s?\d|式中|公式|附[图表]",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"<[a-z/]|\b(?:obeys|equation|formula|as|by|is) where\b"
    r"|[\[\]\\{}$^|_~\ufffd\ue000-\uf8ff\n]|  |,\s?,| [,.;:)]|\( |\(\)|（）"
    # A number above the line that has sunk into it: eye15, studies.5, biology13,14
    r"|[a-z]{4}\d{1,3}(?![\w-])|[a-z]{3}\d{1,3}[,–-]\d|[A-Za-z)]\.\d|\b[A-Z]{2,}\d{2,3},\d"
    # Words run together
    r"|[a-z)][.!?;,][A-Z]|[A-Z]{3,}[a-z]{4,}|[a-z]-[A-Z][a-z]+ |\d(?:has|have|is|was|were|and|the|in|of|to)\b"
    # Signs lost or set apart: Ca 2+, H 2 O 2, NF-B, 1 g/ml for 1 µg/ml
    r"|\b[A-Z][A-Za-z]? \d?[+−-]|\b[A-Z][a-z]? \d [+−-]|\b(?:H|O|CO|N|NO|SO|PO|NH|Na|Cl|Ca|Mg) \d\b|\b\d+ [A-Z][a-z]? "
    r"|\bNF-B\b|\b(?:TGF|IL|TNF|IFN|PGC|GSK)-(?![\wα-ω])|\b\d+(?:\.\d+)? [mgl]\b|\bFig\b"
)

ENDED = re.compile(r"[.!?。！？][\"”’)\]）]{0,3}$")
_OPENS = {
    "en": re.compile(
        r"(?:However|Therefore|Thus|Hence|Moreover|Furthermore|In addition|Additionally|Interestingly|Notably|Indeed"
        r"|Consequently|Conversely|In contrast|By contrast|Similarly|Likewise|Accordingly|Finally|Meanwhile|Also|But"
        r"|And|Or|Yet|Still|Rather|Instead|Then|Next|First|Second|Third|Last|Alternatively|For (?:example|instance)"
        r"|As (?:a|an|such)|In (?:subsequent|parallel|line|another|fact)|In (?:turn|particular|general|other words)"
        r"|In (?:short|all|conclusion|summary|comparison)"
        r"|On the|Specifically|Importantly|Surprisingly|Briefly|Subsequently|Overall|Together|Taken|Because|Due"
        r"|Although|While|Whereas|Since|Nevertheless|Nonetheless|After|Later|Despite|Besides|Again|Even|Only|Where"
        r"|Results?|Methods?|Conclusions?|Unlike|Similar|More|Further|Following|What|How|Why|A (?:possible|second)"
        r"|The (?:same|other|latter|former|two|three|first|second|third|last|next|above|following|resulting|process"
        r"|effects?|results?|reasons?|latter|opposite|question|difference|remaining|rest))\b"
    ),
    "zh": re.compile(
        r"因此|所以|但|然而|不过|而|此外|另|同时|于是|从而|由此|可见|例如|比如|换言之|也就是|后来|随后|接着|结论|方法|结果|目的"
        r"|反之|相反|其次|最后|第[一二三四]|只有|也|又|还|则|[^，。]{1,14}则|同[样一]|前[一者]|后[一者]|上[述面]|以[上下]|[两二三]"
    ),
}
# Anywhere in a sentence that is quoted alone.
_DANGLES = {
    "en": re.compile(r"\b(?:this|these|those|such an?|the (?:latter|former|two|same|above|other))\b", re.IGNORECASE),
    "zh": re.compile(r"[它这该此]|其(?![他它中余实次])|两[种者个类]|上述|以上|前者|后者|^[^，。]{1,14}则"),
}


def unmarked(text: str) -> str | None:
    """The text without citations; None where it points to what is not there or has lost characters."""
    if _COUNTED.search(text):
        return None
    parts, start = [], 0
    for found in _CITATIONS.finditer(text):
        if _NAMED.search(text, max(0, found.start() - 12), found.start()):
            return None
        parts.append(text[start : found.start()])
        start = found.end()
    plain = "".join([*parts, text[start:]])
    return None if _POINTS.search(plain) or _BROKEN.search(plain) else plain


def whole_sentences(paragraph: Paragraph, language: str) -> list[str]:
    """The sentences without marks of citations; none where one is broken, or the first leans on what is before it."""
    found = [unmarked(sentence.text) for sentence in paragraph.sentences]
    texts = [text for text in found if text is not None]
    sound = (
        len(texts) == len(found) > 0
        and balanced("".join(texts))
        and all(ENDED.search(text) and text[0] not in "(（,，" for text in texts)
        and (language == "zh" or all(len(text.split()) >= FEWEST_WORDS for text in texts))
        and stands_alone(texts[0], language)
    )
    return texts if sound else []


def goes_on(text: str, language: str) -> bool:
    """Whether a sentence goes on from the one before it."""
    return leans(text, language) or _OPENS[language].match(text) is not None


def stands_alone(text: str, language: str) -> bool:
    """Whether a sentence can be quoted alone."""
    return not goes_on(text, language) and not _DANGLES[language].search(text)
