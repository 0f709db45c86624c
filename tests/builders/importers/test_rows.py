"""Whole imports: small files of every format in; the exact rows, the questions left over and the counts out."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from builders.config import BuildConfig
from builders.config_file import load
from builders.errors import UserError
from builders.graph.graph import Graph
from builders.graph.split import split_groups
from builders.graph.wordings import load_test
from builders.importers.config import ImportConfig
from builders.importers.rows import Imported, write_imports
from builders.jsonl import write_rows
from builders.output import Output
from builders.progress import Steps
from tests.builders.graph.conftest import schema, toy

__all__ = ["schema", "toy"]

Row = dict[str, Any]


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def imported(graph: Graph, *imports: ImportConfig, evaluation: tuple[Row, ...] = ()) -> tuple[Imported, list[Row]]:
    """Runs the imports in the current folder; what they gave, and the rows of the dataset."""
    split = split_groups(graph, 1e-9, 42, {"三七\t拉丁名": "heldout"})
    config = BuildConfig(recipe="lab", imports=list(imports))
    with Output(Path("out")) as out:
        write_rows(out.building / "eval/asked.jsonl", evaluation)
        made = write_imports(out, config, graph, split, load_test(), Steps(Console(file=io.StringIO())))
    return made, read("sft_imported.jsonl")


def read(name: str) -> list[Row]:
    return [json.loads(line) for line in Path("out", name).read_text(encoding="utf-8").splitlines()]


def write(name: str, *rows: Any) -> ImportConfig:
    Path(name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return ImportConfig(name, "CC-BY-4.0")


def qa(question: str, answer: str) -> Row:
    return {"instruction": question, "input": "", "output": answer}


def turns(*texts: str) -> list[Row]:
    return [{"from": ("human", "gpt")[number % 2], "value": text} for number, text in enumerate(texts)]


def test_a_row_of_each_format_comes_out_as_sharegpt_with_its_source(inside: Path, toy: Graph) -> None:
    call = {"from": "function_call", "value": '{"name": "f", "arguments": {}}'}
    files = (
        write("alpaca.json", qa("脑脊液从哪里来？", "根据知识，脑脊液来自脉络丛。")),
        write("o1.jsonl", {"Question": "Why does it swell?", "Complex_CoT": "Water enters.", "Response": "Oedema."}),
        write("dialogue.json", {"instruction": " <user>: 水往哪里流？ <bot>: 流向静脉。 <user>: 快吗？",
                                "output": "很慢。"}),
        write("tools.json", {"conversations": [turns("查一下甲。")[0], call, {"from": "observation", "value": "乙"},
                                               {"from": "gpt", "value": "是乙。"}], "tools": [{"name": "f"}]}),
    )  # fmt: skip
    made, rows = imported(toy, *files)
    conversations = {row["task"]: row["conversations"] for row in rows}
    assert conversations == {
        "import.alpaca": turns("脑脊液从哪里来？", "脑脊液来自脉络丛。"),
        "import.cot": turns("Why does it swell?", "<think>\nWater enters.\n</think>\n\nOedema."),
        "import.user_bot": turns("水往哪里流？", "流向静脉。", "快吗？", "很慢。"),
        "import.sharegpt": [
            {"from": "human", "value": "查一下甲。"},
            {"from": "function_call", "value": '{"name": "f", "arguments": {}}'},
            {"from": "observation", "value": "乙"},
            {"from": "gpt", "value": "是乙。"},
        ],
    }
    assert [row["tools"] for row in rows] == ["", "", "", '[{"name":"f"}]']
    (source,) = read("sft_imported.sources.jsonl")[2]["sources"]
    assert (source["document"], source["line"], source["maker"]) == ("import:dialogue.json", 1, "import.user_bot")
    assert made.dropped == []
    assert made.summary[0] == {
        "path": "alpaca.json",
        "licence": "CC-BY-4.0",
        "read": 1,
        "rows": 1,
        "unanswered": 0,
        "formats": {"alpaca": 1},
        "languages": {"zh": 1},
        "mended": {"zh.given_knowledge_phrase": 1},
        "beyond_repair": {},
        "dropped": {},
    }


def test_prefixes_collapse_into_the_longest_dialogue_whatever_the_order(inside: Path, toy: Graph) -> None:
    longest = turns("一？", "甲。", "二？", "乙。", "三？", "丙。")
    file = write("d.json", *({"conversations": longest[:length]} for length in (4, 6, 2)), qa("一？", "另一个。"))
    made, rows = imported(toy, file)
    assert [row["conversations"] for row in rows] == [longest, turns("一？", "另一个。")]
    assert [(item.reason, item.place) for item in made.dropped] == [
        ("prefix_of_longer", "d.json:1"),
        ("prefix_of_longer", "d.json:3"),
    ]


def test_a_dialogue_is_cut_before_a_leak_beyond_repair(inside: Path, toy: Graph) -> None:
    file = write(
        "d.json",
        {"conversations": turns("一？", "甲。", "二？", "文章没有提到它。", "三？", "丙。")},
        {"conversations": turns("四？", "作为一个AI语言模型，我不知道。")},
    )
    made, rows = imported(toy, file)
    assert [row["conversations"] for row in rows] == [turns("一？", "甲。")]
    assert made.summary[0]["mended"] == {"cut_before_leak": 1}
    assert made.summary[0]["beyond_repair"] == {"zh.assistant_itself": 1, "zh.text_is_silent": 1}
    assert made.summary[0]["dropped"] == {"leak": 1}


def test_the_same_row_and_nearly_the_same_question_come_once(inside: Path, toy: Graph) -> None:
    file = write(
        "d.json",
        qa("患者出现黄疸和贫血，应当先做什么检查？", "先查血常规。"),
        qa("患者出现黄疸和贫血，应当先做什么检查？", "先查血常规。"),
        qa("患者出现黄疸与贫血，应当先做什么检查", "先查血常规。"),
        qa("患者出现黄疸与贫血，应当先做什么检查", "先查肝功能。"),
    )
    made, rows = imported(toy, file)
    assert [row["conversations"][1]["value"] for row in rows] == ["先查血常规。", "先查肝功能。"]
    assert [item.reason for item in made.dropped] == ["duplicate", "near_duplicate"]


def test_what_an_evaluation_set_has_and_what_is_held_out_is_not_trained(inside: Path, toy: Graph) -> None:
    passage = "The interstitial fluid of the rat brain drains along the fibres of the caudate nucleus to the cortex."
    file = write(
        "d.json",
        qa("水？", "甲。"),
        qa("Where does it go?", f"It is known: {passage}"),
        qa("三七是什么？", "它叫Herba notoginseng。"),
        qa("三七是什么？", "一味药。"),
    )
    evaluation = ({"id": "e1", "question": "水 ?", "answer": "乙"}, {"id": "e2", "text": passage})
    made, rows = imported(toy, file, evaluation=evaluation)
    assert [row["conversations"][1]["value"] for row in rows] == ["一味药。"]
    assert [(item.reason, item.detail.split(":")[0]) for item in made.dropped] == [
        ("in_evaluation_set", "asked e1"),
        ("in_evaluation_set", "asked e2"),
        ("names_held_out_fact", "三七 拉丁名 Herba notoginseng"),
    ]


def test_questions_are_answered_from_the_graph_or_left_for_a_teacher(inside: Path, toy: Graph) -> None:
    Path("q.txt").write_text(
        "书上写的人参，拉丁名是啥来着\n细胞外间隙有多宽？\n细胞外间隙有多宽\n书上写的三七，拉丁名是啥来着\n",
        encoding="utf-8",
    )
    made, rows = imported(toy, ImportConfig("q.txt", "CC0-1.0"))
    assert [row["conversations"] for row in rows] == [
        turns("书上写的人参，拉丁名是啥来着", "人参的拉丁名是Herba ginseng。")
    ]
    (source,) = read("sft_imported.sources.jsonl")[0]["sources"]
    assert source["triple"] == "人参\t拉丁名\tHerba ginseng"
    assert (source["document"], source["line"]) == ("import:q.txt", 1)
    (left,) = read("unanswered.jsonl")
    assert {key: left[key] for key in left if key != "id"} == {
        "language": "zh",
        "question": "细胞外间隙有多宽？",
        "document": "import:q.txt",
        "line": 2,
        "licence": "CC0-1.0",
    }
    assert [(item.reason, item.place) for item in made.dropped] == [
        ("near_duplicate", "q.txt:3"),
        ("held_out_fact", "q.txt:4"),
    ]


def test_rows_in_another_language_than_stated_are_dropped(inside: Path, toy: Graph) -> None:
    rows = (qa("Where is it?", "There."), qa("在哪里？", "在那里。"), qa("Где течёт вода?", "В мозге."))
    write("d.json", *rows)
    made, _ = imported(toy, ImportConfig("d.json", "MIT"))
    assert made.summary[0]["languages"] == {"en": 1, "zh": 1}
    made, _ = imported(toy, ImportConfig("d.json", "MIT", language="zh"))
    assert made.summary[0]["languages"] == {"zh": 1}
    assert made.summary[0]["dropped"] == {"other_language": 2}


def test_the_same_files_give_the_same_bytes_and_none_give_empty_ones(inside: Path, toy: Graph) -> None:
    file = write("d.json", qa("水往哪里流？", "流向静脉。"), qa("血往哪里流？", "流向心脏。"))
    imported(toy, file)
    first = {path.name: path.read_bytes() for path in Path("out").iterdir() if path.is_file()}
    imported(toy, file)
    assert {path.name: path.read_bytes() for path in Path("out").iterdir() if path.is_file()} == first
    assert imported(toy) == (Imported([], []), [])
    assert Path("out/unanswered.jsonl").read_bytes() == b""


def test_a_file_without_rows_is_said(inside: Path, toy: Graph) -> None:
    made, _ = imported(toy, write("empty.json"))
    assert [(item.reason, item.place) for item in made.dropped] == [("empty_file", "empty.json")]


@pytest.mark.parametrize(
    ("imports", "complaint"),
    [
        ("[{path: d.json}]", "imports[0].licence: missing for d.json; write its licence, `licence: CC-BY-4.0`"),
        ("[{licence: MIT}]", "imports[0].path: missing; name the file, `path: input/<recipe>/file.json`"),
        ("[{path: x.json, licence: MIT}]", "imports[0].path: x.json: no such file; put it there or mend build.yaml"),
        (
            "[{path: d.json, licence: MIT, language: fr}]",
            "imports[0].language: fr: write zh or en, or leave the key out for both",
        ),
        (
            "[{path: d.json, licence: MIT}, {path: d.json, licence: MIT}]",
            "imports[1].path: d.json: named twice; delete one of the two",
        ),
        ("[{path: d.json, licens: MIT}]", "build.yaml: Key 'licens' not in 'ImportConfig'"),
    ],
)
def test_a_wrong_import_is_one_line(inside: Path, imports: str, complaint: str) -> None:
    write("d.json", qa("q", "a"))
    Path("build.yaml").write_text(f"recipe: lab\ntriples: [d.json]\nimports: {imports}\n", encoding="utf-8")
    with pytest.raises(UserError) as error:
        load(BuildConfig, Path("build.yaml")).check()
    assert str(error.value).startswith(complaint)
    assert "\n" not in str(error.value)


@pytest.mark.shared
def test_huatuos_sets_lose_their_leaks_and_prefixes_alone(shared: Path, inside: Path, toy: Graph) -> None:
    names = ("llama_data", "liver_cancer")
    files = [ImportConfig(str(shared / "huatuo" / f"{name}.json"), "Apache-2.0") for name in names]
    made, rows = imported(toy, *files)
    llama, liver = made.summary
    assert (llama["read"], liver["read"]) == (8658, 1000)
    assert llama["dropped"] == {"leak": 27, "near_duplicate": 4}
    assert liver["dropped"] == {"leak": 2, "prefix_of_longer": 89}
    answers = [turn["value"] for row in rows for turn in row["conversations"] if turn["from"] == "gpt"]
    leaks = re.compile("根据知识|根据上述|(?<!小样)本研究|本文")
    assert not [text for text in answers if leaks.search(text)]
