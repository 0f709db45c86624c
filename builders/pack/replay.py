"""General text against forgetting: files in, as many of their documents as make a share of all tokens out.

{"text": "...", "id": "wiki-17", "license": "cc-by-sa-4.0"}      is one document
{"instruction": "...", "input": "", "output": "..."}             question and answer, a blank line between them
{"conversations": [{"from": "human", "value": "..."}, ...]}      its turns, blank lines between them; no system prompt
notes.txt                                                        is one document

Documents are drawn by the seed, none twice. What was taken stands in `cpt_packed.replay.jsonl`:

{"id": "input/general.jsonl#wiki-17", "line": 17, "licence": "cc-by-sa-4.0", "tokens": 611}
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from builders.errors import UserError
from builders.pack.tokens import IN_CHARACTER, Encoded, Tokens, encode
from builders.pack.vocabulary import Vocabulary
from builders.types import Source

Row = dict[str, Any]

LICENCE_KEYS = ("licence", "license")
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Taken:
    """A document of the replay that was taken, whole or in part."""

    id: str
    line: int | None
    licence: str | None
    characters: int
    tokens: int

    def sources(self) -> list[Row]:
        return [asdict(Source(document=self.id, line=self.line, start=0, end=self.characters, maker="replay"))]


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    line: int | None
    licence: str | None
    text: str


def add_replay(
    tokens: Tokens, files: Sequence[str], share: float, seed: int, vocabulary: Vocabulary, cut_beyond: int
) -> Iterator[Taken]:
    """Adds documents until they make the share of all tokens; the last one is cut, at a sentence where one ends near.

    Raises:
        UserError: a file is missing or unreadable, or all of them together are too small.
    """
    wanted = round(tokens.total * share / (1 - share))
    drawn = _Drawn([Path(name) for name in files], seed)
    # Offsets of each are taken, because it shows only afterwards which one is the last.
    for encoded in encode(((document.id, document.text) for document in drawn), vocabulary, cut_beyond=0):
        last = len(encoded.ids) > wanted - 2
        if len(encoded.ids) > wanted:
            encoded = _shortened(encoded, wanted, vocabulary.separator)
        wanted -= len(encoded.ids)
        tokens.add(encoded if len(encoded.ids) > cut_beyond else replace(encoded, ends=None, cuts=None))
        document = drawn.given.pop(encoded.name)
        yield Taken(encoded.name, document.line, document.licence, encoded.characters, len(encoded.ids))
        if last:
            return
    raise UserError(
        f"pack.replay_share={share}: the replay files lack {wanted} tokens of it; add files, or lower the share"
    )


def _shortened(encoded: Encoded, length: int, separator: int) -> Encoded:
    """The beginning of a document that makes `length` tokens with its separator, or ends with a sentence before."""
    assert encoded.ends is not None
    assert encoded.cuts is not None
    near = encoded.cuts[(encoded.cuts < length) & (encoded.cuts >= length * 0.9)]
    kept = int(near[-1]) if len(near) else length - 1
    characters = int(encoded.ends[kept - 1]) & ~IN_CHARACTER
    ends = np.append(encoded.ends[:kept], np.uint32(characters))
    ids = np.append(encoded.ids[:kept], np.uint32(separator))
    return Encoded(encoded.name, ids, characters, ends, encoded.cuts[encoded.cuts < kept])


class _Drawn:
    """The documents of all files in an order drawn by the seed; one is read when it is its turn."""

    def __init__(self, files: list[Path], seed: int) -> None:
        self.files = files
        self.given: dict[str, _Document] = {}
        """What was given and not yet taken back, by id."""
        self._files = array("I")
        self._places = array("Q")
        self._lines = array("I")
        for number, path in enumerate(files):
            for place, line in _places(path):
                self._files.append(number)
                self._places.append(place)
                self._lines.append(line)
        self._order = array("Q", range(len(self._files)))
        random.Random(f"replay {seed}").shuffle(self._order)

    def __iter__(self) -> Iterator[_Document]:
        for index in self._order:
            path, line = self.files[self._files[index]], self._lines[index]
            document = _read_document(path, self._places[index], line)
            if document.text.strip():
                if document.id in self.given:
                    document = replace(document, id=f"{document.id}@{line}")
                self.given[document.id] = document
                yield document


def _places(path: Path) -> Iterator[tuple[int, int]]:
    """Where each document of a file begins, in bytes, and in which line; a .txt file is one document."""
    if not path.is_file():
        raise UserError(f"pack.replay: {path}: no such file; put it there or mend build.yaml")
    if path.suffix == ".txt":
        yield 0, 0
        return
    place = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if number == 1 and line.lstrip().startswith(b"["):
                raise UserError(f"pack.replay: {path}: one JSON array; write one object a line (`jq -c '.[]'`)")
            if line.strip():
                yield place, number
            place += len(line)


def _read_document(path: Path, place: int, line: int) -> _Document:
    if path.suffix == ".txt":
        return _Document(str(path), None, None, path.read_text(encoding="utf-8"))
    with path.open("rb") as file:
        file.seek(place)
        try:
            row = orjson.loads(file.readline())
        except orjson.JSONDecodeError as error:
            raise UserError(f"pack.replay: {path}:{line}: not JSON ({error}); mend or delete the line") from error
    texts = _texts(row) if isinstance(row, dict) else None
    if texts is None:
        raise UserError(
            f"pack.replay: {path}:{line}: neither text, nor instruction and output, nor conversations, nor messages;"
            " write one of them or delete the line"
        )
    name = row["id"] if isinstance(row.get("id"), str | int) else f"line-{line}"
    licence = next((row[key] for key in LICENCE_KEYS if isinstance(row.get(key), str)), None)
    return _Document(f"{path}#{name}", line, licence, "\n\n".join(text for text in texts if text))


def _texts(row: Row) -> list[str] | None:
    """The parts of a row, in order; None where it has none of the known forms."""
    if isinstance(row.get("text"), str):
        return [row["text"]]
    if isinstance(row.get("instruction"), str) and isinstance(row.get("output"), str):
        question = [part for part in (row["instruction"], row.get("input")) if isinstance(part, str) and part]
        return ["\n".join(question), row["output"]]
    for turns, speaker, said in (("conversations", "from", "value"), ("messages", "role", "content")):
        if isinstance(row.get(turns), list):
            return list(_said(row[turns], speaker, said))
    return None


def _said(turns: Iterable[Any], speaker: str, said: str) -> Iterator[str]:
    for turn in turns:
        if isinstance(turn, dict) and turn.get(speaker) != SYSTEM and isinstance(turn.get(said), str):
            yield turn[said]
