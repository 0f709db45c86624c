from __future__ import annotations

import pickle
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.corpus.contamination import Contamination, ContaminationConfig, EvaluationText, Hit

CONFIG = ContaminationConfig()
FACT = "The sleeping brain washes potassium and other solutes out of the space between its cells every single night."
CHINESE = "细胞外间隙是神经元与胶质细胞之间的空间，约占脑体积的五分之一，其中的物质以扩散和流动两种方式迁移。"


def index(*texts: str, field: str = "text", config: ContaminationConfig = CONFIG) -> Contamination:
    return Contamination([EvaluationText("set", str(i), field, text) for i, text in enumerate(texts)], config)


def words(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("abcdefghijklmnop", k=6)) for _ in range(count)]


def test_a_copy_of_thirteen_words_is_found_and_one_of_twelve_is_not() -> None:
    contamination = index(FACT, config=ContaminationConfig(near=2))
    cut = FACT.split()
    copy = f"As they say, {' '.join(cut[2:15]).upper()}, or do they?"
    (hit,) = contamination.find(copy)
    assert hit == Hit("set", "0", "copy", 13, 13 + len(" ".join(cut[2:15])))
    assert copy[hit.start : hit.end].lower() == " ".join(cut[2:15])
    assert contamination.find(f"As they say, {' '.join(cut[2:14])}, or do they?") == []


def test_thirty_characters_of_chinese_are_a_copy_and_twenty_nine_are_not() -> None:
    contamination = index(CHINESE, config=ContaminationConfig(near=2))
    assert contamination.find(f"研究表明{CHINESE[5:34]}人参归脾经。") == []
    copy = f"研究表明{CHINESE[5:20]} {CHINESE[20:35]}人参归脾经。"
    assert [copy[hit.start : hit.end] for hit in contamination.find(copy)] == [f"{CHINESE[5:20]} {CHINESE[20:35]}"]


def test_latin_names_in_chinese_text_are_no_copy_of_one_another() -> None:
    names = "Panax ginseng C. A. Mey. 及 Panax quinquefolius L."
    assert index(f"{CHINESE}本品为五加科植物 {names} 的根。").find(f"药材基原：{names} 两种。") == []


def test_several_places_are_found_in_their_order() -> None:
    other = " ".join(words(1, 20))
    text = f"{other}\n\nNothing of theirs.\n\n{FACT}\n\n{other}"
    found = index(FACT, other).find(text)
    assert [(hit.id, text[hit.start : hit.end]) for hit in found] == [("1", other), ("0", FACT[:-1]), ("1", other)]


@pytest.mark.parametrize(("every", "found"), [(20, True), (12, True), (8, True), (4, False), (2, False)])
def test_a_near_copy_has_four_fifths_of_the_words(every: int, found: bool) -> None:
    text = words(2, 60)
    edited = " ".join(f"new{place}" if place % every == 1 else word for place, word in enumerate(text))
    around = " ".join(words(3, 30))
    contamination = index(" ".join(text))
    hits = contamination.find(f"{around} {edited} {around}")
    assert [hit.kind for hit in hits if hit.kind == "near_copy" or every > 13] == (
        ["copy"] * len(hits) if every == 20 else ["near_copy"] * found
    )
    assert bool(hits) == found


def test_a_near_copy_in_chinese_is_found() -> None:
    edited = CHINESE.replace("约占脑体积的五分之一", "大约占全脑体积的五分之一").replace("两种方式", "两种形式")
    (hit,) = index(CHINESE).find(f"综上所述，{edited}")
    assert hit.kind == "near_copy"


def test_a_short_question_is_found_and_a_short_answer_is_not() -> None:
    question = "Which channels do ginseng roots enter, and why?"
    assert [hit.kind for hit in index(question, field="question").find(f"He asked: {question} Nobody knew.")] == [
        "near_copy"
    ]
    answers = index(question, "Yes.", field="answer")
    assert answers.find(question) == []
    assert (len(answers), dict(answers.too_short)) == (0, {"set": 2})


def test_the_template_of_many_questions_is_not_taken_for_one_of_them() -> None:
    names = words(4, 100)
    template = "In the reference work on herbs, what do the authors say about the channels of {}, and is it disputed?"
    contamination = index(*(template.format(name) for name in names), field="question")
    assert (
        contamination.find("In the reference work on herbs, what do the authors say about dosage in children?") == []
    )
    text = template.format(names[70])
    assert contamination.find(text)[0].kind == "copy"


def test_the_same_text_twice_counts_once() -> None:
    contamination = index(*[FACT] * 100)
    assert len(contamination) == 1
    assert contamination.find(FACT.replace("potassium", "sodium").replace("solutes", "ions"))[0].id == "0"


def test_an_empty_index_finds_nothing_and_neither_does_an_empty_text() -> None:
    assert index().find(FACT) == []
    assert index(FACT).find("") == []
    assert index(FACT).find(" \n\n -- ") == []


def test_an_index_can_be_sent_to_another_process() -> None:
    contamination = pickle.loads(pickle.dumps(index(FACT)))
    assert len(contamination.find(FACT)) == 1


def test_time_is_linear_in_the_text() -> None:
    contamination = index(FACT, " ".join(words(5, 5000)))
    seconds = []
    for length in (50_000, 200_000):
        text = " ".join(words(6, length))
        start = time.process_time()
        contamination.find(text)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 12 * seconds[0]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("abc细 \n"), max_size=60).map("".join),
    st.lists(st.sampled_from("abc细 \n"), max_size=60).map("".join),
)
def test_any_text_is_read_and_hits_lie_inside_it(evaluation: str, text: str) -> None:
    contamination = index(evaluation, config=ContaminationConfig(words=3, characters=4))
    hits = contamination.find(text + evaluation)
    assert all(0 <= hit.start < hit.end <= len(text + evaluation) for hit in hits)
    assert hits == sorted(hits, key=lambda hit: hit.start)


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(0, 40), st.integers(13, 40))
def test_what_is_copied_is_always_found(seed: int, start: int, length: int) -> None:
    evaluation = words(seed, 80)
    copied = " ".join(evaluation[start : start + length])
    text = f"{' '.join(words(seed + 5000, 10))} {copied} {' '.join(words(seed + 6000, 10))}"
    (hit,) = index(" ".join(evaluation)).find(text)
    assert (hit.kind, text[hit.start : hit.end]) == ("copy", copied)
