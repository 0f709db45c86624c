"""A whole build with entities held out: nothing made for training names one, and what was drawn stays drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders.build import build
from builders.config import BuildConfig
from builders.config_file import load
from builders.errors import UserError
from builders.graph.entities import EntityFinder
from builders.graph.knowledge.store import load as load_knowledge
from builders.jsonl import read_rows
from builders.progress import Steps
from tests.conftest import ROOT

GRAPH = ROOT / "samples/graph"
RECIPE = f"""recipe: lab
triples: [{GRAPH}/triples.csv]
relations: {GRAPH}/relations.yaml
logic: {GRAPH}/logic.yaml
split: {{triples: 0.1, entities: 0.15}}
graph: {{questions: {{exposures: 1}}, card_orderings: 1, tools: {{exposures: 1, subsets: [50, 100]}}}}
"""
OF_THE_GRAPH = ("cpt", "sft_graph", "sft_logic", "dpo", "kto", "sft_tools", "sft_tools_50", "sft_tools_100")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("lab")
    (folder / "build.yaml").write_text(RECIPE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        build(load(BuildConfig, Path("build.yaml")), Steps())
        yield folder


def unseen(lab: Path) -> set[str]:
    entities = json.loads((lab / "data/lab/splits.json").read_bytes())["entities"]
    return {name for name, side in entities.items() if side == "heldout"}


def test_no_training_row_is_made_of_a_triple_that_touches_one(lab: Path) -> None:
    graph = load_knowledge(lab / "data/lab").graph
    kept = unseen(lab)
    assert 30 < len(kept) < 100
    for name in OF_THE_GRAPH:
        lines = list(read_rows(lab / f"data/lab/{name}.sources.jsonl"))
        assert lines, name
        stated = {source["triple"] for line in lines for source in line["sources"] if source["triple"]}
        ends = {graph.representative(end) for key in stated for end in key.split("\t")[::2]}
        assert not ends & kept, name


def test_no_training_row_names_one(lab: Path) -> None:
    """Distractors and counterfactuals included; but for labels of relations, and names of two characters."""
    graph = load_knowledge(lab / "data/lab").graph
    kept = unseen(lab)
    finder = EntityFinder(graph)
    labels = [
        label for one in graph.schema.values() for label in (one.name, one.zh, one.en) if label and finder.find(label)
    ]
    for name in OF_THE_GRAPH:
        for row in read_rows(lab / f"data/lab/{name}.jsonl"):
            text = json.dumps({key: value for key, value in row.items() if key != "tools"}, ensure_ascii=False)
            for label in labels:
                text = text.replace(label, "")
            named = {text[mention.start : mention.end] for mention in finder.find(text) if mention.entity in kept}
            assert all(len(one) < 3 for one in named), (name, named, row)


def test_the_evaluation_asks_about_them(lab: Path) -> None:
    graph = load_knowledge(lab / "data/lab").graph
    asked = {graph.representative(row["name"]) for row in read_rows(lab / "data/lab/eval/tools.jsonl")
             if row["heldout"] == "graph"}  # fmt: skip
    assert len(asked) > 20
    assert asked <= unseen(lab)


def test_subsets_are_the_beginnings_of_the_whole(lab: Path) -> None:
    whole = (lab / "data/lab/sft_tools.jsonl").read_bytes()
    for count in (50, 100):
        part = (lab / f"data/lab/sft_tools_{count}.jsonl").read_bytes()
        assert part.count(b"\n") == count
        assert whole.startswith(part)


def test_the_draw_does_not_move_with_the_share(lab: Path) -> None:
    before = json.loads((lab / "data/lab/splits.json").read_bytes())
    build(load(BuildConfig, Path("build.yaml"), ["split.entities=0.6"]), Steps())
    assert json.loads((lab / "data/lab/splits.json").read_bytes()) == before


@pytest.mark.parametrize("share", [0.0001, 0.7, -1.0])
def test_a_share_out_of_bounds_is_refused(lab: Path, share: float) -> None:
    with pytest.raises(UserError, match=r"split\.entities: .*: write 0, or a share from 0\.0005 to 0\.6"):
        build(load(BuildConfig, Path("build.yaml"), [f"split.entities={share}"]), Steps())
