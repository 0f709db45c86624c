"""Ligatures and spaces that a PDF's text lost, by vote of the corpus.

lost_ligatures(Counter({"diferent": 1}), lexicon)    ->  {"diferent": "different"}
lost_spaces(Counter({"ofkeyframing": 1}), lexicon)   ->  {"ofkeyframing": "of keyframing"}

Only a word that the corpus does not know is touched, and only where one known word explains it: without a lexicon
nothing is.
"""

from __future__ import annotations

from collections import Counter

from builders.papers.lexicon import Lexicon

_HABIT = 2
"""A word that a paper writes more often than this is its own."""
_LIGATURE_RATIO = 50
_LEAST = 10
"""So often a word must stand in the corpus, and so many times as often as its damaged form."""
_OPENERS = ("of", "the", "and", "from", "that", "which", "were")
"""Words that a lost space glues to the next; not "in" or "to", which words begin with ("inactive")."""
_CLOSERS = ("of", "the", "and", "from", "that", "which", "were")
_REST = 5
"""Letters that the other word has at least: "offset" is one word."""
_ONE_WORD = frozenset(("thereof", "whereof", "hereof"))
_PAPERS = 20
"""Papers below which a corpus does not know enough words to say that one is none."""


def lost_ligatures(counts: Counter[str], lexicon: Lexicon) -> dict[str, str]:
    """Words that are a known word without its "ff", "fi" or "fl"."""
    found = {}
    for word in sorted(counts.keys() & lexicon.damaged.keys()):
        whole, known = lexicon.damaged[word], lexicon.words
        if known[whole] >= max(_LEAST, _LIGATURE_RATIO * known.get(word, 0)):
            found[word] = whole
    return found


def lost_spaces(counts: Counter[str], lexicon: Lexicon) -> dict[str, str]:
    """Words that are two known words, one of them a function word that no word begins or ends with."""
    if lexicon.papers < _PAPERS:
        return {}
    found = {}
    glued = [word for word in counts if word.startswith(_OPENERS) or word.endswith(_CLOSERS)]
    for word in sorted(glued):
        if counts[word] > _HABIT or word in lexicon.words or word in _ONE_WORD or "-" in word:
            continue
        if parts := _parts(word, counts, lexicon):
            found[word] = parts
    return found


def _parts(word: str, counts: Counter[str], lexicon: Lexicon) -> str | None:
    for opener in _OPENERS:
        rest = word.removeprefix(opener)
        if rest != word and _is_word(rest, counts, lexicon):
            return f"{opener} {rest}"
    for closer in _CLOSERS:
        rest = word.removesuffix(closer)
        if rest != word and _is_word(rest, counts, lexicon):
            return f"{rest} {closer}"
    return None


def _is_word(word: str, counts: Counter[str], lexicon: Lexicon) -> bool:
    return len(word) >= _REST and (word in lexicon.words or counts[word] > _HABIT)
