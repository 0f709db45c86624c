"""All imported rows seen together: prefixes, duplicates and evaluation sets taken out; the dataset and its counts out.

A row that a longer dialogue begins with goes (Huatuo's sets were expanded so), the same row twice, and a question that
is nearly another's with the same answer. What an evaluation set asks, or what names a held-out fact, is never trained.

    data/<recipe>/sft_imported.jsonl    {"id": ..., "task": "import.alpaca", "conversations": [...], "tools": ""}
    data/<recipe>/unanswered.jsonl      {"id": ..., "language": "zh", "question": ..., "document": ..., "line": 3, ...}
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extractOne

from builders import formats
from builders.config import BuildConfig
from builders.corpus.contamination import Contamination, EvaluationText
from builders.corpus.decontaminate import evaluation_texts, sets
from builders.graph.graph import Graph, folded
from builders.graph.leaks import HeldoutFinder
from builders.graph.split import GraphSplit
from builders.graph.wordings import NO_WORD, Wordings
from builders.ids import row_id
from builders.importers.config import ImportConfig
from builders.importers.leaks import Leaks, Objective
from builders.importers.questions import Answer, GraphAnswers
from builders.importers.read import Entry, Tally, entries
from builders.importers.shapes import QUESTION
from builders.output import Output
from builders.progress import Steps
from builders.types import ChatSample, Dropped, Message, Source

DATASET = "sft_imported"
UNANSWERED = "unanswered.jsonl"
NEAR = 0.9
"""Share of the characters of two questions that are the same, from which they are nearly equal."""
COMPARED = 64
"""Questions of one answer with which a further one is compared: `yes` has thousands."""
QUESTION_CHARACTERS = 500
SHOWN = 80


@dataclass(frozen=True)
class Known:
    """What imported rows are compared with and answered from."""

    evaluation: Sequence[EvaluationText]
    contamination: Contamination
    heldout: HeldoutFinder
    answers: GraphAnswers

    @staticmethod
    def of(folder: Path, config: BuildConfig, graph: Graph, split: GraphSplit, test: Wordings) -> Known:
        """From the evaluation sets that lie in a folder, or that the recipe names, and the graph."""
        registered = sets(folder, config.decontaminate) if config.decontaminate.enabled else []
        texts = list(evaluation_texts(registered))
        answers = GraphAnswers(graph, split, test, config.graph.questions.list_cap)
        return Known(texts, Contamination(texts, config.decontaminate.match), HeldoutFinder(graph, split), answers)


@dataclass(frozen=True)
class Imported:
    """What the imports gave beside their rows."""

    dropped: list[Dropped]
    summary: list[dict[str, Any]]
    """A file's counts, with its licence."""


def write_imports(
    out: Output,
    config: BuildConfig,
    graph: Graph,
    split: GraphSplit,
    test: Wordings,
    steps: Steps,
    objective: Objective | None = None,
) -> Imported:
    """Writes what the files of a recipe give; without any, empty files, so that no older ones stay."""
    if not config.imports:
        out.dataset(DATASET, formats.tools, ())
        out.rows(UNANSWERED, ())
        return Imported([], [])
    leaks = Leaks.load(objective)
    tallies = [Tally() for _ in config.imports]
    reduced = _Reduce(config.imports, tallies, Known.of(out.building / "eval", config, graph, split, test))
    with tempfile.TemporaryFile() as spool:
        for number, (each, tally) in enumerate(zip(config.imports, tallies, strict=True)):
            for entry in entries(each, leaks, tally):
                reduced.prefixes.update(_prefixes(entry))
                _put(spool, number, entry)
        spool.seek(0)
        with out.open_dataset(DATASET, formats.tools) as rows, out.open(UNANSWERED) as unanswered:
            for made in reduced.rows(_taken(spool)):
                rows.write(made) if isinstance(made, ChatSample) else unanswered.write(made)
    summary = [reduced.counts(number) for number in range(len(tallies))]
    for counts in summary:
        kept, mended, gone = counts["rows"], sum(counts["mended"].values()), sum(counts["dropped"].values())
        said = f"{counts['read']:,} rows read, {kept:,} kept, {mended:,} places mended, {gone:,} dropped"
        left = f", {counts['unanswered']:,} questions without an answer" if counts["unanswered"] else ""
        steps.say(f"imports: {counts['path']}: {said}{left}")
    return Imported([item for tally in tallies for item in tally.dropped], summary)


def _put(spool: IO[bytes], number: int, entry: Entry) -> None:
    turns = [(message.role, message.content) for message in entry.messages]
    row = (number, entry.line, entry.format, entry.language, turns, entry.tools)
    spool.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _taken(spool: IO[bytes]) -> Iterator[tuple[int, Entry]]:
    for line in spool:
        number, place, kind, language, turns, tools = orjson.loads(line)
        yield number, Entry(place, kind, language, tuple(Message(*turn) for turn in turns), tools)


def _prefixes(entry: Entry) -> Iterator[bytes]:
    """Digests of the dialogues that this one begins with, itself left out."""
    return (digest for digest in list(_digests(entry))[:-1])


def _digests(entry: Entry) -> Iterator[bytes]:
    """Digests of the dialogue up to each question but the first, and of the whole."""
    hashed = hashlib.blake2b(entry.tools.encode(), digest_size=16)
    asked = False
    for message in entry.messages:
        if message.role == "user" and asked:
            yield hashed.digest()
        asked = asked or message.role == "user"
        hashed.update(f"\x1e{message.role}\x1f{' '.join(message.content.split())}".encode())
    yield hashed.digest()


class _Reduce:
    """Takes entries in a fixed order and gives rows; holds digests and questions, never rows."""

    def __init__(self, imports: Sequence[ImportConfig], tallies: Sequence[Tally], known: Known) -> None:
        self.prefixes: set[bytes] = set()
        self._imports = imports
        self._tallies = tallies
        self._known = known
        self._asked = {
            _folded(text.text): f"{text.set} {text.id}" for text in known.evaluation if text.field == "question"
        }
        self._seen: set[bytes] = set()
        self._questions: dict[bytes, list[str]] = defaultdict(list)
        self._languages = [Counter[str]() for _ in imports]
        self._given = [Counter[str]() for _ in imports]

    def rows(self, taken: Iterator[tuple[int, Entry]]) -> Iterator[ChatSample | dict[str, Any]]:
        """Samples for the dataset, and plain rows for the questions that stay without an answer."""
        for number, entry in taken:
            refused = self._refused(entry)
            made = refused or (self._answered(number, entry) if entry.format == QUESTION else None)
            if isinstance(made, tuple):
                place = f"{self._imports[number].path}:{entry.line}"
                self._tallies[number].dropped.append(Dropped(made[0], place, made[1]))
                continue
            self._languages[number][entry.language] += 1
            self._given[number]["unanswered" if isinstance(made, dict) else "rows"] += 1
            yield made or self._sample(number, entry)

    def counts(self, number: int) -> dict[str, Any]:
        """The summary of one file."""
        config, tally = self._imports[number], self._tallies[number]
        return {
            "path": config.path,
            "licence": config.licence,
            "read": tally.read,
            "rows": self._given[number]["rows"],
            "unanswered": self._given[number]["unanswered"],
            "formats": dict(sorted(tally.formats.items())),
            "languages": dict(sorted(self._languages[number].items())),
            "mended": dict(sorted(tally.mended.items())),
            "beyond_repair": dict(sorted(tally.beyond.items())),
            "dropped": dict(sorted(Counter(item.reason for item in tally.dropped).items())),
        }

    def _refused(self, entry: Entry) -> tuple[str, str] | None:
        """Why a row may not be trained on, if so: a reason and a detail."""
        *_, whole = _digests(entry)
        if whole in self.prefixes:
            return "prefix_of_longer", f"a longer dialogue begins with it: {entry.messages[0].content[:SHOWN]!r}"
        if whole in self._seen:
            return "duplicate", f"was there already: {entry.messages[0].content[:SHOWN]!r}"
        self._seen.add(whole)
        return self._leaks(entry) or self._repeats(entry)

    def _leaks(self, entry: Entry) -> tuple[str, str] | None:
        for message in entry.messages:
            if message.role == "user" and (where := self._asked.get(_folded(message.content))):
                return "in_evaluation_set", f"{where}: {message.content[:SHOWN]!r}"
        said = "\n\n".join(message.content for message in entry.messages)
        if hits := self._known.contamination.find(said):
            shown = said[hits[0].start : hits[0].end][:SHOWN]
            return "in_evaluation_set", f"{hits[0].set} {hits[0].id}: {shown!r}"
        if facts := self._known.heldout.find(said):
            return "names_held_out_fact", facts[0].key.replace("\t", " ")
        return None

    def _repeats(self, entry: Entry) -> tuple[str, str] | None:
        """Whether nearly the same was asked already and answered in the same words."""
        asked = _folded(" ".join(each.content for each in entry.messages if each.role in ("user", "observation")))
        said = _folded(" ".join(each.content for each in entry.messages if each.role not in ("user", "observation")))
        # Where there is no answer, only what is asked in the very same words comes together.
        before = self._questions[hashlib.blake2b((said or asked).encode(), digest_size=16).digest()]
        asked, scorer = asked[:QUESTION_CHARACTERS], Levenshtein.normalized_distance
        near = extractOne(asked, before[-COMPARED:], scorer=scorer, score_cutoff=1 - NEAR, processor=None)
        if near is not None and near[1] <= 1 - NEAR:
            return "near_duplicate", f"{near[1]:.2f} from {near[0][:SHOWN]!r} with the same answer"
        before.append(asked)
        return None

    def _answered(self, number: int, entry: Entry) -> tuple[str, str] | dict[str, Any] | ChatSample:
        """A question with the graph's answer, or as it is for somebody who knows more."""
        config, question = self._imports[number], entry.messages[0].content
        found = self._known.answers.answer(question, entry.language)
        if isinstance(found, Answer):
            task = config.task or f"import.{entry.format}"
            sources = tuple(
                Source(config.name, line=entry.line, triple=triple.key, maker=f"import.{entry.format}")
                for triple in found.triples
            )
            messages = (Message("user", question), Message("assistant", found.text))
            return ChatSample(row_id(task, question, found.text), task, messages, sources)
        if found != "unanswered":
            return found, question[:SHOWN]
        return {
            "id": row_id("unanswered", question),
            "language": entry.language,
            "question": question,
            "document": config.name,
            "line": entry.line,
            "licence": config.licence,
        }

    def _sample(self, number: int, entry: Entry) -> ChatSample:
        config = self._imports[number]
        task = config.task or f"import.{entry.format}"
        source = Source(config.name, line=entry.line, maker=f"import.{entry.format}")
        said = [part for message in entry.messages for part in (message.role, message.content)]
        return ChatSample(row_id(task, *said, entry.tools), task, entry.messages, (source,), entry.tools or None)


def _folded(text: str) -> str:
    """What is left of a text for comparing: no case, width, blanks or punctuation."""
    return NO_WORD.sub("", folded(text))
