"""All that the miners find in a paper in, its rows out: of every family some, none on the same sentence as another.

mined = paper_tasks(document, Wordings.load("paper_tasks"), PaperTasksConfig(), seed=42)
mined.samples  ->  (ChatSample(task="paper_tasks.definition", messages=(question, answer), sources=(...)), ...)
mined.dropped  ->  (Dropped("number_not_in_source", "li.pdf", "paper_tasks.finding: ..."),)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from builders.graph.chance import fraction
from builders.ids import row_id
from builders.mine.tasks.augment import AugmentConfig, Row, augmented
from builders.mine.tasks.families import FAMILIES, candidates
from builders.mine.tasks.found import Found
from builders.mine.tasks.guards import fault
from builders.mine.tasks.say import Paper, ask, read
from builders.mine.wordings import Wordings
from builders.papers.choices import check_names
from builders.types import ChatSample, Document, Dropped, Message, Source

TASK = "paper_tasks"
SELDOM = {"completion": 1, "order": 2, "number": 2, "short_form": 2, "abbreviation": 2}
"""Most rows in a paper of the families that would give the most and teach the least."""
WHOLE = ("completion", "order")
"""Families that use up a paragraph."""
Place = tuple[int, int]


@dataclass(frozen=True)
class PaperTasksConfig:
    """Which questions are mined from a paper, and how many."""

    rows: int = 24
    """Most rows a paper; those of `augment` come on top. 0: none are looked for."""
    per_section: int = 2
    """Most rows of one family in one section."""
    per_family: int = 3
    """Most rows of one family in a paper."""
    off: list[str] = field(default_factory=list)
    """Families that are not mined, by the names under which the summary counts them."""
    augment: AugmentConfig = field(default_factory=AugmentConfig)

    def check(self) -> None:
        """Raises UserError where a key names a family that there is not."""
        check_names("tasks.off", self.off, FAMILIES)


@dataclass(frozen=True, slots=True)
class Mined:
    """What a paper gave."""

    samples: tuple[ChatSample, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def paper_tasks(document: Document, wordings: Wordings, config: PaperTasksConfig, seed: int) -> Mined:
    """The rows of a paper in the order of its text, and what its guards refused."""
    if document.language == "other" or config.rows == 0:
        return Mined()
    paper, key = read(document), f"{seed}\t{document.id}"
    found = _unambiguous([each for each in candidates(paper, seed) if each.family not in config.off])
    dropped: list[Dropped] = []
    rows = _choose(found, paper, wordings, config, key, dropped)
    rows.sort(key=lambda row: [span.start or 0 for span in row.sources])
    more = augmented(rows, _names(found), paper, wordings, config.augment, key)
    rows += [row for row in more if _passes(row, paper, dropped)]
    return Mined(tuple(_sample(row, document) for row in rows), tuple(dropped))


def _names(found: Sequence[Found]) -> dict[str, str]:
    """Two names of one thing each: an abbreviation and its long form, a Chinese term and the English one."""
    names = {each.values["short"]: each.answer for each in found if each.family == "abbreviation"}
    return names | {each.values["chinese"]: each.answer for each in found if each.family == "english_term"}


def _unambiguous(found: Sequence[Found]) -> list[Found]:
    """Without the questions that the paper answers twice, and differently."""
    answers: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for each in found:
        answers[_asks(each)].add(each.answer.casefold())
    return [each for each in found if each.context == "alone" or len(answers[_asks(each)]) == 1]


def _asks(found: Found) -> tuple[str, ...]:
    return (found.family, *(value.casefold() for value in found.values.values()))


def _choose(
    found: Sequence[Found],
    paper: Paper,
    wordings: Wordings,
    config: PaperTasksConfig,
    key: str,
    dropped: list[Dropped],
) -> list[Row]:
    """One of each family in turn, by hash, until the cap; none that shares a sentence with one chosen before."""
    queues: defaultdict[str, list[Found]] = defaultdict(list)
    for each in sorted(found, key=lambda each: fraction(key, each.family, each.answer)):
        queues[each.family].append(each)
    # The rare families first: a sentence that could serve two goes to the one that has fewer; whole paragraphs last.
    ranked = sorted(queues, key=lambda family: (family in WHOLE, len(queues[family]), family))
    waiting = [iter(queues[family]) for family in ranked]
    in_section: Counter[tuple[str, tuple[str, ...]]] = Counter()
    in_paper: Counter[str] = Counter()
    taken: list[Place] = []
    rows: list[Row] = []
    while waiting and len(rows) < config.rows:
        queue = waiting.pop(0)
        for each in queue:
            most = min(config.per_family, SELDOM.get(each.family, config.per_family))
            places = [(span.start or 0, span.end or 0) for span in each.uses]
            full = in_section[each.family, each.section] >= config.per_section
            if full or in_paper[each.family] >= most or _overlap(places, taken):
                continue
            if row := _row(each, paper, wordings, key, dropped):
                in_section[each.family, each.section] += 1
                in_paper[each.family] += 1
                taken += places
                rows.append(row)
                waiting.append(queue)
                break
    return rows


def _overlap(places: Sequence[Place], taken: Sequence[Place]) -> bool:
    return any(start < taken_end and taken_start < end for start, end in places for taken_start, taken_end in taken)


def _row(found: Found, paper: Paper, wordings: Wordings, key: str, dropped: list[Dropped]) -> Row | None:
    asked = ask(found, paper, wordings, key)
    if asked is None:
        return None
    row = Row(found.family, found, asked, found.answer)
    return row if _passes(row, paper, dropped) else None


def _passes(row: Row, paper: Paper, dropped: list[Dropped]) -> bool:
    reason = fault(row.found, row.asked, row.answer, paper.text, paper.language)
    if reason:
        shown = f"{TASK}.{row.task}: {row.asked.question[:200]!r} -> {row.answer[:200]!r}"
        dropped.append(Dropped(reason, paper.document.path, shown))
    return reason is None


def _sample(row: Row, document: Document) -> ChatSample:
    task = f"{TASK}.{row.task}"
    messages = (Message("user", row.asked.question), Message("assistant", row.answer))
    sources = tuple(
        Source(each.document, each.page, each.line, each.box, each.start, each.end, maker=task) for each in row.sources
    )
    return ChatSample(row_id(task, document.id, row.asked.question, row.answer), task, messages, sources)
