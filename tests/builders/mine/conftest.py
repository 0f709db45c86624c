"""Papers to mine: made of a few paragraphs, and the bundled samples as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from builders.graph.wordings import Wordings as GraphWordings
from builders.graph.wordings import apart, load_test, load_train
from builders.papers import find_papers, read_paper
from builders.types import Block, Document, Language
from tests.conftest import ROOT

SAMPLES = ROOT / "samples" / "papers"

Paper = Callable[..., Document]


@pytest.fixture(scope="session")
def paper() -> Paper:
    def make(*paragraphs: str, language: Language = "en", heading: str = "2 Diffusion of water") -> Document:
        blocks = [Block("title", "A paper on water", 1), Block("heading", heading, 1, level=1)]
        blocks += [
            Block("paragraph", text, number, (0.1, 0.1, 0.5, 0.2), section=(heading,))
            for number, text in enumerate(paragraphs, start=2)
        ]
        return Document("sha:1", "v", "A paper on water", language, "a.pdf", "test", tuple(blocks))

    return make


@pytest.fixture(scope="session")
def sample_papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The sample papers by the stems of their files, read from Markdown with the title as a heading."""
    folder = tmp_path_factory.mktemp("papers")
    for path in sorted(SAMPLES.glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        title = yaml.safe_load(front)["title"]
        (folder / path.name).write_text(f"# {title}\n\n{body}", encoding="utf-8")
    documents = {file.path.stem: read_paper(file, Counter(), Path()) for file in find_papers(folder)}
    return {stem: _without_references(document) for stem, document in documents.items()}


@pytest.fixture(scope="session")
def train_wordings() -> GraphWordings:
    return apart(load_train(), load_test())[0]


def _without_references(document: Document) -> Document:
    kept = tuple(block for block in document.blocks if block.kind not in ("furniture", "reference"))
    return replace(document, blocks=kept)
