r"""LaTeX as MinerU's formula model writes it -> LaTeX as people do, and plain text where it is none.

tidy(r"\mathrm { h a r m } _ { 1 }")  ->  r"\mathrm{harm}_{1}"
plain(r"75\%")  ->  "75%"
"""

from __future__ import annotations

import re

_TEXT = re.compile(r"(\\(?:text|textrm|textbf|textit|mbox|operatorname\*?)\s*)\{([^{}]*)\}")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SPACED = re.compile(r"\s*(?:[^\s\\] )*[^\s\\]?\s*")
_PLAIN = re.compile(r"[\d.,:;%@$&#+\-±×/()\[\]=<>~≈≤≥°µ \u2009]*")
_SYMBOLS = {
    r"\%": "%", r"\pm": "±", r"\times": "×", r"\sim": "~", r"\approx": "≈", r"\leq": "≤", r"\le": "≤", r"\geq": "≥",
    r"\ge": "≥", r"\&": "&", r"\#": "#", r"\$": "$", r"\,": "", r"\;": " ", r"\:": " ", r"\ ": " ", r"\!": "",
    r"\degree": "°", r"\mu": "µ", r"\cdot": "·", r"\ll": "≪", r"\gg": "≫",
}  # fmt: skip


def tidy(latex: str) -> str:
    r"""Takes out the spaces that a token-wise writer left between all symbols; words in `\text{...}` keep theirs."""
    parts: list[str] = []
    end = 0
    for match in _TEXT.finditer(latex):
        parts.append(_squeeze(latex[end : match.start()]))
        parts.append(f"{match.group(1).strip()}{{{_words(match.group(2))}}}")
        end = match.end()
    parts.append(_squeeze(latex[end:]))
    return "".join(parts).strip()


def _words(text: str) -> str:
    if len(text.split()) > 1 and _SPACED.fullmatch(text):
        return text.replace(" ", "").replace("~", " ")
    return re.sub(r"\s+", " ", text)


def _squeeze(latex: str) -> str:
    out: list[str] = []
    for token in _TOKEN.findall(latex):
        if token.isspace() or token == r"\!":
            continue
        # A control word needs a space before a letter; `\ ` is a token of its own.
        if out and token[0].isalpha() and re.fullmatch(r"\\[A-Za-z]+", out[-1]):
            out.append(" ")
        out.append(token)
    return "".join(out)


def plain(latex: str) -> str | None:
    r"""The text of maths that is no maths, such as `75\%` or `@`; None where it is."""
    text = re.sub(r"\\(?:[A-Za-z]+|.)", lambda match: _SYMBOLS.get(match.group(), match.group()), latex).strip()
    return text if text and _PLAIN.fullmatch(text) else None
