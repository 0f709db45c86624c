"""What the papers give without a teacher: questions a paper by family, what the guards refuse, and how long it takes.

    python -m benchmarks.paper_tasks            # under a minute; needs ../shared/data
    {"papers": 138, "rows_a_paper": 12.4, "rows_a_paper_by_family": {"en.number": 1.3, ...}, "refused": {...},
     "milliseconds_a_paper": 6.3, "characters_a_paper": 34050}

The papers are 115 biomedical ones (Pap2Pat, CC BY 4.0) as Markdown, MinerU's samples and the bundled ones. The time is
CPU time beside the reading comprehension of the same paper, as in a build, where both share what they read; a paper's
is the least of three runs.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.lab import ROOT, SHARED
from benchmarks.spine import markdown
from builders.mine.comprehension import ComprehensionConfig, tasks
from builders.mine.tasks import TASK, AugmentConfig, Mined, PaperTasksConfig, paper_tasks
from builders.mine.wordings import Wordings
from builders.papers import find_papers, read_paper
from builders.papers.clean import CleanConfig, clean
from builders.papers.lexicon import EMPTY
from builders.types import Document

RUNS = 3
SEED = 42


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on real papers that are not part of the repository")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        documents = [document for document in read(Path(folder)) if document.language != "other"]
    mined = {document.path: timed(document) for document in documents}
    print(json.dumps(figures(documents, mined)))
    return 0


def read(folder: Path) -> Iterator[Document]:
    """Every paper, read and cleaned as in a build."""
    for path in sorted((SHARED / "biomed_papers").glob("*.json")):
        paper = json.loads(path.read_text(encoding="utf-8"))
        (folder / f"{path.stem}.md").write_text("\n\n".join(markdown(paper)), encoding="utf-8")
    for path in sorted((ROOT / "samples" / "papers").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        (folder / path.name).write_text(f"# {yaml.safe_load(front)['title']}\n\n{body}", encoding="utf-8")
    for papers in (folder, SHARED / "mineru"):
        for file in find_papers(papers):
            if file.kind != "pdf":
                yield clean(read_paper(file, Counter(), folder), EMPTY, CleanConfig()).document


def timed(document: Document) -> tuple[float, Mined]:
    """The least CPU time of some runs, in seconds, and what a run gave."""
    reading, wordings = Wordings.load("comprehension"), Wordings.load(TASK)
    config = PaperTasksConfig(augment=AugmentConfig(share=0))
    least = float("inf")
    for _ in range(RUNS):
        list(tasks(document, reading, ComprehensionConfig(), SEED))
        started = time.process_time()
        mined = paper_tasks(document, wordings, config, SEED)
        least = min(least, time.process_time() - started)
    return least, mined


def figures(documents: list[Document], mined: dict[str, tuple[float, Mined]]) -> dict[str, object]:
    """Rows a paper of a language by family, and the times."""
    languages = Counter(document.language for document in documents)
    rows: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for document in documents:
        _, found = mined[document.path]
        rows.update(f"{document.language}.{sample.task.removeprefix(f'{TASK}.')}" for sample in found.samples)
        refused.update(item.reason for item in found.dropped)
    families = {name: round(count / languages[name[:2]], 2) for name, count in sorted(rows.items())}  # type: ignore[index]
    return {
        "papers": len(documents),
        "papers_by_language": dict(languages),
        "rows_a_paper": round(rows.total() / len(documents), 2),
        "rows_a_paper_by_family": families,
        "refused": dict(refused),
        "milliseconds_a_paper": round(1000 * sum(took for took, _ in mined.values()) / len(documents), 2),
        "characters_a_paper": round(sum(len(document.text) for document in documents) / len(documents)),
    }


if __name__ == "__main__":
    sys.exit(main())
