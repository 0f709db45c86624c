from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders.errors import UserError
from builders.pack.replay import Taken, add_replay
from builders.pack.tokens import Tokens, encode
from builders.pack.vocabulary import Vocabulary
from tests.builders.pack.made import CHINESE, ENGLISH, SEPARATOR, text_of

OWN = [("paper", ENGLISH * 40)]


@pytest.fixture
def general(tmp_path: Path) -> Path:
    """Thirty documents, each with a number that only it has."""
    rows = [{"id": f"g{n}", "text": f"Number {n}. {CHINESE}", "license": "cc0"} for n in range(30)]
    path = tmp_path / "general.jsonl"
    path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def replayed(folder: Path, vocabulary: Vocabulary, files: list[Path], share: float, seed: int = 1) -> Any:
    """What was taken, the texts that were added, and the share of all tokens."""
    with Tokens(folder) as tokens:
        for encoded in encode(OWN, vocabulary, cut_beyond=64):
            tokens.add(encoded)
        own = tokens.total
        taken: list[Taken] = list(add_replay(tokens, list(map(str, files)), share, seed, vocabulary, cut_beyond=64))
        tokens.flush()
        texts = [text_of(vocabulary, tokens.ids(n, 0, tokens.length(n)).tolist()) for n in range(1, len(tokens))]
        return taken, texts, 1 - own / tokens.total


def test_the_replay_makes_its_share_of_all_tokens(tmp_path: Path, vocabulary: Vocabulary, general: Path) -> None:
    taken, texts, share = replayed(tmp_path, vocabulary, [general], 0.1)
    assert share == pytest.approx(0.1, abs=0.003)
    assert len(taken) == len(texts) == len({item.id for item in taken})
    assert all(text.endswith(CHINESE + SEPARATOR) for text in texts[:-1])
    assert all(text.endswith(SEPARATOR) for text in texts)


def test_the_last_document_is_cut_where_the_share_is_reached(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "long.txt"
    path.write_text("one two three " * 200, encoding="utf-8")
    (taken,), (text,), share = replayed(tmp_path, vocabulary, [path], 0.1)
    assert share == pytest.approx(0.1, abs=0.0005)
    assert path.read_text(encoding="utf-8").startswith(text.removesuffix(SEPARATOR))
    assert taken.characters == len(text.removesuffix(SEPARATOR))


def test_a_document_is_cut_behind_a_sentence_that_ends_near(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Fluid moves. " * 200, encoding="utf-8")
    _, (text,), share = replayed(tmp_path, vocabulary, [path], 0.1)
    assert text.endswith("Fluid moves." + SEPARATOR)
    assert share == pytest.approx(0.1, abs=0.01)


def test_the_seed_draws_the_documents(tmp_path: Path, vocabulary: Vocabulary, general: Path) -> None:
    drawn = [replayed(tmp_path, vocabulary, [general], 0.05, seed)[1] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_source_names_file_row_and_licence(tmp_path: Path, vocabulary: Vocabulary, general: Path) -> None:
    (first, *_), (text, *_), _ = replayed(tmp_path, vocabulary, [general], 0.05)
    number = int(text.split(".")[0].removeprefix("Number "))
    assert (first.id, first.line, first.licence) == (f"{general}#g{number}", 2 * number + 1, "cc0")
    (source,) = first.sources()
    assert (source["document"], source["line"], source["maker"]) == (first.id, 2 * number + 1, "replay")
    assert text[source["start"] : source["end"]] + SEPARATOR == text


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"text": "Plain."}, "Plain."),
        ({"instruction": "Why?", "input": "", "output": "So."}, "Why?\n\nSo."),
        ({"instruction": "Add.", "input": "1 and 2", "output": "3"}, "Add.\n1 and 2\n\n3"),
        (
            {"conversations": [{"from": "system", "value": "Be brief."}, {"from": "human", "value": "Why?"}]},
            "Why?",
        ),
        ({"messages": [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}]}, "Why?\n\nSo."),
    ],
)
def test_each_form_of_row_is_plain_text(tmp_path: Path, vocabulary: Vocabulary, row: Any, text: str) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(row) + "\n" + json.dumps({"text": "Filler. " * 200}), encoding="utf-8")
    for seed in range(20):
        taken, texts, _ = replayed(tmp_path, vocabulary, [path], 0.1, seed)
        if taken[0].line == 1:
            assert (texts[0], taken[0].id, taken[0].licence) == (text + SEPARATOR, f"{path}#line-1", None)
            return
    pytest.fail("no seed of twenty draws the first of two rows first")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[{"text": "a"}]', "one JSON array; write one object a line"),
        ('{"question": "a"}', "rows.jsonl:1: neither text, nor instruction and output"),
        ('\n{"text": ', "rows.jsonl:2: not JSON"),
        ("[1]\n", "one JSON array"),
        ('{"text": "Too little."}', r"pack.replay_share=0.1: the replay files lack \d+ tokens of it; add files"),
    ],
)
def test_a_file_that_is_no_good_is_one_clear_line(
    tmp_path: Path, vocabulary: Vocabulary, content: str, message: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        replayed(tmp_path, vocabulary, [path], 0.1)


def test_a_missing_file_is_one_clear_line(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(UserError, match=r"none.txt: no such file; put it there or mend build.yaml"):
        replayed(tmp_path, vocabulary, [tmp_path / "none.txt"], 0.1)
