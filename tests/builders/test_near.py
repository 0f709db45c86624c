from __future__ import annotations

from builders.near import clusters, shingles


def test_near_duplicates_share_a_cluster() -> None:
    paper = " ".join(f"word{number}" for number in range(400))
    preprint = paper.replace("word7 ", "changed ")
    other = " ".join(f"other{number}" for number in range(400))
    assert clusters([paper, other, preprint]) == [[0, 2], [1]]


def test_chinese_is_compared_by_characters() -> None:
    assert shingles("细胞外间隙是神经元之间的空间") == [
        "细胞外间隙是神经",
        "胞外间隙是神经元",
        "外间隙是神经元之",
        "间隙是神经元之间",
        "隙是神经元之间的",
        "是神经元之间的空",
        "神经元之间的空间",
    ]


def test_a_text_shorter_than_a_shingle_is_one_shingle() -> None:
    assert shingles("two words") == ["two words"]
