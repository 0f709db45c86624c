"""Tables of verdicts and the build that they judge in; precision by task and language, with its interval, out.

    | task | language | n | right | precision | 95 % | distinct-3 | answer characters: median (10th-90th) |
    | graph.forward | zh | 50 | 50 | 1.00 | 0.93-1.00 | 0.61 | 17 (11-30) |

Wilson's interval (1927). Below 20 judged rows a family is unmeasured. Distinct-3 (Li et al. 2016, arXiv 1510.03055) is
the share of different runs of three words, or ideographs, among all runs in the drawn rows: low where one template
says everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.audit.rows import Audited, audited
from benchmarks.audit.verdicts import RIGHT, Verdict, read_verdicts
from eval.statistics import wilson

FEWEST = 20
TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")
HEAD = """# How many rows are right

Rows drawn by task and language from a build of the bundled sample, 115 biomedical papers, real MinerU output and two
knowledge graphs, each judged against its source: `python -m benchmarks.audit draw`, then `score`.

"""


@dataclass(frozen=True)
class Scored:
    """One family."""

    task: str
    language: str
    judged: int
    right: int
    drawn: int
    distinct_3: float
    characters: tuple[int, int, int]
    """Of the answers: 10th percentile, median, 90th percentile."""

    @property
    def measured(self) -> bool:
        """Whether enough rows were drawn and all of them read: those read of an earlier draw are no fair sample."""
        return self.judged >= FEWEST and self.judged == self.drawn

    @property
    def figures(self) -> dict[str, Any]:
        """For the last line; precision is null where it is unmeasured."""
        low, high = wilson(self.right, self.judged) if self.measured else (None, None)
        return {
            "n": self.judged,
            "precision": round(self.right / self.judged, 4) if self.measured else None,
            "low": None if low is None else round(low, 4),
            "high": None if high is None else round(high, 4),
            "distinct_3": round(self.distinct_3, 3),
            "characters": list(self.characters),
        }


def score(data: Path, tables: Path) -> list[Scored]:
    """Scores every table; rows that are not built any more do not count."""
    verdicts = {path.stem: read_verdicts(path) for path in sorted(tables.glob("*.csv"))}
    wanted = {verdict.id for table in verdicts.values() for verdict in table}
    rows = {row.id: row for row in audited(data) if row.id in wanted}
    scored = []
    for task, table in verdicts.items():
        for language in sorted({verdict.language for verdict in table}):
            found = [verdict for verdict in table if verdict.language == language and verdict.id in rows]
            if found:
                scored.append(_scored(task, language, found, [rows[verdict.id] for verdict in found]))
    return scored


def _scored(task: str, language: str, verdicts: Sequence[Verdict], rows: Sequence[Audited]) -> Scored:
    judged = [verdict for verdict in verdicts if verdict.verdict]
    right = sum(verdict.verdict == RIGHT for verdict in judged)
    low, median, high = np.percentile([len(row.answer) for row in rows], [10, 50, 90])
    texts = [row.text for row in rows]
    lengths = (round(low), round(median), round(high))
    return Scored(task, language, len(judged), right, len(rows), distinct(texts, 3), lengths)


def distinct(texts: Sequence[str], length: int) -> float:
    """The share of different runs of tokens among all runs of that length; 0 where there is none."""
    runs = [run for text in texts for run in _runs(TOKEN.findall(text.casefold()), length)]
    return len(set(runs)) / len(runs) if runs else 0.0


def _runs(tokens: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1))


def page(scored: Sequence[Scored]) -> str:
    """The table as `audit/README.md` has it."""
    names = ("task", "language", "n", "right", "precision", "95 %", "distinct-3", "answer characters")
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(_cells(each))} |" for each in scored]
    return HEAD + "\n".join(lines) + "\n\nAnswer characters: median (10th to 90th percentile) of the drawn rows.\n"


def _cells(each: Scored) -> list[str]:
    low, median, high = each.characters
    precision, interval = "unmeasured" if each.drawn < FEWEST else f"{each.judged} of {each.drawn} read", ""
    if each.measured:
        precision = f"{each.right / each.judged:.2f}"
        interval = "{:.2f}-{:.2f}".format(*wilson(each.right, each.judged))
    counts, lengths = [str(each.judged), str(each.right)], f"{median} ({low}-{high})"
    return [each.task, each.language, *counts, precision, interval, f"{each.distinct_3:.2f}", lengths]
