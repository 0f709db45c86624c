"""The audit: what is drawn of a build, what of it is scored, and that the committed tables are of rows still built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.audit.corpus import build
from benchmarks.audit.draw import Draw, draw
from benchmarks.audit.rows import audited, language_of
from benchmarks.audit.score import distinct, page, score
from benchmarks.audit.verdicts import Verdict, read_verdicts, write_verdicts
from builders.errors import UserError
from builders.jsonl import write_rows
from tests.conftest import ROOT

TABLES = ROOT / "audit"
TEXT = "The extracellular space is narrow. It holds a fifth of the volume. Ions cross it."


def source(**fields: Any) -> dict[str, Any]:
    names = ("document", "page", "line", "box", "start", "end", "triple", "maker")
    return {**dict.fromkeys(names), **fields}


def dataset(data: Path, name: str, *rows: tuple[dict[str, Any], dict[str, Any]]) -> None:
    write_rows(data / f"{name}.jsonl", [row for row, _ in rows])
    write_rows(data / f"{name}.sources.jsonl", [{"id": row["id"], "sources": [made]} for row, made in rows])


def asked(number: int, task: str = "graph.forward") -> dict[str, Any]:
    return {
        "id": f"g{number}",
        "task": task,
        "instruction": f"人参{number}的归经？",
        "input": "",
        "output": "脾、肺。",
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A build: rows of every format, a paper and a graph."""
    folder = tmp_path / "data"
    triple = source(triple="人参\t归经\t脾", maker="graph.forward")
    dataset(folder, "sft_graph", *[(asked(number), triple) for number in range(30)])
    turns = [
        {"from": "human", "value": "What does it hold?"},
        {"from": "gpt", "value": "It holds a fifth of the volume."},
    ]
    span = source(document="sha:1", line=3, start=35, end=66, maker="paper.qa")
    dataset(folder, "sft_papers", ({"id": "p1", "task": "paper.qa", "conversations": turns}, span))
    pair = {"instruction": "Is it wide?", "input": "", "chosen": "No, it is narrow.", "rejected": "Yes, it is wide."}
    dataset(folder, "dpo", ({"id": "d1", "task": "logic.preference", **pair}, source(maker="logic.general:7")))
    judged = {"instruction": "Is it wide?", "input": "", "output": "It is narrow.", "kto_tag": True}
    dataset(folder, "kto", ({"id": "k1", "task": "feedback.fact", **judged}, triple))
    dataset(
        folder, "cpt",
        ({"id": "c1", "task": "graph.card", "text": "人参归脾经。"}, triple),
        ({"id": "c2", "task": "paper", "text": TEXT}, source(document="sha:1", start=0, end=80)),
    )  # fmt: skip
    dataset(folder, "eval_like", ({"id": "e1", "task": "asked", "text": "x"}, triple))
    block = {"kind": "paragraph", "text": TEXT, "page": None, "box": None, "line": 3, "level": None, "section": []}
    paper = {"id": "sha:1", "version": "v", "title": "A paper", "language": "en", "path": "a.md", "reader": "markdown"}
    write_rows(folder / "documents.jsonl", [{**paper, "blocks": [block], "licence": None, "side": "train"}])
    (tmp_path / "graph.csv").write_text("head,relation,tail\n人参,归经,脾\n人参,归经,肺\n", encoding="utf-8")
    return folder


def run(data: Path, **config: int) -> list[str]:
    folder = data.parent
    (folder / "audit").mkdir(exist_ok=True)
    return list(draw(data, [folder / "graph.csv"], folder, folder / "audit", Draw(**config)))


def test_every_row_that_training_sees_belongs_to_a_family(data: Path) -> None:
    found = {(row.task, row.language) for row in audited(data)}
    assert found == {
        ("graph.forward", "zh"),
        ("paper.qa", "en"),
        ("logic.preference", "en"),
        ("feedback.fact", "en"),
        ("graph.card", "zh"),
    }
    parts = {row.id: dict(row.parts) for row in audited(data)}
    assert parts["d1"] == {"question": "Is it wide?", "chosen": "No, it is narrow.", "rejected": "Yes, it is wide."}
    assert parts["k1"]["kto_tag"] == "True"


def test_a_row_of_two_datasets_is_drawn_once(data: Path) -> None:
    again = [(asked(number), source(triple="人参\t归经\t脾", maker="graph.forward")) for number in range(10)]
    dataset(data, "sft_graph_10", *again)
    assert [row.id for row in audited(data) if row.task == "graph.forward"] == [f"g{number}" for number in range(30)]


def test_a_sheet_shows_a_row_with_its_source_and_what_stands_around_it(data: Path) -> None:
    assert "graph.forward zh: 20 of 30" in run(data, rows=20)
    sheet = (data.parent / "paper.qa.en.md").read_text(encoding="utf-8")
    assert sheet.splitlines() == [
        "# paper.qa (en), 1 rows",
        "",
        "## 1. `p1`",
        "",
        "**question**: What does it hold?",
        "",
        "**answer**: It holds a fifth of the volume.",
        "",
        "> a.md, line 3: ...The extracellular space is narrow. [[It holds a fifth of the volume.]] Ions cross it....",
    ]
    assert "> triple: 人参 | 归经 | 脾 (the graph has 2: 脾, 肺)" in (data.parent / "graph.card.zh.md").read_text(
        "utf-8"
    )
    assert "> made by logic.general:7" in (data.parent / "logic.preference.en.md").read_text("utf-8")


def test_the_same_rows_are_drawn_when_others_come(data: Path) -> None:
    run(data, rows=10)
    table = data.parent / "audit" / "graph.forward.csv"
    first = read_verdicts(table)
    assert len(first) == 10
    triple = source(triple="人参\t归经\t脾", maker="graph.forward")
    dataset(data, "sft_more", *[(asked(number), triple) for number in range(30, 35)])
    run(data, rows=10)
    kept = {each.id for each in first} & {each.id for each in read_verdicts(table)}
    assert len(kept) >= 5
    run(data, rows=10, seed=1)
    assert read_verdicts(table) != first


def test_what_was_judged_stays_and_is_not_written_over(data: Path) -> None:
    run(data, rows=10)
    table = data.parent / "audit" / "graph.forward.csv"
    drawn = {each.id for each in read_verdicts(table)}
    other = next(row.id for row in audited(data) if row.task == "graph.forward" and row.id not in drawn)
    gone = Verdict("gone", "zh", "wrong", "no such fact")
    write_verdicts(table, [Verdict(other, "zh", "right"), gone])
    said = run(data, rows=10)
    after = {each.id: each for each in read_verdicts(table)}
    assert after[other] == Verdict(other, "zh", "right")
    assert after["gone"] == gone
    assert len(after) == 11
    assert "graph.forward: 1 judged rows are not built any more: gone" in said
    assert f"`{other}` right" in (data.parent / "graph.forward.zh.md").read_text(encoding="utf-8")


def test_precision_has_its_interval_and_is_unmeasured_below_twenty(data: Path) -> None:
    run(data, rows=25)
    tables = data.parent / "audit"
    ids = [row.id for row in audited(data) if row.task == "graph.forward"]
    verdicts = [Verdict(name, "zh", "wrong" if name == ids[0] else "right") for name in ids[:25]]
    write_verdicts(tables / "graph.forward.csv", verdicts)
    scored = {(each.task, each.language): each for each in score(data, tables)}
    forward = scored["graph.forward", "zh"]
    assert forward.figures == {
        "n": 25,
        "precision": 0.96,
        "low": 0.8046,
        "high": 0.9929,
        "distinct_3": round(forward.distinct_3, 3),
        "characters": [4, 4, 4],
    }
    assert scored["paper.qa", "en"].figures["precision"] is None
    table = page(list(scored.values()))
    assert "| graph.forward | zh | 25 | 24 | 0.96 | 0.80-0.99 | " in table
    assert "| paper.qa | en | 0 | 0 | unmeasured |  | " in table


def test_distinct_runs_are_of_words_and_ideographs() -> None:
    assert distinct(["a b c d", "A b c"], 3) == 2 / 3
    assert distinct(["细胞外间隙", "细胞外"], 3) == 3 / 4
    assert distinct(["too short"], 3) == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("论文《The width of the extracellular space in mice》得出了什么结论？", "zh"),
        ("人参的拉丁学名是啥来着\n人参的拉丁学名是Panax ginseng。", "zh"),
        ("For 诸病源候论, the author is recorded as 巢元方.", "en"),
        ("中药组成 of 理中丸\nThe 中药组成 of 理中丸 is 人参, 干姜.", "en"),
        ("孔隙率为0.2", "zh"),
        ("porosity", "en"),
    ],
)
def test_the_language_is_that_of_the_sentence_not_of_its_names(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id,verdict\na,right\n", "t.csv:1: columns ['id', 'verdict']; write id,language,verdict,reason"),
        ("id,language,verdict,reason\na,zh,ok,\n", "t.csv:2: verdict 'ok'; write right, wrong or nothing"),
    ],
)
def test_a_wrong_table_is_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_verdicts(path)
    assert str(error.value) == f"{tmp_path}/{complaint}"


@pytest.fixture(scope="module")
def produced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The ids that the audit's build gives, by task."""
    if not (ROOT.parent / "shared" / "data").is_dir():
        pytest.skip("real inputs are absent: ../shared/data beside the repository")
    found: dict[str, set[str]] = {}
    for row in audited(build(tmp_path_factory.mktemp("audit"))):
        found.setdefault(row.task, set()).add(row.id)
    return found


@pytest.mark.shared
@pytest.mark.slow
def test_every_judged_row_is_still_built(produced: dict[str, set[str]]) -> None:
    gone = []
    tables = sorted(TABLES.glob("*.csv"))
    assert tables
    for path in tables:
        ids = produced.get(path.stem, set())
        gone += [f"{path.stem} {verdict.id}" for verdict in read_verdicts(path) if verdict.id not in ids]
    assert gone == []
