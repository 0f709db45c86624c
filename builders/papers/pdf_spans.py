r"""A block's text as docvortex types it, spans of one look, against the page's lines: where each line begins in it.

    pieces_of([{"type": "text", "content": "G proteincoupled receptors"}], lines)
        ->  [Piece(Line("G protein\ufffe", ...), [{"type": "text", "content": "G protein"}]),
             Piece(Line("coupled receptors", ...), [{"type": "text", "content": "coupled receptors"}])]

Both sides are compared by their letters and digits alone: docvortex decides about hyphens and spaces at line ends by
itself, and what the page says is put back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from builders.papers.pdf_lines import Line

Span = dict[str, Any]

_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
_MARKED = re.compile(r"\w[-/–—]$")
_SEQUENCES = (
    (re.compile(r"(?<![A-Za-z])[ACGTU]{6,}$"), re.compile(r"[ACGTU]{4,}")),
    (re.compile(r"(?<![A-Za-z])[A-Z]{20,}$"), re.compile(r"[A-Z]{6,}")),
)
_NO_LETTER = re.compile(r"[^0-9A-Za-z]+")
_TRAILING = re.compile(r"[^\w\s]*$")
_PART = 6
"""Letters from which a part of a line is told from chance."""
_CERTAIN = 12
"""Letters from which a line is hardly found in the wrong place."""
_COVERED = 0.9
"""Share of a block's letters that its lines must hold."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line and the spans that are its text."""

    line: Line
    spans: list[Span]


def flat(spans: Sequence[Span]) -> list[Span]:
    """Spans without nesting: a link becomes its text."""
    found: list[Span] = []
    for span in spans:
        if isinstance(span["content"], str):
            found.append(span)
        else:
            found.extend(flat(span["content"]))
    return found


def text_of(spans: Sequence[Span]) -> str:
    """The text of flat spans."""
    return "".join(span["content"] for span in spans)


def signature(text: str) -> str:
    """Letters and digits, ligatures and wide forms taken apart."""
    if text.isascii():
        return _NO_LETTER.sub("", text)
    return "".join(letter for letter, _ in _letters(text))


def _letters(text: str) -> Iterator[tuple[str, int]]:
    for index, character in enumerate(text):
        if character.isascii():
            if character.isalnum():
                yield character, index
        else:
            yield from ((part, index) for part in unicodedata.normalize("NFKC", character) if part.isalnum())


def pieces_of(spans: Sequence[Span], lines: Sequence[Line]) -> list[Piece]:
    """Cuts a block's spans into its lines, in the order of the spans; empty where the two do not agree."""
    whole = flat(spans)
    text = text_of(whole)
    letters = list(_letters(text))
    signed = "".join(letter for letter, _ in letters)
    placed = _placed(signed, [_own_part(line, signed) for line in lines])
    if not placed:
        return []
    order = [line for _, line in placed]
    cuts = [_cut_at(text, letters, start, before) for (start, _), before in zip(placed[1:], order, strict=False)]
    parts = _slices(whole, [0, *cuts, len(text)])
    return [Piece(line, _respaced(part, line.text)) for line, part in zip(order, parts, strict=True)]


def _own_part(line: Line, signed: str) -> Line:
    """The line, or of one that opens or ends the block in its midst the part that is the block's."""
    own = signature(line.text)
    if own in signed:
        return line
    for size in range(len(own) - 1, _PART - 1, -1):
        if signed.endswith(own[:size]):
            return line._replace(text=_first_letters(line.text, size))
        if signed.startswith(own[-size:]):
            return line._replace(text=line.text[len(_first_letters(line.text, len(own) - size)) :])
    return line


def _first_letters(text: str, count: int) -> str:
    places = [index for _, index in _letters(text)]
    return text[: places[count - 1] + 1] if count else ""


def _placed(signed: str, lines: Sequence[Line]) -> list[tuple[int, Line]]:
    """Where each line's letters begin in the block's, in that order; empty where they cover too little of it.

    Long lines are looked for first, wherever they stand: docvortex may have read rows of both columns in turn.
    """
    taken = bytearray(len(signed))
    found: dict[int, int] = {}
    owns = [signature(line.text) for line in lines]
    for least in (_CERTAIN, 0):
        at = 0
        for index, own in enumerate(owns):
            if index not in found and len(own) >= least:
                start = _free(signed, own, at, taken)
                if start is None:
                    return []
                found[index] = start
                taken[start : start + len(own)] = b"\x01" * len(own)
            at = found[index] + len(own) if index in found else at
    if sum(taken) < _COVERED * len(signed):
        return []
    return sorted(((start, lines[index]) for index, start in found.items()), key=lambda pair: pair[0])


def _respaced(spans: list[Span], line: str) -> list[Span]:
    """Spans without the spaces that the page has not: docvortex sees one where the type changes ("IL-1 β")."""
    text = text_of(spans)
    if " " not in text or signature(text) != signature(line):
        return spans
    drawn, own = [index for _, index in _letters(line)], [index for _, index in _letters(text)]
    false = {
        left + 1
        for at, (left, right) in enumerate(pairwise(own))
        if text[left + 1 : right] == " " and drawn[at + 1] - drawn[at] == 1 and _changes(text[left], text[right])
    }
    if not false:
        return spans
    kept: list[Span] = []
    start = 0
    for span in spans:
        content = span["content"]
        left = "".join(letter for at, letter in enumerate(content, start) if at not in false)
        kept.append({**span, "content": left})
        start += len(content)
    return kept


def _changes(left: str, right: str) -> bool:
    """Whether two letters are of different kinds: Latin, Greek, a digit; a gap beside Chinese is often meant."""
    if _CJK.match(left) or _CJK.match(right):
        return False
    return (left.isdigit(), left.isascii()) != (right.isdigit(), right.isascii())


def _free(signed: str, own: str, at: int, taken: bytearray) -> int | None:
    """Where a line's letters stand that no other line has taken: after the line before, or else anywhere."""
    for low in (at, 0):
        start = signed.find(own, low)
        while start >= 0:
            if not any(taken[start : start + len(own)]):
                return start
            start = signed.find(own, start + 1)
    return None


def _cut_at(text: str, letters: Sequence[tuple[str, int]], start: int, before: Line) -> int:
    """The place in the text where a line begins: what marks its predecessor ends with belong to that."""
    low = letters[start - 1][1] + 1 if start else 0
    high = letters[start][1] if start < len(letters) else len(text)
    between = text[low:high]
    trailing = _TRAILING.search(before.text.rstrip().removesuffix("\ufffe"))
    marks = trailing.group() if trailing else ""
    if before.text.endswith("\ufffe") and between.lstrip().startswith("-"):
        marks = "-"
    if marks and between.lstrip().startswith(marks):
        return low + between.index(marks) + len(marks)
    return low + len(between) - len(between.lstrip()) if not marks else low + _space_in(between)


def _space_in(between: str) -> int:
    found = re.search(r"\s", between)
    return found.start() if found else len(between)


def _slices(spans: Sequence[Span], cuts: Sequence[int]) -> list[list[Span]]:
    """The spans between each two cuts, counted in characters of their text."""
    parts: list[list[Span]] = []
    for low, high in pairwise(cuts):
        part: list[Span] = []
        at = 0
        for span in spans:
            content = span["content"]
            inner = content[max(0, low - at) : max(0, high - at)]
            if inner:
                part.append({**span, "content": inner})
            at += len(content)
        parts.append(part)
    return parts


def joined(pieces: Sequence[Piece]) -> list[Span]:
    """The spans of lines in a row: a hyphen at a line's end becomes U+FFFE, a space parts all others but Chinese."""
    spans: list[Span] = []
    for index, piece in enumerate(pieces):
        own = _stripped(piece.spans)
        if not own:
            continue
        if piece.line.text.rstrip().endswith("\ufffe"):
            own = [*own[:-1], {**own[-1], "content": own[-1]["content"].rstrip("-\ufffe\u00ad") + "\ufffe"}]
        elif index + 1 < len(pieces) and not _bound(text_of(own), pieces[index + 1].line.text.strip()):
            own = [*own, {"type": "text", "content": " "}]
        spans.extend(own)
    return _merged(spans)


def _bound(before: str, after: str) -> bool:
    """Whether no space parts two lines: Chinese, a word broken at its own mark, a sequence of bases or residues."""
    if _CJK.match(before[-1:]) and _CJK.match(after[:1]):
        return True
    if _MARKED.search(before) and after[:1].isalnum():
        return True
    return any(left.search(before) and right.match(after) for left, right in _SEQUENCES)


def _stripped(spans: Sequence[Span]) -> list[Span]:
    own = [dict(span) for span in spans]
    while own and not own[0]["content"].lstrip():
        own.pop(0)
    while own and not own[-1]["content"].rstrip():
        own.pop()
    if own:
        own[0]["content"] = own[0]["content"].lstrip()
        own[-1]["content"] = own[-1]["content"].rstrip()
    return own


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last is not None and _look(last) == _look(span):
            merged[-1] = {**last, "content": last["content"] + span["content"]}
        else:
            merged.append(span)
    return merged


def _look(span: Span) -> dict[str, Any]:
    return {key: value for key, value in span.items() if key != "content"}
