"""All figures of the corpus, one benchmark after the other: reading, duplicates, cleaning, sentences, packing, scale.

    python -m benchmarks.corpus                 # about an hour on two cores; needs ../shared/data, `make setup-peers`
    python -m benchmarks.corpus dedup packing   # some of them
    {"parse_recall": 0.99, "paragraphs_intact": 0.96, ..., "seconds_3000": 214.0}

Each part is a program of its own (`python -m benchmarks.<part>`), whose last line is its figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from benchmarks.lab import ROOT

PARTS = {
    "gold": ("parse_recall", "paragraphs_intact", "heading_depth", "wrong_joins", "reference_leak"),
    "dedup": ("dedup_vs_datatrove", "dedup_vs_datasketch_batch", "dedup_recall_gap"),
    "cleaning": ("clean_share_of_parse", "clean_mb_per_s"),
    "sentences": ("sentence_f1", "sentence_f1_pysbd"),
    "packing": ("labels_lost", "packing_fill_2048"),
    "scale": ("rss_ratio_10x", "seconds_3000"),
}


def main(asked: list[str]) -> int:
    if unknown := set(asked) - set(PARTS):
        print(f"{', '.join(sorted(unknown))}: no such part; there are {', '.join(PARTS)}")
        return 1
    figures: dict[str, Any] = {}
    failed = []
    for part in asked or PARTS:
        print(f"=== {part}", flush=True)
        found = run(part)
        if found is None:
            failed.append(part)
        else:
            figures |= {name: found[name] for name in PARTS[part]}
    if failed:
        print(f"no figures of {', '.join(failed)}: see above")
    print(json.dumps(figures))
    return 1 if failed else 0


def run(part: str) -> dict[str, Any] | None:
    """Runs one part, its output on ours; returns its last line, None where it failed."""
    command = [sys.executable, "-m", f"benchmarks.{part}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = ""
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line
    found: dict[str, Any] | None = json.loads(last) if process.returncode == 0 else None
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
