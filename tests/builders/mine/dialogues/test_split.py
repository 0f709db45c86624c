from __future__ import annotations

import json

import pytest

from benchmarks.abstracts import labelled, right
from builders.mine.dialogues.parts import Part, Parts, PartsConfig, Refusal, parts_of
from builders.mine.dialogues.split import roles
from builders.sentences import spans
from tests.builders.mine.dialogues.conftest import CHINESE, LABELLED, PLAIN, PLAIN_CHINESE, Abstract
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared" / "data"
FIVE = ["background", "purpose", "method", "result", "conclusion"]


@pytest.mark.parametrize(("text", "language"), [(PLAIN, "en"), (PLAIN_CHINESE, "zh")])
def test_each_sentence_gets_its_part(text: str, language: str) -> None:
    found = roles([text[start:end] for start, end in spans(text)], language)
    assert [role.name for role in found] == FIVE
    assert all(0.5 < role.confidence <= 1 for role in found)


def test_no_sentences_no_parts() -> None:
    assert roles([], "en") == []


def test_one_sentence_has_one_part() -> None:
    (role,) = roles(["In conclusion, sleep may matter."], "en")
    assert role.name == "conclusion"


def test_the_confidences_of_a_sentence_come_from_all_runs() -> None:
    sure, unsure = roles(["Our aim was to measure sleep.", "It is so."], "en")
    assert sure.confidence > 0.9 > unsure.confidence


def found_in(split: Parts | Refusal) -> dict[str, Part]:
    assert isinstance(split, Parts), split
    return dict(split.parts)


def texts(part: Part) -> list[str]:
    return [sentence.text for sentence in part.sentences]


def test_labels_are_believed(abstract: Abstract) -> None:
    paper = abstract(LABELLED)
    parts = found_in(parts_of(paper, roles, PartsConfig()))
    assert list(parts) == ["purpose", "method", "result", "conclusion"]
    assert texts(parts["result"]) == [
        "The space is about one fifth of the brain [3].",
        "It does not close during sleep.",
    ]
    assert all(part.labelled and part.confidence == 1 for part in parts.values())


@pytest.mark.parametrize(
    "text",
    [
        LABELLED.replace(": ", " "),
        LABELLED.replace("Purpose: ", "**Purpose:** ").replace("Methods: ", "**Methods:** "),
        LABELLED.replace("Purpose:", "Abstract: Purpose:"),
        LABELLED + " Keywords: space, brain",
    ],
)
def test_labels_in_other_shapes(abstract: Abstract, text: str) -> None:
    parts = found_in(parts_of(abstract(text), roles, PartsConfig()))
    assert [part.labelled for part in parts.values()] == [True] * 4
    assert texts(parts["conclusion"]) == ["This study shows that the space matters for every nerve cell."]


def test_labelled_paragraphs_of_one_abstract(abstract: Abstract) -> None:
    cut = LABELLED.index("Results")
    parts = found_in(parts_of(abstract(LABELLED[:cut].strip(), LABELLED[cut:]), roles, PartsConfig()))
    assert list(parts) == ["purpose", "method", "result", "conclusion"]


@pytest.mark.parametrize(("text", "language"), [(PLAIN, "en"), (PLAIN_CHINESE, "zh"), (CHINESE, "zh")])
def test_every_sentence_is_quoted_from_the_paper(abstract: Abstract, text: str, language: str) -> None:
    paper = abstract(text, language=language)
    split = parts_of(paper, roles, PartsConfig())
    for part in found_in(split).values():
        for one in part.sentences:
            assert paper.text[one.source.start : one.source.end] == one.text
            assert one.source.page == 1


def test_a_body_below_abstract_is_none_of_it(abstract: Abstract) -> None:
    paper = abstract(PLAIN, "In this body we discuss many things. " * 60)
    split = parts_of(paper, roles, PartsConfig())
    assert isinstance(split, Parts)
    assert len(split.sentences) == 5


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("Sleep is common. It matters.", "en", "short_abstract"),
        ("The sky. The sea. The sun. The moon. The rain.", "en", "unsure_parts"),
        ("We saw rats. " + "There were 5% more of them in 2 of 8 mice (p < 0.05). " * 4, "en", "unsure_conclusion"),
        (PLAIN, "other", "language"),
    ],
)
def test_what_is_unsure_is_refused_with_its_reason(abstract: Abstract, text: str, language: str, reason: str) -> None:
    split = parts_of(abstract(text, language=language), roles, PartsConfig())
    assert isinstance(split, Refusal)
    assert split.reason == reason


def test_without_an_abstract_nothing(abstract: Abstract) -> None:
    split = parts_of(abstract(PLAIN, heading="1 Sleep"), roles, PartsConfig())
    assert split == Refusal("no_abstract", "no heading or label says where it is")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
def test_labelled_abstracts_are_split_as_labelled() -> None:
    records = json.loads((SHARED / "qa" / "ori_pqal.json").read_text(encoding="utf-8"))
    count = agreed = 0
    for sentences in list(labelled(records))[1:300:2]:
        for (_, part), role in zip(sentences, roles([text for text, _ in sentences], "en"), strict=True):
            count += 1
            agreed += right(part, role.name)
    assert count > 1500
    assert agreed / count > 0.84
