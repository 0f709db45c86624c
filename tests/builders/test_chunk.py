from __future__ import annotations

from dataclasses import replace

from builders.chunk import ChunkConfig, chunks
from builders.types import Block, Document

DOCUMENT = Document(
    "sha:1", "v", "T", "en", "a.pdf", "test",
    (
        Block("title", "T", 1),
        Block("heading", "1 One", 1, level=1, section=("1 One",)),
        Block("paragraph", "First sentence here. Second one of 1.5 mm. Third.", 1, (0, 0, 1, 1), section=("1 One",)),
        Block("paragraph", "A second paragraph.", 2, section=("1 One",)),
        Block("paragraph", "细胞外间隙很窄。它约占五分之一。", 2, section=("2 Two",)),
    ),
)  # fmt: skip


def test_a_chunk_never_crosses_a_section() -> None:
    assert [chunk.section for chunk in chunks(DOCUMENT, ChunkConfig())] == [("1 One",), ("2 Two",)]


def test_every_source_span_is_the_text_of_the_chunk() -> None:
    for config in (ChunkConfig(), ChunkConfig(characters=30, overlap=0), ChunkConfig(characters=40, overlap=20)):
        for chunk in chunks(DOCUMENT, config):
            spans = [DOCUMENT.text[source.start : source.end].strip() for source in chunk.sources]
            assert "\n\n".join(spans) == chunk.text


def test_sentences_are_cut_at_stops_but_not_in_numbers() -> None:
    texts = [chunk.text for chunk in chunks(DOCUMENT, ChunkConfig(characters=25, overlap=0))]
    assert texts == [
        "First sentence here.",
        "Second one of 1.5 mm.",
        "Third.",
        "A second paragraph.",
        "细胞外间隙很窄。它约占五分之一。",
    ]


def test_overlap_repeats_whole_sentences() -> None:
    texts = [chunk.text for chunk in chunks(DOCUMENT, ChunkConfig(characters=45, overlap=25))]
    assert texts[:2] == ["First sentence here. Second one of 1.5 mm.", "Second one of 1.5 mm. Third."]


def test_pages_follow_the_blocks() -> None:
    first = next(iter(chunks(DOCUMENT, ChunkConfig())))
    assert [source.page for source in first.sources] == [1, 2]


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "See Fig. 2A of Smith et al. 2004. E. coli grew."
    document = replace(DOCUMENT, blocks=(Block("paragraph", text),))
    texts = [chunk.text for chunk in chunks(document, ChunkConfig(characters=10, overlap=0))]
    assert texts == ["See Fig. 2A of Smith et al. 2004.", "E. coli grew."]


def test_a_table_is_kept_whole() -> None:
    document = replace(DOCUMENT, blocks=(Block("table", "| A. | B. |\n| --- | --- |\n| It is. | So it is. |"),))
    assert len(list(chunks(document, ChunkConfig(characters=10, overlap=0)))) == 1
