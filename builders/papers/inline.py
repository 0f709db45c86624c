r"""Inline text of the sources in one dialect: `$...$`, `<sub>`, `<sup>`, and plain words for all else.

from_markdown(r"**Abstract** by [Li](https://x.org), 5\% at $p < 0.05$")  ->  "Abstract by Li, 5% at $p < 0.05$"
from_spans([{"type": "text", "content": "d"}, {"type": "text", "content": "p", "styles": ["subscript"]}])
    ->  "d<sub>p</sub>"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_MATHS = re.compile(r"(?<!\\)(\$[^$\n]{1,2000}\$(?!\d))")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]\n]{1,500})\]\((?:https?|mailto|#)[^)\s]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*\\])\*(?![\w*])")
_ESCAPE = re.compile(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
_HARD_BREAK = re.compile(r"[ \t]+\n")
_STYLE_TAG = {"superscript": "sup", "subscript": "sub"}


def from_markdown(text: str) -> str:
    """Takes emphasis, links, images and escapes out of a Markdown string; maths stays as it is."""
    parts = _MATHS.split(_IMAGE.sub("", text))
    plain = (part if index % 2 else _plain(part) for index, part in enumerate(parts))
    return _HARD_BREAK.sub("\n", "".join(plain)).strip()


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", text)


def from_spans(spans: Sequence[Any]) -> str:
    """Joins typed spans of content_list_v2 and of MinerU 4 into one string of the dialect."""
    return "".join(_span(span) for span in spans if isinstance(span, Mapping)).strip()


def _span(span: Mapping[str, Any]) -> str:
    inner = span.get("children") or span.get("content")
    if isinstance(inner, list):
        return "".join(_span(child) for child in inner if isinstance(child, Mapping))
    if not isinstance(inner, str):
        return ""
    if span.get("type") == "equation_inline":
        return f" ${inner.strip()}$ "
    if span.get("type") == "md":
        return from_markdown(inner)
    for style in _styles(span):
        if style in _STYLE_TAG:
            return f"<{_STYLE_TAG[style]}>{inner}</{_STYLE_TAG[style]}>"
    return inner


def bold_opening(spans: Sequence[Any]) -> str:
    """The bold words that typed spans open with."""
    opening: list[str] = []
    for span in spans:
        if not isinstance(span, Mapping) or "bold" not in _styles(span):
            break
        opening.append(_span(span))
    return "".join(opening).strip()


def _styles(span: Mapping[str, Any]) -> Sequence[str]:
    """MinerU 4 says `styles` in its middle JSON and `style` in its content_list_v2."""
    styles = span.get("styles") or span.get("style") or ()
    return [style for style in styles if isinstance(style, str)] if isinstance(styles, list) else ()
