"""Markup that stayed in a text -> what it stands for: pictures, figure text, tags, entities.

sub_or_superscript("Ca<sup>2+</sup> and T<sub>half</sub>")  ->  ("Ca²⁺ and T_{half}", 2)
html_entity("p &lt; 0.05")                                   ->  ("p < 0.05", 1)

Each repair gives the text and how many places it mended. A cheap test comes first, as most texts have none.
"""

from __future__ import annotations

import html
import re

_IMAGE = re.compile(
    r"!\[[^\]\n]{0,500}\]\([^()\n]{0,500}\)|<img\b[^<>]{0,2000}>|data:image/[\w.+-]{1,50};base64,[\w+/=]+"
)
_SUB_SUP = re.compile(r"<(su[bp])>([^<>]{0,200})</\1>")
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|small|big|br|p|div|a|font|sub|sup|mark|center|h[1-6]|ul|ol|li|hr)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,31}\d{0,2});", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT = str.maketrans("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")


def image(text: str) -> tuple[str, int]:
    """Takes out pictures and pictures written as base64."""
    if "](" in text or "<img" in text or ";base64," in text:
        return _IMAGE.subn("", text)
    return text, 0


def figure_text(text: str) -> tuple[str, int]:
    """Takes out `<details>...</details>`, in which MinerU 4 keeps the words inside a figure."""
    if "<details" not in text:
        return text, 0
    kept, end, count = [], 0, 0
    while (start := text.find("<details", end)) >= 0 and (close := text.find("</details>", start)) >= 0:
        kept.append(text[end:start])
        end = close + len("</details>")
        count += 1
    return "".join((*kept, text[end:])), count


def sub_or_superscript(text: str) -> tuple[str, int]:
    """Writes `<sub>` and `<sup>` as Unicode where all of it has such letters, else as in LaTeX."""
    if "<su" not in text:
        return text, 0
    return _SUB_SUP.subn(_raised_or_lowered, text)


def _raised_or_lowered(match: re.Match[str]) -> str:
    tag, inner = match.group(1), match.group(2).strip()
    letters = _SUPERSCRIPT if tag == "sup" else _SUBSCRIPT
    if all(ord(character) in letters or character in ", *∗†‡§¶–" for character in inner):
        return inner.translate(letters)
    if tag == "sup" and inner in ("st", "nd", "rd", "th"):
        return inner
    return f"{'^' if tag == 'sup' else '_'}{inner if len(inner) == 1 else '{' + inner + '}'}"


def html_tag(text: str) -> tuple[str, int]:
    """Takes out the tags of formatted text; "<few-shot example>" is none."""
    return _TAG.subn(" ", text) if "<" in text else (text, 0)


def html_entity(text: str) -> tuple[str, int]:
    """Writes `&lt;` as the character that it stands for."""
    if "&" not in text:
        return text, 0
    return _ENTITY.subn(lambda match: html.unescape(match.group()), text)
