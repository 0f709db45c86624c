"""The whole program on a small build: rows, sources and counts, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from builders.errors import UserError
from builders.pack.__main__ import main
from builders.pack.tokens import encode
from builders.pack.vocabulary import Vocabulary
from tests.builders.pack.made import CHINESE, ENGLISH, SEPARATOR

TEXTS = {f"p{number}": f"Paper {number}. " + (ENGLISH + CHINESE) * (number % 7 + 1) for number in range(20)}
HELDOUT = {"h0": "Held out. " + CHINESE * 9}


@pytest.fixture
def built(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a recipe and what `make data` leaves for the packing."""
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data/demo"
    (data / "eval").mkdir(parents=True)
    (tmp_path / "build.yaml").write_text(f"recipe: demo\npack: {{tokenizer: {base}, context_tokens: 128}}\n")
    sources = {name: [{"document": name, "start": 0, "end": len(text)}] for name, text in TEXTS.items()}
    write(data / "cpt.jsonl", [{"id": name, "text": text} for name, text in TEXTS.items()])
    write(data / "cpt.sources.jsonl", [{"id": name, "sources": parts} for name, parts in sources.items()])
    write(data / "documents.jsonl", [])
    write(data / "eval/heldout_text.jsonl", [{"id": n, "document": n, "text": t} for n, t in HELDOUT.items()])
    return data


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def pack(*overrides: str) -> dict[str, Any]:
    assert main(["build.yaml", *overrides]) == 0
    counts: dict[str, Any] = json.loads(Path("data/demo/cpt_packed.json").read_bytes())
    return counts


def digests(data: Path) -> dict[str, str]:
    paths = sorted(path for path in data.rglob("*") if path.is_file())
    return {str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def packed(data: Path, split: str = "train") -> list[list[int]]:
    with pa.ipc.open_stream(data / "cpt_packed" / split / "data-00000-of-00001.arrow") as stream:
        return [row["input_ids"] for row in stream.read_all().to_pylist()]


def test_the_rows_hold_every_token_and_every_separator(built: Path, vocabulary: Vocabulary) -> None:
    counts = pack()
    rows = packed(built)
    texts = encode(list(TEXTS.items()), vocabulary, cut_beyond=0)
    assert sorted(token for row in rows for token in row) == sorted(token for e in texts for token in e.ids.tolist())
    assert sum(row.count(vocabulary.separator) for row in rows) == len(TEXTS)
    assert max(map(len, rows)) <= 128
    assert counts["train"]["rows"] == len(rows)
    assert counts["train"]["cut_though_they_fit"] == 0
    assert counts["train"]["cuts"] >= counts["train"]["cuts_at_sentence"] > 0
    assert [sum(map(len, packed(built, "validation")))] == [counts["validation"]["tokens"]]


def test_each_row_says_what_its_sources_quote(built: Path, vocabulary: Vocabulary) -> None:
    pack()
    lines = [json.loads(line) for line in (built / "cpt_packed.sources.jsonl").read_text().splitlines()]
    rows = {"train": packed(built), "validation": packed(built, "validation")}
    assert [line["id"] for line in lines] == [f"{name}-{n:06d}" for name in rows for n in range(len(rows[name]))]
    texts = TEXTS | HELDOUT
    for line, ids in zip(lines, rows["train"] + rows["validation"], strict=True):
        quoted = "".join(texts[part["document"]][part["start"] : part["end"]] for part in line["sources"])
        assert vocabulary.tokenizer.decode(ids, skip_special_tokens=False).replace(SEPARATOR, "") == quoted


def test_the_same_build_gives_the_same_bytes_and_is_not_packed_twice(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack()
    first = digests(built)
    (built / "cpt_packed.json").unlink()
    (built / ".cpt_packed.partial").mkdir()  # what a killed packing leaves
    (built / ".cpt_packed.partial/ids").write_bytes(b"half")
    pack()
    assert digests(built) == first
    assert "up to date" not in capsys.readouterr().err
    pack()
    assert "up to date" in capsys.readouterr().err
    pack("seed=7")
    assert digests(built) != first


def test_the_replay_is_listed_with_its_licence(built: Path) -> None:
    general = [{"id": n, "text": f"Number {n}. {ENGLISH}", "licence": "cc0" if n % 2 else None} for n in range(30)]
    write(Path("general.jsonl"), general)
    before = pack()["train"]["tokens"]
    counts = pack("pack.replay=[general.jsonl]", "pack.replay_share=0.08")
    replay = counts["replay"]
    assert counts["train"]["tokens"] == before + replay["tokens"]
    assert replay["tokens"] / counts["train"]["tokens"] == pytest.approx(0.08, abs=0.003)
    assert replay["licences"] == ["cc0", "unknown"]
    listed = [json.loads(line) for line in (built / "cpt_packed.replay.jsonl").read_text().splitlines()]
    assert sum(row["tokens"] for row in listed) == replay["tokens"]
    lines = [json.loads(line) for line in (built / "cpt_packed.sources.jsonl").read_text().splitlines()]
    named = {part["document"] for line in lines for part in line["sources"] if part.get("maker") == "replay"}
    assert named == {row["id"] for row in listed}


def test_a_build_without_held_out_papers_has_no_validation(built: Path) -> None:
    write(built / "eval/heldout_text.jsonl", [])
    assert "validation" not in pack()
    assert json.loads((built / "cpt_packed/dataset_dict.json").read_bytes()) == {"splits": ["train"]}


def test_a_mistake_is_one_line(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build.yaml", "pack.order=random"]) == 1
    (built / "cpt.jsonl").unlink()
    assert main(["build.yaml"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("pack.order=random: no such order")
    assert second == "data/demo/cpt.jsonl: no such file; build it first with `make data RECIPE=demo`"


def test_a_build_without_text_is_one_line(built: Path) -> None:
    write(built / "cpt.jsonl", [])
    from builders.config import BuildConfig
    from builders.config_file import load
    from builders.pack.__main__ import run
    from builders.progress import Steps

    with pytest.raises(UserError, match=r"cpt.jsonl: holds no text"):
        run(load(BuildConfig, Path("build.yaml")), Steps())
