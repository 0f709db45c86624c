"""What the map made of one paper in, the rows that may be trained on out: none names both ends of a held-out fact.

for row in allowed(read_derived(path), HeldoutFinder(graph, split), dropped): dataset.write_whole(row)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builders.graph.leaks import HeldoutFinder
from builders.types import Dropped


def allowed(derived: dict[str, list[Any]], finder: HeldoutFinder, dropped: list[Dropped]) -> Iterator[dict[str, Any]]:
    """The rows, each with its sources; what the guards and the split of the graph refuse is added to `dropped`."""
    dropped += (Dropped(**item) for item in derived["dropped"])
    for whole in derived["sft_paper_tasks"]:
        row = whole["row"]
        found = finder.find(f"{row['instruction']}\n{row['output']}")
        if found:
            dropped.append(Dropped("heldout_triple", row["id"], f"{row['task']} names both ends of {found[0].key!r}"))
        else:
            yield whole
