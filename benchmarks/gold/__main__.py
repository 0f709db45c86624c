"""`python -m benchmarks.gold [papers=46] [seed=7] [folder=.cache/gold]`: renders, parses back, prints what came back.

The last line is one JSON object: the five figures of the rendered papers, then those of the real PDFs at hand.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from omegaconf import OmegaConf

from benchmarks import reading
from benchmarks.gold.render import render
from benchmarks.gold.score import Score, pooled, score
from benchmarks.gold.source import manuscripts
from builders.jsonl import aside, write_json
from builders.papers import clean, find_papers, parse_pdfs, read_paper
from builders.papers.lexicon.count import merge, words_of


@dataclass
class GoldConfig:
    """What is rendered and where it is kept."""

    papers: int = 46
    seed: int = 7
    folder: Path = Path(".cache/gold")
    workers: int = 1


def main() -> int:
    if not reading.SHARED.is_dir():
        print(f"{reading.SHARED}: absent; the papers to render lie outside the repository")
        return 1
    config = OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(GoldConfig), OmegaConf.from_cli()))
    assert isinstance(config, GoldConfig)
    scores = []
    for one in measure(config):
        scores.append(one)
        report(one)
    print(f"{len(scores)} rendered papers")
    real = reading.measure(reading.SHARED, reading.CACHE)
    print(json.dumps(pooled(scores) | real))
    return 0


def measure(config: GoldConfig) -> Iterator[Score]:
    """Renders and parses the papers, and yields the score of each; together they vote on hyphens."""
    folder = config.folder / f"seed-{config.seed}"
    wanted = _rendered(folder, config)
    files = [file for file in find_papers(folder) if file.path.stem in wanted]
    for _, fault in parse_pdfs(files, config.folder / "parsed", workers=config.workers):
        if fault:
            raise fault
    documents = [read_paper(file, Counter(), config.folder / "parsed") for file in files]
    lexicon = merge(map(words_of, documents))
    for file, document in zip(files, documents, strict=True):
        gold = json.loads(file.path.with_suffix(".json").read_text(encoding="utf-8"))
        yield score(gold, clean(document, lexicon).document)


def _rendered(folder: Path, config: GoldConfig) -> list[str]:
    papers = manuscripts(reading.SHARED / "biomed_papers")
    folder.mkdir(parents=True, exist_ok=True)
    for paper in papers[: config.papers]:
        pdf, gold = render(paper, papers, config.seed)
        with aside(folder / f"{paper.id}.pdf") as partial:
            partial.write_bytes(pdf)
        write_json(folder / f"{paper.id}.json", gold)
    return [paper.id for paper in papers[: config.papers]]


def report(one: Score) -> None:
    """Prints what came back of a paper, and what did not."""
    print(
        f"{one.id}: recall {one.matched / one.words:.4f}, {one.intact} of {one.paragraphs} paragraphs intact, "
        f"{one.deep} of {one.headings} headings, {len(one.joins)} wrong joins, {one.leaked} references leaked"
    )
    kinds = {
        "broken": one.broken, "heading": one.misplaced, "extra": one.extra, "join": one.joins, "kept": one.furniture
    }  # fmt: skip
    for kind, found in kinds.items():
        for text in found:
            print(f"  {kind}: {text}")


if __name__ == "__main__":
    sys.exit(main())
