"""A paper's title in, what its first question can call the subject out, so that the question stands alone.

    topic_of(document)
    "Effects of Sleep on the Brain: A Review"  ->  Topic("topic", "the effects of sleep on the brain", ...)
    "Sleep Widens the Extracellular Space"     ->  Topic("claim", "sleep widens the extracellular space", ...)
    "Does sleep clear the brain?"              ->  Topic("asked", "Does sleep clear the brain?", ...)
    "Towards a Map of Hidden Hearing Loss"     ->  Topic("topic", '"Towards a Map of Hidden Hearing Loss"', ...)
    "脑细胞外间隙概述：结构与功能"                 ->  Topic("topic", "脑细胞外间隙", ...)

A title is put into a sentence as it stands only where its grammar is plain; elsewhere it is quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from builders.types import Document

LONGEST: Final = 220
SHORTEST: Final = {"en": 12, "zh": 4}


@dataclass(frozen=True, slots=True)
class Topic:
    """The subject of a paper, and how it can be used in a question."""

    kind: Literal["topic", "claim", "asked"]
    text: str
    quoted: str
    """The whole title in quotation marks, for a question that needs a thing and not a statement."""


# "against<i>Leptospira</i>for": the source lost the spaces around it.
_GLUED_TAG = re.compile(r"(?<=[a-z])</?(?:i|em)>(?=[A-Za-z]{2})")
_TAG = re.compile(r"</?[a-z]{1,6}>|\*\*")
_MARKUP = re.compile(r"[<>{}\\$|#]|\b(?:doi|https?)\b", re.IGNORECASE)
# Third person, present: words that are seldom nouns, so that a title with one of them is a sentence.
_VERB = re.compile(
    r"(?:regulate|promote|facilitate|contribute|enhance|suppresse|inhibit|induce|mediate|reveal|increase|reduce|"
    r"improve|prevent|require|modulate|determine|protect|decrease|affect|control|activate|depend|ameliorate|"
    r"attenuate|predict|maintain|drive|enable|allow|provide|identifie|confer|trigger|sensitize|augment|underlie|"
    r"correlate|impair|limit|restore|block|cause|accelerate|delay|alter|disrupt|govern|influence|lead|stimulate|"
    r"support|demonstrate|suggest|indicate|retain|elicit|exhibit|incorporate|define|stabilize|widen|slow|explain|"
    r"produce|generate|encode|recruit)s"
    r"|(?:is|are|was|were|has|have|can|may|does|do)",
    re.IGNORECASE,
)
# An adjective or a noun of the language that the paper happens not to write small; no proper name ends so.
_NO_PROPER_NAME = re.compile(
    r"\w{3,}(?:tion|sion|ment|ance|ence|ity|ness|able|ible|ive|ical|onal|ous|ized|ised|ated|ing|based|ular|ary|tic|"
    r"ogy|graphy"
    r"|ors?|ates?|izes?|otes|ents?)\Z|(?:an?|the|and|of|in|for|with|by|from|on|to|via|as|or|at)\Z"
)
# The same in the plural, without those that are nouns as well.
_PLURAL_VERB = re.compile(
    r"(?:allow|promote|regulate|facilitate|enhance|suppress|inhibit|induce|mediate|reveal|improve|prevent|require|"
    r"modulate|determine|predict|maintain|enable|provide|identify|confer|underlie|restore|govern|demonstrate|suggest|"
    r"indicate|elicit|exhibit|incorporate|define|encode|contribute|depend|reduce|affect|activate|ameliorate|"
    r"attenuate|stimulate|produce|generate|disrupt|accelerate|protect|impair|augment|recruit|explain)",
    re.IGNORECASE,
)
# Nouns for doings and qualities, and names of fields: they need no article.
_BARE_NOUN = re.compile(
    r"\w+(?:tion|sion|ment|ance|ence|ity|ness|ing|ism|logy|graphy|metry|scopy|ics|sis|therapy|ure|ship|diffusion|"
    r"disease|[^su\W]s)\Z",
    re.IGNORECASE,
)
_NAMES_AN_ACT = re.compile(
    r"\w+(?:tion|sion|ment|ance|ence|ing|sis|ity|ure|effects?|impacts?|roles?)\Z", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r" (?:of|in|for|with|by|from|on|to|and|or|between|during|after|before|via|as|using|at|among|under|through|"
    r"within|across|against|following|without|versus|vs|into|toward|towards|based|applicable) "
)
_NO_NAME = re.compile(
    r"(?:toward|towards|on|using|how|why|when|where|what|beyond|from|in|at|is|are|for|to|an?|the) ", re.IGNORECASE
)
_CAPITALISED = re.compile(r"(?<!\w)(?:[A-Z][a-z]+|\AA)(?!\w)")
_SMALL = frozenset(
    ("a", "an", "the", "and", "of", "in", "for", "with", "by", "from", "on", "to", "via", "as", "or", "at")
)
_CHINESE_TAIL = re.compile(
    r"(?:的?(?:最新|相关)?(?:研究进展|研究现状|研究综述|系统综述|文献综述|概述|综述|进展|述评|初步研究|研究|探讨|"
    r"初探))\Z"
)
_CHINESE_CLAIM = re.compile(
    r"[^，：、]{2,30}(?:促进|抑制|改善|减轻|诱导|增强|降低|提高|调控|介导|"
    r"缓解)[^的：，]{2,30}(?<!作用)(?<!机制)(?<!研究)(?<!影响)(?<!效果)"
    r"(?<!分析)(?<!进展)(?<!关系)(?<!通路)(?<!策略)(?<!方法)\Z"
)
_CHINESE_SUBJECT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9β-ω、·\-（）()]{4,60}\Z")


def topic_of(document: Document) -> Topic | None:
    """The subject as a question can name it; None where the title says too little or is no title."""
    title = " ".join(_TAG.sub("", _GLUED_TAG.sub(" ", document.title)).split()).rstrip(" .。*")
    language = document.language
    if (
        not SHORTEST.get(language, LONGEST) <= len(title) <= LONGEST
        or _MARKUP.search(title)
        or document.title == document.path
    ):
        return None
    if title.endswith(("?", "？")):
        return _question(title, language)
    return _chinese(title) if language == "zh" else _english(title, document)


def _question(title: str, language: str) -> Topic:
    """A question is asked as it stands, without what comes before or after a colon."""
    last = re.split(r": |：", title)[-1]
    asked = last[:1].upper() + last[1:] if language == "en" else last
    return Topic("asked", asked, _quoted(title, language))


def _quoted(title: str, language: str) -> str:
    return f"“{title}”" if language == "zh" else f'"{title}"'


def _chinese(title: str) -> Topic | None:
    if not re.search(r"[\u4e00-\u9fff]", title):
        return None
    subject = re.split(r"[：:—]", title)[0].strip()
    shorter = _CHINESE_TAIL.sub("", subject)
    subject = shorter if len(shorter) >= SHORTEST["zh"] else subject
    quoted = _quoted(title, "zh")
    if subject == title and _CHINESE_CLAIM.match(title):
        return Topic("claim", title, quoted)
    return Topic("topic", subject if _CHINESE_SUBJECT.match(subject) else quoted, quoted)


def _english(title: str, document: Document) -> Topic:
    quoted = Topic("topic", _quoted(title, "en"), _quoted(title, "en"))
    subject = re.split(r": | [–—] |\. ", title)[0]
    if subject != title and len(subject.split()) < 3:
        return quoted
    if title.isupper() or '"' in title or not subject.isprintable():
        return quoted
    lowered = _lowered(subject, document)
    if lowered is None:
        return quoted
    tokens = lowered.split()
    verbs = [word for before, word in pairwise(tokens[:-1]) if _VERB.fullmatch(word) or _is_plural_verb(before, word)]
    if len(verbs) == 1 and subject == title:
        return Topic("claim", lowered, quoted.quoted)
    if verbs or re.search(r"\w+ed by\b|, ", lowered):
        return quoted
    named = _named(lowered)
    return Topic("topic", named, quoted.quoted) if named else quoted


def _is_plural_verb(before: str, word: str) -> bool:
    return before != "to" and _PLURAL_VERB.fullmatch(word) is not None


def _lowered(subject: str, document: Document) -> str | None:
    """Words that the paper writes small become small, names keep theirs; None where neither is known."""
    text = "\n".join(block.text for block in document.blocks if block.kind in ("paragraph", "list", "caption"))
    words = {}
    for word in dict.fromkeys(_CAPITALISED.findall(subject)):
        small = word.lower()
        if small in _SMALL or re.search(rf"(?<!\w){re.escape(small)}(?!\w)", text):
            words[word] = small
        elif re.search(rf"(?:(?<=[a-z,(] )|(?<=\w-)){re.escape(word)}(?!\w)", text):
            words[word] = word
        elif _VERB.fullmatch(small) or _NO_PROPER_NAME.match(small):
            words[word] = small
        else:
            return None
    return _CAPITALISED.sub(lambda match: words[match.group()], subject)


def _named(subject: str) -> str | None:
    """The subject with the article that it needs; None where that is not plain."""
    article = re.match(r"(?:the|a|an) (?=\w)", subject, re.IGNORECASE)
    if article:
        return article.group().lower() + subject[article.end() :]
    if _NO_NAME.match(subject):
        return None
    head = _PREPOSITION.split(f"{subject} ", maxsplit=1)[0].split()[-1]
    if not _BARE_NOUN.match(head):
        return None
    if re.search(rf"{re.escape(head)} of ", subject) and _NAMES_AN_ACT.match(head):
        return f"the {subject}"
    return subject
