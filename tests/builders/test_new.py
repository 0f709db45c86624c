from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from builders.errors import UserError
from builders.new import Request, renamed, start
from tests.conftest import ROOT


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the repository's recipes, to start a new one in."""
    shutil.copytree(ROOT / "recipes", tmp_path / "recipes")
    shutil.copy(ROOT / "dataset_info.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_recipe_names_only_itself(lab: Path) -> None:
    start(Request("liver", "demo"))
    for path in (lab / "recipes" / "liver").glob("*.yaml"):
        settings = [line.split(" #")[0] for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        assert not [line for line in settings if "demo" in line], path.name


def test_its_input_folders_are_made_and_named(lab: Path) -> None:
    start(Request("liver", "demo"))
    build = yaml.safe_load((lab / "recipes/liver/build.yaml").read_text(encoding="utf-8"))
    assert (build["recipe"], build["papers"], build["triples"]) == (
        "liver",
        ["input/liver/papers"],
        ["input/liver/triples"],
    )
    assert all(Path(folder).is_dir() for folder in [*build["papers"], *build["triples"]])


def test_its_datasets_are_registered_beside_the_old_ones(lab: Path) -> None:
    before = json.loads((ROOT / "dataset_info.json").read_text(encoding="utf-8"))
    start(Request("liver", "demo"))
    after = json.loads((lab / "dataset_info.json").read_text(encoding="ascii"))
    assert {name: after[name] for name in before} == before
    assert after["liver_sft_graph"] == {**before["demo_sft_graph"], "file_name": "data/liver/sft_graph.jsonl"}
    assert {name.removeprefix("liver") for name in set(after) - set(before)} == {
        name.removeprefix("demo") for name in before if name.startswith("demo_")
    }


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "make new RECIPE=<name>"),
        (["recipe=../x", "copy=demo"], "recipe=../x: a recipe's name"),
        (["recipe=x", "copy=none"], "FROM=none: no such recipe; there are: demo"),
        (["recipe=demo", "copy=demo"], "recipes/demo is there already"),
    ],
)
def test_wrong_requests_are_one_line(lab: Path, arguments: list[str], complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        start(Request.parse(arguments))


def test_only_whole_names_are_replaced() -> None:
    request = Request("liver", "demo")
    assert renamed("model: saves/demo/sft", request) == "model: saves/liver/sft"
    assert renamed("dataset: demo_sft_graph,demo_sft_papers", request) == "dataset: liver_sft_graph,liver_sft_papers"
    assert renamed("path: saves/demonstration/demo", request) == "path: saves/demonstration/demo"
