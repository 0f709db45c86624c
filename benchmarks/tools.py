"""Knowledge tuning: how many rows does a model need to call the function for entities it was never asked about?

    python -m benchmarks.tools                        # trains a starting model first: half an hour more
    python -m benchmarks.tools saves/demo/sft         # about half an hour on two cores
    {"entity_before": 0.0, "entity_100": ..., "attribute_800": ..., "retrieval_all": ..., "slip_taken_latin": ...}

The sample graph, a tenth of its entities kept from the rows. Each subset (100, 200, 800 rows) is trained for the same
number of steps, all rows once; models are served by vLLM and scored by the product's evaluation, before and after.
Beside it, without a model: how often a name as a user writes it leads to its entity (by the name, with aliases, with
a slip in it), and how often BM25 over the whole question finds the entry (the paper's baseline).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.lab import ROOT, Lab
from builders.graph.chance import generator
from builders.graph.graph import folded
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.knowledge.nearest import HAN, Nearest
from builders.graph.knowledge.store import load
from builders.graph.tools.cases import misspelt
from builders.jsonl import read_rows

RECIPE = "tools"
SUBSETS = ("100", "200", "800", "all")
STEPS = 200  # of four rows: the 800 rows once, the 100 eight times; `steps=` changes it
MEASURES = ("tools_entity", "tools_attribute", "tools_retrieval", "tools_answer", "tools_direct")
GRAPH = ("papers=[]", "triples=[samples/graph/triples.csv]", "relations=samples/graph/relations.yaml", "logic=null")
BUILD = (*GRAPH, "graph.tools.asked=40")
TRAIN = ("per_device_train_batch_size=4", "learning_rate=2e-3", "cutoff_len=1024", "save_strategy=no")
EVAL = f"""recipe: {RECIPE}
data: data/{RECIPE}/eval
train_text: data/{RECIPE}/cpt.jsonl
models: {{}}
tasks: [tools, tools_direct]
out: runs/{RECIPE}
vllm_python: {ROOT / ".venv-vllm/bin/python"}
max_tokens: 160
fact_max_tokens: 48
concurrency: 16
"""


def main(arguments: Sequence[str]) -> int:
    given = [argument for argument in arguments if "=" not in argument]
    options = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    subsets = options["subsets"].split(",") if "subsets" in options else list(SUBSETS)
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(Path(folder), RECIPE)
        lab.run("builders", "build.yaml", *BUILD)
        data = lab.folder / "data" / RECIPE
        figures = names_found(load(data), list(read_rows(data / "eval/tools.jsonl")))
        start = Path(given[0]).resolve() if given else starting_model(lab)
        steps = int(options.get("steps", STEPS))
        figures |= learning_curve(lab, start, subsets, steps, options.get("vllm", str(ROOT / ".venv-vllm/bin/python")))
    print(json.dumps(figures))
    return 0


# ---- without a model ------------------------------------------------------------------------------------------------


def names_found(knowledge: Knowledge, rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """How often names lead to their entity: those of the evaluation by case, and one slip in every name of the graph.

    The misspelt names of the evaluation are left out: they were chosen because the function finds them.
    """
    figures = {}
    cases = defaultdict(list)
    for row in rows:
        cases[row["case"]].append(row)
    by_bm25 = by_question(knowledge)
    for case in ("plain", "alias", "path"):
        exact = sum(folded(row["entity"]) == folded(row["name"]) for row in cases[case])
        known = sum(bool(knowledge.names(row["entity"])) for row in cases[case])
        question = sum(map(by_bm25, cases[case]))
        count = len(cases[case])
        print(f"{case}: exact {exact}, with aliases {known}, BM25 over the question {question}, of {count}")
        figures |= {
            f"exact_{case}": exact / count,
            f"alias_{case}": known / count,
            f"question_{case}": question / count,
        }
    for script, results in slips(knowledge).items():
        count = results.total()
        print(f"one slip, {script}: {', '.join(f'{what} {number}' for what, number in results.items())}, of {count}")
        figures |= {f"slip_{what}_{script}": number / count for what, number in results.items()}
    return {name: round(value, 4) for name, value in figures.items()}


def slips(knowledge: Knowledge) -> dict[str, Counter[str]]:
    """What becomes of every head that is long enough to be misspelt, by script; nothing is left out for being hard."""
    results: dict[str, Counter[str]] = {"chinese": Counter(), "latin": Counter()}
    for head in dict.fromkeys(head for head, _ in knowledge.graph.groups):
        slip = misspelt(head, generator("slip", head))
        if slip is not None and not knowledge.names(slip):
            found = knowledge.acquire_knowledge(slip, "")
            own = knowledge.name(head)
            offered = {knowledge.name(name) for name in found.nearest}
            taken = "taken" if found.entity == own else "taken_wrong" if found.entity else None
            results["chinese" if HAN.search(head) else "latin"][
                taken or ("offered" if own in offered else "not_found")
            ] += 1
    return results


def by_question(knowledge: Knowledge) -> Callable[[dict[str, Any]], bool]:
    """Whether BM25 over the question, against "entity attribute" for every entry and name, finds the right values."""
    graph = knowledge.graph
    entries = {}
    for head, relation in graph.groups:
        for label in filter(None, (graph.schema[relation].zh, graph.schema[relation].en)):
            entries |= {f"{name} {label}": (name, label) for name in knowledge.names(head)}
    index = Nearest(list(entries))

    def found(row: dict[str, Any]) -> bool:
        best = index.best(row["question"])
        if best is None:
            return False
        result = knowledge.acquire_knowledge(*entries[best])
        return result.entity == row["name"] and set(result.values) == set(row["values"]) != set()

    return found


# ---- with a model ---------------------------------------------------------------------------------------------------


def starting_model(lab: Lab) -> Path:
    """The demo's tiny model after its SFT on the questions of the graph."""
    rows = ",".join(f"data/{RECIPE}/{name}.jsonl" for name in ("sft_graph", "sft_tools"))
    lab.run("plugins.train.base", "base.yaml", f"tokenizer_texts=[{rows}]")
    overrides = (f"model_name_or_path=saves/{RECIPE}/base", f"dataset={RECIPE}_sft_graph")
    lab.run("plugins.train", "sft.yaml", *overrides)
    return lab.folder / "saves" / RECIPE / "sft"


def learning_curve(lab: Lab, start: Path, subsets: Sequence[str], steps: int, vllm: str) -> dict[str, float]:
    """Trains on each subset from the same start and scores all models on the same questions."""
    models = {"before": str(start)}
    for subset in subsets:
        models[f"rows_{subset}"] = f"saves/{RECIPE}/{subset}"
        train(lab, start, subset, steps)
    lab.write("eval.yaml", EVAL)
    places = [f"models.{name}={place}" for name, place in models.items()]
    lab.run("eval", "eval.yaml", *places, f"vllm_python={vllm}")
    report = lab.report()["models"]
    print("\n".join(table(report)))
    return {
        f"{measure.removeprefix('tools_')}_{model.removeprefix('rows_')}": round(figures[measure]["value"], 4)
        for model, figures in report.items()
        for measure in MEASURES
    }


def train(lab: Lab, start: Path, subset: str, steps: int) -> None:
    """One subset: so many steps, or all rows once."""
    dataset = f"{RECIPE}_sft_tools" if subset == "all" else f"{RECIPE}_sft_tools_{subset}"
    length = "num_train_epochs=1" if subset == "all" else f"max_steps={steps}"
    places = (f"model_name_or_path={start}", f"dataset={dataset}", f"output_dir=saves/{RECIPE}/{subset}")
    lab.run("plugins.train", "sft.yaml", *places, length, *TRAIN)


def table(report: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    """One line a measure and part of the questions, one column a model: value and interval in per cent."""
    first = next(iter(report.values()))
    yield f"{'':<28}{'n':>5}" + "".join(f"{model:>22}" for model in report)
    for name in first:
        if name.startswith(MEASURES):
            cells = "".join(f"{_cell(figures[name]):>22}" for figures in report.values())
            yield f"{name.removeprefix('tools_'):<28}{first[name]['n']:>5}{cells}"


def _cell(figure: dict[str, float]) -> str:
    return f"{100 * figure['value']:.1f} ({100 * figure['low']:.1f}-{100 * figure['high']:.1f})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
