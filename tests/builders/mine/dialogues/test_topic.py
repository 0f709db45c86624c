from __future__ import annotations

from dataclasses import replace

import pytest

from builders.mine.dialogues.topic import topic_of
from builders.types import Block, Document, Language

BODY = (
    "the effects of sleep on the brain widen the extracellular space in patients with Alzheimer disease; astrocytic "
    "aquaporins regulate it and a tracer of the volume is used in mice"
)


def paper(title: str, language: Language = "en", body: str = BODY) -> Document:
    blocks = (Block("title", title), Block("paragraph", body))
    return Document("sha:1", "v", title, language, "a.pdf", "test", blocks)


@pytest.mark.parametrize(
    ("title", "kind", "text"),
    [
        ("Effects of Sleep on the Brain: A Review", "topic", "effects of sleep on the brain"),
        ("Regulation of the Extracellular Space", "topic", "the regulation of the extracellular space"),
        ("The Extracellular Space of the Brain.", "topic", "the extracellular space of the brain"),
        ("Extracellular diffusion in Alzheimer disease", "topic", "extracellular diffusion in Alzheimer disease"),
        ("Sleep Widens the Extracellular Space", "claim", "sleep widens the extracellular space"),
        ("Astrocytic Aquaporins Regulate the Volume", "claim", "astrocytic aquaporins regulate the volume"),
        ("Does sleep clear the brain?", "asked", "Does sleep clear the brain?"),
        ("Sleep and waste: does sleep clear the brain?", "asked", "Does sleep clear the brain?"),
        ("Towards a Map of Hidden Hearing Loss", "topic", '"Towards a Map of Hidden Hearing Loss"'),
        ("A METHOD FOR THE BRAIN", "topic", '"A METHOD FOR THE BRAIN"'),
        ("Zyx Qwortal in the Brain", "topic", '"Zyx Qwortal in the Brain"'),
        ("3Cnet: prediction of variants", "topic", '"3Cnet: prediction of variants"'),
    ],
)
def test_a_title_becomes_what_a_question_can_hold(title: str, kind: str, text: str) -> None:
    topic = topic_of(paper(title))
    assert topic is not None
    assert (topic.kind, topic.text) == (kind, text)
    assert topic.quoted == f'"{title.rstrip(".")}"'


@pytest.mark.parametrize(
    ("title", "kind", "text"),
    [
        ("脑细胞外间隙概述：结构、组成与功能", "topic", "脑细胞外间隙"),
        ("脑组织间液引流的研究进展", "topic", "脑组织间液引流"),
        ("睡眠促进小鼠脑内代谢产物清除", "claim", "睡眠促进小鼠脑内代谢产物清除"),
        ("水通道蛋白促进引流的作用机制", "topic", "水通道蛋白促进引流的作用机制"),
        ("睡眠能清除脑内废物吗？", "asked", "睡眠能清除脑内废物吗？"),
        ("“清洗”大脑，从睡眠开始", "topic", "“清洗”大脑，从睡眠开始"),
    ],
)
def test_chinese_titles(title: str, kind: str, text: str) -> None:
    topic = topic_of(paper(title, "zh"))
    assert topic is not None
    assert (topic.kind, topic.text) == (kind, text if "“清洗" not in text else f"“{title}”")


@pytest.mark.parametrize(
    "title", ["", "Brain", "x" * 300, "See https://a.org/b for the brain", "$E = mc^2$ in the brain"]
)
def test_what_is_no_title_gives_no_topic(title: str) -> None:
    assert topic_of(paper(title)) is None


def test_the_name_of_the_file_is_no_title() -> None:
    assert topic_of(replace(paper("a paper of mine.pdf"), path="a paper of mine.pdf")) is None
