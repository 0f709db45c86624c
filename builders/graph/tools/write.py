"""What a build writes for knowledge tuning: the graph to ask, the rows, their learning curve and the evaluation.

graph.jsonl, relations.json                   what the function answers from
sft_tools.jsonl, sft_tools_100.jsonl, ...     each file the beginning of the longer ones
eval/tools.jsonl, eval/tools_direct.jsonl
"""

from __future__ import annotations

from builders import formats
from builders.graph.graph import Graph
from builders.graph.knowledge import store
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.split import GraphSplit
from builders.graph.tools.cases import Cases
from builders.graph.tools.config import ToolsConfig
from builders.graph.tools.evaluation import direct_questions, tool_questions
from builders.graph.tools.rows import tool_samples
from builders.graph.tools.wordings import load
from builders.graph.wordings import Wordings
from builders.output import Output
from builders.types import Dropped


def write_evaluation(
    out: Output, graph: Graph, split: GraphSplit, test: Wordings, config: ToolsConfig, seed: int
) -> None:
    """Writes the questions about entities that no training row names, and those that need no look-up."""
    cases = Cases(Knowledge(graph), seed)
    wordings, _ = load()
    out.rows("eval/tools.jsonl", tool_questions(cases, split, test, config, seed))
    out.rows("eval/tools_direct.jsonl", direct_questions(wordings) if graph.triples else ())


def write_training(
    out: Output, graph: Graph, split: GraphSplit, train: Wordings, config: ToolsConfig, seed: int
) -> list[Dropped]:
    """Writes the graph and the rows that teach to ask it; returns the wordings that were left out."""
    cases = Cases(Knowledge(graph), seed)
    wordings, dropped = load()
    store.write(out, graph)
    rows = tool_samples(cases, split, train, wordings, config, seed)
    out.dataset("sft_tools", formats.tools, rows)
    for count in config.subsets:
        out.dataset(f"sft_tools_{count}", formats.tools, rows[:count])
    return dropped
