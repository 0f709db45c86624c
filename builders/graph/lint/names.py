"""Names in, those that may be one: the same but for width, case and blanks, or nearly the same.

near({"neuron", "neurons", "金匮要略", "《金匮要略》"})
->  [("neuron", "neurons", "one letter"), ("《金匮要略》", "金匮要略", "other punctuation")]

Names are compared only where they share a key: their letters without punctuation, their characters in order of
number, or what is left of them without one letter. So a hundred thousand names take seconds. Names that differ in a
number, or in traditional and simplified characters, are left alone.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise, repeat

import numpy as np
from rapidfuzz.distance import OSA

from builders.graph.graph import Graph, folded
from builders.graph.lint.finding import Finding
from builders.graph.lint.gather import Gathered

LATIN_LETTERS = 6
"""Letters from which a Latin name may differ from another in one and be meant the same,"""
OTHER_LETTERS = 8
"""and characters of any other script: 气血两虚证 and 气阴两虚证 are two things, 《太平惠民合剂局方》 is misspelt."""
ORDERED_LETTERS = 4
"""Characters from which a name may have those of another in another order."""
LONGEST = 100
"""Characters of the names that are compared: longer ones are sentences."""
BLOCK = 24
"""Names with one key of which each is compared with each; of more, each with its neighbour."""
NUMBER = re.compile(r"\d+")
NO_LETTER = re.compile(r"[\W_]+")

Pair = tuple[str, str, str]
"""Two names, and in what they differ."""


def spelt_differently(gathered: Gathered) -> Iterator[Finding]:
    """Names that are the same for the graph, but are written in several ways."""
    first: dict[str, str] = {}
    several: dict[str, Counter[str]] = {}
    for name in _names(gathered):
        shape = folded(name)
        if first.setdefault(shape, name) != name:
            several[shape] = Counter()
    if not several:
        return
    for triple in gathered.triples:
        for name in (triple.head, triple.tail):
            if (shape := folded(name)) in several:
                several[shape][name] += 1
    usual = {shape: _most(counts) for shape, counts in several.items()}
    for index, triple in enumerate(gathered.triples):
        for name in (triple.head, triple.tail):
            if (shape := folded(name)) in several and name != usual[shape]:
                shown = ", ".join(f"{each} {count:,}" for each, count in several.pop(shape).most_common())
                yield gathered.found(index, "spelt_differently", shown, f"write {usual[shape]} everywhere")


def near_names(gathered: Gathered, graph: Graph) -> Iterator[Finding]:
    """Pairs of names that are nearly the same, of one type and not linked by any fact, told at the rarer one."""
    shapes: dict[str, str] = {}
    for name in _names(gathered):
        shapes.setdefault(folded(name), name)
    pairs = [pair for pair in near(shapes) if not graph.linked(shapes[pair[0]], shapes[pair[1]])]
    wanted = {shapes[shape] for pair in pairs for shape in pair[:2]}
    counts: Counter[str] = Counter()
    kinds: dict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for index, triple in enumerate(gathered.triples) if wanted else ():
        for name, kind in ((triple.head, triple.head_type), (triple.tail, triple.tail_type)):
            if name in wanted:
                counts[name] += 1
                first.setdefault(name, index)
                kinds[name] |= {kind} if kind else set()
    for one, other, difference in pairs:
        rare, usual = sorted((shapes[one], shapes[other]), key=lambda name: (counts[name], -first[name]))
        if kinds[rare] and kinds[usual] and not kinds[rare] & kinds[usual]:
            continue
        value = f"{rare} ({counts[rare]:,}) ~ {usual} ({counts[usual]:,})"
        suggestion = f"{difference}: if they are one, write {usual}, or join them by a relation with `alias: true`"
        yield gathered.found(first[rare], "near_name", value, suggestion)


def near_relations(gathered: Gathered) -> Iterator[Finding]:
    """Pairs of relations that are the same folded, or nearly the same."""
    counts = Counter(triple.relation for triple in gathered.triples)
    first: dict[str, int] = {}
    for index, triple in enumerate(gathered.triples):
        first.setdefault(triple.relation, index)
    shapes: dict[str, str] = {}
    pairs: list[Pair] = []
    for name in counts:
        usual = shapes.setdefault(folded(name), name)
        if usual != name:
            pairs.append((name, usual, "width, letter case or blanks"))
    pairs += [(shapes[one], shapes[other], difference) for one, other, difference in near(shapes)]
    for one, other, difference in pairs:
        rare, usual = sorted((one, other), key=lambda name: (counts[name], -first[name]))
        value = f"{rare} ({counts[rare]:,}) ~ {usual} ({counts[usual]:,})"
        yield gathered.found(first[rare], "near_relation", value, f"{difference}: if they are one, write {usual}")


def near(shapes: Iterable[str]) -> list[Pair]:
    """Pairs of folded names that are nearly the same, in alphabetical order, each with the first reason found."""
    names = sorted(shape for shape in shapes if len(shape) <= LONGEST)
    found: dict[tuple[str, str], str] = {}
    for difference, blocks in (
        ("other punctuation", _blocks(names, _letters)),
        ("other order", _blocks(names, _ordered)),
        ("one letter", _one_letter(names)),
    ):
        for block in blocks:
            for pair in combinations(block, 2) if len(block) <= BLOCK else pairwise(block):
                if difference != "one letter" or OSA.distance(*pair, score_cutoff=1) <= 1:
                    found.setdefault(pair, difference)
    return sorted((one, other, difference) for (one, other), difference in found.items())


def _blocks(names: Sequence[str], key: Callable[[str], str]) -> Iterator[list[str]]:
    """The names that share a key, in alphabetical order, where there are several."""
    first: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for name in names:
        shared = key(name)
        if shared and (known := first.setdefault(shared, name)) is not name:
            several.setdefault(shared, [known]).append(name)
    yield from several.values()


def _letters(name: str) -> str:
    """Without punctuation; a sign between two digits, or before one, is a part of the number."""
    letters = NO_LETTER.sub("", name)
    return "" if NUMBER.search(name) or len(letters) < 2 else letters


def _ordered(name: str) -> str:
    """The characters in order; folded names have no blanks any more, and Latin letters in any order are no name."""
    letters = _letters(name)
    return "".join(sorted(letters)) if len(letters) >= ORDERED_LETTERS and not _is_latin(letters) else ""


def _one_letter(names: Sequence[str]) -> Iterator[list[str]]:
    """Blocks of names of which any two may be one without one letter, by the hashes of what is left then."""
    long = [name for name in names if len(name) >= (LATIN_LETTERS if _is_latin(name) else OTHER_LETTERS)]
    hashes, owners = array("q"), array("l")
    for owner, name in enumerate(long):
        numbers = tuple(NUMBER.findall(name))
        left = [name, *(name[:place] + name[place + 1 :] for place in range(len(name)))]
        hashes.extend(hash((numbers, text)) for text in left)
        owners.extend(repeat(owner, len(left)))
    keys, who = np.frombuffer(hashes, dtype=np.int64), np.frombuffer(owners, dtype=np.int64)
    order = np.lexsort((who, keys))
    keys, who = keys[order], who[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.array([], dtype=np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        block = sorted({long[owner] for owner in who[start : start + size].tolist()})
        if len(block) > 1:
            yield block


def _is_latin(name: str) -> bool:
    return name.isascii()


def _names(gathered: Gathered) -> Iterator[str]:
    """Every name once, in the order of the files."""
    return iter(dict.fromkeys(name for triple in gathered.triples for name in (triple.head, triple.tail)))


def _most(counts: Counter[str]) -> str:
    return counts.most_common(1)[0][0]
