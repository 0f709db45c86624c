from __future__ import annotations

import pytest

from builders.logic.negation import negation
from builders.logic.scope import negations

ENGLISH = {
    # added
    "Aquaporin-4 is expressed by astrocytes of the cortex": "Aquaporin-4 is not expressed by astrocytes of the cortex",
    "Ions can cross the membrane of the cell": "Ions cannot cross the membrane of the cell",
    "Sodium increased the volume of the cells": "Sodium did not increase the volume of the cells",
    "The channel controls the volume of the cells": "The channel does not control the volume of the cells",
    "Sodium significantly reduced the flow of water": "Sodium did not significantly reduce the flow of water",
    "Anoxia has been associated with swelling of cells": "Anoxia has not been associated with swelling of cells",
    "Volume fell during anoxia of the cortex": "Volume did not fall during anoxia of the cortex",
    # taken away
    "Sodium did not affect the diffusion of tracer": "Sodium affected the diffusion of tracer",
    "The toxin does not significantly change the pressure": "The toxin significantly changes the pressure",
    "The tracer was not detected in the cortex of mice": "The tracer was detected in the cortex of mice",
    "Large molecules cannot enter the space between cells": "Large molecules can enter the space between cells",
    "There was no significant difference in volume": "There was a significant difference in volume",
    "There were no differences in the volume of cells": "There were differences in the volume of cells",
    "Sodium had no effect on the volume of cells": "Sodium had an effect on the volume of cells",
    "No significant change in volume was seen in mice": "A significant change in volume was seen in mice",
}
CHINESE = {
    "脑组织间液是充满脑细胞外间隙的液体": "脑组织间液不是充满脑细胞外间隙的液体",
    "水通道蛋白4存在于星形胶质细胞的终足": "水通道蛋白4不存在于星形胶质细胞的终足",
    "小分子能够穿过细胞间隙": None,  # two verbs
    "大分子能够到达皮层深部": "大分子不能够到达皮层深部",
    "缺血后皮层的容积分数显著降低了": "缺血后皮层的容积分数未显著降低",
    "血浆蛋白不能到达皮层深部": "血浆蛋白能到达皮层深部",
    "麻醉未改变示踪剂的分布": "麻醉改变示踪剂的分布",
    "年龄对迂曲度无显著影响": "年龄对迂曲度有显著影响",
}


@pytest.mark.parametrize(("text", "edited"), ENGLISH.items())
def test_english(text: str, edited: str) -> None:
    assert negation(text, "en") == edited
    assert {negations(text, "en"), negations(edited, "en")} == {0, 1}


@pytest.mark.parametrize(("text", "edited"), CHINESE.items())
def test_chinese(text: str, edited: str | None) -> None:
    assert negation(text, "zh") == edited


@pytest.mark.parametrize(
    "text",
    [
        "All mice were affected by the toxin",
        "Only astrocytes are affected by the toxin",
        "The toxin is mainly distributed in the cortex",
        "The volume was measured with a tracer",  # a method
        "The channel is found in glia and plays a role in swelling",
        "The toxin that was found is toxic to mice",
        "Mice have larger brains in spring",
        "The cells express the channel in the cortex",  # the base form may be a noun
        "Not only glia but neurons swell",
        "The effect was not due to the toxin",
        "The pathway is an important target of drugs",
        "The role of the channel is not clear",
        "Neither sodium nor calcium is affected",
    ],
)
def test_english_that_is_left_alone(text: str) -> None:
    assert negation(text, "en") is None


@pytest.mark.parametrize(
    "text",
    ["仅有星形胶质细胞是这样", "这就是容积传递", "细胞主要存在于皮层", "可能是钾离子", "由血脑屏障分泌而进入脑内"],
)
def test_chinese_that_is_left_alone(text: str) -> None:
    assert negation(text, "zh") is None
