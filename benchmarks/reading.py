"""How well PDFs are read: our blocks against the Markdown that MinerU 3.4 made of the same papers.

    python -m benchmarks.reading            prints figures a paper, then one JSON object:
    {"pdf_recall": 0.98, "pdf_headings": 0.95, "headings_precision": 0.96}

`pdf_recall` is the share of the gold's words, outside tables, display maths and references, that stand in our text in
the same order: for each gold paragraph the longest common subsequence with the stretch of our text that fits it best,
which may be a quarter longer than the paragraph. Words are compared without case and without the hyphens inside them
(both readers have to guess at line ends). `pdf_headings` is the share of the gold's headings that are ours, pooled
over the papers, without case, number and punctuation; the title counts as one. Where the gold errs,
`reading_corrections.yaml` says how and why.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pylatexenc.latex2text import LatexNodes2Text
from rapidfuzz.distance import LCSseq

from builders.papers import PaperFile, clean, find_papers, parse_pdfs, read_paper
from builders.papers.clean import mend
from builders.papers.latex import tidy
from builders.papers.markdown import blocks_of
from builders.papers.raw import RawBlock
from builders.papers.references import is_reference_heading
from builders.types import Document

CORRECTIONS = Path(__file__).with_name("reading_corrections.yaml")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
CACHE = Path(__file__).resolve().parents[1] / ".cache" / "papers"

_OUTSIDE = ("table", "equation", "reference")
_MATHS = re.compile(r"\$([^$\n]{1,2000})\$")
_TAG = re.compile(r"</?(?:sub|sup|small|span)\b[^<>]*>")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿⁱ₀-₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ]+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*\.?|[A-Z](?:\.\d{1,2})*\.?|[IVX]+\.)\s+(?=\S)")
_SLACK = 0.25
_MARGIN = 5
_LATEX = LatexNodes2Text(strict_latex_spaces=True)


@dataclass(frozen=True)
class Score:
    """What was found of one paper."""

    words: int
    matched: int
    matched_clean: int
    headings: int
    ours: int
    headings_matched: int
    missing_headings: tuple[str, ...]
    extra_headings: tuple[str, ...]


def measure(shared: Path, cache: Path) -> dict[str, float]:
    """Reads the PDFs in `shared/pdf` and pools their scores; `cache` keeps the parsed PDFs."""
    return _pool([score for _, score in scores(shared, cache)])


def scores(shared: Path, cache: Path) -> Iterator[tuple[PaperFile, Score]]:
    """Yields each PDF with its score."""
    files = [file for file in find_papers(shared / "pdf") if file.kind == "pdf"]
    for file, fault in parse_pdfs(files, cache):
        if fault:
            raise fault
        yield file, _score(file, cache)


def _pool(found: Sequence[Score]) -> dict[str, float]:
    headings_matched = sum(score.headings_matched for score in found)
    return {
        "pdf_recall": round(sum(score.matched for score in found) / sum(score.words for score in found), 4),
        "pdf_headings": round(headings_matched / sum(score.headings for score in found), 4),
        "headings_precision": round(headings_matched / sum(score.ours for score in found), 4),
    }


def _score(file: PaperFile, cache: Path) -> Score:
    gold = _gold(file)
    document = mend(read_paper(file, Counter(), cache), Counter())
    cleaned = clean(document).document
    texts = [words for block in gold if block.kind not in _OUTSIDE and (words := words_of(block.text))]
    theirs = Counter(fold(block.text) for block in gold if block.kind == "heading" or is_reference_heading(block.text))
    ours = Counter(fold(text) for text in _headings(document))
    return Score(
        words=sum(map(len, texts)),
        matched=sum(matched for matched, _ in matches(texts, _stream(document))),
        matched_clean=sum(matched for matched, _ in matches(texts, _stream(cleaned))),
        headings=theirs.total(),
        ours=ours.total(),
        headings_matched=(theirs & ours).total(),
        missing_headings=tuple(sorted((theirs - ours).elements())),
        extra_headings=tuple(sorted((ours - theirs).elements())),
    )


def _gold(file: PaperFile) -> list[RawBlock]:
    """The gold's blocks, corrected; those from the heading of its references to the next heading are `reference`."""
    blocks = []
    inside = False
    for block in blocks_of(_corrected(file), Counter()):
        if block.kind == "heading":
            inside = is_reference_heading(block.text)
        blocks.append(block if not inside else RawBlock("reference", block.text))
    return blocks


def _corrected(file: PaperFile) -> str:
    text = file.path.with_suffix(".md").read_text(encoding="utf-8")
    for correction in yaml.safe_load(CORRECTIONS.read_text(encoding="utf-8")):
        if correction["paper"] == file.path.stem:
            if text.count(correction["gold"]) != 1:
                sys.exit(f"{CORRECTIONS.name}: {correction['gold']!r} does not stand once in {file.path.stem}.md")
            text = text.replace(correction["gold"], correction["corrected"])
    return text


def _headings(document: Document) -> Iterator[str]:
    for block in document.blocks:
        listed = block.kind == "reference" and is_reference_heading(block.text)
        if block.kind in ("title", "heading") or listed:
            yield block.text


def _stream(document: Document) -> list[str]:
    return [word for block in document.blocks if block.kind != "reference" for word in words_of(block.text)]


def fold(heading: str) -> str:
    """A heading without number, case and punctuation."""
    return "".join(words_of(_NUMBER.sub("", heading)))


def words_of(text: str) -> list[str]:
    """The words of a text: letters and digits, lower case, without inner hyphens; maths as its symbols."""
    text = _MATHS.sub(lambda match: f" {_LATEX.latex_to_text(tidy(match.group(1)))} ", text)
    text = _RAISED.sub(r" \g<0> ", _TAG.sub(" ", text))
    return _WORD.findall(_HYPHEN.sub("", unicodedata.normalize("NFKC", text)).casefold())


def matches(texts: Sequence[Sequence[str]], stream: Sequence[str]) -> Iterator[tuple[int, range]]:
    """How many words of each text stand, in order, in the stretch of the stream that fits it best, and which it is."""
    grams = {size: _positions(stream, size) for size in (1, 2, 3)}
    for text in texts:
        reach = int(len(text) * (1 + _SLACK)) + _MARGIN
        best, window = 0, range(0)
        for start in _starts(text, grams):
            stretch = range(max(0, start - _MARGIN), max(0, min(start + reach, len(stream))))
            found = LCSseq.similarity(text, stream[stretch.start : stretch.stop])
            if found > best:
                best, window = found, stretch
        yield best, window


def _positions(stream: Sequence[str], size: int) -> dict[tuple[str, ...], list[int]]:
    positions: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(stream) - size + 1):
        positions[tuple(stream[index : index + size])].append(index)
    return positions


def _starts(text: Sequence[str], grams: dict[int, dict[tuple[str, ...], list[int]]]) -> list[int]:
    """Where in the stream the text may begin: the offsets at which most of its word triples (or fewer) recur."""
    for size in (3, 2, 1):
        votes: Counter[int] = Counter()
        for index in range(len(text) - size + 1):
            for position in grams[size].get(tuple(text[index : index + size]), ()):
                votes[position - index] += 1
        if votes:
            return [offset for offset, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:8]]
    return []


def main() -> None:
    """Prints the figures of each paper, then the pooled ones as JSON."""
    if not SHARED.is_dir():
        sys.exit(f"{SHARED}: no such folder; the gold lies outside the repository")
    found = []
    for file, score in scores(SHARED, CACHE):
        found.append(score)
        recall, cleaned = score.matched / score.words, score.matched_clean / score.words
        print(f"{file.path.stem}: {recall:.4f} of {score.words} words read, {cleaned:.4f} left after cleaning")
        print(f"  headings: {score.headings_matched} of {score.headings} found, {score.ours} of ours")
        missing, extra = (", ".join(names) or "-" for names in (score.missing_headings, score.extra_headings))
        print(f"  missing: {missing}; extra: {extra}")
    print(json.dumps(_pool(found)))


if __name__ == "__main__":
    main()
