"""All papers of a build: prepared by a map, then seen together: forgotten, unlicensed, duplicate, held out.

    corpus = gather(config, previous_sides, steps)
    for document in corpus.documents("train"): ...        # streamed from disk, without its duplicate paragraphs

In memory there is a line of facts a paper, never its text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from builders.config import BuildConfig
from builders.corpus.duplicates import Duplicates, Entry, find_duplicates
from builders.corpus.embeddings import Embeddings
from builders.corpus.forgotten import Forgotten
from builders.corpus.licence import Named, licence_of, verdict
from builders.corpus.prepare import Facts, Settings, prepare, read_document, read_facts, tasks
from builders.corpus.semantic import find_semantic_duplicates
from builders.corpus.store import Store, mapped
from builders.corpus.votes import renew
from builders.documents import without
from builders.papers import PaperFile, find_papers
from builders.papers.hashes import with_hashes
from builders.parse.drive import parse_papers
from builders.parse.journal import Journal
from builders.parse.pace import shown
from builders.parse.tiers import tiers
from builders.progress import Steps
from builders.split import Candidate, Side, assign
from builders.types import Document, Dropped

PREPARED = "prepared"
PARSED = "parsed"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is in the corpus."""

    facts: Facts
    stored: Path
    licence: str | None
    side: Side
    left_out: frozenset[int]
    """Indices of blocks that stand in another paper already."""

    def document(self) -> Document:
        """Reads the paper's text."""
        return replace(without(read_document(self.stored), self.left_out), licence=self.licence)


@dataclass(frozen=True)
class Corpus:
    """What the papers gave: who is on which side, and what was dropped of them."""

    papers: tuple[Paper, ...]
    sides: dict[str, Side]
    dropped: tuple[Dropped, ...]
    fixes: dict[str, int]
    files: int
    forgotten: int

    def of(self, side: Side) -> list[Paper]:
        return [paper for paper in self.papers if paper.side == side]

    def documents(self, side: Side) -> Iterator[Document]:
        """Streams the documents of one side, in the order of their files."""
        return (paper.document() for paper in self.of(side))


def gather(config: BuildConfig, previous: Mapping[str, Side], steps: Steps) -> Corpus:
    """Reads every paper, and decides which are in the corpus and on which side."""
    found = [file for folder in config.papers for file in find_papers(Path(folder))]
    steps.say(f"papers: {len(found)} files found")
    forgotten = Forgotten.load(config.output)
    files = with_hashes([file for file in found if not forgotten.has_file(file)], config.output / PARSED)
    unparsed = _parse(files, config, steps)
    read = list(_prepared([file for file in files if file.name not in unparsed], config, steps))
    known = [(facts, path) for facts, path in read if facts.id is None or not forgotten.has_id(facts.id)]
    for facts, path in read:
        if facts.id is not None and forgotten.has_id(facts.id):
            path.unlink(missing_ok=True)  # a forgotten paper under another name
    dropped = [*unparsed.values(), *(item for facts, _ in known for item in facts.dropped)]
    usable, refused = _usable(known, config)
    duplicates = find_duplicates((_entry(facts, path) for facts, path in usable), config.duplicates, config.output)
    dropped += [*refused, *duplicates.dropped]
    sides = _sides([facts for facts, _ in usable], duplicates, config, previous)
    left_out = {name: frozenset(blocks) for name, blocks in duplicates.blocks.items()}
    usable = [(facts, path) for facts, path in usable if facts.name not in duplicates.papers]
    if config.semantic.enabled:
        dropped += _semantic(usable, left_out, config)
    papers = tuple(
        Paper(
            facts,
            path,
            licence_of(_named(facts), config.licence),
            sides[str(facts.id)],
            left_out.get(facts.name, frozenset()),
        )
        for facts, path in usable
    )
    fixes = sum((Counter(facts.fixes) for facts, _ in known), Counter[str]())
    gone = len(found) - len(files) + len(read) - len(known)
    corpus = Corpus(papers, sides, tuple(dropped), dict(sorted(fixes.items())), len(found), gone)
    steps.say(_said(corpus))
    return corpus


def _parse(files: Sequence[PaperFile], config: BuildConfig, steps: Steps) -> dict[str, Dropped]:
    """Parses the PDFs that `make parse` has not; returns the faults by file."""
    pdfs = [file for file in files if file.kind == "pdf"]
    faults = {}
    with Journal(config.output / PARSED) as journal:
        for outcome in shown(parse_papers(pdfs, config.output / PARSED, config.parse, journal), len(pdfs), steps):
            if outcome.fault:
                name = outcome.file.name
                faults[name] = Dropped(outcome.fault.reason, name, outcome.fault.detail)
    steps.say(f"papers: {len(pdfs) - len(faults)} of {len(pdfs)} PDFs parsed")
    return {name: faults[name] for name in sorted(faults)}


def _prepared(files: Sequence[PaperFile], config: BuildConfig, steps: Steps) -> Iterator[tuple[Facts, Path]]:
    """Runs the map over what is new; yields the facts of every paper, without the fingerprints."""
    settings = settings_of(config, files, steps)
    store = Store(config.output / PREPARED)
    keyed = list(tasks(files, settings))
    new = sum(item.key not in store for item in keyed)
    steps.say(f"papers: {len(files)} files, {new} of them new or changed")
    paths = list(steps.track(mapped(prepare, keyed, store, config.engine), len(keyed), "reading papers"))
    store.keep_only(item.key for item in keyed)
    steps.say("papers: all read and cleaned")
    for path in paths:
        yield replace(read_facts(path), fingerprints=None), path


def settings_of(config: BuildConfig, files: Sequence[PaperFile], steps: Steps) -> Settings:
    """What the map over the papers of a recipe depends on; counts the words of the corpus where nobody did yet."""
    if config.lexicon is None and not config.lexicon_file.is_file():
        renew(files, config, steps)
    with config.lexicon_file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    parsed, lexicon = str(config.output / PARSED), str(config.lexicon_file)
    return Settings(parsed, tiers(config.parse), lexicon, digest, config.clean, config.duplicates)


def _usable(
    known: Sequence[tuple[Facts, Path]], config: BuildConfig
) -> tuple[list[tuple[Facts, Path]], list[Dropped]]:
    """The readable papers that may be used, and why the others may not."""
    usable, refused = [], []
    for facts, path in known:
        if facts.id is None:
            continue
        reason = verdict(_named(facts), config.licence)
        if reason is None:
            usable.append((facts, path))
        else:
            refused.append(reason)
    return usable, refused


def _named(facts: Facts) -> Named:
    return Named(str(facts.id), facts.name, facts.licence)


def _entry(facts: Facts, path: Path) -> Entry:
    fingerprints = read_facts(path).fingerprints
    assert fingerprints is not None, f"{path}: a readable paper has fingerprints"
    return Entry(facts.name, str(facts.id), facts.title, fingerprints)


def _semantic(
    usable: Sequence[tuple[Facts, Path]], left_out: dict[str, frozenset[int]], config: BuildConfig
) -> list[Dropped]:
    """Adds the paragraphs that say what others do, in other words, to those that are left out; says which."""
    with Embeddings(config.semantic, config.output / "embeddings.sqlite") as embed:
        documents = (read_document(path) for _, path in usable)
        found = find_semantic_duplicates(documents, embed, config.semantic, config.output, left_out)
    for name, blocks in found.items():
        left_out[name] = left_out.get(name, frozenset()) | frozenset(blocks)
    return [item for blocks in found.values() for item in blocks.values()]


def _sides(
    usable: Sequence[Facts], duplicates: Duplicates, config: BuildConfig, previous: Mapping[str, Side]
) -> dict[str, Side]:
    """The side of every paper by id, copies of a work together; what was assigned before never moves."""
    candidates = {
        str(facts.id): Candidate(str(facts.id), facts.language, duplicates.clusters[facts.name]) for facts in usable
    }
    return dict(previous) | assign(list(candidates.values()), config.split, previous, config.seed)


def _said(corpus: Corpus) -> str:
    counts = [f"{len(corpus.of('train'))} to train", f"{len(corpus.of('heldout'))} held out"]
    counts.append(f"{len(corpus.dropped)} papers or paragraphs dropped")
    counts += [f"{corpus.forgotten} forgotten"] if corpus.forgotten else []
    return f"papers: {', '.join(counts)} of {corpus.files} files"
