from __future__ import annotations

import pytest

from builders.mine.dialogues.answers import Answer, AnswersConfig, answer_of, clean, opened
from builders.mine.dialogues.objective import objective
from builders.mine.dialogues.parts import Part, Parts, PartsConfig, Refusal, parts_of
from builders.mine.dialogues.split import roles
from builders.mine.passages import Sentence
from builders.sentences import spans
from builders.types import Document, Language, Source
from tests.builders.mine.dialogues.conftest import CHINESE, LABELLED, Abstract


def said(paper: Document, name: str, **limits: tuple[int, int]) -> Answer | Refusal:
    split = parts_of(paper, roles, PartsConfig())
    assert isinstance(split, Parts)
    return answer_of(split.parts[name], paper, objective, AnswersConfig(**limits))


def of(abstract: Abstract, text: str, language: Language = "en", name: str = "result") -> Answer | Refusal:
    """What can be said of one part that is all of the abstract."""
    paper = abstract(text, language=language)
    start = paper.text.index(text)
    sentences = tuple(
        Sentence(text[one:end], Source(paper.id, 1, start=start + one, end=start + end)) for one, end in spans(text)
    )
    return answer_of(Part(name, sentences, 0.9, False), paper, objective, AnswersConfig())


def test_an_answer_is_objective_and_clean_and_has_its_span(abstract: Abstract) -> None:
    paper = abstract(LABELLED)
    result, conclusion = said(paper, "result"), said(paper, "conclusion")
    assert isinstance(result, Answer)
    assert isinstance(conclusion, Answer)
    assert result.text == "The space is about one fifth of the brain. It does not close during sleep."
    assert (result.rewritten, result.cleaned) == (0, 1)
    quoted = paper.text[result.source.start : result.source.end]
    assert quoted == "The space is about one fifth of the brain [3]. It does not close during sleep."
    assert conclusion.text == "Studies show that the space matters for every nerve cell."
    assert (conclusion.rewritten, conclusion.cleaned) == (1, 0)


def test_chinese_answers(abstract: Abstract) -> None:
    paper = abstract(CHINESE, language="zh")
    found = [said(paper, name) for name in ("method", "result", "conclusion")]
    assert [answer.text for answer in found if isinstance(answer, Answer)] == [
        "该文依据教科书和12篇综述整理而成。",
        "健康成年脑的细胞外间隙约占脑组织的五分之一。",
        "研究表明，脑细胞外间隙不是细胞之间的空隙，而是细胞共同的生存环境。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Therefore, the space of the brain shrinks [4].", "The space of the brain shrinks."),
        ("In conclusion, we found that it shrinks by 5%.", "Studies found that it shrinks by 5%."),
        ("This rise was brief. The space of the brain shrank slowly.", "The space of the brain shrank slowly."),
        ("The **space** of the brain (Smith et al., 2019) shrinks (Fig. 2).", "The space of the brain shrinks."),
        (
            "The space of rats shrank.It did not in the cord.",
            "The space of rats shrank. It did not in the cord.",
        ),
    ],
)
def test_an_answer_stands_alone(abstract: Abstract, text: str, answer: str) -> None:
    found = of(abstract, text)
    assert isinstance(found, Answer), found
    assert found.text == answer


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("This increase is mediated by a channel of the membrane.", "leans"),
        ("To overcome this limitation, we developed a probe for it.", "leans"),
        ("The implications of the finding are discussed at length here.", "announces"),
        ("In our view, the space of the brain needs us and we need it.", "subjective"),
        ("Does the space of the brain shrink when we sleep at night?", "question"),
        ("The space (of the brain shrinks during sleep, as was seen.", "broken_sentence"),
        ("The space of the brain shrinks when it", "broken_sentence"),
        ("It shrinks.", "leans"),
        ("Space shrinks.", "too_short"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_reason(abstract: Abstract, text: str, reason: str) -> None:
    found = of(abstract, text)
    assert isinstance(found, Refusal), found
    assert found.reason == reason


def test_a_long_part_ends_with_a_whole_sentence(abstract: Abstract) -> None:
    paper = abstract(LABELLED)
    found = said(paper, "result", most=(10, 100))
    assert isinstance(found, Answer)
    assert found.text == "The space is about one fifth of the brain."


def test_what_is_cleaned_is_counted() -> None:
    assert clean("It grew [1,2], as was seen.³,⁴") == ("It grew, as was seen.", 2)
    assert clean("The range [0, 1] of 3 cm² and 2·10⁻⁶") == ("The range [0, 1] of 3 cm² and 2·10⁻⁶", 0)
    assert opened("因此，间隙缩小。", "zh") == ("间隙缩小。", 1)
    assert opened("However small, it is open.", "en") == ("However small, it is open.", 0)
