from __future__ import annotations

from pathlib import Path

import pytest

from builders.pack import PackConfig
from builders.pack.vocabulary import Vocabulary, load_vocabulary
from tests.builders.pack.made import train


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A starting model's folder, without a model."""
    return train(tmp_path_factory.mktemp("saves") / "base")


@pytest.fixture(scope="session")
def vocabulary(base: Path) -> Vocabulary:
    return load_vocabulary(PackConfig(tokenizer=str(base)))
