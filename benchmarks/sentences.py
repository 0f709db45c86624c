"""Sentence boundaries: ours and pysbd's against those marked by hand, and the speed of both on the same papers.

    python -m benchmarks.sentences          prints the figures of each file, then one JSON object:
    {"sentence_f1": 0.996, "sentence_f1_pysbd": 0.9, "sentence_mb_per_s": 28.0, "sentence_mb_per_s_pysbd": 0.4, ...}

The gold lies in `tests/golden/sentences`, whose README says what a sentence is. A boundary is right where a sentence
begins at the very character; the ends of paragraphs count for nothing. `sentence_f1_held_out` is of the `b` files,
which were not open while the splitter was written. Speed is in MB of UTF-8 a CPU second, so that it does not count
what else the machine does, over the paragraphs of real papers (English) or, where they are absent, over the gold.
pysbd (0.3.4, called as its README says) lives in an environment of its own, `.venv-peers` (`constraints/peers.txt`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders.sentences import spans

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "golden" / "sentences"
PAPERS = ROOT.parent / "shared" / "data" / "biomed_papers"
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
FILES = ("en_a", "en_b", "zh_a", "zh_b")
TIMED_PAPERS = 20
RUNS = 5

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”…]")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the gold: its text, and where its sentences begin, the first left out."""

    text: str
    starts: frozenset[int]


@dataclass(frozen=True)
class Score:
    """Boundaries found that are right, found that are wrong, and missed."""

    right: int
    wrong: int
    missed: int

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def gold(name: str) -> list[Paragraph]:
    """The paragraphs of `tests/golden/sentences/<name>.txt`."""
    lines = (GOLD / f"{name}.txt").read_text(encoding="utf-8").strip()
    return [_paragraph(paragraph.split("\n")) for paragraph in lines.split("\n\n")]


def _paragraph(sentences: Sequence[str]) -> Paragraph:
    text, starts = sentences[0], []
    for sentence in sentences[1:]:
        text += "" if _WIDE.match(text[-1]) or _WIDE.match(sentence[0]) else " "
        starts.append(len(text))
        text += sentence
    return Paragraph(text, frozenset(starts))


def score(paragraphs: Sequence[Paragraph], found: Sequence[Sequence[int]]) -> Score:
    """Compares the starts that were found, of each paragraph, with the gold's."""
    total = Score(0, 0, 0)
    for paragraph, starts in zip(paragraphs, found, strict=True):
        ours = {start for start in starts if start > 0}
        total += Score(len(ours & paragraph.starts), len(ours - paragraph.starts), len(paragraph.starts - ours))
    return total


def our_starts(texts: Sequence[str]) -> list[list[int]]:
    """Where our splitter begins the sentences of each text."""
    return [[start for start, _ in spans(text)] for text in texts]


def timed_texts(papers: Path) -> dict[str, list[str]]:
    """Paragraphs by language: of real papers where they are at hand, else of the gold."""
    files = sorted(papers.glob("*.json"))[:TIMED_PAPERS]
    english = [text for file in files for text in _paragraphs(json.loads(file.read_bytes())["sections"])]
    of_gold = {
        language: [paragraph.text for name in FILES if name.startswith(language) for paragraph in gold(name)]
        for language in ("en", "zh")
    }
    return {"en": english or of_gold["en"], "zh": of_gold["zh"]}


def _paragraphs(sections: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for section in sections:
        yield from section["paragraphs"]
        yield from _paragraphs(section["subsections"])


def our_seconds(texts: Sequence[str]) -> float:
    """CPU seconds for all texts, the best of a few runs."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        for text in texts:
            spans(text)
        taken.append(time.process_time() - began)
    return min(taken)


def pysbd(texts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What `sentences_peer.py` states of the texts, one process for all."""
    if not PEERS_PYTHON.is_file():
        sys.exit(f"{PEERS_PYTHON}: no such file; `make setup-peers` makes it")
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder, "texts.json"), Path(folder, "result.json")
        source.write_text(json.dumps(texts), encoding="utf-8")
        subprocess.run([PEERS_PYTHON, Path(__file__).with_name("sentences_peer.py"), source, result], check=True)
        stated: dict[str, Any] = json.loads(result.read_bytes())
        return stated


def measure(papers: Path) -> dict[str, float]:
    """Scores both splitters on the gold and times both on the same texts, printing as it goes."""
    ours, theirs = _scores()
    texts = timed_texts(papers)
    stated = pysbd(texts)
    size = {language: sum(len(text.encode()) for text in texts[language]) / 1e6 for language in texts}
    speed = {language: size[language] / our_seconds(texts[language]) for language in texts}
    speed_pysbd = {language: size[language] / stated["cpu_seconds"][language] for language in texts}
    for language in texts:
        print(
            f"{language}: {size[language]:.2f} MB, ours {speed[language]:.1f} MB a CPU second (best of {RUNS}), "
            f"pysbd {stated['version']} {speed_pysbd[language]:.2f}: Segmenter(language={language!r}, clean=False)"
        )
    return {
        "sentence_f1": round(_pooled(ours, "ab").f1, 4),
        "sentence_f1_pysbd": round(_pooled(theirs, "ab").f1, 4),
        "sentence_f1_held_out": round(_pooled(ours, "b").f1, 4),
        "sentence_f1_held_out_pysbd": round(_pooled(theirs, "b").f1, 4),
        "sentence_mb_per_s": round(speed["en"], 1),
        "sentence_mb_per_s_pysbd": round(speed_pysbd["en"], 2),
        "sentence_mb_per_s_zh": round(speed["zh"], 1),
        "sentence_mb_per_s_zh_pysbd": round(speed_pysbd["zh"], 2),
    }


def _scores() -> tuple[dict[str, Score], dict[str, Score]]:
    paragraphs = {name: gold(name) for name in FILES}
    ours = {
        name: score(items, our_starts([paragraph.text for paragraph in items])) for name, items in paragraphs.items()
    }
    theirs = {}
    for name, items in paragraphs.items():
        language = name[:2]
        found = pysbd({language: [paragraph.text for paragraph in items]})["starts"][language]
        theirs[name] = score(items, found)
        total = ours[name].right + ours[name].missed
        print(f"{name}: {total} boundaries, F1 ours {ours[name].f1:.4f}, pysbd {theirs[name].f1:.4f}")
        print(f"  ours {ours[name]}\n  pysbd {theirs[name]}")
    return ours, theirs


def _pooled(scores: Mapping[str, Score], halves: str) -> Score:
    return sum((scores[name] for name in FILES if name[-1] in halves), Score(0, 0, 0))


def main() -> None:
    """Prints the figures of each file and the speeds, then all as JSON."""
    print(json.dumps(measure(PAPERS)))


if __name__ == "__main__":
    main()
