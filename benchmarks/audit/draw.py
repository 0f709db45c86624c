"""A build in, rows drawn by task and language out: a sheet to read beside a table to judge in.

    draw(Path(".cache/audit/data/audit"), [Path("tcm.json")], Path(".cache/audit"), Path("audit"), Draw(rows=50))
    .cache/audit/graph.forward.zh.md      question, answer, sources with their surroundings
    audit/graph.forward.csv               id,language,verdict,reason

Which rows are drawn depends on seed and id alone, so the same rows are drawn when others come or go. A row that was
judged stays in its table; rows that nobody judged make room for what is drawn now.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.audit.rows import Audited, audited
from benchmarks.audit.sources import Surroundings
from benchmarks.audit.verdicts import Verdict, read_verdicts, write_verdicts
from builders.graph.chance import fraction

Family = tuple[str, str]
"""A task and a language."""


@dataclass(frozen=True)
class Draw:
    """How many rows are drawn, and which."""

    rows: int = 50
    """A task and language; all where there are fewer."""
    seed: int = 0


def draw(data: Path, graphs: Sequence[Path], sheets: Path, tables: Path, config: Draw) -> Iterator[str]:
    """Draws, writes sheets and tables, and says what there is, a line a family."""
    judged = {path.stem: read_verdicts(path) for path in sorted(tables.glob("*.csv"))}
    known = {verdict.id for verdicts in judged.values() for verdict in verdicts if verdict.verdict}
    ids, sizes = _drawn(data, config, known)
    wanted = {name for names in ids.values() for name in names}
    rows = {row.id: row for row in audited(data) if row.id in wanted}
    surroundings = Surroundings(data, graphs)
    for old in sheets.glob("*.md"):
        old.unlink()
    for task, languages in sorted(_by_task(ids).items()):
        before = {verdict.id: verdict for verdict in judged.get(task, ())}
        table = [before.get(name, Verdict(name, language)) for language in languages for name in ids[task, language]]
        gone = [verdict for verdict in before.values() if verdict.verdict and verdict.id not in ids_of(table)]
        write_verdicts(tables / f"{task}.csv", [*table, *gone])
        for language in languages:
            found = [rows[name] for name in ids[task, language]]
            text = "\n".join(sheet(found, before, surroundings))
            (sheets / f"{task}.{language}.md").write_text(text, encoding="utf-8")
            yield f"{task} {language}: {len(found)} of {sizes[task, language]}"
        if gone:
            yield f"{task}: {len(gone)} judged rows are not built any more: {', '.join(each.id for each in gone)}"
    for task in sorted(set(judged) - {task for task, _ in ids}):
        yield f"{task}: judged before, and not built any more; delete {tables / f'{task}.csv'}"


def ids_of(verdicts: Sequence[Verdict]) -> set[str]:
    return {verdict.id for verdict in verdicts}


def _drawn(data: Path, config: Draw, known: set[str]) -> tuple[dict[Family, list[str]], dict[Family, int]]:
    """The ids by family: those that were judged, then the first by a hash; and how many rows each family has."""
    heaps: dict[Family, list[tuple[bool, float, str]]] = defaultdict(list)
    sizes: dict[Family, int] = defaultdict(int)
    for row in audited(data):
        heap = heaps[row.task, row.language]
        sizes[row.task, row.language] += 1
        # The first of a heap is the row to let go of: one that nobody judged, of the highest hash.
        heapq.heappush(heap, (row.id in known, -fraction(config.seed, "audit", row.id), row.id))
        if len(heap) > config.rows and not heap[0][0]:
            heapq.heappop(heap)
    ranked = {family: sorted(heap, key=lambda item: -item[1]) for family, heap in heaps.items()}
    return {family: [name for *_, name in heap] for family, heap in ranked.items()}, sizes


def _by_task(ids: Mapping[Family, Sequence[str]]) -> dict[str, list[str]]:
    tasks: dict[str, list[str]] = defaultdict(list)
    for task, language in sorted(ids):
        tasks[task].append(language)
    return tasks


def sheet(rows: Sequence[Audited], judged: Mapping[str, Verdict], surroundings: Surroundings) -> Iterator[str]:
    """The lines of one sheet."""
    yield f"# {rows[0].task} ({rows[0].language}), {len(rows)} rows"
    for number, row in enumerate(rows, 1):
        said = judged[row.id].verdict if row.id in judged else ""
        yield f"\n## {number}. `{row.id}` {said}".rstrip() + "\n"
        for name, text in row.parts:
            yield f"**{name}**: {text}\n"
        yield from surroundings.of(row)
