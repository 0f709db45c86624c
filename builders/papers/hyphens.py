r"""Hyphens by vote of the paper and of the corpus: "infor-/mation" is joined, "long-/term" keeps its own.

hyphens = Hyphens(Counter({"long-term": 4, "longterm": 1, "information": 9}), EMPTY)
hyphens.respelled                            ->  {"longterm": "long-term"}
hyphens.join("the use of infor\ufffemation")  ->  ("the use of information", 1)

Spellings that differ only by hyphens are one family, and the most frequent one has the say: in the paper itself where
it decides, else in the corpus. A word that neither knows is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from builders.papers.lexicon import Lexicon
from builders.papers.repair.characters import BREAKS

_BREAK = re.compile(rf"(?P<left>[\w-]{{0,60}}[^\W_])[{BREAKS}]\s{{0,3}}(?P<right>[^\W_][\w-]{{0,60}})")
_SPACED = re.compile(r"(?<![^\W\d_])(?P<left>[^\W\d_]{2,40})- (?P<right>[a-z]{2,40})(?![^\W\d_])")
_SUSPENDED = ("and", "or", "to", "und", "oder", "as", "but", "than", "nor", "versus", "vs")
_RESTORE = 2
"""A word is given its hyphen back where the paper writes it with one this many times as often."""
_RESTORE_LETTER = 4
"""So many times where the hyphen stands after a single letter ("t-test")."""
_NEVER = 1_000_000
"""A single letter keeps its hyphen."""
_REMOVE = 3
"""A word loses its hyphen ("FAL-LACIES") where the paper writes it without one this many times as often."""
_CORPUS_RESTORE = 6
_CORPUS_REMOVE = 20
"""The same for the corpus, whose own papers have lost some hyphens."""
_CORPUS_LEAST = 3
_VETO = 3
"""A spelling so many times as frequent in the corpus as its rival stands, whatever the paper says: "feedback"."""
_LETTERS = 6
_RESTORE_SHORT = 8
"""Shorter words are names more often than not, "PD-L" beside "PDL", and need so many times as many uses."""
_HABIT = 2
"""A spelling that a paper uses more often than this is its own, whatever the corpus says."""
_PREFIX_WORDS = (
    "anti auto bio cardio cerebro cyto down electro endo extra fore gastro hyper hypo immuno infra inter intra "
    "iso macro mega meta micro mono multi myo nano neuro non out over para patho peri phospho photo poly post pre "
    "pro proto pseudo psycho radio retro semi sub super supra thermo trans tri ultra un under up vaso"
)
_PREFIXES = frozenset(_PREFIX_WORDS.split())
"""Left halves that more often join than not: what stands after them proves nothing."""
_HALF = 3


class Hyphens:
    """The words of one paper, and of the corpus, as evidence for or against a hyphen."""

    def __init__(self, counts: Counter[str], lexicon: Lexicon) -> None:
        """Takes the paper's words in lower case, broken ones left out, and the corpus."""
        self._counts = counts
        self._lexicon = lexicon
        self._families = self._own_families()
        self.respelled = dict(self._respellings())
        """Each word of the paper that the votes spell otherwise -> that spelling."""
        self._habits: dict[str, bool] = {}

    def _own_families(self) -> dict[str, dict[str, int]]:
        families: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for word, count in self._counts.items():
            if "-" in word:
                families[word.replace("-", "")][word] = count
        for letters, spellings in families.items():
            if letters in self._counts:
                spellings[letters] = self._counts[letters]
        return dict(families)

    def _respellings(self) -> Iterator[tuple[str, str]]:
        with_rivals = self._counts.keys() & (self._families.keys() | self._lexicon.families.keys())
        hyphened = {word for spellings in self._families.values() for word in spellings}
        for word in sorted(with_rivals | hyphened):
            spelling = self._voted(word)
            if spelling != word:
                yield word, spelling
        if self._lexicon.right_halves:
            yield from self._lost_between_halves()

    def _voted(self, word: str) -> str:
        letters, count = word.replace("-", ""), self._counts[word]
        own, corpus = self._families.get(letters, {}), self._lexicon.families.get(letters, {})
        rival = _strongest(own, word)
        if rival and own[rival] >= self._needed(word, rival, _RESTORE, _REMOVE) * count:
            return word if corpus.get(word, 0) >= _VETO * max(corpus.get(rival, 0), 1) else rival
        other = _strongest(corpus, word)
        if other is None or count > _HABIT or (rival not in (None, other) and own.get(rival or "", 0) > count):
            return word
        # That the corpus never has the word proves a lost hyphen, but no false one.
        seen = max(corpus.get(word, 0), int(len(other) < len(word)))
        needed = self._needed(word, other, _CORPUS_RESTORE, _CORPUS_REMOVE) * seen
        return other if corpus[other] >= max(needed, _CORPUS_LEAST) else word

    def _needed(self, word: str, rival: str, restore: int, remove: int) -> int:
        """How many times as often as the word its rival must stand."""
        letters = len(word.replace("-", ""))
        if len(rival) <= len(word):
            return remove if min(map(len, word.split("-"))) > 1 and letters >= _LETTERS else _NEVER
        if letters < _LETTERS:
            return max(restore, _RESTORE_SHORT)
        parts = rival.split("-")
        if min(map(len, parts)) == 1:
            return max(restore, _RESTORE_LETTER)
        # Two known words that nobody else writes as one: a hyphen of their own is proof enough.
        return 1 if word not in self._lexicon.words and all(map(self._is_known, parts)) else restore

    def _is_known(self, word: str) -> bool:
        return word in self._lexicon.words and word not in _PREFIXES

    def _lost_between_halves(self) -> Iterator[tuple[str, str]]:
        """Words that nobody writes, of a known word and a half that asks for a hyphen: "druginduced"."""
        known, halves = self._lexicon.words, self._lexicon.right_halves
        rare = [word for word, count in self._counts.items() if count <= _HABIT and len(word) > 2 * _HALF]
        for word in sorted(word for word in rare if word not in known and "-" not in word):
            for at in range(_HALF, len(word) - _HALF):
                left = word[:at]
                if word[at:] in halves and left not in _PREFIXES and left in known and word[at:] in known:
                    yield word, f"{left}-{word[at:]}"
                    break

    def join(self, text: str) -> tuple[str, int]:
        """Joins every broken word of a text; returns how many there were."""
        broken = spaced = 0
        if any(mark in text for mark in BREAKS):
            text, broken = _BREAK.subn(self._join, text)
            # A mark with no word on both its sides joins nothing.
            for mark in BREAKS:
                text = text.replace(mark, "")
        if "- " in text:
            text, spaced = self._join_spaced(text)
        return text, broken + spaced

    def _join(self, match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        if spelling := self._evidence(left + right):
            return respell(left + right, spelling)
        if right in _SUSPENDED:
            return f"{left}- {right}"
        before, after = left.rpartition("-")[2], right.partition("-")[0]
        if inner := self._evidence(before + after):
            return f"{left}{'-' if len(inner) > len(before + after) else ''}{right}"
        return f"{left}{'-' if self._is_compound(before, after, match) else ''}{right}"

    def _evidence(self, word: str) -> str | None:
        """The spelling of a word that the paper prefers, or else the corpus; None where neither has it."""
        word = word.lower()
        letters = word.replace("-", "")
        for families, counts in (
            (self._families, self._counts),
            (self._lexicon.families, self._lexicon.words),
        ):
            if letters in families:
                return _strongest(families[letters], None)
            if letters in counts:
                return letters
        return None

    def _is_compound(self, left: str, right: str, match: re.Match[str]) -> bool:
        """What to do with a word that nobody else writes."""
        if "-" in match["left"] or "-" in match["right"] or not (left + right).isalpha():
            return True
        if _is_named(left, right):
            return True
        left, right = left.lower(), right.lower()
        if left in _PREFIXES:
            return self._sets_off(left)
        if right in self._lexicon.right_halves and len(left) > _HALF:
            return True
        return min(len(left), len(right)) >= _HALF and self._is_word(left) and self._is_word(right)

    def _sets_off(self, prefix: str) -> bool:
        """Whether the paper, or where it has no such word the corpus, writes the prefix with a hyphen."""
        if prefix not in self._habits:
            own = _habit(prefix, self._counts, self._is_word)
            self._habits[prefix] = (own or _habit(prefix, self._lexicon.words, self._is_word)) > 0
        return self._habits[prefix]

    def _is_word(self, word: str) -> bool:
        return word in self._counts or word in self._lexicon.words

    def _join_spaced(self, text: str) -> tuple[str, int]:
        changed = 0

        def joined(match: re.Match[str]) -> str:
            nonlocal changed
            left, right = match["left"], match["right"]
            spelling = None if right in _SUSPENDED else self._evidence(left + right)
            if spelling is None:
                return match.group()
            changed += 1
            return respell(left + right, spelling)

        return _SPACED.sub(joined, text), changed


def _is_named(left: str, right: str) -> bool:
    """Whether the halves are names or abbreviations, whose hyphen is their own: "G-protein", "Mann-Whitney"."""
    if (left + right).isupper():
        return len(left) == 1 or len(right) == 1
    return right[0].isupper() or len(left) == 1 or any(letter.isupper() for letter in left[1:])


def _habit(prefix: str, words: Iterable[str], is_word: Callable[[str], bool]) -> int:
    """How many words set a prefix off by a hyphen, less those that join it to a word."""
    habit = 0
    for word in words:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            habit += rest.startswith("-") or -(len(rest) > _HALF and is_word(rest))
    return habit


def _strongest(spellings: Mapping[str, int], word: str | None) -> str | None:
    """The most frequent spelling but the given one; of equals the one with fewer hyphens."""
    others = (spelling for spelling in spellings if spelling != word)
    return min(others, key=lambda spelling: (-spellings[spelling], len(spelling), spelling), default=None)


def respell(word: str, spelling: str) -> str:
    """A word with the hyphens of a spelling, its letters as they are."""
    letters = iter(word.replace("-", ""))
    return "".join("-" if sign == "-" else next(letters) for sign in spelling)
