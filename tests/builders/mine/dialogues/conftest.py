"""Papers with an abstract."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builders.types import Block, Document, Language

Abstract = Callable[..., Document]

PLAIN = (
    "Sleep is common in animals, but its function remains unclear. "
    "Here we investigated whether sleep changes the extracellular space of the mouse. "
    "Diffusion of tetramethylammonium was measured in 12 mice with microelectrodes. "
    "The volume fraction was 23% during sleep and 14% during wakefulness (p < 0.01). "
    "These results suggest that sleep may widen the extracellular space [1,2]."
)
LABELLED = (
    "Purpose: To say what the space of the brain is and how it is measured. "
    "Methods: We read 12 textbooks of physiology and one review of the field. "
    "Results: The space is about one fifth of the brain [3]. It does not close during sleep. "
    "Conclusions: This study shows that the space matters for every nerve cell."
)
CHINESE = (
    "【目的】介绍脑细胞外间隙的定义、组成和主要功能。【方法】本文依据教科书和12篇综述整理而成。"
    "【结果】健康成年脑的细胞外间隙约占脑组织的五分之一[1,2]。"
    "【结论】本研究表明，脑细胞外间隙不是细胞之间的空隙，而是细胞共同的生存环境。"
)
PLAIN_CHINESE = (
    "脑组织间液的引流途径目前仍有争议。本研究旨在探讨睡眠是否改变大鼠脑组织间液的引流。"
    "采用示踪剂磁共振成像对24只大鼠进行测量和比较。结果显示，睡眠组的引流速度明显快于觉醒组，差异有统计学意义。"
    "上述结果提示，睡眠可能有助于脑内代谢产物的清除。"
)


@pytest.fixture(scope="session")
def abstract() -> Abstract:
    def make(
        *texts: str, title: str = "The Extracellular Space of the Brain", language: Language = "en", heading: str = ""
    ) -> Document:
        heading = heading or ("摘要" if language == "zh" else "Abstract")
        blocks = [Block("title", title, 1), Block("heading", heading, 1, level=1)]
        blocks += [Block("paragraph", text, 1, (0.1, 0.1, 0.5, 0.2), section=(heading,)) for text in texts]
        body = "The extracellular space of the brain surrounds every neuron."
        blocks += [Block("paragraph", body, 2, section=("1 Introduction",))]
        return Document("sha:1", "v", title, language, "a.pdf", "test", tuple(blocks))

    return make
