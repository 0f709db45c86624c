"""A paper's paragraphs in, sentences that can be written from their keywords out.

A keyword is a term that the paper comes back to: a phrase of two or three words, or a long word, without any common
word in it; in Chinese a run of characters that is repeated in different surroundings.

    Keywords(paragraphs, "en").candidates(paragraph)
    ->  Candidate("keywords", answers=(span of the sentence,), quoted={"words": spans of three to five of its terms})
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

import jieba

from builders.mine.comprehension.candidates import Candidate
from builders.mine.passages import Paragraph, Sentence, common_words, leans, quotable, size
from builders.types import Source

WORDS = (3, 5)  # keywords in a question
PHRASES = 2  # of which are phrases, not single words
REPEATED = 3  # times that a term must stand in the paper
LONG = 11  # letters of a word that may be a term by itself
SENTENCE = {"en": 45, "zh": 80}
COVERED = 0.6  # at most so much of a sentence may be given away
CHINESE_LENGTHS = range(3, 9)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|\d+")
_NO_NOUN = ("ed", "ly", "ates", "izes", "ises", "uces")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_SIDES = "内外下间"  # within a term, 细胞外间隙 and 蛛网膜下腔; at its border, half of another word


Place = tuple[int, int, str]
"""Start and end in a paragraph, and the term."""


class Keywords:
    """The terms of one paper."""

    def __init__(self, paragraphs: Sequence[Paragraph], language: str) -> None:
        self._language = language
        find = _chinese_places if language == "zh" else _english_places
        places = {paragraph.source: list(find(paragraph.text)) for paragraph in paragraphs}
        terms = _terms(paragraphs, places, free=language == "zh")
        self._places = {
            source: [place for place in of_paragraph if place[2] in terms] for source, of_paragraph in places.items()
        }

    def candidates(self, paragraph: Paragraph) -> Iterator[Candidate]:
        """Every sentence that holds enough terms, and is more than its terms."""
        language = self._language
        for sentence in paragraph.sentences:
            spans = self._found(paragraph, sentence)
            if len(spans) < WORDS[0] or size(sentence.text, language) > SENTENCE[language]:
                continue
            given = sum(end - start for start, end in spans)
            phrases = sum(" " in sentence.text[start:end] or language == "zh" for start, end in spans)
            plain = phrases >= PHRASES and given <= COVERED * len(sentence.text)
            if plain and quotable(sentence.text, language) and not leans(sentence.text, language):
                yield _candidate(sentence, spans, paragraph.section)

    def _found(self, paragraph: Paragraph, sentence: Sentence) -> list[tuple[int, int]]:
        """The first place of every term in the sentence, the longest at each place, at most five."""
        first = (sentence.source.start or 0) - (paragraph.source.start or 0)
        last = first + len(sentence.text)
        found: dict[str, tuple[int, int]] = {}
        end = 0
        for start, stop, term in self._places[paragraph.source]:
            if first + end <= start and stop <= last:
                found.setdefault(term, (start - first, stop - first))
                end = stop - first
        kept = [term for term in found if not any(term != other and term in other for other in found)]
        return [found[term] for term in kept][: WORDS[1]]


def _candidate(sentence: Sentence, spans: Sequence[tuple[int, int]], section: tuple[str, ...]) -> Candidate:
    quoted = {"words": tuple(sentence.part(*span) for span in spans)}
    return Candidate("keywords", (sentence.source,), quoted, section, (sentence.source,))


def _terms(paragraphs: Sequence[Paragraph], places: Mapping[Source, Sequence[Place]], *, free: bool) -> Set[str]:
    """What is repeated; where it must be free, with different characters before and after it."""
    counts: Counter[str] = Counter()
    before: defaultdict[str, set[str]] = defaultdict(set)
    after: defaultdict[str, set[str]] = defaultdict(set)
    for paragraph in paragraphs:
        counts.update(term for _, _, term in places[paragraph.source])
        for start, end, term in places[paragraph.source] if free else ():
            before[term].add(paragraph.text[start - 1 : start])
            after[term].add(paragraph.text[end : end + 1])
    repeated = (term for term, count in counts.items() if count >= REPEATED)
    return {term for term in repeated if not free or len(before[term]) > 1 < len(after[term])}


def _english_places(text: str) -> Iterator[Place]:
    """Phrases of three words, of two and long words, in the order of their place and the longest first."""
    common = common_words("en")
    run: list[tuple[int, int, str]] = []
    for token in _TOKEN.finditer(text):
        word = token.group().casefold()
        if len(word) > 2 and word not in common and word[0].isalpha():
            run.append((token.start(), token.end(), word))
        elif run:
            yield from _phrases(run)
            run = []
    yield from _phrases(run)


def _phrases(run: Sequence[tuple[int, int, str]]) -> Iterator[Place]:
    for index, (start, _, first) in enumerate(run):
        for words in (3, 2, 1):
            part = run[index : index + words]
            if len(part) == words and not part[-1][2].endswith(_NO_NOUN) and (words > 1 or len(first) >= LONG):
                yield start, part[-1][1], " ".join(word for _, _, word in part)


def _chinese_places(text: str) -> Iterator[Place]:
    """Runs of whole words, in the order of their place and the longest first."""
    common = common_words("zh")
    run: list[int] = []  # where the words of a run begin, and the last of them ends
    for start, end, word in words(text):
        if word in common or (run and start != run[-1]):
            yield from _runs(text, run)
            run = []
        if word not in common:
            run = run or [start]
            run.append(end)
    yield from _runs(text, run)


def words(text: str) -> Iterator[Place]:
    """The Chinese words of a text, by the dictionary alone."""
    for characters in _CHINESE.finditer(text):
        end = characters.start()
        for word in _segmenter().cut(characters.group(), HMM=False):
            start, end = end, end + len(word)
            yield start, end, word


def _runs(text: str, borders: Sequence[int]) -> Iterator[Place]:
    for index, start in enumerate(borders):
        for end in reversed(borders[index + 1 : index + CHINESE_LENGTHS.stop]):
            if end - start in CHINESE_LENGTHS and text[start] not in _SIDES and text[end - 1] not in _SIDES:
                yield start, end, text[start:end]


@functools.cache
def _segmenter() -> jieba.Tokenizer:
    """A segmenter with its dictionary read anew: jieba's own cache is a file in the shared temporary folder."""
    segmenter = jieba.Tokenizer()
    with segmenter.get_dict_file() as file:
        segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(file)
    segmenter.initialized = True
    return segmenter
