from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from builders.corpus import semantic
from builders.corpus.semantic import SemanticConfig, Vectors, find_semantic_duplicates
from builders.types import Block, Document, Dropped

CONFIG = SemanticConfig(paragraph_characters=1)


def paper(name: str, *paragraphs: str) -> Document:
    blocks = (Block("title", "A title"), *(Block("paragraph", text) for text in paragraphs))
    return Document(name, "0", "", "en", name, "markdown", blocks)


def angles(texts: Sequence[str]) -> Vectors:
    """A text is an angle in degrees; its vector points there, longer with every degree."""
    degrees = np.array(texts, np.float32)
    return (degrees * [np.cos(np.radians(degrees)), np.sin(np.radians(degrees))]).T.astype(np.float32)


def test_what_points_the_same_way_is_dropped_and_the_first_stays() -> None:
    found = find_semantic_duplicates([paper("a", "10", "90"), paper("b", "12", "50", "91")], angles, CONFIG)
    assert found == {
        "b": {
            1: Dropped("semantic_duplicate", "b: block 1", "like a: block 1 (cosine 1.00)"),
            3: Dropped("semantic_duplicate", "b: block 3", "like a: block 2 (cosine 1.00)"),
        }
    }


def test_the_threshold_is_a_cosine() -> None:
    papers = [paper("a", "10"), paper("b", "27"), paper("c", "29")]
    assert {name: list(blocks) for name, blocks in find_semantic_duplicates(papers, angles, CONFIG).items()} == {
        "b": [1]
    }


def test_what_was_dropped_takes_nothing_along() -> None:
    """45 is like 30 and not like 15, which is the only one that stays of the three."""
    found = find_semantic_duplicates([paper("a", "15", "30", "45")], angles, CONFIG)
    assert list(found["a"]) == [2]


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    papers = [paper(str(n), *(f"{angle:.2f}" for angle in rng.uniform(1, 360, 10))) for n in range(12)]
    config = SemanticConfig(paragraph_characters=1, threshold=0.9999)
    whole = find_semantic_duplicates(papers, angles, config, tmp_path)
    monkeypatch.setattr(semantic, "BLOCK", 7)
    assert find_semantic_duplicates(papers, angles, config, tmp_path) == whole
    assert sum(map(len, whole.values())) > 20
    assert list(tmp_path.iterdir()) == []


def test_short_paragraphs_and_other_blocks_are_left_alone() -> None:
    config = SemanticConfig(paragraph_characters=3)
    assert find_semantic_duplicates([paper("a", "10", "10", "100", "100")], angles, config) == {
        "a": {4: Dropped("semantic_duplicate", "a: block 4", "like a: block 3 (cosine 1.00)")}
    }


def test_what_is_left_out_already_is_not_compared() -> None:
    papers = [paper("a", "10", "11"), paper("b", "12", "13")]
    found = find_semantic_duplicates(papers, angles, CONFIG, left_out={"a": {1}, "b": {1}})
    assert found == {"b": {2: Dropped("semantic_duplicate", "b: block 2", "like a: block 2 (cosine 1.00)")}}


def test_a_vector_of_zeros_is_like_nothing() -> None:
    assert find_semantic_duplicates([paper("a", "0", "0")], angles, CONFIG) == {}


def test_memory_does_not_grow_with_the_square(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(semantic, "BLOCK", 128)
    rng = np.random.default_rng(1)

    def embed(texts: Sequence[str]) -> Vectors:
        return rng.normal(size=(len(texts), 16)).astype(np.float32)

    tracemalloc.start()
    found = find_semantic_duplicates((paper(str(n), *["text"] * 50) for n in range(60)), embed, CONFIG, tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == {}
    assert peak < 0.05 * 4 * 3000**2
