from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders.errors import UserError
from builders.pack.rows import Piece
from builders.pack.sources import Lines, Origin, heldout_sources, packed_sources
from tests.builders.pack.made import documents

BLOCKS = [(0, 10), (12, 20), (22, 40)]


def block(start: int | None, end: int | None, page: int | None = 1, **changes: Any) -> dict[str, Any]:
    return {"document": "sha:a", "page": page, "start": start, "end": end, "triple": None, **changes}


def origin(sources: list[dict[str, Any]], row: str = "", document: str = "") -> Origin:
    return Origin(lambda _: sources, lambda _: row, lambda _: document or None)


def listed(folder: Path, sources: list[dict[str, Any]], *pieces: tuple[int, int], length: int = 40) -> list[Any]:
    """Start and end, or the fact, of each source of each row of one piece."""
    with documents(folder, length) as tokens:
        rows = [[Piece(0, first, last)] for first, last in pieces]
        lines = list(packed_sources("train", rows, tokens, origin(sources)))
    assert [line["id"] for line in lines] == [f"train-{number:06d}" for number in range(len(pieces))]
    return [[part["triple"] or (part["start"], part["end"]) for part in line["sources"]] for line in lines]


def test_a_row_lists_the_spans_that_are_in_it(tmp_path: Path) -> None:
    blocks = [block(*span) for span in BLOCKS]
    assert listed(tmp_path, blocks, (0, 15), (15, 40)) == [[(0, 10), (12, 15)], [(15, 20), (22, 40)]]
    assert listed(tmp_path, blocks, (10, 12), (19, 23), (0, 40)) == [[], [(19, 20), (22, 23)], BLOCKS]


def test_page_and_box_stay_with_their_block(tmp_path: Path) -> None:
    blocks = [block(0, 10, page=1, box=[0, 0, 1, 1]), block(12, 40, page=2, box=[0, 0, 1, 0.5])]
    with documents(tmp_path, 40) as tokens:
        (line,) = packed_sources("train", [[Piece(0, 30, 35)]], tokens, origin(blocks))
    assert line["sources"] == [block(30, 35, page=2, box=[0, 0, 1, 0.5])]


def test_a_row_with_more_than_the_papers_text_is_looked_up(tmp_path: Path) -> None:
    document = "Aims\n\nFluid moves.\n\nMethods\n\nA tracer was used."
    row = "Aims\n\nFluid moves.\n\nQ: What moves? A: fluid\n\nMethods\n\nA tracer was used.\n\nQ: How? A: traced"
    spans = [(0, 4), (6, 18), (6, 11), (20, 27), (29, 47), (31, 37)]
    sources = [*(block(*span) for span in spans), block(None, None, triple="a\tb\tc")]
    assert [document[start:end] for start, end in spans[2::3]] == ["Fluid", "tracer"]
    asked, methods, answered = row.index("Q: What"), row.index("Methods"), row.index("Q: How")
    pieces = [(0, 10), (10, asked + 1), (asked, methods), (methods, methods + 3), (methods + 9, answered)]
    with documents(tmp_path, len(row)) as tokens:
        rows = [[Piece(0, first, last)] for first, last in [*pieces, (answered, len(row)), (0, len(row))]]
        lines = list(packed_sources("train", rows, tokens, origin(sources, row, document)))
    found = [[part["triple"] or (part["start"], part["end"]) for part in line["sources"]] for line in lines]
    assert found == [
        [(0, 4), (6, 10)],
        [(10, 18), (6, 11)],
        [(6, 11)],
        [(20, 23)],
        [(29, 47), (31, 37), "a\tb\tc"],
        [(31, 37), "a\tb\tc"],
        [*spans, "a\tb\tc"],
    ]


def test_a_row_in_other_words_has_all_its_sources_in_each_piece(tmp_path: Path) -> None:
    with documents(tmp_path, 40) as tokens:
        sources = [block(None, None, triple="f"), block(300, 310)]
        rows = [[Piece(0, 0, 15)], [Piece(0, 15, 40)]]
        lines = packed_sources("train", rows, tokens, origin(sources, "x" * 40, "y" * 400))
        assert [line["sources"] for line in lines] == [sources, sources]


def test_lines_are_found_by_row(tmp_path: Path) -> None:
    path = tmp_path / "cpt.sources.jsonl"
    rows = [{"id": name, "sources": [block(0, number)]} for number, name in enumerate(("甲", "b", "c"))]
    path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    with Lines(path) as lines:
        assert [lines[row["id"]] for row in rows[::-1]] == rows[::-1]
        assert ("b" in lines, "d" in lines) == (True, False)
        with pytest.raises(UserError, match=r"cpt.sources.jsonl: no line for row d; build text and sources together"):
            lines["d"]


def test_a_held_out_text_is_traced_to_its_blocks(tmp_path: Path) -> None:
    heldout, papers = tmp_path / "heldout.jsonl", tmp_path / "documents.jsonl"
    blocks = [{"text": "One.", "page": 1, "line": None, "box": [0, 0, 1, 1]}, {"text": "Two.", "page": 2}]
    blocks[1] |= {"line": None, "box": None}
    papers.write_text(json.dumps({"id": "sha:a", "reader": "r", "blocks": blocks}))
    texts = [{"id": "a", "document": "sha:a", "text": "One.\n\nTwo."}, {"id": "b", "document": "sha:b", "text": "B."}]
    heldout.write_text("\n".join(map(json.dumps, texts)))
    found = heldout_sources(heldout, papers)
    spans = {name: [(part["page"], part["start"], part["end"]) for part in parts] for name, parts in found.items()}
    assert spans == {"a": [(1, 0, 4), (2, 6, 10)], "b": [(None, 0, 2)]}
