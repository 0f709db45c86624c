"""The words of a corpus, counted: every paper of a recipe in, `lexicon.json` out.

python -m builders.corpus.votes recipes/demo/build.yaml        (make lexicon)
data/demo/lexicon.json:  {"papers": 3000, "words": {"in-text": 41, ...}}
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from builders.config import BuildConfig
from builders.config_file import load
from builders.corpus.engine import run
from builders.errors import UserError
from builders.papers import PaperFile, UnreadablePaper, find_papers, read_paper
from builders.papers.hashes import with_hashes
from builders.papers.lexicon import Lexicon
from builders.papers.lexicon.count import merge, words_of
from builders.parse.tiers import tiers
from builders.progress import Steps

HELP = """python -m builders.corpus.votes recipes/<recipe>/build.yaml [key=value ...]

Counts how the recipe's papers write their words, with hyphen and without, into the file that `lexicon` in build.yaml
names (data/<recipe>/lexicon.json where it names none). The builds repair hyphens, lost ligatures and lost spaces by
these votes. The first build counts them, later ones do not, so that a new paper changes no old one: renew them after
many.

    make lexicon RECIPE=demo
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One paper whose words are to be counted."""

    file: PaperFile
    cache: str
    tiers: tuple[str, ...]


def count(task: Task) -> Counter[str] | None:
    """The words of one paper; None where it cannot be read, which the build reports."""
    try:
        return words_of(read_paper(task.file, Counter(), Path(task.cache), task.tiers))
    except UnreadablePaper:
        return None


def renew(files: Sequence[PaperFile], config: BuildConfig, steps: Steps) -> Lexicon:
    """Counts the words of all papers that can be read, and writes the table."""
    asked = [Task(file, str(config.output / "parsed"), tiers(config.parse)) for file in files]
    counted = steps.track(run(count, asked, config.engine), len(asked), "counting words")
    lexicon = merge(_readable(counted))
    lexicon.save(config.lexicon_file)
    steps.say(f"lexicon: {len(lexicon.words):,} words of {lexicon.papers} papers vote on hyphens")
    return lexicon


def _readable(counted: Iterator[Counter[str] | None]) -> Iterator[Counter[str]]:
    return (words for words in counted if words is not None)


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.stdout.write(f"{HELP}\n")
        return 0 if arguments else 2
    try:
        config = load(BuildConfig, Path(arguments[0]), arguments[1:])
        config.check()
        found = [file for folder in config.papers for file in find_papers(Path(folder))]
        lexicon = renew(with_hashes(found, config.output / "parsed"), config, Steps())
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    hyphened = sum("-" in word for word in lexicon.words)
    counted = f"{len(lexicon.words):,} words, {hyphened:,} of them with a hyphen"
    sys.stdout.write(f"{config.lexicon_file}: {lexicon.papers} of {len(found)} papers, {counted}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
