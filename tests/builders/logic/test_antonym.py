from __future__ import annotations

import pytest

from builders.logic.antonym import antonym

ENGLISH = {
    "Deletion of aquaporin-4 slowed the influx of tracer": "Deletion of aquaporin-4 accelerated the influx of tracer",
    "The volume fraction of the cortex increased during sleep": (
        "The volume fraction of the cortex decreased during sleep"
    ),
    "Anoxia led to an increase in tortuosity": "Anoxia led to a decrease in tortuosity",
    "Tortuosity is higher in grey matter than in white matter": (
        "Tortuosity is lower in grey matter than in white matter"
    ),
    "Width was positively correlated with age in mice": "Width was negatively correlated with age in mice",
    "Clearance of solutes was significantly reduced in old mice": (
        "Clearance of solutes was significantly increased in old mice"
    ),
}
CHINESE = {
    "睡眠时皮层的容积分数升高": "睡眠时皮层的容积分数降低",
    "缺血降低了示踪剂的清除速率": "缺血提高了示踪剂的清除速率",
    "水通道蛋白4促进组织间液的引流": "水通道蛋白4抑制组织间液的引流",
    "白质的迂曲度显著低于灰质": "白质的迂曲度显著高于灰质",
}


@pytest.mark.parametrize(("text", "edited"), ENGLISH.items())
def test_english(text: str, edited: str) -> None:
    assert antonym(text, "en") == edited
    assert antonym(edited, "en") is not None


@pytest.mark.parametrize(("text", "edited"), CHINESE.items())
def test_chinese(text: str, edited: str) -> None:
    assert antonym(text, "zh") == edited


@pytest.mark.parametrize(
    "text",
    [
        "Increased sodium reduces the flow",  # two polar words
        "Increased sodium affects the flow of water",  # it is what is spoken of
        "Sodium did not increase the flow of water",
        "Sodium increased the flow but changed the pressure",
        "Mannitol was used to increase the osmolarity",
        "Sodium can increase the flow of water",
        "The volume increased from 0.14 to 0.23",
        "Cells were kept in medium with higher sodium than usual",
        "A high-fat diet changed the pressure of fluid",
        "The flow was faster at night",  # faster than what?
        "Volume of the lower limbs was measured in mice",
        "Most drugs that increase the flow were tested in mice",
        "The tracer was positive in the cortex of mice",
    ],
)
def test_english_that_is_left_alone(text: str) -> None:
    assert antonym(text, "en") is None


@pytest.mark.parametrize(
    "text",
    [
        "升高的钾离子浓度影响神经元",
        "容积分数没有升高",
        "渗透压升高导致细胞皱缩",
        "药物用于降低颅内压",
        "抑制剂影响了水的流动",
        "容积分数升高，但迂曲度稳定",
    ],
)
def test_chinese_that_is_left_alone(text: str) -> None:
    assert antonym(text, "zh") is None
