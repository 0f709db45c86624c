from __future__ import annotations

import pytest

from builders.chunk import ChunkConfig, chunks
from builders.papers.clean import CleanConfig, clean
from builders.papers.lexicon import Lexicon
from builders.sentences import spans
from builders.types import Document
from tests.builders.fuzz import strategies
from tests.builders.fuzz.fuzzing import fuzz

pytestmark = pytest.mark.slow

LEXICON = Lexicon(9, {"state-of-the-art": 9, "extracellular": 9, "inter-cellular": 7, "intercellular": 2, "figure": 9})
CONFIGS = [CleanConfig(), CleanConfig(citations="remove", languages=["en", "zh", "other"])]


def _cleans(document: Document) -> None:
    for config in CONFIGS:
        cleaned = clean(document, LEXICON, config)
        assert cleaned.document.blocks == clean(document, LEXICON, config).document.blocks
        assert all(block.text for block in cleaned.document.blocks)
        assert all(count > 0 for count in cleaned.fixes.values())
        assert len(cleaned.document.blocks) <= len(document.blocks)


def test_texts() -> None:
    fuzz("texts", strategies.documents(strategies.texts, 6), _cleans)


def test_repetitions() -> None:
    """Six thousand characters of one short piece: a quadratic step shows, a worse one does not end."""
    fuzz("repetitions", strategies.documents(strategies.repetitions, 1), lambda document: clean(document, LEXICON))


def test_sentences() -> None:
    def split(document: Document) -> None:
        for block in document.blocks:
            reached = 0
            for start, end in spans(block.text):
                assert reached <= start < end
                assert not block.text[reached:start].strip()
                reached = end
            assert not block.text[reached:].strip()
        for chunk in chunks(document, ChunkConfig(characters=60, overlap=20)):
            assert chunk.text

    fuzz("sentences", strategies.documents(strategies.texts | strategies.repetitions, 4), split)
