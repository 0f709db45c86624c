"""The flow of a build, top to bottom: papers and triples in, `data/<recipe>/` out.

build(load(BuildConfig, Path("recipes/demo/build.yaml")), Steps())
data/demo/documents.jsonl, cpt.jsonl, sft_graph.jsonl, sft_papers.jsonl, sft_paper_tasks.jsonl, dpo.jsonl, ...
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from builders import formats, sentences
from builders.build_graph import (
    Knowledge,
    read_and_split_triples,
    write_graph,
    write_graph_evaluation,
    write_paper_logic,
)
from builders.config import BuildConfig
from builders.corpus import derive
from builders.corpus.contamination import Contamination
from builders.corpus.coverage import NAME as COVERAGE
from builders.corpus.coverage import coverage
from builders.corpus.decontaminate import decontaminate, evaluation_texts, sets
from builders.corpus.gather import PREPARED, Corpus, gather
from builders.corpus.store import Keyed, Store, mapped
from builders.diversity import of_datasets
from builders.documents import read_documents, row_of, without
from builders.errors import UserError
from builders.graph.cards import cards
from builders.graph.leaks import HeldoutFinder
from builders.graph.logic import Pair
from builders.graph.schema import LANGUAGES
from builders.importers.rows import write_imports
from builders.logic.papers import paper_pairs, read_pairs
from builders.mine import abstract
from builders.mine.dialogues.write import dialogue_files
from builders.mine.tasks.leaks import allowed
from builders.mine.weave import Weaver
from builders.mine.wordings import Wordings as MinedWordings
from builders.output import Output
from builders.progress import Steps
from builders.split import Side
from builders.types import ChatSample, Document, Dropped

FILLER = {"zh": re.compile(r"[\u4e00-\u9fff]{2}"), "en": re.compile(r"[A-Za-z]{3,12}")}
DERIVED = "derived"
FILLERS = 20_000
"""Words of the papers, in their order, from which fillers of questions are drawn."""


def build(config: BuildConfig, steps: Steps) -> dict[str, Any]:
    """Builds every dataset of a recipe and returns the summary.

    Raises:
        UserError: an input is missing, or nothing at all could be built from what is there.
    """
    config.check()
    previous = _previous_splits(config.output / "splits.json")
    corpus = gather(config, previous["documents"], steps)
    knowledge = read_and_split_triples(config, previous, steps)
    if not corpus.of("train") and not knowledge.graph.triples:
        reasons = Counter(item.reason for item in [*corpus.dropped, *knowledge.dropped])
        found = ", ".join(f"{count} {reason}" for reason, count in reasons.items()) or "the folders are empty"
        raise UserError(
            f"{config.recipe}: nothing could be built ({found}); put papers or triples where build.yaml says"
        )
    with Output(config.output) as out:
        out.json("splits.json", {"documents": corpus.sides, **knowledge.split.recorded()})
        write_evaluation(out, corpus, knowledge, config)
        tasks, contaminated = write_documents(out, corpus, knowledge, config, steps)
        fillers = write_papers(out, tasks, knowledge, config, steps)
        write_graph(out, knowledge, fillers, config)
        steps.say("graph: questions, pairs and text written")
        imported = write_imports(out, config, knowledge.graph, knowledge.split, knowledge.test, steps)
        out.dropped([*corpus.dropped, *contaminated, *knowledge.dropped, *imported.dropped])
        out.rows(COVERAGE, coverage(out.building, config.output / PREPARED))
        return out.summary(_stated(out, corpus, knowledge, config) | {"imports": imported.summary})


# ---- papers ---------------------------------------------------------------------------------------------------------


def write_evaluation(out: Output, corpus: Corpus, knowledge: Knowledge, config: BuildConfig) -> None:
    """Writes every evaluation set, before any training text: what they hold must not be in it."""
    wordings = abstract.Wordings.load()
    paired: list[Pair] = []
    with out.open("eval/heldout_text.jsonl") as texts, out.open("eval/papers.jsonl") as asked:
        for document in corpus.documents("heldout"):
            texts.write(_heldout_row(document))
            paired += paper_pairs(document, config.paper_logic, config.seed)
            for sample in abstract.samples(document, wordings, config.seed):
                if len(sample.messages) == 2:
                    asked.write(_papers_row(sample, document))
    write_graph_evaluation(out, knowledge, paired, config)


def _heldout_row(document: Document) -> dict[str, Any]:
    return {"id": document.id, "language": document.language, "document": document.id, "text": document.text}


def _papers_row(sample: ChatSample, document: Document) -> dict[str, Any]:
    question, answer = sample.messages
    return {
        "id": sample.id,
        "language": document.language,
        "task": sample.task,
        "question": question.content,
        "answer": answer.content,
    }


def write_documents(
    out: Output, corpus: Corpus, knowledge: Knowledge, config: BuildConfig, steps: Steps
) -> tuple[list[Keyed[derive.Task]], list[Dropped]]:
    """Writes the papers as all that follows sees them, without the paragraphs that an evaluation set has, too."""
    wanted = config.decontaminate.enabled and bool(corpus.of("train"))
    registered = sets(out.building / "eval", config.decontaminate) if wanted else []
    contamination = Contamination(evaluation_texts(registered), config.decontaminate.match)
    finder = HeldoutFinder(knowledge.graph, knowledge.split)
    makers = (config.reading, config.dialogues, config.tasks, config.paper_logic)
    settings = derive.Settings(config.chunk, *makers, config.seed)
    tasks: list[Keyed[derive.Task]] = []
    dropped: list[Dropped] = []
    with (
        out.open("documents.jsonl") as documents,
        out.open("contamination.jsonl") as overlaps,
        out.open("leaks.jsonl") as leaks,
    ):
        train = corpus.of("train")
        for paper in steps.track(train, len(train), "comparing with the evaluation sets"):
            read = paper.document()
            found = decontaminate(read, contamination)
            document = without(read, frozenset(found.dropped))
            offset = documents.write(row_of(document, "train"))
            tasks.append(derive.task(document, out.building / "documents.jsonl", offset, settings))
            dropped += found.dropped.values()
            for overlap in found.overlaps:
                overlaps.write(overlap)
            for leak in _leaks(document, finder):
                leaks.write(leak)
        for document in corpus.documents("heldout"):
            documents.write(row_of(document, "heldout"))
    told = f"{overlaps.count} overlaps with {len(registered)} evaluation sets, {len(dropped)} paragraphs dropped"
    steps.say(f"papers: {told}")
    return tasks, dropped


def write_papers(
    out: Output, tasks: Sequence[Keyed[derive.Task]], knowledge: Knowledge, config: BuildConfig, steps: Steps
) -> dict[str, list[str]]:
    """Writes chunks, mined tasks and the CPT text, one paper at a time; returns words to fill questions with."""
    store = Store(config.output / DERIVED)
    paths = list(steps.track(mapped(derive.derive, tasks, store, config.engine), len(tasks), "retelling papers"))
    store.keep_only(task.key for task in tasks)
    steps.say("papers: all cut, mined and retold")
    wordings = MinedWordings.load("weave")
    weaver = Weaver(knowledge.graph, knowledge.split, knowledge.train, wordings, config.weave, config.seed)
    paired: list[Pair] = []
    finder = HeldoutFinder(knowledge.graph, knowledge.split)
    words: dict[str, dict[str, None]] = {language: {} for language in LANGUAGES}
    with (
        out.open("chunks.jsonl") as pieces,
        out.open_dataset("sft_papers", formats.sharegpt) as mined,
        out.open_dataset("sft_paper_tasks", formats.alpaca) as asked,
        out.open_dataset("cpt", formats.text) as cpt,
        dialogue_files(out, finder) as spoken,
        out.open("evidence.jsonl") as evidence,
    ):
        for path, document in zip(paths, read_documents(out.building / "documents.jsonl", side="train"), strict=True):
            derived = derive.read_derived(path)
            for chunk in derived["chunks"]:
                pieces.write(chunk)
            for sample in derived["sft_papers"]:
                mined.write_whole(sample)
            spoken.write(derived["dialogues"])
            paired += read_pairs(derived["logic"])
            for task in allowed(derived, finder, knowledge.dropped):
                asked.write_whole(task)
            for text in derived["cpt"]:
                cpt.write_whole(text)
            for woven in weaver.woven(document):
                cpt.write(woven)
            for found in knowledge.tasks.see(document):
                evidence.write(found)
            _add_fillers(words, document.text)
        steps.say("papers: chunks, questions and texts written")
        train = knowledge.train
        of_one = cards(knowledge.graph, knowledge.split, train, config.graph.card_orderings, config.seed)
        for card in chain(of_one, knowledge.tasks.pair_cards()):
            cpt.write(card)
    knowledge.dropped.extend(spoken.dropped)
    write_paper_logic(out, paired, knowledge, config)
    return {language: list(known)[:FILLERS] for language, known in words.items()}


def _add_fillers(words: Mapping[str, dict[str, None]], text: str) -> None:
    """Adds the words of a paper to those that questions are filled with, until there are enough."""
    for language, known in words.items():
        if len(known) < FILLERS:
            known.update(dict.fromkeys(FILLER[language].findall(text)))


def _leaks(document: Document, finder: HeldoutFinder) -> Iterator[dict[str, Any]]:
    """The sentences of a training paper that name both ends of a held-out fact: counted and listed, not removed."""
    for block in document.blocks:
        for start, end in sentences.spans(block.text):
            sentence = block.text[start:end]
            for triple in finder.find(sentence):
                yield {"document": document.id, "page": block.page, "triple": triple.key, "sentence": sentence}


# ---- splits and summary ---------------------------------------------------------------------------------------------


def _previous_splits(path: Path) -> dict[str, dict[str, Side]]:
    """What an earlier build assigned; it never moves."""
    if not path.is_file():
        return {"documents": {}, "groups": {}, "entities": {}}
    try:
        splits = orjson.loads(path.read_bytes())
        entities = splits.get("entities", {})  # recorded only where any were to be held out
        return {"documents": splits["documents"], "groups": splits["groups"], "entities": entities}
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise UserError(f"{path}: unreadable ({error!r}); restore it, or delete it to draw the splits anew") from error


def _stated(out: Output, corpus: Corpus, knowledge: Knowledge, config: BuildConfig) -> dict[str, Any]:
    facts = [paper.facts for paper in corpus.papers]
    characters = sum(len(document.text) for document in read_documents(out.building / "documents.jsonl"))
    return {
        "recipe": config.recipe,
        "seed": config.seed,
        "papers": {
            "files": corpus.files,
            "forgotten": corpus.forgotten,
            "train": len(corpus.of("train")),
            "heldout": len(corpus.of("heldout")),
            "characters": characters,
            "readers": dict(sorted(Counter(fact.reader for fact in facts).items())),
            "languages": dict(sorted(Counter(fact.language for fact in facts).items())),
            "licences": dict(sorted(Counter(paper.licence or "unknown" for paper in corpus.papers).items())),
            "fixes": corpus.fixes,
        },
        "diversity": of_datasets(out.building, [name for name in out.counts if name != "dropped"]),
        "graph": {
            "triples": len(knowledge.graph.triples),
            "groups_train": len(knowledge.split.train),
            "groups_heldout": len(knowledge.split.heldout),
            "groups_mixed": len(knowledge.split.mixed),
            "entities_heldout": len(knowledge.split.entities),
        },
    }
