"""Easy data augmentation of question templates against learning the wordings by heart; entities stay untouched.

After Wei and Zou 2019, "EDA: Easy Data Augmentation Techniques for Boosting Performance on Text Classification Tasks"
(arXiv 1901.11196): random deletion, insertion and swap. Deletion takes function words only, insertion draws from a
list of words instead of synonyms. Words in English, characters in Chinese.

    augment(generator(7), "Tell me the {relation} of {head}", "en", ["cell"])  ->  "Tell me {relation} cell of {head}"
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

import ahocorasick

from builders.graph.graph import Graph, folded

TOKEN = re.compile(r"\{[a-z]+\}|[A-Za-z0-9']+|\s+|.", re.DOTALL)
WORD = re.compile(r"[A-Za-z0-9'\u4e00-\u9fff]+")
FUNCTION_WORDS = {
    "zh": frozenset("的了吗呢吧啊呀嘛是就也都还那这个把被其之所以得地给对在"),
    "en": frozenset(
        "a an the of is are do does to for in on at by with its it this that which what as and so".split()  # noqa: SIM905
    ),
}
RATE = 0.1  # the paper's alpha: the share of words that one operation changes


def augment(rng: random.Random, template: str, language: str, fillers: Sequence[str], rate: float = RATE) -> str:
    """Changes a template by one random operation; placeholders keep their text (a swap may not move them)."""
    tokens = TOKEN.findall(template)
    words = [place for place, token in enumerate(tokens) if WORD.fullmatch(token)]
    changes = max(1, round(rate * len(words)))
    operation = rng.choice(("delete", "insert", "swap"))
    if operation == "delete":
        _delete(rng, tokens, [place for place in words if tokens[place].lower() in FUNCTION_WORDS[language]], changes)
    elif operation == "insert" and fillers:
        _insert(rng, tokens, language, fillers, changes)
    elif operation == "swap":
        _swap(rng, tokens, words, language, changes)
    return "".join(tokens)


def _delete(rng: random.Random, tokens: list[str], places: Sequence[int], changes: int) -> None:
    for place in sorted(rng.sample(places, min(changes, len(places))), reverse=True):
        del tokens[place]
        if 0 < place < len(tokens) and tokens[place - 1].isspace() and tokens[place].isspace():
            del tokens[place]


def _insert(rng: random.Random, tokens: list[str], language: str, fillers: Sequence[str], changes: int) -> None:
    for _ in range(changes):
        filler = rng.choice(fillers)
        if language == "zh":
            tokens.insert(rng.randint(0, len(tokens)), filler)
        else:
            gaps = [place for place, token in enumerate(tokens) if token.isspace()]
            place = rng.choice([0, *gaps])
            tokens[place:place] = [filler, " "] if place == 0 else [" ", filler]


def _swap(rng: random.Random, tokens: list[str], words: Sequence[int], language: str, changes: int) -> None:
    """Swaps two words, in Chinese two neighbouring characters (a swap across the sentence tears words apart)."""
    for _ in range(changes):
        if language == "zh":
            pairs = [(left, right) for left, right in pairwise(words) if right == left + 1]
        else:
            pairs = [(left, right) for left in words for right in words if left < right]
        if pairs:
            left, right = rng.choice(pairs)
            tokens[left], tokens[right] = tokens[right], tokens[left]


def safe_fillers(words: Iterable[str], graph: Graph) -> list[str]:
    """The words, each once, that neither contain a name of the graph nor are part of one: a filler states nothing."""
    names = {folded(name) for triple in graph.triples for name in (triple.head, triple.tail)} - {""}
    shapes = {word: folded(word) for word in dict.fromkeys(words) if WORD.fullmatch(word)}
    parts = ahocorasick.Automaton()
    for shape in filter(None, shapes.values()):
        parts.add_word(shape, shape)
    parts.make_automaton()
    within = {shape for name in names for _, shape in parts.iter(name)} if len(parts) else set()
    longest = max(map(len, names), default=0)
    return [word for word, shape in shapes.items() if shape not in within and not _contains(shape, names, longest)]


def _contains(text: str, names: Set[str], longest: int) -> bool:
    """Whether any piece of a text is a name."""
    lengths = range(1, min(longest, len(text)) + 1)
    return any(text[start : start + length] in names for length in lengths for start in range(len(text) - length + 1))
