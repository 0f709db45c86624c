"""Ligatures, widths, control characters and wrongly decoded text."""

from __future__ import annotations

import pytest

from builders.papers.repair import Repair, characters


@pytest.mark.parametrize(
    ("repair", "text", "mended"),
    [
        (
            characters.ligature,
            "a ﬁne eﬀect of ﬂow in the eﬃcient baﬄe",
            ("a fine effect of flow in the efficient baffle", 5),
        ),
        (characters.full_width, "ＭＲＩ扫描３．５％，（见表１）。", ("MRI扫描3.5%，（见表1）。", 5)),
        (characters.full_width, "结束．下一句", ("结束．下一句", 0)),
        (characters.full_width, "全\u3000角", ("全 角", 1)),
        (characters.control_character, "a\x03b\u200bc\td\ne", ("abc\td\ne", 2)),
        (characters.control_character, "infor\ufffemation, gene\x02rally", ("infor\ufffemation, gene\x02rally", 0)),
        (characters.unicode, "FerrÃ© and cafe\u0301", ("Ferré and café", 1)),
        (characters.unicode, "“quoted”，全角 naïve façade", ("“quoted”，全角 naïve façade", 0)),
        (characters.unicode, "plain", ("plain", 0)),
    ],
)
def test_characters(repair: Repair, text: str, mended: tuple[str, int]) -> None:
    assert repair(text) == mended
