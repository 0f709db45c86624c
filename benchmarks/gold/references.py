"""A reference list from the other papers of the folder: their authors, titles and years, volumes and pages drawn.

entries(papers, "numbers", Random(7))  ->  ["1. Li A, Wang B. High aspect ratio ... J Bench Meas. 2011;12(3):45–52."]
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.gold.source import Manuscript

_VENUES = (
    ("Journal of Bench Measurements", "J Bench Meas"),
    ("Annals of Rendered Pages", "Ann Rendered Pages"),
    ("Proceedings of the Society for Test Data", "Proc Soc Test Data"),
    ("Letters on Layout and Reading", "Lett Layout Read"),
)


def entries(papers: Sequence[Manuscript], style: str, random: Random) -> list[str]:
    """The entries as printed, in the order of the list."""
    cited = random.sample(list(papers), min(len(papers), random.randint(24, 48)))
    if style == "authors":
        return sorted(_by_authors(paper, random) for paper in cited)
    make = _bracketed if style == "brackets" else _numbered
    return [make(number, paper, random) for number, paper in enumerate(cited, 1)]


def _bracketed(number: int, paper: Manuscript, random: Random) -> str:
    names = [f"{_initials(author, '. ')} {_family(author)}" for author in paper.authors[:4]]
    volume, issue, first, last = _place(random)
    venue = random.choice(_VENUES)[0]
    authors = ", ".join(names) + (", et al." if len(paper.authors) > 4 else "")
    place = f"vol. {volume}, no. {issue}, pp. {first}–{last}, {paper.year}."
    return f"[{number}] {authors}, “{paper.title},” {venue}, {place}"


def _numbered(number: int, paper: Manuscript, random: Random) -> str:
    names = [f"{_family(author)} {_initials(author, '').rstrip('.')}" for author in paper.authors[:6]]
    volume, issue, first, last = _place(random)
    venue = random.choice(_VENUES)[1]
    return f"{number}. {', '.join(names)}. {paper.title}. {venue}. {paper.year};{volume}({issue}):{first}–{last}."


def _by_authors(paper: Manuscript, random: Random) -> str:
    names = [f"{_family(author)}, {_initials(author, '. ')}" for author in paper.authors[:5]]
    volume, _, first, last = _place(random)
    venue = random.choice(_VENUES)[0]
    doi = f" doi:10.1000/{paper.id.lower()}" if random.random() < 0.5 else ""
    return f"{', '.join(names)} ({paper.year}). {paper.title}. {venue} {volume}, {first}–{last}.{doi}"


def _family(author: str) -> str:
    return author.split()[-1]


def _initials(author: str, separator: str) -> str:
    given = [name[0].upper() for name in author.split()[:-1]] or ["A"]
    return (separator.join(given) + separator.strip() if separator else "".join(given)).strip()


def _place(random: Random) -> tuple[int, int, int, int]:
    first = random.randint(1, 900)
    return random.randint(1, 60), random.randint(1, 12), first, first + random.randint(3, 18)
