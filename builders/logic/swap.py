"""SEP: a comparison in, the same with the two that are compared exchanged out.

swap("The volume is higher in sleeping mice than in anesthetized mice", "en", words)
    ->  "The volume is higher in anesthetized mice than in sleeping mice"

`words` are those that the paper writes in lower case: by them the first word of a statement loses its capital.
"""

from __future__ import annotations

import re
from collections.abc import Set

from builders.logic.antonyms import polar
from builders.logic.chinese import chinese_swap
from builders.logic.scope import SYMMETRIC, contrasts, negations
from builders.logic.verbs import finite, words

MOST_WORDS = 9
LONGEST = 400  # characters: beyond, the patterns would take long on a text made to make them
_THAN = r"(?:than|(?:as |when )?compared (?:with|to)|relative to)"
_PLACE = r"(?P<place>in|for|at|during|under|on|among|with|by|from)"
_VERB = (
    r"(?P<verb>is|are|was|were|has|have|had|shows?|showed|exhibits?|exhibited|displays?|displayed|produces?"
    r"|produced|contains?"
    r"|contained|demonstrated|survived|evolved|responds?|responded|grew|grows?|develop(?:s|ed)?|achieve[sd]?"
    r"|require[sd]?|induce[sd]?"
    r"|yield(?:s|ed)?|binds?|bound|express(?:es|ed)?|diffuse[sd]?|move[sd]?|increased|decreased)"
)
_TAIL = r"(?P<tail>,? (?:at|in|to|for|during|after|under|on|by|towards?|against) [^,;]{2,90})?$"
# "higher in X than in Y"
_TWICE = re.compile(rf".* {_PLACE} (?P<x>[^,;]{{2,80}}?),? {_THAN} (?P=place) (?P<y>[^,;]{{2,80}})$")
# "in X was higher than in Y"
_AROUND = re.compile(
    rf" {_PLACE} (?P<x>[^,;]{{2,60}}?) (?P<verb>is|are|was"
    rf"|were) (?P<said>[^,;]{{2,40}}?),? {_THAN} (?P=place) (?P<y>[^,;]{{2,60}})$"
)
# "the A of X is higher than that of Y"
_THAT = re.compile(
    rf".* (?P<place>of|in|for|from|between) (?P<x>[^,;]{{2,60}}?) (?P<verb>is|are|was"
    rf"|were) (?P<said>[^,;]{{2,40}}?),? {_THAN} "
    rf"(?:that|those) (?P=place) (?P<y>[^,;]{{2,60}})$"
)
# "in X, the A was higher than in Y"
_FRONT = re.compile(rf"In (?P<x>[^,;]{{2,60}}), (?P<said>[^,;]{{6,90}}?),? {_THAN} (?:in )?(?P<y>[^,;]{{2,60}})$")
# "increased in X compared with Y"
_ONCE = re.compile(rf".* {_PLACE} (?P<x>[^,;]{{2,80}}?),? {_THAN} (?P<y>[^,;]{{2,80}})$")
# "X has a higher affinity than Y"
_SUBJECT = re.compile(
    rf"(?P<before>(?:[A-Z][^,;]{{4,50}}, )?)(?P<x>[^,;]{{2,80}}?) (?:(?!assembly|family|supply|anomaly"
    rf"|reply)\w+ly )?{_VERB} (?P<said>[^,;]{{2,70}}?),? {_THAN} "
    rf"(?P<y>[^,;]{{2,60}}?){_TAIL}"
)
_COMPARATIVE = re.compile(
    r"\b(?:high|low|larg|small|great|strong|weak|fast|slow|long|short|wid|narrow|thick|thinn|deep|shallow|heavi"
    r"|light|warm|cold"
    r"|bigg|few|rich|poor|clos|broad|dens|soft|hard|simpl|saf|bright|dark|tall|steep|sharp|easi|quick|tight|stiff"
    r"|hott|cool"
    r"|mild|old|young|earli|lat)er\b|\b(?:more|less|better|worse|increase[ds]?|decrease[ds]?|reduced?|elevated"
    r"|enhanced"
    r"|impaired|diminished|lowered|up-?regulated|down-?regulated|improved|augmented|attenuated)\b",
    re.IGNORECASE,
)
_NO_PHRASE = re.compile(
    r"(?<![\w-])(?:that|those|which|who|what|when|where|if|because|is|are|was|were|has|have|had|can|did|does|do|it"
    r"|they|than|expected"
    r"|previous\w*|chance|before|usual|usually|other|others|average|predicted|reported|respectively|after|prior"
    r"|baseline|only"
    r"|even|also|due|as|more|less|both|either|alone|due|using|any|each|normal|years?|fold|times)(?![\w-])"
    r"|(?<![\w-])\d"
    r"|^(?:in|of|to|by|for|on|at|from|with|during|under|among|and|or"
    r"|(?!sleeping|waking|living|developing|growing|ag(?:e)?ing|resting|swimming|breeding|surrounding)\w+ing)\b"
    r"|\b(?:in|of|to|by|for|on|at|from|with|the|a|an|and|or)$|ly$",
    re.IGNORECASE,
)
_MANNER = re.compile(r"\b(?:more|less) \w+ly\b")
_PLURAL = re.compile(r"(?:[^sui]s|mice|men|women|children|people|cells|bacteria|data|criteria|neurons)$")
_ACTIVE = re.compile(
    r"\b(?:had|has|have|showed|shows|show|exhibit\w*|display\w*|produced|induced|caused|contain\w*|increases)\b"
)
_BREAK = re.compile(
    r" (?:of|in|with|from|on|at|for|without|by|under|during|expressing|treated|lacking|receiving|exposed) "
)
_PLACED = re.compile(r" (?:in|with|from|on|at|without|by|under|during) ")
_AGREEING = words("is was has are were have shows show exhibits displays produces contains requires")


def swap(text: str, language: str, words: Set[str]) -> str | None:
    """The counterfactual of a comparison, or None where the two are not told, or the comparison has no direction."""
    if len(text) > LONGEST or negations(text, language) or contrasts(text, language) or SYMMETRIC.search(text):
        return None
    if language == "zh":
        return chinese_swap(text)
    if (found := _TWICE.search(text)) and _compares(text[: found.start("x")]):
        return None if " in " in found["x"] + found["y"] else _exchanged(text, found)
    for pattern in (_THAT, _AROUND):
        if (found := pattern.search(text)) and _compares(found["said"]) and not finite(text[: found.start("x")]):
            unsure = any(_PLACED.search(f" {found[name]} ") for name in ("x", "y", "said"))
            return None if unsure else _exchanged(text, found)
    if (found := _FRONT.match(text)) and _compares(found["said"]):
        return _exchanged(text, found)
    if (found := _ONCE.search(text)) and _compares(text[: found.start("x")]):
        unsure = _ACTIVE.search(text, 0, found.start("x")) is not None or _placed(found)
        return None if unsure else _exchanged(text, found)
    found = _SUBJECT.match(text)
    return _subjects_exchanged(found, words) if found and _compares(found["said"]) else None


def _placed(found: re.Match[str]) -> bool:
    """Whether one of the two has a place of its own, so that it is unsure what is compared with what."""
    return any(_BREAK.search(f" {found[name]} ") for name in "xy")


def _compares(text: str) -> bool:
    return len(_COMPARATIVE.findall(text)) == 1 and len(polar(_MANNER.sub("more", text), "en")) <= 1


def _exchanged(text: str, found: re.Match[str]) -> str | None:
    one, other = found["x"], found["y"]
    if not _fit(one, other) or not finite(text[: found.start("y")]):
        return None
    if "verb" in found.groupdict() and _plural(one) != _plural(other):
        return None
    return text[: found.start("x")] + other + text[found.end("x") : found.start("y")] + one


def _subjects_exchanged(found: re.Match[str], words: Set[str]) -> str | None:
    one, other = found["x"], found["y"]
    inner = one if found["before"] else _uncapitalised(one, words)
    if inner is None or not _fit(one, other) or _PLACED.search(f" {found['said']} "):
        return None
    if found["verb"] in _AGREEING and _plural(one) != _plural(other):
        return None
    first = other if found["before"] else other[:1].upper() + other[1:]
    return found["before"] + first + found.string[found.end("x") : found.start("y")] + inner + (found["tail"] or "")


def _uncapitalised(phrase: str, words: Set[str]) -> str | None:
    """The phrase as it stands within a sentence; None where its first word could be a name."""
    first = phrase.split()[0]
    if first.lower() in words or first in ("The", "A", "An"):
        return phrase[:1].lower() + phrase[1:]
    return phrase if any(letter.isupper() or letter.isdigit() for letter in first[1:]) else None


def _plural(phrase: str) -> bool:
    head = _BREAK.split(phrase)[0]
    return _PLURAL.search(head) is not None


def _fit(one: str, other: str) -> bool:
    """Whether both are phrases that name something, each of its own."""
    return (
        one.lower() != other.lower()
        and all(len(phrase.split()) <= MOST_WORDS and not _NO_PHRASE.search(phrase) for phrase in (one, other))
        and SYMMETRIC.search(one + other) is None
    )
