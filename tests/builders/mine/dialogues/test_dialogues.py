from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from builders.mine.dialogues import DialoguesConfig, Tools, converse
from builders.mine.dialogues.compose import SHAPES, ShapesConfig
from builders.mine.dialogues.objective import FREE, objective, subjective
from builders.mine.wordings import PLACEHOLDER, Wordings
from builders.types import Document
from builders.verify import Evidence, Support, VerifyConfig, verify
from tests.builders.mine.dialogues.conftest import CHINESE, LABELLED, PLAIN, PLAIN_CHINESE, Abstract

CONFIG = DialoguesConfig()
ONE = replace(CONFIG, shapes=ShapesConfig(per_paper=1))
WORDINGS = Wordings.load("dialogues")
PARTS = ("background", "purpose", "method", "result", "conclusion")
QUOTES = str.maketrans("", "", " []0123456789,*")


def talk(paper: Document, seed: int = 42, config: DialoguesConfig = ONE) -> list[str]:
    (sample,) = converse(paper, config, seed).samples
    return [sample.task, *(message.content for message in sample.messages)]


def test_a_golden_dialogue(abstract: Abstract) -> None:
    assert talk(abstract(LABELLED)) == GOLDEN


GOLDEN = [
    "dialogue.grounds",
    "Which conclusion has been drawn on the extracellular space of the brain?",
    "Studies show that the space matters for every nerve cell.",
    "What do the results look like in detail?",
    "The space is about one fifth of the brain. It does not close during sleep.",
    "Could you tell me how this was studied?",
    "Researchers read 12 textbooks of physiology and one review of the field.",
    "What was the objective behind it?",
    "To say what the space of the brain is and how it is measured.",
]


def test_a_golden_dialogue_in_chinese(abstract: Abstract) -> None:
    assert talk(abstract(CHINESE, title="脑细胞外间隙概述", language="zh")) == GOLDEN_CHINESE


GOLDEN_CHINESE = [
    "dialogue.grounds",
    "有关脑细胞外间隙的研究最终说明了什么？",
    "研究表明，脑细胞外间隙不是细胞之间的空隙，而是细胞共同的生存环境。",
    "究竟发现了什么？",
    "健康成年脑的细胞外间隙约占脑组织的五分之一。",
    "怎样才得到这些认识的？",
    "该文依据教科书和12篇综述整理而成。",
    "一开始的打算是什么？",
    "介绍脑细胞外间隙的定义、组成和主要功能。",
]


def test_a_title_that_asks_is_answered_by_the_conclusion(abstract: Abstract) -> None:
    task, question, answer, *_ = talk(abstract(PLAIN, title="Does sleep widen the extracellular space?"))
    assert task == "dialogue.asked"
    assert question.endswith("Does sleep widen the extracellular space?")
    assert answer == "Research results suggest that sleep may widen the extracellular space."


def test_a_title_that_states_is_asked_for_its_grounds(abstract: Abstract) -> None:
    task, question, answer, *_ = talk(abstract(PLAIN, title="Sleep Changes the Extracellular Space"))
    assert task != "dialogue.asked"
    task, question, answer, *_ = talk(abstract(PLAIN, title="Sleep Increases the Extracellular Space"))
    assert task in ("dialogue.claim", "dialogue.claimed", "dialogue.claim_context")
    assert "leep increases the extracellular space" in question
    assert answer.startswith(("The volume fraction", "Research results"))


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        (LABELLED, "en", "The Extracellular Space of the Brain"),
        (PLAIN, "en", "Zyx: On the Space"),
        (CHINESE, "zh", "脑细胞外间隙概述"),
        (PLAIN_CHINESE, "zh", "睡眠与脑组织间液的引流"),
    ],
)
def test_every_answer_is_drawn_from_its_span(abstract: Abstract, text: str, language: str, title: str) -> None:
    paper = abstract(text, language=language, title=title)
    for seed in range(6):
        made = converse(paper, CONFIG, seed)
        assert made.samples
        for sample in made.samples:
            answers = [message.content for message in sample.messages[1::2]]
            topic, *spans = sample.sources
            assert paper.text[topic.start : topic.end] == title
            assert len(spans) == len(answers)
            for answer, source in zip(answers, spans, strict=True):
                quoted = paper.text[source.start : source.end]
                assert subjective(answer, language) == []
                assert verify(answer, Evidence.of([quoted], language), VerifyConfig(), FREE[language]).passed
            assert {source.maker for source in sample.sources} == {sample.task}
            assert [message.role for message in sample.messages] == ["user", "assistant"] * len(answers)


def test_shapes_and_wordings_hang_on_the_seed_and_the_paper_alone(abstract: Abstract) -> None:
    paper = abstract(LABELLED)
    assert converse(paper, CONFIG, 1) == converse(pickle.loads(pickle.dumps(paper)), CONFIG, 1)
    talks = {tuple(talk(paper, seed)) for seed in range(30)}
    assert len(talks) > 25
    assert {task for task, *_ in talks} >= {"dialogue.straight", "dialogue.grounds", "dialogue.findings"}


def test_two_dialogues_of_a_paper_differ_in_their_order(abstract: Abstract) -> None:
    for seed in range(10):
        one, other = converse(abstract(LABELLED), CONFIG, seed).samples
        assert [m.content for m in one.messages[1::2]] != [m.content for m in other.messages[1::2]]
        assert one.id != other.id
        assert all(len(sample.messages) >= 6 for sample in (one, other))


def test_every_dialogue_has_the_conclusion() -> None:
    assert all("conclusion" in parts for parts in SHAPES.values())


def test_what_was_verified_stands_beside_the_row(abstract: Abstract) -> None:
    made = converse(abstract(LABELLED), ONE, 42)
    (report,) = made.verified
    assert report["id"] == made.samples[0].id
    assert report["passed"]
    assert report["labelled"]
    assert 0.6 < report["abstract_covered"] <= 1
    assert report["conclusion_covered"] == 0.738
    json.dumps(report)
    by_part = {answer["part"]: answer for answer in report["answers"]}
    assert (by_part["conclusion"]["rewritten"], by_part["result"]["cleaned"]) == (1, 1)
    assert by_part["conclusion"]["failures"] == ()
    assert by_part["result"]["longest"] > 0.5


def test_a_rewriting_that_invents_is_caught(abstract: Abstract) -> None:
    def inventing(text: str, language: str) -> tuple[str, int]:
        return objective(text, language)[0].replace("one fifth", "one third"), 1

    made = converse(abstract(LABELLED), CONFIG, 42, Tools(rewrite=inventing))
    assert made.samples == () or all("third" not in m.content for s in made.samples for m in s.messages)
    assert [dropped.reason for dropped in made.dropped].count("dialogue_unsupported") >= 1
    assert "numbers" in made.dropped[-1].detail


def test_a_teacher_can_take_each_step(abstract: Abstract) -> None:
    from builders.mine.dialogues.split import Role

    def split(sentences: list[str], language: str) -> list[Role]:
        return [Role(name, 1.0) for name in PARTS]

    def passing(answer: str, evidence: Evidence, config: VerifyConfig, free: frozenset[str]) -> Support:
        return Support(1, 1, 1, (), (), (), True, (), (), ())

    tools = Tools(split, lambda text, language: (objective(text, language)[0].lower(), 1), passing)  # type: ignore[arg-type]
    made = converse(abstract(PLAIN), CONFIG, 42, tools)
    assert all(message.content.islower() for sample in made.samples for message in sample.messages[1::2])
    assert made.samples


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        ("Sleep matters. It does.", "The Extracellular Space of the Brain", "dialogue_short_abstract"),
        (PLAIN, "Brain", "dialogue_no_topic"),
        (LABELLED.replace("The space is", "XQ7 is"), "A Review of Sleep in the Brain", None),
    ],
)
def test_a_paper_without_dialogues_says_why(abstract: Abstract, text: str, title: str, reason: str | None) -> None:
    made = converse(abstract(text, title=title), CONFIG, 42)
    if reason:
        assert made.samples == ()
        assert [(dropped.reason, dropped.place) for dropped in made.dropped] == [(reason, "a.pdf")]
    else:  # a short name that nothing introduces begins no answer
        assert all("XQ7" not in message.content for sample in made.samples for message in sample.messages)


def test_it_can_be_switched_off(abstract: Abstract) -> None:
    made = converse(abstract(PLAIN), DialoguesConfig(enabled=False), 42)
    assert (made.samples, made.verified, made.dropped) == ((), (), ())


# ---- wordings -------------------------------------------------------------------------------------------------------


def kinds() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return WORDINGS.data


def test_every_kind_of_turn_has_twelve_wordings_in_both_languages() -> None:
    for kind, by_language in kinds().items():
        assert by_language.keys() == {"en", "zh"}, kind
        for language, templates in by_language.items():
            assert len(set(templates)) == len(templates) >= 12, (kind, language)


def test_only_the_first_turn_names_the_subject() -> None:
    for kind, by_language in kinds().items():
        wanted = [] if kind.startswith(("next_", "back_")) else ["topic"]
        for template in (*by_language["en"], *by_language["zh"]):
            assert PLACEHOLDER.findall(template) == wanted, (kind, template)


def test_there_are_wordings_for_every_turn_of_every_shape() -> None:
    onward = {f"next_{part}" for part in PARTS[1:]}
    back = {f"back_{part}" for part in PARTS[:-1]}
    assert onward | back <= kinds().keys()
    assert {"asked", "claim_result", "claim_conclusion"} <= kinds().keys()
    for parts in SHAPES.values():
        assert f"first_{parts[0]}" in kinds()
        assert len(set(parts)) == len(parts)
        assert all(one != other for one, other in pairwise(parts))
