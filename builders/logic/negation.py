"""ANW: a statement in, its counterfactual with one negation added or taken away out.

negation("The astrocytes express aquaporin-4", "en")                ->  None: a base form may be a noun
negation("Aquaporin-4 is expressed by astrocytes", "en")            ->  "Aquaporin-4 is not expressed by astrocytes"
negation("Sodium did not affect the diffusion of tracer", "en")     ->  "Sodium affected the diffusion of tracer"

None where a quantity would take in the negation ("not all"), or more than one verb or negation stands there.
"""

from __future__ import annotations

import re

from builders.logic.chinese import chinese_negation
from builders.logic.scope import contrasts, negations, quantified
from builders.logic.verbs import Finite, finite, verbs, words

# What a form of "be" may deny: an adjective, a noun, or one of these participles; others tell a method.
_FOUND = words(
    "associated correlated linked related involved implicated expressed detected observed found localized "
    "localised located distributed enriched confined restricted limited coupled connected bound composed "
    "attributed accompanied followed preceded characterized characterised affected influenced driven blocked "
    "prevented abolished disrupted damaged impaired preserved restored reversed altered changed modified "
    "elevated conserved activated secreted released synthesized transported absorbed cleared degraded "
    "phosphorylated surrounded separated covered innervated excited accumulated saturated reproduced "
    "replicated shared required needed supported increased reduced decreased correlated present"
)
_BE = re.compile(r" (?:been )?(?:\w+ly )?(?P<word>[\w-]+)")
_PARTICIPLE_ENDING = re.compile(
    r"(?:ed|wn|ught|uilt|ept|ung)$|^(?:done|made|set|run|taken|given|chosen|cut|put|seen|fit|grown|held|kept)$"
)
_VAGUE = re.compile(
    r"\b(?:important|challeng\w+|crucial|interest\w+|worth\w*|problem|issue|need|requirement|tool|choice|goal|task"
    r"|way|step"
    r"|necessary to|possible|impossible|easy|difficult|suitable|appropriate|available|capable|able|better|best"
    r"|method|approach"
    r"|technique|algorithm|parameter|hallmark|reason|advantage|useful|reliable|good|great|attractive|clear|described|reported|emerging"
    r"|consistent|vulnerable)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r", (?:and|\w+ing)\b| and (?:\w+ly )?(?:is|are|was|were|plays?|can|has|have|had|does|did"
    r"|[a-z]+(?:s|ed) (?:a|an|the|its|their|to|in|by|with|from|key|for|as|on|at))\b"
)
_AND = re.compile(r" and (?:\w+ly )?([a-z-]+)")
_SAID = re.compile(r" (?!dependently)\w+ly $")
_PARTICIPLE = re.compile(r" (?:been|become|(?:\w+ly )?\w+(?:ed|own|wn|en))\b")
_CLAUSE = re.compile(
    r"\b(?:because|since|as|which|who|whose|that|so|such|like|once|for example|in order|including|using|whenever)\b|;",
    re.IGNORECASE,
)
_NO_NOT = re.compile(
    r" not (?:only|yet|more|less|all|always|necessarily|just|merely|simply|so|been (?:studied|investigated"
    r"|reported|described)"
    r"|due|because|sufficient|enough|possible|to|the only|in itself|(?:been )?(?:statistically|significant\b))\b"
)
_DENIED = re.compile(r"\b(?P<aux>is|are|was|were|has|have|had|will) not\b")
_DO = re.compile(r"\b(?P<do>did|does|do) not (?P<adverb>\w+ly )?(?P<verb>[a-z-]+)\b")
_NOUN = (
    r"(?P<adjective>(?:(?:statistically )?significant|clear|obvious|apparent|detectable|measurable|noticeable"
    r"|direct|major) )?"
    r"(?P<noun>(?:\w+ )?(?:difference|effect|influence|impact|change|correlation|association|relationship"
    r"|interaction"
    r"|improvement|increase|decrease|reduction|alteration|evidence|role)(?P<plural>s)?)\b"
)
_NO_NOUN = re.compile(
    rf"(?P<before>^There (?:is|was|are|were) |\b(?:had|has|have|showed|shows|exhibited|revealed) |^)[Nn]o {_NOUN}"
)


def negation(text: str, language: str) -> str | None:
    """The counterfactual of a statement, or None where the negation could land elsewhere."""
    count = negations(text, language)
    if count > 1 or contrasts(text, language) or quantified(text, language):
        return None
    if language == "zh":
        return chinese_negation(text, denied=count == 1)
    return _affirmed(text) if count else _denied(text)


def _denied(text: str) -> str | None:
    """With a negation added to the one finite verb."""
    found = finite(text)
    if len(found) != 1 or _CLAUSE.search(text) or _JOINED.search(text) or _VAGUE.search(text):
        return None
    (verb,) = found
    if any(word in verbs().past or word in verbs().third for word in _AND.findall(text)):
        return None
    if verb.base is None:
        return _after_auxiliary(text, verb)
    adverb = _SAID.search(text, 0, verb.start)
    start = adverb.start() + 1 if adverb else verb.start
    does = "did not " if verb.tense == "past" else "does not "
    return text[:start] + does + text[start : verb.start] + verb.base + text[verb.end :]


def _after_auxiliary(text: str, verb: Finite) -> str | None:
    word, rest = text[verb.start : verb.end].lower(), text[verb.end :]
    if word in ("do", "does", "did") or (word in ("has", "have", "had") and not _PARTICIPLE.match(rest)):
        return None
    said = _BE.match(rest)
    if (
        said is None
        or said["word"].startswith("non")
        or (_PARTICIPLE_ENDING.search(said["word"]) and said["word"] not in _FOUND)
    ):
        return None
    return text[: verb.end] + ("not" if word == "can" else " not") + rest


def _affirmed(text: str) -> str | None:
    """Without the one negation."""
    if _NO_NOT.search(text) or _VAGUE.search(text) or _CLAUSE.search(text) or _JOINED.search(text):
        return None
    if "cannot" in text:
        return None if finite(text) else text.replace("cannot", "can")
    if found := _DENIED.search(text):
        return text[: found.end("aux")] + text[found.end() :] if _sole(text, found.start()) else None
    if found := _DO.search(text):
        return _done(text, found) if _sole(text, found.start()) else None
    found = _NO_NOUN.search(text)
    return _existing(text, found) if found else None


def _sole(text: str, start: int) -> bool:
    """Whether no other finite verb stands there."""
    return [verb.start for verb in finite(text)] == [start]


def _done(text: str, found: re.Match[str]) -> str | None:
    """Writes "did not affect" as "affected"."""
    forms = verbs().forms.get(found["verb"])
    if forms is None:
        return None
    form = {"did": forms.past, "does": forms.third, "do": forms.base}[found["do"]]
    return text[: found.start()] + (found["adverb"] or "") + form + text[found.end() :]


def _existing(text: str, found: re.Match[str]) -> str | None:
    """Writes "There was no significant difference" as "There was a significant difference"."""
    before, phrase = found["before"], (found["adjective"] or "") + found["noun"]
    if found["noun"].split()[-1] != "evidence" and not found["plural"]:
        phrase = ("an " if phrase[0] in "aeiou" else "a ") + phrase
    said = before + phrase
    return text[: found.start()] + (said[:1].upper() + said[1:] if not before else said) + text[found.end() :]
