r"""LaTeX as MinerU's formula model writes it -> LaTeX as people do, and plain text where it is none.

tidy(r"\mathrm { h a r m } _ { 1 }")    ->  r"\mathrm{harm}_{1}"
plain(r"75\%")                          ->  "75%"
tidy_inline(r"$\alpha _ { 1 }$ is $7 5 \%$")  ->  (r"$\alpha_{1}$ is 75%", 2)
"""

from __future__ import annotations

import re

_TEXT = re.compile(r"(\\(?:text|textrm|textbf|textit|mbox|operatorname\*?)\s*)\{([^{}]*)\}")
_SPACE = re.compile(r"(?P<kept>\\[^A-Za-z!])|(?P<word>\\[A-Za-z]+)(?:\s|\\!)+(?P<letter>[A-Za-z])?|\s+|\\!")
_INLINE = re.compile(r"(?<!\\)\$([^$\n]{1,2000})\$(?!\d)(?: (?=[,.;:!?)\]，。；：？！）]))?")
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
    r"""Takes out all spaces but `\ ` and the one that a control word needs before a letter."""
    return _SPACE.sub(_kept, latex) if " " in latex or "\\!" in latex or not latex.isprintable() else latex


def _kept(match: re.Match[str]) -> str:
    if match["word"]:
        return f"{match['word']} {match['letter']}" if match["letter"] else match["word"]
    return match["kept"] or ""


def tidy_inline(text: str) -> tuple[str, int]:
    """Tidies the maths between dollar signs; maths that is none becomes text."""
    if "$" not in text:
        return text, 0
    changed = 0

    def tidied(match: re.Match[str]) -> str:
        nonlocal changed
        source = tidy(match.group(1))
        meant = plain(source)
        mended = f"${source}$" if meant is None else meant
        changed += mended != match.group()
        return mended

    return _INLINE.sub(tidied, text), changed


def plain(latex: str) -> str | None:
    r"""The text of maths that is no maths, such as `75\%` or `@`; None where it is."""
    text = re.sub(r"\\(?:[A-Za-z]+|.)", lambda match: _SYMBOLS.get(match.group(), match.group()), latex).strip()
    return text if text and _PLAIN.fullmatch(text) else None
