"""The peers of `benchmarks.dedup`, run by the Python of `.venv-peers`: a file of texts in, clusters and seconds out.

    .venv-peers/bin/python benchmarks/dedup_peers.py datasketch texts.jsonl result.json
    result.json  ->  {"seconds": 4.2, "clusters": [[0, 1000]], "call": "MinHash.generator(...)", "versions": {...}}

Each is called as its documentation recommends, with the number of hashes and the threshold that ours has. The time
runs from the file of texts to the clusters, in one process; imports are not in it.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

import orjson

SHINGLE, BANDS, ROWS, THRESHOLD = 5, 16, 8, 0.75
Clusters = list[list[int]]


def main(peer: str, texts: str, result: str) -> None:
    prepare, packages, call = PEERS[peer]
    run = prepare()
    start, cpu = time.perf_counter(), _cpu_seconds()
    clusters = run(Path(texts))
    stated = {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": _cpu_seconds() - cpu,
        "clusters": clusters,
        "call": call,
        "versions": {name: version(name) for name in packages},
    }
    Path(result).write_text(json.dumps(stated), encoding="utf-8")


def _cpu_seconds() -> float:
    """Of this process and of the children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def datasketch() -> Callable[[Path], Clusters]:
    """The generator reuses the permutations for every `update_batch`; the docs advise a hash faster than SHA-1."""
    import xxhash
    from datasketch import MinHash, MinHashLSH

    def run(texts: Path) -> Clusters:
        shingles = (_shingles(row["text"]) for row in map(orjson.loads, texts.open("rb")))
        sketches = list(MinHash.generator(shingles, num_perm=BANDS * ROWS, hashfunc=xxhash.xxh32_intdigest))
        lsh = MinHashLSH(threshold=THRESHOLD, num_perm=BANDS * ROWS)
        for number, sketch in enumerate(sketches):
            lsh.insert(number, sketch)
        return _united(
            (number, other) for number, sketch in enumerate(sketches) for other in lsh.query(sketch) if other != number
        )

    return run


def _shingles(text: str) -> list[bytes]:
    words = text.lower().split()
    return [" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))]


def datatrove() -> Callable[[Path], Clusters]:
    """The stages of examples/minhash_deduplication.py that lead to clusters, over its local executor, one worker."""
    from datatrove.executor.local import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.utils.hashing import HashConfig
    from datatrove.utils.logging import logger
    from datatrove.utils.typeshelper import Languages

    logger.remove()
    config = MinhashConfig(SHINGLE, BANDS, ROWS, hash_config=HashConfig(precision=64))

    def run(texts: Path) -> Clusters:
        with tempfile.TemporaryDirectory() as name:
            signatures, buckets, removed = (f"{name}/{part}" for part in ("signatures", "buckets", "remove_ids"))
            reader = JsonlReader(str(texts.parent), glob_pattern=texts.name)
            stages = [
                ([reader, MinhashDedupSignature(signatures, config, Languages.english)], 1),
                ([MinhashDedupBuckets(signatures, buckets, config=config)], BANDS),
                ([MinhashDedupCluster(buckets, removed, config, save_cluster_id=True)], 1),
            ]
            for number, (pipeline, tasks) in enumerate(stages):
                LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=f"{name}/log{number}").run()
            return _read_clusters(Path(removed) / "000000.clusters")

    return run


def _read_clusters(path: Path) -> Clusters:
    found: defaultdict[int, list[int]] = defaultdict(list)
    if not path.is_file():
        return []  # nothing was found
    for number, cluster in struct.iter_unpack("<2I", path.read_bytes()):
        found[cluster].append(number)
    return sorted(map(sorted, found.values()))


def _united(pairs: Iterable[tuple[int, int]]) -> Clusters:
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        while parent.setdefault(item, item) != item:
            parent[item] = item = parent[parent[item]]
        return item

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    found: defaultdict[int, list[int]] = defaultdict(list)
    for item in sorted(parent):
        found[root(item)].append(item)
    return list(found.values())


PEERS: dict[str, tuple[Callable[[], Callable[[Path], Clusters]], tuple[str, ...], str]] = {
    "datasketch": (
        datasketch,
        ("datasketch", "numpy", "xxhash"),
        "MinHash.generator(shingles, num_perm=128, hashfunc=xxh32), which calls update_batch; "
        "MinHashLSH(threshold=0.75, num_perm=128).insert, .query; union-find",
    ),
    "datatrove": (
        datatrove,
        ("datatrove", "numpy", "spacy", "xxhash"),
        "LocalPipelineExecutor(workers=1): JsonlReader, MinhashDedupSignature(english), MinhashDedupBuckets, "
        "MinhashDedupCluster; MinhashConfig(n_grams=5, num_buckets=16, hashes_per_bucket=8, precision=64)",
    ),
}

if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    main(*sys.argv[1:])
