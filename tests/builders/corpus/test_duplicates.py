from __future__ import annotations

import pickle
import random
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.corpus.duplicates import Entry, find_duplicates
from builders.corpus.fingerprints import DuplicatesConfig, Fingerprints, fingerprints
from builders.types import Block, Document, Dropped

CONFIG = DuplicatesConfig()
BOILERPLATE = (
    "All procedures were approved by the committee of the university and carried out in accordance with the rules "
    "for the care and use of laboratory animals that were in force when the experiments were made."
)

NEAR = BOILERPLATE.replace("were made", "were done")


def words(seed: int, count: int) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices("abcdefghijklmnop", k=6)) for _ in range(count))


def document(*paragraphs: str) -> Document:
    blocks = (Block("heading", "1 Methods", level=1), *(Block("paragraph", text) for text in paragraphs))
    return Document("sha:0", "0", "", "en", "a.md", "markdown", blocks)


def entry(
    name: str, *paragraphs: str, doi: str | None = None, title: str = "", config: DuplicatesConfig = CONFIG
) -> Entry:
    return Entry(name, doi or f"sha:{name}", title, fingerprints(document(*paragraphs), config))


def own(seed: int) -> list[str]:
    """The paragraphs of a paper that is like no other."""
    return [words(100 * seed + number, 80) for number in range(5)]


def test_fingerprints_survive_both_ways_of_packing() -> None:
    made = fingerprints(document(*own(1), "too short"), CONFIG)
    assert made.blocks == (1, 2, 3, 4, 5)
    assert Fingerprints.from_bytes(made.to_bytes()) == made
    assert pickle.loads(pickle.dumps(made)) == made
    assert len(made.to_bytes()) == 16 + 256 + 5 * (4 + 16 + 256)


def test_a_paper_without_a_paragraph_has_fingerprints() -> None:
    table = replace(document(), blocks=(Block("table", "| a | b |\n| --- | --- |\n| 1 | 2 |"),))
    made = fingerprints(table, CONFIG)
    assert made.blocks == ()
    assert Fingerprints.from_bytes(made.to_bytes()) == made
    assert made.digest != fingerprints(document("other"), CONFIG).digest


def test_the_same_doi_is_the_same_paper() -> None:
    found = find_duplicates([entry("a", *own(1), doi="doi:10.1/x"), entry("b", *own(2), doi="doi:10.1/x")], CONFIG)
    assert found.papers == {"b": Dropped("duplicate_paper", "b", "the same work (doi:10.1/x) as a, which stays")}
    assert found.clusters == {"a": 0, "b": 0}


def test_the_same_text_in_other_case_and_spacing_is_the_same_paper() -> None:
    found = find_duplicates([entry("a", *own(1)), entry("b", *(text.upper() + " " for text in own(1)))], CONFIG)
    assert found.papers == {"b": Dropped("duplicate_paper", "b", "the same text as a, which stays")}


def test_a_preprint_goes_even_if_it_comes_first() -> None:
    preprint = entry("a", *own(1), "In this version one sentence more stands here.", doi="doi:10.1101/2020.01.02.3")
    article = entry("b", *own(1), doi="doi:10.1/x")
    found = find_duplicates([preprint, article, entry("c", *own(2))], CONFIG)
    (dropped,) = found.papers.values()
    assert (dropped.reason, dropped.place) == ("near_duplicate_paper", "a")
    assert dropped.detail.startswith("like b (similarity 0.9")
    assert found.clusters == {"a": 0, "b": 0, "c": 2}
    assert found.blocks == {}


def test_a_journal_of_the_press_that_founded_biorxiv_is_no_preprint() -> None:
    found = find_duplicates(
        [entry("a", *own(1), doi="doi:10.1101/gr.1"), entry("b", *own(1), doi="doi:10.1/x")], CONFIG
    )
    assert set(found.papers) == {"b"}


def test_papers_of_one_title_may_differ_more() -> None:
    first, second = own(1), [*own(1)[:4], *own(2)[:2]]
    title = "Diffusion in the extracellular space of the brain"
    titled = [entry("a", *first, title=title), entry("b", *second, title=title.upper() + ".")]
    assert set(find_duplicates(titled, CONFIG).papers) == {"b"}
    untitled = [entry("a", *first, title="Editorial"), entry("b", *second, title="Editorial")]
    assert find_duplicates(untitled, CONFIG).papers == {}
    strangers = [entry("a", *own(1), title=title), entry("b", *own(2), title=title)]
    assert find_duplicates(strangers, CONFIG).clusters == {"a": 0, "b": 1}


def test_papers_that_may_stay_are_still_one_cluster() -> None:
    config = DuplicatesConfig(papers=False, paragraphs=False)
    found = find_duplicates([entry("a", *own(1)), entry("b", *own(1))], config)
    assert (found.papers, found.blocks, found.clusters) == ({}, {}, {"a": 0, "b": 0})


def test_boilerplate_stays_where_it_comes_first() -> None:
    papers = [entry("a", *own(1), BOILERPLATE), entry("b", BOILERPLATE, *own(2)), entry("c", *own(3), NEAR)]
    found = find_duplicates(papers, CONFIG)
    assert found.blocks == {
        "b": {1: Dropped("duplicate_paragraph", "b: block 1", "as in a: block 6")},
        "c": {6: Dropped("near_duplicate_paragraph", "c: block 6", "nearly as in a: block 6")},
    }
    assert found.dropped == [found.blocks["b"][1], found.blocks["c"][6]]


def test_a_paragraph_of_a_paper_that_goes_does_not_take_its_copies_along() -> None:
    preprint = entry("a", *own(1), BOILERPLATE, doi="doi:10.48550/arxiv.1")
    article = entry("b", *own(1), BOILERPLATE, doi="doi:10.1/x")
    found = find_duplicates([preprint, article, entry("c", *own(2), BOILERPLATE)], CONFIG)
    assert set(found.papers) == {"a"}
    assert found.blocks == {"c": {6: Dropped("duplicate_paragraph", "c: block 6", "as in b: block 6")}}


def test_what_a_paper_says_twice_is_its_own_affair() -> None:
    twice = [BOILERPLATE, NEAR, BOILERPLATE]
    assert find_duplicates([entry("a", *twice)], CONFIG).blocks == {}
    found = find_duplicates([entry("a", *twice), entry("b", *own(1), *twice)], CONFIG)
    assert {name: list(blocks) for name, blocks in found.blocks.items()} == {"b": [6, 7, 8]}


def test_without_near_only_the_same_text_counts() -> None:
    config = DuplicatesConfig(near=False)
    papers = [entry("a", *own(1), BOILERPLATE), entry("b", *own(1), NEAR), entry("c", NEAR, BOILERPLATE)]
    found = find_duplicates(papers, config)
    assert found.papers == {}
    assert {name: sorted(blocks) for name, blocks in found.blocks.items()} == {"b": [1, 2, 3, 4, 5], "c": [1, 2]}


def test_entries_are_read_once_and_spill_without_a_change(tmp_path: Path) -> None:
    papers = [entry(str(number), *own(number % 7), BOILERPLATE) for number in range(20)]
    in_memory = find_duplicates(iter(papers), CONFIG)
    on_disk = find_duplicates(iter(papers), DuplicatesConfig(spill_items=3), tmp_path)
    assert in_memory == on_disk
    assert len(in_memory.papers) == 13
    assert list(tmp_path.iterdir()) == []


def test_no_paper_is_no_mistake() -> None:
    found = find_duplicates([], CONFIG)
    assert (found.papers, found.clusters, found.blocks) == ({}, {}, {})


@settings(deadline=None)
@given(st.lists(st.lists(st.text(alphabet=st.characters(codec=None), max_size=40), max_size=4), max_size=5))
def test_any_papers_are_compared(papers: list[list[str]]) -> None:
    config = DuplicatesConfig(paragraph_characters=0)
    entries = [entry(str(number), *texts, config=config) for number, texts in enumerate(papers)]
    assert [Fingerprints.from_bytes(one.fingerprints.to_bytes()) for one in entries] == [
        one.fingerprints for one in entries
    ]
    found = find_duplicates(entries, config)
    assert set(found.clusters) == {one.name for one in entries}
    assert not set(found.blocks) & set(found.papers)
