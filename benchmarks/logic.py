"""Dual logic measured from outside: edits that others made, and our own edits read by a person.

    python -m benchmarks.logic          # needs ../shared/data; half a minute
    {"brainbench_edits": 329, "brainbench_explained": 0.74, ..., "precision_en_AS": 0.94, "read_en_AS": 50, ...}

BrainBench (GPT-4, v0.1) holds 100 abstracts, each also with altered results, the edits marked. Explained is an edit
that one of our operations makes (`logic_edits.explain`); `brainbench_wholly` is the share of abstracts of which every
edit is; `brainbench_exact` counts only the edits that our own table would have written word for word. The table of
opposites was not written blindly: who wrote it had read the edits. Nothing is trained on BrainBench.

Precision is the share of pairs, of those that `benchmarks/logic_papers_read.csv` judges, of which the false statement
is false wherever the true one is true, and both can be read alone; `read_` says how many were judged. The sample was
drawn anew after the rules had been mended by an earlier one, but shares pairs with it. The pairs are made anew here: a
judged pair that is made no more does not count, and `unread_` says how many of the sample were never judged.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.lab import ROOT
from benchmarks.logic_edits import OPERATIONS, Edit, explain
from builders.graph.chance import fraction
from builders.graph.logic import Pair
from builders.logic.antonyms import polar
from builders.logic.papers import candidates
from builders.types import Block, Document

SHARED = ROOT.parent / "shared" / "data"
AUDIT = ROOT / "benchmarks" / "logic_papers_read.csv"
SAMPLED = 50
_MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: no such folder; the real inputs are needed")
        return 1
    if sys.argv[1:] == ["sample"]:
        writer = csv.writer(sys.stdout)
        for pair in sample():
            writer.writerow((pair.id, pair.language, pair.op, pair.true, pair.false))
        return 0
    figures = brainbench(SHARED / "qa" / "BrainBench_GPT-4_v0.1.csv") | precision(sample())
    print(json.dumps(figures))
    return 0


# ---- edits of others ------------------------------------------------------------------------------------------------


def brainbench(path: Path) -> dict[str, Any]:
    """Shares of the edits that our operations explain, in all and by operation."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        abstracts = [list(edits(row)) for row in csv.DictReader(lines)]
    explained: Counter[str] = Counter()
    wholly = exact = 0
    for made in abstracts:
        found = [explain(edit, made) for edit in made]
        explained.update(name for name in found if name)
        wholly += all(found)
        exact += sum(_written(edit) for edit in made)
        for edit in (edit for edit, name in zip(made, found, strict=True) if name is None):
            print(f"not explained: {edit.one} -> {edit.other}")
    total = sum(map(len, abstracts))
    return {
        "brainbench_edits": total,
        "brainbench_explained": round(explained.total() / total, 3),
        "brainbench_wholly": round(wholly / len(abstracts), 3),
        "brainbench_exact": round(exact / total, 3),
        **{f"brainbench_{name}": explained[name] for name in OPERATIONS},
    }


def edits(row: dict[str, str]) -> Iterator[Edit]:
    """The edits of an abstract; a phrase may hold a comma, so the two texts say where each is parted."""
    combined, original, altered = (
        row[name] for name in ("combined_abstract", "original_abstract", "incorrect_abstract")
    )
    for marked in _MARKED.findall(combined):
        places = [place.start() for place in re.finditer(",", marked)]
        splits = [Edit(marked[:place].strip(), marked[place + 1 :].strip()) for place in places]
        fitting = [edit for edit in splits if edit.one in original and edit.other in altered]
        yield min(fitting or splits, key=lambda edit: abs(len(edit.one) - len(edit.other)))


def _written(edit: Edit) -> bool:
    words = polar(edit.one, "en")
    return len(words) == 1 and edit.one.replace(words[0].word, words[0].opposite, 1) == edit.other


# ---- our own edits --------------------------------------------------------------------------------------------------


def sample() -> list[Pair]:
    """At most fifty pairs of each language and operation, by hash, of all real and sample papers."""
    kinds: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for document in documents():
        for pair, _ in candidates(document):
            kinds[pair.language, pair.op].append(pair)
    return [
        pair
        for kind in sorted(kinds)
        for pair in sorted(kinds[kind], key=lambda pair: fraction("second reading", pair.id))[:SAMPLED]
    ]


def precision(pairs: list[Pair]) -> dict[str, Any]:
    """The share of the judged pairs that were judged right, by language and operation."""
    with AUDIT.open(encoding="utf-8", newline="") as lines:
        verdicts = {row["id"]: row["verdict"] == "right" for row in csv.DictReader(lines)}
    judged: dict[str, list[bool]] = defaultdict(list)
    unread: Counter[str] = Counter()
    for pair in pairs:
        kind = f"{pair.language}_{pair.op}"
        if pair.id in verdicts:
            judged[kind].append(verdicts[pair.id])
        else:
            unread[kind] += 1
    return {
        **{f"precision_{kind}": round(sum(found) / len(found), 3) for kind, found in sorted(judged.items())},
        **{f"read_{kind}": len(found) for kind, found in sorted(judged.items())},
        **{f"unread_{kind}": count for kind, count in sorted(unread.items())},
    }


def documents() -> Iterator[Document]:
    """English: 115 real papers. Chinese: our five sample papers, and medical answers for want of real papers."""
    for path in sorted((SHARED / "biomed_papers").glob("*.json")):
        paper = json.loads(path.read_text(encoding="utf-8"))
        blocks = [
            Block("paragraph", paper["abstract"] or "", section=("Abstract",)),
            *_sections(paper["sections"], ()),
        ]
        yield _document(f"paper:{paper['id']}", "en", [block for block in blocks if block.text])
    for path in sorted((ROOT / "samples" / "papers").glob("zh-*.md")):
        texts = [" ".join(text.split("\n")) for text in path.read_text(encoding="utf-8").split("\n\n")]
        yield _document(f"sample:{path.stem}", "zh", [Block("paragraph", text) for text in texts])
    for name in ("liver_cancer", "llama_data"):
        text = (SHARED / "huatuo" / f"{name}.json").read_text(encoding="utf-8")
        rows = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
        for number, row in enumerate(rows):
            yield _document(f"{name}:{number}", "zh", [Block("paragraph", row["output"])])


def _sections(sections: list[dict[str, Any]], above: tuple[str, ...]) -> Iterator[Block]:
    for section in sections:
        path = (*above, section["title"] or "")
        for paragraph in section["paragraphs"]:
            yield Block("paragraph", str(paragraph), section=path)
        yield from _sections(section.get("subsections", []), path)


def _document(name: str, language: Any, blocks: list[Block]) -> Document:
    return Document(name, "", "", language, name, "benchmark", tuple(blocks))


if __name__ == "__main__":
    sys.exit(main())
