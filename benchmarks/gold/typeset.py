"""Text and a style in, a paragraph that remembers its lines out; and what the lines say about hyphens.

paragraph = Set("IFN-α of 5 µm ...", style, log, key=3);  ... build ...
log[3]  ->  [Printed(page=2, x=51.0, text="IFN-α of 5 µm was mea-"), ...]
broken_words(text, lines)  ->  (["measured"], [])        # hyphens the setter added; compounds broken at their own
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import pyphen
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from benchmarks.gold.fonts import markup

_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+(?:[,–][⁰¹²³⁴-⁹]+)*")
_LATIN_PHRASE = re.compile(r"\b(in vivo|in vitro|in situ|ex vivo|et al)\b")
_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


_ENGLISH = pyphen.Pyphen(lang="en_US")


def hyphenate(word: str) -> Iterator[tuple[str, str]]:
    """Where a word may be broken, the longest head first; a compound only at its own hyphens, as TeX does."""
    if "-" not in word:
        yield from _ENGLISH.iterate(word)
        return
    for at in range(len(word) - 2, 1, -1):
        if word[at - 1] == "-" and word[at] != "-":
            yield word[:at], word[at:]


class Printed(NamedTuple):
    """One line where it was printed."""

    page: int
    left: float
    text: str


Log = defaultdict[int, list[Printed]]


class Set(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph that writes its lines to a log when it is drawn, in parts where a column cut it."""

    log: Log | None = None
    key = 0
    broken: float | None = None

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.log, part.key = self.log, self.key
        if len(parts) == 2:
            # Its lines are broken already; breaking them again may give one more than fits.
            parts[0].broken = width
            parts[0].blPara = self.blPara.clone(lines=parts[0].blPara.lines)
        return parts

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.broken == width:
            return self.width, self.height
        wrapped: tuple[float, float] = super().wrap(width, height)
        return wrapped

    def draw(self) -> None:
        super().draw()
        if self.log is not None:
            page, left = self.canv.getPageNumber(), self.canv.absolutePosition(0, 0)[0]
            self.log[self.key].extend(Printed(page, left, _line(line)) for line in self.blPara.lines)


def _line(line: Any) -> str:
    if isinstance(line, tuple):
        return " ".join(line[1])
    return "".join(word.text for word in line.words)


def set_text(text: str, style: ParagraphStyle, log: Log | None = None, key: int = 0, ligatures: bool = False) -> Set:
    """Makes the paragraph; raised digits become superscripts, Latin phrases italic."""
    if ligatures:
        for letters, joined in _LIGATURES:
            text = text.replace(letters, joined)
    parts: list[str] = []
    end = 0
    for match in _RAISED.finditer(text):
        parts.append(_italic(markup(text[end : match.start()], style.fontName)))
        rise, size = 0.33 * style.fontSize, 0.68 * style.fontSize
        digits = unicodedata.normalize("NFKC", match.group())
        parts.append(f'<super rise="{rise:.1f}" size="{size:.1f}">{digits}</super>')
        end = match.end()
    parts.append(_italic(markup(text[end:], style.fontName)))
    made = Set("".join(parts), style)
    made.log, made.key = log, key
    return made


def _italic(source: str) -> str:
    return _LATIN_PHRASE.sub(r"<i>\1</i>", source)


def as_printed(text: str, lines: Sequence[Printed]) -> str:
    """The text without the hyphens that the setter lost: reportlab drops those of compounds that it breaks twice."""
    printed = _squeezed("".join(line.text for line in lines))
    ends = set(accumulate(len(_squeezed(line.text)) for line in lines))
    kept: list[str] = []
    at = 0
    for character in text:
        drawn = _squeezed(character)
        if not printed.startswith(drawn, at) and printed.startswith("-", at) and at + 1 in ends:
            at += 1
        if printed.startswith(drawn, at):
            at += len(drawn)
            kept.append(character)
        elif character != "-":
            return text
    return "".join(kept)


def broken_words(text: str, lines: Sequence[Printed]) -> tuple[list[str], list[str]]:
    """The words that were broken by an added hyphen, and the compounds broken at a hyphen of their own."""
    source = _squeezed(text)
    added: list[str] = []
    own: list[str] = []
    at = 0
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        printed = _squeezed(line.text)
        if after is None or not printed.endswith("-"):
            at += len(printed)
            continue
        left, right = line.text.split()[-1], (after.text.split() or [""])[0]
        if source[at + len(printed) - 1 : at + len(printed)] == "-":
            own.append(left + right)
            at += len(printed)
        else:
            added.append(left[:-1] + right)
            at += len(printed) - 1
    return added, own


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
