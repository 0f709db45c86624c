"""Headings: which blocks are, where one ends, how deep it stands.

    depths(["Abstract", "1 Introduction", "2.1 Data", "Ethics Statement"])  ->  [1, 1, 2, 1]

Most sources give every section the same level, so depth is read from the numbering: arabic (`3.2`), roman (`IV.` with
`A.` below it), letters of an appendix (`B.1`), Chinese (`一、`, `（二）`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.papers.raw import RawBlock, union

_LONGEST = 200
"""Characters above which a block is no heading."""
_ARABIC = re.compile(r"(\d{1,2}(?:\s?[.．]\s?\d{1,2}){0,4})[.．、)]?(?:\s+|(?=[\u4e00-\u9fff]))\S")
_SUBSECTION = re.compile(r"[1-9]\d?(?:\.[1-9]\d?){1,3}\.?\s+(?=[A-Z\u4e00-\u9fff])(?!.*\d{3})")
_LEADING_NUMBER = re.compile(r"^[\d.．、\s]+")
_ROMAN = re.compile(r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})[.．、]\s*\S")
_LETTER = re.compile(r"([A-Z](?:\.\d{1,2}){1,4}(?=[.．、)]?\s)|[A-Z](?=[.．、)]?\s+[A-Z0-9“\"(\u4e00-\u9fff]))")
_APPENDIX = re.compile(r"(?:Appendix|附录)\s*([A-Z]?\d{0,2}(?:\.\d{1,2})*)\b", re.IGNORECASE)
_CHINESE = (
    (re.compile(r"第?[一二三四五六七八九十]{1,3}(?:章|[、.．])"), 1),
    (re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]"), 2),
)
_PREFIX = r"(?:\d{1,2}[.．、]?\s*|[IVX]{1,4}[.．]\s*|[A-Z][.．]\s+|[一二三四五六七八九十]{1,3}、\s*)?"
_NAMES = (
    "abstract|summary|introduction|background|related works?|literature review|preliminaries"
    "|methods?|methodology|materials? and methods?|methods? and materials?"
    "|experiments?|experimental (?:setup|section|results)"
    "|results?|results? and discussions?|discussions?|discussion and conclusions?|conclusions?|concluding remarks"
    "|conclusions? and (?:future works?|outlook)|summary and conclusions?|limitations?|future works?"
    "|acknowledge?ments?|ethics(?: statement)?|ethical (?:considerations?|statement|approval)|broader impacts?"
    "|data availability(?: statement)?|code availability|(?:authors?[’']? )?contributions?|author contributions?"
    "|funding|conflicts? of interests?|competing interests?|declarations?|abbreviations"
    "|supplementary (?:materials?|information)|references?|bibliography|appendix|appendices"
    "|摘\\s*要|引\\s*言|前\\s*言|绪\\s*论|背景|相关工作|材料与方法|资料与方法|对象与方法|方法|实验"
    "|结果|结果与讨论|结果与分析|讨论|结论|结\\s*语|小结|总结|展望|致\\s*谢|利益冲突|作者贡献|参\\s*考\\s*文\\s*献|附\\s*录"
)
_KNOWN = re.compile(rf"{_PREFIX}(?:{_NAMES})\s*[:：.]?", re.IGNORECASE)
_ABSTRACT = re.compile(
    r"\W{0,3}(?P<name>abstract|summary|摘\s*要)\W{0,3}\s*(?:[—–:：.\]】-]|(?<=[\]】]))\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_GLUED = re.compile(r"\s(?=(?:(?P<letter>[A-Z])|(?P<digit>\d{1,2}))\.1\s+[A-Z])")
_LINE_GAP = 0.013
"""Share of the page's height between the lines of one heading, at most."""


def is_known(text: str) -> bool:
    """Whether a text is, alone, the name of a section that papers have: `2. Methods`, `摘要`, `REFERENCES`."""
    return bool(_KNOWN.fullmatch(text.strip()))


def find_headings(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Corrects which blocks are headings: false ones back to text, known names and run-in abstracts to headings."""
    found = [part for block in blocks for part in _find(block)]
    return _run_in(found)


def _find(block: RawBlock) -> Iterator[RawBlock]:
    if block.kind == "heading" and not _looks_like_heading(block.text):
        yield replace(block, kind="paragraph", level=None)
    elif block.kind == "heading" and (glued := _glued(block.text)):
        upper, lower = block.text[:glued], block.text[glued:].strip()
        yield replace(block, text=upper)
        yield replace(block, text=lower)
    elif block.kind == "paragraph" and (is_known(block.text) or _is_subsection(block)):
        yield replace(block, kind="heading")
    elif block.kind in ("paragraph", "heading") and (abstract := _ABSTRACT.fullmatch(block.text)):
        yield replace(block, kind="heading", text=abstract["name"], bold="", continues=False)
        yield replace(block, kind="paragraph", text=abstract["rest"], level=None, bold="", continues=False)
    else:
        yield block


def _is_subsection(block: RawBlock) -> bool:
    """Whether untyped text is "2.1 来源" or "3.2.1 Data": a number of two parts, a few words, no sentence."""
    number = _SUBSECTION.match(block.text)
    ended = block.text.rstrip()[-1:] in ".。:：;；,，?？!！"
    return bool(number) and len(block.text) <= _LONGEST // 3 and not ended and _looks_like_heading(block.text)


def _run_in(blocks: list[RawBlock]) -> list[RawBlock]:
    """Gives "Fine-tuning BERT." back to the paragraph it opens: an unnumbered heading that ends like a sentence."""
    kept: list[RawBlock] = []
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        opens = after is not None and after.kind == "paragraph" and block.kind == "heading" and block.text[-1] in ".。"
        if opens and not is_known(block.text) and not numbering(block.text):
            kept.append(replace(block, kind="paragraph", level=None))
            blocks[index + 1] = replace(blocks[index + 1], continues=True)
        else:
            kept.append(block)
    return kept


def _looks_like_heading(text: str) -> bool:
    named = _LEADING_NUMBER.sub("", text)
    letters = sum(character.isalpha() for character in named)
    if len(text) > _LONGEST or text[0] in "•▪◦–-" or not letters or letters < 0.5 * len(named.replace(" ", "")):
        return False
    return letters > 2 or bool(re.search(r"[\u4e00-\u9fff]", text))


def _glued(text: str) -> int | None:
    """Where "B Details of Experiments B.1 Models" becomes two headings: at the first subsection of its own number."""
    for match in _GLUED.finditer(text):
        own = match["letter"] or match["digit"]
        if re.match(rf"{own}[.\s]", text):
            return match.start()
    return None


def join_headings(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Joins a heading of two lines whose second line the source took for bold text, alone or before a paragraph."""
    joined: list[RawBlock] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is None or last.kind != "heading" or not _goes_on(last, block):
            joined.append(block)
            continue
        # Where the bold words open a paragraph, its box is not the heading's.
        boxes = [part.box for part in (last, block) if part.box and part.text == (part.bold or part.text)]
        joined[-1] = replace(last, text=f"{last.text} {block.bold}", box=union(boxes) if boxes else None)
        if rest := block.text[len(block.bold) :].strip():
            joined.append(replace(block, text=rest, bold=""))
    return joined


def _goes_on(heading: RawBlock, block: RawBlock) -> bool:
    if block.kind != "paragraph" or not block.bold or not heading.box or not block.box or heading.page != block.page:
        return False
    if not block.text.startswith(block.bold) or block.bold[-1] in ".:。：" or len(block.bold) > _LONGEST // 2:
        return False
    if is_known(heading.text) or numbering(block.bold):
        return False
    gap = block.box[1] - heading.box[3]
    overlap = min(heading.box[2], block.box[2]) - max(heading.box[0], block.box[0])
    return -_LINE_GAP <= gap <= _LINE_GAP and overlap > 0


def numbering(text: str) -> str | None:
    """The style of a heading's number: `arabic`, `roman`, `letter`, `appendix`, `chinese`; None where it has none."""
    text = text.strip()
    if _ARABIC.match(text):
        return "arabic"
    if any(pattern.match(text) for pattern, _ in _CHINESE):
        return "chinese"
    if _ROMAN.match(text):
        return "roman"
    if _APPENDIX.match(text):
        return "appendix"
    return "letter" if _LETTER.match(text) else None


def depths(headings: Sequence[str], levels: Sequence[int | None] = ()) -> list[int]:
    """The depth of each heading of a paper, from 1.

    Args:
        headings: Their texts, in order, without the paper's title.
        levels: The source's own levels; used where nothing in the paper is numbered and they differ.
    """
    styles = [numbering(text) for text in headings]
    given = [level for level in levels if level is not None]
    if not any(style in ("arabic", "roman", "chinese") for style in styles) and len(set(given)) > 1:
        return [max(1, (level or min(given)) - min(given) + 1) for level in levels]
    depth: list[int] = []
    under_number = False
    for text, style in zip(headings, styles, strict=True):
        if style is not None:
            depth.append(_numbered_depth(text, style, "roman" in styles))
            under_number = True
        elif is_known(text) or not under_number:
            depth.append(1)
            under_number = False
        else:
            # An unnumbered heading in a numbered section stands below it.
            last = next(index for index in range(len(depth) - 1, -1, -1) if styles[index] is not None)
            depth.append(depth[last] + 1)
    return depth


def _numbered_depth(text: str, style: str, roman: bool) -> int:
    text = text.strip()
    if style == "arabic":
        match = _ARABIC.match(text)
        parts = len(re.split(r"[.．]", match.group(1))) if match else 1
        return parts + 2 if roman and parts == 1 and "." not in text[:4] else parts
    if style == "chinese":
        return next(depth for pattern, depth in _CHINESE if pattern.match(text))
    if style == "letter":
        match = _LETTER.match(text)
        return (match.group(1).count(".") if match else 0) + (2 if roman else 1)
    if style == "appendix":
        match = _APPENDIX.match(text)
        return (match.group(1).count(".") if match else 0) + 1
    return 1
