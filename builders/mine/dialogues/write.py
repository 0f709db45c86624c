"""What the map made of each paper in, the dataset of dialogues and what their verification found out.

    with dialogue_files(out, finder) as spoken:
        spoken.write(derived["dialogues"])          # for each paper, in order
    spoken.dropped  ->  [Dropped("dialogue_no_abstract", ...), ...]

data/<recipe>/sft_dialogues.jsonl, sft_dialogues.sources.jsonl
data/<recipe>/dialogues.verified.jsonl:
    {"id": "9f...", "task": "dialogue.grounds", "passed": true, "abstract_covered": 0.81, "conclusion_covered": 1.0,
     "answers": [{"part": "conclusion", "rewritten": 1, "longest": 0.93, "numbers": [], ...}, ...], ...}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from builders import formats
from builders.graph.leaks import HeldoutFinder
from builders.mine.dialogues import Conversed
from builders.output import Dataset, Output, Rows
from builders.types import Dropped

DATASET = "sft_dialogues"
VERIFIED = "dialogues.verified.jsonl"


def derived(conversed: Conversed) -> dict[str, list[Any]]:
    """What a map keeps of a paper's dialogues, as JSON."""
    return {
        "rows": [formats.whole(formats.sharegpt, sample) for sample in conversed.samples],
        "verified": list(conversed.verified),
        "dropped": list(conversed.dropped),
    }


class DialogueFiles:
    """The open files of a build's dialogues, and what was counted on the way."""

    def __init__(self, dataset: Dataset, verified: Rows, finder: HeldoutFinder) -> None:
        self._dataset = dataset
        self._verified = verified
        self._finder = finder
        self._shares: dict[str, list[float]] = {"abstract_covered": [], "conclusion_covered": []}
        self._counts: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self.dropped: list[Dropped] = []

    def write(self, made: dict[str, list[Any]]) -> None:
        """Writes what one paper gave; a dialogue that names both ends of a held-out fact is left out."""
        self.dropped += [Dropped(**one) for one in made["dropped"]]
        leaking = {whole["row"]["id"] for whole in made["rows"] if self._leaks(whole["row"])}
        for whole in made["rows"]:
            if whole["row"]["id"] not in leaking:
                self._dataset.write_whole(whole)
        for report in made["verified"]:
            if report["id"] not in leaking:
                self._verified.write(report)
                self._count(report)

    def _leaks(self, row: dict[str, Any]) -> bool:
        found = self._finder.find("\n".join(turn["value"] for turn in row["conversations"]))
        self.dropped += [Dropped("dialogue_names_heldout_fact", row["id"], triple.key) for triple in found[:1]]
        return bool(found)

    def _count(self, report: dict[str, Any]) -> None:
        for answer in report["answers"]:
            self._failures.update(answer["failures"])
        if not report["passed"]:
            self._counts["failed"] += 1
            return
        self._counts["passed"] += 1
        self._counts["turns"] += len(report["answers"])
        for change in ("rewritten", "cleaned"):
            self._counts[change] += sum(answer[change] for answer in report["answers"])
        for name, shares in self._shares.items():
            shares.append(report[name])

    @property
    def summary(self) -> dict[str, Any]:
        """Dialogues that passed and failed, changes made, why answers failed, and the means of what was covered."""
        means = {name: round(sum(shares) / max(1, len(shares)), 3) for name, shares in self._shares.items()}
        return {**dict(sorted(self._counts.items())), "failures": dict(sorted(self._failures.items())), **means}


@contextmanager
def dialogue_files(out: Output, finder: HeldoutFinder) -> Iterator[DialogueFiles]:
    """Opens the dataset and, beside it, what its verification finds; the summary of both goes to the build's."""
    with out.open_dataset(DATASET, formats.sharegpt) as dataset, out.open(VERIFIED) as verified:
        files = DialogueFiles(dataset, verified, finder)
        yield files
    out.counts[DATASET]["verified"] = files.summary
