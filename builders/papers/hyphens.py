"""Hyphens by vote of the paper and of the corpus: what a word is spelled like elsewhere.

Hyphens(Counter({"long-term": 4, "longterm": 1}), EMPTY).respelled  ->  {"longterm": "long-term"}

Spellings that differ only by hyphens are one family, and the most frequent one has the say: in the paper itself where
it decides, else in the corpus. `broken.py` puts together by the same votes what a line's end broke.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from builders.papers.lexicon import Lexicon, general

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
    "anti auto bi bio cardio cerebro co cyto de di down electro en endo ex extra fore gastro hyper hypo im immuno in "
    "infra inter intra iso macro mega meta micro mono multi myo nano neuro non out over para patho peri phospho photo "
    "poly post pre pro proto pseudo psycho radio re retro semi sub super supra thermo trans tri ultra un under up vaso"
)
PREFIXES = frozenset(_PREFIX_WORDS.split())
"""Left halves that more often join than not: what stands after them proves nothing."""
HALF = 3


class Hyphens:
    """The words of one paper, and of the corpus, as evidence for or against a hyphen."""

    def __init__(self, counts: Counter[str], lexicon: Lexicon) -> None:
        """Takes the paper's words in lower case, broken ones left out, and the corpus."""
        self.counts = counts
        self.lexicon = lexicon
        self._families = self._own_families()
        self.respelled = dict(self._respellings())
        """Each word of the paper that the votes spell otherwise -> that spelling."""

    def _own_families(self) -> dict[str, dict[str, int]]:
        families: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for word, count in self.counts.items():
            if "-" in word:
                families[word.replace("-", "")][word] = count
        for letters, spellings in families.items():
            if letters in self.counts:
                spellings[letters] = self.counts[letters]
        return dict(families)

    def _respellings(self) -> Iterator[tuple[str, str]]:
        with_rivals = self.counts.keys() & (self._families.keys() | self.lexicon.families.keys())
        hyphened = {word for spellings in self._families.values() for word in spellings}
        for word in sorted(with_rivals | hyphened):
            spelling = self._voted(word)
            if spelling != word:
                yield word, spelling
        if self.lexicon.right_halves:
            yield from self._lost_between_halves()

    def _voted(self, word: str) -> str:
        letters, count = word.replace("-", ""), self.counts[word]
        if letters != word and count <= _HABIT and self._is_torn(word, letters):
            return letters
        own, corpus = self._families.get(letters, {}), self.lexicon.families.get(letters, {})
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

    def _is_torn(self, word: str, letters: str) -> bool:
        """Whether the hyphen is a line's end that was taken for part of a known word: "pre-vious"."""
        parts = word.split("-")
        return (
            len(parts) == 2
            and min(map(len, parts)) > 1
            and self.lexicon.words.get(letters, 0) + self.counts[letters] >= _CORPUS_LEAST
            and not all(map(self.is_word, parts))
        )

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
        return 1 if word not in self.lexicon.words and all(map(self._is_known, parts)) else restore

    def _is_known(self, word: str) -> bool:
        return word in self.lexicon.words and word not in PREFIXES

    def _lost_between_halves(self) -> Iterator[tuple[str, str]]:
        """Words that nobody writes, of a known word and a half that asks for a hyphen: "druginduced"."""
        known, halves = self.lexicon.words, self.lexicon.right_halves
        rare = [word for word, count in self.counts.items() if count <= _HABIT and len(word) > 2 * HALF]
        for word in sorted(word for word in rare if word not in known and "-" not in word):
            for at in range(HALF, len(word) - HALF):
                left = word[:at]
                if word[at:] in halves and left not in PREFIXES and left in known and word[at:] in known:
                    yield word, f"{left}-{word[at:]}"
                    break

    def evidence(self, left: str, right: str) -> str | None:
        """The spelling of a word that the paper prefers, or else the corpus; None where neither has it."""
        word = (left + right).lower()
        letters = word.replace("-", "")
        for families, counts in (
            (self._families, self.counts),
            (self.lexicon.families, self.lexicon.words),
        ):
            if letters in families:
                as_broken = f"{left}-{right}".lower() in families[letters]
                if counts is self.lexicon.words and not as_broken and general.is_written(word):
                    # A hyphen of its own would have been printed elsewhere in it: "upregula-/tion".
                    return word
                weak = counts is self.lexicon.words and left.lower() in PREFIXES and _is_weak(families[letters])
                return None if weak else _strongest(families[letters], None)
            if letters in counts:
                return letters
        return None

    def is_ours(self, word: str) -> bool:
        return word in self.counts or word in self.lexicon.words

    def is_word(self, word: str) -> bool:
        return self.is_ours(word) or general.is_word(word)


def _strongest(spellings: Mapping[str, int], word: str | None) -> str | None:
    """The most frequent spelling but the given one; of equals the one with fewer hyphens."""
    others = (spelling for spelling in spellings if spelling != word)
    return min(others, key=lambda spelling: (-spellings[spelling], len(spelling), spelling), default=None)


def _is_weak(spellings: Mapping[str, int]) -> bool:
    """Whether too few write a word, or as many one way as the other."""
    first, second = sorted([*spellings.values(), 0])[:-3:-1]
    return first < _CORPUS_LEAST or first < _HABIT * second


def respell(word: str, spelling: str) -> str:
    """A word with the hyphens and blanks of a spelling, its letters as they are."""
    letters = iter(word.replace("-", ""))
    return "".join(sign if sign in "- " else next(letters) for sign in spelling)
