"""A structured paper in, what a journal would print of it out: items in order, each a heading or a paragraph.

Manuscript(id="W2024502892", title="High aspect ratio ...", authors=("A. Li", ...), abstract="...",
           body=(Item(1, "Introduction"), Item(None, "Nanoapertures ..."), ...), appendix=(Item(1, "Methods"), ...))
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks.gold.fonts import drawable

_CORRECTIONS = Path(__file__).with_name("corrections.yaml")
_TAG = re.compile(r"</?[a-z]{1,4}>", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.|[A-Z]\.)\s+")
_SENTENCE_END = re.compile(r"[.!?:;][)\]”\"’]*$")
_BACK_MATTER = re.compile(
    r"conclu|acknowledg|supplement|fund|interest|contribution|availab|abbrev|disclos|introduct", re.I
)
_DEBRIS = 40
"""Characters below which a paragraph without an end is what a formula left behind."""
_LONGEST_WORD = 60
"""A longer word is a table that lost its cells, or a sequence that the setter would cut anywhere."""
_DEBRIS_SHARE = 0.04
_LONGEST_HEADING = 150
_CHARACTERS = range(15_000, 46_000)


@dataclass(frozen=True, slots=True)
class Item:
    """A heading with its depth from 1, or a paragraph (`depth` None)."""

    depth: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What is to be printed."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: str
    abstract: str
    body: tuple[Item, ...]
    appendix: tuple[Item, ...]
    """A section of the paper that is printed after the reference list."""


def manuscripts(folder: Path) -> list[Manuscript]:
    """Every paper of the folder that can be printed, in the order of the file names."""
    corrections = yaml.safe_load(_CORRECTIONS.read_text(encoding="utf-8"))
    papers = (json.loads(_corrected(path, corrections)) for path in sorted(folder.glob("*.json")))
    return [manuscript for paper in papers if (manuscript := manuscript_of(paper))]


def _corrected(path: Path, corrections: list[dict[str, str]]) -> str:
    text = path.read_text(encoding="utf-8")
    for each in corrections:
        if each["paper"] == path.stem:
            before, found, after = text.partition(each["text"])
            assert found, f"{_CORRECTIONS}: {path.stem} has no {each['text']!r}"
            assert each["text"] not in after, f"{_CORRECTIONS}: {path.stem} has {each['text']!r} twice"
            text = f"{before}{each['corrected']}{after}"
    return text


def manuscript_of(paper: dict[str, Any]) -> Manuscript | None:
    """One paper; None where it is flat, very long or short, or full of what formulas left behind."""
    sections = [list(_items(section, 1)) for section in paper["sections"]]
    sections = [section for section in sections if any(item.depth is None for item in section)]
    items = [item for section in sections for item in section]
    debris = sum(item.depth is None and _is_debris(item.text) for item in items)
    characters = sum(len(item.text) for item in items)
    texts = [paper["title"], paper["abstract"], *(item.text for item in items)]
    deep = any(item.depth is not None and item.depth > 1 for item in items)
    if not deep or characters not in _CHARACTERS or debris > _DEBRIS_SHARE * len(items) or not paper["abstract"]:
        return None
    # LaTeX that was left in the text is no print.
    if any("\\" in text or not drawable(_text(text)) for text in texts):
        return None
    appendix = _appendix(sections)
    if appendix is None:
        return None
    return Manuscript(
        id=paper["id"].rpartition("/")[2],
        title=_text(paper["title"]),
        authors=tuple(_text(author) for author in paper["authors"][:8] if drawable(_text(author))),
        year=paper["date"][:4],
        abstract=_text(paper["abstract"]),
        body=tuple(item for section in sections if section is not appendix for item in section if _kept(item)),
        appendix=tuple(item for item in appendix if _kept(item)),
    )


def _items(section: dict[str, Any], depth: int) -> Iterator[Item]:
    title = _OWN_NUMBER.sub("", _text(section["title"]))
    inner = [item for child in section["subsections"] for item in _items(child, depth + 1)]
    paragraphs = [Item(None, text) for part in section["paragraphs"] if (text := _text(part))]
    if (
        sum(character.isalpha() for character in title) > 2
        and len(title) <= _LONGEST_HEADING
        and (inner or paragraphs)
    ):
        yield Item(depth, title)
    elif inner and not paragraphs:
        inner = [replace(item, depth=item.depth and item.depth - 1) for item in inner]
    yield from paragraphs
    yield from inner


def _text(raw: str) -> str:
    return " ".join(_TAG.sub("", raw).replace("\u00ad", "").split())


def _is_debris(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return (len(text) < _DEBRIS and not is_ended(text)) or 2 * letters < len(text)


def is_ended(text: str) -> bool:
    """Whether a paragraph ends as a sentence does, its note or citation included; else a formula stood behind it."""
    return bool(_SENTENCE_END.search(text.rstrip("0123456789⁰¹²³⁴⁵⁶⁷⁸⁹,–-[] ")))


def _kept(item: Item) -> bool:
    glued = max(map(len, item.text.split())) > _LONGEST_WORD
    return item.depth is not None or not (glued or _is_debris(item.text))


def _appendix(sections: list[list[Item]]) -> list[Item] | None:
    """The last section but the first two that no paper closes with."""
    fit = [section for section in sections[2:] if section[0].depth == 1 and not _BACK_MATTER.search(section[0].text)]
    return fit[-1] if fit else None
