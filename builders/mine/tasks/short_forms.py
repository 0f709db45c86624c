"""Paragraphs in, questions on what their short forms stand for out.

"the extracellular space (ECS) is ..."  ->  abbreviation: "ECS" | "extracellular space", and short_form
all of a paper                          ->  glossary: "ECS, ISF, CSF, BBB" | "ECS: extracellular space", one a line

The pairs are those of `comprehension.definitions`; what is asked must be certain, so here they are checked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builders.mine.comprehension.candidates import Candidate
from builders.mine.passages import Paragraph
from builders.mine.tasks.found import Found, around
from builders.mine.tasks.reading import clean
from builders.mine.tasks.say import Paper
from builders.mine.tasks.spot import Within

GLOSSARY = (4, 12)
USED = 3  # times that an abbreviation must stand in the paper
COMPOUND = 9  # letters of a word that may give a short form more than its first: extracellular, deoxyribonucleic
_ABBREVIATED = re.compile(r"(?<![^\W_])[A-Z]{2,}")
_SMALL_WORDS = frozenset(("of", "and", "the", "in", "for", "to", "on", "with", "by", "from", "a", "an", "or", "at"))

Short = tuple[str, Candidate, Paragraph]
"""The long form, and where the paper introduces it."""


def short_forms(paper: Paper, within: Within) -> Iterator[Found]:
    """Both questions on every abbreviation, and the glossary."""
    pairs = _pairs(paper, within)
    for short, (long_form, candidate, paragraph) in pairs.items():
        quoted, answers = candidate.quoted["short"], candidate.answers
        sentence = next(each for each in paragraph.sentences if each.source == candidate.uses[0])
        passage = around(paragraph, sentence, paper.language)
        shared = (passage, candidate.uses, paragraph.section)
        yield Found("abbreviation", long_form, answers, {"short": short}, quoted, "either", *shared)
        yield Found("short_form", short, quoted, {"long": long_form}, answers, "either", *shared)
    yield from _glossary(pairs, paper)


def _pairs(paper: Paper, within: Within) -> dict[str, Short]:
    """The abbreviations that have one long form wherever they are introduced, with the first place in the body."""
    pairs: dict[str, Short] = {}
    twice: set[str] = set()
    for paragraph, candidates in within:
        for candidate in candidates:
            if candidate.miner == "abbreviation":
                short, long_form = paper.quoted(candidate.quoted["short"]), paper.quoted(candidate.answers)
                known = pairs.setdefault(short, (long_form, candidate, paragraph))
                if known[0].casefold() != long_form.casefold():
                    twice.add(short)
                elif known[2].is_abstract:  # whose sentences are asked for otherwise
                    pairs[short] = (long_form, candidate, paragraph)
    return {short: pair for short, pair in pairs.items() if short not in twice and _is_certain(short, pair, paper)}


def _is_certain(short: str, pair: Short, paper: Paper) -> bool:
    long_form, candidate, _ = pair
    start = candidate.answers[0].start or 0
    used = paper.text.count(short) >= USED
    if not used or not clean(long_form) or not _spells(short, long_form) or _goes_on(short, start, paper.text):
        return False
    return paper.language != "en" or not (_ABBREVIATED.search(long_form) or _repeats(short, long_form))


def _repeats(short: str, long_form: str) -> bool:
    """Whether a part of the short form stands in the long one unexplained: "BM stem cells" for BMSC."""
    return any(len(word) > 1 and word.isupper() and short.startswith(word) for word in long_form.split())


def _spells(short: str, long_form: str) -> bool:
    """Whether each word of the long form gives a letter to the short one, in order; MN is not Minneapolis."""
    if " " not in long_form and long_form.isascii():
        return False
    words = [word for word in re.split(r"[\s/–-]+", long_form.casefold().replace("(", "")) if word]
    letters_of = "".join(filter(str.isalnum, short.removesuffix("s") if short[:-1].isupper() else short)).casefold()
    if long_form.isascii() and not _covers(letters_of, words):
        return False
    letters = iter("".join(filter(str.isalnum, short)).casefold())
    initials = (word.lstrip("([")[:1].casefold() for word in long_form.split() if word not in _SMALL_WORDS)
    return all(initial in letters for initial in initials)  # an iterator is used up to each letter that is found


def _covers(letters: str, words: Sequence[str]) -> bool:
    """Whether each letter of a short form starts a word, in order, or stands within a long one that started before."""
    if not letters:
        return True
    for number, word in enumerate(words):
        if word[0] == letters[0]:
            at = taken = 1
            while taken <= len(letters):
                if _covers(letters[taken:], words[number + 1 :]):
                    return True
                found = word.find(letters[taken : taken + 1] or " ", at)
                if found < 0 or (len(word) < COMPOUND and letters[taken].isalpha()):
                    break
                at, taken = found + 1, taken + 1
    return False


def _goes_on(short: str, start: int, text: str) -> bool:
    """Whether the word before the long form may be its first: "proton pump inhibitor" for PPI."""
    before = [word for word in text[max(0, start - 40) : start].split() if word not in ("and", "or")]
    return bool(before) and text[start - 1 : start] == " " and before[-1][:1].casefold() == short[:1].casefold()


def _glossary(pairs: dict[str, Short], paper: Paper) -> Iterator[Found]:
    """Many abbreviations of a paper at once: those that the question names."""
    least, most = GLOSSARY
    chosen = list(pairs.items())[:most]
    if len(chosen) < least:
        return
    lines = "\n".join(f"{short}: {long_form}" for short, (long_form, _, _) in chosen)
    answers = tuple(candidate.answers[0] for _, (_, candidate, _) in chosen)
    quoted = tuple(candidate.quoted["short"][0] for _, (_, candidate, _) in chosen)
    names = ("、" if paper.language == "zh" else ", ").join(short for short, _ in chosen)
    yield Found("glossary", lines, answers, {"shorts": names}, quoted, "named", section=("glossary",))
