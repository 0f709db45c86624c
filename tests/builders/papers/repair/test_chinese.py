"""Chinese text is spaced and punctuated as Chinese print is; English text with a Chinese word is left alone."""

from __future__ import annotations

import pytest

from builders.papers.repair.chinese import chinese_spacing


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("目的:细胞外间隙 （ ECS ） 的 容积", ("目的：细胞外间隙（ECS）的容积", 6)),
        ("关键词: ECS; 结果:β蛋白", ("关键词：ECS; 结果：β蛋白", 2)),
        ("在 ECS 中约占 20% 的容积", ("在ECS中约占20%的容积", 4)),
        ("the word 气 (qi) is used in Chinese", ("the word 气 (qi) is used in Chinese", 0)),
        ("见网址http://a.b", ("见网址http://a.b", 0)),
        ("no Chinese at all: none", ("no Chinese at all: none", 0)),
    ],
)
def test_chinese_spacing(text: str, mended: tuple[str, int]) -> None:
    assert chinese_spacing(text) == mended


def test_the_number_of_a_heading_keeps_its_space() -> None:
    assert chinese_spacing("2.1 细胞外间隙 的 容积") == ("2.1 细胞外间隙的容积", 2)
    assert chinese_spacing("占脑容积的 20% 左右") == ("占脑容积的20%左右", 2)
