"""How fast a paper is cleaned: by step, a core, and beside the parsing of the same papers.

    python -m benchmarks.cleaning           # about two minutes; needs ../shared/data
    {"clean_mb_per_s": 2.4, "clean_share_of_parse": 0.004, ...}

The corpus is 115 biomedical papers as Markdown and the MinerU outputs of four generations. `clean_mb_per_s` is what
one core cleans of their text (UTF-8, without furniture and references) with every default step on, the votes of the
corpus included: CPU time, the best of three runs, as other work shares the machine. `clean_share_of_parse` is
measured on PDFs: seconds to clean them by seconds to parse them with docvortex, one after the other in this run,
nothing cached. Beside both, what the votes are worth: `hyphens_restored` of the hyphens that were taken out of a
twentieth of the compounds of papers that the lexicon has not seen, and `hyphens_changed`, words of untouched papers
that the votes spell otherwise, a paper.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.lab import ROOT, SHARED
from benchmarks.spine import markdown
from builders.papers import quality, remove
from builders.papers.clean import CleanConfig, clean
from builders.papers.find import PaperFile, find_papers
from builders.papers.hyphens import Hyphens
from builders.papers.language import paragraph_language
from builders.papers.latex import tidy_inline
from builders.papers.lexicon import Lexicon
from builders.papers.lexicon.count import merge, tokens, words_of
from builders.papers.mend import mend
from builders.papers.pdf import Crew, embedded_tier, parsed_path
from builders.papers.read import read_paper
from builders.papers.repair import characters, chinese, even_spaces, glyphs, markup, repair
from builders.papers.repair.lost import lost_ligatures, lost_spaces
from builders.papers.tables import table_text
from builders.types import Document

RUNS = 3
STEP_SHARE = 4
"""The throughput of a step is measured on every so-manieth of the biomedical papers."""
SEED = 42
SHARE_LOST = 0.05
_NO_TEXT = ("furniture", "reference")


def main() -> int:
    if not SHARED.is_dir():
        print(f"{SHARED}: absent; this benchmark runs on real papers that are not part of the repository")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        biomed, mineru = list(_biomed(Path(folder))), list(_mineru(Path(folder)))
        parsed, parse_s = _parsed(Path(folder))
    lexicon = merge(map(words_of, [*biomed, *mineru]))
    for name, documents in (("biomed_papers", biomed[::STEP_SHARE]), ("mineru", mineru)):
        print(f"{name}: {len(documents)} papers, {_megabytes(documents):.2f} MB")
        for step, seconds in _by_step(documents, lexicon):
            print(f"  {step:<24} {_megabytes(documents) / seconds:8.1f} MB/s", flush=True)
    corpus = [*biomed, *mineru]
    speed = _megabytes(corpus) / _best(lambda: [clean(document, lexicon) for document in corpus])
    clean_s = _best(lambda: [clean(document, lexicon) for document in parsed], time.perf_counter)
    print(f"{len(parsed)} PDFs: parsed in {parse_s:.1f} s, cleaned in {clean_s:.2f} s, {clean_s / parse_s:.2%}")
    figures = {"clean_mb_per_s": round(speed, 2), "clean_share_of_parse": round(clean_s / parse_s, 4)}
    print(json.dumps(figures | _hyphens(biomed)))
    return 0


def _biomed(folder: Path) -> Iterator[Document]:
    for path in sorted((SHARED / "biomed_papers").glob("*.json")):
        target = folder / f"{path.stem}.md"
        target.write_text("\n\n".join(markdown(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
        yield read_paper(PaperFile(target, target.name, "markdown"), Counter(), folder)


def _mineru(folder: Path) -> Iterator[Document]:
    for file in find_papers(SHARED / "mineru"):
        yield read_paper(file, Counter(), folder)


def _parsed(folder: Path) -> tuple[list[Document], float]:
    """The PDFs at hand, parsed in one process that has started already, and the seconds that it took."""
    files = [file for papers in (SHARED / "pdf", ROOT / "samples/papers") for file in find_papers(papers)]
    pdfs = [file for file in files if file.kind == "pdf"]
    with Crew(workers=1, timeout_s=600, memory_gb=8) as crew:
        crew.parse(pdfs[0], folder / "warm.json")
        started = time.perf_counter()
        for file in pdfs:
            crew.parse(file, parsed_path(file.sha256(), folder, embedded_tier()))
        seconds = time.perf_counter() - started
    return [read_paper(file, Counter(), folder) for file in pdfs], seconds


def _megabytes(documents: Sequence[Document]) -> float:
    texts = (block.text for document in documents for block in document.blocks if block.kind not in _NO_TEXT)
    return sum(len(text.encode()) for text in texts) / 1e6


def _best(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of the fastest of a few runs."""
    seconds = []
    for _ in range(RUNS):
        started = clock()
        work()
        seconds.append(clock() - started)
    return min(seconds)


def _by_step(documents: Sequence[Document], lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Each step on all texts that it would see, and the seconds that it took; the last one is all of them."""
    kept = [block for document in documents for block in document.blocks if block.kind not in _NO_TEXT]
    tables = [block.text for block in kept if block.kind == "table"]
    raw = [block.text for block in kept if block.kind not in ("table", "equation", "code")]
    texts = [repair(text, Counter(), (), False) for text in raw]
    prose = [block.text for document in documents for block in clean(document).document.blocks]
    limits = quality.QualityConfig()
    for name, step in _TEXT_STEPS.items():
        yield name, _best(lambda step=step: [step(text) for text in raw])  # type: ignore[misc]
    if tables:
        yield "table", _best(lambda: [table_text(text, str) for text in tables])
    yield "vote: words", _best(lambda: [tokens(text) for text in texts])
    counts = [words_of(document) for document in documents]
    yield "vote: hyphens", _best(lambda: [Hyphens(words, lexicon) for words in counts])
    yield "vote: lost ligatures", _best(lambda: [lost_ligatures(words, lexicon) for words in counts])
    yield "vote: lost spaces", _best(lambda: [lost_spaces(words, lexicon) for words in counts])
    yield "all repairs", _best(lambda: [mend(document, Counter(), lexicon) for document in documents])
    yield "contacts, licences", _best(lambda: [(remove.line_fault(text), remove.contacts(text)) for text in prose])
    yield "language", _best(lambda: [paragraph_language(text, "en") for text in prose])
    yield "quality rules", _best(lambda: [quality.fault(text, limits) for text in prose])
    off = CleanConfig(citations="remove")
    yield "everything", _best(lambda: [clean(document, lexicon) for document in documents])
    yield "with citations removed", _best(lambda: [clean(document, lexicon, off) for document in documents])


_TEXT_STEPS: dict[str, Callable[[str], object]] = {
    "image": markup.image,
    "figure_text": markup.figure_text,
    "sub_or_superscript": markup.sub_or_superscript,
    "html_tag": markup.html_tag,
    "html_entity": markup.html_entity,
    "glyph": lambda text: glyphs.repair(text, advp=False),
    "glyph_damage": glyphs.damage,
    "control_character": characters.control_character,
    "ligature": characters.ligature,
    "unicode": characters.unicode,
    "full_width": characters.full_width,
    "latex": tidy_inline,
    "spaces": even_spaces,
    "chinese_spacing": chinese.chinese_spacing,
}


# ---- what the votes are worth ---------------------------------------------------------------------------------------


def _hyphens(documents: Sequence[Document]) -> dict[str, float]:
    """Hyphens that come back in papers whose words the lexicon does not know, and those that nobody took out."""
    counted = [words_of(document) for document in documents]
    lexicon = merge(counted[::2])
    random = Random(SEED)
    lost = restored = changed = 0
    for words in counted[1::2]:
        changed += sum(words[word] for word in Hyphens(words, lexicon).respelled)
        damaged, taken = _without_hyphens(words, random)
        respelled = Hyphens(damaged, lexicon).respelled
        lost += taken.total()
        restored += sum(count for word, count in taken.items() if respelled.get(word.replace("-", "")) == word)
    unseen = len(counted[1::2])
    print(f"hyphens: {restored} of {lost} restored in {unseen} unseen papers; {changed} words changed where none was")
    return {"hyphens_restored": round(restored / lost, 3), "hyphens_changed": round(changed / unseen, 2)}


def _without_hyphens(words: Counter[str], random: Random) -> tuple[Counter[str], Counter[str]]:
    """A paper whose compounds lost their hyphen here and there, as at line ends, and what was taken."""
    damaged, taken = Counter(words), Counter[str]()
    for word, count in sorted(words.items()):
        parts = word.split("-")
        if len(parts) != 2 or min(map(len, parts)) < 2:
            continue
        for _ in range(count):
            if random.random() < SHARE_LOST:
                taken[word] += 1
                damaged[word] -= 1
                damaged[word.replace("-", "")] += 1
    return +damaged, taken


if __name__ == "__main__":
    sys.exit(main())
