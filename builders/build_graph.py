"""The knowledge graph's part of a build: triples in, everything that is learnt from or asked about the graph out.

knowledge = read_and_split_triples(config, previous, Steps())
write_graph_evaluation(out, knowledge, paired, config)     # eval/kg_recall.jsonl, eval/dual_logic.jsonl, ...
write_graph(out, knowledge, fillers, config)               # sft_graph.jsonl, sft_tools.jsonl, dpo.jsonl, ...
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builders import formats
from builders.config import BuildConfig
from builders.graph.augment import safe_fillers
from builders.graph.feedback_rows import feedback_samples
from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.logic import Pair, general_pairs, graph_pairs, pair_groups, split_general
from builders.graph.logic_rows import dual_logic_rows, preference_rows, preference_samples, unequal, yes_no_samples
from builders.graph.questions import asked_groups, choice_questions, questions, recall_questions
from builders.graph.read import read_triples, triple_files
from builders.graph.schema import read_schema
from builders.graph.split import GraphSplit, split_entities, split_groups
from builders.graph.tasks.program import GraphTasks
from builders.graph.tools import write as tools
from builders.graph.wordings import Wordings, apart, load_test, load_train
from builders.logic.balance import balanced, limited
from builders.output import Output
from builders.progress import Steps
from builders.split import Side
from builders.types import Dropped, Triple


@dataclass(frozen=True)
class Knowledge:
    """What the triples gave: the graph, its split, the wordings kept apart, and what was dropped."""

    graph: Graph
    split: GraphSplit
    train: Wordings
    test: Wordings
    tasks: GraphTasks
    general: list[Pair]
    """Statements of general knowledge and their counterfactuals."""
    dropped: list[Dropped]


def read_and_split_triples(config: BuildConfig, previous: dict[str, dict[str, Side]], steps: Steps) -> Knowledge:
    """Reads every file of triples into one graph and assigns its groups and entities."""
    triples: list[Triple] = []
    dropped: list[Dropped] = []
    for path in triple_files(config.triples):
        read, lint = read_triples(path, config.graph.head_key)
        triples += read
        dropped += lint
        steps.say(f"graph: {path}: {len(read)} triples, {len(lint)} findings")
    schema = read_schema(Path(config.relations) if config.relations else None, triples)
    graph = Graph(triples, schema)
    test = load_test()
    train, near_test = apart(load_train(), test)
    entities = split_entities(graph, config.split.entities, config.seed, previous["entities"])
    split = split_groups(graph, config.split.triples, config.seed, previous["groups"], entities)
    if split.entities:
        graph = Graph(triples, schema, unnamed=split.entities)
    tasks = GraphTasks(graph, split, config.graph.tasks, config.seed)
    general, bad = general_pairs(Path(config.logic)) if config.logic else ([], [])
    return Knowledge(graph, split, train, test, tasks, general, [*dropped, *near_test, *tasks.dropped, *bad])


def write_graph_evaluation(out: Output, knowledge: Knowledge, paired: list[Pair], config: BuildConfig) -> None:
    """Writes the questions on trained and on held-out facts, and both evaluation sets of the dual logic."""
    graph, test, limits, seed = knowledge.graph, knowledge.test, config.graph, config.seed
    trained = asked_groups(knowledge.split, limits.questions, seed)
    for name, groups in (("kg_recall", trained), ("kg_unseen", knowledge.split.heldout)):
        asked = recall_questions(graph, groups, test, limits.recall_wordings, limits.recall_facts, seed)
        out.rows(f"eval/{name}.jsonl", asked)
    out.rows("eval/kg_choice.jsonl", choice_questions(graph, trained, test, 1, limits.recall_facts, seed))
    out.rows("eval/graph_tasks.jsonl", knowledge.tasks.evaluation_rows())
    tested = balanced([*_pairs(knowledge, config, test=True), *paired], seed)
    out.rows("eval/dual_logic.jsonl", dual_logic_rows(tested, test, seed))
    out.rows("eval/preference.jsonl", preference_rows(tested, test, seed))
    tools.write_evaluation(out, graph, knowledge.split, test, limits.tools, seed)


def write_graph(out: Output, knowledge: Knowledge, words: Mapping[str, list[str]], config: BuildConfig) -> None:
    """Writes what is learnt of the graph: questions, yes-or-no pairs and preferences."""
    graph, split, train, seed = knowledge.graph, knowledge.split, knowledge.train, config.seed
    fillers = {language: safe_fillers(found, graph) for language, found in words.items()}
    asked = questions(graph, split, train, knowledge.test, config.graph.questions, fillers, seed)
    out.dataset("sft_graph", formats.alpaca, asked)
    out.dataset("sft_graph_tasks", formats.alpaca, knowledge.tasks.samples())
    trained = balanced(_pairs(knowledge, config, test=False), seed)
    knowledge.dropped.extend(unequal(trained))
    settings = config.graph
    out.dataset("sft_logic", formats.alpaca, yes_no_samples(trained, train, settings.yes_no_wordings, seed))
    out.dataset("dpo", formats.preference, preference_samples(trained, train, settings.preference_wordings, seed))
    judged = feedback_samples(graph, trained, split.train, train, settings.feedback_groups, seed)
    out.dataset("kto", formats.feedback, judged)
    knowledge.dropped.extend(tools.write_training(out, graph, split, train, settings.tools, seed))


def _pairs(knowledge: Knowledge, config: BuildConfig, *, test: bool) -> list[Pair]:
    """The dual-logic pairs to train on, or to test with: of the general set, and of the graph's training groups."""
    settings, seed = config.graph, config.seed
    general = split_general(knowledge.general, settings.pair_test_share, seed)[test]
    groups = pair_groups(knowledge.graph, knowledge.split, settings.pair_test_share, seed)[test]
    most = settings.general_test_pairs if test else settings.general_pairs
    of_graph = graph_pairs(knowledge.graph, groups, knowledge.train, settings.pairs, seed)
    return [*limited(general, most, seed), *of_graph]


def write_paper_logic(out: Output, paired: Sequence[Pair], knowledge: Knowledge, config: BuildConfig) -> None:
    """Writes the dual-logic pairs of training papers, in sets of their own: no recipe trains on them unasked."""
    finder, train, seed = HeldoutFinder(knowledge.graph, knowledge.split), knowledge.train, config.seed
    pairs = balanced([pair for pair in paired if not finder.find(pair.true) and not finder.find(pair.false)], seed)
    knowledge.dropped.extend(unequal(pairs))
    out.dataset("sft_logic_papers", formats.alpaca, yes_no_samples(pairs, train, config.graph.yes_no_wordings, seed))
    preferred = preference_samples(pairs, train, config.graph.preference_wordings, seed)
    out.dataset("dpo_papers", formats.preference, preferred)
