"""Chinese by script, English by the identifier, all else other."""

from __future__ import annotations

import pytest

from builders.papers.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("脑细胞外间隙是神经元之间的狭窄通道，约占脑组织容积的五分之一。Abstract: the space.", "zh"),
        ("The extracellular space of the brain is narrow and continuous.", "en"),
        ("Der Extrazellulärraum des Gehirns ist schmal und zusammenhängend.", "other"),
        ("脳の細胞外腔はニューロンの間にある狭い空間である。", "other"),
        ("뇌의 세포외 공간은 좁고 연속적이다.", "other"),
        ("12 34 %", "other"),
    ],
)
def test_language_of(text: str, language: str) -> None:
    assert language_of(text) == language
