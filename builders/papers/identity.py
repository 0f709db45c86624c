"""What names a paper and says what may be done with it: its own DOI and its licence.

    own_doi(blocks)  ->  "10.3389/fnins.2024.1234567"        licence_of(blocks)  ->  "CC BY-NC 4.0"

Both stand on the first page; those of other works (references, data sets) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builders.papers.raw import RawBlock

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；、]{1,200}", re.IGNORECASE)
_NAMED = re.compile(r"\bdoi\b|doi\.org", re.IGNORECASE)
_DATA = re.compile(r"10\.(?:5281|6084|5061|17632|7910|5524)/", re.IGNORECASE)
"""Prefixes of Zenodo, figshare, Dryad, Mendeley Data, Dataverse and GigaDB."""
_FRONT_BLOCKS = 15
"""How many blocks stand for the first page where a source has no pages."""
_LONGEST = 600
_CC = re.compile(
    r"\bCC[\s-]*(?P<short>BY(?:[\s-]*(?:NC|ND|SA)){0,2})[\s-]*(?P<short_version>\d\.\d)?"
    r"|creativecommons\.org/licenses/(?P<path>by(?:-(?:nc|nd|sa)){0,2})/(?P<path_version>\d\.\d)"
    r"|Creative\s+Commons\s+Attribution(?P<long>(?:[\s–-]*(?:Non-?Commercial|No-?Deriv(?:ative)?s|Share-?Alike)){0,2})"
    r"(?:\s+\(?(?:CC[\s-]*BY[\w\s-]{0,8}\)?))?(?:\s+(?:International|Licen[sc]e|Unported|,|\(|v(?:ersion)?\.?)){0,3}\s*(?P<long_version>\d\.\d)?",
    re.IGNORECASE,
)
_ZERO = re.compile(r"\bCC[\s-]?0\b|creativecommons\.org/publicdomain/zero", re.IGNORECASE)
_ITSELF = re.compile(
    r"\b(?:this|the) (?:article|paper|work)\b|open[ -]access|licensed under|本文|本论文", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:data\s?sets?|corpus|corpora|code|software|models?|artifacts?|licen[cs]es? used|images? (?:from|by))\b"
    r"|数据集|代码",
    re.IGNORECASE,
)


def own_doi(blocks: Sequence[RawBlock]) -> str | None:
    """The paper's DOI in lower case, where its first page names exactly one."""
    found = {doi for block in _first_page(blocks) for doi in _dois(block)}
    return found.pop() if len(found) == 1 else None


def _dois(block: RawBlock) -> Iterator[str]:
    named = block.kind in ("furniture", "footnote") or _NAMED.search(block.text)
    if block.kind == "reference" or len(block.text) > _LONGEST or not named:
        return
    for match in _DOI.finditer(block.text):
        doi = match.group().rstrip(".,;:)]}'’”*").lower()
        if not _DATA.match(doi):
            yield doi


def _first_page(blocks: Sequence[RawBlock]) -> Sequence[RawBlock]:
    paged = [block for block in blocks if block.page == 1]
    return paged or blocks[:_FRONT_BLOCKS]


def licence_of(blocks: Sequence[RawBlock]) -> str | None:
    """The Creative Commons licence that the paper states for itself, such as "CC BY 4.0"."""
    front = set(map(id, _first_page(blocks)))
    for block in blocks:
        if block.kind in ("reference", "table", "code", "equation"):
            continue
        for sentence in re.split(r"(?<=[.。])\s+(?=[A-Z\u4e00-\u9fff])", block.text):
            own = _ITSELF.search(sentence) or (id(block) in front and len(block.text) <= _LONGEST)
            if own and not _OTHERS.search(sentence) and (licence := _licence(sentence)):
                return licence
    return None


def _licence(text: str) -> str | None:
    """The licence that a sentence names; None where it lists several, which are those of other works."""
    names = {_name(match) for match in _CC.finditer(text)}
    if not names:
        return "CC0 1.0" if _ZERO.search(text) else None
    # "... Attribution 4.0 International (CC BY)": the shorter name says the same.
    longest = max(names, key=len)
    return longest if all(longest.startswith(name) for name in names) else None


def _name(match: re.Match[str]) -> str:
    terms = re.findall(r"by|nc|nd|sa", (match["short"] or match["path"] or "by").lower())
    for word, term in (("commercial", "nc"), ("deriv", "nd"), ("alike", "sa")):
        if match["long"] and word in match["long"].lower():
            terms.append(term)
    version = match["short_version"] or match["path_version"] or match["long_version"]
    name = "CC " + "-".join(term.upper() for term in dict.fromkeys(terms))
    return f"{name} {version}" if version else name
