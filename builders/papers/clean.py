"""A paper as it was read -> the text worth learning from, with every fix counted.

    document, fixes = clean(document)
    fixes  ->  {"dropped_furniture": 34, "dropped_reference": 61, "hyphen": 12, "latex_spacing": 87, ...}

Furniture, references and empty blocks go; in what stays, each text is mended by the fixes of its kind, in a fixed
order. A count is of places mended, or of blocks dropped.
"""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import ftfy

from builders.papers import latex
from builders.papers.assemble import version_of
from builders.papers.hyphens import Hyphens
from builders.papers.tables import table_text
from builders.types import Block, Document

Fix = Callable[[str], tuple[str, int]]

_DROPPED = ("furniture", "reference")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]*\)|<img\b[^<>]*>|data:image/[\w.+-]+;base64,[\w+/=]+")
_DETAILS = re.compile(r"<details\b.*?</details>", re.IGNORECASE | re.DOTALL)
_SUB_SUP = re.compile(r"<(su[bp])>([^<>]{0,200})</\1>")
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|small|big|br|p|div|a|font|sub|sup|mark|center|h[1-6]|ul|ol|li|hr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,31}\d{0,2});", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]")
_MATHS = re.compile(r"(?<!\\)\$([^$\n]{1,2000})\$(?: (?=[,.;:!?)\]，。；：？！）]))?")
_SPACED_CHINESE = re.compile(
    r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])| +(?=[，。；：？！、（）《》])|(?<=[，。；：？！、（）《》]) +"
)
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff）])([:;,?!])(?!//) ?")
_FULL_WIDTH = {":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
_SUPERSCRIPT = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT = str.maketrans("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")
_UNICODE = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    # Full-width punctuation is right in Chinese.
    fix_character_width=False,
    normalization="NFC",
    explain=False,
)


def clean(document: Document) -> tuple[Document, dict[str, int]]:
    """Drops what is no text of the paper and mends the rest; returns the paper and what was done, by name."""
    counts: Counter[str] = Counter()
    kept = []
    for block in document.blocks:
        if block.kind in _DROPPED:
            counts[f"dropped_{block.kind}"] += 1
        else:
            kept.append(block)
    mended = mend(replace(document, blocks=tuple(kept)), counts)
    return mended, {name: counts[name] for name in sorted(counts) if counts[name]}


def mend(document: Document, counts: Counter[str]) -> Document:
    """Mends the texts of all blocks; those that end up empty are dropped."""
    hyphens = Hyphens(block.text for block in document.blocks if block.kind not in ("code", "equation"))
    fixes = _fixes(hyphens)
    heading = functools.cache(lambda text: _apply(text, fixes, Counter()))
    blocks = []
    for block in document.blocks:
        text = _mend_block(block, fixes, counts)
        if text:
            blocks.append(replace(block, text=text, section=tuple(map(heading, block.section))))
        else:
            counts["empty_block"] += 1
    return replace(
        document,
        title=heading(document.title),
        blocks=tuple(blocks),
        version=version_of(blocks),
    )


def _fixes(hyphens: Hyphens) -> list[tuple[str, Fix]]:
    return [
        ("image", lambda text: _IMAGE.subn("", text)),
        ("figure_text", lambda text: _DETAILS.subn("", text)),
        ("sub_or_superscript", lambda text: _SUB_SUP.subn(_sub_or_superscript, text)),
        ("html_tag", lambda text: _TAG.subn(" ", text)),
        ("html_entity", lambda text: _ENTITY.subn(lambda match: html.unescape(match.group()), text)),
        ("control_character", lambda text: _CONTROL.subn("", text)),
        ("hyphen", hyphens.mend),
        ("latex", _tidy_maths),
        ("unicode", _fix_unicode),
        ("chinese_spacing", _space_chinese),
    ]


def _mend_block(block: Block, fixes: list[tuple[str, Fix]], counts: Counter[str]) -> str:
    if block.kind == "code":
        text, count = _CONTROL.subn("", block.text)
        counts["control_character"] += count
        return text.strip("\n")
    if block.kind == "equation":
        text = latex.tidy(block.text)
        counts["latex"] += text != block.text
        return text
    if block.kind == "table":
        text = table_text(block.text, lambda cell: _apply(cell, fixes, counts))
        counts["table"] += text != block.text
        return text
    return _apply(block.text, fixes, counts)


def _apply(text: str, fixes: list[tuple[str, Fix]], counts: Counter[str]) -> str:
    for name, fix in fixes:
        text, count = fix(text)
        counts[name] += count
    lines = (re.sub(r"[ \t\u00a0\u2002-\u200a]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _sub_or_superscript(match: re.Match[str]) -> str:
    tag, inner = match.group(1), match.group(2).strip()
    letters = _SUPERSCRIPT if tag == "sup" else _SUBSCRIPT
    if all(ord(character) in letters or character in ", *∗†‡§¶" for character in inner):
        return inner.translate(letters)
    if tag == "sup" and inner in ("st", "nd", "rd", "th"):
        return inner
    return f"{'^' if tag == 'sup' else '_'}{inner if len(inner) == 1 else '{' + inner + '}'}"


def _tidy_maths(text: str) -> tuple[str, int]:
    changed = 0

    def tidied(match: re.Match[str]) -> str:
        nonlocal changed
        source = latex.tidy(match.group(1))
        plain = latex.plain(source)
        mended = f"${source}$" if plain is None else plain
        changed += mended != match.group()
        return mended

    return _MATHS.sub(tidied, text), changed


def _fix_unicode(text: str) -> tuple[str, int]:
    fixed = ftfy.fix_text(text, _UNICODE)
    return fixed, int(fixed != text)


def _space_chinese(text: str) -> tuple[str, int]:
    """Takes out the spaces that justified lines leave in Chinese; half-width marks after a character become full."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return text, 0
    text, spaces = _SPACED_CHINESE.subn("", text)
    text, marks = _HALF_WIDTH.subn(lambda match: _FULL_WIDTH[match.group(1)], text)
    return text, spaces + marks
