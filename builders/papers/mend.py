"""The blocks of a paper -> the same blocks with their texts mended, each repair counted by name.

mend(document, counts, lexicon)    counts ->  {"hyphen": 12, "latex": 87, "sub_or_superscript": 31, ...}

First the repairs that look at one text alone (`repair/`), then those by vote of the paper's own words and of the
corpus: hyphens, lost ligatures and spaces, drop caps. Tables are mended cell by cell; of code only control characters
go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from builders.papers import latex
from builders.papers.assemble import version_of
from builders.papers.broken import BrokenWords
from builders.papers.hyphens import Hyphens, respell
from builders.papers.lexicon import EMPTY, Lexicon
from builders.papers.lexicon.count import tokens
from builders.papers.repair import NAMES, even_spaces, glyphs, repair
from builders.papers.repair.characters import control_character
from builders.papers.repair.drop_caps import drop_caps
from builders.papers.repair.lost import lost_ligatures, lost_spaces
from builders.papers.tables import table_text
from builders.types import Block, Document

REPAIRS = (*NAMES, "hyphen", "lost_ligature", "lost_space", "drop_cap", "table")

_NO_PROSE = ("code", "equation", "table")


def mend(document: Document, counts: Counter[str], lexicon: Lexicon = EMPTY, off: Collection[str] = ()) -> Document:
    """Mends the texts of all blocks but those off; blocks that end up empty are dropped (`empty_block`)."""
    mender = _Mender(document, counts, lexicon, off)
    blocks = mender.blocks(document.blocks)
    return replace(document, title=mender.heading(document.title), blocks=tuple(blocks), version=version_of(blocks))


class _Mender:
    """One paper's repairs: its counts, its font, its votes."""

    def __init__(self, document: Document, counts: Counter[str], lexicon: Lexicon, off: Collection[str]) -> None:
        self._counts = counts
        self._lexicon = lexicon
        self._off = frozenset(off)
        self._advp = glyphs.is_advp(block.text for block in document.blocks)
        self._votes = _Votes(Counter(), EMPTY, self._off)
        self._headings: dict[str, str] = {}

    def blocks(self, blocks: Sequence[Block]) -> list[Block]:
        """All blocks, mended, without those that end up empty."""
        texts = [self._alone(block) for block in blocks]
        words = [[] if block.kind in _NO_PROSE else tokens(text) for block, text in zip(blocks, texts, strict=True)]
        votes: Counter[str] = Counter()
        for found in words:
            votes.update(found)
        self._votes = _Votes(votes, self._lexicon, self._off)
        mended = []
        for block, text, found in zip(blocks, texts, words, strict=True):
            text = self._by_vote(block, text, found)
            if block.kind == "heading":
                self._headings[block.text] = text
            if text:
                mended.append(replace(block, text=text, section=tuple(map(self.heading, block.section))))
            else:
                self._counts["empty_block"] += 1
        if "drop_cap" not in self._off:
            mended, count = drop_caps(mended, self._votes.of)
            self._counts["drop_cap"] += count
        return mended

    def heading(self, text: str) -> str:
        """A heading as its block has it, for the section paths of other blocks; not counted again."""
        if text not in self._headings:
            alone = repair(text, Counter(), self._off, self._advp)
            self._headings[text] = self._votes.mend(alone, tokens(alone), Counter())
        return self._headings[text]

    def _alone(self, block: Block) -> str:
        """The block's text with the repairs that need no votes; a table waits, as its cells are mended one by one."""
        if block.kind == "table":
            return block.text
        if block.kind == "code":
            text, count = control_character(block.text) if "control_character" not in self._off else (block.text, 0)
            self._counts["control_character"] += count
            return text.strip("\n")
        if block.kind == "equation":
            text = block.text.strip() if "latex" in self._off else latex.tidy(block.text)
            self._counts["latex"] += text != block.text
            return text
        return repair(block.text, self._counts, self._off, self._advp)

    def _by_vote(self, block: Block, text: str, words: Sequence[str]) -> str:
        if block.kind == "table":
            return self._table(text)
        if block.kind in _NO_PROSE:
            return text
        return self._votes.mend(text, words, self._counts)

    def _table(self, source: str) -> str:
        if "table" in self._off:
            return even_spaces(source)
        text = table_text(source, self._cell)
        self._counts["table"] += text != source
        return text

    def _cell(self, text: str) -> str:
        text = text.strip()
        if text.isascii() and text.isalnum():
            return text
        text = repair(text, self._counts, self._off, self._advp)
        return self._votes.mend(text, tokens(text), self._counts)


class _Votes:
    """What the words of a paper and of the corpus say of the paper's words."""

    def __init__(self, counts: Counter[str], lexicon: Lexicon, off: Collection[str]) -> None:
        self._words = counts
        self._lexicon = lexicon
        hyphens = None if "hyphen" in off else Hyphens(counts, lexicon)
        self._broken = BrokenWords(hyphens) if hyphens else None
        self._changes: dict[str, tuple[str, str]] = {}
        for name, changes in (
            ("lost_space", {} if "lost_space" in off else lost_spaces(counts, lexicon)),
            ("lost_ligature", {} if "lost_ligature" in off else lost_ligatures(counts, lexicon)),
            ("hyphen", hyphens.respelled if hyphens else {}),
        ):
            self._changes |= {word: (name, spelling) for word, spelling in changes.items()}
        longest_first = sorted(self._changes, key=lambda word: (-len(word), word))
        either = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE) if either else None

    def of(self, word: str) -> int:
        """How often a word stands in the paper and the corpus."""
        return self._words[word] + self._lexicon.words.get(word, 0)

    def mend(self, text: str, words: Sequence[str], counts: Counter[str]) -> str:
        """Spells the words of a text as the votes have them; `words` are its words in lower case."""
        if self._broken is not None:
            text, count = self._broken.join(text)
            counts["hyphen"] += count
        if self._pattern is None or self._changes.keys().isdisjoint(words):
            return text

        def voted(match: re.Match[str]) -> str:
            word = match.group()
            change = self._changes.get(word.lower())
            if change is None:
                return word
            name, spelling = change
            counts[name] += 1
            return _as_cased(word, spelling) if name == "lost_ligature" else respell(word, spelling)

        return self._pattern.sub(voted, text)


def _as_cased(word: str, spelling: str) -> str:
    """A spelling in capitals, or with a first capital, where the word has them."""
    if word.isupper():
        return spelling.upper()
    return spelling[0].upper() + spelling[1:] if word[0].isupper() else spelling
