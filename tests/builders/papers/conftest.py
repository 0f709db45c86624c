"""The PDFs that the tests of this room share."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pdf", Path(__file__).with_name("make_pdf.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a good PDF, `paper.pdf`, and three that cannot be read."""
    maker = _maker()
    folder = tmp_path_factory.mktemp("papers")
    source = maker.paper(folder / "paper.pdf")
    maker.encrypted(source, folder / "encrypted.pdf")
    maker.cut_off(source, folder / "cut_off.pdf")
    maker.scanned(folder / "scanned.pdf")
    return folder
