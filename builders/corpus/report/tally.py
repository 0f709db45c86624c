"""The coverage of all papers in, the figures of the page out.

figures = tally(rows, summary)
figures.papers   ->  [Stage("files found", 3000), Stage("readable", 2971, {"broken_pdf": 21, "no_text": 8}), ...]
figures.worst    ->  the papers that gave least, at most 200 of them
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builders.corpus.coverage import PAPER, PaperCoverage
from builders.mine.comprehension.reading import TASK as READING

WORST = 200
REFUSED = ("excluded_paper", "unknown_licence", "forbidden_licence")
COPIES = ("duplicate_paper", "near_duplicate_paper")
_REMOVED = "dropped_"
"""What `fixes` calls the blocks that are never text."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a funnel: what is left, and what was lost since the step before."""

    name: str
    count: int
    lost: dict[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """One kind of repair."""

    name: str
    count: int
    papers: int


@dataclass(frozen=True)
class Figures:
    """What the page says in numbers; all counts are of all papers."""

    papers: list[Stage]
    blocks: list[Stage]
    fixes: list[Fix]
    removed: list[Fix]
    counts: dict[str, dict[str, int]]
    """Papers of the corpus by licence, language and reader."""
    datasets: dict[str, dict[str, int]]
    worst: list[PaperCoverage]
    all_papers: int
    paragraphs: dict[str, int]
    """Of the papers to train with: `used`, and the others by reason."""
    text_only: int
    """Papers to train with of which no task was made."""
    damaged: int


def tally(rows: Sequence[PaperCoverage], summary: Mapping[str, Any]) -> Figures:
    corpus = [row for row in rows if row.side is not None]
    train = [row for row in corpus if row.side == "train"]
    datasets = {name: made["tasks"] for name, made in summary["datasets"].items() if name != "dropped"}
    fixes = _fixes(rows)
    return Figures(
        _papers(rows, summary["papers"]),
        _blocks(corpus),
        [fix for fix in fixes if not fix.name.startswith(_REMOVED)],
        [fix for fix in fixes if fix.name.startswith(_REMOVED)],
        {
            "licence": _counted(corpus, lambda row: row.licence or "unknown"),
            "language": _counted(corpus, lambda row: row.language),
            "reader": _counted(corpus, lambda row: row.reader),
        },
        datasets,
        sorted(rows, key=_goodness)[:WORST],
        len(rows),
        {"used": sum(row.used for row in train), **_summed(row.unused for row in train)},
        sum(not row.rows.keys() - {PAPER, READING} and not row.used for row in train),
        sum(row.damaged for row in rows),
    )


def _papers(rows: Sequence[PaperCoverage], stated: Mapping[str, Any]) -> list[Stage]:
    forgotten = stated["forgotten"]
    stages = [Stage("files found", stated["files"])]
    if forgotten:
        stages.append(Stage("not forgotten", stated["files"] - forgotten, {"forgotten": forgotten}))
    outside = Counter(str(row.nothing) for row in rows if row.side is None)
    unread = {name: count for name, count in outside.items() if name not in (*REFUSED, *COPIES)}
    for name, lost in (
        ("readable", unread),
        ("allowed by licence", {name: outside[name] for name in REFUSED if outside[name]}),
        ("unique", {name: outside[name] for name in COPIES if outside[name]}),
    ):
        stages.append(Stage(name, stages[-1].count - sum(lost.values()), dict(sorted(lost.items()))))
    sides = Counter(row.side for row in rows)
    stages.append(Stage("to train with", sides["train"], {"held_out": sides["heldout"]} if sides["heldout"] else {}))
    return stages


def _blocks(corpus: Sequence[PaperCoverage]) -> list[Stage]:
    """From the blocks that were read to those that are text; of the papers of the corpus."""
    removed = Counter[str]()
    for row in corpus:
        removed.update({name.removeprefix(_REMOVED): n for name, n in row.fixes.items() if name.startswith(_REMOVED)})
    dropped = Counter(_summed(row.dropped for row in corpus))
    copied = {name: count for name, count in dropped.items() if "duplicate" in name or name == "in_evaluation_set"}
    faulty = {name: count for name, count in dropped.items() if name not in copied}
    kept = sum(row.blocks for row in corpus)
    text = kept + dropped.total()
    return [
        Stage("blocks read", text + removed.total()),
        Stage("text of the paper", text, _ranked(removed)),
        Stage("worth learning from", text - sum(faulty.values()), _ranked(faulty)),
        Stage("nowhere else", kept, _ranked(copied)),
    ]


def _fixes(rows: Iterable[PaperCoverage]) -> list[Fix]:
    counts, papers = Counter[str](), Counter[str]()
    for row in rows:
        counts.update(row.fixes)
        papers.update(name for name, count in row.fixes.items() if count)
    return [Fix(name, count, papers[name]) for name, count in _ranked(counts).items()]


def _counted(rows: Iterable[PaperCoverage], key: Callable[[PaperCoverage], str]) -> dict[str, int]:
    return _ranked(Counter(map(key, rows)))


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total = Counter[str]()
    for some in counts:
        total.update(some)
    return _ranked(total)


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _goodness(row: PaperCoverage) -> tuple[int, float, str]:
    """Papers outside the corpus come first, then those to train with by the share that was used, then the others."""
    rank = {None: 0, "train": 1, "heldout": 2}[row.side]
    return rank, row.used / row.paragraphs if row.paragraphs else 0.0, row.path
