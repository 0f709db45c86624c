"""Dialogues by rule, measured: are abstracts split right, false answers caught, how fast, is "this study" gone?

    python -m benchmarks.dialogues              # about forty seconds on a busy core; needs ../shared/data
    {"split_sentences": ..., "split_strict": ..., "split_front_merged": ..., "parts_precision": ..., "caught": ...,
     "clean_passed": ..., "verify_rows_s": ..., "difflib_rows_s": ..., "huatuo_self": ..., "huatuo_left": ..., ...}

Split: PubMedQA's labelled abstracts without their labels; the cues were written on the even-numbered ones, the odd-
numbered ones are reported. `front_merged` counts background and purpose as one, because many journals label both
BACKGROUND. Verify: two sentences each of 115 biomedical abstracts, made objective, as they are and with a number
changed, a negation put in or taken out, a name exchanged, two names swapped. `difflib` finds the longest common
substring alone, `longest` is ours.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.abstracts import labelled, right
from benchmarks.lab import SHARED
from benchmarks.spine import markdown
from builders.graph.chance import generator
from builders.mine.dialogues.objective import FREE, objective, subjective
from builders.mine.dialogues.parts import PartsConfig, sure_parts
from builders.mine.dialogues.split import roles
from builders.mine.passages import Sentence
from builders.papers import find_papers, read_paper
from builders.sentences import spans
from builders.types import Document, Source
from builders.verify import GRAM, Evidence, VerifyConfig, covered, longest_common, names, plain, verify

SELF = re.compile("本研究|本文")


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on texts that are not part of the repository")
        return 1
    figures = {**split(SHARED / "qa" / "ori_pqal.json"), **verification(list(papers())), **rewriting()}
    print(json.dumps(figures))
    return 0


# ---- split ----------------------------------------------------------------------------------------------------------


def split(path: Path) -> dict[str, float]:
    """How many sentences get the part that their label names, of all and of those sure enough to be used."""
    counts: Counter[str] = Counter()
    for abstract in list(labelled(json.loads(path.read_text(encoding="utf-8"))))[1::2]:
        named = roles([text for text, _ in abstract], "en")
        place = 0
        truth: dict[int, str] = {}
        sentences = []
        for (text, part), role in zip(abstract, named, strict=True):
            counts["sentences"] += 1
            counts["strict"] += part == role.name
            counts["merged"] += right(part, role.name)
            sentences.append(Sentence(text, Source("", start=place, end=place + len(text))))
            truth[place] = part
            place += len(text) + 1
        for found in sure_parts(sentences, named, PartsConfig()):
            counts["used"] += len(found.sentences)
            counts["used_right"] += sum(right(truth[one.source.start or 0], found.name) for one in found.sentences)
    return {
        "split_sentences": counts["sentences"],
        "split_strict": round(counts["strict"] / counts["sentences"], 3),
        "split_front_merged": round(counts["merged"] / counts["sentences"], 3),
        "parts_used": round(counts["used"] / counts["sentences"], 3),
        "parts_precision": round(counts["used_right"] / counts["used"], 3),
    }


# ---- verification ---------------------------------------------------------------------------------------------------


def papers() -> Iterator[Document]:
    """The biomedical papers, read from Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((SHARED / "biomed_papers").glob("*.json")):
            text = "\n\n".join(markdown(json.loads(path.read_text(encoding="utf-8"))))
            (Path(folder) / f"{path.stem}.md").write_text(text, encoding="utf-8")
        for file in find_papers(Path(folder)):
            yield read_paper(file, Counter(), Path(folder))


def verification(documents: Sequence[Document]) -> dict[str, float]:
    """How many false answers fail and how many true ones pass, and how fast both are beside difflib."""
    rows = list(answered(documents))
    config, free = VerifyConfig(), FREE["en"]
    caught, made = Counter[str](), Counter[str]()
    for number, (answer, evidence) in enumerate(rows):
        for name, corrupt in CORRUPTIONS.items():
            false = corrupt(answer, evidence.texts[0], number)
            if false and plain(false) != plain(answer):
                made[name] += 1
                caught[name] += not verify(false, evidence, config, free).passed
    passed = sum(verify(answer, evidence, config, free).passed for answer, evidence in rows)
    speed = rate(rows, lambda answer, evidence: verify(answer, evidence, config, free))
    longest = rate(rows, longest_by_grams)
    peer = rate(rows[:100], longest_by_difflib)
    shares = {f"caught_{name}": round(caught[name] / made[name], 3) for name in CORRUPTIONS}
    return {
        "answers": len(rows),
        "corrupted": made.total(),
        "caught": round(caught.total() / made.total(), 3),
        **shares,
        "clean_passed": round(passed / len(rows), 3),
        "verify_rows_s": round(speed),
        "longest_rows_s": round(longest),
        "difflib_rows_s": round(peer),
        "verify_times_difflib": round(speed / peer, 1),
        "longest_times_difflib": round(longest / peer, 1),
    }


def answered(documents: Sequence[Document]) -> Iterator[tuple[str, Evidence]]:
    """Every two sentences of each abstract that follow one another, made objective, with the abstract."""
    for document in documents:
        abstract = next((block.text for block in document.blocks if "Abstract" in block.section), "")
        evidence, found = Evidence.of([abstract], "en"), spans(abstract)
        for (start, _), (_, end) in pairwise(found):
            yield objective(abstract[start:end], "en")[0], evidence


def rate(rows: Sequence[tuple[str, Evidence]], step: Callable[[str, Evidence], object]) -> float:
    """Rows a second, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        for answer, evidence in rows:
            step(answer, evidence)
        times.append(time.perf_counter() - start)
    return len(rows) / min(times)


def longest_by_grams(answer: str, evidence: Evidence) -> int:
    said, known, length = plain(answer), evidence.grams, GRAM["en"]
    parts = covered(said, evidence.joined, known, length)
    return longest_common(said, evidence.joined, known, length, parts)


def longest_by_difflib(answer: str, evidence: Evidence) -> int:
    return difflib.SequenceMatcher(None, plain(answer), evidence.joined, autojunk=False).find_longest_match().size


def other_number(answer: str, _: str, seed: int) -> str:
    found = list(re.finditer(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w-])", answer))
    if not found:
        return ""
    number = generator("number", seed).choice(found)
    last = str((int(number.group()[-1]) + 3) % 10)
    return answer[: number.end() - 1] + last + answer[number.end() :]


def other_negation(answer: str, _: str, seed: int) -> str:
    without = re.sub(r"\b(?:not |no )", "", answer, count=1)
    if without != answer:
        return without
    return re.sub(r"\b(is|are|was|were|can|may|could)\b", r"\1 not", answer, count=1)


def other_name(answer: str, abstract: str, seed: int) -> str:
    """One name in place of another that the abstract has."""
    here = [word for word in re.findall(r"[\w-]+", answer) if names(word)]
    there = [word for word in re.findall(r"[\w-]+", abstract) if names(word) and word not in here]
    if not here or not there:
        return ""
    rng = generator("name", seed)
    return re.sub(rf"(?<![\w-]){re.escape(rng.choice(here))}(?![\w-])", rng.choice(there), answer, count=1)


def swapped(answer: str, _: str, seed: int) -> str:
    """Two names of the answer, the one in place of the other."""
    here = list(dict.fromkeys(word for word in re.findall(r"[\w-]+", answer) if names(word)))
    if len(here) < 2:
        return ""
    one, other = generator("swap", seed).sample(here, 2)
    pattern = rf"(?<![\w-])(?:{re.escape(one)}|{re.escape(other)})(?![\w-])"
    return re.sub(pattern, lambda match: other if match.group() == one else one, answer)


CORRUPTIONS = {"number": other_number, "negation": other_negation, "name": other_name, "swap": swapped}


# ---- rewriting ------------------------------------------------------------------------------------------------------


def rewriting() -> dict[str, int]:
    """Huatuo's liver-cancer answers: how many speak of "this study" and how many still do when rewritten."""
    rows = json.loads((SHARED / "huatuo" / "liver_cancer.json").read_text(encoding="utf-8"))
    answers = [row["output"] for row in rows]
    rewritten = [objective(answer, "zh") for answer in answers]
    ours = re.compile("我们(?:的)?(?:研究|结果|发现|认为|实验)|笔者")
    return {
        "huatuo_rows": len(answers),
        "huatuo_self": sum(bool(SELF.search(answer)) for answer in answers),
        "huatuo_self_left": sum(bool(SELF.search(text)) for text, _ in rewritten),
        "huatuo_our_research": sum(bool(ours.search(answer)) for answer in answers),
        "huatuo_our_research_left": sum(bool(ours.search(text)) for text, _ in rewritten),
        "huatuo_changed": sum(changes > 0 for _, changes in rewritten),
        "huatuo_we_of_all_left": sum(bool(subjective(text, "zh")) for text, _ in rewritten),
    }


if __name__ == "__main__":
    sys.exit(main())
