"""Near-duplicates, from texts to clusters: ours beside datatrove and datasketch, in one run on the same file.

    python -m benchmarks.dedup 3          prints what each of 3 runs took and found, then one JSON object:
    {"dedup_vs_datatrove": 90.1, "dedup_vs_datasketch_batch": 9.2, "dedup_recall_gap": -0.01, ...}

The texts are sections of real papers. To one in four an edited copy is added: words dropped and neighbours swapped
until the Jaccard similarity of their 5-word shingles lies between 0.85 and 0.95. To one in eight a copy of 0.2 to 0.5
is added, which must not be found. All have 128 hashes and a threshold of 0.75 and run by turns, one worker and thread,
each time in a fresh process. The figures are of CPU seconds (the median), child processes included, which do not count
what else the machine does; the wall clock is printed beside them. `dedup_recall_gap` is the best peer's recall of the
planted pairs less ours. The peers live in an environment of their own: `make setup-peers`.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from builders.corpus.near import SIGNATURE_BYTES, Index, clusters
from builders.errors import UserError

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT.parent / "shared" / "data" / "biomed_papers"
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PEERS = ("datasketch", "datatrove")

TEXTS = 1200
SHORTEST_WORDS = 60
NEAR = (0.85, 0.95)
FAR = (0.2, 0.5)
SHINGLE = 5
INDEX_ITEMS = 100_000
SEED = 11


@dataclass(frozen=True)
class Corpus:
    """Texts, and of which of them others are edited copies."""

    texts: tuple[str, ...]
    near: tuple[tuple[int, int], ...]
    far: tuple[tuple[int, int], ...]

    @property
    def megabytes(self) -> float:
        return sum(len(text.encode()) for text in self.texts) / 1e6


def main(repeats: int = 3) -> dict[str, float]:
    """Measures everything and returns the figures."""
    if not PEERS_PYTHON.is_file():
        raise UserError(f"{PEERS_PYTHON.parent.parent.name}: no such environment; `make setup-peers` makes it")
    corpus = planted(sections(PAPERS), random.Random(SEED))
    print(
        f"{len(corpus.texts)} texts, {corpus.megabytes:.1f} MB: {len(corpus.near)} copies of Jaccard {NEAR[0]} to "
        f"{NEAR[1]}, {len(corpus.far)} of {FAR[0]} to {FAR[1]}"
    )
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        texts.write_bytes(
            b"".join(orjson.dumps({"text": text, "id": str(i)}) + b"\n" for i, text in enumerate(corpus.texts))
        )
        results = _measured(texts, repeats)
    figures = _compared(corpus, results)
    return {**figures, "index_bytes_per_item": index_bytes(INDEX_ITEMS)}


def sections(folder: Path) -> list[str]:
    """The sections of all papers, each without its subsections, which are texts of their own."""
    found: list[str] = []
    for path in sorted(folder.glob("*.json")):
        todo = list(reversed(json.loads(path.read_bytes())["sections"]))
        while todo:
            section = todo.pop()
            found.append("\n".join(section["paragraphs"]))
            todo += reversed(section["subsections"])
    return [text for text in dict.fromkeys(found) if len(text.split()) >= SHORTEST_WORDS]


def planted(texts: Sequence[str], rng: random.Random) -> Corpus:
    """Draws the texts and adds the edited copies."""
    drawn = rng.sample(texts, TEXTS)
    copies: list[str] = []
    near, far = [], []
    for number, text in enumerate(drawn):
        if number % 4 == 0:
            near.append((number, TEXTS + len(copies)))
            copies.append(edited(text, NEAR, rng))
        elif number % 8 == 1:
            far.append((number, TEXTS + len(copies)))
            copies.append(edited(text, FAR, rng))
    return Corpus((*drawn, *copies), tuple(near), tuple(far))


def edited(text: str, wanted: tuple[float, float], rng: random.Random) -> str:
    """A copy whose similarity to the text lies between the two, with as many edits as that takes."""
    low, high = wanted
    target = rng.uniform(low, high)
    while True:
        words = text.split()
        edits = max(1, round(len(words) * (1 - target) / ((1 + target) * SHINGLE)))
        for _ in range(edits + rng.randint(0, 1)):
            place = rng.randrange(len(words) - 1)
            if rng.random() < 0.5:
                del words[place]
            else:
                words[place], words[place + 1] = words[place + 1], words[place]
        copy = " ".join(words)
        found = jaccard(text, copy)
        if low <= found <= high:
            return copy
        # Edits that fall together break fewer shingles than expected.
        target += 0.01 if found < low else -0.01


def jaccard(first: str, second: str) -> float:
    """The exact similarity of the shingles."""
    one, other = _shingles(first), _shingles(second)
    return len(one & other) / len(one | other)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    return {tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}


# ---- running ------------------------------------------------------------------------------------------------------


def _measured(texts: Path, repeats: int) -> dict[str, list[dict[str, Any]]]:
    """Runs all by turns, each time in a fresh process."""
    results: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in range(repeats):
        for name in ("ours", *PEERS):
            out = texts.with_name(f"{name}.json")
            program = (
                [sys.executable, "-m", "benchmarks.dedup", "--ours"]
                if name == "ours"
                else [str(PEERS_PYTHON), str(ROOT / "benchmarks" / "dedup_peers.py"), name]
            )
            threads = {"OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            environment = {**os.environ, **threads}
            subprocess.run(
                [*program, str(texts), str(out)], cwd=ROOT, env=environment, check=True, stderr=subprocess.PIPE
            )
            results[name].append(json.loads(out.read_bytes()))
            run = results[name][-1]
            print(
                f"  run {number + 1}  {name:10s} {run['cpu_seconds']:8.3f} s of CPU, {run['seconds']:8.3f} s",
                flush=True,
            )
    return results


def run_ours(texts: Path, result: Path) -> None:
    """What `_measured` runs in a process of its own."""
    start, cpu = time.perf_counter(), time.process_time()
    with texts.open("rb") as lines:
        found = clusters(orjson.loads(line)["text"] for line in lines)
    stated = {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": time.process_time() - cpu,
        "clusters": [group for group in found if len(group) > 1],
        "call": "builders.corpus.near.clusters(texts, threshold=0.75)",
        "versions": {name: version(name) for name in ("numpy", "rensa")},
    }
    result.write_text(json.dumps(stated), encoding="utf-8")


# ---- judging ------------------------------------------------------------------------------------------------------


def _compared(corpus: Corpus, results: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    seconds = {name: statistics.median(run["cpu_seconds"] for run in runs) for name, runs in results.items()}
    recall = {}
    for name, runs in results.items():
        first = runs[0]
        if any(run["clusters"] != first["clusters"] for run in runs):
            raise AssertionError(f"{name}: other clusters in another run")
        group = {item: number for number, members in enumerate(first["clusters"]) for item in members}
        recall[name] = sum(_together(group, pair) for pair in corpus.near) / len(corpus.near)
        far = sum(_together(group, pair) for pair in corpus.far)
        stated = ", ".join(f"{package} {number}" for package, number in first["versions"].items())
        others = ", ".join(f"{similarity:.2f}" for similarity in _unplanted(corpus, first["clusters"])) or "none"
        print(f"{name:10s} {first['call']} ({stated})")
        speed = corpus.megabytes / seconds[name]
        print(f"           {seconds[name]:.3f} s of CPU, {speed:.2f} MB/s, recall {recall[name]:.4f}")
        print(f"           far copies joined: {far} of {len(corpus.far)}; other pairs joined, by Jaccard: {others}")
    return {
        "dedup_vs_datatrove": round(seconds["datatrove"] / seconds["ours"], 2),
        "dedup_vs_datasketch_batch": round(seconds["datasketch"] / seconds["ours"], 2),
        "dedup_recall_gap": round(max(recall[name] for name in PEERS) - recall["ours"], 4),
    }


def _together(group: dict[int, int], pair: tuple[int, int]) -> bool:
    one, other = pair
    return one in group and group.get(other) == group[one]


def _unplanted(corpus: Corpus, found: Sequence[Sequence[int]]) -> list[float]:
    """The exact similarity of pairs that stand in one cluster although neither is a copy of the other."""
    source = {copy: original for original, copy in (*corpus.near, *corpus.far)}
    return list(_other_pairs(corpus, found, source))


def _other_pairs(corpus: Corpus, found: Sequence[Sequence[int]], source: dict[int, int]) -> Iterator[float]:
    for members in found:
        origins = sorted({source.get(item, item) for item in members})
        for first, second in itertools.pairwise(origins):
            yield jaccard(corpus.texts[first], corpus.texts[second])


def index_bytes(items: int) -> int:
    """The peak memory of an index over so many different signatures, grouping included, by item."""
    rng = random.Random(SEED)
    for limit in (0, items):
        tracemalloc.start()
        with Index(spill_items=limit) as index:
            for _ in range(items):
                index.add(rng.randbytes(SIGNATURE_BYTES))
            index.firsts()
            _, peak = tracemalloc.get_traced_memory()
            where = "on disk" if index.spilled else "in memory"
        print(f"index of {items} items {where}: {peak / items:.0f} bytes of memory an item at its peak")
        tracemalloc.stop()
    return round(peak / items)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        run_ours(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        print(json.dumps(main(*map(int, sys.argv[1:]))))
