from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builders.errors import UserError
from builders.mine.passages import paragraphs
from builders.mine.tasks import FAMILIES, AugmentConfig, PaperTasksConfig, paper_tasks
from builders.mine.tasks.families import candidates
from builders.mine.tasks.found import Found, inside, polished, tidy, uncited
from builders.mine.tasks.guards import fault
from builders.mine.tasks.say import Asked, read
from builders.mine.wordings import Wordings
from builders.types import Block, ChatSample, Document, Source
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "mine" / "tasks"
WORDINGS = Wordings.load("paper_tasks")
PLAIN = PaperTasksConfig(augment=AugmentConfig(share=0))
TOKEN = re.compile(r"[^\W_]+")


def asked(document: Document, config: PaperTasksConfig = PLAIN, seed: int = 42) -> tuple[ChatSample, ...]:
    return paper_tasks(document, WORDINGS, config, seed).samples


def family(sample: ChatSample) -> str:
    return sample.task.removeprefix("paper_tasks.")


@pytest.mark.parametrize("stem", ["rti-tma-diffusion-method", "zh-ecs-overview"])
def test_the_rows_of_a_sample_are_as_agreed(sample_papers: dict[str, Document], stem: str) -> None:
    found = [
        {"task": sample.task, "question": sample.messages[0].content, "answer": sample.messages[1].content}
        for sample in asked(sample_papers[stem], PaperTasksConfig(augment=AugmentConfig(share=0.2)))
    ]
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    path = GOLDEN / f"{stem}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_span_is_in_its_paper_and_every_answer_in_its_spans(sample_papers: dict[str, Document]) -> None:
    count = 0
    for document in sample_papers.values():
        for seed in range(3):
            for sample in asked(document, PaperTasksConfig(augment=AugmentConfig(share=0.5)), seed):
                count += check(sample, document)
    assert count > 1000


def check(sample: ChatSample, document: Document) -> int:
    """The spans of a row quote, and what its answer says stands in them; returns how many spans there are."""
    text, (question, answer) = document.text, sample.messages
    quoted = [text[source.start : source.end] for source in sample.sources]
    assert quoted
    for source, words in zip(sample.sources, quoted, strict=True):
        assert (source.document, source.maker) == (document.id, sample.task)
        assert words.strip()
    if family(sample) == "abstract_label":
        assert tidy(quoted[0]) in question.content
        return len(quoted)
    # A glossary has a colon, two questions in one have their numbers; all other words are the paper's.
    known = set(TOKEN.findall("\n".join(quoted).casefold())) | {"1", "2"}
    assert [token for token in TOKEN.findall(answer.content.casefold()) if token not in known] == []
    if family(sample) not in ("both", "table_value", "table_extreme"):
        said = re.sub(r"\W", "", answer.content).casefold()
        assert any(re.sub(r"\W", "", form(quoted[0])).casefold() in said for form in (tidy, uncited))
    return len(quoted)


def test_a_question_names_its_paper_or_shows_what_it_is_about(sample_papers: dict[str, Document]) -> None:
    for document in sample_papers.values():
        for sample in asked(document):
            question, answer = (message.content for message in sample.messages)
            if document.title not in question:
                shown = [document.text[source.start : source.end] for source in sample.sources]
                assert any(tidy(part) in question for part in shown if part.strip()), question
            if family(sample) in ("number", "definition", "term", "english_term", "chinese_term", "effect", "due"):
                assert document.title not in question or answer.rstrip(".。") not in question


def test_without_a_title_only_passages_are_asked(sample_papers: dict[str, Document]) -> None:
    document = replace(sample_papers["sleep-wake-ecs-volume"], title="")
    made = asked(document)
    assert made
    for sample in made:
        question = sample.messages[0].content
        assert "paper titled" not in question
        assert '""' not in question


def test_no_two_rows_are_about_one_sentence_and_the_caps_hold(sample_papers: dict[str, Document]) -> None:
    config = PaperTasksConfig(rows=9, per_section=1, per_family=2, augment=AugmentConfig(share=0))
    for document in sample_papers.values():
        made = asked(document, config)
        assert 0 < len(made) <= 9
        assert max(Counter(family(sample) for sample in made).values()) <= 2
        uses = {
            (each.family, each.answer): [(span.start or 0, span.end or 0) for span in each.uses]
            for each in candidates(read(document), 42)
        }
        places = [place for sample in made for place in uses.get((family(sample), sample.messages[1].content), [])]
        for number, (start, end) in enumerate(places):
            for other_start, other_end in places[number + 1 :]:
                assert end <= other_start or other_end <= start


def test_what_a_paper_answers_twice_is_not_asked(paper: Any) -> None:
    once = "Clearance speed is defined as the amount of a solute that leaves the tissue in an hour."
    twice = "In mice, clearance speed is defined as the share of a solute that leaves the tissue in a day."
    assert "definition" in {family(sample) for sample in asked(paper(once))} | {
        each.family for each in candidates(read(paper(once)), 42)
    }
    assert {family(sample) for sample in asked(paper(once, twice))} & {"definition"} == set()


def test_a_family_can_be_left_out(sample_papers: dict[str, Document]) -> None:
    document = sample_papers["rti-tma-diffusion-method"]
    made = {family(sample) for sample in asked(document)}
    assert "table_value" in made
    config = PaperTasksConfig(off=["table_value", "number"], augment=AugmentConfig(share=0))
    assert not {"table_value", "number"} & {family(sample) for sample in asked(document, config)}
    config.check()
    with pytest.raises(UserError, match=r"tasks\.off: numbers: no such name; did you mean number\?"):
        PaperTasksConfig(off=["numbers"]).check()


def test_another_seed_asks_otherwise_and_the_same_seed_the_same(sample_papers: dict[str, Document]) -> None:
    document = sample_papers["zh-sleep-csf-isf"]
    assert asked(document) == asked(document)
    assert asked(document) != asked(document, seed=7)
    assert asked(replace(document, language="other")) == ()


def test_the_row_is_in_the_dataset_of_its_page(paper: Any) -> None:
    text = "The volume fraction is defined as the volume of the space divided by that of the tissue."
    (sample,) = asked(paper("Nothing of note.", text))
    assert family(sample) in ("definition", "term")
    assert (sample.sources[0].page, sample.sources[0].box) == (3, (0.1, 0.1, 0.5, 0.2))


# ---- texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The space is narrow [12–14]; it is wet (Smith et al., 2019).", "The space is narrow; it is wet."),
        ("It swells (see Fig. 2A) and shrinks (Table 1) (5, 6).", "It swells and shrinks."),
        ("It is 40 nm wide (n = 5), and (1) deep.", "It is 40 nm wide (n = 5), and (1) deep."),
        ("The space  is narrow <sup>[3]</sup> .", "The space is narrow."),
        ("间隙狭窄[3,4]，见切片（图2A）。", "间隙狭窄，见切片。"),
    ],
)
def test_citations_and_pointers_are_left_out(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_a_phrase_becomes_a_sentence_and_a_part_of_one() -> None:
    assert polished("the width of the space [2],", "en") == "The width of the space."
    assert polished("mRNA of the channel", "en") == "mRNA of the channel."
    assert polished("间隙的宽度", "zh") == "间隙的宽度。"
    assert inside("Swelling of cells", "The swelling is slow.") == "swelling of cells"
    assert inside("Huntington disease", "The swelling is slow.") == "Huntington disease"
    assert inside("The space", "") == "the space"


# ---- guards ---------------------------------------------------------------------------------------------------------

TEXT = "The width of the space is 40 nm in the rat. The name of the probe is TMA. 间隙的宽度约为40纳米。"
SPAN = Source("sha:1", start=0, end=43)
ASKED = Asked("How wide is it?", "How wide is it?", named=True, sources=())


def refused(answer: str, found: Found, asked: Asked = ASKED) -> str | None:
    return fault(found, asked, answer, TEXT, "en")


def test_what_is_not_in_the_source_is_in_no_answer() -> None:
    found = Found("finding", "", (SPAN,), {})
    sentence = TEXT[:43]
    assert refused(sentence, found) is None
    assert refused(sentence.replace("40", "41"), found) == "not_quoted"
    assert refused(f"{sentence} and 41 nm", found) == "number_not_in_source"
    assert refused(f"{sentence} So says Nicholson.", found) == "name_not_in_source"
    assert refused(f"{sentence} Its probe is TMA.", found) == "name_not_in_source"
    assert refused(f"{sentence}迂曲度", found) == "name_not_in_source"
    assert refused("Methods", Found("abstract_label", "", (), {}, said="Methods")) is None
    assert refused("Results", Found("abstract_label", "", (), {}, said="Methods")) == "name_not_in_source"
    assert refused("", Found("finding", "", (), {})) == "not_quoted"


def test_an_answer_of_a_table_stands_in_the_table() -> None:
    found = Found("table_value", "", (SPAN,), {})
    assert refused("40 nm", found) is None
    assert refused("50 nm", found) == "not_quoted"


def test_damage_length_and_given_answers_are_refused() -> None:
    found = Found("finding", "", (SPAN,), {})
    sentence = TEXT[:43]
    assert refused(f"{sentence} (in", found) == "artefact"
    assert refused(f"{sentence} $w$", found) == "artefact"
    assert refused(sentence, found, replace(ASKED, question="x" * 4000)) == "too_long"
    short = Found("number", "", (Source("sha:1", start=26, end=31),), {})
    assert refused("40 nm", short) is None
    assert refused("40 nm", short, replace(ASKED, question="Is it 40 nm?")) == "answer_in_question"
    assert refused("40 nm", short, replace(ASKED, question="Is it 140 nm?")) is None
    assert refused("40 nm", short, Asked("Is it 40 nm?", "Is it 40 nm?", named=False, sources=())) is None


def test_a_refused_row_is_told(paper: Any) -> None:
    text = "The reward shaping (RS) is new. RS is a way of training, and RS is used for many tasks in this field."
    document = replace(paper(text), title="Learning by Reward Shaping in Graphs")
    told = [(item.reason, item.place) for item in paper_tasks(document, WORDINGS, PLAIN, 1).dropped]
    assert set(told) <= {("answer_in_question", "a.pdf")}
    seeds = [paper_tasks(document, WORDINGS, PLAIN, seed).dropped for seed in range(12)]
    assert any(seeds)


# ---- augmentation ---------------------------------------------------------------------------------------------------


def test_rows_are_asked_again_by_another_name_and_two_at_once(sample_papers: dict[str, Document]) -> None:
    seen: Counter[str] = Counter()
    for document in sample_papers.values():
        plain = asked(document)
        more = asked(document, PaperTasksConfig(augment=AugmentConfig(share=1.0)))
        assert more[: len(plain)] == plain
        answers = {sample.messages[1].content for sample in plain}
        for sample in more[len(plain) :]:
            seen[family(sample)] += 1
            answer = sample.messages[1].content
            if family(sample) == "again":
                assert answer in answers
            else:
                first, second = answer.removeprefix("(1) ").split("\n(2) ")
                assert {first, second} <= answers
                assert document.title in sample.messages[0].content
        few = asked(document, PaperTasksConfig(augment=AugmentConfig(share=0.3)))
        assert set(few) <= set(more)
        seen["few"] += len(few) - len(plain)
    assert seen["both"] > 20
    assert 0 < seen["few"] < (seen["both"] + seen["again"]) / 2


def test_another_name_is_that_of_the_paper() -> None:
    text = "The extracellular space (ECS) is a place. The ECS is wide. "
    text += "We found that the ECS of rats is filled with a fluid."
    blocks = (Block("title", "Water in the brain of rats"), Block("paragraph", text, section=("3 Results",)))
    document = Document("sha:1", "v", "Water in the brain of rats", "en", "a.pdf", "test", blocks)
    config = PaperTasksConfig(augment=AugmentConfig(share=1.0))
    again = {
        sample.messages[0].content
        for seed in range(20)
        for sample in asked(document, config, seed)
        if family(sample) == "again"
    }
    assert again
    assert all("the extracellular space" in question and "ECS" not in question for question in again)


# ---- real and hostile papers ----------------------------------------------------------------------------------------


def test_real_papers_give_rows_that_hold(shared: Path, tmp_path: Path) -> None:
    from collections import Counter as Counts

    from builders.papers import find_papers, read_paper

    seen: Counter[str] = Counter()
    for file in find_papers(shared / "mineru" / "v3.4_pipeline")[:3]:
        document = read_paper(file, Counts(), tmp_path)
        made = asked(document, PaperTasksConfig())
        assert len(made) > 8
        for sample in made:
            check(sample, document)
            seen[family(sample)] += 1
    assert {"table_value", "caption_text", "abbreviation", "completion"} <= set(seen) <= {*FAMILIES, "both", "again"}


@pytest.mark.parametrize(
    "piece",
    [
        "a (b ",
        "To test ",
        "the width was higher in ",
        "is defined as ",
        "12,345.678 ± ",
        "(Smith et al., 2019; ",
        "[1, 2, ",
        "x" * 50 + "-",
        "研究发现，",
        "由于水，",
        "高于",
        "为了",
    ],
)
def test_a_hostile_paper_takes_no_longer_than_a_paper(paper: Any, piece: str) -> None:
    long = (piece * 20_000)[:60_000]
    language = "zh" if piece[0] >= "\u4e00" else "en"
    document = paper(f"We show that {long}.", f"研究发现{long}。", long, language=language)
    started = time.process_time()
    asked(document)
    assert time.process_time() - started < 3
    assert paragraphs(document)
