"""A build killed again and again: `kill -9` at moments uniform over its run, then the same bytes as without.

python -m benchmarks.kills moments=20 papers=60           # a few minutes; needs ../shared/data
{"kills": 20, "hit": {"starting": 2, "after: ...": 5}, "half_written": 0, "other_bytes": 0}
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.lab import ROOT, SHARED, Lab
from benchmarks.scale import RECIPE, digests, drawn, write

BUILD = ("relations=null", "logic=null", "graph.questions.exposures=2", "split.documents=0.05")
PDFS = 2


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on real papers that are not part of the repository")
        return 1
    settings = dict(argument.split("=", 1) for argument in sys.argv[1:])
    moments, papers = int(settings.get("moments", "20")), int(settings.get("papers", "60"))
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(Path(folder), RECIPE)
        write(drawn(0, papers), lab.papers)
        for pdf in sorted((ROOT / "samples/papers").glob("*.pdf"))[:PDFS]:
            shutil.copy(pdf, lab.papers)
        started = time.monotonic()
        run(lab, None)
        figures = kill(lab, moments, time.monotonic() - started)
    print(json.dumps({"kills": moments, **figures}))
    return 0 if figures["other_bytes"] == figures["half_written"] == 0 else 1


def kill(lab: Lab, moments: int, duration: float) -> dict[str, Any]:
    """Kills builds from nothing at moments uniform over their run, and lets each go on to its end."""
    expected = digests(lab)
    hit: Counter[str] = Counter()
    half_written = other_bytes = 0
    rng = random.Random(1)
    for number in range(moments):
        shutil.rmtree(lab.folder / "data" / RECIPE)
        moment = duration * (number + rng.random()) / moments
        step = run(lab, moment)
        hit[step] += 1
        left = {name: digest for name, digest in digests(lab).items() if not name.startswith(".building")}
        half_written += sum(expected.get(name) != digest for name, digest in left.items())
        run(lab, None)
        other_bytes += digests(lab) != expected
        print(f"killed after {moment:.1f} s, {step}; {other_bytes} of {number + 1} ended otherwise", flush=True)
    return {"hit": dict(hit), "half_written": half_written, "other_bytes": other_bytes}


def run(lab: Lab, seconds: float | None) -> str:
    """Runs a build, to its end or until it is killed; returns what it said last."""
    command = [sys.executable, "-m", "builders", f"recipes/{RECIPE}/build.yaml", *BUILD]
    process = subprocess.Popen(
        command,
        cwd=lab.folder,
        env=lab.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        _, said = process.communicate()
        lines = said.strip().splitlines()
        return "after: " + lines[-1].split("s  ", 1)[-1].split(":")[-1].strip() if lines else "starting"
    assert process.returncode == 0, said
    return "done"


if __name__ == "__main__":
    sys.exit(main())
