from __future__ import annotations

import time

import pytest
import yaml

from builders.importers.leaks import TABLE, Leaks

LEAKS = Leaks.load()


@pytest.mark.parametrize(
    ("said", "mended", "name"),
    [
        ("根据知识，此病不传染。", "此病不传染。", "zh.given_knowledge_phrase"),
        ("是的，根据所提供的知识，可以复查。", "是的，可以复查。", "zh.given_knowledge_phrase"),
        ("根据知识库中的描述，预后良好。", "预后良好。", "zh.given_knowledge_phrase"),
        ("根据知识中的检查和病因可作判断。", "根据检查和病因可作判断。", "zh.given_knowledge_inside"),
        ("根据上述情况，应当复查。", "应当复查。", "zh.above_phrase"),
        ("根据该资料，水通道蛋白在终足。", "水通道蛋白在终足。", "zh.given_text_phrase"),
        ("文章中提到，流速下降。", "研究提到，流速下降。", "zh.text_says"),
        ("本研究发现流速下降。", "相关研究发现流速下降。", "zh.objective"),
        ("在本文中，流速下降。", "流速下降。", "zh.objective"),
        ("我在本文中看到它。", "我在相关研究中看到它。", "zh.objective"),
        ("According to the provided context, water moves.", "Water moves.", "en.given_text_phrase"),
        ("Yes. Based on the text, it moves.", "Yes. It moves.", "en.given_text_phrase"),
        ("The passage states that water moves.", "Water moves.", "en.text_says"),
        (
            "Here, e.g. so. Per the passage, mRNA is read, i.e. used.",
            "Here, e.g. so. mRNA is read, i.e. used.",
            "en.given_text_phrase",
        ),
        ("In this study, we found that water moves.", "Water moves.", "en.objective"),
    ],
)
def test_a_leak_is_mended(said: str, mended: str, name: str) -> None:
    found = LEAKS.mend(said, "answer")
    assert (found.text, found.mended, found.beyond) == (mended, (name,), None)


@pytest.mark.parametrize(
    ("said", "side", "name"),
    [
        ("两个知识的病因有何不同？", "question", "zh.given_knowledge_left"),
        ("诊断参考前述知识点。", "answer", "zh.given_knowledge_left"),
        ("题干中并未提及病史。", "answer", "zh.text_is_silent"),
        ("作为一个AI语言模型，我不能诊断。", "answer", "zh.assistant_itself"),
        ("根据知识，", "answer", "zh.given_knowledge_phrase"),
        ("As an AI language model, I cannot say.", "answer", "en.assistant_itself"),
        ("What does the author say in the passage?", "question", "en.text_left"),
        ("The text does not mention a dose.", "answer", "en.text_is_silent"),
    ],
)
def test_a_leak_beyond_repair_is_named(said: str, side: str, name: str) -> None:
    assert LEAKS.mend(said, side).beyond == name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    [
        "患者应了解疾病的基本知识，并加强性知识教育。",
        "根据文献报道，此药有效。",
        "一些小样本研究表明，此药有效。",
        "日本研究者测了标本。",
        "According to the guideline, the dose is halved. The passage of water through the membrane slows.",
        "The text of the law is long; studies show that it helps.",
        "The context of a cell matters.",
    ],
)
def test_plain_sentences_stay_as_they_are(said: str) -> None:
    found = LEAKS.mend(said, "answer")
    assert (found.text, found.mended, found.beyond) == (said, (), None)


def test_objective_wording_is_decided_by_what_is_passed_in() -> None:
    leaks = Leaks.load(
        lambda text, language: (text.replace("本研究", "研究"), text.count("本研究") * (language == "zh"))
    )
    assert leaks.mend("本研究发现它。", "answer").text == "研究发现它。"
    assert leaks.mend("本研究发现它。", "answer").mended == ("zh.objective",)


def test_every_entry_says_side_and_either_mends_or_drops() -> None:
    for entries in yaml.safe_load(TABLE.read_text(encoding="utf-8")).values():
        for name, entry in entries.items():
            assert entry["side"] in ("answer", "question", "both"), name
            assert ("mend" in entry) != ("drop" in entry), name


@pytest.mark.parametrize("piece", ["根据", "知识中的", "文章中", "according to the ", "，", "a"])
def test_no_text_makes_the_patterns_slow(piece: str) -> None:
    started = time.process_time()
    LEAKS.mend(piece * (200_000 // len(piece)), "answer")
    assert time.process_time() - started < 2
