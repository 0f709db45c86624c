"""Words counted: in one paper (a map), and over all papers (a reduce).

words_of(document)                     ->  Counter({"the": 312, "in-text": 2, ...})
merge(words_of(d) for d in documents)  ->  Lexicon(3000, {"in-text": 41, "intext": 3, ...})
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from builders.papers.lexicon import Lexicon
from builders.papers.repair import glyphs, repair
from builders.papers.repair.characters import BREAKS
from builders.types import Document

_LETTER = "a-zß-öø-ÿ\u0100-\u024f\u0370-\u03ff"
_WORD = re.compile(rf"[{_LETTER}]+(?:-[{_LETTER}]+)*")
_BREAK = re.compile(rf"[^\s{BREAKS}]{{0,60}}[{BREAKS}]\s{{0,3}}[^\s{BREAKS}]{{0,60}}")
_NO_TEXT = ("furniture", "reference", "code", "equation", "table")
_A_PAPER = 3
"""A paper counts at most so many times for a word, so that no author's habit outweighs the others."""
_HYPHENED = 2
_PAPERS = 2
"""A word is kept from so many uses on where it has a hyphen, from so many papers on where it has none."""
_LIMIT = 2_000_000
"""Words above which those seen once are forgotten while papers are counted."""


def tokens(text: str) -> list[str]:
    """The words of a text in lower case; the halves of a word that a line's end broke are no words."""
    if any(mark in text for mark in BREAKS):
        text = _BREAK.sub(" ", text)
    return _WORD.findall(text.lower())


def words_of(document: Document) -> Counter[str]:
    """The words of one paper's text, repaired as far as no votes are needed: the map step."""
    texts = [block.text for block in document.blocks if block.kind not in _NO_TEXT]
    advp = glyphs.is_advp(texts)
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(tokens(repair(text, Counter(), (), advp)))
    return counts


def merge(papers: Iterable[Counter[str]]) -> Lexicon:
    """The votes of all papers, without the words that no vote needs: the reduce step."""
    total: Counter[str] = Counter()
    seen_by: Counter[str] = Counter()
    number = 0
    for number, counts in enumerate(papers, 1):  # noqa: B007 -- the last one is how many there are
        seen_by.update(counts.keys())
        total.update({word: min(count, _A_PAPER) for word, count in counts.items()})
        if len(total) > _LIMIT:
            total = Counter({word: count for word, count in total.items() if count > 1})
            seen_by = Counter({word: seen_by[word] for word in total})
    hyphened = {word: count for word, count in total.items() if "-" in word and count >= _HYPHENED}
    joined = {letters: total[letters] for word in hyphened if (letters := word.replace("-", "")) in total}
    common = {word: count for word, count in total.items() if "-" not in word and seen_by[word] >= _PAPERS}
    return Lexicon(number, common | joined | hyphened)
