"""Words that an edit must not meet: negations, quantifiers and comparisons that say nothing of a direction.

negations("The volume did not change", "en")  ->  1
"""

from __future__ import annotations

import re

_NEGATION = {
    "en": re.compile(
        r"\b(?:not|cannot|no|nor|neither|never|none|nobody|nothing|without|fail\w*|lack\w*|absen\w+|unchanged"
        r"|unaffected"
        r"|unable|unaltered|hardly|rarely|scarcely|barely|insufficient\w*|irrespective|regardless|independent\w*"
        r"|except\w*"
        r"|exclude[sd]?|negligible|devoid|minus|cannot)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"不|没|未|无|非|否|缺乏|缺失|除外|难以|毫|免于"),
}
_CONTRAST = {
    "en": re.compile(
        r"\b(?:but|whereas|while|although|though|however|despite|rather|instead|unlike|yet|nevertheless"
        r"|nonetheless|in spite)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"但|却|而(?!言)|虽|尽管|反而|相反|否则"),
}
_QUANTIFIED = {
    "en": re.compile(
        r"\b(?:all|only|most|mostly|some|every|each|any|always|either|many|few|several|mainly|primarily|largely"
        r"|almost|nearly"
        r"|partly|partially|completely|entirely|fully|solely|merely|just|at least|at most|exclusively|generally"
        r"|usually|often"
        r"|sometimes|typically|commonly|frequently|normally|predominantly|particularly|especially|even|also"
        r"|necessarily|still|again|already"
        r"|approximately|about|around|roughly|various|numerous|majority|half|mutual\w*|well|further|first|now"
        r"|moreover)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"仅|均|都|全部|所有|一切|只|大多|多数|主要|部分|有些|一些|几乎|通常|往往|一般|经常|常|也|还|又|尤其|特别|甚至|至少|至多|则|容易|可(?!能)|各|每|凡|总|首先|已|约|左右|多种|许多|大量"
    ),
}
SYMMETRIC = re.compile(
    r"\b(?:similar\w*|equal\w*|comparable|same|differ\w*|equivalent|identical|alike|match\w*)\b|相似|相同|相当|一致|差异|不同"
    r"|相近|等于",
    re.IGNORECASE,
)


def negations(text: str, language: str) -> int:
    """How many words of a text deny something."""
    return len(_NEGATION[language].findall(text))


def contrasts(text: str, language: str) -> bool:
    """Whether a text sets one part against another, so that an edit of one would leave the other true."""
    return _CONTRAST[language].search(text) is not None


def quantified(text: str, language: str) -> bool:
    """Whether a word of quantity or degree would take in the negation: "not all", "not always"."""
    return _QUANTIFIED[language].search(text) is not None
