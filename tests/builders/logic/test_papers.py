from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import orjson
import pytest

from benchmarks.logic import documents
from builders.graph.logic import Pair
from builders.graph.logic_rows import MOST_DIFFERENCE, preference_samples
from builders.graph.wordings import load_train
from builders.logic.balance import balanced, denies_truly, limited
from builders.logic.papers import LogicConfig, candidates, paper_pairs, read_pairs
from builders.types import Block, Document, Source

TEXT = (
    "Deletion of aquaporin-4 slowed the influx of tracer in mice. "
    "Sodium did not affect the diffusion of tracer in slices. "
    "Extracellular volume is higher in sleeping mice than in awake mice. "
    "Perhaps potassium slows the flow of water in mice."
)
PAPER = Document("sha:1", "v", "A paper", "en", "a.md", "markdown", (Block("paragraph", TEXT, line=3),))


def source(start: int, end: int) -> Source:
    return Source("sha:1", line=3, start=start, end=end, maker="logic.paper")


def test_the_pairs_of_a_paper() -> None:
    pairs = paper_pairs(PAPER, LogicConfig(), 42)
    assert pairs == [
        Pair(
            pairs[0].id,
            "AS",
            "paper",
            "en",
            "Deletion of aquaporin-4 slowed the influx of tracer in mice",
            "Deletion of aquaporin-4 accelerated the influx of tracer in mice",
            (source(0, 59),),
        ),
        Pair(
            pairs[1].id,
            "ANW",
            "paper",
            "en",
            "Sodium did not affect the diffusion of tracer in slices",
            "Sodium affected the diffusion of tracer in slices",
            (source(61, 116),),
        ),
        Pair(
            pairs[2].id,
            "SEP",
            "paper",
            "en",
            "Extracellular volume is higher in sleeping mice than in awake mice",
            "Extracellular volume is higher in awake mice than in sleeping mice",
            (source(118, 184),),
        ),
    ]
    assert len({pair.id for pair in pairs}) == 3


def test_caps_of_sections_and_papers() -> None:
    assert len(paper_pairs(PAPER, LogicConfig(per_paper=2), 42)) == 2
    twice = Document("sha:1", "v", "", "en", "", "", (Block("paragraph", TEXT.replace("tracer", "dye") + " " + TEXT),))
    counts = Counter(pair.op for pair in paper_pairs(twice, LogicConfig(per_section=1), 42))
    assert max(counts.values()) == 1
    assert len(paper_pairs(twice, LogicConfig(), 42)) == 5  # the sentence on volume is said twice


def test_pairs_survive_the_way_through_a_file() -> None:
    pairs = paper_pairs(PAPER, LogicConfig(), 42)
    assert read_pairs(orjson.loads(orjson.dumps([asdict(pair) for pair in pairs]))) == pairs


def pair(number: int, true: str, false: str, op: str = "ANW") -> Pair:
    return Pair(f"p{number}", op, "general", "en", true, false, ())  # type: ignore[arg-type]


def test_as_many_deny_truly_as_falsely() -> None:
    deny = [pair(number, "It is not so", "It is so") for number in range(3)]
    affirm = [pair(number, "It is so", "It is not so") for number in range(10, 18)]
    other = [pair(20, "It is hot", "It is cold", op="AS")]
    kept = balanced([*deny, *affirm, *other], 1)
    assert [each for each in kept if each.op == "AS"] == other
    assert Counter(denies_truly(each) for each in kept if each.op == "ANW") == {True: 3, False: 3}
    assert kept == [each for each in [*deny, *affirm, *other] if each in kept]


def test_a_limit_takes_a_part_by_hash() -> None:
    pairs = [pair(number, "It is so", "It is not so") for number in range(9)]
    assert limited(pairs, None, 1) == pairs
    few = limited(pairs, 4, 1)
    assert len(few) == 4
    assert set(few) <= set(limited(pairs, 6, 1))


@pytest.fixture(scope="module")
def real() -> list[tuple[Document, Pair]]:
    """Pairs of every third real paper and of all Chinese texts."""
    folder = Path(__file__).resolve().parents[4] / "shared" / "data" / "biomed_papers"
    if not folder.is_dir():
        pytest.skip("real inputs are absent: ../shared/data beside the repository")
    some = [document for number, document in enumerate(documents()) if number % 3 == 0]
    return [(document, found) for document in some for found, _ in candidates(document)]


@pytest.mark.shared
def test_every_statement_quotes_its_paper(real: list[tuple[Document, Pair]]) -> None:
    assert len(real) > 200
    for document, found in real:
        quoted = "".join(document.text[each.start : each.end] for each in found.sources)
        assert quoted[1:] == found.true[1:]
        assert quoted[0].upper() == found.true[0].upper()
        assert found.true != found.false


@pytest.mark.shared
def test_preferences_of_papers_are_balanced_and_of_one_length(real: list[tuple[Document, Pair]]) -> None:
    pairs = balanced([found for _, found in real], 42)
    negated = [denies_truly(found) for found in pairs if found.op == "ANW"]
    assert len(negated) >= 12
    assert 2 * sum(negated) == len(negated)
    rows = list(preference_samples(pairs, load_train(), 1, 42))
    assert len(rows) > 1.8 * len(pairs)
    for row in rows:
        shorter, longer = sorted((len(row.chosen), len(row.rejected)))
        assert longer - shorter <= MOST_DIFFERENCE * shorter


@pytest.mark.shared
def test_the_same_pairs_a_second_time(real: list[tuple[Document, Pair]]) -> None:
    document = real[0][0]
    again = [found for found, _ in candidates(document)]
    assert again == [found for each, found in real if each is document]
    assert json.loads(json.dumps([found.id for found in again])) == [found.id for found in again]
