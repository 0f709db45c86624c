from __future__ import annotations

from pathlib import Path

import pytest

from builders.errors import UserError
from builders.graph.graph import Graph
from builders.graph.knowledge.__main__ import main
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.knowledge.store import load, write
from builders.output import Output


@pytest.fixture
def built(tmp_path: Path, sample: Graph, monkeypatch: pytest.MonkeyPatch) -> Path:
    with Output(tmp_path / "data/demo") as out:
        write(out, sample)
    (tmp_path / "build.yaml").write_text("recipe: demo\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data/demo"


def test_what_was_written_answers_like_what_was_read(built: Path, sample: Graph) -> None:
    again, before = load(built), Knowledge(sample)
    assert again.graph.triples == sample.triples
    for entity, attribute in (
        ("人参", "归经"),
        ("元参", "Latin name"),
        ("四君子汤", "君药的拉丁学名"),
        ("astrocite", "x"),
    ):
        assert again.acquire_knowledge(entity, attribute) == before.acquire_knowledge(entity, attribute)


def test_a_missing_or_broken_graph_is_told_in_one_line(built: Path) -> None:
    (built / "relations.json").write_text('{"归经": {"colour": 1}}', encoding="utf-8")
    with pytest.raises(UserError, match=r"graph\.jsonl, relations\.json: not as a build writes them"):
        load(built)
    (built / "relations.json").unlink()
    with pytest.raises(UserError, match=r"relations\.json: no such file; build it first with `make data RECIPE=demo`"):
        load(built)


def test_the_command(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build.yaml", "四君子汤", "君药的拉丁学名"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert '"values": ["Panax ginseng"]' in said[0]
    assert said[2] == "  人参 | 拉丁学名 | Panax ginseng   《中华人民共和国药典》"
    assert main(["--help"]) == 0
    assert "make ask-graph RECIPE=demo ENTITY=人参 ATTRIBUTE=归经" in capsys.readouterr().out
    assert main(["build.yaml", "", "归经"]) == 2
    assert main(["absent.yaml", "人参", "归经"]) == 1
    assert "absent.yaml: no such recipe file" in capsys.readouterr().err
