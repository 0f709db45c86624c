"""A part of an abstract in, what an assistant can say of it out: whole sentences, objective, clean, standing alone.

    answer_of(part, document, objective, config)
        ->  Answer(text="Studies show that the space grew by 60%.", source=Source(start=812, end=905, ...),
                   rewritten=1, cleaned=1)          # the text had: Here we show that the space grew by 60% [1].
        ->  Refusal("leans", "This increase is mediated by ...")

The span is that of the sentences as they stand in the paper. What was rewritten (who speaks) and cleaned (citations,
emphasis, a connective at the beginning) is counted, sentence by sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from builders.mine.damage import damage
from builders.mine.dialogues.objective import subjective
from builders.mine.dialogues.parts import Part, Refusal
from builders.mine.passages import LONGEST, Sentence, balanced, leans, mostly_words, size
from builders.types import Document, Source

Rewrite = Callable[[str, str], tuple[str, int]]
"""Text and language in, objective text and the number of changes out: `objective`, or a teacher."""


@dataclass(frozen=True)
class AnswersConfig:
    """How long an answer may be."""

    fewest: tuple[int, int] = (6, 10)
    """English words and Chinese characters that an answer has at least."""
    most: tuple[int, int] = (220, 360)
    """And at most: whole sentences are left out at its end, those of a conclusion at its beginning."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, where it stands, and in how many places it was changed."""

    part: str
    text: str
    source: Source
    rewritten: int
    cleaned: int
    confidence: float


_CITED = re.compile(
    r" ?\[[1-9]\d{0,2}(?:[,，、;\-–—~ ]{1,2}\d{1,3}){0,20}\]"
    r"| ?\((?:[Ss]ee )?(?:[A-Z][\w’'-]+(?: et al\.?| and [A-Z][\w’'-]+| & [A-Z][\w’'-]+)?,? \(?(?:19|"
    r"20)\d\d[a-z]?\)?(?:[;,] ?)?){1,6}\)"
    r"| ?\((?:see )?(?:Fig(?:ure|s)?\.?|Tables?|Eq\.?|Supplementary|图|表) ?[^()]{0,30}\)"
    # A raised number behind a stop or a comma is a citation; behind a letter it may be a unit, cm².
    r"|(?<=[.,;。，；])[¹²³⁴-⁹][⁰¹²³⁴-⁹,–]{0,20}(?=\s|\Z)"
)
_MARKED = re.compile(r"\*\*|</?(?:i|b|em|strong)>|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_SPACED = re.compile(r"(?<=\w) (?=[,;](?:\s|$))|(?<=[a-z]) (?=\.(?:\s|$))")
_CONNECTIVE = {
    "en": re.compile(
        r"(?:Moreover|Furthermore|In addition|Additionally|However|Thus|Therefore|Hence|In conclusion|In summary|"
        r"In sum|To conclude|To summari[sz]e|In short|Taken together|Together|Collectively|Altogether|Overall|"
        r"Finally|Lastly|Consequently|Interestingly|Notably|Importantly|Remarkably|Surprisingly|Unexpectedly|"
        r"Strikingly|Indeed|Specifically|Accordingly|As a result|Nevertheless|Nonetheless|In contrast|By contrast|"
        r"Conversely|Similarly|Likewise|In particular|Additionally|Also|First|Firstly|Second|Secondly|Third|Next|"
        r"Then|Subsequently|Further|On the other hand|To this end|In this context|As expected|Yet|Conclusions?|More "
        r"importantly|In fact),\s+"
        r"|(?:Thus|Therefore|Hence|Moreover|Furthermore|Consequently|Indeed|Yet|But|And|Thereby) "
    ),
    "zh": re.compile(
        r"(?:综上所述|综上|总之|总的来说|总而言之|由此可见|因此|所以|此外|另外|而且|并且|同时|然而|但是|不过|但|"
        r"从而|首先|其次|最后|进一步地?|值得注意的是|重要的是|有趣的是|结果表明|结论|可见|于是|为此|据此|由此)[，,]"
        r"|(?:因此|所以|然而|但是|此外|但)(?=[\u4e00-\u9fffA-Z])"
    ),
}
# "To overcome this limitation, ...": the first clause points back at something that was said before it.
_POINTING = {
    "en": re.compile(
        r"(?:[^\s,;]+ ){0,16}?(?:this|these)\b|(?:\S+ ){0,3}(?:those|such(?! as)|aforementioned)\b"
        r"|(?:\S+ ){0,6}?the (?:latter|former|above|said)\b|\w+, (?:however|therefore|thus|moreover|hence|then),",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"[^，。；]{0,16}(?:这[一些种个]|上述|前述|以上|此[种外法]|该(?![研文综实试论])|二者|两者|其中|后者|前者)"
    ),
}
_POINTING_NOUN = re.compile(
    r"(?:(?:in|for|with|by|using|from|on|of) )?(?:the [\w-]+ groups?\b|"
    r"the (?:two|three|four|method|approach|effects?|results?|increase|"
    r"decrease|system|model|algorithm|technique|differences?|process|same|other|others|protein|compound|device|reason|"
    r"remaining|rest|resulting|proposed|presented|above-mentioned|combination|tool|framework|phenomenon)"
    r"|both|others?|other [\w-]+|another|each|as a consequence|as well|respectively)\b",
    re.IGNORECASE,
)
_AFTER_SELF = re.compile(
    r"(?:the (?:study|work|paper|article|review|report|note|researchers|authors'?)|studies|research|researchers)\b"
    r"|研究|该(?:研究|文|综述|实验|试验|论文|报告)",
    re.IGNORECASE,
)
# A conclusion that is only what holds against the one before it, or beside it.
_RESTRICTS = re.compile(r"(?:However|But|Yet|Nevertheless|Nonetheless|Conversely|In contrast)\b|[^.]{0,80}\balso\b")
_UNNAMED = re.compile(r"\bother [A-Z][\w-]* \w+|^(?:\S+ ){0,4}(?i:these) (?:results|data|findings|observations)\b")
_GROUP = re.compile(
    r"(?<![a-z] group)\b[Tt]he (?:high|low|first|second|latter|treated|remaining)[\w-]* (?:\w+ )?group\b"
)
# Where "this study" became studies in general, though one is meant; a paper that is named by nothing.
_MISTOLD = re.compile(
    r"\b(?:in|of|by|from|for) studies (?:proved|was|were|is|are|has|have|shows?|showed)\b|\b(?:in|of|by) studies[.,]"
    r"|^(?:Studies|Researchers) (?:surprisingly|unexpectedly|interestingly|remarkably|also|then|further)\b"
    r"|^The (?:note|letter) |\bThe note contains\b|\bconduct(?:s|ed)? the extensive\b"
)
_ANNOUNCES = re.compile(
    r"\b(?:is|are|will be|were|was) (?:also |then |further |briefly |thus )?(?:discussed|presented|reviewed|"
    r"outlined|considered|described|summari[sz]ed|analy[sz]ed in detail|provided|proposed)\b|\b(?:discuss|review|"
    r"outline|highlight|describe|summari[sz]e)s? (?:the|how|several|some|possible|recent|current|and)\b|\bfreely "
    r"available\b|https?://|进行(?:了)?(?:讨论|综述|展望)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?。！？][\"”’)\]）]{0,3}$")
_GLUED = re.compile(
    r"[a-z)\]]\.[A-Z]|[A-Z]{2}\.[A-Z][a-z]|[0-9]\.[A-Z][a-z]{2}|[a-z]{3}[;,][A-Za-z]{3}|\s\?|"
    r"[�\u00ad\ufffe\ue000-\uf8ff]"
)


def clean(text: str) -> tuple[str, int]:
    """Without citations, pointers to figures and marks of emphasis; and how many there were."""
    changes = 0
    for pattern in (_CITED, _MARKED, _SPACED):
        text, count = pattern.subn("", text)
        changes += count
    return text, changes


def opened(text: str, language: str) -> tuple[str, int]:
    """Without a connective at its beginning, because nothing stands before an answer."""
    rest, count = _CONNECTIVE[language].subn("", text, count=1) if _CONNECTIVE[language].match(text) else (text, 0)
    return (rest[0].upper() + rest[1:], count) if count and rest else (text, 0)


def answer_of(part: Part, document: Document, rewrite: Rewrite, config: AnswersConfig) -> Answer | Refusal:
    """What can be said of a part: the longest run of its sentences that can be said, from one that stands alone."""
    language = document.language
    chosen: list[Sentence] = []
    reasons: list[Refusal] = []
    for run in _sayable(part.sentences, part.name, language, rewrite, reasons):
        fitting = _fitting(run, part.name, language, config)
        if _size(fitting, language) > _size(chosen, language):
            chosen = fitting
    if not chosen:
        return reasons[0] if reasons else Refusal("too_short", part.sentences[0].text[:80])
    source = replace(chosen[0].source, end=chosen[-1].source.end, maker=None)
    cleans = [clean(sentence.text) for sentence in chosen]
    first, began = opened((" " if language == "en" else "").join(text for text, _ in cleans), language)
    cleaned = sum(changes for _, changes in cleans)
    said, rewritten = rewrite(first, language)
    said = said.strip()
    if _size_of(said, language) < config.fewest[language == "zh"]:
        return Refusal("too_short", said[:80])
    begun = clean(chosen[0].text)[0]
    if language == "en" and part.name == "conclusion" and _RESTRICTS.match(begun):
        return Refusal("restricts", said[:80])
    if _UNNAMED.search(said) or ("group" not in part.sentences[0].text and _GROUP.search(said)):
        return Refusal("unnamed", said[:80])
    if rewritten and _MISTOLD.search(said):
        return Refusal("mistold", said[:80])
    if fault := damage(said, document.text):
        return Refusal("damaged", f"{fault}: {said[:80]}")
    return Answer(part.name, said, source, rewritten, cleaned + began, part.confidence)


def _size_of(text: str, language: str) -> int:
    return size(text, language)


def _size(sentences: Sequence[Sentence], language: str) -> int:
    return sum(size(sentence.text, language) for sentence in sentences)


def _sayable(
    sentences: Sequence[Sentence], part: str, language: str, rewrite: Rewrite, reasons: list[Refusal]
) -> Iterator[list[Sentence]]:
    """Runs of sentences that can be said, each from one that stands alone; why others cannot goes to `reasons`."""
    run: list[Sentence] = []
    for sentence in sentences:
        fault = _fault(sentence.text, part, language, rewrite) or (
            "" if run else _leaning(sentence.text, language, rewrite)
        )
        if not fault:
            run.append(sentence)
            continue
        reasons.append(Refusal(fault, sentence.text[:80]))
        if run:
            yield run
        run = []
    if run:
        yield run


def _fault(text: str, part: str, language: str, rewrite: Rewrite) -> str:
    """Why a sentence cannot be said at all, or nothing."""
    cleaned, _ = clean(text)
    if len(text) > LONGEST or not _ENDED.search(cleaned) or _GLUED.search(cleaned) or "\n" in text:
        return "broken_sentence"
    if not balanced(cleaned) or not mostly_words(cleaned):
        return "broken_sentence"
    if part != "purpose" and _ANNOUNCES.search(cleaned):
        return "announces"
    if "?" in cleaned or "？" in cleaned:
        return "question"
    return "subjective" if subjective(rewrite(opened(cleaned, language)[0], language)[0], language) else ""


def _leaning(text: str, language: str, rewrite: Rewrite) -> str:
    """Whether a sentence begins with something that was said before it."""
    said = rewrite(opened(clean(text)[0], language)[0], language)[0]
    if _POINTING[language].match(said):
        return "leans"
    if _AFTER_SELF.match(said):
        return ""
    return "leans" if leans(said, language) or _POINTING_NOUN.match(said) else ""


def _fitting(run: list[Sentence], part: str, language: str, config: AnswersConfig) -> list[Sentence]:
    """As many sentences as an answer may hold: from the beginning, because only the first stands alone."""
    most = config.most[language == "zh"]
    fitting: list[Sentence] = []
    for sentence in run:
        if fitting and _size([*fitting, sentence], language) > most:
            break
        fitting.append(sentence)
    return fitting if _size(fitting, language) <= most else []
