"""AS: a statement in, its counterfactual with one polar word replaced by its opposite out.

antonym("Deletion of aquaporin-4 slowed the influx of tracer", "en")
    ->  "Deletion of aquaporin-4 accelerated the influx of tracer"

None where the edit might leave a truth: two polar words, a negation or a contrast, the word in what is spoken of.
"""

from __future__ import annotations

import re

from builders.logic.antonyms import Polar, polar, with_article
from builders.logic.scope import contrasts, negations
from builders.logic.verbs import finite, words

# Between the verb and the word nothing may turn the word into a circumstance.
_ASIDE = re.compile(
    r"\b(?:in|of|for|from|by|at|on|during|after|before|with|under|through|via|between|among|than|to|into|using"
    r"|upon|within"
    r"|because|due|per|as|over|across|throughout|against|and|or)\b|,",
    re.IGNORECASE,
)
_PREDICATED = re.compile(
    r"\b(?:associated|correlate[sd]?|accompanied|coincide[sd]?|linked|found) (?:with|by|to be)\b"
    r"|\b(?:lead|leads|led|contribute[sd]?|related) to\b|\bresult(?:s|ed)? in\b|\bfound to (?:be|have)\b"
    r"|\bshown to (?:be|have)\b"
    r"|\bcharacteri[sz]ed by\b"
)
_AFTER = {
    "more": r" (?!than\b)\w+(?:ly|ive|ous|ent|ant|al|ic|able|ible|ful|ed|ile)\b",
    "less": r" (?!than\b)\w+(?:ly|ive|ous|ent|ant|al|ic|able|ible|ful|ed|ile)\b",
    "positive": r" (?:correlation|association|relationship|relation)s?\b",
    "negative": r" (?:correlation|association|relationship|relation)s?\b",
    "positively": r" (?:correlat|associat|relat|regulat)\w+",
    "negatively": r" (?:correlat|associat|relat|regulat)\w+",
    "directly": r" (?:proportional|correlat\w+|related)\b",
    "inversely": r" (?:proportional|correlat\w+|related)\b",
    "better": r"(?! \w+ed\b)",
    "worse": r"(?! \w+ed\b)",
    "stimulated": r"(?! with\b)",
    "activated": r"(?! with\b)",
    **dict.fromkeys(
        ("increase", "decrease", "reduction", "elevation", "upregulation", "downregulation"), r" (?:of|in)\b"
    ),
    **dict.fromkeys(("up-regulation", "down-regulation", "improvement", "deterioration"), r" (?:of|in)\b"),
    **dict.fromkeys(("expansion", "contraction"), r" of\b"),
    "earlier": r" (?:in \w+ )?than\b",
    "later": r" (?:in \w+ )?than\b",
    "lower": r"(?!"
    " (?:limbs?|extremit\\w+|back|jaw|layers?|part|half|bound|lobe|panel|left|right|respiratory|airways?|urinary)\b)",
    "higher": r"(?! (?:order|education|vertebrates|plants|organisms|cognitive|brain)\b)",
}
_COMPARATIVES = words(
    "higher lower larger smaller greater faster slower stronger weaker longer shorter wider narrower thicker thinner "
    "deeper shallower heavier lighter warmer colder better worse older younger more less"
)
_THAN = re.compile(
    r"\b(?:than|compar\w+|relative to|with (?:age|increasing|decreasing)|as \w+ (?:increase|decrease))\b"
)
_PLAIN = words("high low strong weak large small rapid slow wide narrow")
_COPULA = re.compile(r"\b(?:is|are|was|were|remain(?:s|ed)?|became|becomes?)(?: \w+ly| very| relatively| quite)? $")
_NOUNS = words(
    "increase decrease reduction elevation upregulation downregulation up-regulation down-regulation "
    "improvement deterioration expansion contraction"
)
_ARTICLE = re.compile(r"\ban? (?:[\w-]+ )?$")
_INFINITIVE = re.compile(r"\b(?:to|will|does|did|do|that|which|who|whose)(?: \w+ly)? $")
_POSSIBLE = re.compile(r"\b(?:can|could|capable|able)\b")  # what can be raised can be lowered, too
_COUNTED = re.compile(
    r"\bfrom\b.{1,40}\bto\b|\bto \d|\bin order\b|\bby [-−]|\busing\b|\d+(?:\.\d+)? ?(?:%|±)? ?(?:to|–|-) ?\d",
    re.IGNORECASE,
)
MOST_COMMAS = 2
_CHINESE_CAUSED = re.compile(
    r"由于|因为|通过|目的|手段|方法|重要|目标|包括|表现|症状|原因|控制|预防|为目|药物$|方案|关键"
)
_CHINESE_BEFORE = re.compile(r"(?:[以来和与及、并于对用为被所的待需性来提]|来说，|有助于|用于|有利于|参与|相关|方面)$")
_CHINESE_AFTER = re.compile(
    r"的|者|与|和|及|至|到|、|导致|引起|造成|时|后|等|可|有|或|从|由|并|之|是|为|会|能|使|，(?:从|进)而"
)


def antonym(text: str, language: str) -> str | None:
    """The counterfactual of a statement, or None where it cannot be told to be false."""
    words = polar(text, language)
    if len(words) != 1 or negations(text, language) or contrasts(text, language):
        return None
    (word,) = words
    if language == "zh":
        return _chinese(text, word)
    if not _is_predicate(text, word) or _COUNTED.search(text) or _POSSIBLE.search(text):
        return None
    start, replacement = with_article(text, word.start, word.opposite)
    return text[:start] + replacement + text[word.end :]


def _chinese(text: str, word: Polar) -> str | None:
    if text.count("，") > MOST_COMMAS or _CHINESE_CAUSED.search(text):
        return None
    if _CHINESE_BEFORE.search(text, 0, word.start) or _CHINESE_AFTER.match(text, word.end):
        return None
    ends = text[word.end :].lstrip("了").startswith("，") or not text[word.end :].lstrip("了")
    if not ends and (word.word == "改善" or word.word[0] in "更较最"):
        return None
    # 降低 has an object or none; 升高 never has one.
    opposite = "提高" if word.word == "降低" and not ends else word.opposite
    return text[: word.start] + opposite + text[word.end :]


def _is_predicate(text: str, word: Polar) -> bool:
    """Whether the polar word is what the statement says of its subject, in the sense that the table means."""
    before, lower = text[: word.start], word.word.lower()
    if lower in _AFTER and not re.match(_AFTER[lower], text[word.end :]):
        return False
    if lower in _COMPARATIVES and not _THAN.search(text):
        return False
    if (lower in _PLAIN or lower.endswith("ing")) and not _COPULA.search(before):
        return False
    if _INFINITIVE.search(before) or (lower in _NOUNS and not _ARTICLE.search(before)):
        return False
    verbs = [verb for verb in finite(text) if verb.start <= word.start]
    if not verbs:
        return False
    if verbs[-1].start == word.start:
        return len(verbs) == 1
    between = _PREDICATED.sub(" ", text[verbs[-1].start : word.start])
    return not _ASIDE.search(between[len(text[verbs[-1].start : verbs[-1].end]) :])
