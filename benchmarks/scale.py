"""Three thousand papers: from parsed papers to the packed CPT set, in how long, in how much memory, and then 1 % more.

    python -m benchmarks.scale papers=3000            # about a quarter of an hour on two cores; needs ../shared/data
    python -m benchmarks.scale only=build             # the CPT set alone: four minutes
    {"seconds_3000": 201.4, "seconds_by_step": {...}, "rss_ratio_10x": 1.08, "incremental_share_of_maps": 0.03, ...}

The papers are drawn from 115 real ones (Pap2Pat, CC BY 4.0) and written as MinerU content_lists. A drawn paper has its
own seed, by which three words in five is spelt otherwise, so that no two are near-duplicates of each other. The first
build makes the CPT set alone; a second one adds what is mined from papers for fine-tuning. Everything
runs through the product's own programs in a folder that starts with `make new`.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.lab import SHARED, Lab
from builders.config import BuildConfig
from builders.corpus.gather import PARSED, PREPARED, settings_of
from builders.corpus.prepare import prepare, tasks
from builders.corpus.store import Store, mapped
from builders.papers import find_papers
from builders.progress import Steps

RECIPE = "scale"
BUILD = ("triples=[]", "relations=null", "logic=null", "pack.context_tokens=2048", "split.documents=0.02")
CPT_ALONE = ("tasks.rows=0", "dialogues.enabled=false", "paper_logic.per_paper=0")
"""Without what is mined for fine-tuning."""
PAGE_CHARACTERS = 3500
WORD = re.compile(r"[a-z]{4,}")
RESPELT = 0.6
EXTRA = 0.01
SAID = re.compile(r"^ *([\d.]+)s  (.*)$", re.MULTILINE)
# What a build says at the end of a step; the maps run once a paper, the others see all of them.
STEPS = {
    "PDFs parsed": "finding",
    "vote on hyphens": "counting words",
    "new or changed": "hashing",
    "all read and cleaned": "map: read and clean",
    "to train,": "duplicates and split",
    "overlaps with": "decontamination",
    "all cut, mined and retold": "map: cut, mine, retell",
    "texts written": "writing",
    "pairs and text written": "graph",
}


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on real papers that are not part of the repository")
        return 1
    settings = dict(argument.split("=", 1) for argument in sys.argv[1:])
    if "map" in settings:
        print(run_map(settings["map"]))
        return 0
    count = int(settings.get("papers", "3000"))
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(Path(folder) / "lab", RECIPE)
        figures = first_build(lab, count)
        if settings.get("only") != "build":
            figures |= measure(lab, Path(folder), count)
        print(json.dumps(figures))
    return 0


def first_build(lab: Lab, count: int) -> dict[str, Any]:
    """Builds the CPT set of `count` papers and packs it."""
    write(drawn(0, count), lab.papers)
    first = build(lab, *CPT_ALONE)
    packing = pack(lab)
    seconds = round(sum(first.values()) + packing, 1)
    return {f"seconds_{count}": seconds, "seconds_by_step": {**first, "pack": packing}}


def measure(lab: Lab, work: Path, count: int) -> dict[str, Any]:
    """Builds every set, then with one paper in a hundred more, then all in one go; compares times and bytes."""
    extra = max(1, round(EXTRA * count))
    with_tasks = build(lab)
    figures: dict[str, Any] = {"seconds_retelling_with_tasks": with_tasks["map: cut, mine, retell"]}
    figures |= memory(lab, work, count)
    write(drawn(count, extra), lab.papers)
    more = build(lab)
    full = Lab(work / "full", RECIPE)
    write(drawn(0, count + extra), full.papers)
    # The votes on words are an input of a build.
    (full.folder / "data" / RECIPE).mkdir(parents=True)
    shutil.copy(lab.folder / "data" / RECIPE / "lexicon.json", full.folder / "data" / RECIPE)
    whole = build(full)
    more_maps, all_maps = (sum(took for step, took in run.items() if "map:" in step) for run in (more, whole))
    figures["incremental_share_of_maps"] = round(more_maps / all_maps, 4)
    figures["incremental_seconds"] = {"one percent more": more, "all at once": whole}
    figures["incremental_equals_full"] = digests(lab) == digests(full)
    return figures


def drawn(first: int, count: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Papers by number, each a real one with words of its own spelling, as a name and a content_list."""
    sources = sorted((SHARED / "biomed_papers").glob("*.json"))
    for number in range(first, first + count):
        paper = json.loads(sources[number % len(sources)].read_bytes())
        rng = random.Random(number)
        yield f"paper-{number:05d}", list(content_list(paper, rng))


def content_list(paper: dict[str, Any], rng: random.Random) -> Iterator[dict[str, Any]]:
    """MinerU's blocks of a paper, a page every 3,500 characters."""
    characters = 0
    for text, level in texts(paper):
        place = {"page_idx": characters // PAGE_CHARACTERS, "bbox": [100, 100, 900, 200]}
        characters += len(text)
        block = {"type": "text", "text": respelt(text, rng), **place}
        yield block | ({"text_level": level} if level else {})


def texts(paper: dict[str, Any]) -> Iterator[tuple[str, int]]:
    yield paper["title"], 1
    yield "Abstract", 2
    yield paper["abstract"], 0
    waiting = list(reversed(paper["sections"]))
    while waiting:
        section = waiting.pop()
        yield section["title"], 2
        yield from ((paragraph, 0) for paragraph in section["paragraphs"])
        waiting += reversed(section["subsections"])


def respelt(text: str, rng: random.Random) -> str:
    """Three words in five with its last two letters turned round: other shingles, the same lengths."""

    def turned(match: re.Match[str]) -> str:
        word = match.group()
        return word[:-2] + word[:-3:-1] if rng.random() < RESPELT else word

    return WORD.sub(turned, text)


def write(papers: Iterator[tuple[str, list[dict[str, Any]]]], folder: Path) -> None:
    for name, blocks in papers:
        place = folder / name
        place.mkdir(parents=True)
        (place / f"{name}_content_list.json").write_text(json.dumps(blocks, ensure_ascii=False), encoding="utf-8")


def build(lab: Lab, *changes: str) -> dict[str, float]:
    """Runs a build; returns the seconds of its maps and of each reduce, by what it says."""
    command = [sys.executable, "-m", "builders", f"recipes/{RECIPE}/build.yaml", *BUILD, *changes]
    done = subprocess.run(command, cwd=lab.folder, env=lab.environment, stderr=subprocess.PIPE, text=True, check=True)
    print(done.stderr)
    seconds: dict[str, float] = {}
    before = 0.0
    for match in SAID.finditer(done.stderr):
        if step := next((STEPS[sign] for sign in STEPS if sign in match[2]), None):
            seconds[step] = round(float(match[1]) - before, 1)
            before = float(match[1])
    return seconds


def pack(lab: Lab) -> float:
    """Packs the CPT text with a tokenizer of its own; returns the seconds."""
    lab.run("plugins.train.base", "base.yaml", f"tokenizer_texts=[data/{RECIPE}/cpt.jsonl]", "vocab_size=4096")
    started = time.monotonic()
    lab.run("builders.pack", "build.yaml", *BUILD)
    return round(time.monotonic() - started, 1)


def memory(lab: Lab, work: Path, count: int) -> dict[str, Any]:
    """Peak memory of the maps alone, over a tenth of the papers and over all."""
    tenth = work / "tenth"
    write(drawn(0, count // 10), tenth)
    few, many = (peak(lab, folder) for folder in (tenth, lab.papers))
    return {"rss_mb": [few, many], "rss_ratio_10x": round(many / few, 3)}


def peak(lab: Lab, folder: Path) -> float:
    """Runs the maps over a folder in a process of its own; returns its peak in MB."""
    command = [sys.executable, "-m", "benchmarks.scale", f"map={folder}"]
    done = subprocess.run(command, cwd=lab.folder, env=lab.environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def run_map(folder: str) -> float:
    """The maps over a folder of papers, nothing kept: peak memory of this process and of the largest worker, in MB."""
    config = BuildConfig(recipe=RECIPE, papers=[folder], lexicon=f"data/{RECIPE}/lexicon.json")
    files = find_papers(Path(folder))
    settings = settings_of(config, files, Steps())
    with tempfile.TemporaryDirectory() as store:
        for _ in mapped(prepare, list(tasks(files, settings)), Store(Path(store)), config.engine):
            pass
    kilobytes = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(kilobytes / 1024, 1)


def digests(lab: Lab) -> dict[str, str]:
    """What a build wrote, but for what it keeps for the next one."""
    folder = lab.folder / "data" / RECIPE
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    written = (path for path in files if path.relative_to(folder).parts[0] not in (PARSED, PREPARED, "cpt_packed"))
    named = {str(path.relative_to(folder)): path for path in written if not path.name.startswith("cpt_packed")}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in named.items()}


if __name__ == "__main__":
    sys.exit(main())
