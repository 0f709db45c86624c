"""Where a noun phrase begins and ends around a verb, judged by closed lists of words; no grammar is parsed.

    left_phrase("In mice, loss of the channel")  ->  9      the phrase is "loss of the channel"
    right_end("swelling of it, which then ...")  ->  14     the phrase is "swelling of it"

What the lists cannot decide is refused (None): a miner would rather miss a sentence than cut one wrongly.
"""

from __future__ import annotations

import re

from builders.mine.passages import balanced, leans, mostly_words

MOST_WORDS = 25
# A clause that ends before the phrase, and what may stand there without touching its truth.
_REPORTED = re.compile(
    r"\b(?:show(?:s|n|ed)?|demonstrate[sd]?|f(?:i|ou)nd|report(?:s|ed)?|reveal(?:s|ed)?|indicate[sd]?|known|observed?"
    r"|confirm(?:s|ed)?|established|evidence|fact|noted?|mentioned|concluded?)(?: \[[\d,–-]+\])? that $"
)
_ADVERBIAL = re.compile(
    r"(?:In|At|On|During|After|Under|For|Among|With|Within|Upon|Following|By|From|Here|However|Moreover|Furthermore|Thus"
    r"|Therefore|Hence|Consequently|Additionally|In addition|Indeed|Specifically|Notably|Importantly|Interestingly"
    r"|Similarly|Finally|First|Second|Third|Recently|Generally|Normally|Typically|Eventually|Ultimately|Overall"
    r"|Conversely|Nevertheless|Nonetheless|Accordingly|As expected|As a result|In contrast|For example|For instance"
    r"|On the other hand|To this end)\b"
)
_NO_PHRASE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|cannot|may|might|will|would|could|should|must|does|did|do|which|who"
    r"|whom|that|not|no|nor|neither|none|never|if|because|while|whereas|although|though|when|where|but|thereby|we|it|they"
    r"|he|she|i|you|however|therefore|thus|whether|how|why|what|failed|fails?|since|unless|until|than|said|suggests?"
    r"|shows?|showed|appears?|seems?)\b",
    re.IGNORECASE,
)
_NO_BEGINNING = re.compile(
    r"(?:and|or|to|by|as|with|of|on|at|for|from|into|than|so|also|yet|only|thus|not|when|there|well|even|except|such"
    r"|in (?:order|addition|contrast)|due|via|per|et|whose|them|us|itself|themselves|less|more)\b",
    re.IGNORECASE,
)
_NO_END = re.compile(
    r"\b(?:and|or|to|by|as|with|of|in|on|at|for|from|the|an?|not|also|both|either|its|their|than|further|significantly"
    r"|subsequently|using|such|mainly|mostly|only|directly|after|before|between|could|less|more|\w+ly)$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[,;:] | (?:which|whereas|while|although|though|but|because|thereby|whereby|when|where|if|unless|since|suggesting"
    r"|indicating|resulting|leading|causing|as (?:shown|well|described|compared|evidenced|seen|a|it|they|the)"
    r"|and (?:may|can|could|is|are|was|were|has|have|had|thus|therefore|thereby|then|hence|also|that|this|it|we|they"
    r"|not|leads?|led|results?|resulted|causes?|caused|induces?|induced|inhibits?|inhibited|promotes?|promoted|increases?d?"
    r"|decreases?d?|reduces?d?|enhances?d?|prevents?(?:ed)?|showed|does|did|to))\b"
)
_SUBORDINATE = re.compile(
    r"[,;:] (?:which|whereas|while|although|though|but|because|thereby|whereby|where|suggesting|indicating|thus|so|yet"
    r"|resulting|leading|causing|as|with|without|consistent|especially|particularly|similar|since|if|when|even"
    r"|and (?:thus|therefore|thereby|then|hence|that|this|these|it|we|they|the)|including"
    r"|in (?:line|agreement|contrast|accordance)"
    r"|respectively|however|through|via|by|likely|possibly|presumably|either|probably|rather|hence|therefore)\b"
)
_WORD = re.compile(r"[A-Z]{2}|[^\W\d_]{3}")
_TRAILING = re.compile(
    r"(?:\s*(?:\[[\d,;–\- ]{1,40}\][–-]?|\((?:see |e\.g\.,? )?"
    r"(?:Figs?\.?|Figures?|Tables?|Supplementary|Additional|[A-Z][\w-]{1,20} et al)[^()]{0,80}\)"
    r"|（[图表]\d[^（）]{0,20}）))+$"
)


def left_phrase(before: str) -> int | None:
    """Where the noun phrase that ends `before` begins; None where that is unsure."""
    start = 0
    if (that := before.rfind(" that ")) >= 0:
        if not _REPORTED.search(before[: that + len(" that ")]):
            return None
        start = that + len(" that ")
    if (stop := before.rfind("; ")) >= start:
        start = stop + 2
    if ", " in before[start:]:
        comma = before.index(", ", start)
        if not _ADVERBIAL.match(before[start:comma]):
            return None
        start = comma + 2
    phrase = before[start:].rstrip()
    return start if _is_phrase(phrase) else None


def right_end(after: str) -> int | None:
    """Where the noun phrase that begins `after`, the rest of a sentence, ends; None where that is unsure."""
    cut = _CUT.search(after)
    if cut and cut.group()[0] in ",;:" and cut.group()[0] != ";" and not _SUBORDINATE.match(after, cut.start()):
        return None
    end = trimmed(after[: cut.start()] if cut else after)
    phrase = after[:end]
    return end if _is_phrase(phrase) and len(phrase.split()) > 1 else None


def trimmed(text: str) -> int:
    """The length of a text without the full stop, citations and pointers to figures at its end."""
    text = text.rstrip().rstrip(".")
    return len(_TRAILING.sub("", text).rstrip())


def _is_phrase(text: str) -> bool:
    return (
        0 < len(text.split()) <= MOST_WORDS
        and len(text) > 2
        and text[-1] not in "-–/"
        and not leans(text, "en")
        and not _NO_PHRASE.search(text)
        and not _NO_BEGINNING.match(text)
        and not _NO_END.search(text)
        and "," not in text
        and not any(mark in text for mark in ":;?!|=")
        and _WORD.search(text) is not None
        and balanced(text)
        and mostly_words(text)
    )
