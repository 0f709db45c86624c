from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.mine.comprehension import (
    MINERS,
    ComprehensionConfig,
    ReadingTask,
    Wordings,
    candidates,
    reading_text,
    tasks,
)
from builders.mine.comprehension.definitions import matched
from builders.mine.passages import blocks, paragraphs
from builders.mine.wordings import PLACEHOLDER, fill
from builders.types import Block, Document, Source
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "mine"
WORDINGS = Wordings.load("comprehension")


def found(document: Document, miner: str) -> list[tuple[str, dict[str, str]]]:
    """What a miner finds: the answer, and what the question quotes."""
    text = document.text

    def said(spans: Any) -> str:
        return "|".join(text[span.start : span.end] for span in spans)

    return [
        (said(each.answers), {name: said(spans) for name, spans in each.quoted.items()})
        for each in candidates(document, 1)
        if each.miner == miner
    ]


@pytest.mark.parametrize(
    ("miner", "first", "second"),
    [
        (
            "result",
            "The cells of the cortex swell when oxygen is missing [3].",
            "Therefore, the space between the cells becomes smaller.",
        ),
        (
            "contrast",
            "Small molecules diffuse freely through the whole tissue.",
            "However, large molecules are held back by the matrix.",
        ),
        (
            "addition",
            "The matrix binds calcium and some other cations for a time.",
            "In addition, the matrix hinders the diffusion of large proteins.",
        ),
        ("result", "缺氧时皮层的细胞发生明显的肿胀[3]。", "因此，细胞之间的间隙随之变得更加狭窄。"),
        ("contrast", "小分子在脑组织中可以自由地扩散。", "但是大分子在脑组织中的扩散受到基质的阻碍。"),
        ("addition", "细胞外基质能够结合钙离子等阳离子。", "此外，细胞外基质还会阻碍大分子物质的扩散。"),
    ],
)
def test_a_connective_relates_two_sentences(paper: Any, miner: str, first: str, second: str) -> None:
    language = "zh" if "。" in first else "en"
    text = f"{first}{second}" if language == "zh" else f"{first} {second}"
    document = paper(text, language=language)
    assert found(document, miner) == [(second, {"sentence": first})]
    for other in {"result", "contrast", "addition"} - {miner}:
        assert found(document, other) == []


@pytest.mark.parametrize(
    "text",
    [
        # after the connective a pronoun, which means something else
        "The cells of the cortex swell when oxygen is missing. Therefore, this makes the cortex swell as well.",
        # nothing in common
        "The cells of the cortex swell when oxygen is missing. Therefore, mice were housed three to a cage.",
        # the first sentence leans on the one before it
        "These swell in the cortex when all oxygen is missing. Therefore, the cells of the cortex become larger.",
        # too short
        "The cells swell. Therefore, the cells grow.",
        # a bracket that does not close
        "The cells of the cortex swell (when oxygen is missing. Therefore, the cells of the cortex become larger.",
        # a caption that was glued on
        "The cells of the cortex swell now.Figure 2The cells swell. Therefore, the cells become much larger.",
        # a pointer to a figure
        "Figure 2 shows how the cells of the cortex swell. Therefore, the cells of the cortex become much larger.",
    ],
)
def test_what_cannot_be_read_alone_is_left_out(paper: Any, text: str) -> None:
    assert found(paper(text), "result") == []


@pytest.mark.parametrize(
    ("text", "miner", "answer", "quoted"),
    [
        (
            "In the cortex, swelling of astrocytes may lead to a smaller volume of the space [4,5].",
            "effect",
            "a smaller volume of the space",
            {"clause": "swelling of astrocytes may lead to"},
        ),
        (
            "We found that a loss of the channel caused slower drainage, which was seen in all mice.",
            "cause",
            "a loss of the channel",
            {"rest": "caused slower drainage"},
        ),
        (
            "The slow rise of the signal was mainly due to uptake by the cells (Fig. 3).",
            "due",
            "uptake by the cells",
            {"clause": "The slow rise of the signal was mainly due to"},
        ),
        (
            "The tracer cannot leave the tissue because the paths around the vessels are closed.",
            "reason",
            "because the paths around the vessels are closed",
            {"sentence": "The tracer cannot leave the tissue"},
        ),
        (
            "The outcome was poor in older patients owing to the late start of the treatment.",
            "reason",
            "owing to the late start of the treatment",
            {"sentence": "The outcome was poor in older patients"},
        ),
        (
            "在多数情况下，星形胶质细胞的肿胀可能导致细胞外间隙缩小。",
            "effect",
            "细胞外间隙缩小",
            {"clause": "星形胶质细胞的肿胀可能导致"},
        ),
        (
            "研究表明水通道蛋白的缺失会引起脑组织水肿加重[2]。",
            "cause",
            "水通道蛋白的缺失",
            {"rest": "会引起脑组织水肿加重"},
        ),
        ("这些患者的脑水肿主要由血脑屏障破坏引起。", "due", None, {}),
        ("患者的脑水肿主要由血脑屏障的破坏引起。", "due", "血脑屏障的破坏", {"clause": "患者的脑水肿"}),
        (
            "由于细胞之间的间隙十分狭窄，溶质在脑内的扩散比较缓慢。",
            "reason",
            "细胞之间的间隙十分狭窄",
            {"sentence": "溶质在脑内的扩散比较缓慢"},
        ),
        (
            "紧密连接限制分子从细胞之间通过，因此物质主要通过细胞本身进入脑内。",
            "reason",
            "紧密连接限制分子从细胞之间通过",
            {"sentence": "物质主要通过细胞本身进入脑内"},
        ),
        (
            "过去人们曾认为这个间隙非常小，因为在显微镜下几乎看不到间隙。",
            "reason",
            "因为在显微镜下几乎看不到间隙",
            {"sentence": "过去人们曾认为这个间隙非常小"},
        ),
    ],
)
def test_cause_and_effect(paper: Any, text: str, miner: str, answer: str | None, quoted: dict[str, str]) -> None:
    document = paper(text, language="zh" if "。" in text else "en")
    assert found(document, miner) == ([(answer, quoted)] if answer else [])


@pytest.mark.parametrize(
    "text",
    [
        "It is not known whether a loss of the channel leads to slower drainage of the tissue.",
        "The hypothesis that a loss of the channel leads to slower drainage was not tested here.",
        "The inhibitor decreased the oxygen- induced swelling of the cells in all of the animals.",
        "No loss of any channel in these animals led to slower drainage of the tissue.",
        "The channel was removed and leads to slower drainage in all of the animals.",
        "A loss of the channel leads to oedema, slower drainage of fluid, and death of the animals.",
        "The vacuum supply results were stored in a table that is kept by the laboratory.",
        "The change was not seen because of the dose but because of the age of the animals.",
        "活动引起细胞外间隙缩小的机制尚未在动物中得到确定。",
        "间隙小，意味着同样的释放量会引起较大的浓度变化。",
        "应当尽量避免接触可能引起过敏的各种物质和食物。",
    ],
)
def test_no_cause_where_the_clause_is_uncertain(paper: Any, text: str) -> None:
    document = paper(text, language="zh" if "。" in text else "en")
    mined = [each.miner for each in candidates(document, 1)]
    assert not set(mined) & {"cause", "effect", "due", "reason"}


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        (
            "The volume fraction is defined as the volume of the space divided by that of the tissue [2].",
            "volume fraction",
            "the volume of the space divided by that of the tissue",
        ),
        ("In this review, the term drainage refers to the removal of fluid from the tissue.", "drainage", None),
        (
            "In this review, drainage refers to the removal of fluid from the tissue.",
            "drainage",
            "the removal of fluid from the tissue",
        ),
        (
            "We measured the tortuosity, defined as the square root of the ratio of both coefficients.",
            "tortuosity",
            "the square root of the ratio of both coefficients",
        ),
        (
            "脑细胞外间隙（extracellular space，ECS）是指神经元与胶质细胞之间的狭窄空间。",
            "脑细胞外间隙",
            "神经元与胶质细胞之间的狭窄空间",
        ),
        (
            "所谓空间缓冲，是指胶质细胞把钾离子从高处运到低处，而不是排出。",
            "空间缓冲",
            "胶质细胞把钾离子从高处运到低处",
        ),
    ],
)
def test_definitions(paper: Any, text: str, term: str, meaning: str | None) -> None:
    document = paper(text, language="zh" if "。" in text else "en")
    expected = "the removal of fluid from the tissue" if meaning is None else meaning
    assert found(document, "definition") == [(expected, {"term": term})]
    assert found(document, "term") == [(term, {"meaning": expected})]


@pytest.mark.parametrize(
    "text",
    [
        "This is defined as the volume of the space divided by that of the tissue.",
        "Significance was defined as P < 0.05 (**), P < 0.01 (***) in all of the tests.",
        "The left side refers to the space of the tissue and the right side refers to its time.",
        "The reader who wants to know more refers to the book of the authors.",
        "这是指神经元与胶质细胞之间的狭窄而连通的空间。",
    ],
)
def test_no_definition(paper: Any, text: str) -> None:
    document = paper(text, language="zh" if "。" in text else "en")
    assert found(document, "definition") == []


@pytest.mark.parametrize(
    ("text", "short", "long_form"),
    [
        ("The extracellular space (ECS) surrounds the cells.", "ECS", "extracellular space"),
        ("It was stained for glial fibrillary acidic protein (GFAP; Dako).", None, None),
        ("It was stained for glial fibrillary acidic protein (GFAP).", "GFAP", "glial fibrillary acidic protein"),
        ("The drug was dissolved in dimethyl sulfoxide (DMSO).", "DMSO", "dimethyl sulfoxide"),
        ("脑脊液（cerebrospinal fluid，CSF）充满脑室。", "CSF", "cerebrospinal fluid"),
        ("The mice were young (Table 1) and (as said) female (n = 5).", None, None),
        ("The stain 3,3'-diaminobenzidine (DAB) was used.", None, None),
        ("The level of interferon- (IFN-) rose.", None, None),
        ("The World Bank gave money to all of them (WHO).", None, None),
    ],
)
def test_abbreviations(paper: Any, text: str, short: str | None, long_form: str | None) -> None:
    document = paper(text, language="zh" if "。" in text else "en")
    assert found(document, "abbreviation") == ([(long_form, {"short": short})] if short else [])
    assert found(document, "short_form") == ([(short, {"long": long_form})] if short else [])


def test_schwartz_and_hearst_match_from_right_to_left() -> None:
    assert matched("of the heat shock transcription factor", "HSF") == 7
    assert matched("an ordinary text", "HSF") is None


def sections(*headings: tuple[str, str]) -> Document:
    blocks = [Block("title", "The ways of water", 1)]
    for heading, text in headings:
        blocks.append(Block("heading", heading, 1, level=1))
        blocks += [Block("paragraph", part, 1, section=(heading,)) for part in text.split("\n")]
    return Document("sha:2", "v", "The ways of water", "en", "b.pdf", "test", tuple(blocks))


PASSAGE = "Water passes the wall of a vessel through channels that stand close together in the endfeet of astrocytes."
OPENING = "A vessel that enters the brain is surrounded by a space full of fluid."


def test_headings_and_openings() -> None:
    document = sections(
        ("Introduction", f"{OPENING}\n{PASSAGE} {PASSAGE}"),
        ("1 Ways into the tissue", f"{OPENING}\n{PASSAGE} {PASSAGE}"),
        ("2 Ways out of it", OPENING),
        ("3 Measuring the flow", OPENING),
        ("4 Models of the flow", OPENING),
        ("Funding", OPENING),
    )
    ((answer, quoted),) = found(document, "heading")
    assert answer == "Ways into the tissue"
    assert quoted["passage"] == f"{PASSAGE} {PASSAGE}"
    assert set(quoted["options"].split("|")) == {
        "Ways into the tissue",
        "Ways out of it",
        "Measuring the flow",
        "Models of the flow",
    }
    assert [quoted["heading"] for _, quoted in found(document, "opening")] == [
        "Ways into the tissue",
        "Ways out of it",
        "Measuring the flow",
        "Models of the flow",
    ]
    assert {answer for answer, _ in found(document, "opening")} == {OPENING}


def test_a_paragraph_is_completed_from_a_sentence_border(paper: Any) -> None:
    sentences = [f"The {order} step of the procedure takes place in the darkened room." for order in ORDERS]
    ((answer, quoted),) = found(paper(" ".join(sentences)), "completion")
    begun = quoted["beginning"].count(".")
    assert 1 < begun < 4
    assert quoted["beginning"] == " ".join(sentences[:begun])
    assert answer == " ".join(sentences[begun:])
    assert found(paper(" ".join(sentences[:3])), "completion") == []


ORDERS = ("first", "second", "third", "fourth", "fifth")


def test_title_or_abstract_but_not_both() -> None:
    abstract = " ".join([PASSAGE] * 5)
    parts = [(f"{number} Part {name}", OPENING) for number, name in enumerate(("alpha", "beta", "gamma", "delta"))]
    miners = Counter()
    for seed in range(40):
        (each,) = [
            each
            for each in candidates(sections(("Abstract", abstract), *parts), seed)
            if each.miner in ("title", "abstract")
        ]
        miners[each.miner] += 1
    assert miners["title"] > 10
    assert miners["abstract"] > 10
    document = sections(("Abstract", abstract))
    assert found(document, "title") == [("The ways of water", {"abstract": abstract})]
    assert found(sections(("Abstract", OPENING)), "title") == []


def test_keywords_are_terms_that_the_paper_comes_back_to(paper: Any) -> None:
    sentence = "The interstitial fluid of the white matter is moved along nerve fibres towards the cortex."
    document = paper(*[f"Paragraph {number} says it in plain words once more. {sentence}" for number in range(3)])
    first, *_ = found(document, "keywords")
    assert first == (sentence, {"words": "interstitial fluid|white matter|nerve fibres"})
    assert found(paper(sentence), "keywords") == []


def test_chinese_keywords_are_whole_words(paper: Any) -> None:
    texts = [
        "脑脊液在蛛网膜下腔与毛细血管之间缓慢地来回流动。",
        "毛细血管比蛛网膜下腔更多。",
        "蛛网膜下腔里的脑脊液不多。",
    ]
    texts += ["毛细血管很细。", "脑脊液很清。"]
    assert found(paper(*texts, language="zh"), "keywords") == [
        (texts[0], {"words": "脑脊液|蛛网膜下腔|毛细血管"}),
    ]


# ---- the choice -----------------------------------------------------------------------------------------------------


def asked(document: Document, config: ComprehensionConfig, seed: int = 42) -> list[ReadingTask]:
    return list(tasks(document, WORDINGS, config, seed))


def test_every_span_is_quoted_word_for_word(sample_papers: dict[str, Document]) -> None:
    count = 0
    for document in sample_papers.values():
        text = document.text
        for task in asked(document, ComprehensionConfig()):
            said = f"{task.question}\n{task.answer}"
            assert task.answer.startswith(text[task.sources[0].start : task.sources[0].end])
            for source in task.sources:
                assert source.document == document.id
                assert source.maker == f"comprehension.{task.miner}"
                assert source.start is not None
                assert text[source.start : source.end]
                assert text[source.start : source.end] in said
                count += 1
    assert count > 200


def test_a_source_has_its_page_and_box(paper: Any) -> None:
    document = paper("Nothing of note.", "The volume fraction is defined as the volume of a space in the tissue.")
    (task,) = [task for task in asked(document, ComprehensionConfig()) if task.miner in ("definition", "term")]
    assert {(source.page, source.box) for source in task.sources} == {(3, (0.1, 0.1, 0.5, 0.2))}


def test_no_sentence_is_in_two_tasks_and_the_caps_hold(sample_papers: dict[str, Document]) -> None:
    config = ComprehensionConfig(tasks=9, per_section=1)
    for document in sample_papers.values():
        made = asked(document, config)
        assert len(made) == 9
        sentences = [sentence.source for paragraph in paragraphs(document) for sentence in paragraph.sentences]
        uses = Counter(
            sentence
            for task in made
            for sentence in sentences
            if any(overlap(sentence, source) for source in task.sources)
        )
        assert set(uses.values()) == {1}
        section = {source: block.section for block, source in blocks(document)}
        places = Counter(
            (task.miner, section[source])
            for task in made
            for source in section
            if overlap(source, task.sources[0]) and task.miner != "heading"
        )
        assert set(places.values()) == {1}


def overlap(one: Source, other: Source) -> bool:
    assert one.start is not None
    assert one.end is not None
    assert other.start is not None
    assert other.end is not None
    return one.start < other.end and other.start < one.end


def test_share_and_language(paper: Any, sample_papers: dict[str, Document]) -> None:
    documents = list(sample_papers.values())
    assert [asked(document, ComprehensionConfig(share=0.0)) for document in documents] == [[]] * len(documents)
    some = [document.id for document in documents if asked(document, ComprehensionConfig(share=0.5))]
    assert 0 < len(some) < len(documents)
    other = paper("Die Zellen der Rinde schwellen an, weil der Sauerstoff fehlt.", language="other")
    assert list(candidates(other, 1)) == []


def test_every_kind_of_task_has_six_wordings_with_its_placeholders() -> None:
    holders = {
        "lead": set(), "frame": {"question", "answer"}, "result": {"sentence"}, "contrast": {"sentence"},
        "addition": {"sentence"}, "cause": {"rest"}, "effect": {"clause"}, "due": {"clause"}, "reason": {"sentence"},
        "definition": {"term"}, "term": {"meaning"}, "abbreviation": {"short"}, "short_form": {"long"},
        "heading": {"passage", "options"}, "opening": {"heading"}, "completion": {"beginning"}, "title": {"abstract"},
        "abstract": {"title", "headings"}, "keywords": {"words"},
    }  # fmt: skip
    assert set(WORDINGS.data) == set(holders) == {*MINERS, "lead", "frame"}
    for kind, by_language in WORDINGS.data.items():
        assert set(by_language) == {"en", "zh"}
        for templates in by_language.values():
            assert len(set(templates)) == len(templates) >= 6
            assert all(sorted(PLACEHOLDER.findall(template)) == sorted(holders[kind]) for template in templates)


def test_braces_of_a_paper_stay_as_they_are() -> None:
    assert fill('What is "{term}"?', {"term": r"\mathrm{x} and {rest}"}) == r'What is "\mathrm{x} and {rest}"?'


# ---- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", ["sleep-wake-ecs-volume", "zh-sleep-csf-isf"])
def test_golden_tasks_of_a_sample_paper(sample_papers: dict[str, Document], stem: str) -> None:
    made = [
        {"miner": task.miner, "question": task.question, "answer": task.answer}
        for task in asked(sample_papers[stem], ComprehensionConfig())
    ]
    assert made == orjson.loads((GOLDEN / f"{stem}.json").read_bytes())


def test_the_questions_stand_after_their_section() -> None:
    document = sections(
        ("1 Swelling", "The tissue space is defined as the volume that lies between all the cells."),
        ("2 Shrinking", "The tracer cannot leave the tissue because the paths around the vessels are closed."),
    )
    config = ComprehensionConfig()
    made = [task for task in asked(document, config) if task.miner in ("definition", "term", "reason")]
    row = reading_text(document, made, PLAIN, config, 42)
    first, second = made
    assert row.text == (
        "The ways of water\n\n1 Swelling\n\nThe tissue space is defined as the volume that lies between all the cells."
        f"\n\nQuestions\n\nQ: {first.question}\nA: {first.answer}\n\n2 Shrinking\n\nThe tracer cannot leave the "
        "tissue because the paths around the vessels are closed."
        f"\n\nQuestions\n\nQ: {second.question}\nA: {second.answer}"
    )
    assert row.task == "paper.reading"


PLAIN = Wordings({"lead": {"en": ("Questions",)}, "frame": {"en": ("Q: {question}\nA: {answer}",)}})


def test_a_row_holds_the_whole_paper_and_every_task(sample_papers: dict[str, Document]) -> None:
    config = ComprehensionConfig()
    for document in sample_papers.values():
        made = asked(document, config)
        row = reading_text(document, made, WORDINGS, config, 42)
        read = [source for source in row.sources if source.maker == "paper.reading"]
        assert [document.text[source.start : source.end] for source in read] == [b.text for b in document.blocks]
        place = 0
        for block in document.blocks:
            place = row.text.index(block.text, place) + len(block.text)
        assert all(f"{task.answer}" in row.text and task.question in row.text for task in made)
        assert Counter(source for source in row.sources if source.maker != "paper.reading") == Counter(
            source for task in made for source in task.sources
        )


def test_a_row_may_hold_only_what_the_tasks_are_about(paper: Any) -> None:
    config = ComprehensionConfig(whole_paper=False)
    document = paper("Nothing of note.", "The volume fraction is defined as the volume of a space in the tissue.")
    made = [task for task in asked(document, config) if task.miner in ("definition", "term")]
    row = reading_text(document, made, PLAIN, config, 42)
    assert row.text.startswith(document.blocks[3].text + "\n\nQuestions\n\nQ: ")
    assert "Nothing of note." not in row.text


def test_a_paper_without_tasks_is_its_text(paper: Any) -> None:
    document, config = paper("Nothing of note."), ComprehensionConfig()
    assert reading_text(document, [], WORDINGS, config, 42).text == document.text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "[1] ",
        "because ",
        "The cells swell, ",
        "A (AB) ",
        "leads to that ",
        "脑",
        "由于",
        "，因此",
        "（A，B）",
        "1",
        "- ",
    ],
)
def test_no_text_takes_long(paper: Any, language: str, piece: str) -> None:
    """Twice the text takes about twice the time; a pattern that went wrong would take minutes."""
    document = paper(piece * (60_000 // len(piece)) + ".", language=language)
    begun = time.process_time()
    asked(document, ComprehensionConfig())
    assert time.process_time() - begun < 5


PIECES = st.sampled_from(
    [
        "The cells of the cortex swell", " because ", " leads to ", "Therefore, ", "However, ", ". ", ", ", " (ECS)",
        "extracellular space", " is defined as ",
        "。", "，", "由于", "因此，", "细胞外间隙", "是指", "导致", "（", "）",
        " [3]", "\n", "(", "\"", "“", "Figure 2", "ß", "İ", " ", "\u2028", "𝛼", "{rest}", "of the tissue in mice",
    ]
)  # fmt: skip


@given(st.lists(st.lists(PIECES, max_size=30).map("".join), max_size=4), st.sampled_from(["en", "zh"]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_text_every_span_stands_in_it(paper: Any, texts: list[str], language: Any) -> None:
    document = paper(*texts, language=language)
    text = document.text
    for task in asked(document, ComprehensionConfig()):
        assert task.answer
        for source in task.sources:
            assert source.start is not None
            assert source.end is not None
            assert 0 <= source.start < source.end <= len(text)
            assert text[source.start : source.end] in f"{task.question}\n{task.answer}"


PROGRAM = """
import hashlib
from collections import Counter
from pathlib import Path
from builders.mine.comprehension import ComprehensionConfig, Wordings, reading_text, tasks
from builders.papers import find_papers, read_paper

wordings, config, rows = Wordings.load("comprehension"), ComprehensionConfig(), []
for file in find_papers(Path(FOLDER)):
    document = read_paper(file, Counter(), Path())
    rows.append(reading_text(document, list(tasks(document, wordings, config, 42)), wordings, config, 42))
print(len(rows), hashlib.sha256("\\n".join(map(repr, rows)).encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_rows_under_any_hash_seed(tmp_path: Any) -> None:
    for stem in ("sleep-wake-ecs-volume", "zh-sleep-csf-isf"):
        text = (ROOT / "samples" / "papers" / f"{stem}.md").read_text(encoding="utf-8")
        (tmp_path / f"{stem}.md").write_text(text, encoding="utf-8")
    said = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM.replace("FOLDER", repr(str(tmp_path)))],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert re.fullmatch(r"2 [0-9a-f]{64}\n", said[0])


def test_a_task_uses_up_the_sentences_that_it_quotes(paper: Any) -> None:
    first = "Small molecules diffuse through the whole tissue without hindrance."
    second = "However, large molecules diffuse through the tissue only a little way."
    document = paper(f"{first} {second}")
    (candidate,) = [each for each in candidates(document, 1) if each.miner == "contrast"]
    assert [document.text[start:end] for start, end in candidate.taken()] == [second, first]
    reason = paper("The tracer cannot leave the tissue because the paths around the vessels are closed.")
    (candidate,) = [each for each in candidates(reason, 1) if each.miner == "reason"]
    assert [reason.text[start:end] for start, end in candidate.taken()] == [reason.blocks[2].text]
