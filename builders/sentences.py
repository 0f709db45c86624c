"""Text in, the spans of its sentences out: English and Chinese, by rules and a table of abbreviations, in linear time.

spans("Tracer was seen (Fig. 2A).[4] It spread.")  ->  [(0, 29), (30, 40)]

Every character that is not white space lies in exactly one span. What counts as a sentence is written down in
`tests/golden/sentences/README.md`, beside the boundaries that were marked by hand.
"""

from __future__ import annotations

import re
from typing import Final

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"  # Chinese characters and full-width forms
_CLOSERS = '"”’»)\\]）】〕》」』'
_SQUARE = r"[^\S\n]?\[\d[\d,，、;\-–—~ ]{0,60}+\]"
_RAISED = r"[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹⁻⁺,–]*+|\$\s?\^\s?\{[^{}$\n]{1,60}+\}\s?\$|<sup>[^<>\n]{1,60}+</sup>"
_NUMBERS = r"\d{1,3}+(?:[,，\-–—][^\S\n]?\d{1,3}+)*+"
_CITED = rf"(?:{_SQUARE})++|{_RAISED}"
_GLUED = rf"(?<=[^\d\s][.!?\"”)\]]){_NUMBERS}|\({_NUMBERS}\)"

# A stop, the closing marks and citation markers that belong to it, and the white space behind: "space.[4] ", "吗？”".
_STOP = re.compile(
    rf"""( [.!?…。！？．｡\n] (?:
           (?<=[.!?…]) (?<![.!?…]{{2}}) [.!?…]*+ [{_CLOSERS}]*+ (?:{_CITED}|{_GLUED})?+ (?=[\s“‘{_WIDE}A-Z]|\Z)
         | (?<=[。！？．｡]) [。！？｡!?…]*+ [{_CLOSERS}]*+ (?:{_CITED})?+
         | (?<=\n) [^\S\n]*+ (?=\n)
       )) \s*+""",
    re.VERBOSE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATIONS: Final[dict[str, str]] = {
    word: kind
    for kind, words in {
        # something must follow
        "never": "Dr Drs Prof Mr Mrs Ms Mx St Mt Messrs Gen Col Capt Lt Hon eg ie vs cf Cf viz approx Approx ca resp "
        "e.g E.g i.e I.e v.s i.q s.l q.v",
        # a number follows, else it is a word or a unit: "No. 3" but "The answer was no."
        "digit": "No no Nos nos p pp P v ver n max min op Op Nr nr pt Pt exp "
        "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
        # a number follows, or a letter that serves as one: "Fig. S2", "App. B"
        "label": "Fig fig Figs figs FIG FIGS Eq eq Eqs eqs Eqn Eqns Ref ref Refs refs Tab tab Tabs Sec sec Secs Sect "
        "sect Ch ch Chap chap Vol vol Vols Art art App app Ext Ex col cols par para cat Cat Exp Expt Abb Alg "
        "Thm Lem Def Prop",
        # "Smith et al. The" but "Smith et al. Nature": it ends where a word follows that commonly opens a sentence
        "unsure": "al Inc Ltd Co Corp Bros Jr Sr Univ Dept Inst Instr Acad Soc Assoc Nat Natl Eur Int Intl Sci Med "
        "Biol Chem Phys Neurol Neurosci Physiol Biochem Proc Trans Rep Lett Rev Ed Eds ed eds sp spp ssp subsp var cv "
        "str nov gen wt mol Suppl suppl Supp supp Ph PhD",
    }.items()
    for word in words.split()
}
_OPENING_WORDS: Final = _words(
    "The This These Those That There They Their Then Thus Therefore Though Although Through Throughout To Together "
    "Two Three Four Five Six Seven Eight Nine Ten We Our It Its In If Into Indeed Instead Interestingly Is A An All "
    "Also As At After Afterwards Additionally According Among Another Any Are Apart Again Against Both Because "
    "Before But By Between Besides Briefly Consequently Conversely Compared Data Despite During Does Do Did Due Each "
    "Either Even Every Except First Firstly Finally Following For From Further Furthermore Given Had Has Have He "
    "Hence Her His How However Here I Immediately Like Likewise Many Moreover More Most Much My Near Neither "
    "Nevertheless Next No None Nor Not Notably Nonetheless Now On Once One Only Or Other Others Over Overall "
    "Previously Rather Recently Second Secondly Several She Similarly Since So Some Still Subsequently Such "
    "Surprisingly Taken Than Thereafter Third Under Unlike Until Upon Using Was Were What When Whereas Whether Which "
    "While Who Why Will With Within Without Yet You Your Patients Participants Subjects Animals Mice Rats Cells "
    "Samples Sections Slices Images Results Values Experiments Measurements Studies Informed Written"
)
# A capital letter after one of these is an initial ("by J. Smith"), after other words a name ("buffer A. Cells").
_BEFORE_NAME: Final = _words(
    "a an and are as at author between by colleague colleagues contact de del der di du et for from gift given in is "
    "like name named of on or professor see surgeon than thank that the to van von was were with"
)
_LETTERED: Final = _words(
    "Vitamin Hepatitis Group Type Phase Class Panel Part Section Appendix Figure Fig. Table Box Case"
)
# What stands before a sentence and belongs to it: "2. ", "II. ", "Fig. 3. ", "表2. ".
_LABEL = re.compile(
    r"(?:(?:Suppl(?:ementary|\.)|Extended Data) )?(?:Fig(?:ure)?s?|FIG(?:URE)?S?|Tab(?:le)?|TABLE|Box|Scheme)\.? ?"
    r"[A-Z]?\d+[A-Za-z]?|[附续]?[图表] ?[A-Z]?\d+(?:[-–]\d+)?|[(（]?(?:\d+(?:\.\d+)*|[IVX]+|[A-Za-z])"
)
_DIGIT = re.compile(r"(?:[(\[] ?)?(?:[A-Z]{1,4}-?)?\d")
_NUMBER = re.compile(r"(?:[(\[] ?)?(?:(?:[A-Z]{1,4}-?)?\d|[A-Z]\b|[IVX]+\b|[Nn]o\.)")
_DOTTED = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,3}")
_TOKEN = re.compile(rf"[^\s()\[\]{{}}\"“”‘’«»/,;:{_WIDE}]+\Z")
_CAPITALISED = re.compile(r"[A-Z][a-z]*(?=[\s,])")
# What opens a sentence though its first character is neither a capital nor a digit: "p53", "mRNA", "c-Fos", "(The".
_LOWER = re.compile(
    r"[a-z]{1,5}[-–]?[A-Z0-9]|[b-z](?:-[a-z]|\s|(?=[=<>≤≥(]))|[a-z](?:[,–-]\s?[a-z])?\s[A-Z]"
    r"|(?:alpha|beta|gamma|delta|kappa)-|(?:tau|von|van|del?|della)\s"
)
_MARKED = re.compile(
    rf"[“\"‘«(\[（《「『【$*†‡§¶#•●▪]{{1,4}}+\s?(?:[^\W_a-z]|[{_WIDE}]|[a-z]\s?[=<>≤≥]|[a-z]{{1,5}}[-–]?[A-Z0-9])"
    r"|\((?:[a-z](?:[,–-]\s?[a-z])*|[ivx]+)\)|\\\("
)
_LOOSE_MARKER = re.compile(rf"({_NUMBERS})(?:\s+|\Z)")
_CHINESE_OPENING = re.compile(r"[这此该其因但然不本我综总由可结目同]")

_BRACKET = re.compile(r"[()（）\[\]【】“”「」『』《》\"\n](?:(?<!\n)|(?<=\n)[^\S\n]*+\n)")
_PAIRS: Final = {")": "(", "）": "（", "]": "[", "】": "【", "”": "“", "」": "「", "』": "『", "》": "《", '"': '"'}
_LONGEST = 400
"""Brackets and quotes farther apart than this do not belong together: one of them is a scar of the parser."""
_DEEPEST = 8
_REACH = 24
"""No abbreviation is longer."""


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, in order, without the white space around it."""
    found: list[tuple[int, int]] = []
    start = seen = len(text) - len(text.lstrip())
    closing = -1
    for match in _STOP.finditer(text, start):
        at, end, after = match.start(), match.end(1), match.end()
        if at < start:  # a citation marker reached beyond it
            continue
        ends = end > closing and text[at] != "\n" and _ends(text, start, at, end, after)
        if ends and _BRACKET.search(text, seen, end) and (closing := _closing(text, seen, end)) >= end:
            seen = closing + 1
            ends = False
        if not ends:
            if not _blank_line(text, at, after):
                continue
            end = start + len(text[start:at].rstrip()) if text[at] == "\n" else end
        elif text[after : after + 1].isdecimal() and (marker := _loose_marker(text, end, after)):
            end, after = marker.end(1), marker.end()
        found.append((start, end))
        start = seen = after
    last = len(text.rstrip())
    if start < last:
        found.append((start, last))
    return found


def _loose_marker(text: str, end: int, after: int) -> re.Match[str] | None:
    """Citation numbers that a space parts from their sentence: "space. 4,5 The"."""
    marker = None if _blank_line(text, end, after) else _LOOSE_MARKER.match(text, after)
    return marker if marker and (marker.end() == len(text) or _opening_word(text, marker.end())) else None


def _blank_line(text: str, start: int, end: int) -> bool:
    first = text.find("\n", start, end)
    return first >= 0 and text.find("\n", first + 1, end) >= 0


# ---- the stop and what stands before it -----------------------------------------------------------------------------


def _ends(text: str, start: int, at: int, end: int, after: int) -> bool:
    """Whether the stop at `at`, whose marks reach to `end`, ends a sentence; the next would begin at `after`."""
    if after == len(text):
        return True
    if text[at] != ".":
        return _marks_end(text, start, at, end, after)
    nearest = max(start, at - _REACH)
    token = text[max(text.rfind(" ", nearest, at) + 1, nearest) : at]
    if not (token.isascii() and token.isalpha()):
        tail = _TOKEN.search(token)
        token = tail.group() if tail else ""
    if after == end == at + 1 and text[after].isascii():
        return len(token) > 2 and token.isalpha() and token.islower() and _opening_word(text, after)
    if text[at + 1] == ".":
        return _begins(text, after)
    kind = _ABBREVIATIONS.get(token) or _ABBREVIATIONS.get(token[token.rfind(".") + 1 :])
    if kind:
        return _abbreviation_ends(text, at, end, after, token, kind)
    if at - start < 2 * _REACH and _LABEL.fullmatch(text, start, at):
        return False
    if len(token) == 1 and token.isupper():
        return _letter_ends(text, at, after)
    if "." in token and _DOTTED.fullmatch(token):
        return text[after].isupper() if token.islower() else _opening_word(text, after)
    broken = token == "0" and text[after].isdecimal()  # "p < 0. 05"
    return not broken and not token.startswith("\\") and not _spaced(text, at, token) and _begins(text, after)


def _abbreviation_ends(text: str, at: int, end: int, after: int, token: str, kind: str) -> bool:
    if kind == "never":
        return False
    if kind == "unsure":
        return _opening_word(text, after)
    numbered = text[at + 1 : end].isdecimal() or (_DIGIT if kind == "digit" else _NUMBER).match(text, after)
    unit = kind == "digit" and _word_before(text, at - len(token)).isdecimal()  # "for 10 min. 5 rats"
    return (unit or not numbered) and _begins(text, after)


def _letter_ends(text: str, at: int, after: int) -> bool:
    """A capital letter: an initial, a genus ("J. Smith", "E. coli"), a unit ("3 T.") or a name ("buffer A.")."""
    word = _word_before(text, at - 1)
    named = word.isalpha() and word.islower() and word not in _BEFORE_NAME and not text.startswith(".", after + 1)
    if named or word in _LETTERED or word[-1:].isdecimal() or text.startswith("/", max(0, at - 2)):
        return _begins(text, after)
    return _opening_word(text, after) or text[after] >= "⺀"


def _spaced(text: str, at: int, token: str) -> bool:
    """Whether the stop is in "e. g." or "i. e."."""
    if token not in ("e", "g", "i"):
        return False
    return text.startswith(("i. e.", "e. g."), at - 1) or text.endswith(("i. e", "e. g"), 0, at)


def _word_before(text: str, place: int) -> str:
    before = text[max(0, place - _REACH) : place].split()
    return before[-1] if before else ""


def _marks_end(text: str, start: int, at: int, end: int, after: int) -> bool:
    """The same for every mark but the Western full stop."""
    mark, tail = text[at], text[at + 1 : end]
    if mark == "…":
        return text[after].isupper() or _CHINESE_OPENING.match(text, after) is not None
    if mark in "!?":
        glued = after == end and text[after].isascii()
        return _opening_word(text, after) if glued else _begins(text, after)
    if mark == "．":
        decimal = text[at - 1 : at].isdecimal() and text[at + 1].isdecimal()
        return not decimal and not text[after].islower()
    if "》" in tail:
        return False
    if mark in "！？" and ("”" in tail or "』" in tail):
        nearest = max(start, at - _LONGEST)
        quote = max(text.rfind("“", nearest, at), text.rfind("『", nearest, at))
        return quote > start and text[quote - 1] in "：，:,"
    return True


# ---- what stands after it -------------------------------------------------------------------------------------------


def _opening_word(text: str, after: int) -> bool:
    word = _CAPITALISED.match(text, after)
    return word is not None and word.group() in _OPENING_WORDS


def _begins(text: str, after: int) -> bool:
    """Whether a sentence may begin at `after`."""
    first = text[after]
    if first.isupper() or first.isdecimal():
        return True
    if first.islower():
        if not first.isascii():
            return "Ͱ" <= first <= "Ͽ" or first == "µ"
        return _LOWER.match(text, after) is not None
    if first >= "⺀":
        return first not in "，、；：）】》」』"
    return _MARKED.match(text, after) is not None


# ---- brackets and quotes --------------------------------------------------------------------------------------------


def _closing(text: str, seen: int, end: int) -> int:
    """Where the outermost bracket or quote that opens behind `seen` and is open at `end` closes; -1: nowhere near."""
    opened: list[int] = []
    pending: int | None = None
    found = -1
    for match in _BRACKET.finditer(text, seen, end + _LONGEST):
        place, mark = match.start(), match.group()
        if place >= end:
            pending = len(opened) if pending is None else pending
            if pending == 0 or mark[0] == "\n" or len(opened) > pending + _DEEPEST:
                break
        partner = _PAIRS.get(mark)
        depth = _depth(text, opened, partner) if partner else -1
        if depth >= 0:
            if pending is not None and depth < pending:
                pending = depth
                found = place if place - opened[depth] <= _LONGEST else found
            del opened[depth:]
        elif not partner or (mark == '"' and not text[place - 1].isdecimal()):
            opened.append(place)
    return found


def _depth(text: str, opened: list[int], partner: str) -> int:
    """Where in the stack the partner waits: at most two stray openers above it are forgiven."""
    for depth in range(len(opened) - 1, max(-1, len(opened) - 4), -1):
        if text[opened[depth]] == partner:
            return depth
    return -1
