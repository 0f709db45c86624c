"""The corpus as a voter: how often its papers write a word, with and without its hyphens.

    python -m builders.corpus.votes recipes/<recipe>/build.yaml      (make lexicon)

In: every paper of the recipe, as it was read. Out: one JSON object with sorted keys, an input of each later build:

    {"papers": 3000, "words": {"in-text": 41, "intext": 3, "state-of-the-art": 903, "the": 8994}}

A build never changes it: a paper more or less would change the spelling of all others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from builders.errors import UserError
from builders.jsonl import aside

_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")
_DAMAGED_LETTERS = 4
"""A word must keep so many letters to be known again after its ligature was lost."""
_LEFT_HALVES = 4
_HYPHENED_RATIO = 2
"""A word asks for a hyphen ("-induced", "-based") that follows so many different words with one, and so many times as
many as it is joined with ("baseline", "pipeline")."""
_HALF = 3
"""Letters of the shorter half."""


class Lexicon:
    """The votes of a corpus, with the tables that a look-up needs."""

    def __init__(self, papers: int, words: Mapping[str, int]) -> None:
        """Takes the number of papers and the counts of their words."""
        self.papers = papers
        self.words = dict(words)
        self.families = _families(self.words)
        self.damaged = _damaged(self.words)
        self.right_halves = _right_halves(self.words)

    def save(self, path: Path) -> None:
        """Writes the votes as JSON, aside and renamed: the same words, the same bytes."""
        value = {"papers": self.papers, "words": self.words}
        with aside(path) as partial:
            partial.write_bytes(
                orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
            )


def _families(words: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The spellings that differ only by hyphens, by their letters; only where one has a hyphen."""
    families: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for word, count in words.items():
        if "-" in word:
            families[word.replace("-", "")][word] = count
    for letters, spellings in families.items():
        if letters in words:
            spellings[letters] = words[letters]
    return dict(families)


def _damaged(words: Mapping[str, int]) -> dict[str, str]:
    """What a word looks like without its ligature -> the word; none where two words would look the same."""
    found: dict[str, str] = {}
    ambiguous = set()
    for word in sorted(words):
        if "-" in word or "f" not in word:
            continue
        for form in _without_ligature(word):
            if found.setdefault(form, word) != word:
                ambiguous.add(form)
    return {form: word for form, word in found.items() if form not in ambiguous}


def _without_ligature(word: str) -> Iterator[str]:
    """A word without its first ligature, or with the rest of it: "eect", "efect", "signicant"."""
    ligature = next((ligature for ligature in _LIGATURES if ligature in word), None)
    if ligature is None:
        return
    for rest in ("", ligature[1:]) if ligature.startswith("ff") else ("",):
        form = word.replace(ligature, rest, 1)
        if len(form) >= _DAMAGED_LETTERS:
            yield form


def _right_halves(words: Mapping[str, int]) -> frozenset[str]:
    hyphened = Counter(word.rpartition("-")[2] for word in words if "-" in word)
    asking = {half for half, lefts in hyphened.items() if lefts >= _LEFT_HALVES and len(half) > _HALF}
    joined = Counter(
        word[at:]
        for word in words
        if "-" not in word
        for at in range(_HALF, len(word) - _HALF)
        if word[at:] in asking and word[:at] in words
    )
    return frozenset(half for half in asking if hyphened[half] >= _HYPHENED_RATIO * joined[half])


EMPTY = Lexicon(0, {})


def load(path: Path) -> Lexicon:
    """Reads a lexicon; raises UserError where it is missing or no lexicon."""
    remedy = "renew it with `make lexicon`"
    if not path.is_file():
        raise UserError(f"{path}: no such lexicon; {remedy}, or leave the key out of build.yaml")
    try:
        value = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise UserError(f"{path}: not JSON ({error}); {remedy}") from error
    match value:
        case {"papers": int(papers), "words": dict(words)} if all(type(count) is int for count in words.values()):
            return Lexicon(papers, words)
    raise UserError(f'{path}: not of the form {{"papers": 3, "words": {{"in-text": 2}}}}; {remedy}')
