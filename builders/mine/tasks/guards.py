"""A question with its answer in, the reason against it out: what is not in the source is in no answer.

fault(found, asked, answer, document.text, language)  ->  None, or "number_not_in_source", "not_quoted", ...
"""

from __future__ import annotations

import re

from builders.mine.damage import damage, fragment
from builders.mine.passages import balanced
from builders.mine.tasks.found import Found, tidy, uncited
from builders.mine.tasks.reading import clean
from builders.mine.tasks.say import Asked

LONGEST = {"en": 3600, "zh": 1400}  # characters of a question and its answer: about 900 tokens
SHORT = 80  # characters of an answer that a question could give away
_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_NAMELIKE = re.compile(r"[0-9A-Z\u0370-\u03ff]")
# Choices are named in their questions, and what is asked of a table stands in it.
_GIVEN = frozenset(
    "comparison compared table_value table_extreme caption_match order abstract_label title finding explanation"  # noqa: SIM905
    " abstract glossary limitation_section".split()
)
_OF_TABLES = frozenset(("table_value", "table_extreme"))
_ENDS = frozenset('.!?。！？)]）"”:：')
_BEGINNINGS = frozenset(("abstract", "beginning", "objective", "results"))
# A number that stands for a thing, "sensitive to 8": only the page says which compound that is.
_COUNTED = re.compile(
    r"\b(?:sensitive to|resistant to|treated with|including|compounds?|of compound|hits?) \d{1,2}(?=[.,;]|$)"
    r"|\b(?:with|by|including|and) \d{1,2}[.]?$"
)
_AS_WRITTEN = frozenset(("code", "code_explained", "table_value", "table_extreme"))


def fault(found: Found, asked: Asked, answer: str, text: str, language: str) -> str | None:
    """Why a row may not be written; None where nothing speaks against it."""
    question = asked.question
    source = "\n".join(text[span.start : span.end] for span in (*found.answers, *found.quoted, *asked.sources))
    if not _quoted(found, answer, text):
        return "not_quoted"
    if strange := _not_in(answer, source, found.said):
        return strange
    if len(question) + len(answer) > LONGEST[language]:
        return "too_long"
    if not answer.strip(" .。") or (found.family not in _AS_WRITTEN and not (clean(answer) and balanced(answer))):
        return "artefact"
    if found.family not in _AS_WRITTEN and (damaged := _damaged(found, asked, answer, text, language)):
        return damaged
    if found.family not in _GIVEN and asked.named and _given(question, answer):
        return "answer_in_question"
    return None


def _damaged(found: Found, asked: Asked, answer: str, text: str, language: str) -> str | None:
    """What is wrong with the paper's words in the question or the answer; the title and our own are not looked at."""
    passages = [] if asked.named else [tidy(text[span.start : span.end]) for span in asked.sources]
    whole = passages + [value for name, value in found.values.items() if name in _BEGINNINGS]
    cut = any(passage and passage[-1] not in _ENDS for passage in passages)
    if cut or any(map(fragment, whole)):
        return "damaged_fragment"
    shown = [answer, *found.values.values(), *passages]
    lines = [line.removeprefix("- ") for each in shown for line in each.splitlines()]
    if language == "en" and any(map(_COUNTED.search, [answer, *found.values.values()])):
        return "damaged_number"
    return next((f"damaged_{fault}" for line in lines if (fault := damage(line, text))), None)


def _quoted(found: Found, answer: str, text: str) -> bool:
    """Whether the answer says each of its spans, word for word but for citation marks, or stands in its table."""
    said = _bare(answer)
    for span in found.answers:
        quoted = text[span.start : span.end]
        if found.family in _OF_TABLES:
            whole = said in _bare(quoted)
        else:
            forms = (tidy(quoted), uncited(quoted), quoted)
            whole = forms[0] in answer or any(_bare(form) in said for form in forms)
        if not whole:
            return False
    return bool(found.answers or found.said)


def _bare(text: str) -> str:
    """Letters and digits alone, lower case."""
    return "".join(_TOKEN.findall(text)).casefold()


def _not_in(answer: str, source: str, said: str) -> str | None:
    """A number, a name or a Chinese word of the answer that neither the source nor our own words have."""
    known = {token.casefold() for token in _TOKEN.findall(source + " " + said)}
    for token in _TOKEN.findall(answer):
        if _NAMELIKE.search(token) and token.casefold() not in known and not _CHINESE.search(token):
            return "number_not_in_source" if token[0].isdecimal() else "name_not_in_source"
    rest = answer
    for ours in _CHINESE.findall(said):
        rest = rest.replace(ours, " ")
    joined = "".join(source.split())
    for run in _CHINESE.findall(rest):
        if run not in joined:
            return "name_not_in_source"
    return None


def _given(question: str, answer: str) -> bool:
    said, asked = (f" {' '.join(_TOKEN.findall(text)).casefold()} " for text in (answer, question))
    return len(answer) <= SHORT and len(said) > 3 and said in asked
