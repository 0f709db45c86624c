"""The first map over papers: a file in, its cleaned Document with all that the reduces need to know of it out.

    for path in mapped(prepare, tasks(files, settings), store, engine):
        facts = read_facts(path)              # id, licence, fixes, dropped paragraphs, fingerprints
        document = read_document(path)        # only where the text itself is wanted

A result has two lines of JSON, facts and document, so that what sees every paper need not read every text.
"""

from __future__ import annotations

import base64
import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson

from builders.corpus.fingerprints import DuplicatesConfig, Fingerprints, fingerprints
from builders.corpus.store import Keyed, code_version, key_of
from builders.documents import document_of
from builders.papers import PaperFile, UnreadablePaper, read_paper
from builders.papers.clean import CleanConfig, clean
from builders.papers.lexicon import Lexicon, load
from builders.types import Document, Dropped, Language

CODE = (
    *("papers", "types.py", "corpus/prepare.py"),
    *("corpus/near.py", "corpus/scratch.py", "corpus/fingerprints.py", "corpus/tokens.py"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the map depends on besides the file."""

    cache: str
    """Folder of parsed PDFs."""
    tiers: tuple[str, ...]
    """Whose parsed form of a PDF is read, the preferred first."""
    lexicon: str
    lexicon_digest: str
    clean: CleanConfig
    duplicates: DuplicatesConfig


@dataclass(frozen=True, slots=True)
class Task:
    """One paper to prepare."""

    file: PaperFile
    settings: Settings


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a paper without its text; of an unreadable one only `name`, `fixes` and `dropped`."""

    name: str
    fixes: dict[str, int]
    dropped: tuple[Dropped, ...]
    id: str | None = None
    title: str = ""
    language: Language = "other"
    licence: str | None = None
    reader: str = ""
    characters: int = 0
    fingerprints: Fingerprints | None = None


def tasks(files: Sequence[PaperFile], settings: Settings) -> Iterator[Keyed[Task]]:
    """Names each task by the file's content and everything else that its result depends on."""
    stated = (settings.tiers, settings.lexicon_digest, settings.clean, settings.duplicates, code_version(*CODE))
    for file in files:
        yield Keyed(key_of(file.sha256(), file.name, file.kind, *stated), Task(file, settings))


def prepare(task: Task) -> bytes:
    """Reads, cleans and fingerprints one paper; pure, for any engine."""
    counts: Counter[str] = Counter()
    settings = task.settings
    try:
        document = read_paper(task.file, counts, Path(settings.cache), settings.tiers)
    except UnreadablePaper as fault:
        return _lines(
            Facts(task.file.name, dict(counts), (Dropped(fault.reason, task.file.name, fault.detail),)), None
        )
    cleaned = clean(document, _lexicon(settings.lexicon, settings.lexicon_digest), settings.clean)
    fixes = dict(sorted((counts + Counter(cleaned.fixes)).items()))
    if not cleaned.document.text.strip():
        empty = Dropped("no_text", task.file.name, "nothing but furniture and references; look at the file")
        return _lines(Facts(task.file.name, fixes, (*cleaned.dropped, empty)), None)
    return _lines(_facts(cleaned.document, fixes, cleaned.dropped, settings), cleaned.document)


def _facts(document: Document, fixes: dict[str, int], dropped: tuple[Dropped, ...], settings: Settings) -> Facts:
    return Facts(
        document.path,
        fixes,
        dropped,
        document.id,
        document.title,
        document.language,
        document.licence,
        document.reader,
        len(document.text),
        fingerprints(document, settings.duplicates),
    )


@functools.cache
def _lexicon(path: str, digest: str) -> Lexicon:
    """The corpus vote table, read once a process; the digest makes a renewed one be read again."""
    return load(Path(path))


def _lines(facts: Facts, document: Document | None) -> bytes:
    stated = asdict(replace(facts, fingerprints=None))
    if facts.fingerprints is not None:
        stated["fingerprints"] = base64.b64encode(facts.fingerprints.to_bytes()).decode()
    return orjson.dumps(stated) + b"\n" + orjson.dumps(document) + b"\n"


def read_facts(path: Path) -> Facts:
    """The first line of a result."""
    with path.open("rb") as lines:
        row = orjson.loads(lines.readline())
    packed = row["fingerprints"]
    known = None if packed is None else Fingerprints.from_bytes(base64.b64decode(packed))
    return Facts(**{**row, "dropped": tuple(Dropped(**item) for item in row["dropped"]), "fingerprints": known})


def read_document(path: Path) -> Document:
    """The second line of a result; the paper is known to be readable."""
    with path.open("rb") as lines:
        lines.readline()
        return document_of(orjson.loads(lines.readline()))
