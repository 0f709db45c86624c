"""The flow of a build, top to bottom: papers and triples in, `data/<recipe>/` out.

build(load(BuildConfig, Path("recipes/demo/build.yaml")), Steps())
data/demo/cpt.jsonl, sft_graph.jsonl, sft_papers.jsonl, sft_logic.jsonl, dpo.jsonl, eval/*.jsonl, summary.json
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from builders import formats, near
from builders.chunk import SENTENCE_END, chunks
from builders.config import BuildConfig
from builders.errors import UserError
from builders.graph.augment import safe_fillers
from builders.graph.cards import cards
from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.logic import Pair, general_pairs, graph_pairs, pair_groups, split_general
from builders.graph.logic_rows import dual_logic_rows, preference_rows, preference_samples, yes_no_samples
from builders.graph.questions import asked_groups, choice_questions, questions, recall_questions
from builders.graph.read import read_triples
from builders.graph.schema import LANGUAGES, read_schema
from builders.graph.split import GraphSplit, split_groups
from builders.graph.wordings import Wordings, apart, load_test, load_train
from builders.ids import row_id
from builders.mine import abstract
from builders.output import Output
from builders.papers import PaperFile, UnreadablePaper, clean, find_papers, parse_pdfs, read_paper
from builders.progress import Steps
from builders.split import Candidate, Side, assign
from builders.types import ChatSample, Document, Dropped, Source, TextSample, Triple

FILLER = {"zh": re.compile(r"[\u4e00-\u9fff]{2}"), "en": re.compile(r"[A-Za-z]{3,12}")}


@dataclass(frozen=True)
class Papers:
    """What the papers gave: documents by side, and what of them was dropped."""

    train: list[Document]
    heldout: list[Document]
    sides: dict[str, Side]
    dropped: list[Dropped]
    fixes: dict[str, int]


@dataclass(frozen=True)
class Knowledge:
    """What the triples gave: the graph, its split, and what of them was dropped."""

    graph: Graph
    split: GraphSplit
    dropped: list[Dropped]


def build(config: BuildConfig, steps: Steps) -> dict[str, Any]:
    """Builds every dataset of a recipe and returns the summary.

    Raises:
        UserError: an input is missing, or nothing at all could be built from what is there.
    """
    config.check()
    previous = _previous_splits(config.output / "splits.json")
    papers = read_and_split_papers(config, previous["documents"], steps)
    knowledge = read_and_split_triples(config, previous["groups"], steps)
    if not papers.train and not knowledge.graph.triples:
        reasons = Counter(item.reason for item in [*papers.dropped, *knowledge.dropped])
        found = ", ".join(f"{count} {reason}" for reason, count in reasons.items()) or "the folders are empty"
        raise UserError(
            f"{config.recipe}: nothing could be built ({found}); put papers or triples where build.yaml says"
        )
    with Output(config.output) as out:
        out.json("splits.json", {"documents": papers.sides, "groups": dict(knowledge.split.assigned)})
        write_papers(out, papers, config)
        steps.say("papers: documents, chunks, questions written")
        write_graph(out, papers, knowledge, config)
        steps.say("graph: questions, pairs and text written")
        out.dropped([*papers.dropped, *knowledge.dropped])
        return out.summary(_stated(papers, knowledge, config))


# ---- papers ---------------------------------------------------------------------------------------------------------


def read_and_split_papers(config: BuildConfig, previous: dict[str, Side], steps: Steps) -> Papers:
    """Reads, cleans and assigns every paper; what cannot be read is dropped with its reason."""
    files = [file for folder in config.papers for file in find_papers(Path(folder))]
    found: dict[str, Document] = {}
    dropped: list[Dropped] = []
    fixes: Counter[str] = Counter()
    cache = config.output / "parsed"
    faults = _parse(files, cache, config, steps)
    for file in steps.track(files, len(files), "reading papers"):
        try:
            if file.path in faults:
                raise faults[file.path]
            _take(read_paper(file, fixes, cache), file, found, dropped, fixes)
        except UnreadablePaper as fault:
            dropped.append(Dropped(fault.reason, file.name, fault.detail))
    documents = list(found.values())
    cluster = {
        index: number for number, members in enumerate(near.clusters([d.text for d in documents])) for index in members
    }
    candidates = [Candidate(document.id, document.language, cluster[i]) for i, document in enumerate(documents)]
    sides = assign(candidates, config.split, previous, config.seed)
    train = [document for document in documents if sides[document.id] == "train"]
    heldout = [document for document in documents if sides[document.id] == "heldout"]
    steps.say(f"papers: {len(train)} to train, {len(heldout)} held out, {len(dropped)} dropped of {len(files)} files")
    return Papers(train, heldout, previous | sides, dropped, dict(sorted(fixes.items())))


def _parse(files: list[PaperFile], cache: Path, config: BuildConfig, steps: Steps) -> dict[Path, UnreadablePaper]:
    """Parses the PDFs that are not parsed yet; returns the faults by file."""
    pdfs = [file for file in files if file.kind == "pdf"]
    parsing = parse_pdfs(pdfs, cache, workers=config.parse.workers, timeout_s=config.parse.timeout_s)
    return {file.path: fault for file, fault in steps.track(parsing, len(pdfs), "parsing PDFs") if fault}


def _take(
    document: Document, file: PaperFile, found: dict[str, Document], dropped: list[Dropped], fixes: Counter[str]
) -> None:
    document, counts = clean(document)
    fixes.update(counts)
    if not document.text.strip():
        dropped.append(Dropped("no_text", file.name, "nothing but furniture and references; look at the file"))
    elif document.id in found:
        dropped.append(Dropped("duplicate_paper", file.name, f"the same work as {found[document.id].path}"))
    else:
        found[document.id] = document


def write_papers(out: Output, papers: Papers, config: BuildConfig) -> None:
    """Writes the documents, their chunks and the tasks mined from them."""
    wordings = abstract.Wordings.load()
    out.rows("documents.jsonl", [*papers.train, *papers.heldout])
    out.rows("chunks.jsonl", (chunk for document in papers.train for chunk in chunks(document, config.chunk)))
    mined = (sample for document in papers.train for sample in abstract.samples(document, wordings, config.seed))
    out.dataset("sft_papers", formats.sharegpt, mined)
    out.rows("eval/heldout_text.jsonl", map(_heldout_row, papers.heldout))
    held = (sample for document in papers.heldout for sample in abstract.samples(document, wordings, config.seed))
    out.rows("eval/papers.jsonl", (_papers_row(sample, papers) for sample in held if len(sample.messages) == 2))


def _heldout_row(document: Document) -> dict[str, Any]:
    return {"id": document.id, "language": document.language, "document": document.id, "text": document.text}


def _papers_row(sample: ChatSample, papers: Papers) -> dict[str, Any]:
    language = {document.id: document.language for document in papers.heldout}
    question, answer = sample.messages
    return {
        "id": sample.id,
        "language": language[str(sample.sources[0].document)],
        "task": sample.task,
        "question": question.content,
        "answer": answer.content,
    }


def paper_text(document: Document) -> TextSample:
    """A whole paper as one CPT row; its characters are those of `Document.text`, block by block."""
    sources, start = [], 0
    for block in document.blocks:
        end = start + len(block.text)
        sources.append(Source(document.id, block.page, block.line, block.box, start, end, maker=document.reader))
        start = end + 2
    return TextSample(row_id("paper", document.id, document.version), "paper", document.text, tuple(sources))


# ---- graph ----------------------------------------------------------------------------------------------------------


def read_and_split_triples(config: BuildConfig, previous: dict[str, Side], steps: Steps) -> Knowledge:
    """Reads every file of triples into one graph and assigns its groups."""
    triples: list[Triple] = []
    dropped: list[Dropped] = []
    for path in _triple_files(config.triples):
        read, lint = read_triples(path)
        triples += read
        dropped += lint
        steps.say(f"graph: {path}: {len(read)} triples, {len(lint)} findings")
    schema = read_schema(Path(config.relations) if config.relations else None, triples)
    graph = Graph(triples, schema)
    return Knowledge(graph, split_groups(graph, config.split.triples, config.seed, previous), dropped)


def _triple_files(names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        path = Path(name)
        yield from sorted(child for child in path.rglob("*") if child.is_file()) if path.is_dir() else [path]


def write_graph(out: Output, papers: Papers, knowledge: Knowledge, config: BuildConfig) -> None:
    """Writes what is made of the graph, and the CPT text, which papers and graph share."""
    graph, split, seed = knowledge.graph, knowledge.split, config.seed
    test = load_test()
    train, near_test = apart(load_train(), test)
    knowledge.dropped.extend(near_test)
    cards_text = cards(graph, split, train, config.graph.card_orderings, seed)
    out.dataset("cpt", formats.text, [*map(paper_text, papers.train), *cards_text])
    fillers = {language: safe_fillers(_words(papers.train, language), graph) for language in LANGUAGES}
    asked = questions(graph, split, train, test, config.graph.questions, fillers, seed)
    out.dataset("sft_graph", formats.alpaca, asked)
    limits, trained = config.graph, asked_groups(split, config.graph.questions, seed)
    for name, groups in (("kg_recall", trained), ("kg_unseen", split.heldout)):
        out.rows(
            f"eval/{name}.jsonl",
            recall_questions(graph, groups, test, limits.recall_wordings, limits.recall_facts, seed),
        )
    out.rows("eval/kg_choice.jsonl", choice_questions(graph, trained, test, 1, limits.recall_facts, seed))
    write_logic(out, knowledge, train, test, config)
    finder = HeldoutFinder(graph, split)
    out.rows("leaks.jsonl", (leak for document in papers.train for leak in _leaks(document, finder)))


def write_logic(out: Output, knowledge: Knowledge, train: Wordings, test: Wordings, config: BuildConfig) -> None:
    """Writes the dual-logic task: yes-or-no questions, preferences, and both evaluation sets."""
    settings, seed = config.graph, config.seed
    general, lint = general_pairs(Path(config.logic)) if config.logic else ([], [])
    knowledge.dropped.extend(lint)
    general_train, general_test = split_general(general, settings.pair_test_share, seed)
    groups_train, groups_test = pair_groups(knowledge.graph, knowledge.split, settings.pair_test_share, seed)
    trained: list[Pair] = [
        *general_train,
        *graph_pairs(knowledge.graph, groups_train, train, settings.pairs, seed),
    ]
    tested: list[Pair] = [*general_test, *graph_pairs(knowledge.graph, groups_test, train, settings.pairs, seed)]
    out.dataset("sft_logic", formats.alpaca, yes_no_samples(trained, train, settings.yes_no_wordings, seed))
    out.dataset("dpo", formats.preference, preference_samples(trained, train, settings.preference_wordings, seed))
    out.rows("eval/dual_logic.jsonl", dual_logic_rows(tested, test, seed))
    out.rows("eval/preference.jsonl", preference_rows(tested, test, seed))


def _words(documents: Iterable[Document], language: str) -> Iterator[str]:
    for document in documents:
        yield from FILLER[language].findall(document.text)


def _leaks(document: Document, finder: HeldoutFinder) -> Iterator[dict[str, Any]]:
    """The sentences of a training paper that name both ends of a held-out fact: counted and listed, not removed."""
    for block in document.blocks:
        for sentence in SENTENCE_END.split(block.text):
            for triple in finder.find(sentence):
                yield {"document": document.id, "page": block.page, "triple": triple.key, "sentence": sentence.strip()}


# ---- splits and summary ---------------------------------------------------------------------------------------------


def _previous_splits(path: Path) -> dict[str, dict[str, Side]]:
    """What an earlier build assigned; it never moves."""
    if not path.is_file():
        return {"documents": {}, "groups": {}}
    try:
        splits = orjson.loads(path.read_bytes())
        return {"documents": splits["documents"], "groups": splits["groups"]}
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise UserError(f"{path}: unreadable ({error!r}); restore it, or delete it to draw the splits anew") from error


def _stated(papers: Papers, knowledge: Knowledge, config: BuildConfig) -> dict[str, Any]:
    documents = [*papers.train, *papers.heldout]
    return {
        "recipe": config.recipe,
        "seed": config.seed,
        "papers": {
            "train": len(papers.train),
            "heldout": len(papers.heldout),
            "characters": sum(len(document.text) for document in documents),
            "readers": dict(sorted(Counter(document.reader for document in documents).items())),
            "languages": dict(sorted(Counter(document.language for document in documents).items())),
            "fixes": papers.fixes,
        },
        "graph": {
            "triples": len(knowledge.graph.triples),
            "groups_train": len(knowledge.split.train),
            "groups_heldout": len(knowledge.split.heldout),
            "groups_mixed": len(knowledge.split.mixed),
        },
    }
