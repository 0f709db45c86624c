from __future__ import annotations

import pytest

from builders.logic.findings import findings, stands, stated
from builders.types import Block, Document, Language


def paper(*texts: str, language: Language = "en", section: str = "Results") -> Document:
    blocks = tuple(Block("paragraph", text, page=1, section=(section,)) for text in texts)
    return Document("doi:10.1/a", "v", "A paper", language, "a.md", "markdown", blocks)


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("However, we found that sodium slows the flow of water.", "sodium slows the flow of water"),
        ("Sodium slows the flow (Fig. 2A) of water in mice [4, 5].", "Sodium slows the flow of water in mice"),
        (
            "Aquaporin-4 (AQP4) speeds up the flow of water (P < 0.01).",
            "Aquaporin-4 (AQP4) speeds up the flow of water",
        ),
        ("研究表明，缺血时细胞外间隙缩小（图3）。", "缺血时细胞外间隙缩小"),
    ],
)
def test_a_statement_is_put_together_of_spans(sentence: str, statement: str) -> None:
    spans = stated(sentence, "zh" if sentence[0] > "一" else "en")
    assert "".join(sentence[start:end] for start, end in spans) == statement


def test_a_finding_knows_where_its_words_stand() -> None:
    document = paper("Here is a start. We found that sodium slows the flow (Fig. 1) of water in mice.")
    (finding,) = findings(document)
    assert finding.text == "Sodium slows the flow of water in mice"
    quoted = [document.text[source.start : source.end] for source in finding.sources]
    assert quoted == ["sodium slows the flow", " of water in mice"]
    assert {(source.document, source.page) for source in finding.sources} == {("doi:10.1/a", 1)}


def test_a_symbol_keeps_its_small_letter() -> None:
    texts = [finding.text for finding in findings(paper("We show that p85β lowers the level of EZH1 in cells."))]
    assert texts == ["p85β lowers the level of EZH1 in cells"]


def test_chinese_sentences_are_parted_at_semicolons() -> None:
    text = "睡眠时皮层的容积分数升高；觉醒时皮层的容积分数降低。"
    found = [finding.text for finding in findings(paper(text, language="zh", section="结果"))]
    assert found == ["睡眠时皮层的容积分数升高", "觉醒时皮层的容积分数降低"]


@pytest.mark.parametrize("section", ["Methods", "2.1 Statistical analysis", "Study aims", "References", "材料与方法"])
def test_sections_without_findings(section: str) -> None:
    assert list(findings(paper("Sodium slows the flow of water in the cortex.", section=section))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sodium may slow the flow of water in mice",
        "The results suggest a slow flow of water in mice",
        "It slows the flow of water in the cortex",
        "Sodium slows this flow of water in the cortex",
        "The drug slows the flow of water in the cortex",
        "Our mice slowed the flow of water in the cortex",
        "To slow the flow of water sodium is given",
        "Sodium slows the flow in the control group of mice",
        "Sodium slows the flow of water if mice sleep",
        "Sodium slows flow",
        "The increase in flow was seen in all old mice",
        "A dose of 4IU/mL resulted in an increase in cell proliferation",
        "Fifteen of the 26 tested 15mers were positive by ELISpot assay",
        "TMA+ that enters cells or capillaries lowers the plateau",
        "Comparison of flow reductions is hindered slightly by the range of afforestation at the catchments",
        "Delivery Of Mhc1 To Spinal Cord Inhibits Opening Of Hemichannels After Acute Sci",
    ],
)
def test_what_does_not_stand_alone(text: str) -> None:
    assert not stands(text, "en")


def test_what_is_known_by_everybody_needs_no_word_before() -> None:
    assert stands("Sodium slows the flow of water from the brain into the blood of mice", "en")
    assert stands("The 26-kDa form of the channel lowers the flow in the Virchow-Robin space", "en")


@pytest.mark.parametrize(
    "text",
    ["这种药物降低了脑内的压力", "药物可能降低了脑内的压力", "治疗组小鼠脑内的压力降低", "应避免脑内的压力升高"],
)
def test_chinese_that_does_not_stand_alone(text: str) -> None:
    assert not stands(text, "zh")
